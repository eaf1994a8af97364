"""Rule: people work when, where and at what they like best."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from scheduler.domain.availability import AvailabilityLevel
from scheduler.domain.errors import Sentence
from scheduler.domain.people import Wish
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level, Violation
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule, assigned
from scheduler.rules.shapes import priced
from scheduler.terms.kinds import Ints, Term
from scheduler.terms.pairs import Pairs

LEVEL_WORDS = {
    AvailabilityLevel.ASK_FIRST: "%(expert)s would like to be asked first about %(shift)s.",
    AvailabilityLevel.NEUTRAL: "%(expert)s can work %(shift)s, without a wish for it.",
    AvailabilityLevel.AVAILABLE: "%(expert)s is available for %(shift)s, but it is not a favourite time.",
    AvailabilityLevel.WANTED: "%(expert)s wants to work at the time of %(shift)s; place or work is no favourite.",
}


@dataclass(frozen=True)
class Preferences(Rule):
    """What each assignment costs compared with the best there is: a wanted time, a favourite venue and activity.

    Nothing is ever earned, only not paid, so that zero is the roster in which everybody has all she likes.
    """

    name: ClassVar[str] = "preferences"
    reach: ClassVar[Reach] = Reach.EXPERT
    level: ClassVar[Level] = Level.PREFERENCE

    ask_first: int
    neutral: int
    available: int
    rather_not: int
    no_wish: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "People work when and where they like. A wanted time and a favourite place or work count nothing; an"
            " available time counts %(available)s, a neutral one %(neutral)s, a time to be asked about %(ask_first)s."
            " A place or work without a wish counts %(no_wish)s, one that somebody would rather not have"
            " %(rather_not)s.",
            {
                "available": self.available,
                "neutral": self.neutral,
                "ask_first": self.ask_first,
                "no_wish": self.no_wish,
                "rather_not": self.rather_not,
            },
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One per assignment that is not the best there is."""
        found = []
        for expert_id, shift in assigned(problem, roster):
            expert = problem.expert[expert_id]
            level = problem.level_of(expert_id, shift.id)
            wishes = dict(expert.venue_wishes).get(shift.venue), dict(expert.activity_wishes).get(shift.activity)
            amount = self._time_points()[level] + sum(self._wish_points(wish) for wish in wishes)
            if amount:
                text = LEVEL_WORDS.get(level, LEVEL_WORDS[AvailabilityLevel.ASK_FIRST])
                if Wish.RATHER_NOT in wishes:
                    text = "%(expert)s would rather not have the place or the work of %(shift)s."
                violation = self.breach(
                    text, amount=amount, experts=[expert_id], shifts=[shift.id], expert=expert_id, shift=shift.id
                )
                found.append(violation)
        return found

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Term]:
        """One cost per pair."""
        times = self._time_points()
        amount = np.array([times[level] for level in AvailabilityLevel], np.int64)[index.pair_levels(pairs)]
        experts = index.problem.experts
        kinds = {a.id: n for n, a in enumerate(index.problem.activities)}
        at_venues = self._matrix([e.venue_wishes for e in experts], index.venue_at)
        at_kinds = self._matrix([e.activity_wishes for e in experts], kinds)
        amount += at_venues[pairs.expert, pairs.shifts.venue[pairs.shift]]
        amount += at_kinds[pairs.expert, pairs.shifts.kind[pairs.shift]]
        yield priced(self.level, pairs, amount)

    def _matrix(self, wishes: Sequence[tuple[tuple[str, Wish], ...]], column: dict[str, int]) -> Ints:
        """Points of experts (rows) at venues or activities (columns)."""
        found = np.full((len(wishes), len(column)), self.no_wish, np.int64)
        for row, said in enumerate(wishes):
            for subject, wish in said:
                if subject in column:
                    found[row, column[subject]] = self._wish_points(wish)
        return found

    def _time_points(self) -> dict[AvailabilityLevel, int]:
        return {
            AvailabilityLevel.UNAVAILABLE: self.ask_first,
            AvailabilityLevel.ASK_FIRST: self.ask_first,
            AvailabilityLevel.NEUTRAL: self.neutral,
            AvailabilityLevel.AVAILABLE: self.available,
            AvailabilityLevel.WANTED: 0,
        }

    def _wish_points(self, wish: Wish | None) -> int:
        return self.no_wish if wish is None else self.rather_not if wish is Wish.RATHER_NOT else 0
