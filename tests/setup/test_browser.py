"""Does the suite drive a real Chromium, and does it notice what a person would suffer from?"""

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import ROOT, assert_accessible

GOOD = "<!doctype html><html lang=nl><title>Rooster</title><main><h1>Rooster</h1><button>Ja</button></main></html>"


def test_the_browser_is_a_chromium_that_runs_scripts(browser: Browser, page: Page) -> None:
    page.set_content(GOOD)
    assert browser.browser_type.name == "chromium"
    assert page.evaluate("document.querySelector('h1').textContent") == "Rooster"


def test_text_is_drawn(page: Page) -> None:
    page.set_content("<span>Rooster</span>")
    assert page.evaluate("document.querySelector('span').getBoundingClientRect().width") > 20


def test_a_phone_is_360_pixels_wide(phone: Page) -> None:
    phone.set_content(f'{GOOD}<meta name="viewport" content="width=device-width">')
    assert phone.evaluate("window.innerWidth") == 360


def test_axe_passes_a_good_page_and_names_what_is_serious(page: Page) -> None:
    page.set_content(GOOD)
    assert_accessible(page)
    page.set_content(GOOD.replace("Ja", ""))
    with pytest.raises(AssertionError, match="button-name"):
        assert_accessible(page)


PAGES_THAT_COMPLAIN = """
import pytest

@pytest.mark.parametrize("script", ["setTimeout(() => { throw Error('boom') })", "fetch('http://example.org')"])
def test_a_page_with_a_fault(page, script):
    page.set_content(f"<script>{script}</script>")
    page.wait_for_timeout(300)

def test_an_answer_is_refused_on_purpose(page):
    page.route("**", lambda route: route.fulfill(status=422, body="no"))
    page.goto("http://localhost/form")

def test_the_program_fails(page):
    page.route("**", lambda route: route.fulfill(status=500, body="oops"))
    page.goto("http://localhost/form")
"""


@pytest.mark.journey
def test_an_error_on_a_page_fails_the_test_and_an_answer_4xx_does_not(tmp_path: Path) -> None:
    (tmp_path / "test_pages.py").write_text(PAGES_THAT_COMPLAIN)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.support.browser", "-c", "pyproject.toml"]
    done = subprocess.run([*command, tmp_path], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "4 passed, 3 errors" in done.stdout
    for complaint in ("boom", "http://example.org/: Failed to load resource: net::ERR_NAME_NOT", "status of 500"):
        assert complaint in done.stdout
