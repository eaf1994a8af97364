"""Tests of calling off one day of a request that comes back, and of putting it back."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from scheduler.domain.contracts import ContractKind
from scheduler.domain.cover import Repeat
from scheduler.domain.errors import InvalidValue, NotAllowed, NotFound, Refused, Stale
from scheduler.domain.messages import MessageState
from scheduler.domain.responses import Answer
from scheduler.domain.roster import Assignment
from scheduler.domain.time import Fold
from scheduler.services import cover, dashboard, days, notices, publish, respond, roster, windows
from scheduler.services.expert_views import CardState
from scheduler.services.venue_views import RequestOrder
from tests.builders import JANUARY, contract
from tests.services.world import World

FIRST = JANUARY.first
DAY = date(2027, 1, 11)
NEXT = date(2027, 1, 18)
WEEKLY = RequestOrder("lydia", "drop-in", DAY, time(13, 30), time(16, 30), headcount=2, repeat=Repeat.WEEKLY)


def ask(world: World, *experts: str, order: RequestOrder = WEEKLY) -> str:
    """An accepted weekly request with these people on its first day; its edition is 2."""
    request = cover.submit_request(world.app, world.coordinator, order)
    cover.answer_request(world.app, world.planner, request.id, True, edition=1)
    with world.database.writing() as work:
        work.bookings.add_all(Assignment(e, request.shift_id(DAY)) for e in experts)
        work.outbox.settle([m.id for m in work.outbox.all()], MessageState.SENT)
    return request.id


def told(world: World) -> list[tuple[str, str]]:
    """What waits in the outbox and still has to leave."""
    with world.database.reading() as work:
        waiting = [m for m in work.outbox.all() if m.state is MessageState.WAITING]
    return sorted((m.kind, m.account or m.expert or "") for m in waiting)


def call_off(world: World, request: str, day: date = DAY, edition: int = 2) -> None:
    """What a coordinator does."""
    days.call_off_day(world.app, world.coordinator, request, day, edition=edition)


def put_back(world: World, request: str, day: date = DAY, edition: int = 3) -> None:
    """And takes back."""
    days.put_back_day(world.app, world.coordinator, request, day, edition=edition)


def test_what_it_means_is_shown_first(world: World) -> None:
    request = ask(world, "sam", "noor")
    off = days.day_off(world.app, world.coordinator, request, DAY)
    assert off.row.visit is not None
    assert [p.first_name for p in off.row.visit.people] == ["Noor", "Sam"]
    assert (off.pay, off.undo_minutes) == (None, 30)
    world.clock.set("w2 mon 09:00")
    pay = days.day_off(world.app, world.coordinator, request, DAY).pay
    assert pay is not None
    assert pay.values == {"term": timedelta(days=4)}
    assert days.day_off(world.app, world.coordinator, request, NEXT).pay is None


def test_only_that_day_goes_and_everybody_who_must_know_is_told(world: World) -> None:
    request = ask(world, "sam", "noor")
    call_off(world, request)
    assert told(world) == [("day_called_off", "ilse"), ("shift_cancelled", "noor"), ("shift_cancelled", "sam")]
    assert world.deeds()[0] == "call_off_day"
    view = days.request_days(world.app, world.coordinator, request)
    assert [(r.day, r.called_off) for r in view.days[:2]] == [(DAY, True), (NEXT, False)]
    assert len(view.request.places) == 10
    assert not any(a.shift.startswith(request) for a in world.live().assignments)
    world.clock.turn(days=28)
    assert windows.open_windows(world.app) == 4
    again = cover.request_detail(world.app, world.planner, request).request
    assert all(v.shift.start.date() != DAY for v in again.places)


def test_a_planner_sees_what_was_called_off_and_has_nothing_to_do_about_it(world: World) -> None:
    request = ask(world, "sam", "noor")
    before = dashboard.dashboard(world.app, world.planner)
    call_off(world, request)
    after = dashboard.dashboard(world.app, world.planner)
    assert [(one.shift.id, one.request) for one in after.called_off] == [(f"{request}-20270111", request)]
    assert (before.called_off, len(after.todo)) == ((), len(before.todo))
    put_back(world, request)
    assert dashboard.dashboard(world.app, world.planner).called_off == ()


def test_who_is_called_off_late_keeps_pay_by_one_rule_for_venue_and_planner(world: World) -> None:
    world.change_expert("sam", contracts=(contract(ContractKind.ON_CALL),))
    request = ask(world, "sam", "noor")
    call_off(world, request)
    assert [(one.pay, one.owed) for one in dashboard.dashboard(world.app, world.planner).called_off] == [(None, ())]
    put_back(world, request)
    world.clock.set("w2 mon 09:00")
    told_before = days.day_off(world.app, world.coordinator, request, DAY).pay
    assert cover.request_detail(world.app, world.coordinator, request).pay == told_before
    call_off(world, request, edition=4)
    called_off = dashboard.dashboard(world.app, world.planner).called_off
    assert [(one.pay, one.owed) for one in called_off] == [(told_before, ("Sam",))]
    hers, none = (respond.shift_card(world.app, world.expert(e), called_off[0].shift.id).pay for e in ("sam", "noor"))
    assert none is None
    assert str(hers).startswith("It was called off less than")
    assert respond.expert_home(world.app, world.expert("sam")).gone[0].pay == hers


def test_a_day_far_ahead_is_left_out_when_its_window_opens(world: World) -> None:
    request = ask(world)
    far = DAY + timedelta(weeks=20)
    call_off(world, request, far)
    assert told(world) == []
    with world.database.reading() as work:
        assert far in work.requests.get(request).recurrence.exceptions
    put_back(world, request, far)
    rows = days.request_days(world.app, world.coordinator, request).days
    assert not any(r.called_off for r in rows)


def test_a_double_press_does_it_once_and_an_old_page_is_stale(world: World) -> None:
    request = ask(world, "sam")
    for _ in range(2):
        days.call_off_day(world.app, world.coordinator, request, DAY, edition=2, key="once")
    assert [kind for kind, _ in told(world)] == ["day_called_off", "shift_cancelled"]
    with pytest.raises(Stale):
        call_off(world, request, NEXT, edition=2)
    with pytest.raises(Refused, match="already been called off"):
        call_off(world, request, DAY, edition=3)
    with pytest.raises(Refused, match="not been called off"):
        put_back(world, request, NEXT)


def test_what_cannot_be_called_off_is_refused_in_words(world: World) -> None:
    request = ask(world)
    with pytest.raises(Refused, match="does not belong"):
        call_off(world, request, DAY + timedelta(days=1))
    world.clock.set("w2 mon 13:30")
    with pytest.raises(Refused, match="already begun"):
        call_off(world, request)
    short = ask(world, order=replace(WEEKLY, first=NEXT, until=NEXT))
    with pytest.raises(Refused, match="only day"):
        call_off(world, short, NEXT)
    cover.cancel_request(world.app, world.coordinator, request, edition=2)
    with pytest.raises(Refused, match="already"):
        call_off(world, request, NEXT, edition=3)


def test_a_request_of_one_day_and_another_house_have_no_days(world: World) -> None:
    once = cover.submit_request(world.app, world.coordinator, replace(WEEKLY, repeat=Repeat.ONCE))
    weekly = ask(world)
    with pytest.raises(NotFound):
        days.request_days(world.app, world.coordinator, once.id)
    for deed in (days.call_off_day, days.put_back_day):
        with pytest.raises(NotFound):
            deed(world.app, world.stranger, weekly, DAY, edition=2)
        with pytest.raises(NotAllowed):
            deed(world.app, world.expert("noor"), weekly, DAY, edition=2)
    with pytest.raises(NotFound):
        days.request_days(world.app, world.stranger, weekly)
    with pytest.raises(NotFound):
        days.day_off(world.app, world.coordinator, weekly, DAY - timedelta(days=7))


def test_put_back_at_once_everybody_is_where_they_were_and_nobody_hears_of_it(world: World) -> None:
    request = ask(world, "sam", "noor")
    shift = f"{request}-20270111"
    respond.answer(world.app, world.expert("sam"), shift, Answer.YES)
    before = world.live()
    call_off(world, request)
    put_back(world, request)
    assert world.live() == before
    assert told(world) == [("day_called_off", "ilse"), ("day_put_back", "ilse")]
    assert respond.shift_card(world.app, world.expert("sam"), shift).state is CardState.YES


def test_whoever_was_told_is_asked_again(world: World) -> None:
    request = ask(world, "sam")
    shift = f"{request}-20270111"
    respond.answer(world.app, world.expert("sam"), shift, Answer.YES)
    call_off(world, request)
    notices.send_due(world.app, None)
    world.clock.turn(minutes=29)
    put_back(world, request)
    assert ("shift_again", "sam") in told(world)
    card = respond.shift_card(world.app, world.expert("sam"), shift)
    assert (card.state, card.can_answer) == (CardState.ASKED, True)


def test_after_half_an_hour_the_place_comes_back_open(world: World) -> None:
    request = ask(world, "sam", "noor")
    call_off(world, request)
    world.clock.turn(minutes=30)
    put_back(world, request)
    assert not any(a.shift == f"{request}-20270111" for a in world.live().assignments)
    call_off(world, request, edition=4)
    put_back(world, request, edition=5)
    assert not any(a.shift == f"{request}-20270111" for a in world.live().assignments)
    assert days.request_days(world.app, world.coordinator, request).days[0].visit is not None


def test_a_person_who_works_elsewhere_by_then_does_not_come_back(world: World) -> None:
    request = ask(world, "sam", "noor")
    call_off(world, request)
    with world.database.writing() as work:
        shift = work.shifts.get(f"{request}-20270111")
        work.shifts.add(replace(shift, id="elsewhere", venue="pinto", request=None))
        work.bookings.add(Assignment("sam", "elsewhere"))
    put_back(world, request)
    assert world.live().by_shift[shift.id] == ["noor"]


def test_an_open_board_hears_that_its_draft_is_stale_and_no_undo_brings_the_day_back(world: World) -> None:
    request = ask(world, "noor")
    shift = f"{request}-20270111"
    edition = roster.assign(world.app, world.planner, FIRST, shift, "sam", edition=0).edition
    edition = roster.assign(world.app, world.planner, FIRST, "s3", "noor", edition=edition).edition
    call_off(world, request)
    draft = world.draft()
    assert draft is not None
    assert draft.edition > edition
    assert not draft.roster.by_shift.get(shift)
    with pytest.raises(Stale):
        roster.unassign(world.app, world.planner, FIRST, "s3", "noor", edition=edition)
    after = roster.undo(world.app, world.planner, FIRST, edition=draft.edition)
    assert not after.undo
    with pytest.raises(Refused):
        roster.undo(world.app, world.planner, FIRST, edition=after.edition)
    with pytest.raises(NotFound):
        roster.assign(world.app, world.planner, FIRST, shift, "sam", edition=after.edition)


def test_a_cancelled_request_raises_the_edition_of_the_draft_too(world: World) -> None:
    request = ask(world)
    edition = roster.assign(world.app, world.planner, FIRST, f"{request}-20270111", "sam", edition=0).edition
    cover.cancel_request(world.app, world.coordinator, request, edition=2)
    with pytest.raises(Stale):
        publish.publish(world.app, world.planner, FIRST, edition=edition)
    assert ("request_taken_back", "ilse") in told(world)


def test_a_day_that_is_put_back_is_in_the_draft_again(world: World) -> None:
    request = ask(world, "sam")
    roster.assign(world.app, world.planner, FIRST, "s3", "noor", edition=0)
    call_off(world, request)
    put_back(world, request)
    draft = world.draft()
    assert draft is not None
    assert draft.roster.by_shift[f"{request}-20270111"] == ["sam"]


def test_a_day_called_off_before_the_answer_is_not_accepted_with_the_rest(world: World) -> None:
    request = cover.submit_request(world.app, world.coordinator, WEEKLY)
    call_off(world, request.id, edition=1)
    cover.answer_request(world.app, world.planner, request.id, True, edition=2)
    rows = days.request_days(world.app, world.coordinator, request.id).days
    assert [r.visit is None for r in rows[:2]] == [True, False]
    put_back(world, request.id)
    assert days.request_days(world.app, world.coordinator, request.id).days[0].visit is not None


def test_same_as_last_time_does_not_offer_a_day_that_was_called_off(world: World) -> None:
    request = ask(world)
    call_off(world, request)
    assert cover.last_request(world.app, world.coordinator, "lydia") is None


SPRING, AUTUMN = date(2028, 3, 26), date(2027, 10, 31)


@pytest.mark.parametrize("day", [SPRING, AUTUMN], ids=["a time that does not exist", "a time that occurs twice"])
def test_a_day_at_a_time_of_day_that_cannot_be_is_not_put_back_so_that_its_window_opens(
    world: World, day: date
) -> None:
    first = day - timedelta(weeks=20)
    night = replace(WEEKLY, first=first, start=time(2, 30), end=time(6), until=day + timedelta(weeks=1))
    world.clock.now = datetime.combine(first - timedelta(days=1), time(), UTC)
    request = ask(world, order=replace(night, exceptions=frozenset({SPRING, AUTUMN})))
    with pytest.raises(InvalidValue) as refused:
        put_back(world, request, day, edition=2)
    assert "02:30" in str(refused.value)
    world.clock.turn(weeks=16)
    assert windows.open_windows(world.app) > 0


def test_a_request_without_an_end_keeps_off_the_changes_of_the_clock_of_every_year(world: World) -> None:
    night = replace(WEEKLY, first=date(2027, 1, 10), start=time(2, 30), end=time(6), fold=Fold.FIRST)
    with pytest.raises(InvalidValue, match="02:30 does not exist on 2030-03-31"):
        cover.submit_request(world.app, world.coordinator, replace(night, repeat=Repeat.FORTNIGHTLY))
