"""How does a period read, so that nobody takes one of another year for the present one?"""

from collections.abc import Iterable
from datetime import date

from flask import Flask

from web.language import gettext
from web.present import day, short_day, today


def install(app: Flask) -> None:
    """Give the templates these words as filters."""
    app.jinja_env.filters.update({one.__name__: one for one in (period, day_and_year, short_day_and_year)})


def period(days: Iterable[date]) -> str:
    """Some days in order, by the first and the last of them; their year once, when it is not the present one."""
    first, *rest = days
    last = rest[-1] if rest else first
    begin = day(first) if first.year == last.year else day_and_year(first)
    return gettext("%(first)s up to and including %(last)s", first=begin, last=day_and_year(last))


def day_and_year(value: date) -> str:
    """A day in full, with its year when that is not the present one."""
    return f"{day(value)}{_other_year(value)}"


def short_day_and_year(value: date) -> str:
    """A day for a dense table, with its year when that is not the present one."""
    return f"{short_day(value)}{_other_year(value)}"


def _other_year(value: date) -> str:
    return "" if value.year == today().year else f" {value.year}"
