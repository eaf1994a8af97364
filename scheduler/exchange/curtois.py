"""Which problem does a file of the public shift-scheduling instances of Curtois and Qu (2014) put?

Its words become ours: a shift type is an activity type, a person an expert with a contract and personal limits, a
request a dated wish, cover the graded staffing of a shift. The file has no times of the day, so every shift starts at
midnight, in a zone whose clock never changes.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from scheduler.domain.availability import Availability, AvailabilityLevel, DaySlot
from scheduler.domain.contracts import Contract, ContractKind
from scheduler.domain.errors import invalid
from scheduler.domain.people import HEAVIEST_WISH, DatedWish, Expert, ExpertId, PersonalLimits, Wish
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import LONGEST_MINUTES, MOST_PEOPLE, Demand, Shift
from scheduler.domain.time import DAY, MINUTE, Days, PlanningWindow, Span
from scheduler.domain.venues import ActivityId, ActivityType, Neighbourhood, Venue
from scheduler.exchange.faults import Fault, Faults
from scheduler.exchange.sections import Line, read_sections

T = TypeVar("T")
MONDAY = date(2024, 1, 1)
NEEDED = frozenset({"HORIZON", "SHIFTS", "STAFF", "COVER"})
WISHES = {"SHIFT_ON_REQUESTS": Wish.GLADLY, "SHIFT_OFF_REQUESTS": Wish.RATHER_NOT}
KNOWN = NEEDED | {"DAYS_OFF", *WISHES}
LONGEST_WINDOW = 366
MOST_MINUTES = LONGEST_WINDOW * LONGEST_MINUTES
MOST_POINTS = 1_000_000
HEADER = "employee,day,shift"


@dataclass(frozen=True)
class Instance:
    """The problem that a file puts, or None with every fault; `total` counts also the faults that are not listed."""

    problem: Problem | None
    faults: tuple[Fault, ...]
    total: int


def read_instance(name: str, data: bytes) -> Instance:
    """The problem of a file, given by name and content."""
    faults = Faults()
    sections = read_sections(name, data, KNOWN, NEEDED, faults)
    problem = None if faults.total else _File(name, sections, faults).problem()
    return Instance(None if faults.total else problem, tuple(faults.faults), faults.total)


def solution_bytes(problem: Problem, roster: Roster) -> bytes:
    """A roster in the words of the public format: one row per shift worked, days counted from 0."""
    first = problem.window.first
    worked = [(a.expert, problem.shift[a.shift]) for a in roster.assignments]
    rows = sorted((who, (problem.starts_on[s.id] - first).days, s.activity) for who, s in worked)
    return "".join(f"{line}\n" for line in (HEADER, *(f"{who},{day},{kind}" for who, day, kind in rows))).encode()


@dataclass
class _Person:
    """What the sections say of one person, gathered."""

    contract: Contract
    limits: PersonalLimits
    away: list[DaySlot] = field(default_factory=list)
    wishes: list[DatedWish] = field(default_factory=list)


class _File:
    """The sections of one file; every fault is recorded with its line."""

    def __init__(self, name: str, sections: Mapping[str, list[Line]], faults: Faults) -> None:
        self.name, self.sections, self.faults = name, sections, faults
        self.window = PlanningWindow(MONDAY, 1, "UTC")
        self.kinds: dict[ActivityId, ActivityType] = {}
        self.minutes: dict[ActivityId, int] = {}
        self.people: dict[ExpertId, _Person] = {}

    def problem(self) -> Problem | None:
        """The problem, when nothing was wrong."""
        for section, read in (("HORIZON", self._horizon), ("SHIFTS", self._kind)):
            self._each(section, read)
        self._each("SHIFTS", self._successions)
        self._each("STAFF", self._person)
        if not self.faults.total:
            self._each("DAYS_OFF", self._days_off)
            for section, wish in WISHES.items():
                self._each(section, lambda line, wish=wish: self._wish(line, wish))  # type: ignore[misc]
            cover = dict(self._each("COVER", self._cover))
        if self.faults.total:
            return None
        return Problem(
            window=self.window,
            experts=tuple(self._experts()),
            venues=(Venue("ward", self.name, "ward", "ward"),),
            neighbourhoods=(Neighbourhood("ward", self.name),),
            activities=tuple(self.kinds.values()),
            shifts=tuple(self._shifts(cover)),
        )

    def _each(self, section: str, read: Callable[[Line], T]) -> list[T]:
        found = []
        for line in self.sections[section]:
            with self.faults.at(self.name, line.number):
                found.append(read(line))
        return found

    def _horizon(self, line: Line) -> None:
        self.window = PlanningWindow(MONDAY, line.whole(0, LONGEST_WINDOW), "UTC")

    def _kind(self, line: Line) -> None:
        name = _new(line.cell(0), self.kinds)
        minutes = line.whole(1, LONGEST_MINUTES)
        if not minutes:
            invalid("A shift lasts at least one minute.")
        self.minutes[name] = minutes
        self.kinds[name] = ActivityType(name, name, "staff")

    def _successions(self, line: Line) -> None:
        name, never = line.cell(0), frozenset(_known(part, self.kinds) for part in line.parts(2))
        if name in self.kinds:
            self.kinds[name] = ActivityType(name, name, "staff", never_before=never)

    def _person(self, line: Line) -> None:
        name = _new(line.cell(0), self.people)
        most, least, longest, shortest, rest, weekends = (line.whole(place, MOST_MINUTES) for place in range(2, 8))
        days = Days(self.window.first)
        self.people[name] = _Person(
            Contract(
                ContractKind.EMPLOYED, days, minimum_minutes_a_window=least, maximum_minutes_a_window=most,
                one_shift_a_day=True,
            ),
            PersonalLimits(
                days_in_a_row=longest, least_days_in_a_row=shortest, least_days_off_in_a_row=rest,
                weekends_a_window=weekends, shifts_of_activity=tuple(self._caps(line)),
            ),
        )  # fmt: skip

    def _caps(self, line: Line) -> Iterator[tuple[ActivityId, int]]:
        """Most shifts per type; a number that all days fit in is no limit."""
        for part in line.parts(1):
            kind, _, count = part.partition("=")
            most = Line(line.number, [count.strip()]).whole(0, MOST_MINUTES)
            if _known(kind.strip(), self.kinds) and most < self.window.days:
                yield kind.strip(), most

    def _days_off(self, line: Line) -> None:
        person = self.people[_known(line.cell(0), self.people)]
        for place in range(1, len(line.cells)):
            if line.cells[place]:
                day = self._day(line, place)
                person.away.append(DaySlot(day, day, AvailabilityLevel.UNAVAILABLE))

    def _wish(self, line: Line, wish: Wish) -> None:
        person = self.people[_known(line.cell(0), self.people)]
        day, kind, weight = self._day(line, 1), _known(line.cell(2), self.kinds), line.whole(3, HEAVIEST_WISH)
        if weight:
            person.wishes.append(DatedWish(day, wish, kind, weight))

    def _cover(self, line: Line) -> tuple[tuple[date, ActivityId], Demand]:
        place = self._day(line, 0), _known(line.cell(1), self.kinds)
        required, few, many = line.whole(2, MOST_PEOPLE), line.whole(3, MOST_POINTS), line.whole(4, MOST_POINTS)
        return place, Demand(required, missing_points=few, extra_points=many)

    def _day(self, line: Line, place: int) -> date:
        return self.window.first + line.whole(place, self.window.days - 1) * DAY

    def _experts(self) -> Iterator[Expert]:
        for name, person in self.people.items():
            yield Expert(
                name,
                roles=frozenset({"staff"}),
                contracts=(person.contract,),
                availability=Availability((), tuple(person.away), AvailabilityLevel.AVAILABLE),
                limits=person.limits,
                dated_wishes=tuple(person.wishes),
            )

    def _shifts(self, cover: Mapping[tuple[date, ActivityId], Demand]) -> Iterator[Shift]:
        """One shift per day and type, also where nobody is asked: there everybody is welcome."""
        nobody = Demand(0, missing_points=0, extra_points=0)
        for number, day in enumerate(self.window.dates()):
            start = self.window.midnight(number)
            for kind, minutes in self.minutes.items():
                span = Span(start, start + minutes * MINUTE)
                yield Shift(f"{number}-{kind}", "ward", kind, span, cover.get((day, kind), nobody))


def _new(name: str, known: Mapping[str, object]) -> str:
    if not name:
        invalid("The line has no name.")
    if name in known:
        invalid("'%(name)s' stands twice.", name=name)
    return name


def _known(name: str, known: Mapping[str, object]) -> str:
    if name not in known:
        invalid("There is no '%(name)s'.", name=name[:40])
    return name
