"""To which calendar year does a shift belong? For the naive judge, and as arrays."""

from datetime import date

import numpy as np

from scheduler.domain.people import Expert
from scheduler.domain.time import PlanningWindow
from scheduler.rules.index import Index
from scheduler.rules.totals import Totals, Weigh
from scheduler.terms.kinds import ints
from scheduler.terms.pairs import Pairs

MONTHS = 12


def each_year(expert: Expert, day: date, window: PlanningWindow) -> list[int]:
    """Calendar years by their number."""
    return [day.year]


def per_year(index: Index, pairs: Pairs, weigh: Weigh) -> Totals:
    """Calendar years that the window touches."""
    first = index.window.first.year
    history = index.history
    past = index.month_of_days(history.day) // MONTHS - first
    before = np.zeros((pairs.experts, index.window.end.year - first + 1), np.int64)
    inside = past >= 0
    weight = weigh(index, history.expert, history.minutes)
    np.add.at(before, (history.expert[inside], past[inside]), weight[inside])
    year = index.month[pairs.shift] // MONTHS - first
    return Totals(pairs.every, ints(year), weigh(index, pairs.expert, pairs.minutes), before)
