"""Tests of the dashboard, the lists of people and venues, the rules page and the calendar feed."""

from dataclasses import replace
from datetime import date, time

import pytest

from scheduler.domain.availability import Availability
from scheduler.domain.errors import InvalidValue, NotAllowed, NotFound, Stale
from scheduler.domain.people import Exclusion, ExclusionKind
from scheduler.domain.responses import Answer
from scheduler.domain.roster import Assignment
from scheduler.services import breaches, cover, dashboard, feeds, people, respond, roster, rulebook
from scheduler.services.planner_views import TodoKind, WindowLight
from scheduler.services.venue_views import RequestOrder
from tests.builders import JANUARY, shift, slots
from tests.builders import roster as drawn
from tests.services.world import World


def test_the_dashboard_lists_what_must_be_done_by_haste(world: World) -> None:
    respond.answer(world.app, world.expert("noor"), "s1", Answer.NO)
    respond.answer(world.app, world.expert("sam"), "s2", Answer.TALK)
    order = RequestOrder("lydia", "drop-in", date(2027, 1, 11), time(13, 30), time(16, 30))
    cover.submit_request(world.app, world.coordinator, order)
    roster.assign(world.app, world.planner, JANUARY.first, "s1", "kadir", edition=0)
    view = dashboard.dashboard(world.app, world.planner)
    assert [(t.kind, t.urgency) for t in view.todo] == [
        (TodoKind.REQUEST, 0),
        (TodoKind.GAP, 1),
        (TodoKind.TALK, 2),
        (TodoKind.GAP, 3),
        (TodoKind.PUBLISH, 4),
    ]
    assert (view.required, view.filled, view.gaps_this_week, view.gaps_two_weeks) == (4, 2, 2, 2)
    assert (view.declines_7_days, view.declines_open) == (1, 1)
    assert [c.venue_name for c in view.clocks] == ["Lydia"]
    lydia = next(h for h in view.street if h.venue == "lydia")
    assert lydia.windows == (WindowLight.GAP, WindowLight.GAP)
    assert (lydia.required, lydia.sure, lydia.tentative, lydia.gaps) == (3, 0, 1, 2)


def test_a_gap_says_how_many_of_how_many_are_there(world: World) -> None:
    respond.answer(world.app, world.expert("noor"), "s1", Answer.NO)
    gaps = [t.text for t in dashboard.dashboard(world.app, world.planner).todo if t.kind is TodoKind.GAP]
    assert [str(text) for text in gaps] == [
        "1 person said not this time.",
        "Filled: 1 of 2 places.",
    ]
    respond.answer(world.app, world.expert("kadir"), "s3", Answer.NO)
    world.publish(drawn("noor: s4", "sam: s2 s5", "kadir: s6"))
    world.add_shifts(shift("fri 13:30-16:30", id="empty"))
    with world.database.writing() as work:
        work.bookings.add(Assignment("sam", "s3"))
    gaps = [t.text for t in dashboard.dashboard(world.app, world.planner).todo if t.kind is TodoKind.GAP]
    assert [str(text) for text in gaps] == [
        "1 person said not this time.",
        "Filled: 1 of 2 places. Said not this time: 1.",
        "Nobody is planned there yet.",
    ]


def test_a_rule_that_what_people_know_breaks_is_to_do(world: World) -> None:
    assert not [t for t in dashboard.dashboard(world.app, world.planner).todo if t.kind is TodoKind.RULE]
    world.change_expert("kadir", availability=Availability(slots("mon 09:00-12:00")))
    (todo,) = (t for t in dashboard.dashboard(world.app, world.planner).todo if t.kind is TodoKind.RULE)
    found = breaches.list_breaches(world.app, world.planner, JANUARY.first).told
    assert found[0].at is not None
    assert (todo.target, todo.window, todo.due_at) == ("2027-01-04", JANUARY.first, found[0].at.start)
    assert str(todo.title) == "2 hard rules are broken in what people know already"


def test_what_is_left_out_of_a_long_list_of_things_to_do_is_counted(quick_world: World) -> None:
    quick_world.add_shifts(*[shift(f"sun {hour:02}:00-{hour + 1:02}:00", id=f"x{hour}") for hour in range(23)])
    quick_world.add_shifts(*[shift(f"sat {hour:02}:00-{hour + 1:02}:00", id=f"y{hour}") for hour in range(23)])
    view = dashboard.dashboard(quick_world.app, quick_world.planner)
    assert (len(view.todo), view.more_todo) == (30, 47 - 30)


def test_the_street_shows_the_week_that_is_to_come_when_this_one_is_over(world: World) -> None:
    assert dashboard.dashboard(world.app, world.planner).street_first == date(2027, 1, 4)
    world.clock.set("sun 10:00")
    view = dashboard.dashboard(world.app, world.planner)
    assert view.street_first == date(2027, 1, 11)
    assert sum(len(house.windows) for house in view.street) == 3


def test_a_planner_finds_people_and_sees_no_trace_of_their_exclusions(world: World) -> None:
    before = people.expert_detail(world.app, world.planner, "noor")
    world.change_expert("noor", exclusions=(Exclusion(ExclusionKind.VENUE, "pinto"),), themes=frozenset({"moed"}))
    assert [row.name for row in people.experts(world.app, world.planner, "NOO")] == ["Noor Jansen"]
    assert people.experts(world.app, world.planner)[0].planned_minutes == 360
    detail = people.expert_detail(world.app, world.planner, "noor")
    assert detail == replace(before, edition=detail.edition)
    assert "moed" not in repr(detail)
    assert [s.id for s in detail.coming] == ["s1", "s4"]


def test_themes_are_read_with_a_reason_that_stays_on_record(world: World) -> None:
    world.change_expert("noor", themes=frozenset({"moed"}))
    with pytest.raises(InvalidValue):
        people.read_themes(world.app, world.planner, "noor", " ")
    assert people.read_themes(world.app, world.planner, "noor", "vraag van Lydia") == ("moed",)
    with world.database.reading() as work:
        entry = work.audit.newest(1)[0]
    assert (entry.action, entry.subject, entry.fields) == ("read_themes", "noor", ("themes read", "vraag van Lydia"))


def test_venues_with_their_coverage_and_a_contact_that_two_cannot_overwrite(world: World) -> None:
    rows = {row.id: (row.required, row.filled) for row in people.venues(world.app, world.planner)}
    assert rows["lydia"] == (5, 4)
    edition = people.venue_detail(world.app, world.coordinator, "lydia").edition
    people.save_venue_contact(world.app, world.coordinator, "lydia", "Eva", "020 123 45 67", edition=edition)
    assert people.venue_detail(world.app, world.planner, "lydia").venue.contact_name == "Eva"
    with pytest.raises(Stale):
        people.save_venue_contact(world.app, world.planner, "lydia", "Noa", "", edition=edition)
    with pytest.raises(InvalidValue):
        people.save_venue_contact(world.app, world.planner, "lydia", "Noa", "bel maar", edition=edition + 1)
    with pytest.raises(NotFound):
        people.venue_detail(world.app, world.stranger, "lydia")


def test_only_planners_see_the_lists(quick_world: World) -> None:
    for viewer in (quick_world.coordinator, quick_world.expert("noor")):
        for call in (dashboard.dashboard, people.experts, people.venues):
            with pytest.raises(NotAllowed):
                call(quick_world.app, viewer)
        with pytest.raises(NotAllowed):
            people.expert_detail(quick_world.app, viewer, "noor")
        with pytest.raises(NotAllowed):
            people.read_themes(quick_world.app, viewer, "noor", "because I want to")


def test_everybody_reads_the_rules_in_words(quick_world: World) -> None:
    rules = rulebook.rules_view(quick_world.app, quick_world.expert("noor"))
    assert len(rules) > 10
    assert all(str(rule.sentence) for rule in rules)
    assert any(rule.parameters for rule in rules)


def test_a_calendar_is_made_read_renewed_and_stopped(world: World) -> None:
    noor = world.expert("noor")
    assert not feeds.calendar_url_token(world.app, noor).exists
    first = feeds.rotate_calendar_token(world.app, noor, key="k")
    assert feeds.rotate_calendar_token(world.app, noor, key="k").token == first.token
    assert first.token is not None
    body, etag = feeds.feed(world.app, first.token)
    assert body.count(b"BEGIN:VEVENT") == 2
    assert b"Dienst" in body
    assert feeds.feed(world.app, first.token)[1] == etag
    respond.answer(world.app, noor, "s1", Answer.NO)
    changed, other = feeds.feed(world.app, first.token)
    assert other != etag
    assert b"STATUS:CANCELLED" in changed
    second = feeds.rotate_calendar_token(world.app, noor, key="k2")
    with pytest.raises(NotFound):
        feeds.feed(world.app, first.token)
    assert second.token is not None
    feeds.revoke_calendar_token(world.app, noor)
    for token in (second.token, second.token.upper(), "", "\ud800"):
        with pytest.raises(NotFound):
            feeds.feed(world.app, token)
    assert not feeds.calendar_url_token(world.app, noor).exists
