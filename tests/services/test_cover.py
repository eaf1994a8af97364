"""Tests of what venues ask and what becomes of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.domain.cover import Repeat, RequestState
from scheduler.domain.errors import InvalidValue, NotAllowed, NotFound, Refused, Stale
from scheduler.domain.responses import Answer
from scheduler.domain.roster import Assignment
from scheduler.domain.shifts import Priority
from scheduler.services import cover, respond, windows
from scheduler.services.asking import answer_due, clean_note, holds_citizen_number
from scheduler.services.context import Viewer
from scheduler.services.venue_views import Filling, RequestOrder
from scheduler.services.views import StepState
from tests.services.world import World

ZONE = ZoneInfo("Europe/Amsterdam")
ORDER = RequestOrder("lydia", "drop-in", date(2027, 1, 11), time(13, 30), time(16, 30), headcount=2)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2027-01-05 09:12", "2027-01-05 13:12"),
        ("2027-01-05 18:00", "2027-01-06 10:00"),
        ("2027-01-05 22:00", "2027-01-06 12:00"),
        ("2027-01-05 03:00", "2027-01-05 12:00"),
        ("2027-03-27 18:00", "2027-03-28 10:00"),
    ],
)
def test_an_answer_is_due_after_half_a_day_of_service_hours(now: str, due: str) -> None:
    begin = datetime.fromisoformat(now).replace(tzinfo=ZONE).astimezone(UTC)
    found = answer_due(begin, 4, time(8), time(20), ZONE)
    assert found.astimezone(ZONE).strftime("%Y-%m-%d %H:%M") == due


def test_a_citizen_number_in_a_note_is_refused_kindly_and_other_numbers_are_not() -> None:
    for text in ("123456782", "bsn 1234.56.782!", "tel 020 1234567, bsn 123 456 782"):
        assert holds_citizen_number(text)
    for text in ("123456789", "06-12345678", "+31 6 12345678", "2027-01-05 09:30", "1234567820", "000000000"):
        assert not holds_citizen_number(text)
    with pytest.raises(InvalidValue, match="BSN"):
        clean_note("voor 123456782")
    assert clean_note("  twee\r\nregels\x00 ") == "twee regels"


def test_a_request_is_received_with_a_reference_and_a_due_time_and_the_planner_hears_of_it(world: World) -> None:
    request = cover.submit_request(world.app, world.coordinator, ORDER, key="k")
    assert request.reference.startswith("WR-")
    assert request.answer_due_at == world.clock() + timedelta(hours=4)
    assert world.messages() == [("request_received", "ilse")]
    assert cover.submit_request(world.app, world.coordinator, ORDER, key="k") == request
    with pytest.raises(Refused):
        cover.submit_request(world.app, world.coordinator, replace(ORDER, headcount=3), key="k")
    detail = cover.request_detail(world.app, world.coordinator, request.id)
    assert [s.state for s in detail.steps] == [StepState.DONE, StepState.NOW, StepState.LATER, StepState.LATER]
    assert detail.request.status.values["due"] == request.answer_due_at


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"first": date(2027, 1, 4)}, "from today on"),
        ({"first": date(2028, 3, 1)}, "within a year"),
        ({"end": time(13, 30)}, "equals the start"),
        ({"end": time(14)}, "at least 60 minutes"),
        ({"headcount": 0}, "1 to 20"),
        ({"note": "x" * 201}, "200"),
        ({"languages": frozenset({"xx"})}, "Nobody speaks xx"),
        ({"priority": Priority.MANDATORY}, "Only the agency"),
        ({"first": date(2027, 3, 28), "start": time(2, 30), "end": time(5)}, "does not exist"),
        ({"repeat": Repeat.WEEKLY, "until": date(2027, 1, 10)}, "before its first day"),
        ({"repeat": Repeat.WEEKLY, "until": date(2029, 1, 1)}, "within a year"),
        ({"exceptions": frozenset({date(2027, 1, 11)})}, "no day"),
        ({"first": date(2027, 1, 5), "start": time(8), "end": time(12)}, "already begun"),
    ],
)
def test_what_cannot_be_is_refused_in_words(quick_world: World, change: dict[str, object], words: str) -> None:
    with pytest.raises(InvalidValue, match=words):
        cover.submit_request(quick_world.app, quick_world.coordinator, replace(ORDER, **change))  # type: ignore[arg-type]
    assert quick_world.messages() == []


def test_an_accepted_request_becomes_shifts_in_every_open_window_and_later_ones(world: World) -> None:
    weekly = replace(ORDER, repeat=Repeat.WEEKLY)
    request = cover.submit_request(world.app, world.coordinator, weekly)
    answered = cover.answer_request(world.app, world.planner, request.id, True, edition=1, key="a")
    assert answered.state is RequestState.ACCEPTED
    with world.database.reading() as work:
        shifts = work.shifts.of_request(request.id)
    assert len(shifts) == 11
    assert ("request_answered", "hanneke") in world.messages()
    assert windows.open_windows(world.app) == 0
    world.clock.turn(days=28)
    assert windows.open_windows(world.app) == 4
    assert windows.open_windows(world.app) == 0
    view = cover.requests_of_venue(world.app, world.coordinator, "lydia")[0]
    assert view.filling is Filling.OPEN
    assert all(v.needed == 2 for v in view.places)


def test_two_planners_answer_once(world: World) -> None:
    request = cover.submit_request(world.app, world.coordinator, ORDER)
    cover.answer_request(world.app, world.planner, request.id, False, "Sorry, nobody.", edition=1)
    with pytest.raises(Stale):
        cover.answer_request(world.app, world.planner, request.id, True, edition=1)
    with pytest.raises(Refused):
        cover.answer_request(world.app, world.planner, request.id, True, edition=2)
    home = cover.coordinator_home(world.app, world.coordinator)
    assert (home.record.on_time, home.record.total) == (1, 1)
    assert home.requests[0].answer == "Sorry, nobody."


def test_cancelling_frees_the_people_and_tells_them(world: World) -> None:
    request = cover.submit_request(world.app, world.coordinator, ORDER)
    cover.answer_request(world.app, world.planner, request.id, True, edition=1)
    with world.database.writing() as work:
        shift = work.shifts.of_request(request.id)[0]
        work.bookings.add(Assignment("sam", shift.id))
    cover.cancel_request(world.app, world.coordinator, request.id, edition=2, key="c")
    assert ("shift_cancelled", "sam") in world.messages()
    assert all(a.shift != shift.id for a in world.live().assignments)
    assert cover.request_detail(world.app, world.coordinator, request.id).can_cancel is False


def test_what_is_over_is_told_as_over_and_cannot_be_taken_back(world: World) -> None:
    request = cover.submit_request(world.app, world.coordinator, ORDER)
    cover.answer_request(world.app, world.planner, request.id, True, edition=1)
    assert cover.request_detail(world.app, world.coordinator, request.id).can_cancel
    world.clock.set("w2 tue 08:00")
    detail = cover.request_detail(world.app, world.coordinator, request.id)
    assert (detail.can_cancel, detail.steps[-1].sentence.text) == (False, "All days of this request have passed.")
    with pytest.raises(Refused, match="have passed"):
        cover.cancel_request(world.app, world.coordinator, request.id, edition=2)


def test_a_venue_sees_first_names_roles_and_times_only_and_for_fourteen_days(world: World) -> None:
    respond.answer(world.app, world.expert("noor"), "s1", Answer.YES)
    home = cover.coordinator_home(world.app, world.coordinator)
    first = home.coming[0]
    assert [(p.first_name, p.role, p.sure) for p in first.people] == [("Noor", "host", True)]
    assert "Jansen" not in repr(home)
    assert "example.org" not in repr(home)
    assert [v.filling for v in home.coming] == [Filling.FILLED, Filling.PARTLY, Filling.FILLED, Filling.FILLED]
    from scheduler.services.visits import visits_of

    with world.database.reading() as work:
        shift = work.shifts.get("s1")
        assert visits_of(work, [shift], shift.span.end + timedelta(days=13))[0].people
        assert not visits_of(work, [shift], shift.span.end + timedelta(days=14))[0].people


def test_same_as_last_time_is_the_next_same_weekday_that_has_it_not(world: World) -> None:
    assert cover.last_request(world.app, world.coordinator, "lydia") is None
    cover.submit_request(world.app, world.coordinator, replace(ORDER, first=date(2027, 1, 12)))
    order = cover.last_request(world.app, world.coordinator, "lydia")
    assert order is not None
    assert (order.first, order.headcount, order.repeat) == (date(2027, 1, 19), 2, Repeat.ONCE)


def test_what_comes_every_week_or_was_taken_back_is_not_offered_as_last_time(world: World) -> None:
    once = cover.submit_request(world.app, world.coordinator, replace(ORDER, first=date(2027, 1, 13)))
    cover.submit_request(world.app, world.coordinator, replace(ORDER, start=time(10), repeat=Repeat.WEEKLY))
    order = cover.last_request(world.app, world.coordinator, "lydia")
    assert order is not None
    assert (order.start, order.first) == (ORDER.start, date(2027, 1, 20))
    cover.cancel_request(world.app, world.coordinator, once.id, edition=1)
    assert cover.last_request(world.app, world.coordinator, "lydia") is None


def test_days_after_the_published_roster_wait_for_the_next_one_and_spoil_nothing(world: World) -> None:
    weekly = replace(ORDER, headcount=1, repeat=Repeat.WEEKLY)
    request = cover.submit_request(world.app, world.coordinator, weekly)
    cover.answer_request(world.app, world.planner, request.id, True, edition=1)
    with world.database.writing() as work:
        for shift in work.shifts.of_request(request.id):
            if world.window.span.start <= shift.span.start < world.window.span.end:
                work.bookings.add(Assignment("sam", shift.id))
    view = cover.requests_of_venue(world.app, world.coordinator, "lydia")[0]
    assert view.filling is Filling.FILLED
    assert {v.filling for v in view.places if v.later} == {Filling.OPEN}
    assert all(v.people for v in view.places if not v.later)


def test_another_venue_is_not_there_and_experts_may_not(world: World) -> None:
    request = cover.submit_request(world.app, world.coordinator, ORDER)
    for call in (
        lambda v: cover.request_detail(world.app, v, request.id),
        lambda v: cover.cancel_request(world.app, v, request.id, edition=1),
        lambda v: cover.submit_request(world.app, v, ORDER),
        lambda v: cover.coordinator_home(world.app, v, "lydia"),
        lambda v: cover.request_choices(world.app, v, "lydia"),
    ):
        with pytest.raises(NotFound):
            call(world.stranger)
        with pytest.raises(NotAllowed):
            call(world.expert("noor"))
    for viewer in (world.coordinator, world.expert("noor")):
        with pytest.raises(NotAllowed):
            cover.answer_request(world.app, viewer, request.id, True, edition=1)
        with pytest.raises(NotAllowed):
            cover.open_requests(world.app, viewer)


def test_a_request_whose_last_day_has_ended_is_over_and_says_who_came(world: World) -> None:
    weekly = replace(ORDER, repeat=Repeat.WEEKLY, until=date(2027, 1, 18))
    request = cover.submit_request(world.app, world.coordinator, weekly)
    cover.answer_request(world.app, world.planner, request.id, True, edition=1)
    with world.database.writing() as work:
        work.bookings.add_all(Assignment(e, request.shift_id(date(2027, 1, 11))) for e in ("sam", "noor"))
        work.bookings.add(Assignment("sam", request.shift_id(date(2027, 1, 18))))

    def read(viewer: Viewer) -> tuple[bool, list[tuple[int, list[str]]]]:
        detail = cover.request_detail(world.app, viewer, request.id)
        came = [(v.present, [p.first_name for p in v.people]) for v in detail.past]
        return detail.request.over, came

    world.clock.set("w2 mon 16:29")
    assert read(world.planner) == (False, [])
    world.clock.set("w2 mon 16:30")
    assert read(world.coordinator) == (False, [(2, ["Noor", "Sam"])])
    world.clock.set("w3 mon 16:30")
    assert read(world.coordinator) == (True, [(1, ["Sam"]), (2, ["Noor", "Sam"])])
    view = cover.requests_of_venue(world.app, world.coordinator, "lydia")[0]
    assert (view.over, str(view.status)) == (True, "All days of this request have passed.")
    world.clock.set("w4 wed 16:30")
    assert read(world.coordinator) == (True, [(1, ["Sam"]), (2, [])])
    assert read(world.planner) == (True, [(1, ["Sam"]), (2, ["Noor", "Sam"])])


def test_an_accepted_request_far_ahead_waits_for_a_later_roster_and_is_not_without_days(world: World) -> None:
    order = RequestOrder("lydia", "drop-in", date(2027, 6, 7), time(13, 30), time(16, 30))
    request = cover.submit_request(world.app, world.coordinator, order)
    cover.answer_request(world.app, world.planner, request.id, True, edition=1)
    view = cover.request_detail(world.app, world.coordinator, request.id).request
    assert str(view.status) == "Accepted. These days are planned with a next roster."
