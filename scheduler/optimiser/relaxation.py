"""How good can a roster be at best? A linear relaxation; its bound is recomputed from row prices, so it holds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.domain.score import Level
from scheduler.optimiser.cpsat import Watch
from scheduler.optimiser.programme import Programme
from scheduler.terms.kinds import UNLIMITED, Ints

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Relaxation:
    """Rows low <= A x <= high over columns 0 <= x <= top at the given prices; the matrix as (row, column, value)."""

    row: Ints
    column: Ints
    value: Reals
    low: Reals
    high: Reals
    bottom: Reals
    top: Reals
    price: Reals

    def bound(self, dual: Reals) -> float:
        """What no roster can undercut, by weak duality, whatever these row prices are."""
        usable = np.where((dual > 0) & np.isinf(self.low) | (dual < 0) & np.isinf(self.high), 0.0, dual)
        side = np.where(usable > 0, self.low, self.high)
        rows = float((usable * np.where(usable == 0, 0.0, side)).sum())
        reduced = self.price - np.bincount(self.column, self.value * usable[self.row], len(self.price))
        return rows + float(np.minimum(reduced * self.bottom, reduced * self.top).sum())


def relaxation_of(programme: Programme, level: Level) -> Relaxation:
    """The linear relaxation of a written programme with one level as its objective."""
    rows = _Rows()
    for constraint in programme.model.proto.constraints:
        rows.add(constraint)
    domains = [tuple(v.domain) for v in programme.model.proto.variables]
    price = np.zeros(programme.variables)
    variables, prices = programme.prices[level]
    np.add.at(price, np.asarray(variables, np.int64), np.asarray(prices, np.float64))
    return Relaxation(
        np.asarray(rows.row, np.int64), np.asarray(rows.column, np.int64), np.asarray(rows.value, np.float64),
        _open(rows.low), _open(rows.high),
        np.array([d[0] for d in domains], np.float64), np.array([d[-1] for d in domains], np.float64), price,
    )  # fmt: skip


class _Rows:
    """Constraints gathered as sparse rows; a negated literal is 1 - x."""

    def __init__(self) -> None:
        self.row: list[int] = []
        self.column: list[int] = []
        self.value: list[float] = []
        self.low: list[int] = []
        self.high: list[int] = []

    def add(self, constraint: Any) -> None:
        if constraint.has_linear():
            linear = constraint.linear
            self._append(list(linear.vars), list(linear.coeffs), *linear.domain)
        elif constraint.has_exactly_one():
            self._literals(constraint.exactly_one.literals, 1, 1)
        elif constraint.has_at_most_one():
            self._literals(constraint.at_most_one.literals, -UNLIMITED, 1)
        else:
            self._literals(constraint.bool_or.literals, 1, UNLIMITED)

    def _literals(self, literals: Any, low: int, high: int) -> None:
        values = list(literals)
        negative = sum(literal < 0 for literal in values)
        columns = [literal if literal >= 0 else -literal - 1 for literal in values]
        self._append(columns, [1 if literal >= 0 else -1 for literal in values], low - negative, high - negative)

    def _append(self, columns: list[int], values: list[int], low: int, high: int) -> None:
        self.row.extend([len(self.low)] * len(columns))
        self.column.extend(columns)
        self.value.extend(values)
        self.low.append(low)
        self.high.append(high)


def _open(bounds: list[int]) -> Reals:
    """Bounds as real numbers; those that never bind are infinite."""
    found = np.asarray(bounds, np.float64)
    return np.where(np.abs(found) >= UNLIMITED / 2, np.copysign(np.inf, found), found)


@dataclass(frozen=True, slots=True, eq=False)
class LinearAnswer:
    """A bound that holds, and the share with which the relaxation takes each column (empty when unfinished)."""

    bound: float
    shares: Reals


def relax(problem: Relaxation, seconds: float, over: Callable[[], bool], *, approximate: bool = False) -> LinearAnswer:
    """Solve the relaxation by the simplex method, or (approximate: for large ones) by a first-order method."""
    model = mathopt.Model.from_model_proto(_proto(problem))
    kind = mathopt.SolverType.PDLP if approximate else mathopt.SolverType.GLOP
    parameters = mathopt.SolveParameters(time_limit=timedelta(seconds=max(0.1, seconds)))
    interrupter = SolveInterrupter()
    with Watch(interrupter.interrupt, over):
        result = mathopt.solve(model, kind, params=parameters, interrupter=interrupter)
    bound, shares = problem.bound(np.zeros(len(problem.low))), np.zeros(0)
    for solution in result.solutions:
        if solution.dual_solution is not None:
            values = solution.dual_solution.dual_values
            dual = np.array([values[row] for row in model.linear_constraints()])
            bound = max(bound, problem.bound(dual))
        if solution.primal_solution is not None and result.termination.reason == mathopt.TerminationReason.OPTIMAL:
            found = solution.primal_solution.variable_values
            shares = np.array([found[column] for column in model.variables()])
    return LinearAnswer(bound, shares)


def _proto(problem: Relaxation) -> model_pb2.ModelProto:
    proto = model_pb2.ModelProto()
    columns, rows = len(problem.price), len(problem.low)
    proto.variables.ids.extend(range(columns))
    proto.variables.lower_bounds.extend(problem.bottom)
    proto.variables.upper_bounds.extend(problem.top)
    proto.variables.integers.extend([False] * columns)
    priced = np.flatnonzero(problem.price)
    proto.objective.linear_coefficients.ids.extend(priced)
    proto.objective.linear_coefficients.values.extend(problem.price[priced])
    proto.linear_constraints.ids.extend(range(rows))
    proto.linear_constraints.lower_bounds.extend(problem.low)
    proto.linear_constraints.upper_bounds.extend(problem.high)
    order = np.lexsort((problem.column, problem.row))
    proto.linear_constraint_matrix.row_ids.extend(problem.row[order])
    proto.linear_constraint_matrix.column_ids.extend(problem.column[order])
    proto.linear_constraint_matrix.coefficients.extend(problem.value[order])
    return proto
