"""How good can a roster be at best? A lean linear relaxation over the pairs; it gives prices, and shares to follow."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.domain.score import Level
from scheduler.optimiser.cpsat import Watch
from scheduler.optimiser.links import Links, Weights
from scheduler.optimiser.lp import Reals
from scheduler.optimiser.master import SCALE
from scheduler.optimiser.work import PIVOT, SWEEP, Count
from scheduler.terms.cliques import cliques_of_days
from scheduler.terms.kinds import Ints, ints

_PRECISION = 1e-3
"""How near the first-order method must come: prices need not be exact, because the bound is computed anew."""


@dataclass(frozen=True, slots=True, eq=False)
class Relaxation:
    """Rows low <= A x <= high over columns 0 <= x <= top at the given prices; the matrix as (row, column, value).

    The first columns are the pairs. group[r] is the group of `Linking` that row r stands for, or -1; row r was divided
    by unit[r].
    """

    row: Ints
    column: Ints
    value: Reals
    low: Reals
    high: Reals
    top: Reals
    price: Reals
    group: Ints
    unit: Reals


def relaxation_of(links: Links, weights: Weights) -> Relaxation:
    """Sum rows, and at most one pair of each clique; couples, runs, rests and groups are left to others."""
    rows = _Rows(links, weights)
    for row in np.flatnonzero(links.linking.binds).tolist():
        rows.add_sum(row)
    rows.add_cliques()
    return rows.relaxation()


class _Rows:
    """Rows gathered one by one, each divided by its largest weight."""

    def __init__(self, links: Links, weights: Weights) -> None:
        self.table, self.linking, self.sums = links.table, links.linking, links.table.sums
        self.floor = self.sums.floor
        self.weight = (0.0, weights[0] / SCALE, weights[1] / SCALE)
        cost = self.table.cost
        self.price: list[float] = (self.weight[1] * cost[0] + self.weight[2] * cost[1]).tolist()
        self.top = [1.0] * len(self.price)
        self.row: list[Ints] = []
        self.column: list[Ints] = []
        self.value: list[Reals] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self.group: list[int] = []
        self.unit: list[float] = []

    def add_sum(self, row: int) -> None:
        """A Sum row; soft bounds get a slack each, and those that never bind are open."""
        sums, span = self.sums, slice(int(self.sums.start[row]), int(self.sums.start[row + 1]))
        low, high, level = int(self.floor[row]), int(sums.high[row]), int(sums.level[row])
        least, most = self.linking.range_of(row)
        column, value = list(sums.pair[span]), list(sums.weight[span])
        bounds = [low if low > least else -np.inf, high if high < most else np.inf]
        if level != Level.HARD:
            for side, (price, room) in enumerate(((sums.below[row], low - least), (sums.above[row], most - high))):
                if price * self.weight[level] > 0 and room > 0:
                    column.append(len(self.price))
                    value.append(1 - 2 * side)
                    self.price.append(float(price * self.weight[level]))
                    self.top.append(float(room))
                else:
                    bounds[side] = np.inf if side else -np.inf
        if np.isfinite(bounds).any():
            unit = float(np.abs(sums.weight[span]).max())
            self._append(ints(column), np.asarray(value, np.float64) / unit, bounds[0] / unit, bounds[1] / unit)
            self.group.append(int(self.linking.group_of[row]))
            self.unit.append(unit)

    def add_cliques(self) -> None:
        """At most one pair of each clique."""
        clique, pair = cliques_of_days(self.table)
        count = int(clique.max(initial=-1)) + 1
        self.row.append(clique + len(self.low))
        self.column.append(pair)
        self.value.append(np.ones(len(pair)))
        self.low += [-np.inf] * count
        self.high += [1.0] * count
        self.group += [-1] * count
        self.unit += [1.0] * count

    def _append(self, column: Ints, value: Reals, low: float, high: float) -> None:
        self.row.append(np.full(len(column), len(self.low)))
        self.column.append(column)
        self.value.append(value)
        self.low.append(low)
        self.high.append(high)

    def relaxation(self) -> Relaxation:
        """What was gathered, row by row and column by column."""
        row, column, value = np.concatenate(self.row), np.concatenate(self.column), np.concatenate(self.value)
        order = np.lexsort((column, row))
        return Relaxation(
            ints(row[order]), ints(column[order]), value[order], np.asarray(self.low), np.asarray(self.high),
            np.asarray(self.top), np.asarray(self.price), ints(self.group), np.asarray(self.unit),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class LinearAnswer:
    """Prices per group of `Links`, and the share with which the relaxation takes each pair (maybe none)."""

    dual: Ints | None
    shares: Reals


def relax(
    problem: Relaxation, links: Links, seconds: float, over: Callable[[], bool], count: Count | None = None, *,
    exact: bool,
) -> LinearAnswer:  # fmt: skip
    """Solve the relaxation by the simplex method (exact), or by a quick first-order method whose prices are rough.

    With `count`, the seconds are of counted work.
    """
    model = mathopt.Model.from_model_proto(_proto(problem))
    kind = mathopt.SolverType.GLOP if exact else mathopt.SolverType.PDLP
    unit = PIVOT * len(problem.low) if exact else SWEEP * len(problem.value)
    parameters = mathopt.SolveParameters()
    if count is None:
        parameters.time_limit = timedelta(seconds=max(0.1, seconds))
    else:
        parameters.iteration_limit = max(1, int(seconds / unit))
    criteria = parameters.pdlp.termination_criteria.simple_optimality_criteria
    criteria.eps_optimal_relative = criteria.eps_optimal_absolute = _PRECISION
    interrupter = SolveInterrupter()
    with Watch(interrupter.interrupt, over):
        result = mathopt.solve(model, kind, params=parameters, interrupter=interrupter)
    if count is not None:
        stats = result.solve_stats
        count(unit * (stats.simplex_iterations if exact else stats.first_order_iterations))
    dual, shares = None, np.zeros(0)
    for solution in result.solutions:
        if solution.dual_solution is not None and dual is None:
            values = solution.dual_solution.dual_values
            dual = _tolls(problem, np.array([values[row] for row in model.linear_constraints()]), links)
        if solution.primal_solution is not None and result.termination.reason == mathopt.TerminationReason.OPTIMAL:
            found = solution.primal_solution.variable_values
            shares = np.array([found[column] for column in model.variables()])[: len(links.table.pairs)]
    return LinearAnswer(dual, shares)


def _tolls(problem: Relaxation, values: Reals, links: Links) -> Ints:
    """Row prices as what a unit of each group costs the experts, in 1 / 64."""
    linked = problem.group >= 0
    toll = np.bincount(problem.group[linked], (values / problem.unit)[linked], links.count)
    return ints(np.rint(np.clip(-toll * SCALE, -1e12, 1e12)))


def _proto(problem: Relaxation) -> model_pb2.ModelProto:
    proto = model_pb2.ModelProto()
    columns, rows = len(problem.price), len(problem.low)
    proto.variables.ids.extend(range(columns))
    proto.variables.lower_bounds.extend([0.0] * columns)
    proto.variables.upper_bounds.extend(problem.top)
    proto.variables.integers.extend([False] * columns)
    priced = np.flatnonzero(problem.price)
    proto.objective.linear_coefficients.ids.extend(priced)
    proto.objective.linear_coefficients.values.extend(problem.price[priced])
    proto.linear_constraints.ids.extend(range(rows))
    proto.linear_constraints.lower_bounds.extend(problem.low)
    proto.linear_constraints.upper_bounds.extend(problem.high)
    proto.linear_constraint_matrix.row_ids.extend(problem.row)
    proto.linear_constraint_matrix.column_ids.extend(problem.column)
    proto.linear_constraint_matrix.coefficients.extend(problem.value)
    return proto
