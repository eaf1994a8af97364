"""How is a large roster improved? Cells solved again by CP-SAT, several at a time, each confirmed by the check."""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial

import numpy as np

from scheduler.domain.score import Level, Score
from scheduler.optimiser.cpsat import Effort, run
from scheduler.optimiser.crews import Crews
from scheduler.optimiser.encoding import Encoding
from scheduler.optimiser.incumbent import Incumbent, ScoreMismatch
from scheduler.optimiser.lp import Reals
from scheduler.optimiser.neighbourhoods import NEIGHBOURHOODS, Cell, Choice, Weights, likely
from scheduler.optimiser.progress import Monitor
from scheduler.optimiser.work import JUDGED, MEMBER
from scheduler.terms import check
from scheduler.terms.cliques import Cliques
from scheduler.terms.kinds import Bools, Ints, ints
from scheduler.terms.table import Table

_TARGET_SECONDS = 1.5
_FIRST_SIZE = 500.0
_CREWS, _FIRST_CREW = "crews", 8
"""The name of the neighbourhood that prices whole patterns again, and how many experts it frees at first."""

_THRIFTY = 0.5
"""What cells are cut down to while memory is tight."""

_LIKELY, _SELDOM = "likely", 0.01
"""The name of the neighbourhood that follows a bound, and how often the bound must choose a pair to free it."""


@dataclass(frozen=True, slots=True)
class Improved:
    """A roster that differs only in its cell, and whether it is proven best there."""

    roster: Bools
    proven: bool


@dataclass(frozen=True, slots=True)
class _Job:
    name: str
    free: Ints
    began: float
    seed: int


def improve(table: Table, cliques: Cliques, roster: Bools, free: Ints, effort: Effort) -> Improved:
    """The best roster within a cell: coverage first, then preference without giving coverage back."""
    if effort.count is not None:
        effort.count(MEMBER * len(free) + JUDGED * len(roster))
    encoding = Encoding(table, cliques, roster, free)
    programme, proven = encoding.programme, True
    coverage = programme.hinted(Level.COVERAGE)
    if coverage > 0:
        answer = run(programme, Level.COVERAGE, effort)
        proven = answer.proven
        if answer.values is not None and answer.price is not None and answer.price < coverage:
            coverage = answer.price
            programme.hint(answer.values)
    values: Sequence[int] = programme.hints
    if programme.prices[Level.PREFERENCE][0]:
        programme.at_most(Level.COVERAGE, coverage)
        answer = run(programme, Level.PREFERENCE, effort)
        values, proven = answer.values or values, proven and answer.proven
    found = encoding.roster_of(values)
    _confirm(table, roster, found, encoding, values)
    return Improved(found, proven)


def _confirm(table: Table, before: Bools, after: Bools, encoding: Encoding, values: object) -> None:
    """The cell's coverage may not have got worse, and no hard limit may be newly broken."""
    old, new = check.score(table.model, before), check.score(table.model, after)
    if new.hard > old.hard or (new.hard, new.coverage) > (old.hard, old.coverage):
        raise ScoreMismatch("A cell that was solved again went from %(old)s to %(new)s.", old=str(old), new=str(new))


class Search:
    """Large neighbourhood search on an incumbent; held pairs stay as they are."""

    def __init__(
        self, table: Table, cliques: Cliques, incumbent: Incumbent, held: Bools, monitor: Monitor,
        *, crews: Crews | None = None,
    ) -> None:  # fmt: skip
        self.table, self.cliques, self.incumbent, self.held = table, cliques, incumbent, held
        self.monitor, self.crews = monitor, crews
        self.random = np.random.default_rng(monitor.limits.seed)
        self.choice = Choice(self.random, min(_FIRST_SIZE, max(2.0, len(held) / 2)))
        self._shares: Callable[[], Reals] | None = None
        if crews is not None:
            self.choice.offer(_CREWS, _FIRST_CREW * len(held) / max(1, table.pairs.experts))

    def offer_likely(self, shares: Callable[[], Reals]) -> None:
        """One more neighbourhood: only pairs that a bound chooses now and then, and with them more people or days."""
        self._shares = shares
        self.choice.offer(_LIKELY, self.choice.size)

    def run(self, workers: Callable[[], int], over: Callable[[], bool]) -> None:
        """Solve cells until it is over; as many at a time as there are workers, which may become more."""
        if self.monitor.count is not None:
            self._take_turns(over)
            return
        running: dict[Future[Improved], _Job] = {}
        with ThreadPoolExecutor(self.monitor.limits.workers) as pool:
            while not over():
                while len(running) < (1 if self.monitor.tight else max(1, workers())):
                    job, roster = self._next(), self.incumbent.roster
                    running[pool.submit(self._improve, job, roster)] = job
                for future in wait(running, timeout=0.5, return_when=FIRST_COMPLETED)[0]:
                    job = running.pop(future)
                    self._accept(job, future.result(), self.monitor.seconds - job.began)
        for future, job in running.items():
            self._accept(job, future.result(), self.monitor.seconds - job.began)

    def _take_turns(self, over: Callable[[], bool]) -> None:
        """The same where work is counted: as many cells as there are workers, accepted in their order."""
        meter = self.monitor.meter
        with ThreadPoolExecutor(self.monitor.limits.workers) as pool:
            while not over():
                jobs, roster = self._batch(), self.incumbent.roster
                answers = pool.map(partial(self._counted, roster), jobs)
                for job, (found, units) in zip(jobs, answers, strict=True):
                    meter.add(units)
                    self._accept(job, found, units)

    def _batch(self) -> list[_Job]:
        """Cells to solve side by side; one crew at most, because crews share their patterns."""
        jobs = [self._next()]
        while len(jobs) < self.monitor.limits.workers:
            jobs.append(self._next(but=_CREWS if any(job.name == _CREWS for job in jobs) else None))
        return jobs

    def _counted(self, roster: Bools, job: _Job) -> tuple[Improved, float]:
        with self.monitor.meter.apart() as units:
            return self._improve(job, roster), units()

    def _improve(self, job: _Job, roster: Bools) -> Improved:
        if self.crews is None or job.name != _CREWS:
            return improve(self.table, self.cliques, roster, job.free, self._effort(job.seed))
        crew = np.unique(self.table.pairs.expert[job.free]).tolist()
        return Improved(*self.crews.improve(roster, crew))

    def _effort(self, seed: int) -> Effort:
        limits, monitor = self.monitor.limits, self.monitor
        seconds = min(_TARGET_SECONDS, max(0.05, monitor.left))
        return Effort(seconds, 1, seed, limits.memory_mb, light=True, over=lambda: monitor.over, count=monitor.count)

    def _next(self, but: str | None = None) -> _Job:
        name, began, seed = self.choice.pick(but), self.monitor.seconds, int(self.random.integers(0, 1 << 30))
        size = self.choice.records[name].size * (_THRIFTY if self.monitor.tight else 1)
        if self.crews is not None and name == _CREWS:
            crew = self.crews.pick(size, self.random)
            return _Job(name, np.flatnonzero(np.isin(self.table.pairs.expert, crew)), began, seed)
        cell = Cell(self.table.pairs, *pain(self.table, self.incumbent.roster), self.random)
        if name == _LIKELY and self._shares is not None:
            free = likely(cell, self.incumbent.roster | (self._shares() > _SELDOM), round(size))
        else:
            free = NEIGHBOURHOODS[name](cell, max(2, round(size)))
        return _Job(name, free[~self.held[free]], began, seed)

    def _accept(self, job: _Job, found: Improved, seconds: float) -> None:
        before = self.incumbent.score
        self.incumbent.offer_part(found.roster, job.free)
        self.choice.learn(
            job.name, _worth(before, self.incumbent.score), seconds,
            proven=found.proven, target=_TARGET_SECONDS,
        )  # fmt: skip


def _worth(before: Score, after: Score) -> float:
    """The gain as a share of what is left to gain; coverage counts before preference."""
    if after.coverage < before.coverage:
        return 1 + (before.coverage - after.coverage) / max(1, before.coverage)
    return (before.preference - after.preference) / max(1, abs(before.preference)) * 1000


def pain(table: Table, roster: Bools) -> tuple[Weights, Weights]:
    """What hurts where: per shift the cost of rows that link experts, per expert the cost of his own rows."""
    pairs, sums = table.pairs, table.sums
    on = roster[sums.pair]
    row = np.repeat(np.arange(len(sums.low)), np.diff(sums.start))
    total = np.bincount(row[on], sums.weight[on], len(sums.low))
    cost = sums.cost(ints(total))
    cost = np.where(sums.level == Level.COVERAGE, cost * 10.0, cost)
    hurting = np.flatnonzero((cost > 0) & (np.diff(sums.start) > 0))
    first, last = sums.pair[sums.start[hurting]], sums.pair[sums.start[hurting + 1] - 1]
    linking = pairs.shift[first] == pairs.shift[last]
    own = pairs.expert[first] == pairs.expert[last]
    shift = np.bincount(pairs.shift[first[linking]], cost[hurting][linking], len(pairs.shifts))
    expert = np.bincount(pairs.expert[first[own]], cost[hurting][own], pairs.experts)
    price = np.maximum(table.cost.sum(axis=0), 0.0) * roster
    shift = shift + np.bincount(pairs.shift, price, len(pairs.shifts))
    expert = expert + np.bincount(pairs.expert, price, pairs.experts)
    return np.asarray(shift, np.float64), np.asarray(expert, np.float64)
