"""How much memory does this process use?"""

import os
import resource
import sys
import threading
import time
from typing import Final

_STATUS: Final = "/proc/self/statm"
_EVERY_SECONDS: Final = 0.1


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
        self._most_mb, self._is_full = most_mb, False
        self._next, self._lock = 0.0, threading.Lock()

    @property
    def is_full(self) -> bool:
        """Was the limit reached? Once it was, it stays so: what is given back may be asked for again at once."""
        now = time.monotonic()
        with self._lock:
            if not self._is_full and now >= self._next:
                self._next = now + _EVERY_SECONDS
                self._is_full = used_mb() >= self._most_mb
            return self._is_full
