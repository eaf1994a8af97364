"""What has to be covered: a shift at a venue and the demand it carries."""

from dataclasses import dataclass
from enum import IntEnum

from scheduler.domain.errors import invalid
from scheduler.domain.people import Language, ThemeId
from scheduler.domain.time import Span
from scheduler.domain.venues import ActivityId, VenueId

ShiftId = str
LONGEST_MINUTES = 24 * 60
MOST_PEOPLE = 1000


class Priority(IntEnum):
    """How pressing the demand is; a lower number is filled first."""

    MANDATORY = 0
    HIGH = 1
    MEDIUM = 2
    LOW = 3


@dataclass(frozen=True, slots=True)
class Demand:
    """How many experts a shift requires, and how many more would be desirable.

    With graded staffing each required person missing counts `missing_points` and each one beyond `most` counts
    `extra_points`; without `extra_points` more than `most` are never assigned.
    """

    required: int = 1
    desirable: int = 0
    missing_points: int | None = None
    extra_points: int | None = None

    def __post_init__(self) -> None:
        if not (0 <= self.required <= MOST_PEOPLE and 0 <= self.desirable <= MOST_PEOPLE and self._wants_or_takes):
            invalid(
                "A demand of %(required)s required and %(desirable)s desirable cannot be.",
                required=self.required,
                desirable=self.desirable,
            )
        if min(self.missing_points or 0, self.extra_points or 0) < 0:
            invalid("What a person missing or too many counts cannot be negative.")

    @property
    def most(self) -> int:
        """How many places there are."""
        return self.required + self.desirable

    @property
    def _wants_or_takes(self) -> bool:
        return self.most > 0 or self.extra_points is not None


@dataclass(frozen=True, slots=True)
class Shift:
    """Work at a venue in a half-open span. A language in `required_languages` is needed of each person on the shift."""

    id: ShiftId
    venue: VenueId
    activity: ActivityId
    span: Span
    demand: Demand = Demand()
    priority: Priority = Priority.MEDIUM
    required_languages: frozenset[Language] = frozenset()
    desired_languages: frozenset[Language] = frozenset()
    themes: frozenset[ThemeId] = frozenset()
    required_qualification: str | None = None
    request: str | None = None

    def __post_init__(self) -> None:
        if not self.id:
            invalid("A shift needs an id.")
        if self.span.minutes > LONGEST_MINUTES:
            invalid("Shift %(id)s lasts %(minutes)s minutes, longer than a day.", id=self.id, minutes=self.span.minutes)
