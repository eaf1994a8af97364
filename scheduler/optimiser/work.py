"""How much work was a solve? Counted by what it does, not by time, so that a seed gives one roster under any load."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

Count = Callable[[float], None]
"""Told of work that was done, in units of about a second of one thread of a usual machine."""

STEP: Final = 5e-6
"""Units for one step of a walk."""

ANSWER: Final = 4e-4
PLAN: Final = 5e-7
"""Units for one answer of a pricer, and for each plan of a day that it looks at."""

TURN: Final = 1.3
"""Units for one second of CP-SAT's deterministic time."""

PIVOT: Final = 1.5e-7
"""Units for one pivot of the simplex method, per row."""

SWEEP: Final = 4e-9
"""Units for one iteration of the first-order method, per entry of the matrix."""

MEMBER: Final = 4e-5
"""Units for writing one pair of a cell down for CP-SAT."""

JUDGED: Final = 1e-6
"""Units for judging a roster, per pair of the model."""

_TICKS: Final = 1_000_000_000
"""Ticks of a unit: whole numbers, because their sum does not depend on who adds first."""


class Meter:
    """Work so far. A thread that works `apart` sees its own work alone on top of what there was when it began."""

    def __init__(self) -> None:
        self._ticks, self._lock, self._own = 0, threading.Lock(), threading.local()

    @property
    def units(self) -> float:
        """What this thread knows to be done."""
        return self._seen() / _TICKS

    def add(self, units: float) -> None:
        """Note work done."""
        ticks = round(units * _TICKS)
        if self._apart() is not None:
            self._own.ticks += ticks
            return
        with self._lock:
            self._ticks += ticks

    @contextmanager
    def apart(self) -> Iterator[Callable[[], float]]:
        """Work of this thread is not added to that of all; it is for the caller to tell of it, from elsewhere."""
        self._own.base, self._own.ticks = self._ticks, 0
        try:
            yield lambda: (self._apart() or 0) / _TICKS
        finally:
            del self._own.ticks

    def _apart(self) -> int | None:
        return getattr(self._own, "ticks", None)

    def _seen(self) -> int:
        own = self._apart()
        return self._ticks if own is None else self._own.base + own
