"""How does column generation serve a roster? A bound over everybody, a dive from it, and dives again for crews."""

from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor

import numpy as np

from scheduler.domain.score import Level, Score
from scheduler.optimiser.columns import Column
from scheduler.optimiser.dive import Dive
from scheduler.optimiser.generate import Bound, Generation
from scheduler.optimiser.guided import Guided
from scheduler.optimiser.incumbent import Incumbent
from scheduler.optimiser.links import Weights
from scheduler.optimiser.market import Market, rows_and_pricers
from scheduler.optimiser.master import SCALE
from scheduler.optimiser.progress import Monitor
from scheduler.optimiser.responses import Responses
from scheduler.terms.kinds import Bools, Ints
from scheduler.terms.patterns import IMPOSSIBLE
from scheduler.terms.table import Table

_SWEEPS = 17
_START_SHARE, _START_UNTIL = 0.08, 0.5
"""What responses may take as a share of the time, and the share of the time at which they end in any case."""

_BOUND_UNTIL, _DIVE_UNTIL, _CREW_SECONDS = 0.5, 0.85, 5.0
"""Shares of the time until which the bound is sought, and until which the dive may go on; seconds for a crew."""

_STEPS, _BLUR = 2, 0.7
_PARTS = (0, 8, 4, 2, 1)
"""Steps between two rounds; before the first there is one per row and expert, because a master needs many patterns
before its prices mean anything. They start at true prices: blurred, and divided by parts."""

_GUIDED_UNTIL, _GUIDED_TRIES = 0.6, 3
"""Until this share of the time the prices of the bound are followed, and how many rosters in a row may be no better."""

_AGAIN_UNTIL, _NEAR_GAP, _NOISE = 0.7, 0.01, 0.1
"""Until this share of the time, and while the gap is above this, there are more dives, by shares shaken by so much."""

_MASTER_CELLS = 100_000
"""From so many rows times experts on a master is too slow, and prices climb without one."""

_HOPELESS_GAP, _HOPELESS_AFTER = 0.5, 0.25
"""A bound as far as this from the best roster after this share of the time will not be of use."""

_CREW_STEPS, _CREW_ROUNDS, _NEAR = 30, 25, 0.02
_KNOWN = 15
"""Patterns per expert that a crew starts with, those that are cheapest at the prices of the bound."""


class Crews:
    """Columns, prices and bound of one model."""

    def __init__(self, table: Table, incumbent: Incumbent, held: Bools, monitor: Monitor) -> None:
        self.table, self.incumbent, self.monitor = table, incumbent, monitor
        self.weights: Weights = (SCALE, SCALE)
        self.links, self.desk = rows_and_pricers(table, held, monitor.count)
        self.everybody = range(table.pairs.experts)
        self.random = np.random.default_rng(monitor.limits.seed)
        self.best: Bound | None = None
        self.started, self.usable = False, True

    def start(self) -> None:
        """A first roster by everybody's responses."""
        self.started = True
        totals = np.zeros(self.links.rows, np.int64)
        seconds = _START_SHARE * self.monitor.limits.seconds
        with ThreadPoolExecutor(self.monitor.limits.workers) as executor:
            market = self._market(executor, _START_UNTIL)
            self._offer(Responses(market, self.everybody, totals, self.random).run(_SWEEPS, seconds))

    def run(self) -> None:
        """A first roster, a bound, and a dive from it."""
        monitor = self.monitor
        with ThreadPoolExecutor(monitor.limits.workers) as executor:
            self.usable = self._is_usable(self._market(executor, 1.0))
            if not self.usable:
                return
            if not self.started:
                with monitor.phase("responses"):
                    self.start()
            with monitor.phase("columns"):
                generation = self._bound(self._market(executor, _BOUND_UNTIL))
            if not monitor.proven and self.best is not None:
                with monitor.phase("guided"):
                    self._follow(self._market(executor, _GUIDED_UNTIL), generation)
            if not monitor.proven and not self._is_hopeless():
                with monitor.phase("dive"):
                    self._dive(self._market(executor, _DIVE_UNTIL), generation)

    def run_again(self) -> None:
        """More dives, unless the bound is of no use."""
        if self.usable and not self.monitor.proven and not self._is_hopeless():
            with self.monitor.phase("more dives"), ThreadPoolExecutor(self.monitor.limits.workers) as executor:
                self._dive_again(self._market(executor, _AGAIN_UNTIL))

    def pick(self, size: float, random: np.random.Generator) -> Ints:
        """A crew with about `size` pairs: at random, or rather those whose pattern is dear at the best prices."""
        pairs, roster = self.table.pairs, self.incumbent.roster
        count = min(pairs.experts, max(2, round(size * pairs.experts / len(pairs))))
        chance = np.ones(pairs.experts)
        if self.best is not None and random.random() < 0.5:
            dear = np.array([self._toll(self.desk.column(e, roster)) for e in self.everybody]) - self.best.least
            chance = dear + 0.2 * dear.mean() + 1
        return random.choice(pairs.experts, count, replace=False, p=chance / chance.sum())

    def improve(self, roster: Bools, crew: Sequence[int]) -> tuple[Bools, bool]:
        """The roster with better patterns for a crew; and whether the crew is settled in the time."""
        seconds = min(1.0, (self.monitor.seconds + _CREW_SECONDS) / self.monitor.limits.seconds)
        columns, settled = self._patterns(self._market(None, seconds), roster, crew)
        if columns is None:
            return roster, settled
        found = roster.copy()
        found[np.isin(self.table.pairs.expert, crew)] = False
        for column in columns:
            found[column.pairs] = True
        return found, True

    def _is_usable(self, market: Market) -> bool:
        """Has everybody a lawful pattern, and is there time to ask? History may have broken a personal limit."""
        nothing = np.zeros(len(self.table.pairs), np.int64)
        replies = self.desk.every(nothing, self.weights, self.everybody, market.executor, market.over)
        return replies is not None and all(reply.bound < IMPOSSIBLE for reply in replies)

    def _market(self, executor: Executor | None, until: float) -> Market:
        """What pricing needs, until a share of the time is over."""
        monitor, latest = self.monitor, until * self.monitor.limits.seconds

        def left() -> float:
            return max(0.0, latest - monitor.seconds)

        return Market(
            self.links, self.desk, self.weights, executor, lambda: monitor.over or monitor.proven or left() <= 0, left,
            monitor.count,
        )  # fmt: skip

    def _bound(self, market: Market) -> Generation:
        """Column generation over everybody until it is closed or the time is up; tells every better bound."""
        generation = Generation(market, self.everybody, np.zeros(self.links.count, np.int64))
        roster = self.incumbent.roster
        generation.master.add([self.desk.column(expert, roster) for expert in self.everybody])
        totals = self.links.group_totals(np.flatnonzero(roster))
        dual = self.links.blurred_dual(totals, self.weights, _BLUR)
        for part in _PARTS:
            generation.ask(dual // part if part else dual * 0)
            self._prove(generation)
        if self.links.count * len(self.everybody) > _MASTER_CELLS:
            for _ in generation.climb():
                self._prove(generation)
            return generation
        rows_per_expert = self.links.count // max(1, len(self.everybody))
        generation.descend(rows_per_expert, self._price_of(self.incumbent.score))
        self._prove(generation)
        while not market.over() and not self._is_hopeless() and generation.round():
            assert generation.mix is not None
            generation.descend(_STEPS, generation.mix.price)
            self._prove(generation)
        self._prove(generation)
        return generation

    def _is_hopeless(self) -> bool:
        return self.monitor.seconds > _HOPELESS_AFTER * self.monitor.limits.seconds and self._gap() > _HOPELESS_GAP

    def _follow(self, market: Market, generation: Generation) -> None:
        """Rosters that start from the prices of the bound, while each few of them better the best one."""
        tries = 0
        while tries < _GUIDED_TRIES and not market.over() and self._gap() > _NEAR_GAP:
            before, tries = self.incumbent.score, tries + 1
            self._offer(Guided(market, generation.guide(), self.random).best())
            if self.incumbent.score < before:
                tries = 0

    def _dive(self, market: Market, generation: Generation, noise: float = 0.0) -> None:
        """A roster from the mix of a column generation over everybody."""
        generation.market = market
        generation.mix = generation.master.solve(market.left())
        if generation.mix is not None:
            dive = Dive(market, generation, self._price_of(self.incumbent.score))
            dive.shake(noise, self.random)
            self._offer(dive.run())

    def _dive_again(self, market: Market) -> None:
        """Other dives from the cheapest columns, while the best roster is far from the bound."""
        while self.best is not None and not market.over() and self._gap() > _NEAR_GAP:
            generation = Generation(market, self.everybody, np.zeros(self.links.count, np.int64))
            generation.master.add(self._known(self.everybody))
            generation.ask(self.best.dual)
            self._dive(market, generation, _NOISE)

    def _gap(self) -> float:
        score = self._price_of(self.incumbent.score)
        return (score - self.best.value) / max(1, abs(score)) if self.best is not None else 1.0

    def _patterns(self, market: Market, roster: Bools, crew: Sequence[int]) -> tuple[list[Column] | None, bool]:
        """Better patterns for a crew while all others keep theirs; and whether it is settled that there are none."""
        mine = [self.desk.column(expert, roster) for expert in crew]
        base = self.links.group_totals(np.flatnonzero(roster))
        for column in mine:
            np.subtract.at(base, column.group, column.weight)
        generation = Generation(market, crew, base)
        generation.master.add(mine)
        generation.master.add(self._known(crew))
        if self.best is not None:
            generation.ask(self.best.dual)
        target = self._price(mine, base)
        generation.descend(_CREW_STEPS, target)
        best = generation.best
        room = target - best.value if best is not None else 0
        generation.settle(_CREW_ROUNDS, _STEPS, int(_NEAR * room), target - SCALE)
        if generation.best is not None and generation.best.points * SCALE >= target:
            return None, True
        if generation.mix is None:
            return None, False
        return Dive(market, generation, target).run(), False

    def _toll(self, column: Column) -> int:
        """What a pattern costs at the prices of the bound."""
        assert self.best is not None
        return column.price(self.weights) + int(column.weight @ self.best.dual[column.group])

    def _price_of(self, score: Score) -> int:
        """A roster's score in 1 / 64."""
        return self.weights[0] * score.coverage + self.weights[1] * score.preference

    def _price(self, columns: Sequence[Column], base: Ints) -> int:
        """What these columns and all linking rows cost, with the totals of others at `base`."""
        totals = base.copy()
        for column in columns:
            np.add.at(totals, column.group, column.weight)
        return sum(c.price(self.weights) for c in columns) + self.links.cost(totals, self.weights)

    def _known(self, crew: Sequence[int]) -> list[Column]:
        if self.best is None:
            return []
        found: list[Column] = []
        for expert in crew:
            columns = list(self.desk.pool.of_expert[expert])
            price = [self._toll(column) for column in columns]
            found += [columns[at] for at in np.argsort(price, kind="stable")[:_KNOWN]]
        return found

    def _prove(self, generation: Generation) -> None:
        if generation.best is not None and (self.best is None or generation.best.value > self.best.value):
            self.best = generation.best
            value = self.best.value - self.weights[0] * self.incumbent.score.coverage
            self.monitor.proved(Level.PREFERENCE, -(-value // self.weights[1]))

    def _offer(self, columns: list[Column] | None) -> None:
        if columns is not None:
            roster = np.zeros(len(self.table.pairs), np.bool_)
            for column in columns:
                roster[column.pairs] = True
            self.incumbent.offer(roster)
