"""Rule: the hours that there are go to people in proportion to their wishes, earlier weeks included."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.people import ExpertId
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level, Violation
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, as_hours
from scheduler.rules.wishes import outside, steps_of, wished_minutes
from scheduler.rules.working import CountsWork
from scheduler.terms.kinds import Term, ints, limit
from scheduler.terms.pairs import Pairs

SHORT = "%(expert)s gets %(hours)s hours in this period; the fair share is %(fair)s."
LONG = "%(expert)s gets %(hours)s hours in this period, more than the fair share of %(fair)s."


@dataclass(frozen=True)
class FairHours(CountsWork):
    """A fair share is one's wish for the whole window, scaled down together with all others when there is less work.

    What somebody got too much or too little in earlier weeks moves the share by at most `history_percent` of it.
    Two nested bands around the share, each as a percentage of it, make the cost convex: an hour given to whoever is
    furthest below pays most. The price of a step is the same for everybody, so small and large wishes weigh alike.
    """

    name: ClassVar[str] = "fair_hours"
    reach: ClassVar[Reach] = Reach.EXPERT
    level: ClassVar[Level] = Level.PREFERENCE

    step_minutes: int
    near_percent: int
    far_percent: int
    history_percent: int
    points_a_step: int
    extra_points_a_far_step: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Hours are shared out in proportion to wishes. Who had less than their share in earlier weeks gets more"
            " now, up to %(history)s percent. Each %(step)s minutes further than %(near)s percent from the fair share"
            " count %(points)s, and further than %(far)s percent another %(extra)s.",
            {
                "history": self.history_percent,
                "step": self.step_minutes,
                "near": self.near_percent,
                "points": self.points_a_step,
                "far": self.far_percent,
                "extra": self.extra_points_a_far_step,
            },
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per expert too far from her share."""
        found = []
        for expert, share in self.shares(problem).items():
            shifts = problem.shifts_of(roster, expert)
            total = sum(steps_of(self.working(s.span.minutes), self.step_minutes) for s in shifts)
            amount = sum(points * outside(total, *self._band(share, percent)) for percent, points in self._bands())
            if amount:
                violation = self.breach(
                    SHORT if total * self.step_minutes < share else LONG,
                    amount=amount,
                    experts=[expert],
                    expert=expert,
                    hours=as_hours(sum(self.working(s.span.minutes) for s in shifts)),
                    fair=as_hours(share),
                )
                found.append(violation)
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """A row per expert with a wish, for each band."""
        shares = self.shares(index.problem)
        row_of_expert = np.full(len(index.problem.experts), -1, np.int64)
        row_of_expert[[index.expert_at[e] for e in shares]] = np.arange(len(shares))
        row = row_of_expert[pairs.expert]
        member = row >= 0
        weight = -(-self.working_of(pairs.minutes[member]) // self.step_minutes)
        share = ints(list(shares.values()))
        for percent, points in self._bands():
            low = share * max(0, 100 - percent) // 100 // self.step_minutes
            high = -(-share * (100 + percent) // (100 * self.step_minutes))
            yield limit(
                self.level, row[member], pairs.every[member], weight,
                low=low, high=high, below=points, above=points, rows=len(shares),
            )  # fmt: skip

    def shares(self, problem: Problem) -> dict[ExpertId, int]:
        """The fair minutes in this window of everybody in the problem who wishes to work; all others count."""
        known = problem.whole.worked_out.setdefault(self, None)
        if known is None:
            known = problem.whole.worked_out[self] = self._shares(problem.whole)
        assert isinstance(known, dict)
        return {e.id: known[e.id] for e in problem.experts if e.id in known}

    def _shares(self, problem: Problem) -> dict[ExpertId, int]:
        wishes = {e.id: sum(wished_minutes(problem, e)) for e in problem.experts if e.wished_minutes_a_week}
        demand = sum(s.demand.required * self.working(s.span.minutes) for s in problem.shifts)
        total = max(1, sum(wishes.values()))
        found = {}
        for expert, wish in wishes.items():
            share = wish * min(demand, total) // total
            most = share * self.history_percent // 100
            found[expert] = share - max(-most, min(most, problem.balance_minutes.get(expert, 0)))
        return found

    def _bands(self) -> tuple[tuple[int, int], ...]:
        return (self.near_percent, self.points_a_step), (self.far_percent, self.extra_points_a_far_step)

    def _band(self, share: int, percent: int) -> tuple[int, int]:
        """Steps within which a total is near enough; both ends reach outward."""
        low = share * max(0, 100 - percent) // 100 // self.step_minutes
        return low, steps_of(share * (100 + percent), 100 * self.step_minutes)
