"""Who may work, where and how much: an expert as the scheduler knows one, without a name."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import IntEnum, StrEnum

from scheduler.domain.availability import Availability
from scheduler.domain.contracts import Contract
from scheduler.domain.errors import invalid
from scheduler.domain.limits import GradedLimit, OnHolidays
from scheduler.domain.places import Place, TravelMode
from scheduler.domain.stand_by import StandBy
from scheduler.domain.time import Days

ExpertId = str
RoleId = str
ThemeId = str
Language = str
HEAVIEST_WISH = 10_000


@dataclass(frozen=True, slots=True)
class Qualification:
    """Something the expert may do, on the days on which it is valid."""

    name: str
    valid: Days


class ExclusionKind(StrEnum):
    """What a private exclusion is about."""

    VENUE = "venue"
    NEIGHBOURHOOD = "neighbourhood"
    COLLEAGUE = "colleague"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Private: the expert does not want this venue, neighbourhood, colleague or day; no reason exists."""

    kind: ExclusionKind
    subject: str


class Wish(IntEnum):
    """How much an expert likes to work at a venue or with an activity type."""

    RATHER_NOT = -1
    GLADLY = 1


@dataclass(frozen=True, slots=True)
class DatedWish:
    """The expert would love to work on a day, or rather not: any shift of the day, or those of one activity type."""

    day: date
    wish: Wish
    activity: str | None = None
    weight: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.weight <= HEAVIEST_WISH:
            invalid("The weight of a wish is 1 to %(most)s, not %(weight)s.", most=HEAVIEST_WISH, weight=self.weight)


@dataclass(frozen=True, slots=True)
class PersonalLimits:
    """What the expert decided about her own time; None means no limit of her own. Weeks are local Monday to Sunday.

    `weekends_a_window` and the (activity type, number) of `shifts_of_activity` count in one planning window.
    Nobody opens or closes a venue alone without saying so.
    """

    minutes_a_day: int | None = None
    minutes_a_week: int | None = None
    minutes_a_month: int | None = None
    cents_a_month: int | None = None
    minutes_a_year: int | None = None
    cents_a_week: int | None = None
    cents_a_year: int | None = None
    shifts_a_week: int | None = None
    days_in_a_row: int | None = None
    earliest_start: time | None = None
    latest_end: time | None = None
    travel_minutes: int | None = None
    quiet_places_only: bool = False
    two_person_shifts_only: bool = False
    opens_alone: bool = False
    closes_alone: bool = False
    stand_bys_a_month: int | None = None
    nights: bool = False
    holidays: OnHolidays | None = None
    start_difference_minutes: int | None = None
    load_points_a_week: int | None = None
    load_points_in_four_weeks: int | None = None
    days_between_heavy: int | None = None
    graded: tuple[GradedLimit, ...] = ()
    least_days_in_a_row: int | None = None
    least_days_off_in_a_row: int | None = None
    weekends_a_window: int | None = None
    shifts_of_activity: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        for name in (
            "minutes_a_day",
            "minutes_a_week",
            "minutes_a_month",
            "cents_a_month",
            "minutes_a_year",
            "cents_a_week",
            "cents_a_year",
            "shifts_a_week",
            "travel_minutes",
            "stand_bys_a_month",
            "start_difference_minutes",
            "load_points_a_week",
            "load_points_in_four_weeks",
            "days_between_heavy",
            "weekends_a_window",
        ):
            value = getattr(self, name)
            if value is not None and value < 0:
                invalid("A limit cannot be negative: %(name)s is %(value)s.", name=name, value=value)
        for value in (self.days_in_a_row, self.least_days_in_a_row, self.least_days_off_in_a_row):
            if value is not None and value < 1:
                invalid("Days in a row must be at least 1, not %(value)s.", value=value)
        least, most = self.least_days_in_a_row, self.days_in_a_row
        if least is not None and most is not None and least > most:
            invalid("At least %(least)s and at most %(most)s days in a row cannot be.", least=least, most=most)
        activities = [activity for activity, _ in self.shifts_of_activity]
        if len(set(activities)) < len(activities) or any(number < 0 for _, number in self.shifts_of_activity):
            invalid("The limits of shifts of an activity are negative or name an activity twice.")
        periods = [graded.period for graded in self.graded]
        if len(set(periods)) < len(periods):
            invalid("There are two graded limits for one period.")


@dataclass(frozen=True, slots=True)
class Expert:
    """A person who can be assigned, as opaque id and schedulable facts; names and contact live in Profile.

    `wanted_colleagues` is private: it counts only where both want it, and only the two ever read of it.
    """

    id: ExpertId
    roles: frozenset[RoleId] = frozenset()
    qualifications: tuple[Qualification, ...] = ()
    languages: frozenset[Language] = frozenset({"nl"})
    themes: frozenset[ThemeId] = frozenset()
    contracts: tuple[Contract, ...] = ()
    availability: Availability = field(default_factory=Availability)
    limits: PersonalLimits = field(default_factory=PersonalLimits)
    exclusions: tuple[Exclusion, ...] = ()
    home: Place | None = None
    travel_mode: TravelMode = TravelMode.BIKE
    wished_minutes_a_week: int | None = None
    venue_wishes: tuple[tuple[str, Wish], ...] = ()
    activity_wishes: tuple[tuple[str, Wish], ...] = ()
    dated_wishes: tuple[DatedWish, ...] = ()
    wanted_colleagues: frozenset[ExpertId] = frozenset()
    stand_by: frozenset[StandBy] = frozenset()
    hour_cents: int | None = None

    def __post_init__(self) -> None:
        if not self.id:
            invalid("An expert needs an id.")
        if self.wished_minutes_a_week is not None and not 0 <= self.wished_minutes_a_week <= 7 * 24 * 60:
            invalid("Expert %(id)s wishes %(minutes)s minutes a week.", id=self.id, minutes=self.wished_minutes_a_week)

    def contract_on(self, day: date) -> Contract | None:
        """The contract in force on a day, if any."""
        for contract in self.contracts:
            if day in contract.days:
                return contract
        return None

    def may_act_as(self, role: RoleId, day: date) -> bool:
        """Whether the expert has the role and, where a qualification of that name is on record, it is valid then."""
        records = [q for q in self.qualifications if q.name == role]
        return role in self.roles and (not records or any(day in q.valid for q in records))

    def is_qualified(self, name: str, day: date) -> bool:
        """Whether a qualification of this name is valid on the day."""
        return any(q.name == name and day in q.valid for q in self.qualifications)


@dataclass(frozen=True, slots=True)
class Profile:
    """Who the expert is to colleagues: name and contact, kept away from the optimiser."""

    expert: ExpertId
    first_name: str
    surname: str = ""
    email: str = ""
    phone: str = ""

    def __post_init__(self) -> None:
        if not self.first_name.strip():
            invalid("Expert %(id)s needs a first name.", id=self.expert)


@dataclass(frozen=True, slots=True)
class WorkedMinutes:
    """History before the planning window: one earlier shift, and its activity type where that is known."""

    expert: ExpertId
    start: datetime
    end: datetime
    activity: str | None = None
