"""Does one command start everything, quickly the second time, and does Ctrl-C end everything?"""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[2]
FIRST_START_SECONDS = 180.0
SECOND_START_CPU_SECONDS = 5.0
END_SECONDS = 30.0


@dataclass
class Running:
    """One `make run` that answers; `cpu_seconds` is what its processes had used by then, whatever else ran here."""

    process: subprocess.Popen[str]
    children: list[psutil.Process]
    cpu_seconds: float

    def interrupt(self) -> str:
        """Press Ctrl-C and return all that was printed."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.communicate(timeout=END_SECONDS)[0]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def start(instance: Path, port: int) -> subprocess.Popen[str]:
    outer = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES"}
    own = {name: value for name, value in os.environ.items() if name not in outer}
    environment = own | {"WIJKROOSTER_INSTANCE": str(instance)}
    return subprocess.Popen(
        ["make", "run", f"PORT={port}"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


@contextmanager
def running(instance: Path, port: int) -> Iterator[Running]:
    process = start(instance, port)
    end = time.monotonic() + FIRST_START_SECONDS
    while not answers(port):
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < end, "no answer in time"
        time.sleep(0.1)
    children = psutil.Process(process.pid).children(recursive=True)
    used = sum(sum(child.cpu_times()[:2]) for child in children if "work" not in child.cmdline())
    try:
        yield Running(process, children, used)
    finally:
        for child in children:
            if child.is_running():
                child.kill()
        process.wait(END_SECONDS)
        if process.stdout:
            process.stdout.close()


@pytest.mark.slow
def test_one_command_starts_everything_and_ctrl_c_ends_everything(tmp_path: Path) -> None:
    port = free_port()
    with running(tmp_path / "instance", port) as first:
        assert {"web", "work"} <= {word for child in first.children for word in child.cmdline()}
        printed = first.interrupt()
        assert [child for child in first.children if child.is_running()] == []
    assert f"http://127.0.0.1:{port}" in printed
    for word in ("planner", "coordinator", "expert", "Ctrl-C"):
        assert word in printed
    assert "Traceback" not in printed
    with running(tmp_path / "instance", port) as second:
        assert second.cpu_seconds < SECOND_START_CPU_SECONDS


@pytest.mark.slow
def test_a_port_in_use_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        process = start(tmp_path / "instance", other.getsockname()[1])
        printed, _ = process.communicate(timeout=FIRST_START_SECONDS)
    assert process.returncode != 0
    lines = [line for line in printed.splitlines() if not line.startswith("make: ")]
    assert len(lines) == 1, printed
    assert "cannot be used" in lines[0]
