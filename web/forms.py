"""What did somebody fill in? Each field is read once, checked, and given back with its fault when it is wrong."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, time
from typing import Final, TypeVar

from flask import abort, request
from werkzeug.datastructures import MultiDict

from scheduler.domain.errors import Sentence

T = TypeVar("T")
KEY_FIELD: Final = "key"
EDITION_FIELD: Final = "edition"
LONGEST_KEY: Final = 64
CLOCK = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)")
WHOLE = re.compile(r"\d{1,9}")
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2199, 12, 31)


class Form:
    """The fields of one request with the faults found in them; `values` shows each as it was typed."""

    def __init__(self, source: MultiDict[str, str] | None = None) -> None:
        source = request.form if source is None else source
        self.sent = source
        self.values: dict[str, str] = {name: source.get(name, "") for name in source}
        self.faults: dict[str, Sentence] = {}

    @property
    def is_valid(self) -> bool:
        """Whether no fault has been found so far."""
        return not self.faults

    @property
    def key(self) -> str:
        """The idempotency key of this form; a form without one is not ours."""
        key = self._one(KEY_FIELD)
        if not 1 <= len(key) <= LONGEST_KEY or not key.isascii():
            abort(400)
        return key

    @property
    def edition(self) -> int:
        """The edition of what the viewer was looking at."""
        sent = self._one(EDITION_FIELD)
        if not (sent.isascii() and WHOLE.fullmatch(sent)):
            abort(400)
        return int(sent)

    def fault(self, name: str, sentence: Sentence) -> None:
        """Note what is wrong with a field; the first fault of a field stays."""
        self.faults.setdefault(name, sentence)

    def text(self, name: str, longest: int, *, required: bool = False) -> str:
        """Text without control characters, in composed form and without spaces around it."""
        found = clean_text(self._one(name))
        if required and not found:
            self.fault(name, Sentence("Fill this in."))
        if len(found) > longest:
            values = {"length": len(found), "most": longest}
            self.fault(name, Sentence("This is too long: %(length)s characters; %(most)s is the most.", values))
        return found

    def choice(self, name: str, options: Mapping[str, T]) -> T | None:
        """What one of the offered values stands for; None with a fault when it is none of them."""
        sent = self._one(name)
        if sent in options:
            return options[sent]
        self.fault(name, Sentence("Choose one of these."))
        return None

    def tick(self, name: str) -> bool:
        """Whether a box is ticked."""
        return self._one(name) != ""

    def day(self, name: str, *, required: bool = True) -> date | None:
        """A calendar day as a browser sends it."""
        sent = self._one(name).strip()
        if not sent and not required:
            return None
        found = day_of(sent)
        if found is None:
            self.fault(name, Sentence("Choose a day."))
        return found

    def clock(self, name: str, *, is_end: bool = False) -> time | None:
        """A time of day, 13:30 or 13.30; 24:00 is the midnight at which something ends, on that day nothing starts."""
        match = CLOCK.fullmatch(self._one(name).strip())
        if match is None or (match[1] == "24" and not (is_end and match[2] == "00")):
            self.fault(name, Sentence("Fill in a time such as 13:30."))
            return None
        return time(int(match[1]) % 24, int(match[2]))

    def whole(self, name: str, low: int, high: int) -> int | None:
        """A whole number between two bounds."""
        sent = self._one(name).strip()
        if not (sent.isascii() and WHOLE.fullmatch(sent)) or not low <= int(sent) <= high:
            self.fault(name, Sentence("Fill in a whole number from %(low)s to %(high)s.", {"low": low, "high": high}))
            return None
        return int(sent)

    def _one(self, name: str) -> str:
        sent = self.sent.getlist(name)
        if len(sent) > 1:
            abort(400)
        return sent[0] if sent else ""


def clean_text(text: str) -> str:
    """Composed, trimmed, without control characters; line ends become one newline."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return "".join(c for c in composed if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"}).strip()


def day_of(text: str) -> date | None:
    """The calendar day that this text writes as 2027-03-28, in the years 2000 to 2199; else None."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if FIRST_DAY <= found <= LAST_DAY else None


def safe_path(target: str | None) -> str | None:
    """The target when it is a path of this site, else None."""
    if not target or len(target) > 2000 or not target.startswith("/") or target.startswith("//"):
        return None
    if "\\" in target or any(unicodedata.category(c) == "Cc" for c in target):
        return None
    return target
