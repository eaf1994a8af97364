"""How do experts, what belongs to them, and accounts stand in the rows of their files, there and back?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from scheduler.domain.accounts import Account
from scheduler.domain.availability import Availability, DaySlot, WeeklySlot
from scheduler.domain.contracts import Contract
from scheduler.domain.errors import invalid
from scheduler.domain.limits import GradedLimit, RollingLimit
from scheduler.domain.people import (
    DatedWish,
    Exclusion,
    ExclusionKind,
    Expert,
    ExpertId,
    PersonalLimits,
    Profile,
    Qualification,
    Wish,
)
from scheduler.domain.stand_by import StandBy
from scheduler.exchange.cells import DAY, IDENTIFIER
from scheduler.exchange.limits import with_rolling_limits
from scheduler.exchange.periods import days_from, last_day
from scheduler.exchange.places import place_of
from scheduler.exchange.reading import Row

Values = dict[str, Any]
ON_VENUE, ON_ACTIVITY, ON_COLLEAGUE = range(3)
EXCLUSION_SUBJECTS = {
    ExclusionKind.VENUE: "venues",
    ExclusionKind.NEIGHBOURHOOD: "neighbourhoods",
    ExclusionKind.COLLEAGUE: "experts",
}
WISH_SUBJECTS = {ON_VENUE: "venues", ON_ACTIVITY: "activities", ON_COLLEAGUE: "experts"}
LIMITS = {
    "most_hours_day": "minutes_a_day",
    "most_hours_week": "minutes_a_week",
    "most_hours_month": "minutes_a_month",
    "most_euros_month": "cents_a_month",
    "most_shifts_week": "shifts_a_week",
    "most_days_in_a_row": "days_in_a_row",
    "earliest_start": "earliest_start",
    "latest_end": "latest_end",
    "most_travel_minutes": "travel_minutes",
    "quiet_places_only": "quiet_places_only",
    "two_person_shifts_only": "two_person_shifts_only",
    "opens_alone": "opens_alone",
    "closes_alone": "closes_alone",
    "most_stand_bys_month": "stand_bys_a_month",
    "nights": "nights",
    "holidays": "holidays",
    "most_start_difference": "start_difference_minutes",
    "most_hours_year": "minutes_a_year",
    "most_euros_week": "cents_a_week",
    "most_euros_year": "cents_a_year",
    "most_load_week": "load_points_a_week",
    "most_load_four_weeks": "load_points_in_four_weeks",
    "days_between_heavy": "days_between_heavy",
    "least_days_in_a_row": "least_days_in_a_row",
    "least_days_off_in_a_row": "least_days_off_in_a_row",
    "most_weekends": "weekends_a_window",
}


@dataclass(frozen=True, slots=True)
class ExpertParts:
    """What other files say of experts, by expert id, in the order of the rows."""

    contracts: Mapping[ExpertId, tuple[Contract, ...]] = field(default_factory=dict)
    qualifications: Mapping[ExpertId, tuple[Qualification, ...]] = field(default_factory=dict)
    weekly: Mapping[ExpertId, tuple[WeeklySlot, ...]] = field(default_factory=dict)
    exceptions: Mapping[ExpertId, tuple[DaySlot, ...]] = field(default_factory=dict)
    exclusions: Mapping[ExpertId, tuple[Exclusion, ...]] = field(default_factory=dict)
    wishes: Mapping[ExpertId, tuple[tuple[int, str, Wish], ...]] = field(default_factory=dict)
    dated_wishes: Mapping[ExpertId, tuple[DatedWish, ...]] = field(default_factory=dict)
    activity_limits: Mapping[ExpertId, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    stand_by: Mapping[ExpertId, tuple[StandBy, ...]] = field(default_factory=dict)
    graded_limits: Mapping[ExpertId, tuple[GradedLimit, ...]] = field(default_factory=dict)
    rolling_limits: Mapping[ExpertId, tuple[tuple[date, RollingLimit], ...]] = field(default_factory=dict)


def expert_of(row: Row, parts: ExpertParts) -> Expert:
    """The expert of a row of experts.csv, with her rows of the other files; the home is rounded to about 500 m."""
    id_ = row["id"]
    home = place_of(row["home_latitude"], row["home_longitude"])
    wishes = parts.wishes.get(id_, ())
    return Expert(
        id=id_,
        roles=row["roles"],
        qualifications=parts.qualifications.get(id_, ()),
        languages=row["languages"],
        themes=row["themes"],
        contracts=with_rolling_limits(id_, parts.contracts.get(id_, ()), parts.rolling_limits.get(id_, ())),
        availability=Availability(parts.weekly.get(id_, ()), parts.exceptions.get(id_, ()), row["otherwise"]),
        limits=PersonalLimits(
            **{name: row[column] for column, name in LIMITS.items()},
            shifts_of_activity=parts.activity_limits.get(id_, ()),
            graded=parts.graded_limits.get(id_, ()),
        ),
        exclusions=parts.exclusions.get(id_, ()),
        home=home and home.rounded(),
        travel_mode=row["travel_mode"],
        wished_minutes_a_week=row["wished_hours_week"],
        venue_wishes=tuple((subject, wish) for kind, subject, wish in wishes if kind == ON_VENUE),
        activity_wishes=tuple((subject, wish) for kind, subject, wish in wishes if kind == ON_ACTIVITY),
        dated_wishes=parts.dated_wishes.get(id_, ()),
        wanted_colleagues=frozenset(subject for kind, subject, _ in wishes if kind == ON_COLLEAGUE),
        stand_by=frozenset(parts.stand_by.get(id_, ())),
        hour_cents=row["hour_euros"],
    )


def profile_of(row: Row) -> Profile:
    """The name and contact of a row of experts.csv."""
    return Profile(row["id"], row["first_name"], row["surname"], row["email"], row["phone"])


def expert_row(expert: Expert, profile: Profile) -> Values:
    """The row of experts.csv for an expert."""
    home = expert.home and expert.home.rounded()
    return {
        "id": expert.id,
        "first_name": profile.first_name,
        "surname": profile.surname,
        "email": profile.email,
        "phone": profile.phone,
        "roles": expert.roles,
        "languages": expert.languages,
        "themes": expert.themes,
        "home_latitude": home and home.latitude,
        "home_longitude": home and home.longitude,
        "travel_mode": expert.travel_mode,
        "wished_hours_week": expert.wished_minutes_a_week,
        "hour_euros": expert.hour_cents,
        "otherwise": expert.availability.otherwise,
    } | {column: getattr(expert.limits, name) for column, name in LIMITS.items()}


def contract_of(row: Row) -> Contract:
    """The contract of a row of contracts.csv."""
    return Contract(
        kind=row["kind"],
        days=days_from(row["first"], row["last"]),
        minimum_minutes_a_week=row["least_hours_week"],
        maximum_minutes_a_week=row["most_hours_week"],
        minimum_minutes_a_window=row["least_hours_window"],
        maximum_minutes_a_window=row["most_hours_window"],
        one_shift_a_day=row["one_shift_a_day"],
    )


def contract_rows(expert: Expert) -> Iterator[Values]:
    """The rows of contracts.csv for an expert."""
    for contract in expert.contracts:
        yield {
            "expert": expert.id,
            "kind": contract.kind,
            "first": contract.days.first,
            "last": last_day(contract.days),
            "least_hours_week": contract.minimum_minutes_a_week,
            "most_hours_week": contract.maximum_minutes_a_week,
            "least_hours_window": contract.minimum_minutes_a_window,
            "most_hours_window": contract.maximum_minutes_a_window,
            "one_shift_a_day": contract.one_shift_a_day,
        }


def qualification_of(row: Row) -> Qualification:
    """The qualification of a row of qualifications.csv."""
    return Qualification(row["name"], days_from(row["first"], row["last"]))


def qualification_rows(expert: Expert) -> Iterator[Values]:
    """The rows of qualifications.csv for an expert."""
    for held in expert.qualifications:
        yield {"expert": expert.id, "name": held.name, "first": held.valid.first, "last": last_day(held.valid)}


def weekly_slot_of(row: Row) -> WeeklySlot:
    """The part of the week of a row of availability.csv."""
    return WeeklySlot(row["weekday"], row["start"], row["end"], row["level"])


def weekly_slot_rows(expert: Expert) -> Iterator[Values]:
    """The rows of availability.csv for an expert."""
    for slot in expert.availability.weekly:
        values = {"weekday": slot.weekday, "start": slot.start, "end": slot.end, "level": slot.level}
        yield {"expert": expert.id, **values}


def day_slot_of(row: Row) -> DaySlot:
    """The exception of a row of exceptions.csv."""
    return DaySlot(row["first"], row["last"], row["level"], row["start"], row["end"])


def day_slot_rows(expert: Expert) -> Iterator[Values]:
    """The rows of exceptions.csv for an expert."""
    for slot in expert.availability.exceptions:
        values = {"first": slot.first, "last": slot.last, "start": slot.start, "end": slot.end, "level": slot.level}
        yield {"expert": expert.id, **values}


def exclusion_of(row: Row) -> Exclusion:
    """The private exclusion of a row of exclusions.csv; its subject is a date for a day, else an id."""
    if row["kind"] is ExclusionKind.DAY:
        day: date = DAY.read(row["subject"])
        return Exclusion(ExclusionKind.DAY, day.isoformat())
    return Exclusion(row["kind"], IDENTIFIER.read(row["subject"]))


def exclusion_rows(expert: Expert) -> Iterator[Values]:
    """The rows of exclusions.csv for an expert."""
    for exclusion in expert.exclusions:
        yield {"expert": expert.id, "kind": exclusion.kind, "subject": exclusion.subject}


def wish_of(row: Row) -> tuple[int, str, Wish]:
    """(kind, subject, wish) of a row of wishes.csv; with whom somebody would rather not work stands elsewhere."""
    if row["kind"] == ON_COLLEAGUE and row["wish"] is not Wish.GLADLY:
        invalid("With whom somebody does not want to work belongs in exclusions.csv.")
    return row["kind"], row["subject"], row["wish"]


def wish_rows(expert: Expert) -> Iterator[Values]:
    """The rows of wishes.csv for an expert."""
    for kind, wishes in ((ON_VENUE, expert.venue_wishes), (ON_ACTIVITY, expert.activity_wishes)):
        for subject, wish in wishes:
            yield {"expert": expert.id, "kind": kind, "subject": subject, "wish": wish}
    for colleague in sorted(expert.wanted_colleagues):
        yield {"expert": expert.id, "kind": ON_COLLEAGUE, "subject": colleague, "wish": Wish.GLADLY}


def dated_wish_of(row: Row) -> DatedWish:
    """The wish of a row of dated_wishes.csv."""
    return DatedWish(row["date"], row["wish"], row["activity"], row["weight"])


def dated_wish_rows(expert: Expert) -> Iterator[Values]:
    """The rows of dated_wishes.csv for an expert."""
    for wish in expert.dated_wishes:
        values = {"date": wish.day, "activity": wish.activity, "wish": wish.wish, "weight": wish.weight}
        yield {"expert": expert.id, **values}


def stand_by_of(row: Row) -> StandBy:
    """The offer of a row of stand_by.csv."""
    return StandBy(row["part"], row["neighbourhood"])


def stand_by_rows(expert: Expert) -> Iterator[Values]:
    """The rows of stand_by.csv for an expert."""
    for offer in sorted(expert.stand_by):
        yield {"expert": expert.id, "part": offer.part, "neighbourhood": offer.neighbourhood}


def activity_limit_rows(expert: Expert) -> Iterator[Values]:
    """The rows of activity_limits.csv for an expert."""
    for activity, most in expert.limits.shifts_of_activity:
        yield {"expert": expert.id, "activity": activity, "most_shifts": most}


def account_of(row: Row, is_sample: bool) -> Account:
    """The account of a row of accounts.csv."""
    names = ("id", "email", "display_name", "role", "venues", "expert", "active", "language", "theme", "calm")
    if row["theme"] not in {"system", "light", "dark"}:
        invalid("The theme is system, light or dark, not %(theme)s.", theme=row["theme"])
    return Account(**{name: row[name] for name in names}, is_sample=is_sample)


def account_row(account: Account) -> Values:
    """The row of accounts.csv for an account."""
    names = ("id", "email", "display_name", "role", "venues", "expert", "active", "language", "theme", "calm")
    return {name: getattr(account, name) for name in names}
