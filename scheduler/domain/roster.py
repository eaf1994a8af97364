"""The answer of the optimiser and the planner: who works which shift, as a draft or as a published version."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from scheduler.domain.errors import Refused, Sentence
from scheduler.domain.people import ExpertId
from scheduler.domain.score import Score
from scheduler.domain.shifts import ShiftId
from scheduler.domain.time import PlanningWindow


@dataclass(frozen=True, slots=True, order=True)
class Assignment:
    """One expert works one shift."""

    expert: ExpertId
    shift: ShiftId


@dataclass(frozen=True)
class Roster:
    """A set of assignments; says nothing about whether the rules are kept."""

    assignments: frozenset[Assignment] = frozenset()

    @cached_property
    def by_expert(self) -> dict[ExpertId, list[ShiftId]]:
        """Shift ids per expert, sorted by id."""
        return _sorted((a.expert, a.shift) for a in self.assignments)

    @cached_property
    def by_shift(self) -> dict[ShiftId, list[ExpertId]]:
        """Expert ids per shift, sorted by id."""
        return _sorted((a.shift, a.expert) for a in self.assignments)

    def with_(self, assignment: Assignment) -> "Roster":
        """The roster with one more assignment."""
        return Roster(self.assignments | {assignment})

    def without(self, assignment: Assignment) -> "Roster":
        """The roster with one assignment less."""
        return Roster(self.assignments - {assignment})

    def moved_to(self, assignments: frozenset[Assignment]) -> "Roster":
        """The roster of these assignments; only the people and shifts that differ are sorted anew."""
        found, moved = Roster(assignments), assignments ^ self.assignments
        found.__dict__["by_expert"] = _moved(self.by_expert, ((a.expert, a.shift) for a in moved))
        found.__dict__["by_shift"] = _moved(self.by_shift, ((a.shift, a.expert) for a in moved))
        return found


def _sorted(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The second of each pair by the first, both sorted."""
    found: dict[str, list[str]] = defaultdict(list)
    for first, second in sorted(pairs):
        found[first].append(second)
    return dict(found)


def _moved(known: dict[str, list[str]], moved: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The same with each of these pairs taken away or added; keys stay sorted only as far as they were there."""
    found = dict(known)
    for first, second in moved:
        found[first] = sorted({second} ^ set(found.get(first, ())))
        if not found[first]:
            del found[first]
    return found


class RosterState(StrEnum):
    """A draft can be edited; a published version never changes; publishing the next one supersedes it."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


@dataclass(frozen=True)
class RosterVersion:
    """A roster with its number, window and history. `pinned` is a subset of the assignments."""

    id: str
    number: int
    window: PlanningWindow
    state: RosterState
    roster: Roster
    pinned: frozenset[Assignment]
    created_at: datetime
    edition: int = 1
    based_on: int | None = None
    published_at: datetime | None = None
    published_by: str | None = None
    score: Score | None = None

    def published(self, at: datetime, by: str, score: Score) -> "RosterVersion":
        """This draft as a published version, by a named person."""
        if self.state is not RosterState.DRAFT:
            raise Refused(
                "Version %(number)s is already %(state)s.", number=self.number, state=Sentence(self.state.value)
            )
        return replace(self, state=RosterState.PUBLISHED, published_at=at, published_by=by, score=score)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A place taken from an expert who had been told of it: by a planner, or because its shift was called off.

    `at` is the last time; `changes` counts every time it was taken or given back since.
    """

    expert: ExpertId
    shift: ShiftId
    at: datetime
    called_off: bool = False
    changes: int = 1


@dataclass(frozen=True, slots=True)
class RosterChange:
    """What happens to one shift between two versions; experts as sorted ids."""

    shift: ShiftId
    before: tuple[ExpertId, ...]
    after: tuple[ExpertId, ...]


def changes_between(before: Roster, after: Roster) -> list[RosterChange]:
    """Every shift whose people differ, by shift id."""
    shifts = sorted(before.by_shift.keys() | after.by_shift.keys())
    pairs = ((s, tuple(before.by_shift.get(s, [])), tuple(after.by_shift.get(s, []))) for s in shifts)
    return [RosterChange(s, old, new) for s, old, new in pairs if old != new]
