"""Does a wheel hold all that the program needs, so that it starts outside this tree?"""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.setup.test_start import FIRST_START_SECONDS, ROOT, answers, free_port

NEEDED = (
    "scheduler/data/rulebook.toml",
    "scheduler/data/district/roster.csv",
    "scheduler/store/migrations/versions/start.py",
    "web/static/build/manifest.json",
    "web/templates/base.html",
    "web/translations/nl/LC_MESSAGES/messages.mo",
)
NOT_NEEDED = ("web/node_modules/", "web/assets/", "tests/", "web/package.json")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel of this tree holds."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_a_wheel_holds_the_data_the_built_front_end_and_the_words(site: Path) -> None:
    names = [str(path.relative_to(site)) for path in site.rglob("*") if path.is_file()]
    assert set(NEEDED) <= set(names)
    assert not [name for name in names if name.startswith(NOT_NEEDED)]


@pytest.mark.slow
def test_what_was_installed_starts_outside_the_tree(site: Path, tmp_path: Path) -> None:
    port = free_port()
    environment = os.environ | {"PYTHONPATH": str(site), "PORT": str(port), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "scheduler", "up"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            end = time.monotonic() + FIRST_START_SECONDS
            while not answers(port):
                assert process.poll() is None
                assert time.monotonic() < end, "no answer in time"
                time.sleep(0.1)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=5) as page:
                assert "Welkom" in page.read().decode()
        finally:
            process.terminate()
            printed, _ = process.communicate(timeout=30)
    assert "planner" in printed
    assert str(ROOT) not in printed
