"""Which files tell of the experts, and which columns do they have?"""

from scheduler.domain.availability import AvailabilityLevel
from scheduler.domain.contracts import ContractKind
from scheduler.domain.limits import LONGEST_ROLLING_DAYS, OnHolidays, Period
from scheduler.domain.people import HEAVIEST_WISH, ExclusionKind, Wish
from scheduler.domain.places import TravelMode
from scheduler.domain.stand_by import DayPart
from scheduler.exchange import cells
from scheduler.exchange.columns import Column, Sheet, expert_column, period_columns

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
        Column("opens_alone", cells.YES, "may open a venue alone", default="no"),
        Column("closes_alone", cells.YES, "may close a venue alone", default="no"),
        Column("most_stand_bys_month", cells.whole(0, 100), "times to stand by in a calendar month; blank: any"),
        Column("nights", cells.YES, "also works at night", default="no"),
        Column("holidays", cells.choice(OnHolidays), "on official holidays; blank: may be asked"),
        Column("most_start_difference", cells.hours(24), "hours between the starts of two days in a row; blank: any"),
        Column("most_hours_year", cells.hours(9000), "own limit in a calendar year; blank: none"),
        Column("most_euros_week", cells.euros(1_000_000), "own limit in a calendar week; blank: none"),
        Column("most_euros_year", cells.euros(1_000_000), "own limit in a calendar year; blank: none"),
        Column("most_load_week", cells.whole(0, 100_000), "own limit of intensity x hours in a week; blank: none"),
        Column("most_load_four_weeks", cells.whole(0, 100_000), "the same in any 28 days; blank: none"),
        Column("days_between_heavy", cells.whole(0, 366), "days without between two heavy shifts; blank: any"),
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
        expert_column(),
        Column("kind", cells.choice(ContractKind), "kind of contract", required=True),
        *period_columns("of the contract"),
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
    (
        expert_column(),
        Column("name", cells.IDENTIFIER, "name of the qualification", True),
        *period_columns("on which it is valid"),
    ),
    unique=(("expert", "name", "first"),),
)
AVAILABILITY = Sheet(
    "availability",
    "The usual week of each expert.",
    (
        expert_column(),
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
        expert_column(),
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
        expert_column(),
        Column("kind", cells.choice(ExclusionKind), "what it is about", required=True),
        Column("subject", cells.text(80), "id of that venue, neighbourhood or colleague, or the date", required=True),
    ),
    unique=(("expert", "kind", "subject"),),
)
WISHES = Sheet(
    "wishes",
    "Where, at what and with whom an expert works gladly, or where and at what rather not. With whom is private.",
    (
        expert_column(),
        Column("kind", cells.one_of("venue", "activity", "colleague"), "what it is about", required=True),
        Column("subject", cells.IDENTIFIER, "id of that venue, activity or colleague", required=True),
        Column("wish", cells.choice(Wish), "how much", required=True),
    ),
    unique=(("expert", "kind", "subject"),),
)
DATED_WISHES = Sheet(
    "dated_wishes",
    "On which days an expert would love to work, or rather not. Never a reason.",
    (
        expert_column(),
        Column("date", cells.DAY, "the day", required=True),
        Column("activity", cells.IDENTIFIER, "only this activity; blank: any shift of the day", refers="activities"),
        Column("wish", cells.choice(Wish), "how much", required=True),
        Column("weight", cells.whole(1, HEAVIEST_WISH), "how many times an ordinary wish", default="1"),
    ),
    unique=(("expert", "date", "activity"),),
)
STAND_BY = Sheet(
    "stand_by",
    "In which parts of the day and where an expert can be asked to stand by.",
    (
        expert_column(),
        Column("part", cells.choice(DayPart), "which quarter of the day, by its local hours", required=True),
        Column("neighbourhood", cells.IDENTIFIER, "where", required=True, refers="neighbourhoods"),
    ),
    unique=(("expert", "part", "neighbourhood"),),
)
ACTIVITY_LIMITS = Sheet(
    "activity_limits",
    "How many shifts of an activity an expert does at most in a planning window.",
    (
        expert_column(),
        Column("activity", cells.IDENTIFIER, "the activity", required=True, refers="activities"),
        Column("most_shifts", cells.whole(0, 1000), "own limit; 0: never", required=True),
    ),
    unique=(("expert", "activity"),),
)

GRADED_LIMITS = Sheet(
    "graded_limits",
    "How much an expert would like at least and at most: each step outside counts, none is forbidden. Never a reason.",
    (
        expert_column(),
        Column("period", cells.choice(Period), "in which calendar period", required=True),
        Column("least_hours", cells.hours(9000), "hours at least; blank: none"),
        Column("most_hours", cells.hours(9000), "hours at most; blank: none"),
        Column("least_euros", cells.euros(1_000_000), "euros at least; blank: none"),
        Column("most_euros", cells.euros(1_000_000), "euros at most; blank: none"),
    ),
    unique=(("expert", "period"),),
)
ROLLING_LIMITS = Sheet(
    "rolling_limits",
    "What a contract allows at most in any run of so many days.",
    (
        expert_column(),
        Column("contract_first", cells.DAY, "first day of that contract", required=True),
        Column("days", cells.whole(1, LONGEST_ROLLING_DAYS), "length of the run", required=True),
        Column("most_hours", cells.hours(9000), "hours; blank: no limit"),
        Column("most_shifts", cells.whole(0, 10_000), "shifts; blank: no limit"),
        Column("most_work_days", cells.whole(0, 366), "days with work; blank: no limit"),
    ),
    unique=(("expert", "contract_first", "days"),),
)

PEOPLE_SHEETS = (
    EXPERTS,
    CONTRACTS,
    QUALIFICATIONS,
    AVAILABILITY,
    EXCEPTIONS,
    EXCLUSIONS,
    WISHES,
    DATED_WISHES,
    ACTIVITY_LIMITS,
    STAND_BY,
    GRADED_LIMITS,
    ROLLING_LIMITS,
)
