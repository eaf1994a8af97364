"""Do the children of `up` start again when they die, and end with their parent whatever ends it?"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scheduler.cli.children import require_free_port
from scheduler.domain.errors import Refused

CHILD = """
import os, pathlib, sys, time
from scheduler.services.lifeline import hold_lifeline
hold_lifeline()
with open(sys.argv[1], "a") as log:
    print(os.getpid(), file=log)
while True:
    time.sleep(0.1)
"""
PARENT = """
import sys
from scheduler.cli.children import Child, Household
Household([Child("worker", [sys.executable, "-c", sys.argv[1], sys.argv[2]])]).run()
"""


def wait_for(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    if stat.exists():
        return stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def pids(log: Path) -> list[int]:
    return [int(line) for line in log.read_text().split()] if log.exists() else []


@contextmanager
def household(log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", PARENT, CHILD, str(log)]) as parent:
        try:
            wait_for(lambda: len(pids(log)) == 1)
            yield parent
        finally:
            parent.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_child_outlives_its_parent(tmp_path: Path, number: signal.Signals) -> None:
    log = tmp_path / "pids"
    with household(log) as parent:
        (child,) = pids(log)
        parent.send_signal(number)
        parent.wait(10)
        wait_for(lambda: not is_alive(child))


def test_a_killed_child_is_started_again(tmp_path: Path) -> None:
    log = tmp_path / "pids"
    with household(log):
        os.kill(pids(log)[0], signal.SIGKILL)
        wait_for(lambda: len(pids(log)) == 2)


def test_a_child_that_dies_at_once_again_and_again_ends_the_whole_with_a_sentence(tmp_path: Path) -> None:
    broken = [sys.executable, "-c", PARENT, "raise SystemExit('no luck')", str(tmp_path)]
    ended = subprocess.run(broken, capture_output=True, text=True, timeout=30, check=False)
    assert ended.returncode != 0
    assert "The worker ends right after its start" in ended.stderr


def test_a_port_in_use_is_refused_with_what_to_do() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Refused, match=f"Port {port} .* try PORT={port + 1} make run"):
            require_free_port("127.0.0.1", port)
