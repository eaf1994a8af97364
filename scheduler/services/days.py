"""Which days has a request that comes back, and how does a venue call one of them off, or put it back?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from scheduler.domain.accounts import AccountRole
from scheduler.domain.cover import STANDING, CoverRequest, Repeat, RequestState
from scheduler.domain.errors import NotFound, Refused, Sentence
from scheduler.domain.shifts import Shift
from scheduler.domain.time import DAY, MINUTE, Days
from scheduler.services.context import Agency, App, Viewer, agency_of, require_venue
from scheduler.services.pay import rule_of_pay
from scheduler.services.places import UNDO, bring_back, call_off, tell_the_others
from scheduler.services.unit import Result, Unit, change_once
from scheduler.services.venue_views import RequestView, VisitView
from scheduler.services.views import OnDuty
from scheduler.services.visits import request_views
from scheduler.services.windows import materialise
from scheduler.store import Work

AHEAD: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day of a request. `visit` is who comes, once the day belongs to an opened window and stands."""

    day: date
    called_off: bool
    visit: VisitView | None


@dataclass(frozen=True, slots=True)
class DaysView:
    """The coming days of a request, at most a year ahead; `can_change` is false once it was refused or taken back.

    Of a request that was taken back every day is called off; one that was refused has no days.
    """

    request: RequestView
    days: tuple[DayRow, ...]
    can_change: bool
    on_duty: OnDuty


@dataclass(frozen=True, slots=True)
class DayOffView:
    """What calling off one day means. `pay`: who keeps the right to pay, when somebody is planned and it is late.

    `can_change` as for all days: whether the day can be called off, or put back when it was.
    """

    request: RequestView
    row: DayRow
    can_change: bool
    pay: Sentence | None
    undo_minutes: int
    on_duty: OnDuty


def request_days(app: App, viewer: Viewer, request: str) -> DaysView:
    """The coming days of a request; NotFound for another venue and for a request of one day."""
    with app.database.reading() as work:
        known = _known(work, viewer, request)
        agency, now = agency_of(work), app.clock()
        view = request_views(work, [known], now)[0]
        return DaysView(view, tuple(_rows(known, view, agency, now)), known.state in STANDING, agency.on_duty)


def day_off(app: App, viewer: Viewer, request: str, day: date) -> DayOffView:
    """What it would mean to call off this day; NotFound when it is no coming day of the request."""
    shown = request_days(app, viewer, request)
    row = next((r for r in shown.days if r.day == day), None)
    if row is None:
        raise NotFound("This request has no shift to come on %(day)s.", day=day)
    with app.database.reading() as work:
        pay = rule_of_pay(app, work, row.visit.shift.start, app.clock()) if row.visit and row.visit.people else None
    return DayOffView(shown.request, row, shown.can_change, pay, UNDO // MINUTE, shown.on_duty)


def call_off_day(app: App, viewer: Viewer, request: str, day: date, *, edition: int, key: str = "") -> CoverRequest:
    """One day of the request does not take place: its people, the planners and the venue are told.

    Stale when the request changed since `edition`; Refused when the day has begun or has been called off.
    """

    def deed(unit: Unit) -> Result:
        known = _coming(unit, request, day)
        unit.work.requests.save(known.without_day(day), edition)
        off = call_off(unit, _shifts_on(unit, known, day))
        unit.record(request, "exceptions", "shifts")
        if off:
            tell_the_others(unit, "day_called_off", known, off)
        return {}

    return _change(app, viewer, "call_off_day", deed, (request, day, edition, key))


def put_back_day(app: App, viewer: Viewer, request: str, day: date, *, edition: int, key: str = "") -> CoverRequest:
    """A day that was called off takes place after all.

    Within half an hour with the same people as far as they are still free, later as an open place. Stale and Refused
    as above; InvalidValue when the clock skips or repeats its time on that day.
    """

    def deed(unit: Unit) -> Result:
        known = _coming(unit, request, day).with_day(day)
        known.shifts(Days(day, day + DAY), unit.agency.zone)
        unit.work.requests.save(known, edition)
        bring_back(unit, _shifts_on(unit, known, day))
        if known.state is RequestState.ACCEPTED:
            materialise(unit.work, [known], unit.agency.windows(unit.at), since=unit.at)
        unit.record(request, "exceptions", "shifts")
        back = _shifts_on(unit, known, day)
        if back:
            tell_the_others(unit, "day_put_back", known, back)
        return {}

    return _change(app, viewer, "put_back_day", deed, (request, day, edition, key))


def _change(
    app: App, viewer: Viewer, action: str, deed: Callable[[Unit], Result], what: tuple[str, date, int, str]
) -> CoverRequest:
    request, day, edition, key = what
    with app.database.reading() as work:
        _known(work, viewer, request)
    body = {"request": request, "day": day, "edition": edition}
    change_once(app, viewer, action, deed, key=key, body=body)
    with app.database.reading() as work:
        return work.requests.get(request)


def _known(work: Work, viewer: Viewer, request: str) -> CoverRequest:
    """The request, when the viewer may see it and it comes back; NotFound otherwise."""
    known = work.requests.get(request)
    if viewer.role is AccountRole.COORDINATOR and known.venue not in viewer.venues:
        raise NotFound("There is no %(noun)s %(id)s.", noun="request", id=request)
    require_venue(viewer, known.venue)
    if known.recurrence.repeat is Repeat.ONCE:
        raise NotFound("There is no %(noun)s %(id)s.", noun="request", id=request)
    return known


def _coming(unit: Unit, request: str, day: date) -> CoverRequest:
    known = unit.work.requests.get(request)
    if _has_begun(known, day, unit.agency, unit.at):
        raise Refused("This day has already begun.")
    return known


def _has_begun(request: CoverRequest, day: date, agency: Agency, now: datetime) -> bool:
    return datetime.combine(day, request.start) <= now.astimezone(agency.zone).replace(tzinfo=None)


def _shifts_on(unit: Unit, request: CoverRequest, day: date) -> list[Shift]:
    """The shift that this day became, if its window was opened."""
    return list(unit.work.shifts.find_many([request.shift_id(day)]).values())


def _rows(request: CoverRequest, view: RequestView, agency: Agency, now: datetime) -> Iterator[DayRow]:
    visits = {visit.shift.id: visit for visit in view.places}
    today = agency.today(now)
    if request.state is RequestState.REFUSED:
        return
    gone = request.state is RequestState.CANCELLED
    for day in replace(request.recurrence, exceptions=frozenset()).dates(Days(today, today + AHEAD)):
        if not _has_begun(request, day, agency, now):
            yield DayRow(day, gone or day in request.recurrence.exceptions, visits.get(request.shift_id(day)))
