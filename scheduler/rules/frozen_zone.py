"""Rule: shifts that start soon keep the people who were told to come."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.time import require_utc
from scheduler.rules.fixed import frozen, known, must_be, numbers
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.terms.kinds import Bools, Sum
from scheduler.terms.pairs import Pairs


@dataclass(frozen=True)
class FrozenZone(Rule):
    """Shifts that start before `frozen_until` have exactly their published people, less who declined, plus pins.

    `days` is how far that instant lies ahead when a problem is loaded; where nothing was published it is that moment
    itself, for nobody can be planned on what has begun. A place that a decline leaves open is not filled by a run: the
    planner invites somebody and pins her.
    """

    days: int

    name: ClassVar[str] = "frozen_zone"
    reach: ClassVar[Reach] = Reach.EXPERT

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Shifts in the next %(days)s days keep the people who were told to come.", {"days": self.days})

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Everybody who is missing from a frozen shift, and everybody who is new on one."""
        if problem.frozen_until is None:
            return []
        told, until = problem.told, problem.frozen_until
        missing, extra = [], []
        for a in known(problem, told | roster.assignments):
            if problem.shift[a.shift].span.start >= until:
                continue
            if a not in roster.assignments and a not in problem.declined:
                missing.append(a)
            if a not in told and a not in problem.pinned:
                extra.append(a)
        texts = [("%(expert)s was told to come to %(shift)s, which starts soon, but is not on it.", missing)]
        texts += [("%(expert)s was not told to come to %(shift)s, which starts soon.", extra)]
        return [
            self.breach(text, experts=[a.expert], shifts=[a.shift], expert=a.expert, shift=a.shift)
            for text, assignments in texts
            for a in assignments
        ]

    def forbids(self, index: Index, crew: slice) -> Bools | None:
        """Everybody on a frozen shift who is neither published nor pinned on it."""
        problem = index.problem
        if problem.frozen_until is None:
            return None
        found = np.zeros((len(problem.experts), len(index.shifts)), np.bool_)
        found[:, index.shifts.start < index.window.minute_of(problem.frozen_until)] = True
        found[numbers(index, problem.told | problem.pinned)] = False
        return found[crew]

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Sum]:
        """One row per published assignment in the zone that was not declined."""
        yield must_be(index, pairs, frozen(index.problem))


def call_up_term(rules: Iterable[Rule]) -> timedelta:
    """How long ahead the rulebook freezes what people were told; nothing when it has no such rule."""
    return timedelta(days=next((rule.days for rule in rules if isinstance(rule, FrozenZone)), 0))


def frozen_at(problem: Problem, now: datetime, term: timedelta) -> Problem:
    """The problem as it stands at an instant: what starts within the term is settled, or what has begun at least."""
    return replace(problem, frozen_until=require_utc(now, "now") + (term if problem.told else timedelta()))
