"""How does a sentence read in a terminal: in English, with times on the clock of the agency?"""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from scheduler.domain.errors import Sentence
from scheduler.services.views import ShiftLabel


def said(sentence: Sentence, zone: ZoneInfo) -> str:
    """The sentence with its shifts and instants as they are on the clocks there."""
    return str(replace(sentence, values={name: _local(value, zone) for name, value in sentence.values.items()}))


def _local(value: object, zone: ZoneInfo) -> object:
    if isinstance(value, Sentence):
        return said(value, zone)
    if isinstance(value, ShiftLabel):
        return f"{value.venue_name}, {value.activity_name}, {_local(value.start, zone)}"
    return f"{value.astimezone(zone):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value
