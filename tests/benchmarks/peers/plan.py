"""What does Timefold plan: seats that take a value each, and the facts that price them?"""

from dataclasses import dataclass, field
from typing import Annotated

from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningScore,
    PlanningVariable,
    ProblemFactProperty,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import HardMediumSoftScore


@dataclass
class Value:
    """A shift for a cell, or an expert for a place."""

    number: Annotated[int, PlanningId]


@planning_entity
@dataclass
class Seat:
    """Takes one of its values, or none."""

    number: Annotated[int, PlanningId]
    allowed: Annotated[list[Value], ValueRangeProvider(id="allowed")]
    value: Annotated[Value | None, PlanningVariable(value_range_provider_refs=["allowed"], allows_unassigned=True)] = (
        field(default=None)
    )


@dataclass
class Facts:
    """The table of the model as whole numbers with spaces between them: a list of Python numbers crosses too slowly.

    `x_at` says where the entries of each pair (or row, or seat) start in `x`, and has one number more than there are.
    """

    experts: int
    days: int
    slots: int
    constant: str
    expert: str
    day: str
    coverage: str
    preference: str
    seat_at: str
    seat_value: str
    seat_pair: str
    row_at: str
    row: str
    weight: str
    row_level: str
    row_low: str
    row_high: str
    row_below: str
    row_above: str
    other_at: str
    other: str
    other_level: str
    other_amount: str
    slot: str
    group_level: str
    group_high: str
    group_above: str
    runs: str
    window_of_at: str
    window_of: str
    window_level: str
    window_price: str
    window_start: str
    window_end: str
    window_rest: str
    span_at: str
    span_start: str
    span_end: str
    span_pair: str


@planning_solution
@dataclass
class Plan:
    """All seats with their values, and what they are worth."""

    facts: Annotated[Facts, ProblemFactProperty]
    seats: Annotated[list[Seat], PlanningEntityCollectionProperty]
    score: Annotated[HardMediumSoftScore | None, PlanningScore] = field(default=None)
