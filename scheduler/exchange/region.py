"""What is a region: everything its folder says, as domain values; which problem is it, and what if it were later?"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from scheduler.domain.accounts import Account
from scheduler.domain.cover import CoverRequest, Recurrence, RequestState
from scheduler.domain.history import (
    VISITS_DAYS,
    Visit,
    asks,
    balance_minutes,
    visits_at_venues,
    visits_by_venue,
    worked_before,
)
from scheduler.domain.people import (
    Exclusion,
    ExclusionKind,
    Expert,
    Profile,
)
from scheduler.domain.places import Travel
from scheduler.domain.problem import Problem
from scheduler.domain.responses import Answer
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.shifts import Shift, ShiftId
from scheduler.domain.time import Days, Fold, PlanningWindow, Span, local_instant
from scheduler.domain.venues import ActivityType, Neighbourhood, Venue

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Region:
    """Everything in a folder. `published` may be empty.

    `shifts` holds those that no request asked for, and those that a request left behind when it was taken back.
    """

    agency: str
    window: PlanningWindow
    is_sample: bool
    neighbourhoods: tuple[Neighbourhood, ...]
    venues: tuple[Venue, ...]
    activities: tuple[ActivityType, ...]
    experts: tuple[Expert, ...]
    profiles: tuple[Profile, ...]
    requests: tuple[CoverRequest, ...] = ()
    shifts: tuple[Shift, ...] = ()
    travel: Travel = field(default_factory=Travel)
    history: tuple[Visit, ...] = ()
    pins: frozenset[Assignment] = frozenset()
    declines: frozenset[Assignment] = frozenset()
    accepted: frozenset[Assignment] = frozenset()
    talks: frozenset[Assignment] = frozenset()
    published: Roster = field(default_factory=Roster)
    accounts: tuple[Account, ...] = ()
    on_duty_name: str = ""
    on_duty_phone: str = ""

    def __post_init__(self) -> None:
        for name in ("neighbourhoods", "venues", "activities", "experts", "requests", "shifts", "accounts"):
            object.__setattr__(self, name, tuple(sorted(getattr(self, name), key=lambda value: value.id)))
        object.__setattr__(self, "profiles", tuple(sorted(self.profiles, key=lambda p: p.expert)))
        order = sorted(
            self.history,
            key=lambda v: (v.worked.expert, v.worked.start, v.worked.end, v.venue or "", v.worked.activity or ""),
        )
        object.__setattr__(self, "history", tuple(order))

    @property
    def answers(self) -> Mapping[Answer, frozenset[Assignment]]:
        """Which experts gave which answer to which shifts; the answer that counts."""
        return {Answer.NO: self.declines, Answer.YES: self.accepted, Answer.TALK: self.talks}

    def shifts_in(self, window: PlanningWindow) -> list[Shift]:
        """Every shift that starts inside the window: of accepted requests and the others, by start and id.

        A request makes no shift that had begun when it was accepted, unless somebody is named for it.
        Raises InvalidValue for a request at a time that does not exist on one of its days.
        """
        days = Days(window.first, window.end)
        found = [s for s in self.shifts if 0 <= window.day_of(s.span.start) < window.days]
        named = {a.shift for a in self.pins.union(*self.answers.values(), self.published.assignments)}
        for request in self.requests:
            if request.state is RequestState.ACCEPTED:
                since = request.answered_at or LONG_AGO
                made = request.shifts(days, window.zone)
                found += [s for s in made if s.span.start >= since or s.id in named]
        return sorted(found, key=lambda shift: (shift.span.start, shift.id))

    def problem(self, window: PlanningWindow | None = None) -> Problem:
        """The question this region puts for a window, its own by default."""
        window = window or self.window
        shifts = tuple(self.shifts_in(window))
        known = {shift.id for shift in shifts}
        published = Roster(frozenset(a for a in self.published.assignments if a.shift in known))
        earlier = [v for v in self.history if v.worked.start < window.span.start]
        past = [v for v in earlier if v.worked.start >= window.midnight(-VISITS_DAYS)]
        return Problem(
            window=window,
            experts=self.experts,
            venues=self.venues,
            neighbourhoods=self.neighbourhoods,
            activities=self.activities,
            shifts=shifts,
            travel=self.travel,
            pinned=frozenset(a for a in self.pins if a.shift in known),
            declined=frozenset(a for a in self.declines if a.shift in known),
            accepted=frozenset(a for a in self.accepted if a.shift in known),
            published=published if published.assignments else None,
            history=worked_before(self.experts, window, earlier),
            past_visits=visits_by_venue(past),
            visits=visits_at_venues(past),
            past_asks=asks(self.experts, window, ((v.worked.expert, Span(v.worked.start, v.worked.end)) for v in past)),
            balance_minutes=balance_minutes(self.experts, window, [v.worked for v in past]),
        )

    def moved(self, weeks: int) -> "Region":
        """The same region with every date so many whole weeks later; local times stay what they are."""
        return _moved(self, timedelta(weeks=weeks)) if weeks else self

    def weeks_to(self, day: date) -> int:
        """How many whole weeks to move so that the first week of the window holds this day."""
        return (day - self.window.first).days // 7


class _Mover:
    """Moves days and instants of one zone by whole weeks."""

    def __init__(self, region: Region, by: timedelta) -> None:
        self.zone, self.by = region.window.zone, by
        self.requests = {request.id for request in region.requests}

    def day(self, day: date) -> date:
        return day + self.by

    def maybe(self, day: date | None) -> date | None:
        return None if day is None else day + self.by

    def days(self, days: Days) -> Days:
        return Days(self.day(days.first), self.maybe(days.end))

    def instant(self, instant: datetime) -> datetime:
        local = instant.astimezone(self.zone)
        naive = local.replace(tzinfo=None, fold=0) + self.by
        minute = naive.time().replace(second=0, microsecond=0)
        rest = timedelta(seconds=naive.second, microseconds=naive.microsecond)
        return local_instant(naive.date(), minute, self.zone, Fold.SECOND if local.fold else Fold.FIRST) + rest

    def moment(self, instant: datetime) -> datetime:
        """An instant of office life, such as when a request came: an hour more or less does not matter."""
        return (instant.astimezone(self.zone) + self.by).astimezone(UTC)

    def shift_id(self, shift: ShiftId) -> ShiftId:
        request, _, day = shift.rpartition("-")
        if request not in self.requests or len(day) != 8 or not day.isdigit():
            return shift
        return f"{request}-{date.fromisoformat(day) + self.by:%Y%m%d}"

    def assignments(self, assignments: frozenset[Assignment]) -> frozenset[Assignment]:
        return frozenset(Assignment(a.expert, self.shift_id(a.shift)) for a in assignments)


def _moved(region: Region, by: timedelta) -> Region:
    to = _Mover(region, by)
    return replace(
        region,
        window=replace(region.window, first=to.day(region.window.first)),
        experts=tuple(_moved_expert(expert, to) for expert in region.experts),
        requests=tuple(_moved_request(request, to) for request in region.requests),
        shifts=tuple(
            replace(s, id=to.shift_id(s.id), span=Span(to.instant(s.span.start), to.instant(s.span.end)))
            for s in region.shifts
        ),
        history=tuple(
            v._replace(worked=replace(v.worked, start=to.moment(v.worked.start), end=to.moment(v.worked.end)))
            for v in region.history
        ),
        pins=to.assignments(region.pins),
        declines=to.assignments(region.declines),
        accepted=to.assignments(region.accepted),
        talks=to.assignments(region.talks),
        published=Roster(to.assignments(region.published.assignments)),
    )


def _moved_expert(expert: Expert, to: _Mover) -> Expert:
    def exclusion(old: Exclusion) -> Exclusion:
        if old.kind is not ExclusionKind.DAY:
            return old
        return replace(old, subject=to.day(date.fromisoformat(old.subject)).isoformat())

    availability = expert.availability
    exceptions = tuple(replace(e, first=to.day(e.first), last=to.day(e.last)) for e in availability.exceptions)
    return replace(
        expert,
        contracts=tuple(replace(c, days=to.days(c.days)) for c in expert.contracts),
        qualifications=tuple(replace(q, valid=to.days(q.valid)) for q in expert.qualifications),
        availability=replace(availability, exceptions=exceptions),
        exclusions=tuple(exclusion(e) for e in expert.exclusions),
        dated_wishes=tuple(replace(wish, day=to.day(wish.day)) for wish in expert.dated_wishes),
    )


def _moved_request(request: CoverRequest, to: _Mover) -> CoverRequest:
    old = request.recurrence
    return replace(
        request,
        recurrence=Recurrence(
            to.day(old.first), old.repeat, to.maybe(old.until), frozenset(to.day(day) for day in old.exceptions)
        ),
        submitted_at=to.moment(request.submitted_at),
        answer_due_at=to.moment(request.answer_due_at),
        answered_at=None if request.answered_at is None else to.moment(request.answered_at),
    )
