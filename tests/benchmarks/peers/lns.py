"""How far do greedy and a plain search of large neighbourhoods come: days and venues near by, solved anew by CP-SAT?

The way of the first prototype, in our words: sizes that follow what is proven in time, and as many cells at once as
there are threads.
"""

import random
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import NamedTuple

import numpy as np
from ortools.sat.python import cp_model

from scheduler.domain.score import Level
from scheduler.optimiser.greedy import build_roster
from scheduler.terms import check
from scheduler.terms.kinds import Bools, Ints
from scheduler.terms.pairs import Model
from scheduler.terms.table import Table
from tests.benchmarks.peers.book import Book
from tests.benchmarks.peers.found import Asked, Found

SECONDS, LONGEST = 1.5, 3.0
"""How long a cell should take, and may."""

START, GROWS, SHRINKS, QUICK = 250.0, 1.1, 0.9, 0.6
WINDOWS = (2, 4, 7, 14, 28)


class Tried(NamedTuple):
    """The roster with the cell solved anew, whether nothing better is in it, and how long that took."""

    roster: Bools | None
    proven: bool
    seconds: float


def solve(model: Model, asked: Asked) -> Found:
    """Better or equal rosters are taken over; what comes back is judged anew each time."""
    nothing = np.zeros(len(model.pairs), np.bool_)
    best = build_roster(Table(model), nothing, nothing)
    first, search = time.monotonic() - asked.began, _Cells(model, asked.seed)
    score, running = check.score(model, best), dict[Future[Tried], Bools]()
    with ThreadPoolExecutor(asked.workers) as pool:
        while True:
            while len(running) < asked.workers and asked.until - time.monotonic() > 0.5:
                free = search.draw()
                seconds = min(LONGEST, asked.until - time.monotonic())
                running[pool.submit(search.solved, best, free, seconds, search.random.randrange(1 << 20))] = free
            if not running:
                return Found("feasible", best, first)
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                free, tried = running.pop(future), future.result()
                search.learn(tried)
                if tried.roster is not None:
                    candidate = np.where(free, tried.roster, best)
                    judged = check.score(model, candidate)
                    if judged <= score:
                        best, score = candidate, judged


class _Cells:
    """Draws cells and solves them; `size` is how many shifts one has."""

    def __init__(self, model: Model, seed: int) -> None:
        self.pairs, self.book, self.random, self.size = model.pairs, Book(model), random.Random(seed), START
        worth = self.book.worth
        both = [self.book.total(Level.COVERAGE, worth), self.book.total(Level.PREFERENCE)]
        self.book.cp.minimize(cp_model.LinearExpr.sum(both))
        shifts = self.pairs.shifts
        reach = np.zeros((self.pairs.experts, int(shifts.venue.max(initial=0)) + 1), np.int64)
        reach[self.pairs.expert, shifts.venue[self.pairs.shift]] = 1
        self.shared: Ints = reach.T @ reach

    def learn(self, tried: Tried) -> None:
        """Cells become smaller as long as they are not solved, and larger where that is soon."""
        if not tried.proven:
            self.size *= SHRINKS
        elif tried.seconds < QUICK * SECONDS:
            self.size *= GROWS

    def draw(self) -> Bools:
        """The pairs of all shifts on some days in a row at a venue and those that share most experts with it."""
        shifts, days = self.pairs.shifts, self.pairs.days
        length = min(days, self.random.choice(WINDOWS))
        first = self.random.randrange(days - length + 1)
        inside = (shifts.day >= first) & (shifts.day < first + length)
        free = np.zeros(len(shifts), np.bool_)
        for venue in self._near(self.random.randrange(len(self.shared))):
            free |= inside & (shifts.venue == venue)
            if free.sum() >= self.size:
                break
        return free[self.pairs.shift]

    def _near(self, venue: int) -> Iterator[int]:
        others = np.argsort(-self.shared[venue], kind="stable").tolist()
        yield venue
        yield from (other for other in others if other != venue)

    def solved(self, roster: Bools, free: Bools, seconds: float, seed: int) -> Tried:
        """All other pairs stay."""
        began, cp = time.monotonic(), self.book.cp.clone()
        for literal, chosen in zip(self.book.chosen, roster.tolist(), strict=True):
            cp.add_hint(literal, chosen)
        kept = np.flatnonzero(~free).tolist()
        cp.add_bool_and([self.book.chosen[pair] if roster[pair] else ~self.book.chosen[pair] for pair in kept])
        solver = cp_model.CpSolver()
        solver.parameters.num_workers, solver.parameters.linearization_level = 1, 2
        solver.parameters.symmetry_level = solver.parameters.cp_model_probing_level = 0
        solver.parameters.max_time_in_seconds, solver.parameters.random_seed = seconds, seed
        status = solver.solve(cp)
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return Tried(None, False, time.monotonic() - began)
        found = np.array([solver.boolean_value(literal) for literal in self.book.chosen], np.bool_)
        return Tried(found, status == cp_model.OPTIMAL, time.monotonic() - began)
