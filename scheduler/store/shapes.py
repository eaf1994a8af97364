"""How do nested values look as JSON and back? Plain lists and objects, sorted, so that equal values are equal text."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime, time
from typing import Any

from scheduler.domain.availability import Availability, AvailabilityLevel, DaySlot, WeeklySlot
from scheduler.domain.limits import GradedLimit, OnHolidays, Period, RollingLimit
from scheduler.domain.people import DatedWish, PersonalLimits, Wish
from scheduler.domain.places import Place
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.runs import Progress
from scheduler.domain.score import Score
from scheduler.domain.time import require_utc

Json = dict[str, Any]
Wishes = tuple[tuple[str, Wish], ...]


def availability_to_json(value: Availability) -> Json:
    """Slots as [weekday, start, end, level] and [first, last, level, start, end]."""
    return {
        "weekly": [[s.weekday, s.start.isoformat(), s.end.isoformat(), int(s.level)] for s in value.weekly],
        "exceptions": [
            [s.first.isoformat(), s.last.isoformat(), int(s.level), s.start.isoformat(), s.end.isoformat()]
            for s in value.exceptions
        ],
        "otherwise": int(value.otherwise),
    }


def availability_from_json(found: Json) -> Availability:
    """The availability of `availability_to_json`."""
    return Availability(
        weekly=tuple(
            WeeklySlot(day, _time(start), _time(end), AvailabilityLevel(level))
            for day, start, end, level in found["weekly"]
        ),
        exceptions=tuple(
            DaySlot(
                date.fromisoformat(first), date.fromisoformat(last), AvailabilityLevel(level), _time(start), _time(end)
            )
            for first, last, level, start, end in found["exceptions"]
        ),
        otherwise=AvailabilityLevel(found["otherwise"]),
    )


def _time(text: str) -> time:
    return time.fromisoformat(text)


def limits_to_json(value: PersonalLimits) -> Json:
    """Only the limits that are set."""
    found: Json = {}
    for name, item in asdict(value).items():
        if item is not None and item is not False and item != ():
            found[name] = item.isoformat() if isinstance(item, time) else item
    return found


def rolling_to_json(value: Iterable[RollingLimit]) -> list[Json]:
    """One object per limit."""
    return [asdict(limit) for limit in value]


def rolling_from_json(found: Iterable[Json]) -> tuple[RollingLimit, ...]:
    """The limits of `rolling_to_json`."""
    return tuple(RollingLimit(**limit) for limit in found)


def limits_from_json(found: Json) -> PersonalLimits:
    """The limits of `limits_to_json`."""
    shapes: dict[str, Callable[[Any], Any]] = {
        "earliest_start": _time,
        "latest_end": _time,
        "shifts_of_activity": lambda pairs: tuple((activity, most) for activity, most in pairs),
    }
    shapes |= {
        "holidays": OnHolidays,
        "graded": _graded_from_json,
    }
    known = {f.name for f in fields(PersonalLimits)}
    values: Json = {k: shapes[k](v) if k in shapes else v for k, v in found.items() if k in known}
    return PersonalLimits(**values)


def _graded_from_json(found: Iterable[Json]) -> tuple[GradedLimit, ...]:
    return tuple(GradedLimit(**(limit | {"period": Period(limit["period"])})) for limit in found)


def wishes_to_json(value: Wishes) -> list[list[Any]]:
    """Pairs of id and wish."""
    return [[id, int(wish)] for id, wish in value]


def wishes_from_json(found: Iterable[tuple[str, int]]) -> Wishes:
    """The wishes of `wishes_to_json`."""
    return tuple((id, Wish(wish)) for id, wish in found)


def dated_wishes_to_json(value: Iterable[DatedWish]) -> list[list[Any]]:
    """Lists of day, wish, activity and weight."""
    return [[w.day.isoformat(), int(w.wish), w.activity, w.weight] for w in value]


def dated_wishes_from_json(found: Iterable[tuple[str, int, str | None, int]]) -> tuple[DatedWish, ...]:
    """The wishes of `dated_wishes_to_json`."""
    return tuple(DatedWish(date.fromisoformat(day), Wish(wish), about, weight) for day, wish, about, weight in found)


def place_columns(place: Place | None) -> Json:
    """The two columns of a place."""
    return {"latitude": place and place.latitude, "longitude": place and place.longitude}


def place_of(latitude: float | None, longitude: float | None) -> Place | None:
    """The place of two columns."""
    return None if latitude is None or longitude is None else Place(latitude, longitude)


def pairs_to_json(pairs: Iterable[Assignment]) -> list[list[str]]:
    """Sorted [expert, shift] pairs."""
    return sorted([a.expert, a.shift] for a in pairs)


def pairs_from_json(found: Iterable[Iterable[str]]) -> frozenset[Assignment]:
    """The assignments of `pairs_to_json`."""
    return frozenset(Assignment(expert, shift) for expert, shift in found)


def roster_from_json(found: Iterable[Iterable[str]] | None) -> Roster | None:
    """The roster of `pairs_to_json`."""
    return None if found is None else Roster(pairs_from_json(found))


def progress_to_json(step: Progress) -> Json:
    """A step with its score as three numbers."""
    return asdict(step) | {"score": [step.score.hard, step.score.coverage, step.score.preference]}


def progress_from_json(found: Mapping[str, Any]) -> Progress:
    """The step of `progress_to_json`."""
    return Progress(**{**found, "score": Score(*found["score"])})


def dates_to_json(days: Iterable[date]) -> list[str]:
    """Sorted ISO dates."""
    return sorted(day.isoformat() for day in days)


def instant_text(at: datetime | None) -> str | None:
    """An instant as text that does not depend on the engine."""
    return None if at is None else require_utc(at, "instant").isoformat(timespec="microseconds")
