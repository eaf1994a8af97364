"""What must a planner do now?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from statistics import median
from typing import Final

from scheduler.domain.cover import CoverRequest, RequestState
from scheduler.domain.errors import Sentence, counted
from scheduler.domain.responses import Answer, Response
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.runs import RunState
from scheduler.domain.shifts import Shift
from scheduler.domain.time import MINUTE, PlanningWindow, Span
from scheduler.services.breaches import breaches_in
from scheduler.services.context import App, Viewer, agency_of, require_planner
from scheduler.services.measures import open_places, places_to_come
from scheduler.services.names import Names
from scheduler.services.pay import pay_after
from scheduler.services.planner_views import AnswerClock, CalledOff, DashboardView, House, Todo, TodoKind, WindowLight
from scheduler.services.scene import Scene, read_scene
from scheduler.services.visits import names_of
from scheduler.store import Work

GAPS_AHEAD: Final = timedelta(days=14)
ANSWERED: Final = timedelta(days=30)
DECLINED: Final = timedelta(days=7)
MOST_TODO: Final = 30


@dataclass(frozen=True)
class Desk:
    """The current and the next window, as they are now."""

    now: datetime
    windows: tuple[PlanningWindow, ...]
    shifts: dict[str, Shift]
    live: Roster
    answers: dict[Assignment, Response]
    names: Names

    def missing(self, shift: Shift) -> int:
        """Open places; none once it has begun."""
        return open_places(shift, len(self.live.by_shift.get(shift.id, ())), self.now)

    def soon(self) -> list[Shift]:
        """The shifts of the next two weeks, of which gaps are counted and listed."""
        return [s for s in self.shifts.values() if self.now < s.span.start < self.now + GAPS_AHEAD]

    def week(self, number: int) -> list[Shift]:
        """The shifts of this local week (0) or the next (1)."""
        today = self.windows[0].date_of(self.now)
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * number)
        days = {monday + timedelta(days=n) for n in range(7)}
        return [s for s in self.shifts.values() if self.windows[0].date_of(s.span.start) in days]

    def window_of(self, shift: Shift) -> date:
        """The first day of the window in which a shift lies."""
        return next(w.first for w in reversed(self.windows) if w.span.start <= shift.span.start)


def dashboard(app: App, viewer: Viewer) -> DashboardView:
    """The planner's first page."""
    require_planner(viewer)
    with app.database.reading() as work:
        desk = _read(app, work)
        requests = work.requests.all()
        called_off = tuple(_called_off(app, work, desk))
        todo = [*_requests_to_do(desk, requests), *_gaps(desk), *_talks(desk), *_windows_to_do(desk, work)]
        todo += [found for window in desk.windows for found in _broken(read_scene(app, work, window.first))]
    waiting = sorted((r for r in requests if r.state is RequestState.SUBMITTED), key=lambda r: r.answer_due_at)
    required, filled = places_to_come(desk.week(0), desk.live.by_shift, desk.now)
    today = desk.windows[0].date_of(desk.now)
    street_week = _street_week(desk)
    ordered = sorted(todo, key=lambda t: (t.due_at or desk.now + GAPS_AHEAD, t.kind, t.target))
    declined = [a for a, r in desk.answers.items() if r.answer is Answer.NO and r.at > desk.now - DECLINED]
    coming = (desk.shifts[a.shift] for a in declined if a.shift in desk.shifts)
    still_open = {s.id for s in coming if s.span.start > desk.now and desk.missing(s)}
    return DashboardView(
        name=viewer.name,
        now=desk.now,
        window=desk.windows[0],
        street_first=today - timedelta(days=today.weekday() - 7 * street_week),
        todo=tuple(replace(t, urgency=n) for n, t in enumerate(ordered[:MOST_TODO])),
        more_todo=max(0, len(ordered) - MOST_TODO),
        required=required,
        filled=filled,
        gaps_this_week=required - filled,
        gaps_two_weeks=sum(desk.missing(s) for s in desk.soon()),
        median_answer_minutes=_median_answer(requests, desk.now),
        declines_7_days=len(declined),
        declines_open=len(still_open),
        clocks=tuple(
            AnswerClock(r.id, desk.names.venue(r.venue), r.answer_due_at, desk.now > r.answer_due_at) for r in waiting
        ),
        called_off=called_off,
        street=tuple(_street(desk, desk.week(street_week))),
    )


def _read(app: App, work: Work) -> Desk:
    now, agency = app.clock(), agency_of(work)
    _, current, following, _ = agency.windows(now)
    windows = (current, following)
    return Desk(
        now=now,
        windows=windows,
        shifts={s.id: s for w in windows for s in work.shifts.in_window(w)},
        live=Roster(frozenset(a for w in windows for a in work.bookings.in_window(w).assignments)),
        answers={a: r for w in windows for a, r in work.responses.newest_in_window(w).items()},
        names=names_of(work),
    )


def _called_off(app: App, work: Work, desk: Desk) -> Iterable[CalledOff]:
    for shift in work.shifts.called_off_within(Span(desk.now, desk.windows[-1].span.end)):
        pay = pay_after(app, work, shift)
        yield CalledOff(
            desk.names.label(shift), shift.request, pay.late, tuple(desk.names.expert(e) for e in pay.experts)
        )


def _requests_to_do(desk: Desk, requests: Iterable[CoverRequest]) -> Iterable[Todo]:
    for request in requests:
        if request.state is RequestState.SUBMITTED:
            values: dict[str, object] = {
                "venue": desk.names.venue(request.venue),
                "reference": request.reference,
                "activity": desk.names.activity_choice(request.activity),
                "count": request.headcount,
            }
            title = Sentence("Answer %(venue)s", values)
            text = Sentence("New request %(reference)s: %(activity)s. People asked for: %(count)s.", values)
            yield Todo(TodoKind.REQUEST, request.id, 0, title, text, request.answer_due_at)


def _gaps(desk: Desk) -> Iterable[Todo]:
    for shift in desk.soon():
        missing = desk.missing(shift)
        if missing:
            said_no = sum(1 for a, r in desk.answers.items() if a.shift == shift.id and r.answer is Answer.NO)
            needed = shift.demand.required
            title = counted("%(num)s gap: %(shift)s", "%(num)s gaps: %(shift)s", missing, shift=desk.names.label(shift))
            text = _how_it_stands(needed - missing, needed, said_no)
            yield Todo(TodoKind.GAP, shift.id, 0, title, text, shift.span.start, desk.window_of(shift))


def _how_it_stands(here: int, needed: int, declines: int) -> Sentence:
    values = {"here": here, "needed": needed}
    if here and declines:
        said = "Filled: %(here)s of %(needed)s places. Said not this time: %(declines)s."
        return Sentence(said, values | {"declines": declines})
    if here:
        return Sentence("Filled: %(here)s of %(needed)s places.", values)
    if declines:
        return counted("%(num)s person said not this time.", "%(num)s people said not this time.", declines)
    return Sentence("Nobody is planned there yet.")


def _talks(desk: Desk) -> Iterable[Todo]:
    for pair, response in desk.answers.items():
        shift = desk.shifts.get(pair.shift)
        if response.answer is not Answer.TALK or shift is None or shift.span.start <= desk.now:
            continue
        if pair in desk.live.assignments:
            values: dict[str, object] = {"expert": desk.names.expert(pair.expert), "shift": desk.names.label(shift)}
            title = Sentence("%(expert)s wants to talk about %(shift)s", values)
            text = Sentence("The shift stays hers until you have talked.", values)
            yield Todo(TodoKind.TALK, shift.id, 0, title, text, shift.span.start, desk.window_of(shift))


def _windows_to_do(desk: Desk, work: Work) -> Iterable[Todo]:
    """Drafts that differ from what people were told, and results of runs that nobody took over."""
    for window in desk.windows:
        draft = work.rosters.draft_of(window)
        if draft is not None and draft.roster != work.bookings.in_window(window):
            values: dict[str, object] = {"number": draft.number, "first": window.first}
            title = Sentence("Version %(number)s can be published", values)
            text = Sentence("The draft of the window of %(first)s differs from what people were told.", values)
            yield Todo(TodoKind.PUBLISH, window.first.isoformat(), 0, title, text, None, window.first)
        newest = next(iter(work.runs.of_window(window)), None)
        if newest and newest.state is RunState.FINISHED and newest.result is None and newest.best is not None:
            title = Sentence("A run is ready")
            text = Sentence("Look at its roster and take it over, or leave it.")
            yield Todo(TodoKind.RUN, newest.id, 0, title, text, None, window.first)


def _broken(scene: Scene) -> Iterable[Todo]:
    """The hard rules that what people know already breaks, as one thing to do, due when the first shift begins."""
    told = breaches_in(scene).told
    if told:
        title = counted(
            "%(num)s hard rule is broken in what people know already",
            "%(num)s hard rules are broken in what people know already",
            len(told),
        )
        text = Sentence("Talk it over with whoever it is about, or take somebody off.")
        first = scene.window.first
        due_at = told[0].at.start if told[0].at else None
        yield Todo(TodoKind.RULE, first.isoformat(), 0, title, text, due_at, first)


def _median_answer(requests: Iterable[CoverRequest], now: datetime) -> int | None:
    took = [
        (r.answered_at - r.submitted_at) // MINUTE
        for r in requests
        if r.answered_at and r.answered_at > now - ANSWERED and r.state in {RequestState.ACCEPTED, RequestState.REFUSED}
    ]
    return round(median(took)) if took else None


def _street_week(desk: Desk) -> int:
    """This week (0), or the next (1) when nothing is to come in this one and something in the next."""
    comes = any(s.span.start > desk.now for s in desk.week(0))
    return int(not comes and bool(desk.week(1)))


def _street(desk: Desk, shifts: list[Shift]) -> Iterable[House]:
    for venue in sorted(desk.names.venues.values(), key=lambda v: (v.name.casefold(), v.id)):
        here = sorted((s for s in shifts if s.venue == venue.id), key=lambda s: (s.span.start, s.id))
        coming = [s for s in here if s.span.start > desk.now]
        sure = sum(min(s.demand.required, _sure(desk, s)) for s in coming)
        required, filled = places_to_come(coming, desk.live.by_shift, desk.now)
        gaps = required - filled
        lights = tuple(_light(desk, s) for s in here)
        yield House(venue.id, venue.name, lights, required, sure, required - sure - gaps, gaps)


def _sure(desk: Desk, shift: Shift) -> int:
    people = desk.live.by_shift.get(shift.id, ())
    if shift.span.start <= desk.now:
        return len(people)
    answers = (desk.answers.get(Assignment(e, shift.id)) for e in people)
    return sum(1 for r in answers if r is not None and r.answer is Answer.YES)


def _light(desk: Desk, shift: Shift) -> WindowLight:
    if len(desk.live.by_shift.get(shift.id, ())) < shift.demand.required:
        return WindowLight.GAP
    return WindowLight.LIT if _sure(desk, shift) >= shift.demand.required else WindowLight.TENTATIVE
