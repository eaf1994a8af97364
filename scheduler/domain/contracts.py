"""Under which contract does an expert work, from when to when, and for how many hours?"""

from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain.errors import invalid
from scheduler.domain.limits import RollingLimit
from scheduler.domain.time import Days


class ContractKind(StrEnum):
    """The kinds of contract of the field; which labour rules apply follows from it."""

    EMPLOYED = "employed"
    MIN_MAX = "min_max"
    ON_CALL = "on_call"
    VOLUNTEER = "volunteer"
    SELF_EMPLOYED = "self_employed"

    @property
    def is_own_staff(self) -> bool:
        """Own staff goes before hired-in staff; volunteers count as own."""
        return self is not ContractKind.SELF_EMPLOYED


@dataclass(frozen=True, slots=True)
class Contract:
    """Minutes agreed per week (local Monday to Sunday) and per planning window, on the days on which it is in force.

    What is agreed per planning window holds pro rata when the contract is in force on a part of its days.
    """

    kind: ContractKind
    days: Days
    minimum_minutes_a_week: int = 0
    maximum_minutes_a_week: int | None = None
    rolling: tuple[RollingLimit, ...] = ()
    minimum_minutes_a_window: int = 0
    maximum_minutes_a_window: int | None = None
    one_shift_a_day: bool = False

    def __post_init__(self) -> None:
        low, top = self.minimum_minutes_a_week, self.maximum_minutes_a_week
        if low < 0 or (top is not None and top < low):
            invalid("A contract of %(low)s to %(high)s minutes a week cannot be kept.", low=low, high=top)
        low, top = self.minimum_minutes_a_window, self.maximum_minutes_a_window
        if low < 0 or (top is not None and top < low):
            invalid("A contract of %(low)s to %(high)s minutes a planning window cannot be kept.", low=low, high=top)
