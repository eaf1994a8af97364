"""Rule: everybody gets at least the hours that the contract says for a planning window."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level, Violation
from scheduler.rules.agreed import agreed_hours, window_rows, worked_under
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, as_hours
from scheduler.rules.wishes import steps_of
from scheduler.rules.working import CountsWork
from scheduler.terms.kinds import Sum, limit
from scheduler.terms.pairs import Pairs

SHORT = "%(expert)s works %(worked)s hours in the planning window, fewer than the %(least)s of the contract."


@dataclass(frozen=True)
class ContractHoursShort(CountsWork):
    """Each step too few costs points; a shift counts its length in steps, rounded up, and the least rounded down."""

    name: ClassVar[str] = "contract_hours_short"
    reach: ClassVar[Reach] = Reach.EXPERT
    level: ClassVar[Level] = Level.PREFERENCE

    step_minutes: int
    points_a_step: int

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence(
            "Everybody gets the least hours of the contract in a planning window; each %(step)s minutes too few count"
            " %(points)s.",
            {"step": self.step_minutes, "points": self.points_a_step},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every contract with too few hours."""
        found = []
        for agreed in agreed_hours(problem):
            shifts = worked_under(problem, roster, agreed)
            steps = sum(steps_of(self.working(shift.span.minutes), self.step_minutes) for shift in shifts)
            missing = agreed.least // self.step_minutes - steps
            if missing > 0:
                violation = self.breach(
                    SHORT,
                    amount=missing * self.points_a_step,
                    experts=[agreed.expert.id],
                    shifts=[shift.id for shift in shifts],
                    expert=agreed.expert.id,
                    worked=as_hours(sum(self.working(shift.span.minutes) for shift in shifts)),
                    least=as_hours(agreed.least),
                )
                found.append(violation)
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Sum]:
        """A row per expert and contract; nothing when no contract has least hours for the window."""
        rows = window_rows(index, pairs)
        if not rows.least.any():
            return
        yield limit(
            self.level, rows.row, rows.pair, -(-self.working_of(pairs.minutes[rows.pair]) // self.step_minutes),
            low=rows.least // self.step_minutes, below=self.points_a_step, rows=len(rows.least),
        )  # fmt: skip
