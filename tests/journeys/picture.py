"""Make the picture that the README shows: the board of the running sample. Usage: python -m tests.journeys.picture"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.journeys.conftest import ROOT, Town, running_town
from tests.support.browser import installed_chromium, launch_options, packaged_chromium

PICTURE = ROOT / "web" / "static" / "board.png"
SIZE = ViewportSize(width=1440, height=920)


def photograph(page: Page, town: Town) -> None:
    """The board with a gap chosen that somebody can fill, as a planner sees it on a wide screen."""
    town.sign_in(page, town.emails["planner"])
    page.goto(f"{town.url}/planner/board?week=2")
    page.locator("#board[data-ready]").wait_for()
    for gap in page.locator("#board .chip--gap").all():
        gap.click()
        page.locator("#panel .pick").first.wait_for()
        if page.locator("#panel .pick--first").count():
            break
    page.screenshot(path=PICTURE)


def main() -> None:
    """Start the application on an empty database, photograph it, end it."""
    with tempfile.TemporaryDirectory() as folder, running_town(Path(folder)) as town, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options(installed_chromium() or packaged_chromium()))
        context = browser.new_context(viewport=SIZE, locale="nl-NL", timezone_id="Europe/Amsterdam")
        photograph(context.new_page(), town)
        browser.close()
    sys.stdout.write(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1024} KiB\n")


if __name__ == "__main__":
    main()
