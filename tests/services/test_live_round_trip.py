"""Does a database that people work in come back from its files, whatever state its requests and shifts are in?"""

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, time, timedelta
from pathlib import Path
from shutil import copy

import pytest

from scheduler.config import Config
from scheduler.domain.availability import AvailabilityLevel, DaySlot
from scheduler.domain.cover import Repeat, RequestState
from scheduler.domain.errors import SchedulerError
from scheduler.domain.people import Exclusion, ExclusionKind, PersonalLimits
from scheduler.domain.responses import Answer
from scheduler.domain.roster import Assignment, Roster
from scheduler.services import availability, cover, days, publish, respond, roster, transfer
from scheduler.services.candidates import candidates
from scheduler.services.context import App
from scheduler.services.venue_views import RequestOrder
from scheduler.store import open_database
from tests.builders import JANUARY
from tests.services.world import World, exported

pytestmark = pytest.mark.slow

MONDAY = date(2027, 1, 11)
EXPERTS = ("kadir", "noor", "sam")


@pytest.fixture
def empty(sqlite_template: Path, tmp_path: Path, world: World) -> Iterator[App]:
    """Another installation with nothing in it, at the same moment."""
    yield from another(sqlite_template, tmp_path, world)


def another(template: Path, folder: Path, world: World) -> Iterator[App]:
    """An empty installation."""
    file = folder / "another.db"
    copy(template, file)
    found = App(
        Config(f"sqlite:///{file}", secret="s" * 40, instance=folder), open_database(f"sqlite:///{file}"), world.clock
    )
    yield found
    found.database.close()


def require_round_trip(world: World, empty: App) -> dict[str, bytes]:
    """The files of the world, which an empty installation reads and writes again byte for byte."""
    files = exported(world.app)
    report = transfer.import_folder(empty, files)
    assert [str(fault) for fault in report.faults] == []
    assert exported(empty) == files
    with world.database.reading() as mine, empty.database.reading() as theirs:
        for there in (mine, theirs):
            assert there.rosters.tampered() == []
        assert theirs.bookings.in_window(JANUARY) == mine.bookings.in_window(JANUARY)
        assert theirs.shifts.in_window(JANUARY) == mine.shifts.in_window(JANUARY)
    assert what_counts(empty) == what_counts(world.app)
    return files


def what_counts(app: App) -> dict[Assignment, Answer]:
    """The answers that count; one that was taken back is none."""
    with app.database.reading() as work:
        newest = work.responses.newest_in_window(JANUARY)
        standing = {shift.id for shift in work.shifts.in_window(JANUARY)}
    return {a: r.answer for a, r in newest.items() if r.answer is not Answer.UNDONE and a.shift in standing}


def ask(world: World, first: date = MONDAY, repeat: Repeat = Repeat.WEEKLY, hour: int = 13) -> str:
    """A request of a venue that waits for its answer."""
    order = RequestOrder("lydia", "drop-in", first, time(hour), time(hour + 3), headcount=2, repeat=repeat)
    return cover.submit_request(world.app, world.coordinator, order).id


def accepted(world: World, first: date = MONDAY, repeat: Repeat = Repeat.WEEKLY, hour: int = 13) -> str:
    """A request that was accepted; its edition is 2."""
    request = ask(world, first, repeat, hour)
    cover.answer_request(world.app, world.planner, request, True, "Komt goed", edition=1)
    return request


def book(world: World, expert: str, request: str, day: date = MONDAY) -> Assignment:
    """Somebody comes on this day of the request."""
    pair = Assignment(expert, f"{request}-{day:%Y%m%d}")
    with world.database.writing() as work:
        work.bookings.add(pair)
    return pair


def say(world: World, pair: Assignment, answer: Answer) -> None:
    """What an expert answers."""
    respond.answer(world.app, world.expert(pair.expert), pair.shift, answer)


def test_a_request_that_was_taken_back_leaves_what_was_worked_and_nothing_else(world: World, empty: App) -> None:
    request = accepted(world)
    book(world, "kadir", request)
    coming = book(world, "sam", request, MONDAY + timedelta(days=7))
    say(world, book(world, "noor", request, MONDAY + timedelta(days=7)), Answer.NO)
    world.clock.set("w2 tue 09:00")
    cover.cancel_request(world.app, world.coordinator, request, edition=2)
    files = require_round_trip(world, empty)
    assert f"kadir,{request}-20270111" in files["roster.csv"].decode()
    assert f"{request}-20270111,lydia,drop-in,2027-01-11" in files["shifts.csv"].decode()
    assert coming.shift.encode() not in b"".join(files.values())
    with empty.database.reading() as work:
        assert work.shifts.get(f"{request}-20270111").request == request


def test_a_day_that_was_called_off_takes_its_answers_along(world: World, empty: App) -> None:
    request = accepted(world)
    pair = book(world, "sam", request)
    say(world, pair, Answer.NO)
    days.call_off_day(world.app, world.coordinator, request, MONDAY, edition=2)
    files = require_round_trip(world, empty)
    assert "declines.csv" not in files
    assert b"2027-01-11" in files["requests.csv"]


def test_a_pin_in_a_draft_that_moves_somebody_comes_in_beside_what_is_published(world: World, empty: App) -> None:
    request = accepted(world, date(2027, 1, 6), hour=10)
    shift = f"{request}-20270106"
    first = JANUARY.first
    step = roster.unassign(world.app, world.planner, first, "s1", "noor", edition=0)
    step = roster.assign(world.app, world.planner, first, shift, "noor", edition=step.edition)
    roster.pin(world.app, world.planner, first, shift, "noor", edition=step.edition)
    files = require_round_trip(world, empty)
    assert files["pins.csv"].decode() == f"expert,shift\nnoor,{shift}\n"
    assert b"noor,s1" in files["roster.csv"]


def test_a_published_pin_of_somebody_who_said_no_stays_behind(world: World, empty: App) -> None:
    step = roster.pin(world.app, world.planner, JANUARY.first, "s1", "noor", edition=0)
    step = roster.unassign(world.app, world.planner, JANUARY.first, "s5", "sam", edition=step.edition)
    publish.publish(world.app, world.planner, JANUARY.first, edition=step.edition)
    say(world, Assignment("noor", "s1"), Answer.NO)
    files = require_round_trip(world, empty)
    assert "pins.csv" not in files
    assert files["declines.csv"] == b"expert,shift,answer\nnoor,s1,no\n"


def test_an_older_export_does_not_bring_back_what_was_called_off_since(world: World) -> None:
    request = accepted(world)
    pair = book(world, "sam", request)
    before = exported(world.app)
    days.call_off_day(world.app, world.coordinator, request, MONDAY, edition=2)
    transfer.import_folder(world.app, before)
    assert pair not in world.live().assignments


def test_shifts_that_had_begun_when_their_request_was_accepted_do_not_come_into_being(world: World, empty: App) -> None:
    request = ask(world, date(2027, 1, 6))
    world.clock.set("w2 tue 09:00")
    cover.answer_request(world.app, world.planner, request, True, edition=1)
    require_round_trip(world, empty)


class Crowd:
    """Everybody does something, one thing after another, as chance has it; what is refused is refused."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.random, self.done = world, random.Random(seed), 0

    def act(self) -> None:
        """One deed of somebody."""
        deeds: list[Callable[[], object]] = [
            self.ask, self.accept, self.accept, self.refuse, self.cancel, self.call_off, self.put_back,
            self.answer, self.answer, self.answer, self.undo, self.assign, self.assign, self.assign, self.assign,
            self.unassign, self.pin, self.pin, self.publish, self.publish, self.wait,
            self.exclude, self.limit, self.be_away,
        ]  # fmt: skip
        self.attempt(self.random.choice(deeds))

    def attempt(self, deed: Callable[..., object], *arguments: object) -> None:
        """Do it, or be refused."""
        with suppress(SchedulerError):
            deed(*arguments)
            self.done += 1

    def ask(self) -> None:
        day = JANUARY.first + timedelta(days=self.random.randrange(1, 28))
        ask(self.world, day, self.random.choice(list(Repeat)), self.random.choice((9, 13, 22 - 3)))

    def _request(self, *states: RequestState) -> tuple[str, int]:
        with self.world.database.reading() as work:
            found = sorted(r.id for r in work.requests.in_state(*states))
            id = found[self.random.randrange(len(found))] if found else "none"
            return id, work.requests.edition_of(id)

    def _pair(self) -> Assignment:
        with self.world.database.reading() as work:
            shift = self.random.choice(work.shifts.in_window(JANUARY))
        return Assignment(self.random.choice(EXPERTS), shift.id)

    def accept(self) -> None:
        id, edition = self._request(RequestState.SUBMITTED)
        cover.answer_request(self.world.app, self.world.planner, id, True, edition=edition)

    def refuse(self) -> None:
        id, edition = self._request(RequestState.SUBMITTED)
        cover.answer_request(self.world.app, self.world.planner, id, False, '=Nee; "helaas",\nniet', edition=edition)

    def cancel(self) -> None:
        id, edition = self._request(RequestState.SUBMITTED, RequestState.ACCEPTED)
        cover.cancel_request(self.world.app, self.world.coordinator, id, edition=edition)

    def _day(self, *, off: bool) -> tuple[str, date, int]:
        id, edition = self._request(RequestState.SUBMITTED, RequestState.ACCEPTED)
        rows = days.request_days(self.world.app, self.world.planner, id).days[:4]
        found = [row.day for row in rows if row.called_off is not off] or [MONDAY]
        return id, self.random.choice(found), edition

    def call_off(self) -> None:
        id, day, edition = self._day(off=True)
        days.call_off_day(self.world.app, self.world.planner, id, day, edition=edition)

    def put_back(self) -> None:
        id, day, edition = self._day(off=False)
        days.put_back_day(self.world.app, self.world.planner, id, day, edition=edition)

    def answer(self) -> None:
        live = sorted(self.world.live().assignments)
        say(self.world, self.random.choice(live), self.random.choice((Answer.YES, Answer.NO, Answer.TALK)))

    def undo(self) -> None:
        pair = self._pair()
        respond.undo_answer(self.world.app, self.world.expert(pair.expert), pair.shift)

    def exclude(self) -> None:
        expert = self.random.choice(EXPERTS)
        kind, subject = self.random.choice(((ExclusionKind.VENUE, "pinto"), (ExclusionKind.DAY, "2027-01-13")))
        edition = availability.limits_view(self.world.app, self.world.expert(expert)).edition
        availability.save_exclusions(
            self.world.app, self.world.expert(expert), (Exclusion(kind, subject),), edition=edition
        )

    def limit(self) -> None:
        expert = self.world.expert(self.random.choice(EXPERTS))
        limits = PersonalLimits(minutes_a_week=self.random.choice((60, 240, 600)), shifts_a_week=1)
        edition = availability.limits_view(self.world.app, expert).edition
        availability.save_limits(self.world.app, expert, limits, edition=edition)

    def be_away(self) -> None:
        day = JANUARY.first + timedelta(days=self.random.randrange(28))
        away = DaySlot(day, day + timedelta(days=2), AvailabilityLevel.UNAVAILABLE)
        availability.add_exception(self.world.app, self.world.expert(self.random.choice(EXPERTS)), away)

    def _edit(self, how: Callable[..., object], pair: Assignment | None = None) -> None:
        draft, pair = self.world.draft(), pair or self._pair()
        how(
            self.world.app,
            self.world.planner,
            JANUARY.first,
            pair.shift,
            pair.expert,
            edition=draft.edition if draft else 0,
        )

    def _held(self) -> Roster:
        return draft.roster if (draft := self.world.draft()) else self.world.live()

    def begin(self) -> None:
        """Some requests are accepted and their first days staffed and published."""
        for hour in (9, 13, 19):
            id = accepted(self.world, JANUARY.first + timedelta(days=self.random.randrange(3, 10)), hour=hour)
            with self.world.database.reading() as work:
                coming = [s.id for s in work.shifts.of_request(id)][:3]
            for shift, expert in zip(coming, self.random.sample(EXPERTS, len(coming)), strict=True):
                self.attempt(self._edit, roster.pin if hour == 9 else roster.assign, Assignment(expert, shift))
        self.attempt(self.publish)

    def assign(self) -> None:
        with self.world.database.reading() as work:
            held = self._held().by_shift
            room = [s.id for s in work.shifts.in_window(JANUARY) if len(held.get(s.id, ())) < s.demand.most]
        shift = self.random.choice(room or ["none"])
        found = candidates(self.world.app, self.world.planner, JANUARY.first, shift)
        self._edit(roster.assign, Assignment(found.can[0].expert, shift) if found.can else None)

    def unassign(self) -> None:
        self._edit(roster.unassign)

    def pin(self) -> None:
        self._edit(roster.pin, self.random.choice(sorted(self._held().assignments)))

    def publish(self) -> None:
        draft = self.world.draft()
        publish.publish(self.world.app, self.world.planner, JANUARY.first, edition=draft.edition if draft else 0)

    def wait(self) -> None:
        self.world.clock.turn(hours=self.random.choice((1, 8, 30)))


@pytest.mark.parametrize("seed", range(6))
def test_whatever_people_did_comes_back_byte_for_byte(
    seed: int, quick_world: World, sqlite_template: Path, tmp_path: Path
) -> None:
    crowd = Crowd(quick_world, seed)
    crowd.begin()
    for _ in range(50):
        crowd.act()
    assert crowd.done > 15
    quick_world.clock.now = min(quick_world.clock.now, JANUARY.span.end - timedelta(hours=1))
    for empty in another(sqlite_template, tmp_path, quick_world):
        require_round_trip(quick_world, empty)
