"""Rule: nobody stands by more often in a month than she wants to be called."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.people import ExpertId
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.shifts import Shift
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.rules.stand_by_offered import duty_shifts
from scheduler.rules.totals import Totals, at_most
from scheduler.terms.kinds import UNLIMITED, Sum, ints
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class PersonalStandBys(Rule):
    """Every duty may become a call, so that duties are what is limited, those of earlier in the month included."""

    name: ClassVar[str] = "personal_stand_bys"
    private: ClassVar[bool] = True
    reach: ClassVar[Reach] = Reach.EXPERT

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody stands by more often in a month than their own limit.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per person and month; what history alone exceeds is left out."""
        found = []
        for who in sorted(roster.by_expert):
            most = problem.expert[who].limits.stand_bys_a_month
            if most is None:
                continue
            months: dict[date, list[Shift]] = defaultdict(list)
            for shift in problem.shifts_of(roster, who):
                if problem.activity[shift.activity].stand_by:
                    months[problem.starts_on[shift.id].replace(day=1)].append(shift)
            for month, shifts in months.items():
                total = len(shifts) + self._before(problem, who, month)
                many = min(len(shifts), total - most)
                if many > 0:
                    text = "%(expert)s stands by %(worked)s times in %(month)s; their own limit is %(most)s."
                    values = {"expert": who, "month": month, "worked": total, "most": most}
                    found.append(self.breach(text, amount=many, experts=[who], shifts=[s.id for s in shifts], **values))
        return found

    def _before(self, problem: Problem, who: ExpertId, month: date) -> int:
        duties = {activity.id for activity in problem.activities if activity.stand_by}
        mine = [past for past in problem.history if past.expert == who and past.activity in duties]
        return sum(problem.window.date_of(past.start).replace(day=1) == month for past in mine)

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Sum]:
        """A row per expert with a limit and month; nothing where there is no duty."""
        most, duties = index.limits("stand_bys_a_month"), duty_shifts(index)
        if not (most < UNLIMITED).any() or not duties.any():
            return
        first = int(index.month_of_days(ints([0]))[0])
        months = int(index.month_of_days(ints([index.window.days - 1]))[0]) - first + 1
        kinds = {activity.id for activity in index.problem.activities if activity.stand_by}
        past = [h for h in index.problem.history if h.activity in kinds and h.expert in index.expert_at]
        month = index.month_of_days(ints([index.window.day_of(h.start) for h in past])) - first
        who = ints([index.expert_at[h.expert] for h in past])
        before = np.zeros((pairs.experts, months), np.int64)
        np.add.at(before, (who[month >= 0], month[month >= 0]), 1)
        counted = pairs.every[duties[pairs.shift]]
        period = index.month[pairs.shift[counted]] - first
        found = at_most(pairs, Totals(counted, ints(period), ints(np.ones(len(counted))), before), most)
        if len(found.high):
            yield found
