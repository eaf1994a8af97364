"""How does one command keep a web server and a worker alive, and end them with itself?"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import FrameType

from scheduler.domain.errors import Refused
from scheduler.services.lifeline import ENV_NAME

GRACE_SECONDS = 8.0
PAUSE_SECONDS = 0.2
QUICK_DEATHS = 3
QUICK_SECONDS = 5.0


def require_free_port(host: str, port: int) -> None:
    """Refused, with what to do, when another program listens there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused(
                "Port %(port)s on %(host)s cannot be used (%(why)s). "
                "Maybe another program has it: try PORT=%(next)s make run.",
                port=port,
                host=host,
                why=error.strerror,
                next=port + 1 if port < 65535 else 8080,
            ) from error


@dataclass
class Child:
    """One process that is started again when it dies, unless it keeps dying at once."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    quick_deaths: int = 0

    def start(self) -> None:
        """Start it in a group of its own, with a pipe whose closing tells it that its parent is gone."""
        self.started = time.monotonic()
        environment = {**os.environ, ENV_NAME: "stdin"}
        self.process = subprocess.Popen(  # noqa: S603 -- our own command line
            self.command, stdin=subprocess.PIPE, start_new_session=True, env=environment
        )

    def revive(self) -> None:
        """Start it again if it died; Refused when it died several times within seconds of its start."""
        if self.process is None or self.process.poll() is None:
            return
        quick = time.monotonic() - self.started < QUICK_SECONDS
        self.quick_deaths = self.quick_deaths + 1 if quick else 1
        if self.quick_deaths >= QUICK_DEATHS:
            raise Refused("The %(name)s ends right after its start; its last words are above.", name=self.name)
        self.start()

    def end(self, deadline: float) -> None:
        """Ask it to stop, and kill it when the deadline (monotonic seconds) passes."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@dataclass
class Household:
    """The children of one `up`, watched until somebody asks to stop."""

    children: list[Child]
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Start all, revive what dies, and end all on Ctrl-C or SIGTERM."""

        def stop(_signal: int, _frame: FrameType | None) -> None:
            self.stopping.set()

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, stop)
        try:
            for child in self.children:
                child.start()
            while not self.stopping.wait(PAUSE_SECONDS):
                for child in self.children:
                    child.revive()
        finally:
            deadline = time.monotonic() + GRACE_SECONDS
            for child in self.children:
                child.end(deadline)


def own_command(*arguments: str) -> list[str]:
    """A command line that runs a part of this installation with this Python."""
    return [sys.executable, "-m", *arguments]
