"""Does the set-up say in one sentence what stops it, and do the lock files name no address?"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKED = sorted(ROOT.glob("requirements*.txt"))
TARGETS = ["run", "test", "check", "setup", "lint", "bench", "drill", "worker", "assets", "lock", "clean"]


@pytest.fixture
def project() -> Iterator[Path]:
    """A folder with nothing but the set-up, which every account of this machine may read."""
    with tempfile.TemporaryDirectory(prefix="wijkrooster-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        for file in [ROOT / "Makefile", ROOT / "pyproject.toml", *LOCKED]:
            shutil.copy(file, folder)
        shutil.copytree(ROOT / ".ci", folder / ".ci")
        yield folder


def set_up(project: Path, python: str = sys.executable, *, user: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "PYTHON": python}
    command = ["make", "run"]
    return subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False, user=user, timeout=60
    )


def program(folder: Path, text: str) -> str:
    file = folder / "python"
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return str(file)


def only_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """What the set-up said, which is one line besides that of make."""
    assert done.returncode != 0
    lines = [line for line in done.stderr.splitlines() if not line.startswith("make: ")]
    assert len(lines) == 1, done.stderr
    assert done.stdout == ""
    return lines[0]


def test_an_old_python_is_refused_in_a_sentence(project: Path) -> None:
    old = program(project, 'echo "3 9"')
    assert only_sentence(set_up(project, old)) == (
        f"Wijkrooster: Python 3.11 or newer is needed; {old} is 3.9. "
        "Install a newer one, or name it: make run PYTHON=python3.12"
    )


def test_a_python_that_does_not_run_is_refused_in_a_sentence(project: Path) -> None:
    assert "no-such-python is not a Python that runs" in only_sentence(set_up(project, "no-such-python"))


def test_a_python_without_venv_is_refused_in_a_sentence(project: Path) -> None:
    bare = program(project, f'case "$2" in "import venv"*) exit 1 ;; esac\nexec {sys.executable} "$@"')
    assert "sudo apt install python3-venv" in only_sentence(set_up(project, bare))


def test_a_folder_that_may_not_be_written_is_refused_in_a_sentence(project: Path) -> None:
    project.chmod(0o555)
    done = set_up(project, user="nobody" if os.geteuid() == 0 else None)
    project.chmod(0o755)
    assert only_sentence(done) == (
        f"Wijkrooster: no permission to write in {project}. Copy the project to a folder of your own."
    )


def test_help_lists_every_target() -> None:
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = re.findall(r"^make (\w+) +\w", done.stdout, re.MULTILINE)
    assert set(TARGETS) <= set(listed)


@pytest.mark.parametrize("file", LOCKED, ids=lambda file: file.name)
def test_every_locked_package_has_a_version_and_hashes_and_no_address(file: Path) -> None:
    text = file.read_text()
    packages = text.replace("\\\n", "").splitlines()
    assert packages
    for package in packages:
        assert re.match(r"[a-z0-9-]+(\[[a-z,]+\])?==[^ ]+( ; [^#]+?)?( +--hash=sha256:[0-9a-f]{64})+$", package), (
            package
        )


def test_the_front_end_lock_names_no_address_to_fetch_from() -> None:
    assert "resolved" not in (ROOT / "web" / "package-lock.json").read_text()


def test_what_runs_is_tested_with_the_same_versions() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^\S+==.*?(?= \\$)", (ROOT / name).read_text(), re.MULTILINE))

    assert pins("requirements.txt") <= pins("requirements-test.txt")
