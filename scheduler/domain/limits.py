"""Which limits have several parts: on holidays, an expert's own graded ones, and rolling ones of a contract?"""

from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain.errors import invalid

LONGEST_ROLLING_DAYS = 366


class OnHolidays(StrEnum):
    """What an expert said about official holidays; who said nothing can be asked, which counts as less nice."""

    NEVER = "never"
    GLADLY = "gladly"


class Period(StrEnum):
    """A local calendar period; a week begins on Monday."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class GradedLimit:
    """How much an expert would like to work or earn in a period, at least and at most; None: no wish.

    These are slopes, not cliffs: each step outside counts, none is forbidden. Why somebody wants this is never known.
    """

    period: Period
    least_minutes: int | None = None
    most_minutes: int | None = None
    least_cents: int | None = None
    most_cents: int | None = None

    def __post_init__(self) -> None:
        for least, most in ((self.least_minutes, self.most_minutes), (self.least_cents, self.most_cents)):
            if min(least or 0, most or 0) < 0 or (least is not None and most is not None and least > most):
                invalid("From %(low)s to %(high)s in a %(period)s cannot be.", low=least, high=most, period=self.period)


@dataclass(frozen=True, slots=True)
class RollingLimit:
    """At most so much in any run of `length_days` local days: minutes, shifts, or days with work; None: no limit."""

    length_days: int
    minutes: int | None = None
    shifts: int | None = None
    work_days: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.length_days <= LONGEST_ROLLING_DAYS:
            invalid("A rolling limit spans 1 to %(most)s days.", most=LONGEST_ROLLING_DAYS)
        if min(self.minutes or 0, self.shifts or 0, self.work_days or 0) < 0:
            invalid("A rolling limit cannot be negative.")
