"""When is an answer due, and what may not stand in a note?"""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduler.domain.errors import InvalidValue
from scheduler.domain.time import DAY, Fold, local_instant

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
