"""Rule: a shift never gets more people than it has places."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.terms.kinds import UNLIMITED, Sum, ints, limit
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class Headcount(Rule):
    """At most the required and desirable people together; too few is a shortfall of coverage, never forbidden.

    A shift that says what each person too many counts may have more: that is graded staffing.
    """

    name: ClassVar[str] = "headcount"
    reach: ClassVar[Reach] = Reach.SHIFT

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("No shift has more people than places.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every shift with too many people; the amount is how many too many."""
        found = []
        for shift_id, people in sorted(roster.by_shift.items()):
            demand = problem.shift[shift_id].demand
            most = demand.most
            if len(people) > most and demand.extra_points is None:
                text = "%(shift)s has %(people)s people and %(places)s places."
                violation = self.breach(
                    text,
                    amount=len(people) - most,
                    experts=people,
                    shifts=[shift_id],
                    shift=shift_id,
                    people=len(people),
                    places=most,
                )
                found.append(violation)
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Sum]:
        """One row per shift."""
        demands = [shift.demand for shift in index.problem.shifts]
        places = ints([d.most if d.extra_points is None else UNLIMITED for d in demands])
        yield limit(self.level, pairs.shift, pairs.every, rows=len(places), high=places)
