"""What can a large model not undercut? Its relaxation, solved beside the search, and a roster guided by it."""

import math
import time

import numpy as np

from scheduler.domain.score import Level
from scheduler.optimiser import greedy
from scheduler.optimiser.encoding import Encoding
from scheduler.optimiser.incumbent import Incumbent
from scheduler.optimiser.progress import Monitor
from scheduler.optimiser.relaxation import Reals, relax, relaxation_of
from scheduler.optimiser.result import ModelSize
from scheduler.terms.cliques import Cliques
from scheduler.terms.delta import Ledger
from scheduler.terms.kinds import Bools
from scheduler.terms.moves import insert_listed
from scheduler.terms.table import Table


class LinearBounds:
    """Coverage first, then preference among rosters that cover at least as well as the best found by then."""

    def __init__(self, table: Table, cliques: Cliques, incumbent: Incumbent, held: Bools, monitor: Monitor) -> None:
        self.table, self.cliques, self.incumbent, self.held = table, cliques, incumbent, held
        self.monitor, self.size = monitor, ModelSize()

    def find(self) -> None:
        """Work until both bounds are there or the time is up."""
        for level in (Level.COVERAGE, Level.PREFERENCE):
            if not self.monitor.over:
                self._bound(level)

    def _bound(self, level: Level) -> None:
        began, score = time.monotonic(), self.incumbent.score
        encoding = Encoding(self.table, self.cliques, self.incumbent.roster, self.table.pairs.every, self.held)
        programme = encoding.programme
        amount = score.coverage if level == Level.COVERAGE else score.preference
        constant = amount - programme.hinted(level)
        if level == Level.PREFERENCE:
            programme.at_most(Level.COVERAGE, programme.hinted(Level.COVERAGE))
        else:
            seconds = round(time.monotonic() - began, 3)
            self.size = ModelSize(programme.variables, programme.constraints, seconds)
        problem = relaxation_of(programme, level)
        answer = relax(problem, self.monitor.left - 1, approximate=level == Level.PREFERENCE)
        if math.isfinite(answer.bound):
            self.monitor.proved(level, math.ceil(answer.bound - 1e-4) + constant)
        if len(answer.shares) and level == Level.COVERAGE:
            self._follow(answer.shares[encoding.literal])

    def _follow(self, shares: Reals) -> None:
        """Insert pairs in the order of their shares in the relaxation, and offer what comes out."""
        ledger = Ledger(self.table, self.held)
        places = greedy.places_of(self.table, self.held)
        insert_listed(ledger.arrays, ledger.state, places, np.argsort(-shares, kind="stable"))
        self.incumbent.offer(greedy.build_roster(self.table, ledger.chosen, self.held))
