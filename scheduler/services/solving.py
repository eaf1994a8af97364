"""How does one problem become a judged roster: declared, solved, and looked at again by the rules in words?"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scheduler.domain.errors import SchedulerError
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.runs import Progress, RunSettings
from scheduler.domain.score import Score
from scheduler.optimiser import progress as news
from scheduler.optimiser.limits import Limits
from scheduler.optimiser.result import Outcome
from scheduler.optimiser.solve import solve
from scheduler.rules import declare
from scheduler.rules.analysis import Analysis, analyse
from scheduler.rules.fixed import given, settled
from scheduler.rules.index import chosen_of, roster_of
from scheduler.rules.rule import Rule

Asked = Callable[[], bool]
JUDGING_SHARE = 0.02
"""Part of the time that a caller with a deadline keeps for judging and writing what the solver hands back."""


class ScoresDiffer(SchedulerError):
    """The solver and the rules in words disagree about a roster: one of them is wrong, so the roster is not used."""


@dataclass(frozen=True, eq=False)
class Solved:
    """The roster of a solve, how it was found, and what the rules in words say of it."""

    roster: Roster
    outcome: Outcome
    analysis: Analysis


def solve_problem(
    problem: Problem,
    rules: Sequence[Rule],
    settings: RunSettings,
    *,
    start: Roster | None = None,
    progress: Callable[[Progress], None] | None = None,
    stop: Asked | None = None,
    cancel: Asked | None = None,
    began: float | None = None,
    work: float | None = None,
) -> Solved:
    """Solve a problem and judge the answer; ScoresDiffer when the judge counts otherwise than the solver.

    With `work`, the search ends by counted work and the same seed gives the same roster; see `Limits`.
    The time limit counts from `began` on the monotonic clock, or from now: reading and declaring are part of it.
    """
    began = time.monotonic() if began is None else began
    model = declare(problem, rules)
    pairs = model.pairs
    outcome = solve(
        model,
        start=chosen_of(problem, pairs, start) if start is not None else None,
        pinned=chosen_of(problem, pairs, settled(problem)),
        given=chosen_of(problem, pairs, given(problem)),
        limits=Limits(_left(settings, began), settings.workers, settings.seed, work=work),
        progress=(lambda step: progress(_told(step))) if progress else None,
        stop=stop,
        cancel=cancel,
    )
    roster = roster_of(problem, pairs, outcome.roster)
    analysis = analyse(problem, roster, rules)
    _compare(outcome.score, analysis.score)
    return Solved(roster, outcome, analysis)


def _left(settings: RunSettings, began: float) -> float:
    """What remains of the time limit; at least a tenth of it, so that there always is a roster."""
    return max(0.1 * settings.seconds, settings.seconds - (time.monotonic() - began))


def _told(step: news.Progress) -> Progress:
    return Progress(step.seconds, step.phase, step.score, step.bound.coverage, step.bound.preference)


def _compare(counted: Score, judged: Score) -> None:
    if counted != judged:
        raise ScoresDiffer(
            "The solver counts %(counted)s and the rules in words count %(judged)s; the roster is not used.",
            counted=f"{counted.hard}/{counted.coverage}/{counted.preference}",
            judged=f"{judged.hard}/{judged.coverage}/{judged.preference}",
        )
