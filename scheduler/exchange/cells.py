"""How is one cell of a file read into a value, and written back so that it reads the same?"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from scheduler.domain.errors import InvalidValue, invalid

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:@+-]{0,79}", re.ASCII)
NUMBER = re.compile(r"-?[0-9]{1,9}([.,][0-9]{1,9})?", re.ASCII)
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(:00)?", re.ASCII)
EMAIL = re.compile(r"[^\s@,;<>\"]{1,64}@[^\s@,;<>\"]{1,255}")
MOST_MARKS = 4


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of cell: what to write in it, how to read it (raises InvalidValue) and how to write it.

    `blank` is the value of an empty cell.
    """

    words: str
    read: Callable[[str], Any]
    write: Callable[[Any], str] = str
    blank: Any = None


def tidy(text: str, keep_lines: bool = False) -> str:
    """The text such that it reads as itself: composed (NFC), no control characters, outer spaces or heaps of marks.

    Lines are kept as ``\\n`` when asked.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MOST_MARKS:
            allowed = not _is_control(character) or (keep_lines and character == "\n")
            kept.append(character if allowed else " ")
    return "".join(kept).strip()


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}


def _read_text(longest: int, keep_lines: bool) -> Callable[[str], str]:
    def read(raw: str) -> str:
        text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n")).strip()
        if len(text) > longest:
            invalid("The text has %(length)s characters; %(longest)s is the most.", length=len(text), longest=longest)
        if text.isascii() and text.isprintable():
            return text
        for character in text:
            if _is_control(character) and not (keep_lines and character == "\n"):
                invalid("The text has a control character (code %(code)s).", code=ord(character))
        marks = 0
        for character in text:
            marks = marks + 1 if unicodedata.combining(character) else 0
            if marks > MOST_MARKS:
                invalid("The text has too many marks on one letter.")
        return text

    return read


def text(longest: int = 200) -> Kind:
    """One line of free text."""
    return Kind(f"text, at most {longest} characters", _read_text(longest, False), lambda v: tidy(str(v)), "")


def lines(longest: int = 200) -> Kind:
    """Free text that may have more than one line."""
    return Kind(
        f"text, at most {longest} characters", _read_text(longest, True), lambda v: tidy(str(v), keep_lines=True), ""
    )


def _read_id(raw: str) -> str:
    if not ID.fullmatch(raw):
        invalid("'%(cell)s' is not an id: use letters, digits and - _ . : without spaces.", cell=raw[:40])
    return raw


def _read_email(raw: str) -> str:
    if not EMAIL.fullmatch(raw):
        invalid("'%(cell)s' is not an e-mail address.", cell=raw[:80])
    return unicodedata.normalize("NFC", raw)


def _read_ids(raw: str) -> frozenset[str]:
    return frozenset(_read_id(part) for part in raw.split())


def _read_date(raw: str) -> date:
    if not DATE.fullmatch(raw):
        invalid("'%(cell)s' is not a date: write year-month-day, such as 2026-11-23.", cell=raw[:40])
    try:
        return date.fromisoformat(raw)
    except ValueError:
        invalid("The date %(cell)s does not exist.", cell=raw)


def _read_dates(raw: str) -> frozenset[date]:
    return frozenset(_read_date(part) for part in raw.split())


def _clock(last_is_midnight: bool) -> Callable[[str], time]:
    def read(raw: str) -> time:
        found = CLOCK.fullmatch(raw)
        hour, minute = (int(found[1]), int(found[2])) if found else (99, 99)
        if last_is_midnight and (hour, minute) == (24, 0):
            return time()
        if hour > 23 or minute > 59:
            invalid("'%(cell)s' is not a time: write hours:minutes, such as 09:30.", cell=raw[:40])
        return time(hour, minute)

    return read


def _write_end(value: time) -> str:
    return "24:00" if value == time() else f"{value:%H:%M}"


def _read_instant(raw: str) -> datetime:
    try:
        found = datetime.fromisoformat(raw)
    except ValueError:
        invalid("'%(cell)s' is not an instant: write it such as 2026-11-23T09:30:00Z.", cell=raw[:40])
    if found.tzinfo is None:
        invalid("'%(cell)s' needs a time zone: end it with Z or +01:00.", cell=raw[:40])
    return found.astimezone(UTC)


def _write_instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _read_number(raw: str, low: Decimal, high: Decimal) -> Decimal:
    if not NUMBER.fullmatch(raw):
        invalid("'%(cell)s' is not a number.", cell=raw[:40])
    number = Decimal(raw.replace(",", "."))
    if not low <= number <= high:
        invalid("%(cell)s is not between %(low)s and %(high)s.", cell=raw, low=low, high=high)
    return number


def plain(number: Decimal) -> str:
    """The number without an exponent, a needless zero or a minus before zero."""
    return f"{number.normalize() + 0:f}"


def whole(low: int, high: int) -> Kind:
    """A whole number."""

    def read(raw: str) -> int:
        number = _read_number(raw, Decimal(low), Decimal(high))
        if number != int(number):
            invalid("%(cell)s is not a whole number.", cell=raw)
        return int(number)

    return Kind(f"whole number, {low} to {high}", read)


def degrees(most: int) -> Kind:
    """Degrees of latitude or longitude, kept to six decimals (about 10 cm)."""
    return Kind(
        f"degrees, -{most} to {most}",
        lambda raw: float(round(_read_number(raw, Decimal(-most), Decimal(most)), 6)),
        lambda value: plain(round(Decimal(value), 6)),
    )


def hours(most: int) -> Kind:
    """Hours in the file, whole minutes as value."""
    return Kind(
        f"hours such as 7.5 or 7,5; 0 to {most}",
        lambda raw: round(_read_number(raw, Decimal(0), Decimal(most)) * 60),
        lambda minutes: plain(round(Decimal(minutes) / 60, 4)),
    )


def euros(most: int) -> Kind:
    """Euros in the file, whole cents as value."""

    def read(raw: str) -> int:
        cents = _read_number(raw, Decimal(0), Decimal(most)) * 100
        if cents != int(cents):
            invalid("%(cell)s has more than two decimals.", cell=raw)
        return int(cents)

    return Kind(f"euros such as 17.50 or 17,50; 0 to {most}", read, lambda cents: f"{Decimal(cents) / 100:.2f}")


def choice(values: Iterable[Enum]) -> Kind:
    """One of the names of an enumeration or of some of its members, in small letters."""
    by_word = {member.name.lower(): member for member in values}
    return Kind(" or ".join(f"`{word}`" for word in by_word), _word(by_word), lambda member: str(member.name).lower())


def one_of(*words: str) -> Kind:
    """One of these words, its place in the row as value."""
    return Kind(
        " or ".join(f"`{word}`" for word in words),
        _word({word: n for n, word in enumerate(words)}),
        lambda place: words[place],
    )


def _word(values: Mapping[str, Any]) -> Callable[[str], Any]:
    def read(raw: str) -> Any:
        if raw.lower() not in values:
            invalid("'%(cell)s' is not one of: %(words)s.", cell=raw[:40], words=", ".join(values))
        return values[raw.lower()]

    return read


def _read_yes(raw: str) -> bool:
    known = {"yes": True, "ja": True, "1": True, "true": True, "no": False, "nee": False, "0": False, "false": False}
    if raw.lower() not in known:
        invalid("'%(cell)s' is not yes or no.", cell=raw[:40])
    return known[raw.lower()]


def _read_zone(raw: str) -> str:
    try:
        ZoneInfo(raw)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidValue("'%(cell)s' is not a time zone such as Europe/Amsterdam.", cell=raw[:60]) from None
    return raw


def _sorted(values: Any) -> str:
    return " ".join(sorted(str(value) for value in values))


IDENTIFIER = Kind("id: letters, digits and `- _ . :`, no spaces", _read_id)
IDENTIFIERS = Kind("ids with a space between them", _read_ids, _sorted, frozenset())
EMAIL_ADDRESS = Kind("e-mail address", _read_email, str, "")
DAY = Kind("date, year-month-day", _read_date)
DATES = Kind("dates with a space between them", _read_dates, _sorted, frozenset())
TIME = Kind("local time, hours:minutes", _clock(False), lambda value: f"{value:%H:%M}")
END_TIME = Kind("local time, hours:minutes; `24:00` is midnight", _clock(True), _write_end)
INSTANT = Kind("instant with zone, such as `2026-11-23T09:30:00Z`", _read_instant, _write_instant)
YES = Kind("`yes` or `no`", _read_yes, lambda value: "yes" if value else "no", False)
ZONE = Kind("name of a time zone", _read_zone)
