"""How is a model too large for one CP-SAT run improved? Walks, bounds and cells, within the limits."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from scheduler.optimiser import greedy
from scheduler.optimiser.bounding import Bounds
from scheduler.optimiser.incumbent import Incumbent
from scheduler.optimiser.progress import Monitor
from scheduler.optimiser.result import ModelSize
from scheduler.optimiser.search import Search
from scheduler.terms.cliques import Cliques
from scheduler.terms.kinds import Bools
from scheduler.terms.moves import Heat
from scheduler.terms.table import Table

_COVERAGE_HEAT = 15.0, 0.3
_PREFERENCE_HEAT = 0.5, 0.02
"""First and last heat; of coverage in points, of preference in typical steps."""


class Large:
    """One thread bounds while the others search; with a single worker the bounds take their turn."""

    def __init__(self, table: Table, cliques: Cliques, incumbent: Incumbent, held: Bools, monitor: Monitor) -> None:
        self.table, self.cliques, self.incumbent, self.held = table, cliques, incumbent, held
        self.monitor, self.workers = monitor, monitor.limits.workers
        self.bounds = Bounds(table, cliques, incumbent, held, monitor)

    def run(self) -> ModelSize:
        """Improve until the time is up or the best is proven; gives the size of the relaxation."""
        if self.workers == 1:
            self._alone()
        else:
            with ThreadPoolExecutor(1) as pool:
                self._beside(pool.submit(self._bound))
        self.bounds.settle()
        return self.bounds.size

    def _alone(self) -> None:
        with self.monitor.phase("bound"):
            self.bounds.cover()
        self._walks(0.3, 0.45)
        with self.monitor.phase("bound"):
            self.bounds.prefer()
        self._cells(lambda: 1)

    def _beside(self, bounding: Future[None]) -> None:
        self._walks(0.25, 0.4)
        self._cells(lambda: self.workers - (not bounding.done()))
        bounding.result()

    def _bound(self) -> None:
        self.bounds.cover()
        self.bounds.prefer()

    def _walks(self, coverage: float, preference: float) -> None:
        """First for coverage alone, which is quick to judge; then for preference at that coverage."""
        with self.monitor.phase("walk: coverage"):
            score = self.incumbent.score
            walk = self._walk(self.table.for_coverage)
            walk.cool((Heat(_COVERAGE_HEAT[0], 0.0), Heat(_COVERAGE_HEAT[1], 0.0)), self._share(coverage))
            if walk.best_score.coverage < score.coverage:
                self.incumbent.offer(walk.best)
        with self.monitor.phase("walk: preference"):
            walk = self._walk(self.table)
            unit = walk.typical_step()
            first, last = (Heat(0.0, unit * heat) for heat in _PREFERENCE_HEAT)
            walk.cool((first, last), self._share(preference))
            self.incumbent.offer(walk.best, walk.best_score)

    def _walk(self, table: Table) -> greedy.Walk:
        roster, score = self.incumbent.best
        return greedy.Walk(table, roster, self.held, score, self.monitor.limits.seed)

    def _share(self, until: float) -> Callable[[], float]:
        """How much of the time from now to this share of the limit is over."""
        since, latest = self.monitor.seconds, self.monitor.limits.seconds * until
        return lambda: 1.0 if self.monitor.over else (self.monitor.seconds - since) / max(1e-9, latest - since)

    def _cells(self, workers: Callable[[], int]) -> None:
        with self.monitor.phase("cells"):
            search = Search(self.table, self.cliques, self.incumbent, self.held, self.monitor)
            search.run(workers, lambda: self.monitor.over or self.monitor.proven)
