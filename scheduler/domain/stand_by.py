"""When and where does somebody stand by: in which part of the day, in which neighbourhood?"""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum


class DayPart(StrEnum):
    """A quarter of a local day, in order of the clock."""

    NIGHT = "night"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"

    @classmethod
    def of(cls, clock: time) -> "DayPart":
        """The part in which a local time lies."""
        return tuple(cls)[clock.hour // 6]


@dataclass(frozen=True, slots=True, order=True)
class StandBy:
    """The expert can be asked to stand by in this part of the day in this neighbourhood, on days that suit her."""

    part: DayPart
    neighbourhood: str
