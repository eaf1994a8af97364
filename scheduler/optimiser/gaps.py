"""How are open places closed in a large roster? Week by week by CP-SAT for coverage alone, with short walks between."""

from collections.abc import Callable, Iterator

import numpy as np

from scheduler.optimiser.cpsat import Effort
from scheduler.optimiser.incumbent import Incumbent
from scheduler.optimiser.lp import Reals
from scheduler.optimiser.openings import closed, lack_of
from scheduler.optimiser.progress import Monitor
from scheduler.optimiser.search import improve
from scheduler.terms.cliques import Cliques
from scheduler.terms.kinds import Bools
from scheduler.terms.table import Table

_WORTH = 0.0005
"""A round that gains no more than this share of the coverage is the last: cells go on for both levels later."""

_CELL_SECONDS = 4.0
_MOST_FREE = 4_500
_USED = 1e-6


class Gaps:
    """Frees, in one stretch of days, what is chosen, what the relaxation would choose, and all who could fill a gap."""

    def __init__(self, table: Table, cliques: Cliques, incumbent: Incumbent, held: Bools, monitor: Monitor) -> None:
        self.table, self.cliques, self.incumbent, self.held = table.for_coverage, cliques, incumbent, held
        self.monitor, self.random = monitor, np.random.default_rng(monitor.limits.seed)

    def close(self, shares: Callable[[], Reals], over: Callable[[], bool]) -> None:
        """Go through the weeks, those with the dearest gaps first, until a whole round gains next to nothing."""
        gained, coverage = True, self.incumbent.score.coverage
        while gained:
            for days in self._weeks():
                if over():
                    return
                self._solve(days, shares())
                if not over():
                    self.incumbent.offer(
                        closed(self.table, self.incumbent.roster, self.held, self._seed(), self.monitor)
                    )
            before, coverage = coverage, self.incumbent.score.coverage
            gained = before - coverage > _WORTH * abs(before)

    def _weeks(self) -> Iterator[Bools]:
        """The pairs of each week, the week that lacks most first."""
        week = self.table.pairs.day // 7
        lack = np.bincount(self.table.pairs.shifts.day // 7, lack_of(self.table, self.incumbent.roster))
        for number in np.argsort(-lack, kind="stable").tolist():
            yield week == number

    def _solve(self, inside: Bools, shares: Reals) -> None:
        pairs, (roster, _) = self.table.pairs, self.incumbent.best
        wanted = roster | (shares > _USED) if len(shares) else roster.copy()
        open_shifts = np.flatnonzero(lack_of(self.table, roster) > 0)
        room = _MOST_FREE - int((wanted & inside).sum())
        candidates = inside & np.isin(pairs.shift, open_shifts) & ~wanted
        chance = min(1.0, max(0, room) / max(1, int(candidates.sum())))
        kept = np.isin(pairs.shift, open_shifts[self.random.random(len(open_shifts)) < chance])
        free = np.flatnonzero(inside & (wanted | candidates & kept) & ~self.held)
        limits = self.monitor.limits
        effort = Effort(
            min(_CELL_SECONDS, max(0.05, self.monitor.left)), 1, self._seed(),
            limits.memory_mb, over=lambda: self.monitor.over, count=self.monitor.count,
        )  # fmt: skip
        found = improve(self.table, self.cliques, roster, free, effort).roster
        self.incumbent.offer(found)

    def _seed(self) -> int:
        return int(self.random.integers(0, 1 << 30))
