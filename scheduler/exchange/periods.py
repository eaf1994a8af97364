"""How do periods and local times stand in files: the last day included, and clock times of the venue's zone?"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.domain.errors import InvalidValue, invalid
from scheduler.domain.time import DAY, Days, Fold, Span, local_span


def last_day(days: Days) -> date | None:
    """The last day of a period, that day included; None without end."""
    return None if days.end is None else days.end - DAY


def days_from(first: date, last: date | None) -> Days:
    """A period whose last day is included; None is without end."""
    if last is not None and last < first:
        invalid("The last day %(last)s is before the first day %(first)s.", first=first, last=last)
    return Days(first, None if last is None else last + DAY)


def clock_values(start: datetime, end: datetime, zone: ZoneInfo) -> dict[str, Any]:
    """The cells date, start, end and fold that read as this span; InvalidValue when no cells do."""
    local, last = start.astimezone(zone), end.astimezone(zone)
    cells = {"date": local.date(), "start": local.time().replace(fold=0), "end": last.time().replace(fold=0)}
    for fold in (None, Fold.FIRST, Fold.SECOND):
        if _span_of(cells, zone, fold) == Span(start, end):
            return {**cells, "fold": fold}
    raise InvalidValue("A span from %(start)s to %(end)s cannot be written as local times.", start=local, end=last)


def _span_of(cells: dict[str, Any], zone: ZoneInfo, fold: Fold | None) -> Span | None:
    try:
        return local_span(cells["date"], cells["start"], cells["end"], zone, fold)
    except InvalidValue:
        return None
