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
from scheduler.domain.stand_by import DayPart as StandByPart
from scheduler.services.expert_views import DayPart

_NAMES: Final[tuple[tuple[Enum, Sentence], ...]] = (
    (AvailabilityLevel.UNAVAILABLE, Sentence("Cannot")),
    (AvailabilityLevel.ASK_FIRST, Sentence("Ask me first")),
    (AvailabilityLevel.NEUTRAL, Sentence("Don't mind")),
    (AvailabilityLevel.AVAILABLE, Sentence("Can")),
    (AvailabilityLevel.WANTED, Sentence("Gladly")),
    (DayPart.MORNING, Sentence("morning")),
    (DayPart.AFTERNOON, Sentence("afternoon")),
    (DayPart.EVENING, Sentence("evening")),
    (StandByPart.NIGHT, Sentence("night, 0 to 6 o'clock")),
    (StandByPart.MORNING, Sentence("morning, 6 to 12 o'clock")),
    (StandByPart.AFTERNOON, Sentence("afternoon, 12 to 18 o'clock")),
    (StandByPart.EVENING, Sentence("evening, 18 to 24 o'clock")),
    (Repeat.ONCE, Sentence("Once")),
    (Repeat.WEEKLY, Sentence("Every week")),
    (Repeat.FORTNIGHTLY, Sentence("Every two weeks")),
    (RequestState.SUBMITTED, Sentence("submitted")),
    (RequestState.ACCEPTED, Sentence("accepted")),
    (RequestState.REFUSED, Sentence("refused")),
    (RequestState.CANCELLED, Sentence("cancelled")),
    (RosterState.DRAFT, Sentence("draft")),
    (RosterState.PUBLISHED, Sentence("published")),
    (RosterState.SUPERSEDED, Sentence("superseded")),
    (RunState.QUEUED, Sentence("queued")),
    (RunState.RUNNING, Sentence("running")),
    (RunState.FINISHED, Sentence("finished")),
    (RunState.FAILED, Sentence("failed")),
    (Priority.MANDATORY, Sentence("mandatory")),
    (Priority.HIGH, Sentence("high")),
    (Priority.MEDIUM, Sentence("medium")),
    (Priority.LOW, Sentence("low")),
    (Answer.YES, Sentence("Yes, I will come")),
    (Answer.NO, Sentence("No, not this time")),
    (Answer.TALK, Sentence("I want to talk about it")),
)
NAMES: Final[Mapping[tuple[type[Enum], Enum], Sentence]] = {(type(value), value): name for value, name in _NAMES}
"""By kind and value, because equal numbers of two kinds are equal keys."""

TRAVEL: Final[Mapping[TravelMode, Sentence]] = {
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
    "walk_in": Sentence("adviser of the walk-in hour"),
    "group_leader": Sentence("group facilitator"),
    "speaker": Sentence("speaker"),
    "groundwork": Sentence("groundwork lead"),
    "coach": Sentence("coach"),
}
QUALIFICATIONS: Final[Mapping[str, Sentence]] = {**ROLES, "first_aid": Sentence("first aid")}
ACTIVITIES: Final[Mapping[str, Sentence]] = {
    "drop_in": Sentence("Drop-in"),
    "meal": Sentence("Shared meal"),
    "walk_in_hour": Sentence("Walk-in hour"),
    "group": Sentence("Group"),
    "evening_group": Sentence("Evening group"),
    "talk": Sentence("Information talk"),
    "groundwork": Sentence("Groundwork"),
    "coaching": Sentence("Coaching"),
}
TASKS: Final[Mapping[str, Sentence]] = {
    "drop_in": Sentence("You welcome people, pour coffee and have a chat."),
    "meal": Sentence("You help with the meal and sit at the table with the guests."),
    "walk_in_hour": Sentence("People come with a question. You listen, and together you find out who can help."),
    "group": Sentence("You guide the conversation in a group that meets more often."),
    "evening_group": Sentence("Together with a colleague you guide the conversation in a group, in the evening."),
    "talk": Sentence("You tell a group something about your own experience and answer questions. You choose what."),
    "groundwork": Sentence("You help the house to be a place where everybody is welcome."),
    "coaching": Sentence("You talk with one person about what helps."),
}
"""What somebody does on an activity of the sample's kinds; a region's own kinds have only their name."""
LANGUAGES: Final[Mapping[str, Sentence]] = {
    "nl": Sentence("Dutch"),
    "en": Sentence("English"),
    "ar": Sentence("Arabic"),
    "tr": Sentence("Turkish"),
    "srn": Sentence("Sranan"),
    "es": Sentence("Spanish"),
}
THEMES: Final[Mapping[str, Sentence]] = {
    "contact": Sentence("meeting people"),
    "post": Sentence("post and forms"),
    "calls": Sentence("making phone calls"),
    "errands": Sentence("shopping and errands"),
    "money": Sentence("money and debts"),
    "housing": Sentence("housing"),
    "digital": Sentence("phone and computer"),
    "parenting": Sentence("raising children"),
}
ATTRIBUTES: Final[Mapping[str, Sentence]] = {
    "quiet": Sentence("quiet room"),
    "step_free": Sentence("no steps"),
}
CONTRACTS: Final[Mapping[str, Sentence]] = {
    "employed": Sentence("employed"),
    "min_max": Sentence("minimum and maximum hours"),
    "on_call": Sentence("on call"),
    "volunteer": Sentence("volunteer"),
    "self_employed": Sentence("self-employed"),
}
VENUE_KINDS: Final[Mapping[str, Sentence]] = {
    "neighbourhood_house": Sentence("Neighbourhood house"),
    "neighbourhood_room": Sentence("Neighbourhood living room"),
    "recovery_workshop": Sentence("Recovery workshop"),
}
RULES: Final[Mapping[str, Sentence]] = {
    "availability": Sentence("only when somebody can"),
    "contract": Sentence("only with a contract"),
    "role": Sentence("the right role"),
    "required_language": Sentence("the language that is needed"),
    "required_qualification": Sentence("the training that is needed"),
    "exclusions": Sentence("own exclusions"),
    "declines": Sentence("a no is a no"),
    "pins": Sentence("what is pinned stays"),
    "frozen_zone": Sentence("the coming days stay"),
    "headcount": Sentence("no more people than asked"),
    "overlap": Sentence("one place at a time"),
    "home_distance": Sentence("not too far from home"),
    "daily_rest": Sentence("rest between two days"),
    "weekly_rest": Sentence("rest in every two weeks"),
    "longest_shift": Sentence("no shift too long"),
    "hours_a_day": Sentence("hours in a day"),
    "hours_a_week": Sentence("hours in a week"),
    "hours_in_four_weeks": Sentence("hours in four weeks"),
    "hours_in_thirteen_weeks": Sentence("hours in thirteen weeks"),
    "days_in_a_row": Sentence("days in a row"),
    "shifts_a_week": Sentence("shifts in a week"),
    "breaks": Sentence("a break in time"),
    "nights": Sentence("only who wants to works at night"),
    "nights_in_a_row": Sentence("nights in a row"),
    "nights_in_thirteen_weeks": Sentence("nights in thirteen weeks"),
    "rest_after_nights": Sentence("rest after the night"),
    "contract_hours": Sentence("hours of the contract"),
    "rolling_limits": Sentence("what the contract allows in a number of days"),
    "activity_successions": Sentence("no early start after a late end"),
    "contract_hours_in_window": Sentence("hours of the contract in the planning window"),
    "contract_one_shift_a_day": Sentence("one shift a day where the contract says so"),
    "personal_hours_a_day": Sentence("own limit: hours in a day"),
    "personal_hours_a_week": Sentence("own limit: hours in a week"),
    "personal_hours_a_month": Sentence("own limit: hours in a month"),
    "personal_hours_a_year": Sentence("own limit: hours in a year"),
    "personal_earnings_a_week": Sentence("own limit: work in a week"),
    "personal_earnings_a_month": Sentence("own limit: earnings in a month"),
    "personal_earnings_a_year": Sentence("own limit: work in a year"),
    "personal_shifts_a_week": Sentence("own limit: shifts in a week"),
    "personal_days_in_a_row": Sentence("own limit: days in a row"),
    "personal_work_days_together": Sentence("own limit: days together"),
    "personal_days_off_together": Sentence("own limit: days off together"),
    "personal_weekends": Sentence("own limit: weekends"),
    "personal_shifts_of_activity": Sentence("own limit: shifts of one kind"),
    "personal_hours_of_day": Sentence("own limit: times of the day"),
    "personal_holidays": Sentence("own limit: official holidays"),
    "personal_load_a_week": Sentence("own limit: how heavy a week is"),
    "personal_load_in_four_weeks": Sentence("own limit: how heavy four weeks are"),
    "personal_days_between_heavy": Sentence("own limit: days between heavy shifts"),
    "personal_travel": Sentence("own limit: longest journey"),
    "personal_quiet_places": Sentence("own limit: a quiet place"),
    "personal_two_person_shifts": Sentence("own limit: never alone"),
    "personal_stand_bys": Sentence("own limit: times to stand by"),
    "stand_by_offered": Sentence("only who offered it stands by"),
    "venue_budget": Sentence("the budget of a venue"),
    "shortfall": Sentence("as few gaps as possible"),
    "host_required": Sentence("a host is there"),
    "two_present": Sentence("two together"),
    "first_visit": Sentence("the first time never alone"),
    "buddy": Sentence("somebody experienced beside newcomers"),
    "alone_at_the_door": Sentence("nobody opens or closes alone"),
    "neighbourhoods": Sentence("no neighbourhood left behind"),
    "wished_hours": Sentence("the hours that people wish"),
    "contract_hours_short": Sentence("the hours that the contract promises"),
    "dated_wishes": Sentence("wished days"),
    "graded_staffing": Sentence("as many people as asked"),
    "fair_hours": Sentence("hours shared fairly"),
    "personal_floors": Sentence("own wish: not too little"),
    "personal_slopes": Sentence("own wish: not too much"),
    "preferences": Sentence("gladly rather than just possible"),
    "familiar_faces": Sentence("familiar faces"),
    "regular_faces": Sentence("each venue its regulars"),
    "carried_alone": Sentence("nobody carries a venue alone"),
    "last_back_up": Sentence("somebody left who can step in"),
    "wanted_colleagues": Sentence("with whom people like to work"),
    "newcomers_at_once": Sentence("not many newcomers at once"),
    "fair_asking": Sentence("not always the same people asked"),
    "stability": Sentence("as few changes as possible"),
    "kept_yes": Sentence("whoever said yes keeps the shift"),
    "split_days": Sentence("no day in two halves"),
    "short_days": Sentence("no day for a moment only"),
    "lone_days_off": Sentence("days off together"),
    "personal_regular_starts": Sentence("own wish: regular times"),
    "holidays_off": Sentence("holidays off"),
    "travel": Sentence("calm travel"),
    "desired_languages": Sentence("languages that would be nice"),
    "themes": Sentence("fitting themes"),
    "own_staff_first": Sentence("own people first"),
    "venue_budget_overrun": Sentence("venues within their budget"),
}

NOUNS: Final[Mapping[str, Sentence]] = {
    "account": Sentence("account"),
    "activity": Sentence("activity"),
    "booking": Sentence("booking"),
    "exception": Sentence("exception"),
    "calendar": Sentence("calendar"),
    "expert": Sentence("expert"),
    "message": Sentence("message"),
    "neighbourhood": Sentence("neighbourhood"),
    "request": Sentence("request"),
    "roster": Sentence("roster"),
    "run": Sentence("run"),
    "shift": Sentence("shift"),
    "venue": Sentence("venue"),
    "wish": Sentence("wish"),
}
BY_NAME: Final[Mapping[str, Mapping[str, Sentence]]] = {
    "role": ROLES,
    "language": LANGUAGES,
    "languages": LANGUAGES,
    "qualification": QUALIFICATIONS,
    "theme": THEMES,
    "noun": NOUNS,
}
"""Values of sentences that are ids of the data (one, or several with commas), by the name of the value."""


def name_of(value: Enum) -> Sentence | None:
    """What a value of the domain is called, when people ever read it."""
    return NAMES.get((type(value), value))


def called(table: Mapping[str, Sentence], value: str) -> Sentence:
    """The word of a table for a value of the data; a region's own value is shown as it is written."""
    return table.get(value, Sentence(value.replace("_", " ")))
