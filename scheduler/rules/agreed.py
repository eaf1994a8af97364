"""What do contracts say about the hours of a whole planning window, and what is worked under each?"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from scheduler.domain.contracts import Contract
from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Shift
from scheduler.domain.time import PlanningWindow
from scheduler.rules.index import Index
from scheduler.terms.kinds import UNLIMITED, Ints, ints
from scheduler.terms.pairs import Pairs


class Agreed(NamedTuple):
    """What one contract asks in the window, pro rata by the days on which it is in force; `most` None: no limit."""

    expert: Expert
    contract: Contract
    least: int
    most: int | None


def agreed_hours(problem: Problem) -> Iterator[Agreed]:
    """Every contract in force on a day of the window that says something about the window."""
    for expert in problem.experts:
        days = Counter(filter(None, map(expert.contract_on, problem.window.dates())))
        for contract, count in days.items():
            least, most = _pro_rata(contract, count, problem.window)
            if least or most is not None:
                yield Agreed(expert, contract, least, most)


def worked_under(problem: Problem, roster: Roster, agreed: Agreed) -> list[Shift]:
    """The expert's shifts that start on days on which this contract is in force."""
    shifts = problem.shifts_of(roster, agreed.expert.id)
    return [s for s in shifts if agreed.expert.contract_on(problem.starts_on[s.id]) == agreed.contract]


class WindowRows(NamedTuple):
    """A row per expert and contract that says something: its bounds; and its members as (row, pair)."""

    least: Ints
    most: Ints
    row: Ints
    pair: Ints


def window_rows(index: Index, pairs: Pairs) -> WindowRows:
    """The rows of all contracts in force; UNLIMITED where there is no most.

    A day without a contract has number -1 in the index, which is the empty last column here.
    """
    experts = index.problem.experts
    width = max((len(expert.contracts) for expert in experts), default=0)
    row_at = np.full((len(experts), width + 1), -1, np.int64)
    bounds: list[tuple[int, int]] = []
    for who, expert in enumerate(experts):
        for number, contract in enumerate(expert.contracts):
            days = int((index.contract[who] == number).sum())
            least, most = _pro_rata(contract, days, index.window)
            if days and (least or most is not None):
                row_at[who, number] = len(bounds)
                bounds.append((least, UNLIMITED if most is None else most))
    row = row_at[pairs.expert, index.contract[pairs.expert, pairs.day]]
    least_of, most_of = ints(bounds).reshape(-1, 2).T
    return WindowRows(ints(least_of), ints(most_of), row[row >= 0], pairs.every[row >= 0])


def _pro_rata(contract: Contract, days: int, window: PlanningWindow) -> tuple[int, int | None]:
    most = contract.maximum_minutes_a_window
    least = contract.minimum_minutes_a_window * days // window.days
    return least, None if most is None else -(-most * days // window.days)
