"""What can be taken away: the whole region as a folder, and a roster as a file for a spreadsheet."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from scheduler.domain.accounts import AccountRole
from scheduler.domain.cover import CoverRequest, RequestState
from scheduler.domain.errors import Sentence
from scheduler.domain.history import Visit
from scheduler.domain.responses import Answer
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.shifts import Shift
from scheduler.domain.time import PlanningWindow, Span
from scheduler.exchange.calendar import CalendarEvent, CalendarFile, EventState
from scheduler.exchange.hours import HoursTable, Worked
from scheduler.exchange.layout import write_region
from scheduler.exchange.region import Region
from scheduler.exchange.writing import csv_for_people, require_new
from scheduler.services import limits
from scheduler.services.context import App, Viewer, agency_of, require_planner
from scheduler.services.names import Names
from scheduler.services.visits import names_of
from scheduler.services.windows import shifts_in
from scheduler.store import Work

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
HOURS_HEADER = (Sentence("Number"), Sentence("Name"), Sentence("Sum"), Sentence("of which planned"))
HEADER = (
    *(Sentence("Date"), Sentence("From"), Sentence("Until")),
    *(Sentence("Venue"), Sentence("Activity"), Sentence("First name")),
)


def export_folder(app: App, folder: Path, *, viewer: Viewer | None = None, force: bool = False) -> Region:
    """Write everything to a folder, with the planning window of today; importing that folder changes nothing.

    Refused when it holds a region already, unless `force`.
    """
    if not force:
        require_new(folder)
    region = _region(app, viewer)
    write_region(region, folder)
    return region


def _region(app: App, viewer: Viewer | None) -> Region:
    viewer = viewer or Viewer.system()
    require_planner(viewer)
    limits.spend_of(app, limits.EXPORTS, viewer)
    with app.database.reading() as work:
        agency = agency_of(work)
        window = agency.window(agency.today(app.clock()))
        source = work.rosters.draft_of(window) or work.rosters.published_of(window)
        requests = work.requests.all()
        standing = work.shifts.in_window(window)
        answers = work.responses.newest_in_window(window)
        said = {answer: _on(standing, (a for a, r in answers.items() if r.answer is answer)) for answer in Answer}
        return Region(
            agency=agency.name,
            window=window,
            is_sample=agency.is_sample,
            neighbourhoods=tuple(work.neighbourhoods.all()),
            venues=tuple(work.venues.all()),
            activities=tuple(work.activities.all()),
            experts=tuple(work.experts.all()),
            profiles=tuple(work.experts.profiles().values()),
            requests=tuple(requests),
            shifts=(*(s for s in work.shifts.all() if s.request is None), *_left_behind(standing, requests, window)),
            travel=work.travel.load(),
            history=tuple(Visit(*visit) for visit in work.history.within(Span(LONG_AGO, window.span.start))),
            pins=_on(standing, source.pinned) - said[Answer.NO] if source else frozenset(),
            declines=said[Answer.NO],
            accepted=said[Answer.YES],
            talks=said[Answer.TALK],
            published=work.bookings.in_window(window),
            accounts=tuple(work.accounts.all()),
            on_duty_name=agency.on_duty_name,
            on_duty_phone=agency.on_duty_phone,
        )


def _on(shifts: Iterable[Shift], pairs: Iterable[Assignment]) -> frozenset[Assignment]:
    """The pairs whose shift stands: one that was called off takes its answers and pins along."""
    known = {shift.id for shift in shifts}
    return frozenset(pair for pair in pairs if pair.shift in known)


def _left_behind(shifts: Iterable[Shift], requests: Iterable[CoverRequest], window: PlanningWindow) -> list[Shift]:
    """The shifts of a window that their request does not make any more: it was taken back when they had begun."""
    accepted = [request for request in requests if request.state is RequestState.ACCEPTED]
    made = {shift.id for request in accepted for shift in shifts_in(request, [window])}
    return [shift for shift in shifts if shift.request is not None and shift.id not in made]


def export_roster_csv(app: App, viewer: Viewer, window_first: date, *, words: Callable[[Sentence], str] = str) -> bytes:
    """Who comes where in a window, as far as the viewer may see it: a file for a spreadsheet, with first names only."""
    limits.spend_of(app, limits.EXPORTS, viewer)
    with app.database.reading() as work:
        window = agency_of(work).window(window_first)
        pairs = _seen_by(viewer, work, window)
        names = names_of(work, {assignment.expert for assignment, _ in pairs})
    rows = [_row(assignment, shift, window, names) for assignment, shift in pairs]
    return csv_for_people([words(text) for text in HEADER], rows)


def export_roster_ics(app: App, viewer: Viewer, window_first: date, *, words: Callable[[Sentence], str] = str) -> bytes:
    """The same as a calendar file: an event per shift, with a neutral title and the first names as its details."""
    limits.spend_of(app, limits.EXPORTS, viewer)
    with app.database.reading() as work:
        agency = agency_of(work)
        window = agency.window(window_first)
        published = work.rosters.published_of(window)
        pairs = _seen_by(viewer, work, window)
        names = names_of(work, {assignment.expert for assignment, _ in pairs})
    people: dict[Shift, list[str]] = {}
    for assignment, shift in pairs:
        people.setdefault(shift, []).append(names.first(assignment.expert))
    number, told_at = (published.number, published.published_at) if published else (0, None)
    events = [
        CalendarEvent(
            key=f"{viewer.role.value if viewer.role else 'planner'}|{shift.id}",
            title=words(Sentence("Shift, %(venue)s", {"venue": names.venue(shift.venue)})),
            span=shift.span,
            state=EventState.CONFIRMED,
            sequence=number,
            changed_at=told_at or window.span.start,
            location=names.card(shift.venue).address,
            details=", ".join(sorted(here)),
        )
        for shift, here in people.items()
    ]
    return CalendarFile(agency.name, window.zone, tuple(events)).to_bytes()


def hours_of_year(app: App, viewer: Viewer, year: int, *, words: Callable[[Sentence], str] = str) -> HoursTable:
    """What everybody has worked and is booked to work in each month of a year; planner only.

    Work of before this system counts as it does for the rules and on the expert's own page.
    """
    require_planner(viewer)
    limits.spend_of(app, limits.EXPORTS, viewer)
    now = app.clock()
    with app.database.reading() as work:
        zone = agency_of(work).zone
        span = Span(*(datetime(first, 1, 1, tzinfo=zone).astimezone(UTC) for first in (year, year + 1)))
        names, known = names_of(work), work.experts.all()
        found = [(past.expert, Span(past.start, past.end)) for past, _ in work.history.within(span)]
    worked = [
        Worked(who, span.start.astimezone(zone).date(), app.working_minutes(span), is_planned=span.end > now)
        for who, span in found
    ]
    people = sorted(((e.id, names.full(e.id)) for e in known), key=lambda one: (one[1].casefold(), one[0]))
    id_word, name_word, sum_word, planned_word = (words(text) for text in HOURS_HEADER)
    return HoursTable(year, people, worked, (id_word, name_word, sum_word, planned_word))


def _seen_by(viewer: Viewer, work: Work, window: PlanningWindow) -> list[tuple[Assignment, Shift]]:
    live: Roster = work.bookings.in_window(window)
    shifts = {shift.id: shift for shift in work.shifts.in_window(window)}
    pairs = [(a, shifts[a.shift]) for a in live.assignments]
    if viewer.role is AccountRole.COORDINATOR:
        pairs = [(a, shift) for a, shift in pairs if shift.venue in viewer.venues]
    if viewer.role is AccountRole.EXPERT:
        pairs = [(a, shift) for a, shift in pairs if a.expert == viewer.expert]
    return sorted(pairs, key=lambda pair: (pair[1].span.start, pair[1].venue, pair[0].expert))


def _row(assignment: Assignment, shift: Shift, window: PlanningWindow, names: Names) -> list[str]:
    start, end = (instant.astimezone(window.zone) for instant in (shift.span.start, shift.span.end))
    place = [names.venue(shift.venue), names.activity(shift.activity)]
    return [f"{start:%Y-%m-%d}", f"{start:%H:%M}", f"{end:%H:%M}", *place, names.first(assignment.expert)]
