"""How is a linear programme kept warm while columns come and go? Written in bulk, straight into protocol buffers."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import (
    callback_pb2,
    model_parameters_pb2,
    model_pb2,
    model_update_pb2,
    parameters_pb2,
    result_pb2,
    solution_pb2,
)
from ortools.math_opt.core.python import solver
from ortools.math_opt.python.solve import StatusNotOk

from scheduler.optimiser.work import PIVOT, Count
from scheduler.terms.kinds import Ints, ints

Reals = NDArray[np.float64]

_UNFINISHED = (result_pb2.TERMINATION_REASON_FEASIBLE, result_pb2.TERMINATION_REASON_NO_SOLUTION_FOUND)

_NOTHING = parameters_pb2.SolverInitializerProto()


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """New columns 0 <= x <= top; the entries of column c are row[start[c]:start[c + 1]] with their value."""

    price: Reals
    top: Reals
    start: Ints
    row: Ints
    value: Reals

    def __len__(self) -> int:
        return len(self.price)


@dataclass(frozen=True, slots=True, eq=False)
class LinearOptimum:
    """The least price, one dual per row and one value per column (dropped columns: 0)."""

    price: float
    dual: Reals
    value: Reals


class LinearProgramme:
    """Rows low <= A x <= high, given at the start; columns come in bulk and keep their number when others go.

    With `count`, the seconds of a solve are of counted pivots.
    """

    def __init__(self, low: Reals, high: Reals, count: Count | None = None) -> None:
        self._low, self._high, self._count = low, high, count
        self._parts: list[Columns] = []
        self._kept = np.zeros(0, np.bool_)
        self._update = model_update_pb2.ModelUpdateProto()
        self._solver: solver.Solver | None = None

    @property
    def count(self) -> int:
        """How many columns there have ever been."""
        return len(self._kept)

    def add(self, columns: Columns) -> range:
        """Append columns; gives their numbers."""
        first = self.count
        numbers = range(first, first + len(columns))
        self._parts.append(columns)
        self._kept = np.append(self._kept, np.ones(len(columns), np.bool_))
        if self._solver is not None and len(columns):
            _write_columns(self._update.new_variables, numbers, columns.top)
            _write_prices(self._update.objective_updates.linear_coefficients, first, columns.price)
            _write_entries(self._update.linear_constraint_matrix_updates, first, columns)
            self._flush()
        return numbers

    def drop(self, columns: Ints) -> None:
        """Take columns out."""
        order = np.unique(columns)
        order = order[self._kept[order]]
        self._kept[order] = False
        self._update.deleted_variable_ids.extend(order)
        self._flush()

    def solve(self, seconds: float) -> LinearOptimum | None:
        """The optimum, or None when the time is up; where the solver loses its footing, it starts afresh once."""
        for _ in range(2):
            answer = self._attempt(seconds)
            if answer is not None and answer.termination.reason == result_pb2.TERMINATION_REASON_OPTIMAL:
                return self._read(answer.solutions[0], len(self._low))
            if answer is not None and answer.termination.reason in _UNFINISHED:
                return None
            self._solver = None
        return None

    def _attempt(self, seconds: float) -> result_pb2.SolveResultProto | None:
        """One call; None where it ends abnormally."""
        parameters = parameters_pb2.SolveParametersProto()
        parameters.glop.change_status_to_imprecise = False
        pivot = PIVOT * len(self._low)
        if self._count is None:
            parameters.time_limit.FromTimedelta(timedelta(seconds=max(0.01, seconds)))
        else:
            parameters.iteration_limit = max(1, int(seconds / pivot))
        try:
            if self._solver is None:
                self._solver = solver.new(parameters_pb2.SOLVER_TYPE_GLOP, self._proto(), _NOTHING)
            answer = self._solver.solve(
                parameters, model_parameters_pb2.ModelSolveParametersProto(), None,
                callback_pb2.CallbackRegistrationProto(), None, None,
            )  # fmt: skip
        except StatusNotOk:
            return None
        if self._count is not None:
            self._count(pivot * answer.solve_stats.simplex_iterations)
        return answer

    def _read(self, solution: solution_pb2.SolutionProto, rows: int) -> LinearOptimum:
        dual, value = np.zeros(rows), np.zeros(self.count)
        primal = solution.primal_solution
        prices = solution.dual_solution.dual_values
        value[np.fromiter(primal.variable_values.ids, np.int64)] = np.fromiter(
            primal.variable_values.values, np.float64
        )
        dual[np.fromiter(prices.ids, np.int64)] = np.fromiter(prices.values, np.float64)
        return LinearOptimum(float(primal.objective_value), dual, value)

    def _flush(self) -> None:
        """Tell the solver what changed; one that cannot follow is made anew at the next solve."""
        if self._solver is not None and not self._solver.update(self._update):
            self._solver = None
        self._update = model_update_pb2.ModelUpdateProto()

    def _proto(self) -> model_pb2.ModelProto:
        """The programme as it stands."""
        proto, rows = model_pb2.ModelProto(), len(self._low)
        proto.linear_constraints.ids.extend(range(rows))
        proto.linear_constraints.lower_bounds.extend(self._low)
        proto.linear_constraints.upper_bounds.extend(self._high)
        kept = np.flatnonzero(self._kept)
        if not len(kept):
            return proto
        every = self._all()
        _write_columns(proto.variables, kept, every.top[kept])
        priced = kept[every.price[kept] != 0]
        proto.objective.linear_coefficients.ids.extend(priced)
        proto.objective.linear_coefficients.values.extend(every.price[priced])
        column = np.repeat(np.arange(self.count), np.diff(every.start))
        order = np.lexsort((column, every.row))
        order = order[self._kept[column[order]]]
        matrix = proto.linear_constraint_matrix
        matrix.row_ids.extend(every.row[order])
        matrix.column_ids.extend(column[order])
        matrix.coefficients.extend(every.value[order])
        return proto

    def _all(self) -> Columns:
        """All columns there have ever been, as one block."""
        if len(self._parts) > 1:
            shift = np.cumsum([0, *(part.start[-1] for part in self._parts)])
            starts = [part.start[:-1] + at for part, at in zip(self._parts, shift, strict=False)]
            self._parts = [
                Columns(
                    np.concatenate([part.price for part in self._parts]),
                    np.concatenate([part.top for part in self._parts]),
                    ints(np.concatenate([*starts, shift[-1:]])),
                    ints(np.concatenate([part.row for part in self._parts])),
                    np.concatenate([part.value for part in self._parts]),
                )
            ]
        return self._parts[0]


def _write_columns(proto: model_pb2.VariablesProto, numbers: range | Ints, top: Reals) -> None:
    proto.ids.extend(numbers)
    proto.lower_bounds.extend([0.0] * len(top))
    proto.upper_bounds.extend(top)
    proto.integers.extend([False] * len(top))


def _write_prices(proto: object, first: int, price: Reals) -> None:
    priced = np.flatnonzero(price)
    proto.ids.extend(priced + first)  # type: ignore[attr-defined]
    proto.values.extend(price[priced])  # type: ignore[attr-defined]


def _write_entries(proto: object, first: int, columns: Columns) -> None:
    column = np.repeat(np.arange(len(columns)), np.diff(columns.start))
    order = np.lexsort((column, columns.row))
    proto.row_ids.extend(columns.row[order])  # type: ignore[attr-defined]
    proto.column_ids.extend(column[order] + first)  # type: ignore[attr-defined]
    proto.coefficients.extend(columns.value[order])  # type: ignore[attr-defined]
