"""What can a large model not undercut? Prices from a linear relaxation, and a roster guided by its shares."""

import threading
import time

import numpy as np

from scheduler.domain.score import Level
from scheduler.optimiser import greedy
from scheduler.optimiser.cpsat import Effort
from scheduler.optimiser.incumbent import Incumbent
from scheduler.optimiser.pricing import SCALE, Pricing, Weights
from scheduler.optimiser.progress import Monitor
from scheduler.optimiser.relaxation import Reals, Relaxation, relax, relaxation_of
from scheduler.optimiser.result import ModelSize
from scheduler.optimiser.search import improve
from scheduler.terms import check
from scheduler.terms.cliques import Cliques
from scheduler.terms.delta import Ledger
from scheduler.terms.kinds import Bools
from scheduler.terms.moves import insert_listed
from scheduler.terms.table import Table

_FIRST_EXCHANGE = SCALE // 4
"""How many 64ths of a point of preference a point of coverage is exchanged for at first."""

_USED = 1e-6
"""Shares up to this are the solver's zero."""

_SPARE_SECONDS = 1.5
"""What cannot be stopped at once must have begun this long before the end."""


class Bounds:
    """Coverage first, then preference among rosters that cover at least as well as the best found."""

    def __init__(self, table: Table, cliques: Cliques, incumbent: Incumbent, held: Bools, monitor: Monitor) -> None:
        self.table, self.cliques, self.incumbent, self.held = table, cliques, incumbent, held
        self.monitor, self.size = monitor, ModelSize()
        self._values: dict[int, int] = {}
        self.shares: Reals = np.zeros(0)
        self.guided: Bools | None = None
        self.covered, self._until = threading.Event(), 1.0

    def cover(self) -> None:
        """A bound of coverage at once, then a good one, and `guided`: a roster that follows the relaxation."""
        try:
            self._cover()
        finally:
            self.covered.set()

    def _cover(self) -> None:
        if self._late():
            return
        table, weights = self.table.for_coverage, (SCALE, 0)
        pricing = Pricing(table)
        free = pricing.reply(weights, np.zeros(pricing.linking.count, np.int64))
        self._prove_coverage(free.bound)
        began = time.monotonic()
        problem = relaxation_of(pricing, weights)
        self.size = _size(problem, time.monotonic() - began)
        if self._late():
            return
        answer = relax(problem, pricing, self._seconds(0.5), self._over, exact=True)
        if answer.dual is not None:
            self._prove_coverage(pricing.reply(weights, answer.dual).bound)
        if len(answer.shares) and not self._late():
            self.shares = answer.shares
            self._follow(answer.shares)

    def prefer(self, until: float) -> None:
        """Bounds of preference, until a share of the time: coverage is exchanged for more preference, then for less."""
        self._until = until
        if self._late():
            return
        pricing = Pricing(self.table)
        for grows in (True, False):
            exchange = _FIRST_EXCHANGE * 2 if grows and self._values else _FIRST_EXCHANGE
            if not grows:
                exchange //= 2
            while exchange and not self._late() and self._try(pricing, exchange):
                exchange = exchange * 2 if grows else exchange // 2

    def settle(self) -> None:
        """The bound of preference at the coverage that the best roster has by now."""
        if self._values:
            self.monitor.proved(Level.PREFERENCE, self._preference())

    def _preference(self) -> int:
        coverage = self.incumbent.score.coverage
        return max(-(-(value - exchange * coverage) // SCALE) for exchange, value in self._values.items())

    def _try(self, pricing: Pricing, exchange: int) -> bool:
        """One exchange; gives whether the bound got better by it."""
        before = self._preference() if self._values else None
        weights: Weights = (exchange, SCALE)
        problem = relaxation_of(pricing, weights)
        if self._late():
            return False
        answer = relax(problem, pricing, self._seconds(1.0), self._over, exact=False)
        if answer.dual is None:
            return False
        self._values[exchange] = pricing.reply(weights, answer.dual).bound
        self.settle()
        return before is None or self._preference() > before

    def _prove_coverage(self, bound: int) -> None:
        self.monitor.proved(Level.COVERAGE, -(-bound // SCALE))

    def _over(self) -> bool:
        return self.monitor.over

    def _late(self) -> bool:
        return self._over() or self._left() < min(_SPARE_SECONDS, 0.2 * self.monitor.limits.seconds)

    def _left(self) -> float:
        return self._until * self.monitor.limits.seconds - self.monitor.seconds

    def _seconds(self, share: float) -> float:
        limit = self.monitor.limits.seconds
        return min(self._left() - min(_SPARE_SECONDS, 0.2 * limit) / 2, share * limit)

    def _follow(self, shares: Reals) -> None:
        """Let CP-SAT choose for coverage among the pairs that the relaxation uses at all."""
        ledger, places = Ledger(self.table, self.held), greedy.places_of(self.table, self.held)
        insert_listed(ledger.arrays, ledger.state, places, np.argsort(-shares, kind="stable"))
        roster = ledger.chosen.copy()
        limits = self.monitor.limits
        used = np.flatnonzero((shares > _USED) & ~self.held)
        roster[shares <= _USED] = self.held[shares <= _USED]
        if check.score(self.table.model, roster).hard == 0:
            effort = Effort(0.1 * limits.seconds, 1, limits.seed, limits.memory_mb, over=self._over)
            roster = improve(self.table.for_coverage, self.cliques, roster, used, effort).roster
        self.guided = greedy.build_roster(self.table, roster, self.held)
        self.incumbent.offer(self.guided)


def _size(problem: Relaxation, seconds: float) -> ModelSize:
    return ModelSize(len(problem.price), len(problem.low), round(seconds, 3))
