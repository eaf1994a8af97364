"""Where does a journey take place? In the real application, as one command starts it, on the sample."""

import csv
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
START_SECONDS = 120.0
SIGN_IN = re.compile(r"^ *(planner|coordinator|expert) +(\S+@\S+) +(\S+)$", re.MULTILINE)


@dataclass
class Town:
    """A running application: its address, and the sample's sign-ins as it printed them."""

    url: str
    emails: dict[str, str] = field(default_factory=dict)
    password: str = ""

    def sign_in(self, page: Page, email: str) -> None:
        """Sign in as a person does; ends on that person's first page."""
        page.goto(f"{self.url}/sign-in")
        form = page.locator("form.card")
        form.get_by_label("E-mailadres").fill(email)
        form.get_by_label("Wachtwoord").fill(self.password)
        form.get_by_role("button", name="Inloggen").click()
        page.wait_for_url(lambda address: "/sign-in" not in address)

    @staticmethod
    def email_of(expert: str) -> str:
        """The sample account of an expert."""
        with (ROOT / "data" / "district" / "accounts.csv").open(encoding="utf-8-sig", newline="") as file:
            return next(row["email"] for row in csv.DictReader(file) if row["expert"] == expert)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A town of its own for the tests of a module."""
    with running_town(tmp_path_factory.mktemp("instance")) as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def either_town(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Town]:
    """A town of its own for one test, on either engine."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    with running_town(tmp_path, url) as found:
        yield found


@contextmanager
def running_town(folder: Path, database_url: str = "") -> Iterator[Town]:
    """`scheduler up` on an empty database: the given one, or an embedded one in this folder."""
    port = _free_port()
    environment = {**os.environ, "PORT": str(port), "WIJKROOSTER_INSTANCE": str(folder), "PYTHONUNBUFFERED": "1"}
    environment |= {"WIJKROOSTER_DATABASE": database_url} if database_url else {}
    command = [sys.executable, "-m", "scheduler", "up"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield _when_ready(process, f"http://127.0.0.1:{port}")
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)


def _when_ready(process: subprocess.Popen[str], url: str) -> Town:
    assert process.stdout is not None
    lines: list[str] = []
    late = threading.Timer(START_SECONDS, process.kill)
    late.start()
    for line in process.stdout:
        lines.append(line)
        if "Serving on" in line:
            break
    late.cancel()
    found = SIGN_IN.findall("".join(lines))
    assert len(found) == 3, "it did not start:\n" + "".join(lines)
    threading.Thread(target=process.stdout.read, daemon=True).start()
    return Town(url, {role: email for role, email, _ in found}, found[0][2])
