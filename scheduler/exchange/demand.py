"""How do neighbourhoods, venues, activities, requests, shifts and past shifts stand in rows, there and back?"""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.domain.cover import CoverRequest, Recurrence
from scheduler.domain.history import Visit
from scheduler.domain.people import WorkedMinutes
from scheduler.domain.shifts import Demand, Shift
from scheduler.domain.time import local_span
from scheduler.domain.venues import ActivityType, Neighbourhood, Venue
from scheduler.exchange.periods import clock_values
from scheduler.exchange.places import place_of
from scheduler.exchange.reading import Row

Values = dict[str, Any]
ANSWER_HOURS = 4
ACTIVITY_COLUMNS = (
    "id",
    "name",
    "role",
    "intensity_points",
    "host_needed",
    "two_present",
    "minimum_minutes",
    "never_before",
    "stand_by",
)


def neighbourhood_of(row: Row) -> Neighbourhood:
    """The neighbourhood of a row of neighbourhoods.csv."""
    return Neighbourhood(row["id"], row["name"], row["need"])


def neighbourhood_row(neighbourhood: Neighbourhood) -> Values:
    """The row of neighbourhoods.csv for a neighbourhood."""
    return {"id": neighbourhood.id, "name": neighbourhood.name, "need": neighbourhood.need}


def venue_of(row: Row) -> Venue:
    """The venue of a row of venues.csv."""
    return Venue(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        neighbourhood=row["neighbourhood"],
        place=place_of(row["latitude"], row["longitude"]),
        address=row["address"],
        attributes=row["attributes"],
        contact_name=row["contact_name"],
        contact_phone=row["contact_phone"],
        minutes_a_month=row["hours_month"],
        cents_a_month=row["euros_month"],
        budget_is_hard=row["budget_is_hard"],
    )


def venue_row(venue: Venue) -> Values:
    """The row of venues.csv for a venue."""
    return {
        "id": venue.id,
        "name": venue.name,
        "kind": venue.kind,
        "neighbourhood": venue.neighbourhood,
        "latitude": venue.place and venue.place.latitude,
        "longitude": venue.place and venue.place.longitude,
        "address": venue.address,
        "attributes": venue.attributes,
        "contact_name": venue.contact_name,
        "contact_phone": venue.contact_phone,
        "hours_month": venue.minutes_a_month,
        "euros_month": venue.cents_a_month,
        "budget_is_hard": venue.budget_is_hard,
    }


def activity_of(row: Row) -> ActivityType:
    """The activity type of a row of activities.csv."""
    return ActivityType(**{name: row[name] for name in ACTIVITY_COLUMNS})


def activity_row(activity: ActivityType) -> Values:
    """The row of activities.csv for an activity type."""
    return {name: getattr(activity, name) for name in ACTIVITY_COLUMNS}


def request_of(row: Row, came: datetime) -> CoverRequest:
    """The cover request of a row of requests.csv; `came` is when it came, for a row that does not say."""
    submitted_at = row["submitted_at"] or came
    return CoverRequest(
        id=row["id"],
        venue=row["venue"],
        activity=row["activity"],
        recurrence=Recurrence(row["first"], row["repeat"], row["until"], row["except"]),
        start=row["start"],
        end=row["end"],
        submitted_at=submitted_at,
        answer_due_at=row["answer_due_at"] or submitted_at + timedelta(hours=ANSWER_HOURS),
        headcount=row["headcount"],
        desirable=row["desirable"],
        priority=row["priority"],
        themes=row["themes"],
        languages=row["languages"],
        note=row["note"],
        state=row["state"],
        fold=row["fold"],
        answered_at=row["answered_at"],
        answer=row["answer"],
    )


def request_row(request: CoverRequest) -> Values:
    """The row of requests.csv for a cover request."""
    pattern = request.recurrence
    names: tuple[str, ...] = (
        "id",
        "venue",
        "activity",
        "start",
        "end",
        "fold",
        "headcount",
        "desirable",
        "priority",
        "themes",
    )
    names += ("languages", "note", "state", "submitted_at", "answer_due_at", "answered_at", "answer")
    return {name: getattr(request, name) for name in names} | {
        "first": pattern.first,
        "repeat": pattern.repeat,
        "until": pattern.until,
        "except": pattern.exceptions,
    }


def shift_of(row: Row, zone: ZoneInfo) -> Shift:
    """The shift of a row of shifts.csv."""
    return Shift(
        id=row["id"],
        venue=row["venue"],
        activity=row["activity"],
        span=local_span(row["date"], row["start"], row["end"], zone, row["fold"]),
        demand=Demand(row["required"], row["desirable"], row["missing_points"], row["extra_points"]),
        priority=row["priority"],
        required_languages=row["required_languages"],
        desired_languages=row["desired_languages"],
        themes=row["themes"],
        required_qualification=row["required_qualification"],
    )


def shift_row(shift: Shift, zone: ZoneInfo) -> Values:
    """The row of shifts.csv for a shift."""
    return clock_values(shift.span.start, shift.span.end, zone) | {
        "id": shift.id,
        "venue": shift.venue,
        "activity": shift.activity,
        "required": shift.demand.required,
        "desirable": shift.demand.desirable,
        "missing_points": shift.demand.missing_points,
        "extra_points": shift.demand.extra_points,
        "priority": shift.priority,
        "required_languages": shift.required_languages,
        "desired_languages": shift.desired_languages,
        "themes": shift.themes,
        "required_qualification": shift.required_qualification,
    }


def visit_of(row: Row, zone: ZoneInfo) -> Visit:
    """The past shift of a row of history.csv."""
    span = local_span(row["date"], row["start"], row["end"], zone, row["fold"])
    return Visit(WorkedMinutes(row["expert"], span.start, span.end, row["activity"]), row["venue"])


def visit_row(visit: Visit, zone: ZoneInfo) -> Values:
    """The row of history.csv for a past shift."""
    return clock_values(visit.worked.start, visit.worked.end, zone) | {
        "expert": visit.worked.expert,
        "venue": visit.venue,
        "activity": visit.worked.activity,
    }
