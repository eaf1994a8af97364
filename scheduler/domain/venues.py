"""Where work is done: neighbourhoods with their need, venues, and the activities they hold."""

from dataclasses import dataclass

from scheduler.domain.errors import invalid
from scheduler.domain.people import RoleId
from scheduler.domain.places import Place

VenueId = str
NeighbourhoodId = str
ActivityId = str

QUIET = "quiet"
STEP_FREE = "step_free"
KEYS = "keys"
"""Experts open and close the venue themselves."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Part of a municipality; need 100 is average, 200 twice as pressing."""

    id: NeighbourhoodId
    name: str
    need: int = 100

    def __post_init__(self) -> None:
        if not 1 <= self.need <= 1000:
            invalid("The need of %(name)s must be 1 to 1000, not %(need)s.", name=self.name, need=self.need)


@dataclass(frozen=True, slots=True)
class Venue:
    """A neighbourhood house, living room or workshop; `contact` is the on-duty person that a shift page names.

    The budget of a calendar month is in minutes of work, in cents of pay, or both; None: no budget.
    """

    id: VenueId
    name: str
    kind: str
    neighbourhood: NeighbourhoodId
    place: Place | None = None
    address: str = ""
    attributes: frozenset[str] = frozenset()
    contact_name: str = ""
    contact_phone: str = ""
    minutes_a_month: int | None = None
    cents_a_month: int | None = None
    budget_is_hard: bool = False

    def __post_init__(self) -> None:
        if not self.id or not self.name.strip():
            invalid("A venue needs an id and a name, not %(id)r and %(name)r.", id=self.id, name=self.name)
        if min(self.minutes_a_month or 0, self.cents_a_month or 0) < 0:
            invalid("The budget of %(name)s is negative.", name=self.name)


@dataclass(frozen=True, slots=True)
class ActivityType:
    """What happens on a shift and what it asks: the role, its weight, and whether somebody may be alone.

    Who does it never does one of `never_before` on the next day, such as an early start after a late end. To stand by
    is an activity of its own: who does it can be called, then and in the neighbourhood of the venue.
    """

    id: ActivityId
    name: str
    role: RoleId
    intensity_points: int = 1
    host_needed: bool = False
    two_present: bool = False
    minimum_minutes: int = 60
    never_before: frozenset[ActivityId] = frozenset()
    stand_by: bool = False

    def __post_init__(self) -> None:
        if self.intensity_points < 0 or self.minimum_minutes < 1:
            invalid("Activity %(name)s has impossible points or minutes.", name=self.name)
