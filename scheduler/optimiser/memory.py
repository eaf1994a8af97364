"""How much memory does this process use?"""

import os
import resource
import sys
import threading
import time
from typing import Final

_STATUS: Final = "/proc/self/statm"
_EVERY_SECONDS: Final = 0.1
_NEAR: Final = 0.9
"""From this share of the limit on a search does with less."""


def used_mb() -> float:
    """Resident megabytes now; where the system does not tell, the most there ever was."""
    try:
        with open(_STATUS, encoding="ascii") as status:
            return int(status.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except FileNotFoundError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most / 1e6 if sys.platform == "darwin" else most / 1e3


class Gauge:
    """Says whether the memory of the process is used up; looks about ten times a second. Safe to use from threads."""

    def __init__(self, most_mb: int) -> None:
        self._most_mb, self._is_full, self._is_near = most_mb, False, False
        self._next, self._lock = 0.0, threading.Lock()

    @property
    def is_full(self) -> bool:
        """Was the limit reached? Once it was, it stays so: what is given back may be asked for again at once."""
        with self._lock:
            self._look()
            return self._is_full

    @property
    def is_near(self) -> bool:
        """Is the limit near now, so that less at a time is wise?"""
        with self._lock:
            self._look()
            return self._is_near

    def _look(self) -> None:
        now = time.monotonic()
        if not self._is_full and now >= self._next:
            self._next, used = now + _EVERY_SECONDS, used_mb()
            self._is_full, self._is_near = used >= self._most_mb, used >= _NEAR * self._most_mb
