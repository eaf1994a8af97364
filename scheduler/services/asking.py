"""What may be asked? Orders of venues checked against the calendar, their notes, and when an answer is due."""

import re
import secrets
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from scheduler.domain.accounts import AccountRole
from scheduler.domain.cover import CoverRequest, Recurrence, Repeat
from scheduler.domain.errors import InvalidValue, Sentence, invalid
from scheduler.domain.shifts import Priority, Shift
from scheduler.domain.time import DAY, Days, Fold, Span, local_instant
from scheduler.rules.longest_shift import LongestShift
from scheduler.rules.rule import as_hours
from scheduler.services.context import Agency, App
from scheduler.services.unit import Unit
from scheduler.services.venue_views import RequestOrder
from scheduler.store import Work

FARTHEST: Final = timedelta(days=366)
CLOCK_CHANGES: Final = timedelta(days=12 * 366)
"""Within so many years a pattern of one or two weeks meets every Sunday on which the clock may change."""

NINE_DIGITS = re.compile(r"(?<!\d)(?<!\d[ .-])\d(?:[ .-]?\d){8}(?![ .-]?\d)")
ELEVEN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def answer_due(now: datetime, hours: float, opens: time, closes: time, zone: ZoneInfo) -> datetime:
    """The instant at which so many service hours have passed since `now`; service is every day, local times."""
    left = timedelta(hours=hours)
    day = now.astimezone(zone).date()
    while True:
        start = max(now, local_instant(day, opens, zone, Fold.FIRST))
        end = local_instant(day, closes, zone, Fold.FIRST)
        if start < end:
            if start + left <= end:
                return start + left
            left -= end - start
        day += DAY


def holds_citizen_number(text: str) -> bool:
    """Whether nine digits stand in the text that pass the test of Dutch citizen service numbers."""
    for found in NINE_DIGITS.finditer(text):
        digits = [int(c) for c in found.group() if c.isdigit()]
        if any(digits) and sum(d * w for d, w in zip(digits, ELEVEN_WEIGHTS, strict=True)) % 11 == 0:
            return True
    return False


def clean_note(text: str) -> str:
    """The note on one line without control characters; InvalidValue when it seems to hold a citizen number."""
    note = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if holds_citizen_number(note):
        raise InvalidValue(
            "The note seems to hold a citizen service number (BSN). Please leave it out: we never need it."
        )
    return note


def offered(work: Work) -> tuple[frozenset[str], frozenset[str]]:
    """Languages and themes that some expert offers."""
    experts = work.experts.all()
    return (
        frozenset(name for e in experts for name in e.languages),
        frozenset(name for e in experts for name in e.themes),
    )


def due_at(app: App, agency: Agency, now: datetime) -> datetime:
    """When a request of now must have its answer, with the service hours of this installation."""
    config = app.config
    return answer_due(now, config.answer_hours, config.service_opens, config.service_closes, agency.zone)


def request_of(unit: Unit, order: RequestOrder) -> CoverRequest:
    """The request that an order becomes, checked against the calendar and what is on offer."""
    today = unit.agency.today(unit.at)
    if not today <= order.first <= today + FARTHEST:
        invalid("The first day %(first)s must be from today on and within a year.", first=order.first)
    if order.until is not None and order.until > order.first + FARTHEST:
        invalid("The last day %(until)s must lie within a year of the first.", until=order.until)
    if order.repeat is not Repeat.ONCE and order.until is None:
        until = order.first + FARTHEST
    else:
        until = order.first if order.repeat is Repeat.ONCE else order.until or order.first
    if order.priority is Priority.MANDATORY and unit.viewer.role is AccountRole.COORDINATOR:
        invalid("Only the agency marks a request as mandatory.")
    languages, themes = offered(unit.work)
    for language in sorted(order.languages - languages):
        invalid("Nobody speaks %(language)s.", language=language)
    for theme in sorted(order.themes - themes):
        invalid("Nobody offers %(theme)s.", theme=theme)
    unit.work.venues.get(order.venue)
    request = CoverRequest(
        id=f"r{secrets.token_hex(6)}",
        venue=order.venue,
        activity=unit.work.activities.get(order.activity).id,
        recurrence=Recurrence(order.first, order.repeat, order.until, order.exceptions),
        start=order.start,
        end=order.end,
        submitted_at=unit.at,
        answer_due_at=due_at(unit.app, unit.agency, unit.at),
        headcount=order.headcount,
        desirable=order.desirable,
        priority=order.priority,
        themes=order.themes,
        languages=order.languages,
        note=clean_note(order.note),
        fold=order.fold,
    )
    endless = order.repeat is not Repeat.ONCE and order.until is None
    shifts = request.shifts(Days(order.first, until + (CLOCK_CHANGES if endless else DAY)), unit.agency.zone)
    _check_times(unit, request, [s for s in shifts if s.span.start < shifts[0].span.start + FARTHEST])
    return request


def too_long(app: App, agency: Agency, span: Span) -> Sentence | None:
    """Why nobody may be given a shift as long as this; None when some people may."""
    rules = app.rules(agency.window(agency.today(span.start)).first)
    rule = next((rule for rule in rules if isinstance(rule, LongestShift)), None)
    if rule is None or not rule.labour_limits_for_all or rule.working(span.minutes) <= rule.minutes:
        return None
    values = {"hours": as_hours(rule.working(span.minutes)), "most": as_hours(rule.minutes)}
    return Sentence("This is %(hours)s hours of work; %(most)s is the most for one person. Ask for two parts.", values)


def _check_times(unit: Unit, request: CoverRequest, shifts: list[Shift]) -> None:
    if not shifts:
        invalid("There is no day in this request.")
    least = unit.work.activities.get(request.activity).minimum_minutes
    if min(s.span.minutes for s in shifts) < least:
        invalid("This activity lasts at least %(minutes)s minutes.", minutes=least)
    for shift in shifts:
        if found := too_long(unit.app, unit.agency, shift.span):
            raise InvalidValue(found.text, **found.values)
    if shifts[0].span.start <= unit.at:
        invalid("This time has already begun. Maybe choose a later one.")
