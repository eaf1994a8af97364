"""How often may something be done, and from when again? Tallies in the database, so that all processes share them."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from scheduler.domain.accounts import AccountRole, Tally
from scheduler.domain.errors import TooOften
from scheduler.services.context import App, Viewer
from scheduler.store import Work

TALLIES_KEPT: Final = timedelta(days=1)
MINUTE: Final = timedelta(minutes=1)


class Limit(Protocol):
    """Something that says how long to wait, and what the tally is after one more."""

    @property
    def kind(self) -> str:
        """What it counts."""

    def wait(self, tally: Tally | None, now: datetime) -> timedelta:
        """How long until one more is allowed; zero when it is allowed now."""

    def counted(self, tally: Tally | None, now: datetime) -> Tally:
        """The tally with one more."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many at once, and one more after every `every`: what was not used comes back with time."""

    kind: str
    most: int
    every: timedelta

    def _now(self, tally: Tally | None, now: datetime) -> Tally:
        if tally is None:
            return Tally(0, now)
        since = min(tally.at, now)
        steps = (now - since) // self.every
        return Tally(tally.count - steps, since + steps * self.every) if steps < tally.count else Tally(0, now)

    def wait(self, tally: Tally | None, now: datetime) -> timedelta:
        """Until the next one comes back, when all are used."""
        found = self._now(tally, now)
        return timedelta(0) if found.count < self.most else found.at + self.every - now

    def counted(self, tally: Tally | None, now: datetime) -> Tally:
        """One more used."""
        found = self._now(tally, now)
        return Tally(found.count + 1, found.at)


@dataclass(frozen=True, slots=True)
class Patience:
    """So many without waiting; then each waits twice as long as the one before, up to `longest`, since the last one.

    A try that is refused does not count and makes nobody wait longer. A day without a try is forgotten.
    """

    kind: str
    most: int
    first: timedelta = MINUTE
    longest: timedelta = 15 * MINUTE

    def _count(self, tally: Tally | None, now: datetime) -> int:
        return tally.count if tally is not None and now - tally.at < TALLIES_KEPT else 0

    def wait(self, tally: Tally | None, now: datetime) -> timedelta:
        """Until the pause after the last one is over."""
        beyond = self._count(tally, now) - self.most
        if tally is None or beyond < 0:
            return timedelta(0)
        pause = min(self.longest, self.first * (1 << min(beyond, 20)))
        return max(timedelta(0), min(tally.at, now) + pause - now)

    def counted(self, tally: Tally | None, now: datetime) -> Tally:
        """One more, now."""
        return Tally(self._count(tally, now) + 1, now)


ACCOUNT_TRIES: Final = Patience("account", 10)
DEVICE_TRIES: Final = Patience("device", 10)
OLD_PASSWORD_TRIES: Final = Patience("old_password", 10)
ADDRESS_TRIES: Final = Allowance("address", 100, 15 * MINUTE / 100)
FEEDS: Final = Allowance("feed", 12, 5 * MINUTE)
UNKNOWN_FEEDS: Final = Allowance("unknown_feed", 30, MINUTE / 30)
IMPORTS: Final = Allowance("import", 10, 6 * MINUTE)
EXPORTS: Final = Allowance("export", 10, 6 * MINUTE)
FORM_SECONDS: Final = 5
PLANNER_MINUTES: Final = 4
"""A planner at the keyboard may send in one go what others may in four minutes: a window of shifts, each pinned."""


def spend(work: Work, limit: Limit, subject: str, now: datetime) -> None:
    """Count one more in this unit; TooOften, which undoes the unit, when the limit does not allow it yet."""
    tally = work.attempts.tally(limit.kind, subject)
    if wait := limit.wait(tally, now):
        raise too_often(now, wait)
    work.attempts.put(limit.kind, subject, limit.counted(tally, now))


def require(work: Work, limit: Limit, subject: str, now: datetime) -> None:
    """TooOften when the limit does not allow one more yet; counts nothing."""
    if wait := limit.wait(work.attempts.tally(limit.kind, subject), now):
        raise too_often(now, wait)


def spend_now(app: App, limit: Limit, subject: str) -> None:
    """Count one more in a unit of its own; who is refused keeps no writer waiting."""
    now = app.clock()
    with app.database.reading() as work:
        require(work, limit, subject, now)
    app.database.write(lambda work: spend(work, limit, subject, now))


def spend_of(app: App, limit: Limit, viewer: Viewer) -> None:
    """Count one more of what an account does; the machine itself has no limit."""
    if viewer.role is not None:
        spend_now(app, limit, viewer.account)


def count_form(app: App, viewer: Viewer) -> None:
    """Count one more form of an account; TooOften when there were too many of late."""
    minutes = PLANNER_MINUTES if viewer.role is AccountRole.PLANNER else 1
    a_minute = app.config.forms_a_minute
    limit = Allowance("form", minutes * a_minute, MINUTE / a_minute)
    try:
        app.database.write(lambda work: spend(work, limit, viewer.account, app.clock()))
    except TooOften as error:
        seconds = max(FORM_SECONDS, error.seconds)
        raise TooOften("That went very fast. Wait a few seconds and send it again.", seconds=seconds) from error


def too_often(now: datetime, wait: timedelta) -> TooOften:
    """The refusal that names the minute from which it works again."""
    again = now + wait
    minute = again.replace(second=0, microsecond=0)
    return TooOften(
        "This was too often. Try again %(when)s.",
        when=minute if minute == again else minute + MINUTE,
        seconds=math.ceil(wait.total_seconds()),
    )
