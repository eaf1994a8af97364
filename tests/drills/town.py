"""Where does a drill take place? In a real installation on the sample: its own database, web server and workers."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from scheduler.config import Config
from scheduler.services import database, transfer
from scheduler.services.context import App, create_app_context
from tests.support.postgres import TempPostgres

ROOT = Path(__file__).parents[2]
START_SECONDS = 60.0
LEASE_SECONDS = 3.0
FORMS_A_MINUTE = 100_000
ENGINES = ("sqlite", "postgresql")
SECRET = "s" * 40


def config_of(url: str, folder: Path) -> Config:
    """The settings with which the drill itself looks into the database."""
    return Config(database_url=url, secret=SECRET, instance=folder, lease_seconds=LEASE_SECONDS)


@dataclass
class Town:
    """One installation. Every process of it is started here, and killed at the latest when the block ends."""

    app: App
    url: str
    folder: Path
    password: str = ""
    port: int = 0
    _started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *program: str, fault: str = "") -> subprocess.Popen[bytes]:
        """Run a part of the product, as it is or with a planted fault; what it prints goes into `log`."""
        command = ["-m", *program] if not fault else ["-m", "tests.drills.seeded", fault, *program]
        environment = os.environ | {
            "WIJKROOSTER_INSTANCE": str(self.folder),
            "WIJKROOSTER_DATABASE": self.url,
            "WIJKROOSTER_SECRET": SECRET,
            "WIJKROOSTER_LEASE_SECONDS": str(LEASE_SECONDS),
            "WIJKROOSTER_FORMS_A_MINUTE": str(FORMS_A_MINUTE),
            "PORT": str(self.port or free_port()),
        }
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *command], cwd=ROOT, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )
        self._started.append(process)
        return process

    def start_web(self, fault: str = "") -> tuple[subprocess.Popen[bytes], float]:
        """The web server once it answers, and the seconds until then; always at the same port."""
        self.port = self.port or free_port()
        began = time.monotonic()
        process = self.start("web", fault=fault)
        wait_for_web(process, self.port, self.folder / "log")
        return process, time.monotonic() - began

    def close(self) -> None:
        """Kill what still runs and let go of the database."""
        for process in self._started:
            kill(process)
        self.app.database.close()


class Yard:
    """Makes towns, each on a copy of one database with the sample; gone when the block ends."""

    def __init__(self, engine: str) -> None:
        self.engine = engine
        self._stack = ExitStack()
        self._numbers = count(1)

    def __enter__(self) -> Self:
        self.folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="wijkrooster-drill-")))
        if self.engine == "postgresql":
            self._server = self._stack.enter_context(TempPostgres())
            self._template = self._server.new_database()
            url = self._server.url(self._template)
        else:
            self._template = str(self.folder / "template.db")
            url = f"sqlite:///{self._template}"
        config = config_of(url, self.folder)
        database.upgrade(config)
        app = create_app_context(config)
        app.database.close()
        self._empty = self._copied()
        self.password = transfer.load_sample(app)[0].password
        app.database.close()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stack.close()

    @contextmanager
    def town(self, *, empty: bool = False) -> Iterator[Town]:
        """A fresh town with the sample, or one whose database is at the newest schema and empty."""
        folder = self.folder / f"town{next(self._numbers)}"
        folder.mkdir(mode=0o700)
        url = self._url(self._copied(self._empty if empty else self._template))
        town = Town(create_app_context(config_of(url, folder)), url, folder, self.password)
        try:
            yield town
        finally:
            town.close()
            shutil.rmtree(folder, ignore_errors=True)

    def _copied(self, template: str = "") -> str:
        """The name or file of a new database that is a copy of a template nobody uses at the moment."""
        template = template or self._template
        if self.engine == "postgresql":
            return self._server.new_database(template)
        file = self.folder / f"copy{next(self._numbers)}.db"
        shutil.copy(template, file)
        return str(file)

    def _url(self, name: str) -> str:
        return self._server.url(name) if self.engine == "postgresql" else f"sqlite:///{name}"


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def wait_for_web(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Until the web server answers; RuntimeError with its last words when it ends or stays silent."""
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"the web server does not start:\n{log.read_text()[-2000:]}") from None
        time.sleep(0.02)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process as a power cut would, and wait until it is gone."""
    if process.poll() is None:
        process.send_signal(signal.SIGKILL)
    process.wait()
