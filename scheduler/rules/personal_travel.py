"""Rule: nobody travels longer from home to a venue than she wants to."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule, assigned
from scheduler.terms.kinds import UNLIMITED, Bools


@dataclass(frozen=True)
class PersonalTravel(Rule):
    """Minutes one way by the expert's own mode. A home or venue whose place is unknown is never too far."""

    name: ClassVar[str] = "personal_travel"
    private: ClassVar[bool] = True
    reach: ClassVar[Reach] = Reach.EXPERT

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody travels longer to a venue than their own limit.")

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every assignment farther from home than the expert wants."""
        found = []
        for who, shift in assigned(problem, roster):
            expert, venue = problem.expert[who], problem.venue[shift.venue]
            most = expert.limits.travel_minutes
            minutes = problem.travel.minutes(expert.home, venue.place, expert.travel_mode)
            if most is not None and minutes > most:
                text = "%(expert)s would travel %(minutes)s minutes to %(venue)s; their own limit is %(most)s."
                breach = self.breach(
                    text, experts=[who], shifts=[shift.id], expert=who, minutes=minutes, venue=venue.id, most=most
                )
                found.append(breach)
        return found

    def forbids(self, index: Index, crew: slice) -> Bools | None:
        """Pairs farther than the limit; None where nobody has one."""
        most = index.limits("travel_minutes")[crew]
        if (most == UNLIMITED).all():
            return None
        too_far: Bools = index.travel_home[crew] > most[:, None]
        return too_far[:, index.shifts.venue]
