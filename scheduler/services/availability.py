"""When can and wants an expert to work, and up to which own limits?"""

from collections.abc import Mapping

from scheduler.domain.availability import AvailabilityLevel, DaySlot, WeeklySlot
from scheduler.domain.people import Exclusion, PersonalLimits
from scheduler.services.context import App, Viewer
from scheduler.services.views import AvailabilityView, DayPart, LimitsView


def availability_view(app: App, viewer: Viewer) -> AvailabilityView:
    """The own usual week and exceptions."""
    raise NotImplementedError


def slots_of_parts(levels: Mapping[tuple[int, DayPart], AvailabilityLevel]) -> tuple[WeeklySlot, ...]:
    """The weekly slots that say exactly these levels per (weekday, part)."""
    raise NotImplementedError


def save_weekly(app: App, viewer: Viewer, slots: tuple[WeeklySlot, ...], *, edition: int, key: str = "") -> int:
    """Replace the own usual week; the new edition. Stale when it was changed elsewhere."""
    raise NotImplementedError


def add_exception(app: App, viewer: Viewer, slot: DaySlot, *, key: str = "") -> int:
    """Say that some days differ; the new edition."""
    raise NotImplementedError


def remove_exception(app: App, viewer: Viewer, exception: str, *, key: str = "") -> int:
    """Take an exception away; NotFound when it is not there."""
    raise NotImplementedError


def limits_view(app: App, viewer: Viewer) -> LimitsView:
    """The own limits, exclusions and the hours of this month and the next."""
    raise NotImplementedError


def save_limits(app: App, viewer: Viewer, limits: PersonalLimits, *, edition: int, key: str = "") -> int:
    """Replace the own limits; the new edition."""
    raise NotImplementedError


def save_exclusions(app: App, viewer: Viewer, exclusions: tuple[Exclusion, ...], *, edition: int, key: str = "") -> int:
    """Replace the own private exclusions; the new edition. The audit says only that something changed."""
    raise NotImplementedError
