"""How do all rules of the shape 'at most so much per period' judge and declare themselves?"""

from collections.abc import Callable, Iterator
from typing import ClassVar

from scheduler.domain.people import Expert, ExpertId
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, as_hours
from scheduler.rules.tally import Amount, Periods, tallies_of
from scheduler.rules.totals import Totals, Weigh, at_most
from scheduler.rules.working import CountsWork
from scheduler.terms.kinds import UNLIMITED, Ints, Sum
from scheduler.terms.pairs import Pairs

Grouping = Callable[[Index, Pairs, Weigh], Totals]


class MostPerPeriod(CountsWork):
    """A hard ceiling per expert and period, history included; the amount is the excess.

    A rule says twice what counts when: in functions over domain values, and in functions over arrays.
    """

    reach: ClassVar[Reach] = Reach.EXPERT
    counted: ClassVar[tuple[Periods, Amount]]
    summed: ClassVar[tuple[Grouping, Weigh]]
    text: ClassVar[str]
    period: ClassVar[str] = "period"
    """What the value of a period's first day is called in the sentence."""

    def allowed(self, expert: Expert, problem: Problem) -> int | None:
        """The ceiling of one expert; None for no ceiling."""
        raise TypeError(type(self).__name__)

    def ceiling(self, index: Index) -> Ints:
        """The ceiling of every expert; UNLIMITED for no ceiling."""
        raise TypeError(type(self).__name__)

    def in_words(self, amount: int) -> object:
        """An amount as it stands in the sentence."""
        return as_hours(amount)

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every period in which an expert is over her ceiling."""
        found = []
        periods, amount = self.counted

        def counts(expert: Expert, minutes: int) -> int:
            return amount(expert, self.working(minutes))

        for who in sorted(roster.by_expert):
            most = self.allowed(problem.expert[who], problem)
            if most is None or self._everything(problem, roster, who, counts) <= most:
                continue
            for tally in tallies_of(problem, roster, who, periods, counts):
                excess = tally.excess(most)
                if excess:
                    worked = self.in_words(tally.total)
                    values = {"expert": who, self.period: tally.period, "worked": worked, "most": self.in_words(most)}
                    found.append(self.breach(self.text, amount=excess, experts=[who], shifts=tally.shifts, **values))
        return found

    def _everything(self, problem: Problem, roster: Roster, who: ExpertId, counts: Amount) -> int:
        """All she works and has worked, in whatever period: within the ceiling there is nothing to look for."""
        expert = problem.expert[who]
        past = [span.minutes for _, span in problem.earlier.get(who, ())]
        return sum(
            counts(expert, minutes) for minutes in [s.span.minutes for s in problem.shifts_of(roster, who)] + past
        )

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Sum]:
        """One row per expert and period that may go over the ceiling; nothing when nobody may."""
        grouping, weigh = self.summed
        ceiling = self.ceiling(index)
        if (ceiling < UNLIMITED).any():
            totals = grouping(index, pairs, lambda i, e, minutes: weigh(i, e, self.working_of(minutes)))
            found = at_most(pairs, totals, ceiling)
            if len(found.high):
                yield found
