"""Does the tree keep its shape: the agreed top level, files that one can read in one go, no registry addresses?"""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOP_LEVEL = {"scheduler", "web", "data", "tests", "pyproject.toml", "Makefile", "README.md", "LICENSE", "CHANGELOG.md"}
LONGEST_LINES = 400
REGISTRY = re.compile(rb"https?://[^ \"]*(registry\.|pythonhosted|/simple/)")  # the addresses that installers use


def listed(*options: str) -> list[str]:
    command = ["git", "-c", "safe.directory=*", "ls-files", "--exclude-standard", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.fixture(scope="module")
def files() -> list[Path]:
    """What git keeps or would keep."""
    return [ROOT / name for name in listed("--cached", "--others") if (ROOT / name).is_file()]


def test_nothing_that_is_made_by_a_program_is_kept() -> None:
    assert listed("--cached", "--ignored") == []


def test_the_top_level_holds_what_was_agreed(files: list[Path]) -> None:
    names = {file.relative_to(ROOT).parts[0] for file in files}
    others = {name for name in names - TOP_LEVEL if not name.startswith((".", "requirements"))}
    assert others == set()


def test_no_file_is_longer_than_one_can_read(files: list[Path]) -> None:
    sources = [file for file in files if file.suffix in {".py", ".js", ".mjs", ".css", ".html"}]
    lengths = {str(file.relative_to(ROOT)): len(file.read_text().splitlines()) for file in sources}
    assert {name: length for name, length in lengths.items() if length > LONGEST_LINES} == {}


def test_no_file_names_a_registry(files: list[Path]) -> None:
    others = [file for file in files if file != Path(__file__)]
    assert [file for file in others if REGISTRY.search(file.read_bytes())] == []
