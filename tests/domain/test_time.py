"""Do spans, local times and planning windows keep their promises, also when the clock changes?"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.errors import InvalidValue
from scheduler.domain.time import Days, Fold, PlanningWindow, Span, local_instant, local_span

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NIGHTS = [
    (date(2026, 10, 24), 10),
    (date(2027, 3, 27), 8),
    (date(2027, 10, 30), 10),
    (date(2027, 6, 1), 9),
]


@pytest.mark.parametrize(("day", "hours"), NIGHTS)
def test_a_night_shift_lasts_as_long_as_it_takes_on_a_clock_change(day: date, hours: int) -> None:
    assert local_span(day, time(22), time(7), AMSTERDAM).minutes == hours * 60


def test_a_time_that_the_spring_change_skips_is_refused_by_name() -> None:
    with pytest.raises(InvalidValue, match="02:30 does not exist on 2027-03-28"):
        local_instant(date(2027, 3, 28), time(2, 30), AMSTERDAM)


def test_a_time_that_occurs_twice_asks_which_one_is_meant() -> None:
    day = date(2027, 10, 31)
    with pytest.raises(InvalidValue, match="occurs twice"):
        local_instant(day, time(2, 30), AMSTERDAM)
    first = local_instant(day, time(2, 30), AMSTERDAM, Fold.FIRST)
    second = local_instant(day, time(2, 30), AMSTERDAM, Fold.SECOND)
    assert second - first == timedelta(hours=1)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2031, 1, 1)))
def test_every_local_time_that_exists_comes_back(local: datetime) -> None:
    clock = local.time().replace(second=0, microsecond=0)
    try:
        instant = local_instant(local.date(), clock, AMSTERDAM, Fold.SECOND)
    except InvalidValue:
        assert local.month == 3
        assert clock.hour == 2
        return
    assert instant.astimezone(AMSTERDAM).replace(tzinfo=None) == datetime.combine(local.date(), clock)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(InvalidValue, match="no time zone"):
        Span(datetime(2027, 1, 1), datetime(2027, 1, 2))


def test_a_span_that_ends_at_its_start_is_refused() -> None:
    noon = datetime(2027, 1, 1, 12, tzinfo=UTC)
    with pytest.raises(InvalidValue, match="not after the start"):
        Span(noon, noon)


def test_spans_that_only_touch_do_not_meet() -> None:
    at = [datetime(2027, 1, 1, hour, tzinfo=UTC) for hour in (9, 12, 15)]
    assert not Span(at[0], at[1]).meets(Span(at[1], at[2]))
    assert not Span(at[1], at[2]).meets(Span(at[0], at[1]))
    assert Span(at[0], at[2]).meets(Span(at[1], at[2]))
    assert Span(at[0], at[2]).contains(Span(at[1], at[2]))


def test_days_are_half_open() -> None:
    days = Days(date(2027, 1, 1), date(2027, 1, 3))
    assert [date(2027, 1, d) in days for d in (1, 2, 3)] == [True, True, False]
    with pytest.raises(InvalidValue, match="not after its first day"):
        Days(date(2027, 1, 3), date(2027, 1, 3))


def test_a_window_starts_on_a_monday() -> None:
    with pytest.raises(InvalidValue, match="starts on a Monday"):
        PlanningWindow(date(2027, 3, 23), 28)


@pytest.mark.parametrize(
    ("first", "hours"), [(date(2027, 3, 22), 167), (date(2027, 10, 25), 169), (date(2027, 6, 7), 168)]
)
def test_a_week_has_the_hours_that_the_clock_gives_it(first: date, hours: int) -> None:
    window = PlanningWindow(first, 7)
    assert window.span.minutes == hours * 60
    assert window.minute_of(window.midnight(7)) == hours * 60


@given(st.integers(0, 27), st.integers(0, 1439))
def test_an_instant_falls_on_its_local_day(index: int, minute: int) -> None:
    window = PlanningWindow(date(2027, 3, 8), 28)
    local = datetime.combine(window.first + timedelta(days=index), time(minute // 60, minute % 60), AMSTERDAM)
    assert window.day_of(local) == index
