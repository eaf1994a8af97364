"""Does a command end with a sentence when nobody reads what it says, nothing more fits, or somebody stops it?"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.cli import STOPPED
from scheduler.services import files
from tests.cli.test_commands import scheduler, write


@pytest.fixture
def judged(tmp_path: Path) -> tuple[str, ...]:
    """A check of a lawful roster."""
    region = write(tmp_path / "region", roster="expert,shift\nnoor,r1-20270322\n")
    return "check", str(region), str(region / "roster.csv")


def run(*arguments: str, stdout: int) -> tuple[int, str]:
    """The exit code and what was said on standard error."""
    command = [sys.executable, "-m", "scheduler", *arguments]
    done = subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, text=True, timeout=120, check=False)
    return done.returncode, done.stderr


def test_a_pipe_that_nobody_reads_is_no_broken_rule(judged: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    assert run(*judged, stdout=writer) == (2, "")
    os.close(writer)


def test_a_stream_that_takes_nothing_is_a_sentence(judged: tuple[str, ...]) -> None:
    closed = os.open(__file__, os.O_RDONLY)
    for command in (judged, ("--help",)):
        assert run(*command, stdout=closed) == (2, "Bad file descriptor.\n")
    os.close(closed)


@pytest.fixture
def heard_ctrl_c() -> Iterator[None]:
    """Ctrl-C is heard also where the suite was started in the background, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard_ctrl_c")
def test_ctrl_c_is_a_word_and_a_code_of_its_own(
    judged: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def stop(*_arguments: object, **_named: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(files, "read_folder", stop)
    done = scheduler(*judged, "--report", tmp_path / "report.json")
    assert (done.exit_code, done.stdout, done.stderr) == (STOPPED, "", "Stopped.\n")
    assert not (tmp_path / "report.json").exists()
