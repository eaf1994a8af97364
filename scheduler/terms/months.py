"""What is the cheapest month of each expert at given prices? Days, then weeks, then the whole window, by minutes."""

from typing import Any, NamedTuple

import numpy as np

from scheduler.terms.compiled import compiled
from scheduler.terms.days import Days
from scheduler.terms.hours import NEVER, Hours
from scheduler.terms.kinds import Bools, Ints


class Prices(NamedTuple):
    """What is paid: per pair, per edge of `Days`, and per total of a week and of the weeks so far (see `Hours`)."""

    pair: Ints
    edge: Ints
    week: Ints
    month: Ints


class _Desk(NamedTuple):
    """Room for one expert: cheapest and previous pair per (pair, units); then per day, week and window."""

    value: Ints
    via: Ints
    best: Ints
    last: Ints
    week: Ints
    taken: Ints
    month: Ints
    spent: Ints


@compiled
def cheapest_months(days: Days, hours: Hours, prices: Prices, chosen: Bools) -> Any:
    """The least price per expert (NEVER: there is none); one choice that has it is added to `chosen`."""
    experts, weeks, per_week = prices.week.shape
    per_month, count = prices.month.shape[2], len(hours.day_most) // experts
    widest, largest = int(hours.day_most.max()) + 1, 0
    for expert in range(experts):
        largest = max(largest, days.first[(expert + 1) * count] - days.first[expert * count])
    desk = _Desk(
        np.zeros((largest, widest), np.int64), np.zeros((largest, widest), np.int64),
        np.zeros((count, widest), np.int64), np.zeros((count, widest), np.int64),
        np.zeros((8, per_week), np.int64), np.zeros((count, per_week), np.int64),
        np.zeros((weeks + 1, per_month), np.int64), np.zeros((weeks, per_month), np.int64),
    )  # fmt: skip
    least = np.zeros(experts, np.int64)
    for expert in range(experts):
        _fill(days, hours, prices, desk, expert)
        least[expert] = desk.month[weeks].min()
        if least[expert] < NEVER:
            _read(days, hours, desk, expert, chosen)
    return least


@compiled
def _fill(days: Any, hours: Any, prices: Any, desk: Any, expert: int) -> None:
    """The cheapest way to every total of every day, week and the window."""
    weeks, count = len(desk.spent), len(desk.best)
    desk.month[0, :] = NEVER
    desk.month[0, 0] = 0
    for w in range(weeks):
        desk.week[0, :] = NEVER
        desk.week[0, 0] = 0
        length = min(7, count - 7 * w)
        for d in range(length):
            day = 7 * w + d
            most = _cheapest_day(days, hours, prices, desk, expert * count + day)
            _join(desk.week[d], desk.best[day], most, desk.week[d + 1], desk.taken[day])
        _charge(desk.week[length], prices.week[expert, w])
        _join(desk.month[w], desk.week[length], len(desk.week[0]) - 1, desk.month[w + 1], desk.spent[w])
        _charge(desk.month[w + 1], prices.month[expert, w])


@compiled
def _read(days: Any, hours: Any, desk: Any, expert: int, chosen: Any) -> None:
    """Follow the notes back from the cheapest total of the window to its pairs."""
    weeks, count = len(desk.spent), len(desk.best)
    total = int(np.argmin(desk.month[weeks]))
    low = days.first[expert * count]
    for w in range(weeks - 1, -1, -1):
        rest = desk.spent[w, total]
        total -= rest
        for day in range(min(7 * w + 7, count) - 1, 7 * w - 1, -1):
            units = desk.taken[day, rest]
            rest -= units
            pair = desk.last[day, units] if units > 0 else -1
            while pair >= 0:
                chosen[pair] = True
                before = desk.via[pair - low, units]
                units -= hours.units[pair]
                pair = before


@compiled
def _cheapest_day(days: Any, hours: Any, prices: Any, desk: Any, cell: int) -> int:
    """The cheapest chain per number of units, and its last pair; gives the most units of the day."""
    count = len(desk.best)
    day, low = cell % count, days.first[cell // count * count]
    best, most = desk.best[day], hours.day_most[cell]
    best[:] = NEVER
    best[0] = 0
    for pair in range(days.first[cell], days.first[cell + 1]):
        mine, via, length = desk.value[pair - low], desk.via[pair - low], hours.units[pair]
        mine[:] = NEVER
        if length > most:
            continue
        mine[length], via[length] = prices.pair[pair], -1
        for edge in range(days.start[pair], days.start[pair + 1]):
            other = days.earlier[edge]
            step, value = prices.pair[pair] + prices.edge[edge], desk.value[other - low]
            for u in range(length + 1, most + 1):
                if value[u - length] < NEVER and value[u - length] + step < mine[u]:
                    mine[u], via[u] = value[u - length] + step, other
        for u in range(length, most + 1):
            if mine[u] < best[u]:
                best[u], desk.last[day, u] = mine[u], pair
    return int(most)


@compiled
def _join(before: Any, part: Any, most: int, after: Any, taken: Any) -> None:
    """after[u] = the cheapest before[u - v] + part[v] with v <= most; `taken` is that v."""
    after[:] = NEVER
    for v in range(min(most, len(after) - 1) + 1):
        if part[v] < NEVER:
            for u in range(v, len(after)):
                if before[u - v] < NEVER and before[u - v] + part[v] < after[u]:
                    after[u], taken[u] = before[u - v] + part[v], v


@compiled
def _charge(totals: Any, price: Any) -> None:
    for u in range(len(totals)):
        totals[u] = totals[u] + price[u] if totals[u] < NEVER and price[u] < NEVER else NEVER
