"""Tests of what experts say about their own time."""

from datetime import date, time

import pytest

from scheduler.domain.availability import Availability, AvailabilityLevel, DaySlot, WeeklySlot
from scheduler.domain.errors import InvalidValue, NotAllowed, NotFound, Stale
from scheduler.domain.people import Exclusion, ExclusionKind, PersonalLimits
from scheduler.domain.roster import Assignment
from scheduler.services import availability
from scheduler.services.expert_views import DayPart
from tests.builders import shift
from tests.services.world import World

AVAILABLE, WANTED, NO = AvailabilityLevel.AVAILABLE, AvailabilityLevel.WANTED, AvailabilityLevel.UNAVAILABLE


def test_the_week_is_shown_in_parts_and_saved_as_it_was_chosen(world: World) -> None:
    noor = world.expert("noor")
    view = availability.availability_view(world.app, noor)
    assert len(view.levels) == 21
    levels = {**view.levels, (0, DayPart.MORNING): WANTED, (6, DayPart.EVENING): NO}
    edition = availability.save_weekly(
        world.app, noor, availability.slots_of_parts(levels), edition=view.edition, key="k"
    )
    again = availability.availability_view(world.app, noor)
    assert (again.edition, again.levels, again.mixed) == (edition, levels, frozenset())
    with pytest.raises(Stale):
        availability.save_weekly(world.app, noor, (), edition=view.edition, key="other")


def test_a_part_with_several_levels_says_so_and_shows_the_lowest(world: World) -> None:
    world.change_expert("noor", availability=Availability((WeeklySlot(0, time(9), time(12), WANTED),)))
    view = availability.availability_view(world.app, world.expert("noor"))
    assert view.levels[0, DayPart.MORNING] is NO
    assert view.mixed == {(0, DayPart.MORNING)}


def test_a_mixed_part_that_is_left_so_keeps_its_hours_and_a_chosen_level_counts_whole_at_once(world: World) -> None:
    kept = (WeeklySlot(0, time(9), time(15), WANTED), WeeklySlot(5, time(2), time(7), AVAILABLE))
    noor = world.expert("noor")
    world.change_expert("noor", availability=Availability(kept))
    view = availability.availability_view(world.app, noor)
    assert view.mixed == {(0, DayPart.MORNING), (0, DayPart.AFTERNOON), (5, DayPart.MORNING)}
    left = {place: None if place in view.mixed else level for place, level in view.levels.items()}
    known = Availability(availability.slots_of_parts(left, view))
    days = [date(2027, 1, 4 + n) for n in range(7)]
    hours = [time(hour) for hour in range(24)]
    assert all(known.level_at(day, at) == Availability(kept).level_at(day, at) for day in days for at in hours)
    assert view.levels[0, DayPart.MORNING] is NO
    changed = Availability(availability.slots_of_parts({**left, (0, DayPart.MORNING): NO}, view))
    assert {changed.level_at(days[0], time(hour)) for hour in range(6, 13)} == {NO}
    assert changed.level_at(days[0], time(14)) is WANTED
    assert changed.level_at(days[5], time(3)) is AVAILABLE


def test_exceptions_come_and_go(world: World) -> None:
    noor = world.expert("noor")
    slot = DaySlot(date(2027, 1, 12), date(2027, 1, 14), NO)
    availability.add_exception(world.app, noor, slot, key="a")
    availability.add_exception(world.app, noor, slot, key="a")
    (found,) = availability.availability_view(world.app, noor).exceptions
    assert found.slot == slot
    availability.remove_exception(world.app, noor, found.id)
    assert availability.availability_view(world.app, noor).exceptions == ()
    with pytest.raises(NotFound):
        availability.remove_exception(world.app, noor, found.id)
    with pytest.raises(InvalidValue, match="passed"):
        availability.add_exception(world.app, noor, DaySlot(date(2027, 1, 1), date(2027, 1, 2), NO))


def test_limits_and_exclusions_are_the_experts_own_and_leave_no_trace_in_the_book(world: World) -> None:
    noor = world.expert("noor")
    view = availability.limits_view(world.app, noor)
    limits = PersonalLimits(minutes_a_month=600, quiet_places_only=True)
    edition = availability.save_limits(world.app, noor, limits, edition=view.edition)
    exclusions = (Exclusion(ExclusionKind.VENUE, "pinto"),)
    availability.save_exclusions(world.app, noor, exclusions, edition=edition)
    again = availability.limits_view(world.app, noor)
    assert (again.limits, again.exclusions) == (limits, exclusions)
    assert again.month.left_minutes == 600 - 2 * 180
    with world.database.reading() as work:
        assert {entry.fields for entry in work.audit.newest(2)} == {("limits",), ("record",)}
        assert "pinto" not in repr(work.audit.newest(2))
    with pytest.raises(NotFound):
        availability.save_exclusions(world.app, noor, (Exclusion(ExclusionKind.VENUE, "none"),), edition=again.edition)


def test_the_break_in_a_long_shift_is_not_among_the_hours_of_the_month(quick_world: World) -> None:
    world, before = quick_world, availability.limits_view(quick_world.app, quick_world.expert("noor")).month
    world.add_shifts(shift("w3 tue 09:00-15:00", id="long"))
    world.publish(world.live().with_(Assignment("noor", "long")))
    after = availability.limits_view(world.app, world.expert("noor")).month
    assert after.planned_minutes - before.planned_minutes == 330


def test_nobody_else_gets_these_pages(quick_world: World) -> None:
    for viewer in (quick_world.planner, quick_world.coordinator):
        for call in (availability.availability_view, availability.limits_view):
            with pytest.raises(NotAllowed):
                call(quick_world.app, viewer)
