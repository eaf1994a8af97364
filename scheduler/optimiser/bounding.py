"""What can a large model not undercut? Prices of a linear relaxation, its scarcest shifts as whole, better prices."""

import threading
import time

import numpy as np

from scheduler.domain.score import Level
from scheduler.optimiser import greedy
from scheduler.optimiser.ascent import Ascent, Asked, points
from scheduler.optimiser.columns import Pool
from scheduler.optimiser.core import Core, core_of
from scheduler.optimiser.cpsat import LP_STRONG, Effort
from scheduler.optimiser.desk import Desk
from scheduler.optimiser.incumbent import Incumbent
from scheduler.optimiser.lately import Lately
from scheduler.optimiser.links import Links, Weights
from scheduler.optimiser.lp import Reals
from scheduler.optimiser.master import SCALE
from scheduler.optimiser.progress import Monitor
from scheduler.optimiser.relaxation import Relaxation, relax, relaxation_of
from scheduler.optimiser.result import ModelSize
from scheduler.optimiser.search import improve
from scheduler.terms import check
from scheduler.terms.cliques import Cliques
from scheduler.terms.delta import Ledger
from scheduler.terms.kinds import Bools, Ints
from scheduler.terms.moves import insert_listed
from scheduler.terms.pairs import Model
from scheduler.terms.table import Table

_FIRST_EXCHANGE, _WHOLE_EXCHANGE, _EXCHANGE_FACTOR = SCALE, 16 * SCALE, 4
"""How many 64ths of a point of preference a point of coverage is exchanged for at first, also where coverage is
bounded as a whole, and what is tried next."""

_USED = 1e-6
"""Shares up to this are the solver's zero."""

_SPARE_SECONDS = 1.5
"""What cannot be stopped at once must have begun this long before the end."""

_LINEAR_SHARE, _PRICES_SHARE, _CORE_SHARE = 0.5, 0.25, 0.2
"""Shares of the time for the relaxation of coverage, for that of preference, and for the core."""

MIDDLING_PAIRS, _WHOLE_SHARE = 15_000, 0.25
"""Up to so many pairs all go to CP-SAT for coverage where the scarcest shifts do not settle it; for what share."""

_NEWS_SECONDS = 0.5
"""How long a better bound may wait until it is told."""

_NEAR_CORE = 0.02
"""Places outside the core are dearer while the core's bound is as near to the coverage found as this."""


class Bounds:
    """Coverage first, then preference among rosters that cover at least as well as the best found.

    `lately` tells which pairs are chosen at the prices of preference. When coverage is bounded, `guided` is a roster
    that follows the relaxation, in which `kept` pairs should stay.
    """

    def __init__(self, table: Table, cliques: Cliques, incumbent: Incumbent, held: Bools, monitor: Monitor) -> None:
        self.table, self.cliques, self.incumbent, self.held = table, cliques, incumbent, held
        self.monitor, self.size = monitor, ModelSize()
        self.shares: Reals = np.zeros(0)
        self.lately = Lately(len(held))
        self.guided: Bools | None = None
        self.kept = held
        self.covered, self._until = threading.Event(), 1.0
        self._core: tuple[Core, int] | None = None
        self.priced_with_core = False
        self._values: dict[int, int] = {}
        self._told = 0.0

    def cover(self) -> None:
        """A bound of coverage at once, then a good one, and a roster that follows it."""
        try:
            self._cover()
        finally:
            self.covered.set()

    def prefer(self, until: float) -> None:
        """Better and better bounds of preference, until a share of the time: coverage counts more, then less.

        It begins again when the best roster has come near to what the core explains, because more can be shown then.
        """
        self._until = until
        while not self._late():
            self._values, model = {}, self._priced_model()
            self._prefer(*self._market(model))
            if not self._is_outdated():
                return

    def _prefer(self, links: Links, desk: Desk) -> None:
        best, first = None, _FIRST_EXCHANGE if len(self.held) > MIDDLING_PAIRS else _WHOLE_EXCHANGE
        for factor in (_EXCHANGE_FACTOR, 1 / _EXCHANGE_FACTOR):
            exchange = first if best is None else round(first * factor)
            while exchange and not self._over_or_outdated():
                ascent = Ascent(links, desk, self._over_or_outdated, self.lately)
                found = self._climb(ascent, (exchange, SCALE))
                if found is None or (best is not None and found <= best):
                    break
                best, exchange = found, round(exchange * factor)

    def _over_or_outdated(self) -> bool:
        return self._late() or self._is_outdated()

    def _is_outdated(self) -> bool:
        """Would more be shown by a model that was not yet worth it when this one was priced?"""
        return not self.priced_with_core and self._is_near_core()

    def _climb(self, ascent: Ascent, weights: Weights) -> int | None:
        """Better and better prices until little is left to gain; gives the best bound, None where there is none."""
        if self._values or self._begin(ascent, weights, np.zeros(ascent.links.count, np.int64)):
            dual = self._linear_prices(ascent.links, weights)
            asked = self._begin(ascent, weights, dual) if dual is not None else None
            while asked is not None:
                self._note(asked)
                ascent.allowed = self._expected()
                asked = None if ascent.settled else ascent.step()
        return None if ascent.best is None else ascent.worth(ascent.best)

    def _begin(self, ascent: Ascent, weights: Weights, dual: Ints) -> Asked | None:
        asked = ascent.begin(weights, dual, self._expected())
        if asked is not None:
            self._note(asked)
        return asked

    def settle(self) -> None:
        """The bound of preference at the coverage that the best roster has by now."""
        if self._values:
            allowed = self._allowed(self.incumbent.score.coverage)
            best = max(value - exchange * allowed for exchange, value in self._values.items())
            self.monitor.proved(Level.PREFERENCE, points(best))

    def _cover(self) -> None:
        if self._late():
            return
        table, weights = self.table.for_coverage, (SCALE, 0)
        links, desk = self._market(table.model, table)
        ascent = Ascent(links, desk, self._late, Lately(len(self.held)))
        self._prove_coverage(ascent.begin(weights, np.zeros(links.count, np.int64), 0))
        began = time.monotonic()
        problem = relaxation_of(links, weights)
        self.size = _size(problem, time.monotonic() - began)
        if self._late():
            return
        answer = relax(problem, links, self._seconds(_LINEAR_SHARE), self._over, self.monitor.count, exact=True)
        dual = answer.dual
        if dual is not None:
            self._prove_coverage(ascent.ask(weights, links.within(weights, dual)))
        if len(answer.shares) and dual is not None and not self._late():
            self.shares = answer.shares
            self._follow(self._solve_core(core_of(self.table, links.toll(dual)), _CORE_SHARE))
            if len(self.held) <= MIDDLING_PAIRS and not self._is_covered() and not self._late():
                whole = self._solve_core(Core(self.table.model, np.ones(len(self.held), np.bool_)), _WHOLE_SHARE)
                self.guided, self.kept = greedy.build_roster(self.table, whole, self.held), self.held
                self.incumbent.offer(self.guided)

    def _market(self, model: Model, table: Table | None = None) -> tuple[Links, Desk]:
        table = table or Table(model)
        links = Links(table, table.owner >= 0)
        return links, Desk(table, self.held, Pool(links), count=self.monitor.count)

    def _priced_model(self) -> Model:
        """The model whose preference is bounded: with dearer places where the core settles what scarce ones cost."""
        if self._core is not None and self._is_near_core():
            self.priced_with_core = True
            return self._core[0].emphasised()
        return self.table.model

    def _is_near_core(self) -> bool:
        coverage = self.incumbent.score.coverage
        return self._core is not None and coverage - self._core[1] <= _NEAR_CORE * abs(coverage)

    def _allowed(self, coverage: int) -> int:
        """The most coverage, by the model that is priced, of a roster that has no more than this by its own."""
        return self._core[0].allowed(coverage, self._core[1]) if self._core and self.priced_with_core else coverage

    def _expected(self) -> int:
        """The same for the coverage that the best roster may yet come to: what the core explains, where it does."""
        return self._allowed(self._core[1] if self._core and self.priced_with_core else self.incumbent.score.coverage)

    def _linear_prices(self, links: Links, weights: Weights) -> Ints | None:
        problem = relaxation_of(links, weights)
        if self._late():
            return None
        seconds = self._seconds(_PRICES_SHARE)
        dual = relax(problem, links, seconds, self._over, self.monitor.count, exact=False).dual
        return None if dual is None else links.within(weights, dual)

    def _note(self, asked: Asked) -> None:
        exchange = asked.weights[0]
        self._values[exchange] = max(asked.value, self._values.get(exchange, asked.value))
        if self.monitor.seconds > self._told + _NEWS_SECONDS:
            self._told = self.monitor.seconds
            self.settle()

    def _prove_coverage(self, asked: Asked | None) -> None:
        if asked is not None:
            self.monitor.proved(Level.COVERAGE, points(asked.value))

    def _over(self) -> bool:
        return self.monitor.over

    def _late(self) -> bool:
        return self._over() or self._left() < min(_SPARE_SECONDS, 0.2 * self.monitor.limits.seconds)

    def _left(self) -> float:
        return self._until * self.monitor.limits.seconds - self.monitor.seconds

    def _seconds(self, share: float) -> float:
        limit = self.monitor.limits.seconds
        return min(self._left() - min(_SPARE_SECONDS, 0.2 * limit) / 2, share * limit)

    def _solve_core(self, core: Core, share: float) -> Bools:
        """A bound of coverage from a core within a share of the time, and the pairs that it chooses."""
        limits = self.monitor.limits
        effort = Effort(
            self._seconds(share), limits.workers, limits.seed, limits.memory_mb, LP_STRONG, over=self._over,
            count=self.monitor.count,
        )  # fmt: skip
        found, roster = core.solve(self.incumbent.roster, self.held, effort), self.held.copy()
        if found is not None:
            if self._core is None or found[0] > self._core[1]:
                self._core = core, found[0]
            self.monitor.proved(Level.COVERAGE, found[0])
            roster[core.kept] = found[1]
        return roster

    def _follow(self, kept: Bools) -> None:
        """Keep what the core chooses, then go by share; or let CP-SAT choose among all pairs that have a share."""
        shares, limits = self.shares, self.monitor.limits
        ledger, places = Ledger(self.table, kept), greedy.places_of(self.table, kept)
        insert_listed(ledger.arrays, ledger.state, places, np.argsort(-shares, kind="stable"))
        roster = ledger.chosen.copy()
        if not self._is_core_best():
            used = np.flatnonzero((shares > _USED) & ~self.held)
            roster[shares <= _USED] = self.held[shares <= _USED]
            if check.score(self.table.model, roster).hard == 0:
                effort = Effort(
                    0.1 * limits.seconds, 1, limits.seed, limits.memory_mb, over=self._over, count=self.monitor.count
                )  # fmt: skip
                roster = improve(self.table.for_coverage, self.cliques, roster, used, effort).roster
            kept = self.held
        self.guided = greedy.build_roster(self.table, roster, self.held)
        self.kept = kept & self.guided
        self.incumbent.offer(self.guided)

    def _is_covered(self) -> bool:
        """Is the best roster's coverage proven?"""
        return self.incumbent.score.coverage == self.monitor.bound.coverage

    def _is_core_best(self) -> bool:
        """Do the scarcest shifts by themselves explain all the coverage that must stay open?"""
        return self._core is not None and self._core[1] == self.monitor.bound.coverage


def _size(problem: Relaxation, seconds: float) -> ModelSize:
    return ModelSize(len(problem.price), len(problem.low), round(seconds, 3))
