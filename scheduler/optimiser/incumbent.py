"""What is the best roster so far? Kept by us, scored by the check, never taken on a solver's word."""

import threading

import numpy as np

from scheduler.domain.errors import SchedulerError
from scheduler.domain.score import Level, Score
from scheduler.optimiser.progress import Monitor
from scheduler.terms import check
from scheduler.terms.kinds import Bools, Ints
from scheduler.terms.pairs import Model


class ScoreMismatch(SchedulerError):
    """A solver's price and the check disagree: a fault in this program, never in the input."""


class Incumbent:
    """The best roster; it only ever gets better, and every newcomer is scored by the check first."""

    def __init__(self, model: Model, roster: Bools, monitor: Monitor) -> None:
        self._model, self._monitor, self._lock = model, monitor, threading.Lock()
        self.roster, self.score = roster.copy(), check.score(model, roster)
        monitor.found(self.score, self.roster)

    @property
    def best(self) -> tuple[Bools, Score]:
        """The roster and its score, as one consistent couple."""
        with self._lock:
            return self.roster, self.score

    def offer(self, roster: Bools, claimed: Score | None = None) -> bool:
        """Take the roster if it is better; a claimed score that the check does not confirm is an error."""
        score = check.score(self._model, roster)
        if claimed is not None and score != claimed:
            raise ScoreMismatch(
                "The solver claims %(claimed)s but the check finds %(found)s.", claimed=str(claimed), found=str(score)
            )
        with self._lock:
            if score >= self.score:
                return False
            kept = roster.copy()
            self.roster, self.score = kept, score
        self._monitor.found(score, kept)
        return True

    def offer_part(self, roster: Bools, free: Ints) -> int:
        """Put the freed part of a roster into the best one; gives the gain, weighing levels only by their order.

        Equal scores are taken too: they move the search to new ground.
        """
        with self._lock:
            merged = self.roster.copy()
            merged[free] = roster[free]
            if np.array_equal(merged, self.roster):
                return 0
            score, before = check.score(self._model, merged), self.score
            if score > before:
                return 0
            self.roster, self.score = merged, score
        self._monitor.found(score, merged)
        return gain_of(before, score)


def gain_of(before: Score, after: Score) -> int:
    """How much better, in units of the first level that differs."""
    for level in Level:
        name = level.name.lower()
        if getattr(before, name) != getattr(after, name):
            return int(getattr(before, name) - getattr(after, name))
    return 0
