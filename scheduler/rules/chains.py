"""Who can take this shift when another takes theirs? Two steps: one leaves a shift for it, somebody else takes that."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from scheduler.domain.people import ExpertId
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.score import Score
from scheduler.domain.shifts import ShiftId
from scheduler.rules.bench import Bench
from scheduler.rules.rule import Rule
from scheduler.rules.scratch import Scratch

MOST_CHAINS = 5
Movable = Callable[[Assignment], bool]


@dataclass(frozen=True, slots=True)
class Chain:
    """`expert` leaves the shift `leaves` for the one that was asked about, and `successor` takes the place there."""

    expert: ExpertId
    leaves: ShiftId
    successor: ExpertId
    effect: Score


def chains(
    problem: Problem, roster: Roster, shift_id: ShiftId, rules: Sequence[Rule], bench: Bench | None = None
) -> tuple[Chain, ...]:
    """The best few chains for a shift that nobody or few can take at once; pinned people stay where they are."""
    found = Bench(problem, roster, rules) if bench is None else bench.moved_to(roster)
    tried = chains_on(found.scratch(), roster, shift_id, lambda a: a not in problem.pinned)
    return tuple(sorted(tried, key=lambda c: (c.effect, c.expert, c.leaves, c.successor))[:MOST_CHAINS])


def chains_on(
    scratch: Scratch,
    roster: Roster,
    shift_id: ShiftId,
    is_movable: Movable,
    barred: Collection[ExpertId] = (),
) -> Iterator[Chain]:
    """The best successor for each expert and each of her shifts that keeps her from the one that is asked about."""
    for expert in scratch.hindered(shift_id):
        if expert in barred:
            continue
        wanted = Assignment(expert, shift_id)
        for leaves in roster.by_expert.get(expert, ()):
            left = Assignment(expert, leaves)
            if not is_movable(left):
                continue
            with scratch.trying(left, wanted) as effect:
                if effect.hard > 0:
                    continue
                takers = [(change, who) for who, change in scratch.takers(leaves) if who not in {expert, *barred}]
                if takers:
                    change, successor = min(takers)
                    yield Chain(expert, leaves, successor, effect + change)
