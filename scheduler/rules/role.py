"""Rule: who works a shift may act in the role that its activity asks, on that day."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule, assigned
from scheduler.terms.kinds import Bools


@dataclass(frozen=True)
class Role(Rule):
    """The expert has the role and, where a qualification of that name is on record, it is valid on the day."""

    name: ClassVar[str] = "role"
    reach: ClassVar[Reach] = Reach.EXPERT
    short: ClassVar[Sentence] = Sentence("is no %(role)s")

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Everybody on a shift may act in the role that it asks, on that day.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every assignment in a role that the expert may not act in."""
        found = []
        for expert, shift in assigned(problem, roster):
            role, day = problem.activity[shift.activity].role, problem.starts_on[shift.id]
            if not problem.expert[expert].may_act_as(role, day):
                text = "%(expert)s may not act as %(role)s on %(day)s."
                violation = self.breach(text, experts=[expert], shifts=[shift.id], expert=expert, role=role, day=day)
                found.append(violation)
        return found

    def forbids(self, index: Index, crew: slice) -> Bools:
        """Pairs whose role the expert does not have, or not on that day."""
        experts, activities = index.problem.experts[crew], index.problem.activities
        days = index.window.days
        never = np.zeros((len(experts), len(activities) * days), np.bool_)
        for kind in np.unique(index.shifts.kind).tolist():
            role = activities[kind].role
            recorded, valid = index.valid_days(role)
            able = np.array([role in e.roles for e in experts], np.bool_)[:, None]
            never[:, kind * days : (kind + 1) * days] = ~(able & (valid[crew] | ~recorded[crew][:, None]))
        found: Bools = never.take(index.shifts.kind * days + index.shifts.day, axis=1)
        return found
