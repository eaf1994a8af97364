"""What can a large model not undercut? Its relaxation, solved beside the search, and a roster guided by it."""

import math
import time
from contextlib import suppress

import numpy as np

from scheduler.domain.score import Level
from scheduler.optimiser import greedy
from scheduler.optimiser.cpsat import Effort
from scheduler.optimiser.encoding import Encoding, OutOfTime
from scheduler.optimiser.incumbent import Incumbent
from scheduler.optimiser.progress import Monitor
from scheduler.optimiser.relaxation import Reals, relax, relaxation_of
from scheduler.optimiser.result import ModelSize
from scheduler.optimiser.search import improve
from scheduler.terms import check
from scheduler.terms.cliques import Cliques
from scheduler.terms.delta import Ledger
from scheduler.terms.kinds import Bools
from scheduler.terms.moves import insert_listed
from scheduler.terms.table import Table

_COVERAGE_SHARE = 0.5
"""The part of the time that the bound of coverage may use."""

_USED = 1e-6
"""Shares up to this are the solver's zero."""


class LinearBounds:
    """Coverage first, then preference among rosters that cover at least as well as the best found by then."""

    def __init__(self, table: Table, cliques: Cliques, incumbent: Incumbent, held: Bools, monitor: Monitor) -> None:
        self.table, self.cliques, self.incumbent, self.held = table, cliques, incumbent, held
        self.monitor, self.size = monitor, ModelSize()

    def find(self) -> None:
        """Work until both bounds are there or the time is up."""
        with suppress(OutOfTime):
            for level in (Level.COVERAGE, Level.PREFERENCE):
                self._bound(level)

    def _over(self) -> bool:
        return self.monitor.over

    def _bound(self, level: Level) -> None:
        began, (roster, score) = time.monotonic(), self.incumbent.best
        table = self.table.for_coverage if level == Level.COVERAGE else self.table
        encoding = Encoding(table, self.cliques, roster, table.pairs.every, self.held, over=self._over)
        programme = encoding.programme
        amount = score.coverage if level == Level.COVERAGE else score.preference
        constant = amount - programme.hinted(level)
        if level == Level.PREFERENCE:
            programme.at_most(Level.COVERAGE, programme.hinted(Level.COVERAGE))
        self.size = ModelSize(programme.variables, programme.constraints, round(time.monotonic() - began, 3))
        spare = 1 + 0.03 * self.monitor.limits.seconds
        if self._over() or self.monitor.left < spare:
            raise OutOfTime
        problem, approximate = relaxation_of(programme, level), level == Level.PREFERENCE
        share = 1.0 if approximate else _COVERAGE_SHARE
        seconds = min(self.monitor.left - spare, share * self.monitor.limits.seconds)
        answer = relax(problem, seconds, self._over, approximate=approximate)
        if math.isfinite(answer.bound):
            self.monitor.proved(level, math.ceil(answer.bound - 1e-4) + constant)
        if len(answer.shares) and level == Level.COVERAGE and not self._over():
            self._follow(answer.shares[encoding.literal])

    def _follow(self, shares: Reals) -> None:
        """Let CP-SAT choose for coverage among the pairs that the relaxation uses at all."""
        ledger, places = Ledger(self.table, self.held), greedy.places_of(self.table, self.held)
        insert_listed(ledger.arrays, ledger.state, places, np.argsort(-shares, kind="stable"))
        roster = ledger.chosen.copy()
        limits = self.monitor.limits
        used = np.flatnonzero((shares > _USED) & ~self.held)
        roster[shares <= _USED] = self.held[shares <= _USED]
        if check.score(self.table.model, roster).hard == 0:
            effort = Effort(0.15 * limits.seconds, 1, limits.seed, limits.memory_mb, over=self._over)
            roster = improve(self.table, self.cliques, roster, used, effort).roster
        self.incumbent.offer(greedy.build_roster(self.table, roster, self.held))
