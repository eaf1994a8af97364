"""How was the sample district of data/district made: from which seed, and with which touches by hand?"""

from dataclasses import replace
from datetime import time

from scheduler.domain.availability import Availability, AvailabilityLevel, DaySlot, WeeklySlot
from scheduler.domain.cover import CoverRequest, Recurrence, Repeat
from scheduler.domain.people import Exclusion, ExclusionKind, Expert, PersonalLimits, Wish
from scheduler.domain.places import TravelMode
from scheduler.domain.time import DAY, PlanningWindow, local_instant
from scheduler.exchange.generate.making import generate
from scheduler.exchange.region import Region

SEED = 51
CAN, GLADLY, NEUTRAL, ASK = (
    AvailabilityLevel.AVAILABLE,
    AvailabilityLevel.WANTED,
    AvailabilityLevel.NEUTRAL,
    AvailabilityLevel.ASK_FIRST,
)
MORNING, AFTERNOON, EVENING = (time(9), time(13)), (time(13), time(18)), (time(18), time(22))


def sample_district() -> Region:
    """The sample without its published roster: a generated district, Fenna's own week, and three open questions."""
    region = generate("district", SEED)
    names = {profile.expert: profile.first_name for profile in region.profiles}
    return replace(
        region,
        experts=tuple(_fenna(e, region.window) if names[e.id] == "Fenna" else e for e in region.experts),
        requests=region.requests + tuple(_open_questions(region.window)),
    )


def _fenna(expert: Expert, window: PlanningWindow) -> Expert:
    """Fenna of the tour: her week, limits and wishes as the pages show them."""
    week = (
        WeeklySlot(0, *MORNING, CAN),
        WeeklySlot(0, *AFTERNOON, CAN),
        WeeklySlot(1, *MORNING, CAN),
        WeeklySlot(1, *AFTERNOON, GLADLY),
        WeeklySlot(3, *MORNING, GLADLY),
        WeeklySlot(3, *AFTERNOON, CAN),
        WeeklySlot(4, *MORNING, NEUTRAL),
        WeeklySlot(4, *AFTERNOON, ASK),
        WeeklySlot(5, time(9), time(15), ASK),
    )
    away, extra = window.first + 9 * DAY, window.first + 19 * DAY
    exceptions = (
        DaySlot(away, away, AvailabilityLevel.UNAVAILABLE),
        DaySlot(extra, extra, GLADLY, time(9), time(15)),
    )
    return replace(
        expert,
        availability=Availability(week, exceptions),
        limits=PersonalLimits(
            minutes_a_month=32 * 60, shifts_a_week=3, days_in_a_row=2, earliest_start=time(9), travel_minutes=25
        ),
        travel_mode=TravelMode.BIKE,
        venue_wishes=(("vensterbank", Wish.GLADLY), ("zilverlinde", Wish.GLADLY)),
        exclusions=(Exclusion(ExclusionKind.VENUE, "oktoberhof"),),
    )


def _open_questions(window: PlanningWindow) -> list[CoverRequest]:
    """Requests that wait for an answer on the first Monday of the window."""
    meal = CoverRequest(
        id="q00001",
        venue="theelicht",
        activity="meal",
        recurrence=Recurrence(window.first + 11 * DAY),
        start=time(11, 30),
        end=time(14, 30),
        submitted_at=local_instant(window.first, time(8, 12), window.zone),
        answer_due_at=local_instant(window.first, time(12, 12), window.zone),
        headcount=2,
        note="We verwachten extra bezoekers.",
    )
    walk_in = replace(
        meal,
        id="q00002",
        venue="zilverlinde",
        activity="walk_in_hour",
        recurrence=Recurrence(window.first + 10 * DAY),
        start=time(13, 30),
        end=time(16, 30),
        headcount=1,
        languages=frozenset({"tr"}),
        note="",
    )
    drop_in = replace(
        walk_in,
        id="q00003",
        venue="meerkoet",
        activity="drop_in",
        recurrence=Recurrence(window.first + 8 * DAY, Repeat.WEEKLY, window.first + 64 * DAY),
        start=time(9, 30),
        end=time(12, 30),
        languages=frozenset(),
    )
    return [meal, walk_in, drop_in]
