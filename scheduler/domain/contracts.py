"""Under which contract does an expert work, from when to when, and for how many hours?"""

from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain.errors import invalid
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
    """Hours agreed per week (minutes, local Monday to Sunday) on the days on which the contract is in force."""

    kind: ContractKind
    days: Days
    minimum_minutes_a_week: int = 0
    maximum_minutes_a_week: int | None = None

    def __post_init__(self) -> None:
        top = self.maximum_minutes_a_week
        if self.minimum_minutes_a_week < 0 or (top is not None and top < self.minimum_minutes_a_week):
            invalid(
                "A contract of %(low)s to %(high)s minutes a week cannot be kept.",
                low=self.minimum_minutes_a_week,
                high=top,
            )
