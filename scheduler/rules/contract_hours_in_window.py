"""Rule: nobody works more hours in a planning window than her contract allows, nor fewer than it demands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.rules.agreed import agreed_hours, window_rows, worked_under
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, as_hours
from scheduler.rules.working import CountsWork
from scheduler.terms.kinds import UNLIMITED, Sum, ints, limit
from scheduler.terms.pairs import Pairs

LONG = "%(expert)s works %(worked)s hours in the planning window; the contract allows %(most)s."
SHORT = "%(expert)s works %(worked)s hours in the planning window; the contract demands %(least)s."


@dataclass(frozen=True)
class ContractHoursInWindow(CountsWork):
    """Elapsed minutes of the shifts that start on days on which the contract is in force; the amount is in minutes.

    When the least hours are not hard, each hour too few only costs something: see `contract_hours_short`.
    """

    least_is_hard: bool

    name: ClassVar[str] = "contract_hours_in_window"
    reach: ClassVar[Reach] = Reach.EXPERT
    short: ClassVar[Sentence] = Sentence("would go over the %(most)s hours of the contract in the planning window")

    @property
    def asks_for_work(self) -> bool:
        """Least hours do."""
        return self.least_is_hard

    def explain(self) -> Sentence:
        """The rule in words."""
        if self.least_is_hard:
            return Sentence("Everybody works the hours of the contract in a planning window: not more and not fewer.")
        return Sentence("Nobody works more hours in a planning window than the contract allows.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every contract that is not kept."""
        found = []
        for agreed in agreed_hours(problem):
            shifts = worked_under(problem, roster, agreed)
            worked, who = sum(self.working(shift.span.minutes) for shift in shifts), agreed.expert.id
            ids, said = [shift.id for shift in shifts], {"expert": who, "worked": as_hours(worked)}
            if agreed.most is not None and worked > agreed.most:
                values = said | {"most": as_hours(agreed.most)}
                found.append(self.breach(LONG, amount=worked - agreed.most, experts=[who], shifts=ids, **values))
            if self.least_is_hard and worked < agreed.least:
                values = said | {"least": as_hours(agreed.least)}
                found.append(self.breach(SHORT, amount=agreed.least - worked, experts=[who], shifts=ids, **values))
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Sum]:
        """A row per expert and contract; nothing when no contract speaks of the window."""
        rows = window_rows(index, pairs)
        least = ints(np.where(rows.least > 0, rows.least, -UNLIMITED)) if self.least_is_hard else -UNLIMITED
        if len(rows.most):
            yield limit(
                self.level, rows.row, rows.pair, self.working_of(pairs.minutes[rows.pair]),
                low=least, high=rows.most, rows=len(rows.most),
            )  # fmt: skip
