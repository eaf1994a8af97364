"""Does an expert's own page count what the rules count, and may a no be taken back only when she is free then?"""

import pytest

from scheduler.domain.errors import Refused
from scheduler.domain.people import PersonalLimits, Wish, WorkedMinutes
from scheduler.domain.responses import Answer
from scheduler.domain.roster import Assignment
from scheduler.domain.time import Span
from scheduler.services import exports, respond
from scheduler.services.availability import limits_view
from scheduler.services.candidates import candidates
from scheduler.services.unit import change_once
from tests.builders import JANUARY, at, shift, span_of
from tests.services.world import World

FIRST = JANUARY.first


def remember(world: World, *when: str, who: str = "noor") -> None:
    """Work of before this system, at Lydia."""
    with world.database.writing() as work:
        work.history.replace([(WorkedMinutes(who, *span_of(text)), "lydia") for text in when])


def test_the_month_counts_work_of_before_this_system_as_the_rules_do(world: World) -> None:
    remember(world, "w0 fri 09:00-13:00", "w0 thu 09:00-11:00")
    noor = world.expert("noor")
    month = respond.expert_home(world.app, noor).month
    assert (month.done_minutes, month.planned_minutes) == (4 * 60, 2 * 180), "New Year's Day lies in the month"
    assert limits_view(world.app, noor).month == month
    for minutes, free in ((600 + 179, False), (600 + 180, True)):
        world.change_expert("noor", limits=PersonalLimits(minutes_a_month=minutes))
        can = candidates(world.app, world.planner, FIRST, "s3").can
        assert ("noor" in {c.expert for c in can}) is free


def test_a_place_where_somebody_came_before_this_system_is_known_to_her(world: World) -> None:
    remember(world, "w0 fri 09:00-13:00")
    said = respond.shift_card(world.app, world.expert("noor"), "s1").reasons
    assert "You came to Lydia 1 time before." in map(str, said)


def test_the_table_of_hours_counts_the_same_and_says_what_is_still_planned(world: World) -> None:
    remember(world, "w0 fri 09:00-13:00", "w0 thu 09:00-11:00")
    world.clock.set("thu 09:00")
    table = exports.hours_of_year(world.app, world.planner, 2027).frame()
    row = table[table["Number"] == "noor"].iloc[0]
    assert (row["2027-01"], row["Sum"], row["of which planned"]) == (10, 10, 3)
    assert table.iloc[-1]["of which planned"] == 5 * 3


def test_a_no_cannot_be_taken_back_when_she_works_elsewhere_by_now(world: World) -> None:
    noor = world.expert("noor")
    respond.answer(world.app, noor, "s1", Answer.NO)
    world.add_shifts(shift("wed 12:00-15:00", id="other", venue="pinto"))
    with world.database.writing() as work:
        work.bookings.add(Assignment("noor", "other"))
    home = respond.expert_home(world.app, noor)
    assert home.undoable == ()
    assert respond.shift_card(world.app, noor, "s1").undo_until is None
    with pytest.raises(Refused, match="You work on another shift then"):
        respond.undo_answer(world.app, noor, "s1")
    with world.database.writing() as work:
        work.bookings.discard(Assignment("noor", "other"))
    assert [card.shift.id for card in respond.expert_home(world.app, noor).undoable] == ["s1"]


def test_what_the_database_refuses_carries_a_name(world: World) -> None:
    world.add_shifts(shift("wed 12:00-15:00", id="other", venue="pinto"))

    def twice(unit: object) -> dict[str, object]:
        unit.work.bookings.add(Assignment("noor", "other"))  # type: ignore[attr-defined]
        return {}

    for viewer in (world.planner, world.coordinator):
        with pytest.raises(Refused) as caught:
            change_once(world.app, viewer, "twice", twice)
        assert str(caught.value) == "Noor already works then."


def test_only_the_work_of_one_expert_is_read_for_her(world: World) -> None:
    remember(world, "w0 fri 09:00-13:00", who="sam")
    with world.database.reading() as work:
        mine = work.history.within(Span(at("w0 mon 00:00"), at("w4 sun 00:00")), "noor")
    assert {worked.expert for worked, _ in mine} == {"noor"}
    assert len(mine) == 2


def test_she_reads_why_her_also_in_what_she_wishes_and_what_the_house_asks_for(quick_world: World) -> None:
    quick_world.change_expert("noor", wished_minutes_a_week=600, activity_wishes=(("drop-in", Wish.GLADLY),))
    said = respond.shift_card(quick_world.app, quick_world.expert("noor"), "s1").reasons
    assert [str(s) for s in said] == [
        "You said that you can at this time.",
        "You said that you like to do this work.",
        "With this shift you work 3 of the 10 hours that you want in that week.",
        "Somebody is needed as host, and you can be that.",
    ]
    card = respond.answer(quick_world.app, quick_world.expert("noor"), "s1", Answer.NO).card
    assert card.reasons == (), "a no is not argued with"
