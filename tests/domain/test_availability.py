"""Is a shift as possible as its hardest moment, and do exceptions overrule the pattern?"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.availability import Availability, AvailabilityLevel, DaySlot, WeeklySlot, local_parts
from scheduler.domain.errors import InvalidValue
from scheduler.domain.time import MINUTE, Span, local_span

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
CAN, CANNOT, WANTED = AvailabilityLevel.AVAILABLE, AvailabilityLevel.UNAVAILABLE, AvailabilityLevel.WANTED
MONDAY = date(2027, 6, 7)


def on_monday(start: str, end: str) -> Span:
    return local_span(MONDAY, time.fromisoformat(start), time.fromisoformat(end), AMSTERDAM)


def test_a_shift_that_leaves_the_pattern_for_a_moment_is_not_possible() -> None:
    mornings = Availability((WeeklySlot(0, time(9), time(12, 30), CAN),))
    assert mornings.level_of(on_monday("09:30", "12:30"), AMSTERDAM) is CAN
    assert mornings.level_of(on_monday("09:30", "12:31"), AMSTERDAM) is CANNOT


def test_an_exception_overrules_the_pattern_in_both_directions() -> None:
    weekly = (WeeklySlot(0, time(9), time(17), CAN),)
    off = Availability(weekly, (DaySlot(MONDAY, MONDAY, CANNOT),))
    extra = Availability((), (DaySlot(MONDAY, MONDAY, WANTED, time(18), time(22)),))
    assert off.level_of(on_monday("09:30", "12:30"), AMSTERDAM) is CANNOT
    assert extra.level_of(on_monday("18:30", "21:30"), AMSTERDAM) is WANTED


def test_a_later_exception_overrules_an_earlier_one() -> None:
    week_off = DaySlot(MONDAY, MONDAY + timedelta(days=6), CANNOT)
    but_this = DaySlot(MONDAY, MONDAY, CAN, time(9), time(13))
    assert Availability((), (week_off, but_this)).level_of(on_monday("09:30", "12:30"), AMSTERDAM) is CAN


def test_where_two_slots_say_different_things_the_lower_one_holds() -> None:
    both = Availability((WeeklySlot(0, time(9), time(17), WANTED), WeeklySlot(0, time(12), time(13), CANNOT)))
    assert both.level_of(on_monday("09:30", "12:30"), AMSTERDAM) is CANNOT


def test_a_night_touches_two_local_days() -> None:
    parts = local_parts(local_span(MONDAY, time(22), time(7), AMSTERDAM), AMSTERDAM)
    assert parts == [(MONDAY, time(22), time()), (MONDAY + timedelta(days=1), time(), time(7))]


def test_a_part_of_the_day_ends_after_its_start() -> None:
    with pytest.raises(InvalidValue, match="not after 12:00"):
        WeeklySlot(0, time(12), time(9), CAN)


SLOTS = st.builds(
    WeeklySlot, st.integers(0, 6), st.sampled_from([time(h) for h in (0, 3, 8)]),
    st.sampled_from([time(h) for h in (9, 12, 23)] + [time()]), st.sampled_from(list(AvailabilityLevel)),
)  # fmt: skip


@given(st.lists(SLOTS, max_size=6), st.integers(0, 28 * 24), st.integers(1, 14))
def test_the_level_of_a_span_is_the_lowest_of_its_minutes(slots: list[WeeklySlot], hour: int, hours: int) -> None:
    pattern = Availability(tuple(slots))
    start = datetime(2027, 3, 15, tzinfo=UTC) + timedelta(hours=hour)
    span = Span(start, start + timedelta(hours=hours))
    minutes = [(start + n * 10 * MINUTE).astimezone(AMSTERDAM) for n in range(hours * 6)]
    assert pattern.level_of(span, AMSTERDAM) == min(pattern.level_at(m.date(), m.time()) for m in minutes)
