"""How much does each pair add to its expert's day, week or month? Arrays from which `terms` make their sums."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from scheduler.domain.score import Level
from scheduler.rules.index import Index
from scheduler.terms.kinds import UNLIMITED, Ints, Sum, ints, limit, spread
from scheduler.terms.pairs import Pairs

Weigh = Callable[[Index, Ints, Ints], Ints]
"""(index, expert, minutes) of pairs or of history as the amount that counts."""


class Totals(NamedTuple):
    """Members (pair, period, weight) and, per expert and period, what was worked before the window."""

    pair: Ints
    period: Ints
    weight: Ints
    before: Ints


def at_most(pairs: Pairs, totals: Totals, most: Ints) -> Sum:
    """Hard: per expert and period at most this much, history included; `most` per expert or per expert and period.

    There is a row for each bounded expert and period that more than the most could fall in. What history alone exceeds
    is not counted.
    """
    shape = totals.before.shape
    bound = np.broadcast_to(most if most.ndim == 2 else most[:, None], shape)
    expert = pairs.expert[totals.pair]
    most_ever = totals.before.copy()
    np.add.at(most_ever, (expert, totals.period), totals.weight)
    bounded = (bound < UNLIMITED) & (most_ever > bound)
    row_at = np.cumsum(bounded.ravel()).reshape(shape) - 1
    counts = bounded[expert, totals.period]
    row = row_at[expert, totals.period][counts]
    high = ints(np.maximum(bound - totals.before, 0)[bounded])
    return limit(Level.HARD, row, totals.pair[counts], totals.weight[counts], rows=len(high), high=high)


def per_day(index: Index, pairs: Pairs, weigh: Weigh) -> Totals:
    """Local days of the window, by the start of the shift."""
    before = _before(index, weigh, index.history.day[:, None], index.window.days)
    return Totals(pairs.every, pairs.day, weigh(index, pairs.expert, pairs.minutes), before)


def per_week(index: Index, pairs: Pairs, weigh: Weigh) -> Totals:
    """Calendar weeks of the window."""
    before = _before(index, weigh, index.history.day[:, None] // 7, index.weeks)
    return Totals(pairs.every, pairs.day // 7, weigh(index, pairs.expert, pairs.minutes), before)


def per_month(index: Index, pairs: Pairs, weigh: Weigh) -> Totals:
    """Calendar months that the window touches."""
    first = int(index.month_of_days(ints([0]))[0])
    last = int(index.month_of_days(ints([index.window.days - 1]))[0])
    past = index.month_of_days(index.history.day) - first
    before = _before(index, weigh, past[:, None], last - first + 1)
    return Totals(pairs.every, index.month[pairs.shift] - first, weigh(index, pairs.expert, pairs.minutes), before)


def per_four_weeks(index: Index, pairs: Pairs, weigh: Weigh) -> Totals:
    """Runs of four calendar weeks, numbered by the week of the window that is their last."""
    return per_run_of_weeks(4, index, pairs, weigh)


def per_run_of_weeks(count: int, index: Index, pairs: Pairs, weigh: Weigh) -> Totals:
    """Runs of so many calendar weeks, numbered by the week of the window that is their last."""
    week = per_week(index, pairs, weigh)
    later = np.arange(count)
    period = (week.period[:, None] + later).ravel()
    inside = period < index.weeks
    past = (index.history.day // 7)[:, None] + later
    return Totals(
        np.repeat(week.pair, count)[inside],
        period[inside],
        np.repeat(week.weight, count)[inside],
        _before(index, weigh, past, index.weeks),
    )


def minutes_of(index: Index, expert: Ints, minutes: Ints) -> Ints:
    """Elapsed minutes."""
    return minutes


def shifts_of(index: Index, expert: Ints, minutes: Ints) -> Ints:
    """Each shift counts once."""
    return spread(1, len(minutes))


def cents_of(index: Index, expert: Ints, minutes: Ints) -> Ints:
    """Pay of each shift, rounded up to whole cents; 0 when no hourly amount is known."""
    hourly = ints([e.hour_cents or 0 for e in index.problem.experts])
    return (minutes * hourly[expert] + 59) // 60


def _before(index: Index, weigh: Weigh, past: Ints, periods: int) -> Ints:
    """Matrix experts x periods of history; `past` holds the periods (columns) of each piece of history."""
    found = np.zeros((len(index.problem.experts), periods), np.int64)
    history = index.history
    weight = weigh(index, history.expert, history.minutes)
    for column in past.T:
        inside = (column >= 0) & (column < periods)
        np.add.at(found, (history.expert[inside], column[inside]), weight[inside])
    return found
