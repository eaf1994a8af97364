"""Does a solve work where nothing of the installation can be written?"""

import importlib.util
import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.terms import compiled
from tests.cli.test_commands import write

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


@pytest.fixture
def fixed(tmp_path: Path) -> Path:
    """An installation that takes no cache, not even of an account that may write everywhere."""
    place = tmp_path / "fixed"
    shutil.copytree(ROOT / "scheduler", place / "scheduler", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "data", place / "data")
    (place / "scheduler" / "terms" / "__pycache__").write_text("in the way")
    return place


def test_a_solve_works_where_no_cache_can_be_written_and_says_so_once(fixed: Path, tmp_path: Path) -> None:
    region, roster = write(tmp_path / "region"), tmp_path / "roster.csv"
    nowhere = dict.fromkeys(("HOME", "XDG_CACHE_HOME"), "/dev/null")
    command = [sys.executable, "-m", "scheduler", "solve", str(region), "--seconds", "20", "--output", str(roster)]
    environment = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", **nowhere}
    done = subprocess.run(command, cwd=fixed, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert roster.exists()
    [said] = done.stderr.splitlines()
    assert "not kept for the next start" in said


def test_a_loop_runs_when_its_cache_cannot_be_written_any_more(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "loops.py").write_text("def double(n):\n    return 2 * n\n")
    found = importlib.util.spec_from_file_location("loops", tmp_path / "loops.py")
    assert found
    assert found.loader
    loops = importlib.util.module_from_spec(found)
    found.loader.exec_module(loops)
    double = compiled.compiled(loops.double)
    shutil.rmtree(tmp_path / "__pycache__")
    (tmp_path / "__pycache__").write_text("in the way")
    with caplog.at_level(logging.WARNING):
        assert double(21) == 42
    assert "not kept for the next start" in caplog.text
