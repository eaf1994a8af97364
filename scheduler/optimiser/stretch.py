"""How long may a bound be worked at? Until a share of the time, with some to spare for what cannot be stopped."""

from scheduler.optimiser.cpsat import LP_STRONG, Effort
from scheduler.optimiser.progress import Monitor

_SPARE_SECONDS = 1.5
"""What cannot be stopped at once must have begun this long before the end."""


class Stretch:
    """The time of a search until a share of its limit."""

    def __init__(self, monitor: Monitor, until: float = 1.0) -> None:
        self.monitor, self._limit, self._until = monitor, monitor.limits.seconds, until

    @property
    def late(self) -> bool:
        """Is it too late to begin anything?"""
        return self.monitor.over or self._left < self._spare

    def seconds(self, share: float) -> float:
        """How long something may take that is worth this share of the limit."""
        return min(self._left - self._spare / 2, share * self._limit)

    def effort(self, seconds: float, workers: int) -> Effort:
        """What CP-SAT may do to bound something."""
        limits = self.monitor.limits
        return Effort(
            seconds, workers, limits.seed, limits.memory_mb, LP_STRONG, over=lambda: self.monitor.over,
            count=self.monitor.count,
        )  # fmt: skip

    @property
    def _left(self) -> float:
        return self._until * self._limit - self.monitor.seconds

    @property
    def _spare(self) -> float:
        return min(_SPARE_SECONDS, 0.2 * self._limit)
