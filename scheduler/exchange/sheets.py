"""Which files make a region, and which columns do they have? Those of the experts are in people_sheets."""

from collections.abc import Iterator

from scheduler.domain.accounts import AccountRole
from scheduler.domain.cover import LONGEST_NOTE, Repeat, RequestState
from scheduler.domain.places import TravelMode
from scheduler.domain.responses import Answer
from scheduler.domain.shifts import Priority
from scheduler.domain.time import Fold
from scheduler.exchange import cells
from scheduler.exchange.columns import Column, Sheet, expert_column
from scheduler.exchange.people_sheets import PEOPLE_SHEETS


def _clock() -> Iterator[Column]:
    yield Column("start", cells.TIME, "when it starts", required=True)
    yield Column("end", cells.END_TIME, "when it ends; before the start means the next day", required=True)


def _assignment() -> tuple[Column, ...]:
    return (
        expert_column("who"),
        Column("shift", cells.IDENTIFIER, "id of the shift; of a request: `<request>-20261123`", True),
    )


ANSWERS = (Answer.YES, Answer.NO, Answer.TALK)
FOLD = Column("fold", cells.choice(Fold), "which of two equal times in the night the clock goes back; else blank")
PRIORITY = Column("priority", cells.choice(Priority), "how pressing it is, in this order", default="medium")

AGENCY = Sheet(
    "agency",
    "One agency and the planning window. One key and one value per row.",
    (
        Column("name", cells.text(), "name of the agency", required=True),
        Column("zone", cells.ZONE, "where the venues are", default="Europe/Amsterdam"),
        Column("window_first", cells.DAY, "first day of the planning window, a Monday", required=True),
        Column("window_days", cells.whole(1, 366), "days in the planning window", default="28"),
        Column("on_duty_name", cells.text(), "first name of whom to call at the agency, day and night"),
        Column("on_duty_phone", cells.text(40), "telephone of whom to call at the agency"),
        Column("sample", cells.YES, "whether all people here are invented", default="no"),
    ),
    required=True,
    upright=True,
)
NEIGHBOURHOODS = Sheet(
    "neighbourhoods",
    "Parts of the municipality and how great the need is there.",
    (
        Column("id", cells.IDENTIFIER, "its id", required=True),
        Column("name", cells.text(), "its name", required=True),
        Column("need", cells.whole(1, 1000), "need index: 100 is average, 200 twice as pressing", default="100"),
    ),
    unique=(("id",),),
    required=True,
)
VENUES = Sheet(
    "venues",
    "Houses, living rooms and workshops that ask for people.",
    (
        Column("id", cells.IDENTIFIER, "its id", required=True),
        Column("name", cells.text(), "its name", required=True),
        Column(
            "kind",
            cells.text(60),
            "`neighbourhood_house`, `neighbourhood_room`, `recovery_workshop` or your own",
            True,
        ),
        Column("neighbourhood", cells.IDENTIFIER, "where it is", required=True, refers="neighbourhoods"),
        Column("latitude", cells.degrees(90), "north; blank with longitude: travel counts as 0"),
        Column("longitude", cells.degrees(180), "east"),
        Column("address", cells.text(), "street and number"),
        Column("attributes", cells.IDENTIFIERS, "such as `quiet` and `step_free`; `keys`: our people open and close"),
        Column("contact_name", cells.text(), "first name of the person on duty"),
        Column("contact_phone", cells.text(40), "telephone of the person on duty"),
        Column("hours_month", cells.hours(100_000), "budget of a calendar month; blank: none"),
        Column("euros_month", cells.euros(10_000_000), "budget of a calendar month; blank: none"),
        Column("budget_is_hard", cells.YES, "whether the budget is never overrun", default="no"),
    ),
    unique=(("id",),),
    required=True,
)
ACTIVITIES = Sheet(
    "activities",
    "What happens on a shift and what it asks of people.",
    (
        Column("id", cells.IDENTIFIER, "its id", required=True),
        Column("name", cells.text(), "its name as people read it", required=True),
        Column("role", cells.IDENTIFIER, "role that everybody on the shift must have", required=True),
        Column("intensity_points", cells.whole(0, 100), "how heavy it is", default="1"),
        Column("host_needed", cells.YES, "whether a host must be there", default="no"),
        Column("two_present", cells.YES, "whether nobody may be alone", default="no"),
        Column("minimum_minutes", cells.whole(1, 1440), "shortest sensible length", default="60"),
        Column("never_before", cells.IDENTIFIERS, "what nobody does on the day after this", refers="activities"),
        Column("stand_by", cells.YES, "whether this is to stand by, to be called when needed", default="no"),
    ),
    unique=(("id",),),
    required=True,
)
REQUESTS = Sheet(
    "requests",
    "Cover requests of venues, once or recurring. Accepted ones become shifts.",
    (
        Column("id", cells.IDENTIFIER, "its id", required=True),
        Column("venue", cells.IDENTIFIER, "who asks", required=True, refers="venues"),
        Column("activity", cells.IDENTIFIER, "what for", required=True, refers="activities"),
        Column("first", cells.DAY, "first day", required=True),
        Column("repeat", cells.choice(Repeat), "how often", default="once"),
        Column("until", cells.DAY, "last day, that day included; blank: no end"),
        Column("except", cells.DATES, "days on which it is not wanted"),
        *_clock(),
        FOLD,
        Column("headcount", cells.whole(1, 20), "people required", default="1"),
        Column("desirable", cells.whole(0, 20), "people more that would be welcome", default="0"),
        PRIORITY,
        Column("themes", cells.IDENTIFIERS, "wanted themes"),
        Column("languages", cells.IDENTIFIERS, "wanted languages"),
        Column("note", cells.lines(LONGEST_NOTE), "what the agency should know; names no residents"),
        Column("state", cells.choice(RequestState), "where it stands", default="accepted"),
        Column("submitted_at", cells.INSTANT, "when it came; blank: 14 days before the window"),
        Column("answer_due_at", cells.INSTANT, "when an answer was promised; blank: 4 hours after it came"),
        Column("answered_at", cells.INSTANT, "when it was answered; blank: not yet"),
        Column("answer", cells.lines(1000), "what the agency answered"),
    ),
    unique=(("id",),),
)
SHIFTS = Sheet(
    "shifts",
    "Shifts that no request asked for, and those that had begun when their request was taken back.",
    (
        Column("id", cells.IDENTIFIER, "its id", required=True),
        Column("venue", cells.IDENTIFIER, "where", required=True, refers="venues"),
        Column("activity", cells.IDENTIFIER, "what for", required=True, refers="activities"),
        Column("date", cells.DAY, "day on which it starts", required=True),
        *_clock(),
        FOLD,
        Column("required", cells.whole(0, 50), "people required", default="1"),
        Column("desirable", cells.whole(0, 50), "people more that would be welcome", default="0"),
        Column("missing_points", cells.whole(0, 1_000_000), "graded staffing: what each person too few counts"),
        Column(
            "extra_points",
            cells.whole(0, 1_000_000),
            "graded staffing: what each person too many counts; blank: never more than asked",
        ),
        PRIORITY,
        Column("required_languages", cells.IDENTIFIERS, "languages that everybody on the shift must speak"),
        Column("desired_languages", cells.IDENTIFIERS, "languages that would be welcome"),
        Column("themes", cells.IDENTIFIERS, "wanted themes"),
        Column("required_qualification", cells.IDENTIFIER, "qualification that everybody on the shift must have"),
    ),
    unique=(("id",),),
)
TRAVEL = Sheet(
    "travel",
    "Travel times between venues that differ from what the distance says; they hold in both directions.",
    (
        Column("from_venue", cells.IDENTIFIER, "one end", required=True, refers="venues"),
        Column("to_venue", cells.IDENTIFIER, "other end", required=True, refers="venues"),
        Column("mode", cells.choice(TravelMode), "how", required=True),
        Column("minutes", cells.whole(0, 1440), "minutes from door to door", required=True),
    ),
    unique=(("from_venue", "to_venue", "mode"),),
)
HISTORY = Sheet(
    "history",
    "What experts worked before the window: for rest times, limits over weeks, familiar faces and fairness.",
    (
        expert_column(),
        Column("venue", cells.IDENTIFIER, "where; blank: unknown", refers="venues"),
        Column("activity", cells.IDENTIFIER, "what; blank: unknown, and as heavy as 1 point", refers="activities"),
        Column("date", cells.DAY, "day on which it started", required=True),
        *_clock(),
        FOLD,
    ),
    unique=(("expert", "date", "start", "fold"),),
)
PINS = Sheet("pins", "Who stays on a shift whatever the optimiser finds.", _assignment(), (("expert", "shift"),))
DECLINES = Sheet(
    "declines",
    "What experts answered to shifts of the window: the answer that counts. After 'not this time' it is not offered "
    "again.",
    (*_assignment(), Column("answer", cells.choice(ANSWERS), "what was answered", default="no")),
    (("expert", "shift"),),
)
ROSTER = Sheet("roster", "The published roster: who works which shift.", _assignment(), (("expert", "shift"),))
ACCOUNTS = Sheet(
    "accounts",
    "Who can sign in. Passwords are never in a file.",
    (
        Column("id", cells.IDENTIFIER, "its id", required=True),
        Column("email", cells.EMAIL_ADDRESS, "what the person signs in with", required=True),
        Column("display_name", cells.text(), "name that the pages show", required=True),
        Column("role", cells.choice(AccountRole), "what the person may do", required=True),
        Column("venues", cells.IDENTIFIERS, "venues of a coordinator", refers="venues"),
        Column("expert", cells.IDENTIFIER, "which expert this is", refers="experts"),
        Column("active", cells.YES, "whether signing in is allowed", default="yes"),
        Column("language", cells.IDENTIFIER, "language of the pages", default="nl"),
        Column("theme", cells.IDENTIFIER, "`system`, `light` or `dark`", default="system"),
        Column("calm", cells.YES, "calm display", default="no"),
    ),
    unique=(("id",), ("email",)),
)

SHEETS = (
    AGENCY,
    NEIGHBOURHOODS,
    VENUES,
    ACTIVITIES,
    *PEOPLE_SHEETS,
    REQUESTS,
    SHIFTS,
    TRAVEL,
    HISTORY,
    PINS,
    DECLINES,
    ROSTER,
    ACCOUNTS,
)
BY_NAME = {sheet.name: sheet for sheet in SHEETS}
