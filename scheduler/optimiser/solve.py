"""From a model to a roster in the time given: what is tried, in which order, at which size?"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from scheduler.domain.score import Level, Score
from scheduler.optimiser import cpsat, greedy
from scheduler.optimiser.cpsat import Effort
from scheduler.optimiser.crews import Crews
from scheduler.optimiser.diagnose import clashing_pins
from scheduler.optimiser.encoding import Encoding
from scheduler.optimiser.incumbent import Incumbent
from scheduler.optimiser.large import Large
from scheduler.optimiser.limits import Limits
from scheduler.optimiser.progress import Bound, Monitor, Progress
from scheduler.optimiser.result import ModelSize, Outcome, Status
from scheduler.optimiser.search import Search
from scheduler.terms import check
from scheduler.terms.cliques import Cliques
from scheduler.terms.kinds import Bools
from scheduler.terms.moves import Heat
from scheduler.terms.pairs import Model
from scheduler.terms.relief import relieve
from scheduler.terms.table import Table

WHOLE_PAIRS = 8_000
"""Up to this many pairs CP-SAT tries the whole model, before walks, cells and bounds beside each other."""

_WHOLE_SECONDS, _WHOLE_SHARE = 2.0, 0.03
_FAR = 0.05
"""How long a whole model may take for one level, in seconds and as a share of the limit, while its gap is `_FAR`."""

_PROVABLE_PAIRS = 1_000
"""Up to this many pairs CP-SAT may well prove what the bound of column generation leaves open."""

_SMALL_ROUNDS = 8
"""Rounds of a walk before a whole model goes to CP-SAT."""


def solve(
    model: Model,
    *,
    start: Bools | None = None,
    pinned: Bools | None = None,
    given: Bools | None = None,
    bound: Bound | None = None,
    limits: Limits | None = None,
    progress: Callable[[Progress], None] | None = None,
    stop: threading.Event | Callable[[], bool] | None = None,
    cancel: threading.Event | Callable[[], bool] | None = None,
) -> Outcome:
    """The best roster that the limits allow, with an honest bound; masks are one boolean per pair.

    A hard limit that the `given` pairs, which are among the `pinned` ones, break by themselves binds only what is added
    to them: the roster may break it as much as they do and no more. Its score counts that as the check does.
    `bound` is what an earlier search proved of this very question, with `start` as the best it had found.
    `stop` and `cancel` are asked about ten times a second; both end the search with the best roster so far.
    `progress` is called from any thread, once per better score or bound.
    """
    monitor = Monitor(limits or Limits(), progress, _asked(stop), _asked(cancel))
    if given is None or not given.any():
        return _Solve(model, start, pinned, monitor, bound).outcome()
    found = _Solve(relieve(model, given), start, pinned, monitor, bound).outcome()
    if found.status is Status.IMPOSSIBLE and monitor.left:
        again = Monitor(monitor.rest, progress, _asked(stop), _asked(cancel))
        found = _Solve(relieve(model, given, hopeful=False), start, pinned, again).outcome()
    return replace(found, score=check.score(model, found.roster), seconds=round(monitor.elapsed, 3))


class _Solve:
    """One solve from start to end."""

    def __init__(
        self, model: Model, start: Bools | None, pinned: Bools | None, monitor: Monitor, bound: Bound | None = None
    ) -> None:
        size = len(model.pairs)
        self.model, self.monitor, self.limits = model, monitor, monitor.limits
        self.pinned = pinned.copy() if pinned is not None else np.zeros(size, np.bool_)
        self.table, self.settled = Table(model), check.settled_hard(model)
        self.cliques, self.size = Cliques(self.table), ModelSize()
        self.proven_impossible = False
        self._crews: Crews | None = None
        with monitor.phase("greedy"):
            self.incumbent = Incumbent(model, self._first_roster(start), monitor)
            if start is not None and bound is not None:
                self._remember(bound, check.score(model, start | self.pinned))

    def outcome(self) -> Outcome:
        """Run the phases that the size asks for and sum up."""
        if not len(self.pinned):
            self.monitor.proved(Level.COVERAGE, self.incumbent.score.coverage)
            self.monitor.proved(Level.PREFERENCE, self.incumbent.score.preference)
        elif not self.monitor.over:
            if not self._is_legal():
                self._respond()
            self._mend()
            if self._is_legal():
                self._improve()
        score, roster = self.incumbent.score, self.incumbent.roster
        clashes = () if self._is_legal() else clashing_pins(self.model, self.pinned)
        return Outcome(
            self._status(), roster, np.flatnonzero(roster), score, self.monitor.bound, self.size,
            tuple(self.monitor.phases), round(self.monitor.elapsed, 3), clashes,
        )  # fmt: skip

    def _first_roster(self, start: Bools | None) -> Bools:
        fresh = greedy.build_roster(self.table, self.pinned, self.pinned)
        if start is None:
            return fresh
        known = start | self.pinned
        kept = greedy.build_roster(self.table, known, self.pinned)
        return min(known, kept, fresh, key=lambda roster: check.score(self.model, roster))

    def _remember(self, bound: Bound, then: Score) -> None:
        """What was proved before; of preference only while coverage is at least as good as it was then."""
        if bound.coverage is not None:
            self.monitor.proved(Level.COVERAGE, bound.coverage)
        as_good = then.hard <= self.settled and self.incumbent.score.coverage <= then.coverage
        if bound.preference is not None and as_good:
            self.monitor.proved(Level.PREFERENCE, bound.preference)

    def _is_legal(self) -> bool:
        return self.incumbent.score.hard <= self.settled

    @property
    def crews(self) -> Crews:
        """Column generation over this model, written when first needed."""
        if self._crews is None:
            self._crews = Crews(self.table, self.incumbent, self.pinned, self.monitor)
        return self._crews

    def _improve(self) -> None:
        if self._is_layered():
            self._improve_levels()
        else:
            self.monitor.proved(Level.COVERAGE, self.incumbent.score.coverage)
            self._improve_one_level()

    def _improve_levels(self) -> None:
        """What CP-SAT cannot prove as a whole goes the way of large models: walks and cells beside bounds."""
        if len(self.pinned) <= WHOLE_PAIRS:
            self._short_walk()
            self._whole()
        if not self._is_done():
            size = Large(self.table, self.cliques, self.incumbent, self.pinned, self.monitor).run()
            self.size = self.size if self.size.variables else size

    def _improve_one_level(self) -> None:
        self._short_walk()
        if not self._is_done():
            self.crews.run()
        if len(self.pinned) <= _PROVABLE_PAIRS and not self._is_done():
            with self.monitor.phase("whole: preference"):
                self._whole_level(Level.PREFERENCE)
        if not self._is_done():
            self.crews.run_again()
        if not self._is_done():
            crews = self.crews if self.crews.usable else None
            search = Search(self.table, self.cliques, self.incumbent, self.pinned, self.monitor, crews=crews)
            with self.monitor.phase("cells"):
                search.run(lambda: self.limits.workers, self._is_done)

    def _is_done(self) -> bool:
        return self.monitor.over or self.monitor.proven

    def _is_layered(self) -> bool:
        """Does anything count for coverage, so that preference comes second?"""
        return any(term.level == Level.COVERAGE for term in self.model.terms)

    def _respond(self) -> None:
        """When the greedy roster breaks a hard limit: everybody's own best pattern keeps the personal ones."""
        with self.monitor.phase("responses"):
            self.crews.start()

    def _short_walk(self) -> None:
        """A cooling walk by counted rounds and not by time, so that a seed gives the same roster."""
        with self.monitor.phase("walk"):
            self._walk()

    def _walk(self) -> None:
        roster, score = self.incumbent.best
        walk = greedy.Walk(self.table, roster, self.pinned, score, self.limits.seed, count=self.monitor.count)
        unit, rounds = walk.typical_step(), 0

        def share() -> float:
            nonlocal rounds
            rounds += 1
            late = self.monitor.over or self.monitor.seconds > 0.1 * self.limits.seconds
            return 1.0 if late else (rounds - 1) / _SMALL_ROUNDS

        walk.cool((Heat(0.0, unit * 0.5), Heat(0.0, unit * 0.02)), share)
        self.incumbent.offer(walk.best, walk.best_score)

    def _whole(self) -> None:
        """Coverage to its proof, then preference at that coverage."""
        for level in (Level.COVERAGE, Level.PREFERENCE):
            if self.monitor.over:
                return
            with self.monitor.phase(f"whole: {level.name.lower()}"):
                self._whole_level(level)

    def _whole_level(self, level: Level) -> None:
        encoding, constant = self._encode(level)
        programme = encoding.programme
        if level == Level.PREFERENCE:
            programme.at_most(Level.COVERAGE, programme.hinted(Level.COVERAGE))

        def on_solution(values: Sequence[int]) -> None:
            self.incumbent.offer(encoding.roster_of(values))

        def on_bound(bound: int) -> None:
            self.monitor.proved(level, bound + constant)

        for effort in self._efforts(level):
            answer = cpsat.run(programme, level, effort, on_solution=on_solution, on_bound=on_bound)
            if answer.values is None:
                return
            programme.hint(answer.values)
            self.incumbent.offer(encoding.roster_of(answer.values))
            self.monitor.proved(level, answer.bound + constant)
            if answer.proven:
                return

    def _efforts(self, level: Level) -> Iterator[Effort]:
        """One that ends early when the proof is far; where work is counted, a first and maybe a second one."""
        most = self.monitor.left * (0.4 if level == Level.COVERAGE else 0.75)
        first = _WHOLE_SECONDS + _WHOLE_SHARE * self.limits.seconds
        if self.monitor.count is None:
            yield self._effort(level, most, self.monitor.seconds + first)
            return
        yield self._effort(level, min(most, first), self.limits.seconds)
        if most > first and not self.monitor.over and not self._is_far(level):
            yield self._effort(level, most - first, self.limits.seconds)

    def _effort(self, level: Level, seconds: float, until: float) -> Effort:
        limits, monitor = self.limits, self.monitor

        def over() -> bool:
            return monitor.over or (monitor.seconds > until and self._is_far(level))

        return Effort(
            seconds, limits.workers, limits.seed, limits.memory_mb, cpsat.LP_STRONG, over=over,
            count=monitor.count,
        )  # fmt: skip

    def _is_far(self, level: Level) -> bool:
        """Is the bound of a level still so weak that its proof is far away?"""
        name = level.name.lower()
        bound, score = getattr(self.monitor.bound, name), getattr(self.incumbent.score, name)
        return bound is None or score - bound > _FAR * max(1, abs(score))

    def _encode(self, level: Level) -> tuple[Encoding, int]:
        """The model of one level hinted with the incumbent, and what every roster pays at this level besides."""
        began = time.monotonic()
        roster, score = self.incumbent.best
        table = self.table.for_coverage if level == Level.COVERAGE else self.table
        encoding = Encoding(table, self.cliques, roster, table.pairs.every, self.pinned)
        programme = encoding.programme
        self.size = ModelSize(programme.variables, programme.constraints, round(time.monotonic() - began, 3))
        amount = score.coverage if level == Level.COVERAGE else score.preference
        return encoding, amount - programme.hinted(level)

    def _mend(self) -> None:
        """When the greedy roster breaks a hard limit: ask the solver for any legal one, twice before giving up."""
        if self._is_legal():
            return
        with self.monitor.phase("mend"):
            claims = [self._claims_impossible(plain=plain) for plain in (False, True) if not self._is_legal()]
            self.proven_impossible = len(claims) == 2 and all(claims)

    def _claims_impossible(self, *, plain: bool) -> bool:
        encoding, _ = self._encode(Level.COVERAGE)
        effort = Effort(
            self.monitor.left / 2, 1 if plain else self.limits.workers, self.limits.seed + plain, self.limits.memory_mb,
            plain=plain, over=lambda: self.monitor.over, count=self.monitor.count,
        )  # fmt: skip
        answer = cpsat.run(encoding.programme, None, effort)
        if answer.values is not None:
            self.incumbent.offer(encoding.roster_of(answer.values))
        return answer.impossible

    def _status(self) -> Status:
        if self.monitor.cancelled:
            return Status.CANCELLED
        if self._is_legal():
            return Status.OPTIMAL if self.monitor.proven else Status.FEASIBLE
        return Status.IMPOSSIBLE if self.proven_impossible else Status.UNKNOWN


def _asked(wish: threading.Event | Callable[[], bool] | None) -> Callable[[], bool] | None:
    return wish.is_set if isinstance(wish, threading.Event) else wish
