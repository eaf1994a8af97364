"""What does CP-SAT find when it is handed the model as a textbook writes it: a Boolean per pair, a row per limit?"""

import math
import time

import numpy as np
from ortools.sat.python import cp_model

from scheduler.domain.score import Level
from scheduler.terms.pairs import Model
from tests.benchmarks.peers.book import Book
from tests.benchmarks.peers.found import Asked, Found


def solve(model: Model, asked: Asked) -> Found:
    """Default workers, no hint, and one weighted objective in which coverage comes first."""
    book = Book(model)
    worth = book.worth
    book.cp.minimize(cp_model.LinearExpr.sum([book.total(Level.COVERAGE, worth), book.total(Level.PREFERENCE)]))
    solver, first = cp_model.CpSolver(), _First(asked.began)
    solver.parameters.num_workers = asked.workers
    solver.parameters.random_seed = asked.seed
    solver.parameters.max_time_in_seconds = max(0.1, asked.until - time.monotonic())
    status = solver.solve(book.cp, first)
    name = solver.status_name(status).lower()
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return Found(name, None)
    chosen = np.array([solver.boolean_value(literal) for literal in book.chosen], np.bool_)
    coverage = solver.value(book.total(Level.COVERAGE))
    bound = _split(math.ceil(solver.best_objective_bound - 1e-6), worth, coverage, book.most(Level.PREFERENCE))
    return Found(name, chosen, first.seconds, bound)


class _First(cp_model.CpSolverSolutionCallback):
    """Notes when the first roster was there."""

    def __init__(self, began: float) -> None:
        super().__init__()
        self.began, self.seconds = began, 0.0

    def on_solution_callback(self) -> None:
        self.seconds = self.seconds or time.monotonic() - self.began


def _split(bound: int, worth: int, coverage: int, most_preference: int) -> tuple[int | None, int | None]:
    """What a bound on the weighted sum says of each level; of preference only where coverage is proven."""
    least = -((most_preference - bound) // worth)
    return least, bound - worth * coverage if least >= coverage else None
