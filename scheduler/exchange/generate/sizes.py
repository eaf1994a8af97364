"""How large are the sets, and in which shares does their work fall?"""

from dataclasses import dataclass
from datetime import time

from scheduler.domain.venues import ActivityType


@dataclass(frozen=True, slots=True)
class Size:
    """Counts of one set; `history_weeks` is how far back the worked shifts go."""

    experts: int
    venues: int
    shifts_a_week: int
    municipalities: int
    history_weeks: int


SIZES = {
    "district": Size(24, 9, 60, 1, 4),
    "city": Size(220, 120, 600, 1, 4),
    "region": Size(500, 150, 1_250, 5, 4),
    "nation": Size(1_800, 1_000, 5_000, 60, 1),
    "stress": Size(4_000, 2_500, 10_000, 120, 1),
}


@dataclass(frozen=True, slots=True)
class Template:
    """A usual time of day for a shift: its share of all shifts and the activities held then, with their weights."""

    start: time
    end: time
    share: float
    activities: tuple[tuple[str, float], ...]
    saturday: bool = False

    @property
    def hours(self) -> float:
        """Length in hours."""
        return (self.end.hour - self.start.hour) + (self.end.minute - self.start.minute) / 60


TEMPLATES = (
    Template(
        time(9, 30),
        time(12, 30),
        0.30,
        (("drop_in", 50), ("walk_in_hour", 25), ("group", 12), ("talk", 5), ("groundwork", 5), ("coaching", 3)),
    ),
    Template(time(11, 30), time(14, 30), 0.15, (("meal", 100),)),
    Template(
        time(13, 30),
        time(16, 30),
        0.30,
        (("drop_in", 35), ("walk_in_hour", 30), ("group", 20), ("talk", 8), ("groundwork", 5), ("coaching", 2)),
    ),
    Template(time(15), time(18), 0.10, (("drop_in", 45), ("group", 35), ("talk", 10), ("groundwork", 10))),
    Template(time(18, 30), time(21, 30), 0.10, (("evening_group", 70), ("drop_in", 30))),
    Template(time(10), time(14), 0.05, (("drop_in", 80), ("meal", 20)), saturday=True),
)

ACTIVITIES = (
    ActivityType("drop_in", "Inloop", "host", 1, host_needed=True),
    ActivityType("meal", "Eettafel", "host", 1, host_needed=True),
    ActivityType("walk_in_hour", "Spreekuur", "walk_in", 3),
    ActivityType("group", "Groep", "group_leader", 2),
    ActivityType("evening_group", "Avondgroep", "group_leader", 2, two_present=True),
    ActivityType("talk", "Voorlichting", "speaker", 2),
    ActivityType("groundwork", "Kwartiermaken", "groundwork", 2),
    ActivityType("coaching", "Coaching", "coach", 3),
)
ROLE_SHARES = {
    "host": 0.55,
    "walk_in": 0.25,
    "group_leader": 0.25,
    "speaker": 0.15,
    "groundwork": 0.10,
    "coach": 0.05,
}
LANGUAGE_SHARES = {"en": 0.60, "ar": 0.15, "tr": 0.12, "srn": 0.08, "es": 0.05}
THEMES = {"contact": 6, "post": 4, "calls": 3, "errands": 3, "money": 2, "housing": 2, "digital": 0.4, "parenting": 0.3}
RECURRING, INCIDENTAL = 0.85, 0.10
HEADCOUNTS = {1: 70, 2: 28, 3: 2}
