"""Who comes to a venue, and how does a request stand? Read off the live bookings, as far as a venue may know."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from scheduler.domain.cover import CoverRequest, RequestState
from scheduler.domain.errors import Sentence
from scheduler.domain.people import ExpertId
from scheduler.domain.responses import Answer
from scheduler.domain.roster import Assignment
from scheduler.domain.shifts import Shift
from scheduler.domain.time import DAY, Days
from scheduler.services.context import Agency, agency_of
from scheduler.services.names import Names
from scheduler.services.venue_views import Filling, RequestView, VenuePerson, VisitView
from scheduler.store import Work

VISIBLE_AFTER = timedelta(days=14)
FARTHEST = timedelta(days=366)
OVER: Final = Sentence("All days of this request have passed.")


def names_of(work: Work, experts: Iterable[ExpertId] | None = None) -> Names:
    """The names of the agency; of all experts, or only of these."""
    return Names(
        profiles=work.experts.profiles(experts),
        venues={v.id: v for v in work.venues.all()},
        activities={a.id: a for a in work.activities.all()},
        neighbourhoods={n.id: n for n in work.neighbourhoods.all()},
    )


def visits_of(work: Work, shifts: Sequence[Shift], now: datetime, *, of_any_age: bool = False) -> list[VisitView]:
    """These shifts with who comes; names are left out of shifts that ended over 14 days ago, unless `of_any_age`."""
    booked = {s.id: work.bookings.of_shift(s.id) for s in shifts}
    names = names_of(work, {e for experts in booked.values() for e in experts})
    agency = agency_of(work)
    until = planned_until(work, agency)
    answers = work.responses.newest_to(booked)
    found = []
    for shift in sorted(shifts, key=lambda s: (s.span.start, s.id)):
        here = booked[shift.id]
        people = tuple(
            VenuePerson(names.first(e), names.role(shift), _said_yes(answers.get(Assignment(e, shift.id))))
            for e in here
        )
        visible = of_any_age or shift.span.end > now - VISIBLE_AFTER
        found.append(
            VisitView(
                names.label(shift),
                shift.demand.required,
                tuple(sorted(people, key=lambda p: p.first_name)) if visible else (),
                filling(len(here), shift.demand.required),
                shift.request,
                later=not here and agency.today(shift.span.start) >= until,
                present=len(here),
                past=shift.span.end <= now,
            )
        )
    return found


def planned_until(work: Work, agency: Agency) -> date:
    """The first day for which no roster has been published yet."""
    last = max(work.rosters.published_windows(), default=None)
    return date.min if last is None else agency.window(last).end


def _said_yes(response: object) -> bool:
    return getattr(response, "answer", None) is Answer.YES


def filling(present: int, needed: int) -> Filling:
    """How far the places are filled."""
    if present >= needed:
        return Filling.FILLED
    return Filling.PARTLY if present else Filling.OPEN


def request_views(work: Work, requests: Sequence[CoverRequest], now: datetime) -> list[RequestView]:
    """Requests as lists show them, with their shifts from 14 days back on."""
    editions = work.requests.editions(r.id for r in requests)
    by_request = {
        r.id: [s for s in work.shifts.of_request(r.id) if s.span.end > now - VISIBLE_AFTER]
        for r in requests
        if r.state is RequestState.ACCEPTED
    }
    visits = {v.shift.id: v for v in visits_of(work, [s for each in by_request.values() for s in each], now)}
    names, agency = names_of(work, ()), agency_of(work)

    def places(request: CoverRequest) -> tuple[VisitView, ...]:
        return tuple(visits[s.id] for s in by_request.get(request.id, ()))

    return [_request_view(r, editions[r.id], names, places(r), now=now, agency=agency) for r in requests]


def is_over(request: CoverRequest, agency: Agency, now: datetime) -> bool:
    """Whether it was accepted and its last day has ended, by the clock on the wall."""
    return request.state is RequestState.ACCEPTED and not any(_days_left(request, agency, now, excepted=True))


def _days_left(request: CoverRequest, agency: Agency, now: datetime, *, excepted: bool) -> Iterator[date]:
    """The days of the pattern that have not ended; with `excepted` also those that were called off."""
    pattern = replace(request.recurrence, exceptions=frozenset()) if excepted else request.recurrence
    here = now.astimezone(agency.zone).replace(tzinfo=None)
    overnight = DAY if request.end <= request.start else timedelta(0)
    for day in pattern.dates(Days(here.date() - DAY, here.date() + FARTHEST)):
        if datetime.combine(day, request.end) + overnight > here:
            yield day


def past_visits(work: Work, request: CoverRequest, now: datetime, *, of_any_age: bool) -> list[VisitView]:
    """The days of a request that have ended with who came as the roster says, the newest first."""
    ended = [s for s in work.shifts.of_request(request.id) if s.span.end <= now]
    return visits_of(work, ended, now, of_any_age=of_any_age)[::-1]


def _request_view(
    request: CoverRequest, edition: int, names: Names, places: tuple[VisitView, ...], *, now: datetime, agency: Agency
) -> RequestView:
    coming = [v for v in places if not v.past]
    planned = [v for v in coming if not v.later]
    filled = _together([v.filling for v in planned or coming]) if coming else None
    late = request.state is RequestState.SUBMITTED and now > request.answer_due_at
    over = is_over(request, agency, now)
    later = not planned and any(_days_left(request, agency, now, excepted=False))
    return RequestView(
        id=request.id,
        reference=request.reference,
        edition=edition,
        venue=request.venue,
        venue_name=names.venue(request.venue),
        activity=request.activity,
        activity_name=names.activity(request.activity),
        recurrence=request.recurrence,
        start=request.start,
        end=request.end,
        headcount=request.headcount,
        note=request.note,
        priority=request.priority,
        languages=tuple(sorted(request.languages)),
        themes=tuple(sorted(request.themes)),
        state=request.state,
        filling=filled,
        status=OVER if over else _status(request, filled, late, later),
        submitted_at=request.submitted_at,
        answer_due_at=request.answer_due_at,
        answered_at=request.answered_at,
        answer=request.answer,
        late=late,
        over=over,
        places=places,
    )


def _together(each: Sequence[Filling]) -> Filling:
    kinds = set(each)
    return kinds.pop() if len(kinds) == 1 else Filling.PARTLY


def _status(request: CoverRequest, filled: Filling | None, late: bool, later: bool) -> Sentence:
    if request.state is RequestState.SUBMITTED:
        if late:
            return Sentence("Our answer is late. We are sorry; you may call us at any hour.")
        return Sentence("You will hear from us before %(due)s.", {"due": request.answer_due_at})
    if request.state is RequestState.REFUSED:
        return Sentence("We cannot do this one.")
    if request.state is RequestState.CANCELLED:
        return Sentence("This request was taken back.")
    if later:
        return Sentence("Accepted. These days are planned with a next roster.")
    return {
        Filling.FILLED: Sentence("Every place is filled."),
        Filling.PARTLY: Sentence("Some places are filled; we are looking for more people."),
        Filling.OPEN: Sentence("We are looking for somebody."),
        None: Sentence("There are no coming days in this request."),
    }[filled]
