"""Which files make a region, and which columns do they have? Every column is declared here and nowhere else."""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.domain.accounts import AccountRole
from scheduler.domain.availability import AvailabilityLevel
from scheduler.domain.contracts import ContractKind
from scheduler.domain.cover import LONGEST_NOTE, Repeat, RequestState
from scheduler.domain.people import HEAVIEST_WISH, ExclusionKind, Wish
from scheduler.domain.places import TravelMode
from scheduler.domain.shifts import Priority
from scheduler.domain.time import Fold
from scheduler.exchange import cells
from scheduler.exchange.cells import Kind


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, kind of cell and meaning. `refers` names the sheet whose ids it must hold.

    A blank cell of a column that is not required reads as `default`, or as the kind's blank where there is none.
    """

    name: str
    kind: Kind
    words: str
    required: bool = False
    default: str = ""
    refers: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file ``<name>.csv``. `unique` lists groups of columns of which no two rows may hold the same values.

    An `upright` sheet has one row per column: its header is ``key,value``.
    """

    name: str
    words: str
    columns: tuple[Column, ...]
    unique: tuple[tuple[str, ...], ...] = ()
    required: bool = False
    upright: bool = False

    @property
    def file(self) -> str:
        """The name of the file."""
        return f"{self.name}.csv"

    def column(self, name: str) -> Column | None:
        """The column of that name, if there is one."""
        return next((column for column in self.columns if column.name == name), None)


def _expert(words: str = "whose row this is") -> Column:
    return Column("expert", cells.IDENTIFIER, words, required=True, refers="experts")


def _period(words: str) -> Iterator[Column]:
    yield Column("first", cells.DAY, f"first day {words}", required=True)
    yield Column("last", cells.DAY, f"last day {words}, that day included; blank: no end")


def _clock() -> Iterator[Column]:
    yield Column("start", cells.TIME, "when it starts", required=True)
    yield Column("end", cells.END_TIME, "when it ends; before the start means the next day", required=True)


def _assignment() -> tuple[Column, ...]:
    return (
        _expert("who"),
        Column("shift", cells.IDENTIFIER, "id of the shift; of a request: `<request>-20261123`", True),
    )


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
        Column("attributes", cells.IDENTIFIERS, "such as `quiet` and `step_free`"),
        Column("contact_name", cells.text(), "first name of the person on duty"),
        Column("contact_phone", cells.text(40), "telephone of the person on duty"),
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
    ),
    unique=(("id",),),
    required=True,
)
EXPERTS = Sheet(
    "experts",
    "The experts: who they are, what they can, and the limits they chose.",
    (
        Column("id", cells.IDENTIFIER, "id; the optimiser sees nothing else of the name", required=True),
        Column("first_name", cells.text(), "the only name that venues and colleagues see", required=True),
        Column("surname", cells.text(), "surname"),
        Column("email", cells.EMAIL_ADDRESS, "where messages go"),
        Column("phone", cells.text(40), "telephone"),
        Column("roles", cells.IDENTIFIERS, "roles, such as `host walk_in`"),
        Column("languages", cells.IDENTIFIERS, "languages spoken, such as `nl tr`"),
        Column("themes", cells.IDENTIFIERS, "neutral themes the expert offers; never a diagnosis"),
        Column("home_latitude", cells.degrees(90), "home; rounded to about 500 m when it is read"),
        Column("home_longitude", cells.degrees(180), "home; rounded to about 500 m when it is read"),
        Column("travel_mode", cells.choice(TravelMode), "how the expert travels", default="bike"),
        Column("wished_hours_week", cells.hours(168), "hours the expert would like to work in a week"),
        Column("hour_euros", cells.euros(1000), "pay for an hour, for a limit in euros"),
        Column("most_hours_day", cells.hours(24), "own limit; blank: none"),
        Column("most_hours_week", cells.hours(168), "own limit; blank: none"),
        Column("most_hours_month", cells.hours(744), "own limit in a calendar month; blank: none"),
        Column("most_euros_month", cells.euros(1_000_000), "own limit in a calendar month; blank: none"),
        Column("most_shifts_week", cells.whole(0, 100), "own limit; blank: none"),
        Column("most_days_in_a_row", cells.whole(1, 366), "own limit; blank: none"),
        Column("earliest_start", cells.TIME, "own limit; blank: none"),
        Column("latest_end", cells.TIME, "own limit; blank: none"),
        Column("most_travel_minutes", cells.whole(0, 1440), "own limit for one way; blank: none"),
        Column("quiet_places_only", cells.YES, "only venues with the attribute `quiet`", default="no"),
        Column("two_person_shifts_only", cells.YES, "never alone", default="no"),
        Column("least_days_in_a_row", cells.whole(1, 366), "own wish for days together; blank: none"),
        Column("least_days_off_in_a_row", cells.whole(1, 366), "own wish for days off together; blank: none"),
        Column("most_weekends", cells.whole(0, 60), "own limit in a planning window; blank: none"),
        Column(
            "otherwise",
            cells.choice(AvailabilityLevel),
            "level where availability.csv says nothing",
            default="unavailable",
        ),
    ),
    unique=(("id",), ("email",)),
    required=True,
)
CONTRACTS = Sheet(
    "contracts",
    "Under which contract an expert works, and when.",
    (
        _expert(),
        Column("kind", cells.choice(ContractKind), "kind of contract", required=True),
        *_period("of the contract"),
        Column("least_hours_week", cells.hours(168), "hours agreed at least", default="0"),
        Column("most_hours_week", cells.hours(168), "hours agreed at most; blank: none"),
        Column("least_hours_window", cells.hours(9000), "hours agreed at least in a planning window", default="0"),
        Column("most_hours_window", cells.hours(9000), "hours agreed at most in a planning window; blank: none"),
        Column("one_shift_a_day", cells.YES, "whether there is never more than one shift a day", default="no"),
    ),
    unique=(("expert", "first"),),
)
QUALIFICATIONS = Sheet(
    "qualifications",
    "What an expert may do and from when to when. A role with rows here counts only on those days.",
    (_expert(), Column("name", cells.IDENTIFIER, "name of the qualification", True), *_period("on which it is valid")),
    unique=(("expert", "name", "first"),),
)
AVAILABILITY = Sheet(
    "availability",
    "The usual week of each expert.",
    (
        _expert(),
        Column("weekday", cells.one_of("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "day of the week", True),
        Column("start", cells.TIME, "from", required=True),
        Column("end", cells.END_TIME, "to", required=True),
        Column("level", cells.choice(AvailabilityLevel), "answer for that part of the day", required=True),
    ),
    unique=(("expert", "weekday", "start"),),
)
EXCEPTIONS = Sheet(
    "exceptions",
    "Days on which the usual week does not hold; a lower row overrules a higher one. Never a reason.",
    (
        _expert(),
        Column("first", cells.DAY, "first day", required=True),
        Column("last", cells.DAY, "last day, that day included", required=True),
        Column("start", cells.TIME, "from", default="00:00"),
        Column("end", cells.END_TIME, "to", default="24:00"),
        Column("level", cells.choice(AvailabilityLevel), "answer for those hours", required=True),
    ),
)
EXCLUSIONS = Sheet(
    "exclusions",
    "Private: where, with whom or on which date an expert does not want to work. Never a reason.",
    (
        _expert(),
        Column("kind", cells.choice(ExclusionKind), "what it is about", required=True),
        Column("subject", cells.text(80), "id of that venue, neighbourhood or colleague, or the date", required=True),
    ),
    unique=(("expert", "kind", "subject"),),
)
WISHES = Sheet(
    "wishes",
    "Where and at what an expert works gladly, or rather not.",
    (
        _expert(),
        Column("kind", cells.one_of("venue", "activity"), "what it is about", required=True),
        Column("subject", cells.IDENTIFIER, "id of that venue or activity", required=True),
        Column("wish", cells.choice(Wish), "how much", required=True),
    ),
    unique=(("expert", "kind", "subject"),),
)
DATED_WISHES = Sheet(
    "dated_wishes",
    "On which days an expert would love to work, or rather not. Never a reason.",
    (
        _expert(),
        Column("date", cells.DAY, "the day", required=True),
        Column("activity", cells.IDENTIFIER, "only this activity; blank: any shift of the day", refers="activities"),
        Column("wish", cells.choice(Wish), "how much", required=True),
        Column("weight", cells.whole(1, HEAVIEST_WISH), "how many times an ordinary wish", default="1"),
    ),
    unique=(("expert", "date", "activity"),),
)
ACTIVITY_LIMITS = Sheet(
    "activity_limits",
    "How many shifts of an activity an expert does at most in a planning window.",
    (
        _expert(),
        Column("activity", cells.IDENTIFIER, "the activity", required=True, refers="activities"),
        Column("most_shifts", cells.whole(0, 1000), "own limit; 0: never", required=True),
    ),
    unique=(("expert", "activity"),),
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
    "Shifts that no request asked for.",
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
        _expert(),
        Column("venue", cells.IDENTIFIER, "where; blank: unknown", refers="venues"),
        Column("date", cells.DAY, "day on which it started", required=True),
        *_clock(),
        FOLD,
    ),
    unique=(("expert", "date", "start", "fold"),),
)
PINS = Sheet("pins", "Who stays on a shift whatever the optimiser finds.", _assignment(), (("expert", "shift"),))
DECLINES = Sheet(
    "declines", "Who said 'not this time' to a shift; it is not offered again.", _assignment(), (("expert", "shift"),)
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
    EXPERTS,
    CONTRACTS,
    QUALIFICATIONS,
    AVAILABILITY,
    EXCEPTIONS,
    EXCLUSIONS,
    WISHES,
    DATED_WISHES,
    ACTIVITY_LIMITS,
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
