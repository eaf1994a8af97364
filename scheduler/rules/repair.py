"""Somebody falls out: which few changes fill the places again? Dear when they start soon, and then by invitation."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from scheduler.domain.people import ExpertId
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.score import Score
from scheduler.domain.shifts import ShiftId
from scheduler.rules.bench import Bench
from scheduler.rules.chains import chains_on
from scheduler.rules.rule import Rule
from scheduler.rules.scratch import Scratch

DAYS_THAT_COUNT = 28


@dataclass(frozen=True, slots=True)
class Moment:
    """When the repair is made, and how long ahead people are called: sooner, nobody who was told is moved."""

    now: datetime
    call_up_term: timedelta

    def is_soon(self, start: datetime) -> bool:
        """Whether a shift that starts then changes by invitation only."""
        return start < self.now + self.call_up_term

    def cost(self, start: datetime) -> int:
        """What one change of a shift that starts then counts: tomorrow's more than next month's."""
        return 1 + DAYS_THAT_COUNT // (1 + max(0, (start - self.now).days))

    def may_move(self, problem: Problem, assignment: Assignment) -> bool:
        """Nobody is taken off a shift by surprise: pins stay, and whoever was told and starts soon."""
        start = problem.shift[assignment.shift].span.start
        if assignment in problem.pinned or start <= self.now:
            return False
        return assignment not in problem.told or not self.is_soon(start)


class Move(NamedTuple):
    """`expert` comes to a shift, from another one when `leaves` is given; `invitation`: she may say no."""

    shift: ShiftId
    expert: ExpertId
    leaves: ShiftId | None
    invitation: bool


@dataclass(frozen=True, slots=True)
class Repair:
    """What to change, in order; `effect` compares with the roster with the hole, `open` lists places still open."""

    moves: tuple[Move, ...]
    roster: Roster
    effect: Score
    cost: int
    open: tuple[ShiftId, ...]


def repair(
    problem: Problem,
    roster: Roster,
    lost: Collection[Assignment],
    rules: Sequence[Rule],
    moment: Moment,
    *,
    gaps: Sequence[ShiftId] = (),
    bench: Bench | None = None,
) -> Repair:
    """Fill the places of assignments that fall out, and `gaps` (a shift once per open place), with the fewest changes.

    One person more is one change; where nobody can come at once, somebody moves over and another takes her shift.
    Whoever falls out is asked for nothing else. Pins stay, and so does what began.
    """
    hole = roster.moved_to(roster.assignments - frozenset(lost))
    found = Bench(problem, roster, rules) if bench is None else bench
    work = _Work(problem, hole, found.moved_to(hole).scratch(), moment, frozenset(a.expert for a in lost))
    places = [a.shift for a in lost] + list(gaps)
    for place in sorted(places, key=lambda s: (problem.shift[s].span.start, s)):
        work.fill(place)
    return Repair(tuple(work.moves), work.roster, work.effect, work.cost, tuple(work.open))


class _Work:
    """A repair in the making."""

    def __init__(
        self, problem: Problem, roster: Roster, scratch: Scratch, moment: Moment, out: frozenset[ExpertId]
    ) -> None:
        self.problem, self.roster, self.scratch, self.moment, self.out = problem, roster, scratch, moment, out
        self.moves: list[Move] = []
        self.open: list[ShiftId] = []
        self.effect, self.cost = Score(), 0

    def fill(self, place: ShiftId) -> None:
        """One place: by somebody who can come, else by a chain, else it stays open, as do others of the same shift."""
        if self.open[-1:] == [place]:
            self.open.append(place)
            return
        free = self.scratch.takers(place)
        takers = [(change, who) for who, change in free if who not in self.out and change.coverage <= 0]
        if takers:
            change, who = min(takers)
            self._make(Move(place, who, None, self._is_soon(place)), change)
            return
        tried = chains_on(self.scratch, self.roster, place, partial(self.moment.may_move, self.problem), self.out)
        ranked = [
            (c.effect.coverage, self._cost(c.leaves), c.effect.preference, c.expert, c.leaves, c)
            for c in tried
            if c.effect.coverage < 0
        ]
        if not ranked:
            self.open.append(place)
            return
        best = min(ranked, key=lambda rank: rank[:-1])[-1]
        self._make(Move(place, best.expert, best.leaves, self._is_soon(place)), best.effect)
        self._make(Move(best.leaves, best.successor, None, self._is_soon(best.leaves)), Score())

    def _make(self, move: Move, effect: Score) -> None:
        changed = [Assignment(move.expert, s) for s in (move.leaves, move.shift) if s is not None]
        for assignment in changed:
            self.scratch.toggle(assignment)
            self.cost += self._cost(assignment.shift)
        self.roster = self.roster.moved_to(self.roster.assignments ^ frozenset(changed))
        self.effect += effect
        self.moves.append(move)

    def _is_soon(self, shift: ShiftId) -> bool:
        return self.moment.is_soon(self.problem.shift[shift].span.start)

    def _cost(self, shift: ShiftId) -> int:
        return self.moment.cost(self.problem.shift[shift].span.start)
