"""How far is a solve? The best score and bound so far, told once per change, and whether it must end."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from scheduler.domain.score import Level, Score
from scheduler.optimiser.limits import Limits
from scheduler.optimiser.memory import Gauge
from scheduler.optimiser.work import Count, Meter
from scheduler.terms.kinds import Bools


@dataclass(frozen=True, slots=True)
class Bound:
    """What no roster can undercut.

    `coverage` holds for every roster; `preference` for every roster that covers at least as well as the best found.
    None: not known yet.
    """

    coverage: int | None = None
    preference: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """One message: the best score, bound and roster so far, seconds since the start, and the phase at work."""

    score: Score
    bound: Bound
    seconds: float
    phase: str
    roster: Bools | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Phase:
    """How long one part of the solve took."""

    name: str
    seconds: float


class Monitor:
    """The clock, the wish to stop, and the news; scores only fall and bounds only rise. Safe to use from threads.

    Where work is limited, `limits.seconds`, `seconds` and `left` are of counted work, and `count` must be told of it.
    """

    def __init__(
        self,
        limits: Limits,
        tell: Callable[[Progress], None] | None = None,
        stop: Callable[[], bool] | None = None,
        cancel: Callable[[], bool] | None = None,
    ) -> None:
        self.limits = limits if limits.work is None else replace(limits, seconds=limits.work)
        self._latest, self._tell = limits.seconds, tell
        self.meter = Meter()
        self.count: Count | None = None if limits.work is None else self.meter.add
        self._stop, self._cancel = stop or _never, cancel or _never
        self._began, self._lock = time.monotonic(), threading.Lock()
        self._gauge = Gauge(limits.memory_mb)
        self.score: Score | None = None
        self.roster: Bools | None = None
        self.bound = Bound()
        self.phases: list[Phase] = []
        self.phase_name = "start"

    @property
    def elapsed(self) -> float:
        """Wall-clock seconds since the start."""
        return time.monotonic() - self._began

    @property
    def seconds(self) -> float:
        """Time or counted work since the start."""
        return self.elapsed if self.count is None else self.meter.units

    @property
    def left(self) -> float:
        """Time or counted work until the limit, never below 0."""
        return max(0.0, self.limits.seconds - self.seconds)

    @property
    def rest(self) -> Limits:
        """What another search may use after this one."""
        seconds = max(1e-3, self._latest - self.elapsed)
        if self.count is None:
            return replace(self.limits, seconds=seconds)
        return replace(self.limits, seconds=seconds, work=max(1e-3, self.left))

    @property
    def cancelled(self) -> bool:
        """Is the result no longer wanted?"""
        return self._cancel()

    @property
    def over(self) -> bool:
        """Must the search end: time or memory used up, stopped or cancelled?"""
        late = self.left <= 0 or self.elapsed >= self._latest
        return late or self._gauge.is_full or self._stop() or self._cancel()

    @property
    def tight(self) -> bool:
        """Is the memory nearly used up, so that a search should do with less at a time?"""
        return self._gauge.is_near

    @property
    def proven(self) -> bool:
        """Are both bounds reached?"""
        with self._lock:
            return self.score is not None and self.bound == Bound(self.score.coverage, self.score.preference)

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Name what is at work and note how long it took."""
        began, self.phase_name = self.elapsed, name
        yield
        self.phases.append(Phase(name, round(self.elapsed - began, 3)))

    def found(self, score: Score, roster: Bools) -> None:
        """Tell of a roster, which nobody changes any more, if its score is the best so far."""
        with self._lock:
            if self.score is None or score < self.score:
                self.score, self.roster = score, roster
                self._say()

    def proved(self, level: Level, bound: int) -> None:
        """Tell of a bound if it is higher than the one so far."""
        with self._lock:
            name = level.name.lower()
            known = getattr(self.bound, name)
            if known is None or bound > known:
                self.bound = replace(self.bound, **{name: bound})
                self._say()

    def _say(self) -> None:
        if self._tell is not None and self.score is not None:
            self._tell(Progress(self.score, self.bound, round(self.elapsed, 2), self.phase_name, self.roster))


def _never() -> bool:
    return False
