"""What has to be covered: a shift at a venue and the demand it carries."""

from dataclasses import dataclass
from enum import IntEnum

from scheduler.domain.errors import invalid
from scheduler.domain.people import Language, ThemeId
from scheduler.domain.time import Span
from scheduler.domain.venues import ActivityId, VenueId

ShiftId = str
LONGEST_MINUTES = 24 * 60


class Priority(IntEnum):
    """How pressing the demand is; a lower number is filled first."""

    MANDATORY = 0
    HIGH = 1
    MEDIUM = 2
    LOW = 3


@dataclass(frozen=True, slots=True)
class Demand:
    """How many experts a shift requires, and how many more would be desirable."""

    required: int = 1
    desirable: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.required <= 50 or not 0 <= self.desirable <= 50 or self.required + self.desirable == 0:
            invalid(
                "A demand of %(required)s required and %(desirable)s desirable cannot be.",
                required=self.required,
                desirable=self.desirable,
            )

    @property
    def most(self) -> int:
        """More than this many are never assigned."""
        return self.required + self.desirable


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
