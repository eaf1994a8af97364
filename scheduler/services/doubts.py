"""What in an order may a venue not have meant? Friendly questions before a request is sent; none of them forbids it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from scheduler.domain.cover import STANDING, Recurrence, Repeat
from scheduler.domain.errors import Sentence
from scheduler.domain.time import DAY, Days, PlanningWindow, Span, local_span
from scheduler.rules.official_days import HolidayRule
from scheduler.rules.rule import as_hours
from scheduler.services.asking import FARTHEST, too_long
from scheduler.services.context import Agency, App, Viewer, agency_of, require_venue
from scheduler.services.venue_views import RequestOrder
from scheduler.store import Work

LONG: Final = timedelta(hours=8)
"""A shift that lasts longer is asked about."""


class DoubtKind(StrEnum):
    """What a question is about."""

    LONG = "long"
    HOLIDAY = "holiday"
    AGAIN = "again"
    ENDLESS = "endless"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question to the venue."""

    kind: DoubtKind
    sentence: Sentence


def doubts_about(app: App, viewer: Viewer, order: RequestOrder, *, key: str = "") -> tuple[Doubt, ...]:
    """The questions that an order raises; none when it was sent before under this key, or when it cannot be at all.

    InvalidValue for a time of day that does not exist, or occurs twice, on its first day.
    """
    require_venue(viewer, order.venue)
    with app.database.reading() as work:
        agency = agency_of(work)
        span = local_span(order.first, order.start, order.end, agency.zone, order.fold)
        if work.keys.has(viewer.account, key) or too_long(app, agency, span):
            return ()
        return *_length(order, span, agency), *_holidays(app, agency, order), *_repetition(work, order)


def _length(order: RequestOrder, span: Span, agency: Agency) -> Iterator[Doubt]:
    hours = as_hours(span.minutes)
    until_next_day = agency.today(span.end - timedelta(minutes=1)) > order.first
    values = {"hours": hours, "end": order.end}
    if until_next_day:
        yield Doubt(
            DoubtKind.LONG, Sentence("This lasts %(hours)s hours, until %(end)s the next day. Is that right?", values)
        )
    elif span.end - span.start > LONG:
        yield Doubt(DoubtKind.LONG, Sentence("This lasts %(hours)s hours. Is that right?", values))


def _holidays(app: App, agency: Agency, order: RequestOrder) -> Iterator[Doubt]:
    rules = app.rules(agency.window(order.first).first)
    rule = next((rule for rule in rules if isinstance(rule, HolidayRule)), None)
    if rule is None:
        return
    year = PlanningWindow(order.first - timedelta(days=order.first.weekday()), FARTHEST.days, agency.zone_name)
    official = rule.official_days(year)
    days = tuple(day for day in _days(order) if day in official)
    if len(days) == 1:
        text = "%(day)s is an official holiday. Do you want somebody then?"
        yield Doubt(DoubtKind.HOLIDAY, Sentence(text, {"day": days[0]}))
    elif days:
        text = (
            "These days are official holidays: %(days)s. Do you want somebody then? Afterwards you can call off a day."
        )
        yield Doubt(DoubtKind.HOLIDAY, Sentence(text, {"days": days}))


def _repetition(work: Work, order: RequestOrder) -> Iterator[Doubt]:
    days = _days(order)
    within = Days(order.first, order.first + FARTHEST + DAY)
    for known in work.requests.of_venue(order.venue):
        alike = (known.activity, known.start, known.end) == (order.activity, order.start, order.end)
        if alike and known.state in STANDING and (both := set(days) & set(known.recurrence.dates(within))):
            values = {"day": min(both), "reference": known.reference}
            text = "You asked for this on %(day)s already, with request %(reference)s. Do you want it once more?"
            yield Doubt(DoubtKind.AGAIN, Sentence(text, values))
            break
    if order.repeat is not Repeat.ONCE and order.until is None:
        yield Doubt(DoubtKind.ENDLESS, Sentence("Without a last day this goes on until you call it off."))


def _days(order: RequestOrder) -> list[date]:
    """The days asked for, a year ahead at most."""
    pattern = Recurrence(order.first, order.repeat, order.until, order.exceptions)
    return list(pattern.dates(Days(order.first, order.first + FARTHEST + DAY)))
