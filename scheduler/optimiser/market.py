"""What does pricing need at hand?"""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

from scheduler.optimiser.desk import Desk
from scheduler.optimiser.links import Links, Weights
from scheduler.optimiser.work import Count


@dataclass(frozen=True, slots=True)
class Market:
    """Rows, pricers, what a point of each level counts, helpers, the wish to stop and the seconds left.

    Where there is a `count`, seconds are of counted work.
    """

    links: Links
    desk: Desk
    weights: Weights
    executor: Executor | None
    over: Callable[[], bool]
    left: Callable[[], float]
    count: Count | None = None
