"""How do days and periods read, in the viewer's language and on the local calendar?

A day of another year says so where that can be taken for the present one: in sentences and in the names of periods.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_day_names
from flask import Flask
from flask_babel import get_locale

from web.here import agency, services
from web.language import gettext

BINDING_SPACE: Final = "\N{NO-BREAK SPACE}"


def install(app: Flask) -> None:
    """Give the templates these words as filters."""
    found = (day, day_and_year, dated, short_day, short_day_and_year, relative_day, month, weekday, period)
    app.jinja_env.filters.update({filter_.__name__: filter_ for filter_ in found})


def zone() -> ZoneInfo:
    """The zone of the agency's clock."""
    return agency().zone


def now() -> datetime:
    """This moment in UTC, on the clock of the services."""
    return services().clock()


def today() -> date:
    """The local calendar day."""
    return now().astimezone(zone()).date()


def local(value: date | datetime) -> date:
    """The day itself, of an instant that on the clock of the agency."""
    return value.astimezone(zone()).date() if isinstance(value, datetime) else value


def day(value: date | datetime) -> str:
    """A day in full, such as dinsdag 24 november."""
    found = local(value)
    text = format_date(found, "EEEE d MMMM", locale=get_locale())
    name, number, rest = text.split(" ", 2)
    return f"{name} {number}{BINDING_SPACE}{rest}"


def short_day(value: date | datetime) -> str:
    """A day for a dense table, such as di 24 nov."""
    return str(format_date(local(value), "EEE d MMM", locale=get_locale())).replace(".", "")


def short_weekday(value: date | datetime) -> str:
    """The weekday in two or three letters, such as di."""
    return str(format_date(local(value), "EEE", locale=get_locale())).replace(".", "")


def month(value: date | datetime) -> str:
    """The name of the month."""
    return format_date(local(value), "MMMM", locale=get_locale())


def weekday(number: int) -> str:
    """The name of a weekday; Monday is 0."""
    return str(get_day_names("wide", locale=get_locale())[number])


def dated(value: date | datetime) -> str:
    """A day with its year, for one that may be far away: 24 november 2027."""
    return format_date(local(value), "d MMMM y", locale=get_locale())


def relative_day(value: date | datetime) -> str:
    """Today, tomorrow, or the day in full."""
    found = local(value)
    if found == today():
        return gettext("today")
    if found == today() + timedelta(days=1):
        return gettext("tomorrow")
    return day(found)


def period(days: Iterable[date]) -> str:
    """Some days in order, by the first and the last of them; their year once, when it is not the present one."""
    first, *rest = days
    last = rest[-1] if rest else first
    begin = day(first) if first.year == last.year else day_and_year(first)
    return gettext("%(first)s up to and including %(last)s", first=begin, last=day_and_year(last))


def day_and_year(value: date | datetime) -> str:
    """A day in full, with its year when that is not the present one."""
    return f"{day(value)}{_other_year(value)}"


def short_day_and_year(value: date | datetime) -> str:
    """A day for a dense table, with its year when that is not the present one."""
    return f"{short_day(value)}{_other_year(value)}"


def _other_year(value: date | datetime) -> str:
    year = local(value).year
    return "" if year == today().year else f" {year}"
