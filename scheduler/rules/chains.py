"""Who can take this shift when another takes theirs? Two steps: one leaves a shift for it, somebody else takes that."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from scheduler.domain.people import ExpertId
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.score import Score
from scheduler.domain.shifts import ShiftId
from scheduler.rules.bench import Bench
from scheduler.rules.scratch import Scratch

MOST_CHAINS = 3
Movable = Callable[[Assignment], bool]


@dataclass(frozen=True, slots=True)
class Chain:
    """`expert` leaves the shift `leaves` for the one that was asked about, and `successor` takes the place there."""

    expert: ExpertId
    leaves: ShiftId
    successor: ExpertId
    effect: Score


def chains(
    roster: Roster, shift_id: ShiftId, bench: Bench, is_movable: Movable, barred: Collection[ExpertId] = ()
) -> tuple[Chain, ...]:
    """The best few chains that fill an open place of a shift, without a larger one elsewhere; `barred` take no part."""
    tried = chains_on(bench.moved_to(roster).scratch(), roster, shift_id, is_movable, barred)
    filling = [c for c in tried if c.effect.coverage < 0]
    return tuple(sorted(filling, key=lambda c: (c.effect, c.expert, c.leaves, c.successor))[:MOST_CHAINS])


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
            if not is_movable(left) or not scratch.free_without(left, [shift_id]):
                continue
            with scratch.trying(left, wanted) as effect:
                takers = [(change, who) for who, change in scratch.takers(leaves) if who not in {expert, *barred}]
                if takers:
                    change, successor = min(takers)
                    yield Chain(expert, leaves, successor, effect + change)
