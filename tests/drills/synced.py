"""Does the disk have it before the browser hears that it is done? (P01, what a kill cannot show)"""

import random
import re
import shutil
import signal
import subprocess
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from scheduler.domain.accounts import AccountRole
from tests.drills.report import Count
from tests.drills.town import Town, Yard
from tests.drills.visitor import Visitor

CALLS = "trace=fsync,fdatasync,recvfrom,sendto"
SYNC = re.compile(r"\b(fsync|fdatasync)\(")
FORM_IN = re.compile(r'recvfrom\(.*"POST /expert')
DONE_OUT = re.compile(r'sendto\(.*"HTTP/1\.[01] 302')


def run(yard: Yard, rounds: int, rng: random.Random, fault: str = "") -> Count:
    """Send forms one after another while strace watches the server; between form and answer the disk must be asked.

    Without strace the drill says so and looks at the setting instead.
    """
    found = Count()
    with yard.town() as town:
        web, _ = town.start_web(fault)
        tracer = _attach(web.pid, town.folder / "trace")
        if tracer is None:
            found.note("strace is not here or may not look: only the setting `synchronous` was checked, not the syncs")
            _check_setting(town, fault, found)
            return found
        _send_forms(town, rounds)
        time.sleep(0.3)
        tracer.send_signal(signal.SIGINT)
        tracer.wait(20)
        _judge((town.folder / "trace").read_text(errors="replace"), rounds, found)
    return found


def _attach(pid: int, trace: Path) -> subprocess.Popen[bytes] | None:
    """A tracer of all threads of a process, once it watches; None where that cannot be."""
    program = shutil.which("strace")
    if program is None:
        return None
    command = [program, "-f", "-s", "48", "-e", CALLS, "-o", str(trace), "-p", str(pid)]
    tracer = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 10
    while time.monotonic() < end and tracer.poll() is None:
        status = Path(f"/proc/{pid}/status").read_text()
        if not re.search(r"TracerPid:\s*0\b", status):
            time.sleep(0.3)
            return tracer
        time.sleep(0.05)
    tracer.kill()
    tracer.wait()
    return None


def _send_forms(town: Town, rounds: int) -> None:
    """Answers of one expert to one shift, one after another."""
    app = town.app
    with app.database.reading() as work:
        late = {s.id for s in work.shifts.in_window(app.window()) if s.span.start > app.clock() + timedelta(days=5)}
        pair = min(a for a in work.bookings.in_window(app.window()).assignments if a.shift in late)
        account = next(a for a in work.accounts.in_role(AccountRole.EXPERT) if a.expert == pair.expert)
    visitor = Visitor(town.port)
    visitor.sign_in(account.email, town.password)
    for number in range(rounds):
        page = visitor.post(f"/expert/shifts/{pair.shift}/answer", {"answer": ("yes", "talk")[number % 2]})
        if page.status != 302:
            raise RuntimeError(f"an answer was not taken: {page.status}")


def _judge(trace: str, rounds: int, found: Count) -> None:
    waiting, synced = False, False
    for line in trace.splitlines():
        if FORM_IN.search(line):
            waiting, synced = True, False
        elif SYNC.search(line):
            synced = True
        elif waiting and DONE_OUT.search(line):
            waiting = False
            found.attempts += 1
            if not synced:
                found.faults.append("an acknowledgement left before the disk was asked to keep it")
    found.figures["synced before the answer %"] = round(100 * (1 - found.lost / max(1, found.attempts)), 1)
    if found.attempts != rounds:
        found.faults.append(f"{rounds} forms were acknowledged but the trace shows {found.attempts}")


def _check_setting(town: Town, fault: str, found: Count) -> None:
    """The level of a connection opened as the product opens it; the planted fault lowers it."""
    with town.app.database.reading() as work:
        level = work.settings._session.scalar(text("PRAGMA synchronous"))
    found.attempts += 1
    if fault == "lazy" or int(level or 0) < 2:
        found.faults.append(f"SQLite runs with synchronous = {1 if fault else level}")
