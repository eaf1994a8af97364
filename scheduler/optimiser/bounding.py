"""What preference can a large model not undercut, at the coverage of its best roster? Better and better prices."""

import numpy as np

from scheduler.domain.score import Level
from scheduler.optimiser.ascent import Ascent, Asked, points
from scheduler.optimiser.covering import MIDDLING_PAIRS, Covering
from scheduler.optimiser.desk import Desk
from scheduler.optimiser.lately import Lately
from scheduler.optimiser.links import Links, Weights
from scheduler.optimiser.market import rows_and_pricers
from scheduler.optimiser.master import SCALE
from scheduler.optimiser.relaxation import relax, relaxation_of
from scheduler.optimiser.stretch import Stretch
from scheduler.terms.kinds import Ints
from scheduler.terms.table import Table

_FIRST_EXCHANGE, _WHOLE_EXCHANGE, _EXCHANGE_FACTOR = SCALE, 16 * SCALE, 4
"""How many 64ths of a point of preference a point of coverage is exchanged for at first, also where coverage is
bounded as a whole, and what is tried next."""

_PRICES_SHARE = 0.25
"""The share of the time for the relaxation."""

_NEWS_SECONDS = 0.5
"""How long a better bound may wait until it is told."""

_OUTDATED = 2
"""Prices go on with another model when places outside the core should be so many times more, or less, dear."""

_HOPED = 0.25
"""How much of the coverage that the core does not explain will be left when coverage has been improved to the end."""


class Bounds:
    """Preference among rosters that cover at least as well as the best found; `lately` tells which pairs are chosen.

    `hopeful` while coverage is still improved; places outside the core count `emphasis` times.
    """

    def __init__(self, covering: Covering) -> None:
        self.covering, self.table, self.incumbent = covering, covering.table, covering.incumbent
        self.monitor, self.stretch = covering.monitor, covering.stretch
        self.lately = Lately(len(covering.held))
        self.hopeful, self.emphasis = True, 1
        self._values: dict[int, int] = {}
        self._told = 0.0
        self._prices: Ints | None = None

    def prefer(self, until: float) -> None:
        """Better and better bounds, until a share of the time: coverage counts more, then less.

        It goes on with another model when another fits what the core explains of the best roster's coverage.
        """
        self.stretch = Stretch(self.monitor, until)
        while not self.stretch.late:
            self._values, self.emphasis = {}, self._fitting()
            self._prefer(*rows_and_pricers(self._priced_table(), self.covering.held, self.monitor.count))
            if not self._is_outdated():
                return

    def settle(self) -> None:
        """The bound at the coverage that the best roster has by now."""
        if self._values:
            allowed = self._allowed()
            best = max(value - exchange * allowed for exchange, value in self._values.items())
            self.monitor.proved(Level.PREFERENCE, points(best))

    def _prefer(self, links: Links, desk: Desk) -> None:
        best, first = None, _WHOLE_EXCHANGE if len(self.covering.held) <= MIDDLING_PAIRS else _FIRST_EXCHANGE
        for factor in (_EXCHANGE_FACTOR, 1 / _EXCHANGE_FACTOR):
            exchange = first if best is None else round(first * factor)
            while exchange and not self._late_or_outdated():
                ascent = Ascent(links, desk, self._late_or_outdated, self.lately)
                found = self._climb(ascent, (exchange, SCALE))
                if found is None or (best is not None and found <= best):
                    break
                best, exchange = found, round(exchange * factor)

    def _late_or_outdated(self) -> bool:
        return self.stretch.late or self._is_outdated()

    def _is_outdated(self) -> bool:
        """Would more be shown by another model than the one that is priced?"""
        fitting = self._fitting()
        return fitting >= _OUTDATED * self.emphasis or self.emphasis >= _OUTDATED * fitting

    def _climb(self, ascent: Ascent, weights: Weights) -> int | None:
        """Better and better prices until little is left to gain; gives the best bound, None where there is none."""
        dual: Ints | None = None
        if self._values or self._begin(ascent, weights, np.zeros(ascent.links.count, np.int64)):
            dual = self._first_prices(ascent.links, weights)
            asked = self._begin(ascent, weights, dual) if dual is not None else None
            while asked is not None:
                self._note(asked)
                ascent.allowed = self._allowed()
                asked = None if ascent.settled else ascent.step()
        best = ascent.best
        self._prices = None if not self._is_outdated() else dual if best is None else best.dual
        return None if best is None else ascent.worth(best)

    def _begin(self, ascent: Ascent, weights: Weights, dual: Ints) -> Asked | None:
        asked = ascent.begin(weights, dual, self._allowed())
        if asked is not None:
            self._note(asked)
        return asked

    def _note(self, asked: Asked) -> None:
        exchange = asked.weights[0]
        self._values[exchange] = max(asked.value, self._values.get(exchange, asked.value))
        if self.monitor.seconds > self._told + _NEWS_SECONDS:
            self._told = self.monitor.seconds
            self.settle()

    def _priced_table(self) -> Table:
        """What is priced: with dearer places where the core settles what scarce ones cost."""
        core = self.covering.core
        return self.table if core is None or self.emphasis == 1 else Table(core.emphasised(self.emphasis))

    def _fitting(self) -> int:
        """How many times as dear places outside the core should be by now."""
        core, explained = self.covering.core, self.covering.explained
        if core is None:
            return 1
        left = max(0, self.incumbent.score.coverage - explained)
        return core.emphasis(explained, round(_HOPED * left) if self.hopeful else left)

    def _allowed(self) -> int:
        """The most coverage, by the model that is priced, of a roster that has no more than the best by its own."""
        coverage, covering = self.incumbent.score.coverage, self.covering
        return coverage if covering.core is None else covering.core.allowed(coverage, covering.explained, self.emphasis)

    def _first_prices(self, links: Links, weights: Weights) -> Ints | None:
        """Where to begin: the best prices of a model that is outdated, else those of the relaxation."""
        known, self._prices = self._prices, None
        return self._linear_prices(links, weights) if known is None else links.within(weights, known)

    def _linear_prices(self, links: Links, weights: Weights) -> Ints | None:
        problem = relaxation_of(links, weights)
        if self.stretch.late:
            return None
        seconds = self.stretch.seconds(_PRICES_SHARE)
        dual = relax(problem, links, seconds, lambda: self.monitor.over, self.monitor.count, exact=False).dual
        return None if dual is None else links.within(weights, dual)
