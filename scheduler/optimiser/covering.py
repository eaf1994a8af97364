"""What coverage can a large model not undercut? Prices of a linear relaxation, then its scarcest shifts as whole."""

import threading
import time

import numpy as np

from scheduler.domain.score import Level
from scheduler.optimiser import greedy
from scheduler.optimiser.ascent import Ascent, Asked, points
from scheduler.optimiser.core import Answer, Core, core_of
from scheduler.optimiser.cpsat import Effort
from scheduler.optimiser.incumbent import Incumbent
from scheduler.optimiser.lately import Lately
from scheduler.optimiser.lp import Reals
from scheduler.optimiser.market import rows_and_pricers
from scheduler.optimiser.master import SCALE
from scheduler.optimiser.openings import closed, lack_of
from scheduler.optimiser.progress import Monitor
from scheduler.optimiser.relaxation import Relaxation, relax, relaxation_of
from scheduler.optimiser.result import ModelSize
from scheduler.optimiser.search import improve
from scheduler.optimiser.stretch import Stretch
from scheduler.terms import check
from scheduler.terms.cliques import Cliques
from scheduler.terms.delta import Ledger
from scheduler.terms.kinds import Bools, Ints
from scheduler.terms.moves import insert_listed
from scheduler.terms.table import Table

_USED = 1e-6
"""Shares up to this are the solver's zero."""

_LINEAR_SHARE, _CORE_SHARE, _LARGER_SHARE = 0.5, 0.2, 0.2
"""Shares of the time for the relaxation, for the first core, and for larger ones."""

FIRST_PAIRS = 4_000
"""So many pairs CP-SAT usually settles in seconds."""

_LARGER, _MUCH_LONGER = 4, 3
"""How many times as many pairs the next core has, and how many times as long it may well take."""

MIDDLING_PAIRS, _WHOLE_SHARE = 15_000, 0.25
"""Up to so many pairs all go to CP-SAT for coverage where the scarcest shifts do not settle it; for what share."""


class Covering:
    """Bounds of coverage; then `guided` is a roster that follows the relaxation, in which `kept` pairs should stay.

    `core` explains most of the coverage that must stay open, `explained` is how much.
    """

    def __init__(self, table: Table, cliques: Cliques, incumbent: Incumbent, held: Bools, monitor: Monitor) -> None:
        self.table, self.cliques, self.incumbent, self.held = table, cliques, incumbent, held
        self.monitor, self.stretch, self.size = monitor, Stretch(monitor), ModelSize()
        self.shares: Reals = np.zeros(0)
        self.guided: Bools | None = None
        self.kept = held
        self.done = threading.Event()
        self.core: Core | None = None
        self.explained = 0
        self._toll: Ints | None = None
        self._chosen, self._took = held, 0.0
        self._inside = held

    def bound(self) -> None:
        """A bound at once, then a good one, and a roster that follows it."""
        try:
            self._bound()
        finally:
            self.done.set()

    def widen(self, workers: int) -> None:
        """Larger and larger cores of what has a price, as long as each is settled soon; their rosters are offered."""
        most, end = FIRST_PAIRS, self.monitor.seconds + self.stretch.seconds(_LARGER_SHARE)
        while self._toll is not None and self.can_grow(left := end - self.monitor.seconds):
            most *= _LARGER
            core = core_of(self.table, self._toll, most)
            if core.pairs <= self._inside.sum() or not self._solve(core, self._chosen, left, workers):
                return
            self.incumbent.offer(greedy.build_roster(self.table, self._chosen, self.held))

    def can_grow(self, seconds: float) -> bool:
        """May a larger core explain more, and is it likely settled in so many seconds?"""
        return self._is_open and seconds >= _MUCH_LONGER * self._took

    def grow(self, workers: int) -> None:
        """Until the end: the largest core with the shifts that its roster leaves open when it is completed.

        They need the same people. For preference they say little: `core` stays as it is. No roster is offered: it is
        too late to make up for the preference that it ignores.
        """
        while self._is_open:
            core = self._grown()
            found = core and self._ask(core, self.incumbent.roster, self.stretch.seconds(1.0), workers)
            if not found or not found.proven:
                return

    def _grown(self) -> Core | None:
        """The core that was asked last with what is open beside it; None when nothing is."""
        start, seed = greedy.build_roster(self.table, self._chosen, self.held), self.monitor.limits.seed
        completed = closed(self.table.for_coverage, start, self._chosen & start, seed, self.monitor)
        beside = (lack_of(self.table, completed) > 0)[self.table.pairs.shift] & ~self._inside
        return Core(self.table.model, self._inside | beside) if beside.any() else None

    def _bound(self) -> None:
        if self.stretch.late:
            return
        table, weights = self.table.for_coverage, (SCALE, 0)
        links, desk = rows_and_pricers(table, self.held, self.monitor.count)
        ascent = Ascent(links, desk, lambda: self.stretch.late, Lately(len(self.held)))
        self._prove(ascent.begin(weights, np.zeros(links.count, np.int64), 0))
        began = time.monotonic()
        problem = relaxation_of(links, weights)
        self.size = _size(problem, time.monotonic() - began)
        if self.stretch.late:
            return
        seconds = self.stretch.seconds(_LINEAR_SHARE)
        answer = relax(problem, links, seconds, lambda: self.monitor.over, self.monitor.count, exact=True)
        dual = answer.dual
        if dual is not None:
            self._prove(ascent.ask(weights, links.within(weights, dual)))
        if len(answer.shares) and dual is not None and not self.stretch.late:
            self.shares, self._toll = answer.shares, links.toll(dual)
            self._solve_first(core_of(self.table, self._toll, FIRST_PAIRS))
            if len(self.held) <= MIDDLING_PAIRS and not self._is_covered() and not self.stretch.late:
                self._solve_whole()

    def _prove(self, asked: Asked | None) -> None:
        if asked is not None:
            self.monitor.proved(Level.COVERAGE, points(asked.value))

    def _solve_first(self, core: Core) -> None:
        proven = self._solve(core, self.incumbent.roster, self.stretch.seconds(_CORE_SHARE), self._workers)
        self._follow(self._chosen)
        if not proven:
            self._toll = None

    def _solve_whole(self) -> None:
        everything = Core(self.table.model, np.ones(len(self.held), np.bool_))
        self._chosen = self.held
        self._solve(everything, self.incumbent.roster, self.stretch.seconds(_WHOLE_SHARE), self._workers)
        self.guided, self.kept = greedy.build_roster(self.table, self._chosen, self.held), self.held
        self.incumbent.offer(self.guided)

    def _solve(self, core: Core, start: Bools, seconds: float, workers: int) -> bool:
        """Make a core the one that explains most, if it is; has it no better roster than the one it chooses?"""
        found = self._ask(core, start, seconds, workers)
        if found is not None and (self.core is None or found.bound > self.explained):
            self.core, self.explained = core, found.bound
        return found is not None and found.proven

    def _ask(self, core: Core, start: Bools, seconds: float, workers: int) -> Answer | None:
        """Ask a core for its bound and for the pairs that it chooses."""
        began = self.monitor.seconds
        found = core.solve(start, self.held, self.stretch.effort(seconds, workers))
        self._took = self.monitor.seconds - began
        if found is not None:
            self._chosen, self._inside = core.spread(found.roster, self.held), core.kept
            self.monitor.proved(Level.COVERAGE, found.bound)
        return found

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
                    0.1 * limits.seconds, 1, limits.seed, limits.memory_mb, over=lambda: self.monitor.over,
                    count=self.monitor.count,
                )  # fmt: skip
                roster = improve(self.table.for_coverage, self.cliques, roster, used, effort).roster
            kept = self.held
        self.guided = greedy.build_roster(self.table, roster, self.held)
        self.kept = kept & self.guided
        self.incumbent.offer(self.guided)

    @property
    def _workers(self) -> int:
        return self.monitor.limits.workers

    @property
    def _is_open(self) -> bool:
        """May a larger core explain more?"""
        return not (self._toll is None or self._inside.all() or self._is_covered() or self.stretch.late)

    def _is_covered(self) -> bool:
        """Is the best roster's coverage proven?"""
        return self.incumbent.score.coverage == self.monitor.bound.coverage

    def _is_core_best(self) -> bool:
        """Do the scarcest shifts by themselves explain all the coverage that must stay open?"""
        return self.core is not None and self.explained == self.monitor.bound.coverage


def _size(problem: Relaxation, seconds: float) -> ModelSize:
    return ModelSize(len(problem.price), len(problem.low), round(seconds, 3))
