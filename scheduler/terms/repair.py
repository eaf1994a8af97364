"""How does a pattern that breaks a limit become lawful? Another plan for one day, the cheapest that helps; again."""

from typing import Any

import numpy as np

from scheduler.terms.compiled import compiled
from scheduler.terms.kinds import Bools, Ints
from scheduler.terms.persons import Person, amounts
from scheduler.terms.plans import Plans, mark_pairs

_MOST_CHANGES, _MOST_TRIES = 12, 60
_NO_CHANGE = 1 << 60


@compiled
def repair(person: Person, plans: Plans, worth: Ints, taken: Ints) -> Any:
    """Change the plans taken, one per day, until no limit is broken; says whether that succeeded.

    worth[plan] is what a plan costs; a change is kept when it breaks less than before.
    """
    chosen = np.zeros(len(person.day), np.bool_)
    mark_pairs(plans, taken, chosen)
    broken = amounts(person, chosen)[0]
    for _ in range(_MOST_CHANGES):
        if broken == 0:
            break
        before = broken
        more, day = _changes(plans, worth, taken, _pairs_of_broken_rows(person, chosen))
        for plan in np.argsort(more)[:_MOST_TRIES]:
            if more[plan] == _NO_CHANGE:
                break
            old = taken[day[plan]]
            taken[day[plan]] = plan
            chosen[:] = False
            mark_pairs(plans, taken, chosen)
            broken = amounts(person, chosen)[0]
            if broken < before:
                break
            taken[day[plan]] = old
        if broken >= before:
            return False
    return broken == 0


@compiled
def _changes(plans: Any, worth: Any, taken: Any, marked: Any) -> Any:
    """What each plan costs more than the one taken, where that has a marked pair and is another; and its day."""
    more, day_of = np.full(len(worth), _NO_CHANGE, np.int64), np.zeros(len(worth), np.int64)
    for day in range(len(taken)):
        plan, hit = taken[day], False
        while plans.parent[plan] >= 0:
            hit = hit or marked[plans.last[plan]]
            plan = plans.parent[plan]
        for other in range(plans.first[day], plans.first[day + 1]):
            day_of[other] = day
            if hit and plans.legal[other] and other != taken[day]:
                more[other] = worth[other] - worth[taken[day]]
    return more, day_of


@compiled
def _pairs_of_broken_rows(person: Any, chosen: Bools) -> Any:
    """The chosen pairs of rows that take too much; all pairs when no row does."""
    rows, marked = person.rows, np.zeros(len(chosen), np.bool_)
    for row in range(len(rows.low)):
        total = 0
        for at in range(rows.start[row], rows.start[row + 1]):
            total += rows.weight[at] * chosen[rows.pair[at]]
        if rows.level[row] == 0 and total > rows.high[row]:
            marked[rows.pair[rows.start[row] : rows.start[row + 1]]] = True
    if not marked.any():
        marked[:] = True
    return marked
