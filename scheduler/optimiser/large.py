"""How is a model too large for one CP-SAT run improved? Walks, bounds and cells, within the limits."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from scheduler.optimiser import greedy
from scheduler.optimiser.bounding import Bounds
from scheduler.optimiser.covering import MIDDLING_PAIRS, Covering
from scheduler.optimiser.gaps import Gaps
from scheduler.optimiser.incumbent import Incumbent
from scheduler.optimiser.progress import Monitor
from scheduler.optimiser.result import ModelSize
from scheduler.optimiser.search import Search
from scheduler.terms import check
from scheduler.terms.cliques import Cliques
from scheduler.terms.kinds import Bools
from scheduler.terms.moves import Heat
from scheduler.terms.table import Table

_COVER_UNTIL, _PREFER_UNTIL = 0.5, 0.7
"""Shares of the time until which coverage comes first, and until which the walk for preference goes on."""

_MIDDLING_UNTIL, _MIDDLING_WALK, _MIDDLING_AGAIN = 0.35, 0.25, (0.33, 0.41, 0.49)
"""The same in models of middling size, where the second is the walk's own share, and ends of walks that follow it."""

_AGAIN = ((0.85, 0.92), (0.96, 0.99))
"""Shares of the time between which another walk goes on from the cells, or takes up what they gave away for coverage;
the last one only that."""

_GROW_FROM = 0.8
"""The share of the time from which larger cores bound coverage beside the search: prices hardly get better by then."""

_BRIEFLY, _WAIT_SECONDS = 0.03, 0.1
"""There the first walk is brief, because the bound of coverage needs every worker and comes with a roster."""

_COVERAGE_HEAT = 5.0, 0.1
_PREFERENCE_HEAT, _COOLER = (0.5, 0.02), (0.12, 0.02)
"""First and last heat; of coverage in points, of preference in typical steps, also of a walk from a good roster."""


class Large:
    """One thread bounds while the others search; the bounds take their turn with a single worker or counted work."""

    def __init__(self, table: Table, cliques: Cliques, incumbent: Incumbent, held: Bools, monitor: Monitor) -> None:
        self.table, self.cliques, self.incumbent, self.held = table, cliques, incumbent, held
        self.monitor, self.workers = monitor, monitor.limits.workers
        self.covering = Covering(table, cliques, incumbent, held, monitor)
        self.bounds, self._walks = Bounds(self.covering), 0

    def run(self) -> ModelSize:
        """Improve until the time is up or the best is proven; gives the size of the relaxation."""
        if self.workers == 1 or self.monitor.count is not None:
            self._alone()
        else:
            with ThreadPoolExecutor(1) as pool:
                self._beside(pool.submit(self._bound))
        self.bounds.settle()
        return self.covering.size

    def _alone(self) -> None:
        with self.monitor.phase("bound: coverage"):
            self.covering.bound()
            self.covering.widen(self.workers)
        self._cover()
        with self.monitor.phase("bound: preference"):
            self.bounds.prefer(until=0.75)
        self._prefer(lambda: self.workers)

    def _beside(self, bounding: Future[None]) -> None:
        share, covered = self._share(_COVER_UNTIL / 2), self.covering.done
        with self.monitor.phase("walk: coverage"):
            brief = self._share(_BRIEFLY if self._is_middling() else _COVER_UNTIL / 2)
            self._walk_for_coverage(
                self.incumbent.best[0], lambda: 1.0 if covered.is_set() else brief(), self.held
            )  # fmt: skip
        with self.monitor.phase("bound: coverage"):
            while self._is_middling() and share() < 1 and not covered.wait(_WAIT_SECONDS):
                pass
        self._cover()
        self._prefer(lambda: self.workers - (not bounding.done()))
        bounding.result()

    def _bound(self) -> None:
        self.covering.bound()
        self.covering.widen(workers=1)
        grows = self.covering.can_grow((1 - _GROW_FROM) * self.monitor.limits.seconds)
        self.bounds.prefer(until=_GROW_FROM if grows else 1.0)
        self.covering.grow(workers=1)

    def _cover(self) -> None:
        """From the roster that follows the relaxation, for coverage alone, which is quick to judge."""
        if not self._is_covered():
            self._improve_coverage()
        self.bounds.hopeful = False

    def _improve_coverage(self) -> None:
        with self.monitor.phase("walk: coverage"):
            guided = self.covering.guided
            share = self._share(self.monitor.seconds / self.monitor.limits.seconds + 0.07)
            self._walk_for_coverage(self.incumbent.best[0] if guided is None else guided, share, self.covering.kept)
        with self.monitor.phase("gaps"):
            gaps = Gaps(self.table, self.cliques, self.incumbent, self.held, self.monitor)
            share = self._share(_MIDDLING_UNTIL if self._is_middling() else _COVER_UNTIL)
            gaps.close(lambda: self.covering.shares, lambda: share() >= 1.0 or self._is_covered())

    def _is_middling(self) -> bool:
        return len(self.held) <= MIDDLING_PAIRS

    def _is_covered(self) -> bool:
        return self.incumbent.score.coverage == self.monitor.bound.coverage

    def _prefer(self, workers: Callable[[], int]) -> None:
        """For preference at that coverage; cells go on for both."""
        since = self.monitor.seconds / self.monitor.limits.seconds
        self._walk_for_preference(_PREFERENCE_HEAT, since + _MIDDLING_WALK if self._is_middling() else _PREFER_UNTIL)
        for end in _MIDDLING_AGAIN if self._is_middling() else ():
            self._walk_for_preference(_COOLER, since + end)
        search = Search(self.table, self.cliques, self.incumbent, self.held, self.monitor)
        search.offer_likely(lambda: self.bounds.lately.shares)
        goes_on = self._is_middling()
        for since, until in _AGAIN:
            covered = self.incumbent.score.coverage
            self._cells(search, workers, since)
            if goes_on or self.incumbent.score.coverage < covered:
                self._walk_for_preference(_COOLER, until)
            goes_on = False
        self._cells(search, workers, 1.0)

    def _cells(self, search: Search, workers: Callable[[], int], until: float) -> None:
        share = self._share(until)
        with self.monitor.phase("cells"):
            search.run(workers, lambda: share() >= 1.0 or self.monitor.proven)

    def _walk_for_preference(self, heats: tuple[float, float], until: float) -> None:
        with self.monitor.phase("walk: preference"):
            walk = self._walk(self.table, self.incumbent.best[0], self.held)
            walk.wanted = lambda: self.bounds.lately.wanted
            unit = walk.typical_step()
            first, last = (Heat(0.0, unit * heat) for heat in heats)
            walk.cool((first, last), self._share(until))
            self.incumbent.offer(walk.best, walk.best_score)

    def _walk_for_coverage(self, roster: Bools, share: Callable[[], float], held: Bools) -> None:
        walk = self._walk(self.table.for_coverage, roster, held)
        walk.cool((Heat(_COVERAGE_HEAT[0], 0.0), Heat(_COVERAGE_HEAT[1], 0.0)), share)
        self.incumbent.offer(walk.best)

    def _walk(self, table: Table, roster: Bools, held: Bools) -> greedy.Walk:
        score, self._walks = check.score(table.model, roster), self._walks + 1
        return greedy.Walk(table, roster, held, score, self.monitor.limits.seed + self._walks, count=self.monitor.count)

    def _share(self, until: float) -> Callable[[], float]:
        """How much of the time from now to this share of the limit is over."""
        since, latest = self.monitor.seconds, self.monitor.limits.seconds * until
        return lambda: 1.0 if self.monitor.over else (self.monitor.seconds - since) / max(1e-9, latest - since)
