"""Which shifts at one time ask together for more people than can come, so that no exchange among them fills a place?"""

from collections.abc import Callable
from dataclasses import dataclass

from scheduler.domain.people import ExpertId
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.shifts import Shift, ShiftId
from scheduler.rules.bench import Bench
from scheduler.rules.scratch import Scratch


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """Shifts in order of start that ask for `places` people, of whom each can do one; `people` can do any of them."""

    shifts: tuple[ShiftId, ...]
    places: int
    people: int


def bottleneck_at(
    problem: Problem, roster: Roster, shift_id: ShiftId, bench: Bench, is_open: Callable[[ShiftId], bool]
) -> Bottleneck | None:
    """The shifts that compete with an open one for the same people; None when an exchange of people fills it.

    Everybody's shifts at other times stay as they are. `is_open` says whether the people of a shift may still change.
    None also where the shift competes with no other.
    """
    shift = problem.shift[shift_id]
    rivals = [s.id for s in at_once(problem, shift) if is_open(s.id)]
    work = _Matching(problem, roster, bench.moved_to(roster).scratch(), rivals)
    group = work.competing_with(shift_id)
    if len(group) < 2:
        return None
    people = set().union(*(work.able(s) for s in group))
    places = sum(problem.shift[s].demand.required for s in group)
    ordered = sorted(group, key=lambda s: (problem.shift[s].span.start, s))
    return Bottleneck(tuple(ordered), places, len(people)) if len(people) < places else None


def at_once(problem: Problem, shift: Shift) -> list[Shift]:
    """The shift and others that all overlap each other, those first that overlap it longest."""
    span = shift.span
    others = [s for s in problem.shifts if s.id != shift.id and s.span.meets(span)]
    overlap = {s.id: min(s.span.end, span.end) - max(s.span.start, span.start) for s in others}
    found = [shift]
    for other in sorted(others, key=lambda s: (-overlap[s.id], s.id)):
        if all(other.span.meets(one.span) for one in found):
            found.append(other)
    return found


class _Matching:
    """Who could be on which of some shifts that overlap, as many places filled as can be."""

    def __init__(self, problem: Problem, roster: Roster, scratch: Scratch, shifts: list[ShiftId]) -> None:
        self._scratch, self._shifts = scratch, shifts
        self._there = {s: list(roster.by_shift.get(s, ())) for s in shifts}
        self._needed = {s: problem.shift[s].demand.required for s in shifts}
        self._first = {expert: s for s in shifts for expert in self._there[s]}
        self._place = dict(self._first)
        self._elsewhere: dict[ExpertId, list[ShiftId]] = {}
        self._known: dict[ShiftId, frozenset[ExpertId]] = {}

    def able(self, shift: ShiftId) -> frozenset[ExpertId]:
        """Whoever is on the shift, or can come when she leaves the one at that time that she is on."""
        if shift not in self._known:
            free = {expert for expert, _ in self._scratch.takers(shift)}
            moving = {e for e in self._scratch.hindered(shift) if e in self._first and shift in self._free_for(e)}
            self._known[shift] = frozenset(self._there[shift]) | free | moving
        return self._known[shift]

    def competing_with(self, shift: ShiftId) -> frozenset[ShiftId]:
        """The shifts among which its people would have to be found, when there are too few; empty otherwise."""
        short = [s for s in self._shifts if not self._fill(s)]
        groups = [self._reached_from(s) for s in short]
        return frozenset().union(*(group for group in groups if shift in group))

    def _free_for(self, expert: ExpertId) -> list[ShiftId]:
        if expert not in self._elsewhere:
            self._elsewhere[expert] = self._scratch.free_without(Assignment(expert, self._first[expert]), self._shifts)
        return self._elsewhere[expert]

    def _fill(self, shift: ShiftId) -> bool:
        """Whether all its places can be filled, people moved over as far as that leaves no other place open."""
        while self._load(shift) < self._needed[shift]:
            if not self._augment(shift, set()):
                return False
        return True

    def _augment(self, shift: ShiftId, asked: set[ExpertId]) -> bool:
        for expert in sorted(self.able(shift) - asked):
            asked.add(expert)
            now = self._place.get(expert)
            if now == shift:
                continue
            if now is None or self._augment(now, asked):
                self._place[expert] = shift
                return True
        return False

    def _load(self, shift: ShiftId) -> int:
        return sum(1 for place in self._place.values() if place == shift)

    def _reached_from(self, shift: ShiftId) -> frozenset[ShiftId]:
        """The shift and every other on which somebody is who could come to one of them."""
        found, asked = {shift}, [shift]
        while asked:
            here = {self._place[e] for e in self.able(asked.pop()) if e in self._place} - found
            found |= here
            asked += sorted(here)
        return frozenset(found)
