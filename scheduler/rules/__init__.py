"""Which rules does a roster obey? The table of contents: one file, one line per rule, in the order they are shown."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from scheduler.domain.problem import Problem
from scheduler.domain.score import Level
from scheduler.rules.availability import Availability
from scheduler.rules.desired_languages import DesiredLanguages
from scheduler.rules.fair_hours import FairHours
from scheduler.rules.familiar_faces import FamiliarFaces
from scheduler.rules.host_required import HostRequired
from scheduler.rules.index import Index
from scheduler.rules.own_staff_first import OwnStaffFirst
from scheduler.rules.preferences import Preferences
from scheduler.rules.rule import Rule
from scheduler.rules.settings import DEFAULT_PATH, read_rulebook
from scheduler.rules.shortfall import Shortfall
from scheduler.rules.split_days import SplitDays
from scheduler.rules.stability import Stability
from scheduler.rules.themes import Themes
from scheduler.rules.travel import Travel
from scheduler.rules.two_present import TwoPresent
from scheduler.rules.wished_hours import WishedHours
from scheduler.terms.kinds import Bools
from scheduler.terms.pairs import Model, Pairs, assemble

HARD_RULES: tuple[type[Rule], ...] = (
    Availability,
)  # fmt: skip

COVERAGE_RULES: tuple[type[Rule], ...] = (
    Shortfall,
    HostRequired,
    TwoPresent,
)

PREFERENCE_RULES: tuple[type[Rule], ...] = (
    WishedHours,
    FairHours,
    Preferences,
    FamiliarFaces,
    Stability,
    SplitDays,
    Travel,
    DesiredLanguages,
    Themes,
    OwnStaffFirst,
)

RULEBOOK: tuple[type[Rule], ...] = (*HARD_RULES, *COVERAGE_RULES, *PREFERENCE_RULES)
"""Every rule class; a file in this folder whose rule has no line here fails a test."""

CREW_SIZE = 500


def load_rulebook(path: Path = DEFAULT_PATH, day: date = date.max) -> tuple[Rule, ...]:
    """Every rule with the values that are in force on a day (the newest ones when no day is given)."""
    return read_rulebook(RULEBOOK, path, day)


def declare(problem: Problem, rules: Sequence[Rule], index: Index | None = None) -> Model:
    """The problem for solvers: eligible pairs and terms; `source` of a term is the position of its rule in `rules`.

    Pair (e, s) stands for problem.experts[e] on problem.shifts[s]; `roster_of` and `chosen_of` translate.
    """
    facts = index or Index(problem)
    pairs = Pairs.of_mask(problem.window.days, facts.shifts, eligible(facts, rules))
    return assemble(pairs, (rule.terms(facts, pairs) for rule in rules))


def eligible(index: Index, rules: Iterable[Rule]) -> Bools:
    """Matrix experts x shifts of the pairs that no hard rule forbids."""
    count = len(index.problem.experts)
    hard = [rule for rule in rules if rule.level is Level.HARD]
    found = np.ones((count, len(index.shifts)), np.bool_)
    for first in range(0, count, CREW_SIZE):
        crew = slice(first, min(first + CREW_SIZE, count))
        for rule in hard:
            forbidden = rule.forbids(index, crew)
            if forbidden is not None:
                found[crew] &= ~forbidden
    return found
