"""What can one expert work on one day? All lawful sets of that day's pairs, and what one day says to the next."""

from typing import Any, NamedTuple

import numpy as np

from scheduler.domain.score import Level
from scheduler.terms.compiled import compiled
from scheduler.terms.kinds import Bools, Ints, ints
from scheduler.terms.persons import Person

MOST_PLANS = 30_000
"""Plans of one day; a day that allows more is planned with those of the fewest pairs."""


class Plans(NamedTuple):
    """The plans of day d are first[d]..first[d + 1]; the first of each day is the day off.

    A plan is its parent (-1: none) and one more pair, `last`; it is not `legal` where a row of that day forbids it.
    `toll` is what its couples and the rows of that day alone cost: (coverage, preference) x plans.
    """

    first: Ints
    parent: Ints
    last: Ints
    legal: Bools
    toll: Ints


class Borders(NamedTuple):
    """Which plan may follow which, by class of the earlier and gate of the later: class 0 says nothing.

    Passing gate g of day d after class c of the day before costs price[:, first[d] + g * classes + c], by level.
    """

    classes: int
    kind: Ints
    gate: Ints
    first: Ints
    price: Ints


class _Near(NamedTuple):
    """Couples as small matrices: level x entries; those of day d with a day start at first[d], `width` to a line.

    The pairs of day d start at pair_first[d].
    """

    pair_first: Ints
    first: Ints
    width: Ints
    amount: Ints


def plans_of(person: Person, day_rows: Ints) -> tuple[Plans, bool]:
    """All plans; `day_rows` are the rows whose members lie on one day. The flag tells that nothing was left out."""
    near = _near(person, 0)
    room = 4 * (len(person.day) + person.days)
    while True:
        first, parent, last, toll, used, complete = _enumerate(near, room, MOST_PLANS)
        if used <= room:
            break
        room *= 2
    legal, toll = np.ones(used, np.bool_), toll[:, :used]
    plans = Plans(first, parent[:used], last[:used], legal, np.ascontiguousarray(toll))
    for row in day_rows.tolist():
        _settle_row(person, plans, row)
    return plans, bool(complete)


@compiled
def added(plans: Plans, weight: Ints) -> Any:
    """The total weight of the pairs of each plan."""
    found = np.zeros(len(plans.last), weight.dtype)
    for plan in range(len(plans.last)):
        if plans.parent[plan] >= 0:
            found[plan] = found[plans.parent[plan]] + weight[plans.last[plan]]
    return found


@compiled
def mark_pairs(plans: Plans, taken: Ints, chosen: Bools) -> None:
    """Mark the pairs of these plans."""
    for leaf in taken:
        plan = leaf
        while plans.parent[plan] >= 0:
            chosen[plans.last[plan]] = True
            plan = plans.parent[plan]


@compiled
def plan_worth(plans: Plans, price: Ints, weights: tuple[int, int]) -> Any:
    """What each plan costs: its pairs and its toll."""
    total = np.zeros(len(plans.last), np.int64)
    for plan in range(len(plans.last)):
        if plans.parent[plan] >= 0:
            total[plan] = total[plans.parent[plan]] + price[plans.last[plan]]
    return total + weights[0] * plans.toll[0] + weights[1] * plans.toll[1]


@compiled
def cheapest_plans(entry_of: Ints, worth: Ints, entries: int) -> Any:
    """Per entry: what its cheapest plan costs, and which that is."""
    price, plan = np.full(entries, 1 << 60, np.int64), np.full(entries, -1, np.int64)
    for one in range(len(worth)):
        entry = entry_of[one]
        if entry >= 0 and worth[one] < price[entry]:
            price[entry], plan[entry] = worth[one], one
    return price, plan


def borders_of(person: Person, plans: Plans) -> Borders:
    """The classes and gates of all plans, as few as possible."""
    near = _near(person, 1)
    if not near.amount.any():
        free = np.zeros(len(plans.last), np.int64)
        return Borders(1, free, free, np.arange(person.days + 1), np.zeros((3, person.days), np.int64))
    kind, gate, classes, gates = _classes(near, plans)
    first = ints(np.append(0, np.cumsum(gates * classes)))
    price = np.zeros((3, int(first[-1])), np.int64)
    borders = Borders(classes, kind, gate, first, price)
    _fill_prices(near, plans, borders)
    return borders


def _near(person: Person, ahead: int) -> _Near:
    """The couples between each day and the day `ahead` of it."""
    pair_first = ints(np.searchsorted(person.day, np.arange(person.days + 1)))
    size = np.diff(pair_first)
    width = np.append(size[ahead:], np.zeros(ahead, np.int64))
    first = np.append(0, np.cumsum(size * width))
    one, two, level, amount = person.couples
    day = person.day[one]
    keep = person.day[two] - day == ahead
    one, two, day, level, amount = one[keep], two[keep], day[keep], level[keep], amount[keep]
    found = np.zeros((3, int(first[-1])), np.int64)
    place = first[day] + (one - pair_first[day]) * width[day] + two - pair_first[day + ahead]
    found[level, place] = amount
    return _Near(pair_first, ints(first), ints(width), found)


@compiled
def _enumerate(near: Any, room: int, most: int) -> Any:
    """Each plan is extended by every later pair of its day that it allows; says how much room that takes."""
    pair_first, days = near.pair_first, len(near.width)
    first, parent = np.zeros(days + 1, np.int64), np.full(room, -1, np.int64)
    last, toll = np.full(room, -1, np.int64), np.zeros((2, room), np.int64)
    used, complete = 0, True
    for day in range(days):
        low, width, plan = pair_first[day], near.width[day], used
        used += 1
        while plan < used <= room:
            for pair in range(max(low, last[plan] + 1), pair_first[day + 1]):
                link, one, two, fits = plan, 0, 0, True
                while parent[link] >= 0 and fits:
                    at = near.first[day] + (last[link] - low) * width + pair - low
                    fits = near.amount[0, at] == 0
                    one += near.amount[1, at]
                    two += near.amount[2, at]
                    link = parent[link]
                if fits and used - first[day] >= most:
                    complete = False
                elif fits:
                    if used < room:
                        parent[used], last[used] = plan, pair
                        toll[0, used], toll[1, used] = toll[0, plan] + one, toll[1, plan] + two
                    used += 1
            plan += 1
        first[day + 1] = used
        if used > room:
            return first, parent, last, toll, used, complete
    return first, parent, last, toll, used, complete


def _settle_row(person: Person, plans: Plans, row: int) -> None:
    """Charge, or forbid, what the plans of the row's day make of it."""
    rows = person.rows
    members = slice(int(rows.start[row]), int(rows.start[row + 1]))
    day = int(person.day[rows.pair[members][0]])
    weight = np.zeros(len(person.day), np.int64)
    weight[rows.pair[members]] = rows.weight[members]
    today = slice(int(plans.first[day]), int(plans.first[day + 1]))
    total = _added_today(plans, weight, today.start, today.stop)
    short, over = np.maximum(rows.low[row] - total, 0), np.maximum(total - rows.high[row], 0)
    short = np.where(rows.or_zero[row] & (total == 0), 0, short)
    if rows.level[row] == Level.HARD:
        plans.legal[today] &= (short == 0) & (over == 0)
    else:
        plans.toll[rows.level[row] - 1, today] += short * rows.below[row] + over * rows.above[row]


@compiled
def _added_today(plans: Plans, weight: Ints, low: int, high: int) -> Any:
    found = np.zeros(high - low, np.int64)
    for plan in range(low + 1, high):
        found[plan - low] = found[plans.parent[plan] - low] + weight[plans.last[plan]]
    return found


@compiled
def _line(near: Any, plans: Any, day: int, plan: int, line: Any) -> None:
    """What a plan says about each pair of the next day: level x pairs."""
    line[:] = 0
    width = near.width[day]
    while plans.parent[plan] >= 0:
        at = near.first[day] + (plans.last[plan] - near.pair_first[day]) * width
        for level in range(3):
            line[level] += near.amount[level, at : at + width]
        line[0] = np.minimum(line[0], 1)
        plan = plans.parent[plan]


@compiled
def _column(first: int, plans: Any, plan: int, lines: Any, column: Any) -> None:
    """What passing into a plan costs after each class of the day before; the pairs of its day start at `first`."""
    column[:] = 0
    while plans.parent[plan] >= 0:
        pair = plans.last[plan] - first
        for kind in range(column.shape[1]):
            column[:, kind] += lines[kind, :, pair]
            column[0, kind] = min(column[0, kind], 1)
        plan = plans.parent[plan]


@compiled
def _number(one: Any, known: Any, count: int) -> int:
    """The number of an array among the known ones; `count` when it is new."""
    for number in range(count):
        if np.all(one == known[number]):
            return number
    return count


@compiled
def _classes(near: Any, plans: Any) -> Any:
    """Number the different lines of each day, and the different columns into each day."""
    days = len(near.width)
    kind, gate = np.zeros(len(plans.last), np.int64), np.zeros(len(plans.last), np.int64)
    most, gates = 1, np.ones(days, np.int64)
    for day in range(days - 1):
        lines, classes = np.zeros((plans.first[day + 1] - plans.first[day] + 1, 3, near.width[day]), np.int64), 1
        for plan in range(plans.first[day], plans.first[day + 1]):
            if plans.legal[plan]:
                _line(near, plans, day, plan, lines[classes])
                kind[plan] = _number(lines[classes], lines, classes)
                classes = max(classes, kind[plan] + 1)
        columns = np.zeros((plans.first[day + 2] - plans.first[day + 1] + 1, 3, classes), np.int64)
        count = 1
        for plan in range(plans.first[day + 1], plans.first[day + 2]):
            _column(near.pair_first[day + 1], plans, plan, lines, columns[count])
            gate[plan] = _number(columns[count], columns, count)
            count = max(count, gate[plan] + 1)
        gates[day + 1] = count
        most = max(most, classes)
    return kind, gate, most, gates


@compiled
def _fill_prices(near: Any, plans: Any, borders: Any) -> None:
    """What each gate costs after each class."""
    for day in range(len(near.width) - 1):
        lines = np.zeros((borders.classes, 3, near.width[day]), np.int64)
        for plan in range(plans.first[day], plans.first[day + 1]):
            if plans.legal[plan]:
                _line(near, plans, day, plan, lines[borders.kind[plan]])
        column = np.zeros((3, borders.classes), np.int64)
        for plan in range(plans.first[day + 1], plans.first[day + 2]):
            _column(near.pair_first[day + 1], plans, plan, lines, column)
            at = borders.first[day + 1] + borders.gate[plan] * borders.classes
            borders.price[:, at : at + borders.classes] = column
