"""How is a CP-SAT model written fast? Straight into its protocol buffer, every variable born with its hint."""

from collections.abc import Sequence
from typing import Any

from ortools.sat.python import cp_model

from scheduler.domain.score import Level

Literal = int
"""Index of a Boolean variable; `negated(literal)` is its opposite."""


def negated(literal: Literal) -> Literal:
    """The opposite of a literal."""
    return -literal - 1


class Programme:
    """Variables, constraints and one price list per level.

    Everything is an index into the protocol buffer: about 2 microseconds per variable and 4 per constraint.
    """

    def __init__(self) -> None:
        self.model = cp_model.CpModel()
        self._variables: Any = self.model.proto.variables
        self._constraints: Any = self.model.proto.constraints
        self.hints: list[int] = []
        self.prices: dict[Level, tuple[list[int], list[int]]] = {level: ([], []) for level in Level}

    def bool(self, hint: bool, *, fixed: bool = False) -> Literal:
        """A new 0-1 variable; fixed: it can only take its hint."""
        return self._variable(int(hint) if fixed else 0, int(hint) if fixed else 1, int(hint))

    def amount(self, top: int, hint: int) -> int:
        """A new whole number in 0..top."""
        return self._variable(0, top, hint)

    def pay(self, level: Level, variable: int, price: int) -> None:
        """Each unit of the variable costs `price` at this level."""
        variables, prices = self.prices[level]
        variables.append(variable)
        prices.append(price)

    def exactly_one(self, literals: Sequence[Literal]) -> None:
        """One and only one of the literals holds."""
        self._constraints.add().exactly_one.literals.extend(literals)

    def at_most_one(self, literals: Sequence[Literal]) -> None:
        """No two of the literals hold."""
        if len(literals) > 1:
            self._constraints.add().at_most_one.literals.extend(literals)

    def any_of(self, literals: Sequence[Literal]) -> None:
        """At least one of the literals holds; none given: the model has no solution."""
        if literals:
            self._constraints.add().bool_or.literals.extend(literals)
        else:
            self.linear([], [], 1, 1)

    def linear(self, variables: Sequence[int], weights: Sequence[int], low: int, high: int) -> None:
        """low <= the weighted sum <= high."""
        constraint = self._constraints.add().linear
        constraint.vars.extend(variables)
        constraint.coeffs.extend(weights)
        constraint.domain.extend((low, high))

    def minimise(self, level: Level) -> None:
        """Make one level the objective."""
        proto = self.model.proto
        proto.clear_objective()
        variables, prices = self.prices[level]
        proto.objective.vars.extend(variables)
        proto.objective.coeffs.extend(prices)

    def at_most(self, level: Level, most: int) -> None:
        """The sum of one level's prices stays at or below `most`."""
        variables, prices = self.prices[level]
        least = sum(min(0, price * self.top(variable)) for variable, price in zip(variables, prices, strict=True))
        if variables:
            self.linear(variables, prices, min(least, most), most)

    def hinted(self, level: Level) -> int:
        """What the hint costs at one level."""
        variables, prices = self.prices[level]
        return sum(price * self.hints[variable] for variable, price in zip(variables, prices, strict=True))

    def hint(self, values: Sequence[int] | None = None) -> None:
        """Hand the hints (or these values) of all variables to the solver."""
        if values is not None:
            self.hints = list(values)
        proto = self.model.proto
        proto.clear_solution_hint()
        proto.solution_hint.vars.extend(range(len(self.hints)))
        proto.solution_hint.values.extend(self.hints)

    def top(self, variable: int) -> int:
        """The largest value of a variable."""
        return int(self._variables[variable].domain[1])

    @property
    def variables(self) -> int:
        """How many variables there are."""
        return len(self.hints)

    @property
    def constraints(self) -> int:
        """How many constraints there are."""
        return len(self._constraints)

    def _variable(self, low: int, high: int, hint: int) -> int:
        self._variables.add().domain.extend((low, high))
        self.hints.append(hint)
        return len(self.hints) - 1
