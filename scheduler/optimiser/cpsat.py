"""What does CP-SAT make of a written programme, level by level, within the time and until told to stop?"""

import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from scheduler.domain.score import Level
from scheduler.optimiser.programme import Programme
from scheduler.optimiser.work import TURN, Count

LP_STRONG = ("max_lp", "default_lp")
"""Subsolvers whose linear relaxation is complete: it is the relaxation that closes rosters, not the search."""


@dataclass(frozen=True, slots=True)
class Effort:
    """What one run may use; no subsolvers: complete workers; plain: without presolve; light: for small cells.

    With `count`, the seconds are of counted work, which is told there, and one worker does it all: several in a fixed
    order prove less by the same work.
    """

    seconds: float
    workers: int = 1
    seed: int = 1
    memory_mb: int = 8000
    subsolvers: tuple[str, ...] = ()
    plain: bool = False
    light: bool = False
    over: Callable[[], bool] | None = None
    count: Count | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """How a run ended: the best values (of all variables), their price and the bound; `proven` also when impossible."""

    values: tuple[int, ...] | None
    price: int | None
    bound: int
    proven: bool

    @property
    def impossible(self) -> bool:
        """Does the solver claim that there is no solution at all?"""
        return self.proven and self.values is None


class _Listener(cp_model.CpSolverSolutionCallback):
    """Hands every new solution on."""

    def __init__(self, tell: Callable[[Sequence[int]], None]) -> None:
        super().__init__()
        self._tell = tell

    def on_solution_callback(self) -> None:
        self._tell(list(self.response_proto.solution))


def run(
    programme: Programme,
    level: Level | None,
    effort: Effort,
    *,
    on_solution: Callable[[Sequence[int]], None] | None = None,
    on_bound: Callable[[int], None] | None = None,
) -> Answer:
    """Minimise one level (None: find any solution) within the effort."""
    if level is None:
        programme.model.proto.clear_objective()
    else:
        programme.minimise(level)
    solver = _solver(effort)
    if on_bound is not None:
        solver.best_bound_callback = lambda bound: on_bound(_rounded_up(bound))
    listener = _Listener(on_solution) if on_solution is not None else None
    with Watch(solver.stop_search, effort.over):
        status = solver.solve(programme.model, listener)
    if effort.count is not None:
        effort.count(TURN * solver.response_proto.deterministic_time)
    if status == cp_model.INFEASIBLE:
        return Answer(None, None, 0, proven=True)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return Answer(None, None, _rounded_up(solver.best_objective_bound) if level else 0, proven=False)
    values = tuple(solver.response_proto.solution)
    price = round(solver.objective_value) if level is not None else 0
    return Answer(values, price, _rounded_up(solver.best_objective_bound), proven=status == cp_model.OPTIMAL)


def _solver(effort: Effort) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    if effort.count is None:
        parameters.max_time_in_seconds = max(0.01, effort.seconds)
    else:
        parameters.max_deterministic_time = max(0.01, effort.seconds / TURN)
    workers = effort.workers if effort.count is None else 1
    parameters.num_workers = workers
    parameters.random_seed = effort.seed
    parameters.max_memory_in_mb = effort.memory_mb
    if effort.subsolvers and workers > 1:
        parameters.subsolvers.extend(effort.subsolvers)
    else:
        parameters.linearization_level = 2
    if effort.light:
        parameters.cp_model_probing_level = 0
        parameters.symmetry_level = 0
    if effort.plain:
        parameters.cp_model_presolve = False
    return solver


class Watch:
    """Calls `stop` again and again, every tenth of a second, once `over` is true."""

    def __init__(self, stop: Callable[[], None], over: Callable[[], bool] | None) -> None:
        self._stop, self._over, self._done = stop, over, threading.Event()
        self._thread = threading.Thread(target=self._wait, daemon=True) if over is not None else None

    def __enter__(self) -> None:
        if self._thread is not None:
            self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        if self._thread is not None:
            self._thread.join()

    def _wait(self) -> None:
        while not self._done.wait(0.1):
            if self._over is not None and self._over():
                self._stop()


def _rounded_up(bound: float) -> int:
    """Prices are whole numbers, so a bound may be rounded up (less the solver's own tolerance)."""
    return math.ceil(bound - 1e-6) if math.isfinite(bound) else -(1 << 60)
