"""What does a venue spend in a month: how much of its budget do a roster and the days before it take?"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import ClassVar

import numpy as np

from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.shifts import Shift
from scheduler.domain.time import MINUTE
from scheduler.domain.venues import Venue, VenueId
from scheduler.rules.index import Index
from scheduler.rules.rule import Rule, as_hours, assigned
from scheduler.terms.kinds import UNLIMITED, Ints, Sum, ints, limit, spread
from scheduler.terms.pairs import Pairs

HOURS, EUROS = "hours", "euros"
OVER = {
    HOURS: "%(venue)s comes to %(worked)s hours in %(month)s; the budget is %(most)s.",
    EUROS: "%(venue)s comes to %(worked)s euros in %(month)s; the budget is %(most)s.",
}


class Spending(Rule):
    """A ceiling per venue, local calendar month and measure, counted in whole steps; each shift rounds up.

    A shift counts in the month in which it starts. What the days before the window alone exceed is left out.
    """

    for_hard_budgets: ClassVar[bool]

    def steps(self, measure: str) -> int:
        """How many minutes or cents make a step."""
        raise TypeError(type(self).__name__)

    def price(self) -> int:
        """What a step too much counts."""
        raise TypeError(type(self).__name__)

    def _budget(self, venue: Venue, measure: str) -> int | None:
        if venue.budget_is_hard is not self.for_hard_budgets:
            return None
        return venue.minutes_a_month if measure == HOURS else venue.cents_a_month

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per venue, month and measure that goes over its budget."""
        planned: dict[tuple[VenueId, date], list[tuple[Expert, Shift]]] = defaultdict(list)
        if self.price() and any(self._budget(v, m) is not None for v in problem.venues for m in OVER):
            for who, shift in assigned(problem, roster):
                month = problem.starts_on[shift.id].replace(day=1)
                planned[shift.venue, month].append((problem.expert[who], shift))
        found = []
        for (venue, month), work in sorted(planned.items(), key=lambda item: item[0]):
            for measure, text in OVER.items():
                most = self._budget(problem.venue[venue], measure)
                if most is None:
                    continue
                amounts = [_amount(expert, shift.span.minutes, measure) for expert, shift in work]
                before, step = self._before(problem, venue, month, measure), self.steps(measure)
                many = sum(-(-amount // step) for amount in amounts) - max(0, most - before) // step
                if many > 0:
                    said = {"worked": _in_words(before + sum(amounts), measure), "most": _in_words(most, measure)}
                    people = list(dict.fromkeys(expert.id for expert, _ in work))
                    shifts = list(dict.fromkeys(shift.id for _, shift in work))
                    found.append(
                        self.breach(
                            text, amount=many * self.price(), experts=people, shifts=shifts,
                            venue=venue, month=month, **said,
                        )
                    )  # fmt: skip
        return found

    def _before(self, problem: Problem, venue: VenueId, month: date, measure: str) -> int:
        return sum(
            _amount(problem.expert[worked.expert], (worked.end - worked.start) // MINUTE, measure)
            for worked, where in problem.visits
            if where == venue
            and worked.expert in problem.expert
            and problem.window.date_of(worked.start).replace(day=1) == month
        )

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Sum]:
        """A row per venue with a budget and month."""
        first = int(index.month_of_days(ints([0]))[0])
        months = int(index.month_of_days(ints([index.window.days - 1]))[0]) - first + 1
        for measure in OVER:
            budgets = [self._budget(venue, measure) for venue in index.problem.venues]
            if all(budget is None for budget in budgets):
                continue
            step, most = self.steps(measure), ints([UNLIMITED if b is None else b for b in budgets])
            venue = pairs.shifts.venue[pairs.shift]
            member = most[venue] < UNLIMITED
            row = venue[member] * months + (index.month[pairs.shift] - first)[member]
            weight = -(-_amounts(index, pairs.expert[member], pairs.minutes[member], measure) // step)
            room = np.maximum(np.repeat(most, months) - self._spent(index, first, months, measure), 0) // step
            yield limit(
                self.level, ints(row), pairs.every[member], weight, high=room, above=self.price(), rows=len(room)
            )

    def _spent(self, index: Index, first: int, months: int, measure: str) -> Ints:
        """What the days before the window took, per venue and month of the window."""
        found = spread(0, len(index.problem.venues) * months)
        known = [(w, v) for w, v in index.problem.visits if v in index.venue_at and w.expert in index.expert_at]
        day = ints([index.window.day_of(worked.start) for worked, _ in known])
        month = index.month_of_days(day) - first
        minutes = ints([index.window.minute_of(w.end) - index.window.minute_of(w.start) for w, _ in known])
        expert = ints([index.expert_at[worked.expert] for worked, _ in known])
        place = ints([index.venue_at[str(venue)] for _, venue in known]) * months + month
        inside = month >= 0
        np.add.at(found, place[inside], _amounts(index, expert, minutes, measure)[inside])
        return found


def _amount(expert: Expert, minutes: int, measure: str) -> int:
    return minutes if measure == HOURS else -(-minutes * (expert.hour_cents or 0) // 60)


def _amounts(index: Index, expert: Ints, minutes: Ints, measure: str) -> Ints:
    if measure == HOURS:
        return minutes
    hourly = ints([e.hour_cents or 0 for e in index.problem.experts])
    return ints((minutes * hourly[expert] + 59) // 60)


def _in_words(amount: int, measure: str) -> object:
    return as_hours(amount) if measure == HOURS else Decimal(amount).scaleb(-2)
