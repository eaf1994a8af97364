"""How do instants, amounts and sentences read, in the viewer's language and on the local clock?"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_decimal
from flask import Flask, has_request_context, request
from flask_babel import get_locale, get_translations
from markupsafe import Markup, escape

from scheduler.domain.errors import Sentence
from scheduler.services.expert_views import ShiftCard, VenueCard
from scheduler.services.venue_views import RequestView
from scheduler.services.views import ActivityChoice, ShiftLabel
from web import words
from web.days import day_and_year, local, month, now, relative_day, short_weekday, today, zone
from web.language import gettext, language, ngettext

EN_DASH: Final = "\N{EN DASH}"


def install(app: Flask) -> None:
    """Give the templates these words as filters."""
    filters: tuple[Callable[..., str], ...] = (
        *(
            say,
            say_with,
            say_bold,
            in_short,
            short_amount,
            lasting,
            word,
            clock,
            hours,
            dense_hours,
            when,
            before,
            waiting,
        ),
        *(
            amount,
            decimal,
            compact,
            shift,
            listed,
            plain_list,
            bold,
            tel,
            webcal,
            capital,
            lower_first,
            activity,
            venue_name,
        ),
    )
    app.jinja_env.filters.update({filter_.__name__: filter_ for filter_ in filters})
    app.jinja_env.filters["until_days"] = until_days


def say(sentence: Sentence | str) -> str:
    """A sentence in the viewer's language, its values in the viewer's words."""
    if isinstance(sentence, str):
        return sentence
    text = _translated(sentence)
    return text % {name: _value(name, value) for name, value in sentence.values.items()} if sentence.values else text


def _translated(sentence: Sentence) -> str:
    text: str
    if sentence.plural:
        text = get_translations().ungettext(sentence.text, sentence.plural, sentence.values["num"])
    else:
        text = get_translations().ugettext(sentence.text)
    return text


def say_bold(sentence: Sentence) -> Markup:
    """A sentence with its values in bold, for a page that shows what can be set."""
    text = escape(_translated(sentence))
    return text % {name: bold(_value(name, value)) for name, value in sentence.values.items()}


def in_short(sentence: Sentence, beside: datetime) -> str:
    """A sentence with other shifts as place and start, and the weekday when that is not the day of `beside`."""
    values = {name: _in_short(value, beside) for name, value in sentence.values.items()}
    return say(replace(sentence, values=values))


def _in_short(value: object, beside: datetime) -> object:
    if not isinstance(value, ShiftLabel):
        return value
    day = "" if local(value.start) == local(beside) else f"{short_weekday(value.start)} "
    return f"{value.venue_name}, {day}{value.start.astimezone(zone()):%H:%M}"


def _value(name: str, value: object) -> str:
    table = words.BY_NAME.get(name)
    if table and isinstance(value, str):
        return plain_list(words.called(table, one) for one in value.split(", "))
    return month(value) if name == "month" and isinstance(value, date) else word(value)


def word(value: object) -> str:
    """Any value of a sentence as people read it."""
    if isinstance(value, Enum) and (name := words.name_of(value)):
        return say(name)
    for kind, speak in SPOKEN:
        if isinstance(value, kind):
            return speak(value)
    return str(value)


def clock(value: datetime | time) -> str:
    """A time of day: 9.30 in Dutch, 9:30 in English; for planners 09:30, as in their tables."""
    local = value.astimezone(zone()) if isinstance(value, datetime) else value
    if has_request_context() and request.blueprint == "planner":
        return f"{local:%H:%M}"
    mark = "." if str(get_locale()) == "nl" else ":"
    return f"{local.hour}{mark}{local.minute:02d}"


def hours(start: datetime | time, end: datetime | time) -> str:
    """From when to when, for experts and venues: 13.30 tot 16.30 uur."""
    text = gettext("%(start)s to %(end)s", start=clock(start), end=clock(end))
    return gettext("%(hours)s the next day", hours=text) if _ends_next_day(start, end) else text


def dense_hours(start: datetime | time, end: datetime | time) -> str:
    """From when to when, for planners: 13:30-16:30."""
    first, last = (t.astimezone(zone()).time() if isinstance(t, datetime) else t for t in (start, end))
    return f"{first:%H:%M}{EN_DASH}{last:%H:%M}"


def _ends_next_day(start: datetime | time, end: datetime | time) -> bool:
    if isinstance(start, datetime) and isinstance(end, datetime):
        return local(end) > local(start) and clock(end) != clock(time())
    if isinstance(start, time) and isinstance(end, time):
        return time() < end <= start
    return False


def when(value: datetime) -> str:
    """An instant: today at 9:12, or the day in full with the time."""
    return gettext("%(day)s at %(time)s", day=relative_day(value), time=clock(value))


def before(value: datetime) -> str:
    """Until when: today before 13:12."""
    return gettext("%(day)s before %(time)s", day=relative_day(value), time=clock(value))


def amount(minutes: int) -> str:
    """An amount of time as hours, such as 7,5 uur."""
    found = minutes / 60
    return ngettext("%(hours)s hour", "%(hours)s hours", 1 if minutes == 60 else 2, hours=decimal(round(found, 2)))


def lasting(value: timedelta) -> str:
    """A whole number of days, or of hours when it is less than two: 4 dagen, 24 uur."""
    if value < timedelta(days=2):
        return ngettext("%(num)s hour", "%(num)s hours", int(value.total_seconds() // 3600))
    return ngettext("%(num)s day", "%(num)s days", value.days)


def short_amount(minutes: int) -> str:
    """An amount of time in little room, such as 2 u 10."""
    return gettext("%(hours)s h %(minutes)s", hours=minutes // 60, minutes=f"{minutes % 60:02d}")


def waiting(until: datetime) -> str:
    """How long until then: 3 hours and 50 minutes; empty when it has passed."""
    minutes = int((until - now()).total_seconds() // 60)
    if minutes < 0:
        return ""
    whole, rest = divmod(minutes, 60)
    parts = [ngettext("%(num)s hour", "%(num)s hours", whole)] if whole else []
    if rest or not whole:
        parts.append(ngettext("%(num)s minute", "%(num)s minutes", rest))
    return gettext("%(first)s and %(second)s", first=parts[0], second=parts[1]) if len(parts) == 2 else parts[0]


def decimal(value: float) -> str:
    """A number with the decimal mark of the language."""
    return format_decimal(value, locale=get_locale())


def compact(value: float) -> str:
    """A number in little room: whole up to ten thousand, beyond that 12K or 7 mln."""
    return decimal(value) if value < 10_000 else format_compact_decimal(value, locale=get_locale())


def euros(value: Decimal) -> str:
    """An amount of money, in two decimals."""
    return format_decimal(value, "#,##0.00", locale=get_locale())


def listed(names: Iterable[str]) -> Markup:
    """Names in a row, each in bold: Fenna, Sam en Bram."""
    found = [str(bold(name)) for name in names]
    return Markup(format_list(found, locale=get_locale()))  # noqa: S704 - every name was escaped by bold()


def shift(label: ShiftLabel) -> str:
    """A shift inside a sentence: the day, the hours and the place."""
    return f"{day_and_year(label.start)}, {hours(label.start, label.end)}, {label.venue_name}"


def activity(label: ShiftLabel | RequestView | ActivityChoice) -> str:
    """What happens there: the region's own name, or for the usual ones the word of another language than Dutch."""
    found = label.id if isinstance(label, ActivityChoice) else label.activity
    name = label.name if isinstance(label, ActivityChoice) else label.activity_name
    return name if language() == "nl" or found not in words.ACTIVITIES else say(words.ACTIVITIES[found])


def venue_name(venue: VenueCard) -> str:
    """The name of a venue with its kind in front, unless the name says it already."""
    kind = say(words.called(words.VENUE_KINDS, venue.kind))
    return venue.name if not kind or venue.name.lower().startswith(kind.lower()) else f"{kind} {venue.name}"


def say_with(sentence: Sentence, **values: object) -> str:
    """A sentence of web/words.py with its values."""
    return say(replace(sentence, values=values))


def until_days(cards: Iterable[ShiftCard], days: int) -> list[ShiftCard]:
    """The shifts that start before so many days from now have passed."""
    return [card for card in cards if local(card.shift.start) < today() + timedelta(days=days)]


def bold(text: object) -> Markup:
    """Text in bold."""
    return Markup("<b>%s</b>") % escape(text)


def plain_list(values: Iterable[object]) -> str:
    """Things in a row: a, b en c."""
    return str(format_list([word(value) for value in values], locale=get_locale()))


def tel(number: str) -> str:
    """A telephone number as a link."""
    return "tel:" + "".join(c for c in number if c.isdigit() or c == "+")


def webcal(url: str) -> str:
    """An address that a calendar program opens."""
    return "webcal:" + url.partition(":")[2]


def lower_first(text: str) -> str:
    """The text without its capital first letter, for the middle of a sentence in Dutch; English days keep theirs."""
    return text[:1].lower() + text[1:] if language() == "nl" else text


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


SPOKEN: Final[tuple[tuple[type, Callable[[Any], str]], ...]] = (
    (Sentence, say),
    (datetime, when),
    (date, day_and_year),
    (time, clock),
    (timedelta, lasting),
    (float, decimal),
    (Decimal, euros),
    (ShiftLabel, shift),
    (ActivityChoice, activity),
    (tuple, plain_list),
)
