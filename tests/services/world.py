"""What does a use case find in a test? A small agency in a real database, people who sign in, and clocks of its own."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scheduler.config import Config
from scheduler.domain.accounts import Account, AccountRole
from scheduler.domain.people import Expert, Profile
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster, RosterState, RosterVersion
from scheduler.domain.score import Score
from scheduler.domain.time import PlanningWindow
from scheduler.services.context import App, Viewer
from scheduler.services.exports import export_folder
from scheduler.services.sessions import hash_password
from scheduler.store import Database, open_database
from tests.builders import JANUARY, ShiftSketch, at, expert, problem, roster, shift

PASSWORD = "een lang wachtwoord"
NOW = at("w1 tue 09:00")
PHONE = "088 000 01 23"


@dataclass
class Clock:
    """A clock that stands still until it is turned."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **delta: float) -> None:
        """Turn it on by hours=, minutes=, days= ..."""
        self.now += timedelta(**delta)

    def set(self, text: str, window: PlanningWindow = JANUARY) -> None:
        """Set it to a local time such as 'w2 mon 09:30'."""
        self.now = at(text, window)


@dataclass(frozen=True)
class RunningClock:
    """A clock that runs on from an instant, whatever day it is here; every process of a test can have the same."""

    start: datetime = NOW
    began: float = field(default_factory=time.monotonic)

    def __call__(self) -> datetime:
        return self.start + timedelta(seconds=time.monotonic() - self.began)


@dataclass
class World:
    """An agency with planner Ilse, coordinators Hanneke (lydia) and Otto (pinto), and an account per expert."""

    app: App
    clock: Clock
    window: PlanningWindow = JANUARY

    @property
    def database(self) -> Database:
        """The database under it."""
        return self.app.database

    planner = Viewer("ilse", AccountRole.PLANNER, "Ilse")
    coordinator = Viewer("hanneke", AccountRole.COORDINATOR, "Hanneke", frozenset({"lydia"}))
    stranger = Viewer("otto", AccountRole.COORDINATOR, "Otto", frozenset({"pinto"}))

    def expert(self, id: str) -> Viewer:
        """The viewer that an expert is."""
        return Viewer(f"account-{id}", AccountRole.EXPERT, id.title(), expert=id)

    def live(self) -> Roster:
        """Who comes where now."""
        with self.database.reading() as work:
            return work.bookings.in_window(self.window)

    def draft(self) -> RosterVersion | None:
        """The draft of the window."""
        with self.database.reading() as work:
            return work.rosters.draft_of(self.window)

    def messages(self, kind: str | None = None) -> list[tuple[str, str]]:
        """What waits in the outbox as (kind, to), sorted."""
        with self.database.reading() as work:
            found = [(m.kind, m.account or m.expert or "") for m in work.outbox.all()]
        return sorted(pair for pair in found if kind in {None, pair[0]})

    def deeds(self) -> list[str]:
        """The actions in the audit book, newest first."""
        with self.database.reading() as work:
            return [entry.action for entry in work.audit.newest()]

    def publish(self, given: Roster, *pinned: Assignment) -> None:
        """Make a roster the published one, past the rules."""
        with self.database.writing() as work:
            number = work.rosters.next_number(self.window)
            draft = RosterVersion(
                f"v{number}", number, self.window, RosterState.DRAFT, given, frozenset(pinned), self.clock()
            )
            work.rosters.add(draft)
            work.rosters.publish(draft.published(self.clock(), "ilse", Score()), draft.edition)

    def change_expert(self, id: str, **fields: Any) -> None:
        """Change what is known of an expert, past the use cases."""
        with self.database.writing() as work:
            work.experts.save(replace(work.experts.get(id), **fields), work.experts.edition_of(id))

    def add_shifts(self, *shifts: ShiftSketch) -> None:
        """Add shifts past the requests; ids must be given."""
        with self.database.writing() as work:
            work.shifts.add_all(problem(shifts=list(shifts)).shifts)

    def add_shift_in(self, first: date) -> None:
        """Add one shift in another window, on the Thursday of its first week."""
        window = PlanningWindow(first, JANUARY.days)
        with self.database.writing() as work:
            work.shifts.add_all([shift("thu 09:30-12:30", id=f"in-{first}").drawn(0, window)])


def build_world(
    url: str,
    folder: Path,
    *,
    experts: Sequence[Expert] = (),
    shifts: Sequence[ShiftSketch] = (),
    live: Roster | None = None,
    **config: Any,
) -> World:
    """A world in a database at the newest schema; without experts and shifts a small one of its own."""
    clock = Clock()
    settings = Config(database_url=url, secret="s" * 40, instance=folder, **config)
    world = World(App(settings, open_database(url), clock), clock)
    given = problem(experts=list(experts) or small_crew(), shifts=list(shifts) or small_week())
    with world.database.writing() as work:
        _store(work, given)
    if live is not None:
        world.publish(live)
    return world


def exported(app: App) -> dict[str, bytes]:
    """The files of an export by name."""
    with TemporaryDirectory() as folder:
        export_folder(app, Path(folder))
        return {file.name: file.read_bytes() for file in Path(folder).iterdir()}


def small_crew() -> list[Expert]:
    """Three experts who can always come."""
    return [expert("kadir"), expert("noor"), expert("sam", languages=("nl", "tr"))]


def small_week() -> list[ShiftSketch]:
    """Shifts of two weeks at two venues: s1 to s3 in the first week after Tuesday, s4 to s6 in the second."""
    return [
        shift("wed 09:30-12:30"),
        shift("thu 13:30-16:30", venue="pinto"),
        shift("fri 09:30-12:30", required=2),
        shift("w2 mon 09:30-12:30"),
        shift("w2 wed 13:30-16:30", venue="pinto"),
        shift("w2 thu 09:30-12:30", desirable=1),
    ]


def small_roster() -> Roster:
    """Noor, Sam and Kadir on the small week, with one gap on s3."""
    return roster("noor: s1 s4", "sam: s2 s5", "kadir: s3 s6")


@cache
def known_hash() -> str:
    """The hash of PASSWORD, made once because it is slow on purpose."""
    return hash_password(PASSWORD)


def _store(work: Any, given: Problem) -> None:
    work.neighbourhoods.add_all(given.neighbourhoods)
    work.venues.add_all(replace(v, contact_name="Hanneke", contact_phone="020 000 00 00") for v in given.venues)
    work.activities.add_all(given.activities)
    work.experts.add_all(given.experts)
    work.experts.put_profiles(Profile(e.id, e.id.title(), "Jansen", f"{e.id}@example.org") for e in given.experts)
    work.shifts.add_all(given.shifts)
    for name, value in {"anchor": JANUARY.first.isoformat(), "on_duty_name": "Daan", "on_duty_phone": PHONE}.items():
        work.settings.put(name, value)
    for account in _accounts(given):
        work.accounts.add(account)
        work.accounts.set_password(account.id, known_hash())


def _accounts(given: Problem) -> list[Account]:
    office = [
        Account("ilse", "ilse@example.org", "Ilse", AccountRole.PLANNER),
        Account("hanneke", "hanneke@example.org", "Hanneke", AccountRole.COORDINATOR, frozenset({"lydia"})),
        Account("otto", "otto@example.org", "Otto", AccountRole.COORDINATOR, frozenset({"pinto"})),
    ]
    people = [
        Account(f"account-{e.id}", f"{e.id}@example.org", e.id.title(), AccountRole.EXPERT, expert=e.id)
        for e in given.experts
    ]
    return office + people
