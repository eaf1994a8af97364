"""What are the things of the domain called on a page? Message ids for every value that people read."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from scheduler.domain.accounts import AccountRole
from scheduler.domain.availability import AvailabilityLevel
from scheduler.domain.cover import Repeat, RequestState
from scheduler.domain.errors import Sentence
from scheduler.domain.places import TravelMode
from scheduler.domain.responses import Answer
from scheduler.domain.roster import RosterState
from scheduler.domain.runs import RunState
from scheduler.domain.shifts import Priority
from scheduler.services.views import CardState, DayPart

NAMES: Final[Mapping[Enum, Sentence]] = {
    AvailabilityLevel.UNAVAILABLE: Sentence("Cannot"),
    AvailabilityLevel.ASK_FIRST: Sentence("Ask me first"),
    AvailabilityLevel.NEUTRAL: Sentence("Don't mind"),
    AvailabilityLevel.AVAILABLE: Sentence("Can"),
    AvailabilityLevel.WANTED: Sentence("Gladly"),
    DayPart.MORNING: Sentence("morning"),
    DayPart.AFTERNOON: Sentence("afternoon"),
    DayPart.EVENING: Sentence("evening"),
    Repeat.ONCE: Sentence("Once"),
    Repeat.WEEKLY: Sentence("Every week"),
    Repeat.FORTNIGHTLY: Sentence("Every two weeks"),
    RequestState.SUBMITTED: Sentence("submitted"),
    RequestState.ACCEPTED: Sentence("accepted"),
    RequestState.REFUSED: Sentence("refused"),
    RequestState.CANCELLED: Sentence("cancelled"),
    RosterState.DRAFT: Sentence("draft"),
    RosterState.PUBLISHED: Sentence("published"),
    RosterState.SUPERSEDED: Sentence("superseded"),
    RunState.QUEUED: Sentence("queued"),
    RunState.RUNNING: Sentence("running"),
    RunState.FINISHED: Sentence("finished"),
    RunState.FAILED: Sentence("failed"),
    Priority.MANDATORY: Sentence("mandatory"),
    Priority.HIGH: Sentence("high"),
    Priority.MEDIUM: Sentence("medium"),
    Priority.LOW: Sentence("low"),
    Answer.YES: Sentence("Yes, I will come"),
    Answer.NO: Sentence("No, not this time"),
    Answer.TALK: Sentence("I want to talk about it"),
    CardState.YES: Sentence("You said yes"),
    CardState.ASKED: Sentence("Not sure yet"),
    CardState.TALK: Sentence("You want to talk about it"),
    CardState.NO: Sentence("You said no, not this time"),
    TravelMode.FOOT: Sentence("%(minutes)s minutes on foot."),
    TravelMode.BIKE: Sentence("%(minutes)s minutes by bike."),
    TravelMode.PUBLIC_TRANSPORT: Sentence("%(minutes)s minutes by public transport."),
    TravelMode.CAR: Sentence("%(minutes)s minutes by car."),
}

ACCOUNT_ROLES: Final[Mapping[AccountRole, Sentence]] = {
    AccountRole.PLANNER: Sentence("Planner of the agency"),
    AccountRole.COORDINATOR: Sentence("Coordinator of a house"),
    AccountRole.EXPERT: Sentence("Expert by experience"),
}
ROLES: Final[Mapping[str, Sentence]] = {
    "host": Sentence("host"),
    "walk_in": Sentence("walk-in adviser"),
    "spreekuur": Sentence("walk-in adviser"),
    "group": Sentence("group facilitator"),
    "groepsbegeleider": Sentence("group facilitator"),
    "talk": Sentence("speaker"),
    "voorlichter": Sentence("speaker"),
    "kwartiermaker": Sentence("groundwork lead"),
    "coach": Sentence("coach"),
}
LANGUAGES: Final[Mapping[str, Sentence]] = {
    "nl": Sentence("Dutch"),
    "en": Sentence("English"),
    "ar": Sentence("Arabic"),
    "tr": Sentence("Turkish"),
    "srn": Sentence("Sranan"),
    "es": Sentence("Spanish"),
}
ATTRIBUTES: Final[Mapping[str, Sentence]] = {
    "quiet": Sentence("a quiet room"),
    "step_free": Sentence("no steps"),
}
VENUE_KINDS: Final[Mapping[str, Sentence]] = {
    "neighbourhood_house": Sentence("Neighbourhood house"),
    "neighbourhood_room": Sentence("Neighbourhood living room"),
    "recovery_workshop": Sentence("Recovery workshop"),
}


def called(table: Mapping[str, Sentence], value: str) -> Sentence:
    """The word of a table for a value of the data; a region's own value is shown as it is written."""
    return table.get(value, Sentence(value.replace("_", " ")))
