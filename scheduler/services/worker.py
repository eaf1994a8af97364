"""How does the worker process live: runs in one thread, mail in another, and an end at once when asked?"""

import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from types import FrameType
from typing import Final

from scheduler.domain.errors import Busy, DiskFault
from scheduler.services.context import App
from scheduler.services.execute import execute_next
from scheduler.services.limits import TALLIES_KEPT
from scheduler.services.mail import SmtpMailer
from scheduler.services.notices import send_due
from scheduler.services.windows import open_windows
from scheduler.store import Work

PAUSE_SECONDS: Final = 1.0
CARE_SECONDS: Final = 60.0
NICEST: Final = 19
KEYS_KEPT: Final = timedelta(days=30)
WITHDRAWALS_KEPT: Final = timedelta(days=90)

log = logging.getLogger(__name__)


def work(app: App, *, once: bool = False) -> None:
    """Work until SIGTERM or SIGINT, or with `once` until nothing waits.

    It ends at once, also in mid-run: the next worker goes on from the last checkpoint as soon as the lease is over.
    """
    os.nice(NICEST)
    name = f"{socket.gethostname()}:{os.getpid()}"
    if once:
        _do_all(app, name)
        return
    stopping = threading.Event()
    jobs: tuple[tuple[str, Callable[[], bool], float], ...] = (
        ("runs", lambda: execute_next(app, name), PAUSE_SECONDS),
        ("mail", lambda: _send(app), PAUSE_SECONDS),
        ("care", lambda: care(app), CARE_SECONDS),
    )
    failed = [_start(job, stopping) for job in jobs]
    _wait_for_signal(stopping)
    sys.stdout.flush()
    os._exit(1 if any(f.is_set() for f in failed) else 0)


def _do_all(app: App, name: str) -> None:
    care(app)
    while execute_next(app, name) or _send(app):
        pass


def _start(job: tuple[str, Callable[[], bool], float], stopping: threading.Event) -> threading.Event:
    """Do a job again and again in a thread; the event is set, and the process stops, when it breaks."""
    name, step, pause = job
    failed = threading.Event()

    def loop() -> None:
        done = False
        try:
            while not stopping.is_set():
                if not _done(name, step):
                    stopping.wait(pause)
            done = True
        finally:
            if not done:
                log.exception("The %s thread of the worker broke.", name)
                failed.set()
            stopping.set()

    threading.Thread(target=loop, name=name, daemon=True).start()
    return failed


def _done(name: str, step: Callable[[], bool]) -> bool:
    """Do one step; a busy database is no reason to end, it is tried again after the pause."""
    try:
        return step()
    except Busy as busy:
        log.log(logging.ERROR if isinstance(busy, DiskFault) else logging.WARNING, "%s waits: %s", name, busy)
        return False


def _wait_for_signal(stopping: threading.Event) -> None:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    while not stopping.wait(PAUSE_SECONDS):
        pass


def _send(app: App) -> bool:
    """Send one batch; whether there was anything."""
    with SmtpMailer(app.config.mail, app.clock) if app.config.mail else nullcontext() as mailer:
        return send_due(app, mailer) > 0


def care(app: App) -> bool:
    """What time brings: windows that open, and records that have served; always False, so that a pause follows."""
    open_windows(app)
    now = app.clock()

    def forget(work: Work) -> None:
        work.keys.forget(now - KEYS_KEPT)
        work.attempts.forget(now - TALLIES_KEPT)
        work.sessions.forget_expired(now)
        work.withdrawals.forget(now - WITHDRAWALS_KEPT)

    app.database.write(forget)
    return False
