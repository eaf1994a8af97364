"""Rule: nobody works more hours in a week than her contract allows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import numpy as np

from scheduler.domain.contracts import Contract
from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.time import PlanningWindow
from scheduler.rules.index import NOBODY, Index
from scheduler.rules.rule import Reach, as_hours
from scheduler.rules.tally import monday_of, tallies
from scheduler.rules.totals import Totals, at_most
from scheduler.rules.working import CountsWork
from scheduler.terms.kinds import UNLIMITED, Sum, ints
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class ContractHours(CountsWork):
    """Per calendar week and contract: the minutes of shifts that start on days on which that contract is in force.

    When a contract changes during the week, each of the two has its own week total.
    """

    name: ClassVar[str] = "contract_hours"
    reach: ClassVar[Reach] = Reach.EXPERT
    short: ClassVar[Sentence] = Sentence("would go over the %(most)s hours of the contract this week")

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody works more hours in a week than the contract allows.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every week over the contract; the amount is in minutes."""
        found = []
        for tally in tallies(problem, roster, _week_and_contract, lambda _, minutes: self.working(minutes)):
            assert isinstance(tally.period, tuple)
            monday, contract = tally.period
            excess = tally.excess(contract.maximum_minutes_a_week)
            if excess:
                who, most = tally.expert.id, as_hours(contract.maximum_minutes_a_week)
                text = "%(expert)s works %(worked)s hours in the week of %(period)s; the contract allows %(most)s."
                values = {"expert": who, "worked": as_hours(tally.total), "period": monday, "most": most}
                found.append(self.breach(text, amount=excess, experts=[who], shifts=tally.shifts, **values))
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Sum]:
        """One row per expert, week and contract with a maximum."""
        experts = index.problem.experts
        width = max((len(e.contracts) for e in experts), default=0)
        most = np.full((len(experts), width), UNLIMITED, np.int64)
        for row, expert in enumerate(experts):
            bounds = [c.maximum_minutes_a_week for c in expert.contracts]
            most[row, : len(bounds)] = [UNLIMITED if bound is None else bound for bound in bounds]
        contract = index.contract[pairs.expert, pairs.day]
        under = np.flatnonzero(contract != NOBODY)
        period = pairs.day[under] // 7 * width + contract[under]
        before = np.zeros((len(experts), index.weeks * width), np.int64)
        totals = Totals(ints(under), ints(period), self.working_of(pairs.minutes[under]), before)
        yield at_most(pairs, totals, ints(np.tile(most, index.weeks)))


def _week_and_contract(expert: Expert, day: date, window: PlanningWindow) -> list[tuple[date, Contract]]:
    contract = expert.contract_on(day)
    return [] if contract is None else [(monday_of(day), contract)]
