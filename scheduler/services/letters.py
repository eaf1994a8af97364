"""What does a message in the mail say? Short neutral letters in Dutch and English, made when they leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from scheduler.services.views import OnDuty, ShiftLabel

WEEKDAYS = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    "nl": (
        *("januari", "februari", "maart", "april", "mei", "juni"),
        *("juli", "augustus", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}


class Part(StrEnum):
    """What is told of some shifts in a letter; most letters have one part, which the opening tells already."""

    ABOUT = "about"
    GAINED = "gained"
    LOST = "lost"
    COMES = "comes"
    STAYS_AWAY = "stays_away"
    TALKS = "talks"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed texts of one language; places are filled by name."""

    subject: str
    hello: str
    opening: dict[str, str]
    part: dict[Part, str]
    line: str
    look: str
    no_reason: str
    not_right: str
    call: str
    regards: str


WORDS = {
    "nl": Words(
        subject="Nieuw bericht over het rooster",
        hello="Dag %(name)s,",
        opening={
            "shifts_changed": "Je rooster is veranderd.",
            "shift_cancelled": "Deze dienst gaat niet door. Dit ligt niet aan jou:",
            "shift_again": "Deze dienst gaat toch door. Wil je nog steeds komen? Laat het ons weten:",
            "day_called_off": "Een dag van aanvraag %(reference)s is afgezegd. Het gaat om:",
            "day_put_back": "Een dag van aanvraag %(reference)s was afgezegd, maar gaat toch door. Het gaat om:",
            "request_taken_back": "Aanvraag %(reference)s is teruggenomen. De komende dagen vervallen.",
            "visits_changed": "Hier is veranderd wie er bij u komt:",
            "request_answered": "Er is een antwoord op uw aanvraag %(reference)s.",
            "request_received": "Er is een nieuwe aanvraag: %(reference)s.",
            "shift_declined": "Een plek is weer vrij. Het gaat om:",
            "shift_talk": "Iemand wil overleggen over een dienst. Het gaat om:",
            "place_taken_again": "Een plek die vrij was, is weer bezet. Het gaat om:",
            "answer_written": "Een planner schreef een antwoord voor je op.",
        },
        part={
            Part.GAINED: "Nieuw voor je:",
            Part.LOST: "Hier hoef je niet meer heen. Dit ligt niet aan jou:",
            Part.COMES: "Je komt:",
            Part.STAYS_AWAY: "Je komt dit keer niet:",
            Part.TALKS: "Je wilt overleggen:",
            Part.BACK: "Toch weer van jou:",
        },
        line="- %(day)s, %(start)s tot %(end)s uur, %(venue)s",
        look="Bekijk het hier: %(url)s",
        no_reason="Past iets niet? Dat is goed. Je hoeft geen reden te geven.",
        not_right="Klopt het niet? Verander het, of bel ons.",
        call="Vragen? Bel %(name)s: %(phone)s",
        regards="Met vriendelijke groet",
    ),
    "en": Words(
        subject="New message about the schedule",
        hello="Hello %(name)s,",
        opening={
            "shifts_changed": "Your schedule has changed.",
            "shift_cancelled": "This shift will not take place. This is not your fault:",
            "shift_again": "This shift takes place after all. Would you still like to come? Let us know:",
            "day_called_off": "A day of request %(reference)s has been called off. It concerns:",
            "day_put_back": "A day of request %(reference)s was called off, but takes place after all. It concerns:",
            "request_taken_back": "Request %(reference)s has been taken back. Its coming days are called off.",
            "visits_changed": "Who comes to you has changed here:",
            "request_answered": "There is an answer to your request %(reference)s.",
            "request_received": "There is a new request: %(reference)s.",
            "shift_declined": "A place is free again. It concerns:",
            "shift_talk": "Somebody wants to talk about a shift. It concerns:",
            "place_taken_again": "A place that was free is taken again. It concerns:",
            "answer_written": "A planner wrote an answer down for you.",
        },
        part={
            Part.GAINED: "New for you:",
            Part.LOST: "No longer yours. This is not your fault:",
            Part.COMES: "You will come:",
            Part.STAYS_AWAY: "You will not come this time:",
            Part.TALKS: "You want to talk about it:",
            Part.BACK: "Yours after all:",
        },
        line="- %(day)s, %(start)s to %(end)s, %(venue)s",
        look="See it here: %(url)s",
        no_reason="Does something not suit you? That is fine. You need not give a reason.",
        not_right="Is it not right? Change it, or call us.",
        call="Questions? Call %(name)s: %(phone)s",
        regards="Kind regards",
    ),
}
ASKING = frozenset({"shifts_changed", "shift_again"})


@dataclass(frozen=True, slots=True)
class Letter:
    """A finished message: one address, a neutral subject, plain text."""

    to: str
    subject: str
    body: str


def day_in_words(instant: datetime, zone: ZoneInfo, language: str) -> str:
    """Such as 'vrijdag 4 december' or 'Friday 4 December'."""
    local = instant.astimezone(zone)
    return f"{WEEKDAYS[language][local.weekday()]} {local.day} {MONTHS[language][local.month - 1]}"


def write_letter(  # noqa: PLR0917 -- one letter, told part by part
    kind: str,
    to: tuple[str, str, str],
    shifts: Mapping[Part, Sequence[ShiftLabel]],
    zone: ZoneInfo,
    url: str,
    on_duty: OnDuty,
    reference: str = "",
) -> Letter:
    """The letter of a kind to (address, first name, language) about some shifts, part by part."""
    address, name, language = to
    language = language if language in WORDS else "nl"
    words = WORDS[language]
    parts = [words.hello % {"name": name}, words.opening[kind] % {"reference": reference}]
    for part, labels in shifts.items():
        lines = [words.line % _places(label, zone, language) for label in labels]
        if lines:
            parts.append("\n".join([words.part[part], *lines] if part in words.part else lines))
    parts += [words.no_reason] if kind in ASKING and (shifts.keys() - {Part.LOST}) else []
    parts += [words.not_right] if kind == "answer_written" else []
    parts.append(words.look % {"url": url})
    if on_duty.phone:
        parts.append(words.call % {"name": on_duty.name, "phone": on_duty.phone})
    parts.append(words.regards)
    return Letter(address, words.subject, "\n\n".join(parts) + "\n")


def _places(shift: ShiftLabel, zone: ZoneInfo, language: str) -> dict[str, str]:
    clock = "%H.%M" if language == "nl" else "%H:%M"
    return {
        "day": day_in_words(shift.start, zone, language),
        "start": shift.start.astimezone(zone).strftime(clock),
        "end": shift.end.astimezone(zone).strftime(clock),
        "venue": shift.venue_name,
    }
