"""What does pricing need at hand?"""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

from scheduler.optimiser.columns import Pool
from scheduler.optimiser.desk import Desk
from scheduler.optimiser.links import Links, Weights
from scheduler.optimiser.work import Count
from scheduler.terms.kinds import Bools
from scheduler.terms.table import Table


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


def rows_and_pricers(table: Table, held: Bools, count: Count | None) -> tuple[Links, Desk]:
    """The rows over several experts, and everybody's pricer."""
    links = Links(table, table.owner >= 0)
    return links, Desk(table, held, Pool(links), count=count)
