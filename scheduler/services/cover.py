"""What do venues ask, what becomes of it, and who comes?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from scheduler.domain.accounts import AccountRole
from scheduler.domain.cover import STANDING, CoverRequest, Repeat, RequestState
from scheduler.domain.errors import NotFound, Refused, Sentence, Stale, invalid
from scheduler.domain.messages import Lane
from scheduler.domain.shifts import Priority
from scheduler.domain.time import DAY, Days, Span
from scheduler.services.asking import FARTHEST, clean_note, due_at, offered, request_of
from scheduler.services.context import Agency, App, Viewer, agency_of, require_planner, require_venue
from scheduler.services.open_places import with_reasons
from scheduler.services.pay import rule_of_pay
from scheduler.services.places import call_off, tell_the_others
from scheduler.services.unit import Result, Unit, change_once
from scheduler.services.venue_views import (
    AnswerRecord,
    CoordinatorHome,
    Filling,
    RequestChoices,
    RequestDetail,
    RequestOrder,
    RequestView,
)
from scheduler.services.views import ActivityChoice, Named, Step, StepState
from scheduler.services.visits import OVER, is_over, past_visits, planned_until, request_views, visits_of
from scheduler.services.windows import materialise
from scheduler.store import Work

COMING: Final = timedelta(days=14)
RECORD: Final = timedelta(days=90)
MOST_WAITING: Final = 50
WEEKS_AHEAD: Final = 8
LONGEST_ANSWER: Final = 500


def request_choices(app: App, viewer: Viewer, venue: str) -> RequestChoices:
    """What the form for this venue offers; coordinator of the venue or planner."""
    require_venue(viewer, venue)
    with app.database.reading() as work:
        place = work.venues.get(venue)
        languages, themes = offered(work)
        return RequestChoices(
            venue=Named(place.id, place.name),
            activities=tuple(
                ActivityChoice(a.id, a.name, a.role, a.minimum_minutes, a.two_present)
                for a in sorted(work.activities.all(), key=lambda a: a.name)
            ),
            languages=tuple(sorted(languages)),
            themes=tuple(sorted(themes)),
            answer_due_at=due_at(app, agency_of(work), app.clock()),
            last=_last(work, agency_of(work), venue, app.clock()),
        )


def submit_request(app: App, viewer: Viewer, order: RequestOrder, *, key: str = "") -> CoverRequest:
    """Ask for cover; InvalidValue for what cannot be, with the sentence for the form."""
    require_venue(viewer, order.venue)

    def submit(unit: Unit) -> Result:
        request = request_of(unit, order)
        waiting = [r for r in unit.work.requests.of_venue(order.venue) if r.state is RequestState.SUBMITTED]
        if len(waiting) >= MOST_WAITING:
            raise Refused("%(count)s requests of this venue still wait for an answer.", count=len(waiting))
        unit.work.requests.add(request)
        unit.record(request.id, "request")
        planners = [a.id for a in unit.work.accounts.in_role(AccountRole.PLANNER) if a.active]
        payload = {"request": request.id, "reference": request.reference}
        unit.tell("request_received", payload, accounts=planners, lane=Lane.URGENT)
        return {"request": request.id}

    body = {name: getattr(order, name) for name in RequestOrder.__slots__}
    found = change_once(app, viewer, "submit_request", submit, key=key, body=body)
    return _stored(app, str(found["request"]))


def _stored(app: App, request: str) -> CoverRequest:
    with app.database.reading() as work:
        return work.requests.get(request)


def cancel_request(app: App, viewer: Viewer, request: str, *, edition: int, key: str = "") -> CoverRequest:
    """Take a request back: its coming shifts leave the draft and the bookings, and those people are told.

    Refused when it was accepted and all its days have passed: who came is known by then.
    """

    def cancel(unit: Unit) -> Result:
        known = unit.work.requests.get(request)
        require_venue(viewer, known.venue)
        if is_over(known, unit.agency, unit.at):
            raise Refused(OVER.text)
        unit.work.requests.save(known.answered(RequestState.CANCELLED, unit.at, known.answer), edition)
        call_off(unit, unit.work.shifts.of_request(request))
        unit.record(request, "state", "shifts")
        if known.state is RequestState.ACCEPTED:
            tell_the_others(unit, "request_taken_back", known)
        return {}

    _check_scope(app, viewer, request)
    change_once(app, viewer, "cancel_request", cancel, key=key, body={"request": request, "edition": edition})
    return _stored(app, request)


def _tell_venue(unit: Unit, request: CoverRequest) -> None:
    coordinators = [
        a.id for a in unit.work.accounts.in_role(AccountRole.COORDINATOR) if a.active and request.venue in a.venues
    ]
    payload = {"request": request.id, "reference": request.reference}
    unit.tell("request_answered", payload, accounts=coordinators, lane=Lane.URGENT)


def _check_scope(app: App, viewer: Viewer, request: str) -> None:
    """NotFound or NotAllowed before any edition is looked at, so that a stranger learns nothing."""
    with app.database.reading() as work:
        require_venue(viewer, work.requests.get(request).venue)


def answer_request(
    app: App, viewer: Viewer, request: str, accept: bool, answer: str = "", *, edition: int, key: str = ""
) -> CoverRequest:
    """Accept (its shifts appear in every opened window) or refuse with a sentence for the venue; planner only."""
    require_planner(viewer)
    state = RequestState.ACCEPTED if accept else RequestState.REFUSED
    words = clean_note(answer)
    if len(words) > LONGEST_ANSWER:
        invalid("The answer has %(length)s characters; %(most)s is the most.", length=len(words), most=LONGEST_ANSWER)

    def decide(unit: Unit) -> Result:
        known = unit.work.requests.get(request)
        if unit.work.requests.edition_of(request) != edition:
            raise Stale("Somebody else changed the %(noun)s since you opened it.", noun="request", id=request)
        answered = known.answered(state, unit.at, words)
        unit.work.requests.save(answered, edition)
        if accept:
            _materialise(unit, answered)
        unit.record(request, "state", "answer")
        _tell_venue(unit, answered)
        return {}

    body = {"request": request, "accept": accept, "answer": words, "edition": edition}
    change_once(app, viewer, "answer_request", decide, key=key, body=body)
    return _stored(app, request)


def _materialise(unit: Unit, request: CoverRequest) -> None:
    last = request.recurrence.first if request.recurrence.repeat is Repeat.ONCE else request.recurrence.until
    if last is not None and last < unit.agency.today(unit.at):
        raise Refused(OVER.text)
    materialise(unit.work, [request], unit.agency.windows(unit.at), since=unit.at)


def last_request(app: App, viewer: Viewer, venue: str) -> RequestOrder | None:
    """The newest request of the venue, once, on the next same weekday after it that has it not: same as last time."""
    require_venue(viewer, venue)
    with app.database.reading() as work:
        return _last(work, agency_of(work), venue, app.clock())


def _last(work: Work, agency: Agency, venue: str, now: datetime) -> RequestOrder | None:
    known = [r for r in work.requests.of_venue(venue) if r.state in STANDING]
    free = ((request, _free_day(request, known, agency.today(now) + DAY)) for request in known)
    newest, day = next(((request, day) for request, day in free if day), (None, None))
    if newest is None or day is None:
        return None
    return RequestOrder(
        venue=venue,
        activity=newest.activity,
        first=day,
        start=newest.start,
        end=newest.end,
        headcount=newest.headcount,
        languages=newest.languages,
        themes=newest.themes,
        priority=Priority.MEDIUM if newest.priority is Priority.MANDATORY else newest.priority,
        desirable=newest.desirable,
    )


def _free_day(like: CoverRequest, known: Sequence[CoverRequest], tomorrow: date) -> date | None:
    alike = [r for r in known if (r.activity, r.start, r.end) == (like.activity, like.start, like.end)]
    begin = max(tomorrow, like.recurrence.first)
    first = begin + timedelta(days=(like.recurrence.first.weekday() - begin.weekday()) % 7)
    days = [first + timedelta(weeks=week) for week in range(WEEKS_AHEAD)]
    return next((d for d in days if not any(r.recurrence.falls_on(d) for r in alike)), None)


def requests_of_venue(app: App, viewer: Viewer, venue: str) -> list[RequestView]:
    """Every request of a venue, newest first."""
    require_venue(viewer, venue)
    with app.database.reading() as work:
        work.venues.get(venue)
        return request_views(work, work.requests.of_venue(venue), app.clock())


def open_requests(app: App, viewer: Viewer) -> list[RequestView]:
    """Requests that wait for an answer, the earliest due first; planner only."""
    require_planner(viewer)
    with app.database.reading() as work:
        return request_views(work, work.requests.in_state(RequestState.SUBMITTED), app.clock())


def order_again(app: App, viewer: Viewer, request: str) -> RequestOrder:
    """The same request from its next day on, for asking once more; NotFound for another venue."""
    with app.database.reading() as work:
        known = _of_viewer(work, viewer, request)
        pattern = replace(known.recurrence, exceptions=frozenset())
        tomorrow = agency_of(work).today(app.clock()) + DAY
        weekday = tomorrow + timedelta(days=(pattern.first.weekday() - tomorrow.weekday()) % 7)
        first = next(pattern.dates(Days(tomorrow, tomorrow + FARTHEST)), weekday)
        return RequestOrder(
            venue=known.venue,
            activity=known.activity,
            first=first,
            start=known.start,
            end=known.end,
            headcount=known.headcount,
            repeat=pattern.repeat,
            until=pattern.until if pattern.until and pattern.until > first else None,
            languages=known.languages,
            themes=known.themes,
            note=known.note,
            fold=known.fold,
        )


def _of_viewer(work: Work, viewer: Viewer, request: str) -> CoverRequest:
    known = work.requests.get(request)
    if viewer.role is AccountRole.COORDINATOR and known.venue not in viewer.venues:
        raise NotFound("There is no %(noun)s %(id)s.", noun="request", id=request)
    require_venue(viewer, known.venue)
    return known


def request_detail(app: App, viewer: Viewer, request: str) -> RequestDetail:
    """One request with its story; NotFound for another venue."""
    with app.database.reading() as work:
        known = _of_viewer(work, viewer, request)
        view = request_views(work, [known], app.clock())[0]
        can_cancel = known.state in STANDING and not view.over
        past = past_visits(work, known, app.clock(), of_any_age=viewer.role is not AccountRole.COORDINATOR)
        rules = (rule_of_pay(app, work, v.shift.start, app.clock()) for v in view.places if v.people)
        pay = next((rule for rule in rules if rule), None)
        who_comes = _who_comes(work, agency_of(work), known, app.clock()) if can_cancel else None
        on_duty = agency_of(work).on_duty
        told = replace(view, places=with_reasons(app, work, view.places))
        return RequestDetail(told, _steps(view), can_cancel, on_duty, pay, who_comes, tuple(past))


def _who_comes(work: Work, agency: Agency, request: CoverRequest, now: datetime) -> Sentence | None:
    """From when on the names stand on the page; None when there are no coming days."""
    today = agency.today(now)
    day = next(request.recurrence.dates(Days(today, today + FARTHEST)), None)
    if day is None:
        return None
    if day < planned_until(work, agency):
        return Sentence("Who comes stands here as soon as we have found somebody.")
    first = agency.window(day).first
    return Sentence("Who comes stands here once the roster from %(day)s has been published.", {"day": first})


def _steps(view: RequestView) -> tuple[Step, ...]:
    received = Step(Sentence("Request received"), StepState.DONE, view.submitted_at)
    if view.over:
        return received, Step(Sentence("Accepted"), StepState.DONE, view.answered_at), Step(OVER, StepState.DONE)
    if view.state is RequestState.CANCELLED:
        return received, Step(Sentence("Taken back"), StepState.DONE, view.answered_at)
    if view.state is RequestState.REFUSED:
        return received, Step(Sentence("We cannot do this one"), StepState.DONE, view.answered_at)
    waiting = view.state is RequestState.SUBMITTED
    filled = view.filling is Filling.FILLED
    asking = StepState.LATER if waiting else StepState.DONE if filled else StepState.NOW
    return (
        received,
        Step(Sentence("A planner looks at it"), StepState.NOW)
        if waiting
        else Step(Sentence("Accepted"), StepState.DONE, view.answered_at),
        Step(Sentence("We look for people, first those who come to you more often"), asking),
        Step(Sentence("Every place is filled"), StepState.DONE if filled else StepState.LATER),
    )


def coordinator_home(app: App, viewer: Viewer, venue: str | None = None) -> CoordinatorHome:
    """The first page of a venue; without a venue the first one of the coordinator."""
    if venue is None:
        venue = min(viewer.venues, default=None)
        if venue is None:
            raise NotFound("There is no venue for you yet. Please call the agency.")
    require_venue(viewer, venue)
    now = app.clock()
    last = last_request(app, viewer, venue)
    with app.database.reading() as work:
        place = work.venues.get(venue)
        own = [work.venues.get(v) for v in sorted(viewer.venues)] or [place]
        requests = work.requests.of_venue(venue)
        shifts = [s for s in work.shifts.of_venue(venue, Span(now - DAY, now + COMING)) if s.span.end > now]
        return CoordinatorHome(
            venue=Named(place.id, place.name),
            venues=tuple(Named(v.id, v.name) for v in own),
            coming=with_reasons(app, work, visits_of(work, shifts, now)),
            requests=tuple(request_views(work, requests, now)),
            record=_record(requests, now),
            on_duty=agency_of(work).on_duty,
            last=last,
        )


def _record(requests: list[CoverRequest], now: datetime) -> AnswerRecord:
    """Answers of the last 90 days, and how many came in time; requests taken back before an answer do not count."""
    answered = [
        r
        for r in requests
        if r.answered_at and r.state in {RequestState.ACCEPTED, RequestState.REFUSED} and r.answered_at > now - RECORD
    ]
    return AnswerRecord(sum(1 for r in answered if r.answered_at and r.answered_at <= r.answer_due_at), len(answered))
