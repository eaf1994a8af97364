"""When can and wants an expert to work, and up to which own limits?"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Final

from scheduler.domain.availability import Availability, AvailabilityLevel, DaySlot, WeeklySlot
from scheduler.domain.errors import NotFound, Refused, invalid
from scheduler.domain.people import Exclusion, ExclusionKind, Expert, PersonalLimits
from scheduler.services.cards import month_of
from scheduler.services.context import App, Viewer, agency_of, require_expert
from scheduler.services.expert_views import PART_HOURS, AvailabilityView, DayPart, ExceptionView, LimitsView
from scheduler.services.unit import Result, Unit, change_once, digest_of
from scheduler.services.views import ActivityChoice, Named
from scheduler.store import Work

LOCK: Final = timedelta(days=10)
"""What is filled in until the Friday of the week before the last one counts for the next window."""
MOST_EXCEPTIONS: Final = 200
MOST_EXCLUSIONS: Final = 100
A_MONDAY: Final = date(2024, 1, 1)
NIGHT_END: Final = min(start for start, _ in PART_HOURS.values())


def availability_view(app: App, viewer: Viewer) -> AvailabilityView:
    """The own usual week and exceptions."""
    expert = require_expert(viewer)
    now = app.clock()
    with app.database.reading() as work:
        known = work.experts.get(expert).availability
        agency = agency_of(work)
        today = agency.today(now)
        following = agency.windows(now)[2].first
        levels = {place: min(found) for place, found in _levels(known).items()}
        coming = [slot for slot in known.exceptions if slot.last >= today]
        return AvailabilityView(
            edition=work.experts.edition_of(expert),
            levels=levels,
            weekly=known.weekly,
            exceptions=tuple(ExceptionView(_id_of(s), s) for s in sorted(coming, key=lambda s: (s.first, s.start))),
            mixed=frozenset(place for place, found in _levels(known).items() if len(found) > 1),
            counts_before=following - LOCK,
            next_window=following,
        )


def _week(known: Availability) -> Availability:
    return Availability(known.weekly, (), known.otherwise)


def _edges(known: Availability) -> list[time]:
    return sorted(
        {t for s in known.weekly for t in (s.start, s.end)} | {t for part in PART_HOURS.values() for t in part}
    )


def _levels(known: Availability) -> dict[tuple[int, DayPart], set[AvailabilityLevel]]:
    """The levels of the usual week inside each part of each day."""
    week, edges = _week(known), _edges(known)
    found = {}
    for weekday in range(7):
        for part, (start, end) in PART_HOURS.items():
            inside = [t for t in edges if start <= t and (end == time() or t < end)]
            found[weekday, part] = {week.level_at(A_MONDAY + timedelta(days=weekday), t) for t in inside}
    return found


def slots_of_parts(
    levels: Mapping[tuple[int, DayPart], AvailabilityLevel | None], shown: AvailabilityView | None = None
) -> tuple[WeeklySlot, ...]:
    """The weekly slots that say these levels per (weekday, part).

    With what was shown, a part without a level keeps its stored hours, and so does the night.
    """
    stored = shown.weekly if shown is not None else ()
    found = [piece for slot in stored for piece in _inside(slot, slot.weekday, time(), NIGHT_END)]
    for (weekday, part), level in sorted(levels.items(), key=lambda item: item[0]):
        hours = PART_HOURS[part]
        if level is None:
            found += [piece for slot in stored for piece in _inside(slot, weekday, *hours)]
        else:
            found.append(WeeklySlot(weekday, *hours, level))
    return tuple(found)


def hours_of_part(weekly: tuple[WeeklySlot, ...], weekday: int, part: DayPart) -> tuple[WeeklySlot, ...]:
    """What the usual week says inside one part of a day, hour by hour, in order of start."""
    pieces = [piece for slot in weekly for piece in _inside(slot, weekday, *PART_HOURS[part])]
    return tuple(sorted(pieces, key=lambda piece: piece.start))


def _inside(slot: WeeklySlot, weekday: int, start: time, end: time) -> list[WeeklySlot]:
    """What of a slot lies on this weekday between two times (00:00 as an end is midnight after)."""
    ends = [t for t in (slot.end, end) if t != time()]
    first, last = max(slot.start, start), min(ends, default=time())
    return [replace(slot, start=first, end=last)] if slot.weekday == weekday and (not ends or first < last) else []


def _id_of(slot: DaySlot) -> str:
    return digest_of([slot.first, slot.last, slot.level, slot.start, slot.end])[:16]


def change_own(
    app: App, viewer: Viewer, action: str, field: str, change: Callable[[Work, Expert], Expert], **more: object
) -> int:
    """Change the own record in one unit; the new edition. Without an edition the newest record is changed."""
    expert = require_expert(viewer)
    key, edition = str(more.pop("key", "")), more.get("edition")

    def save(unit: Unit) -> Result:
        known = unit.work.experts.get(expert)
        current = unit.work.experts.edition_of(expert)
        new = unit.work.experts.save(change(unit.work, known), current if edition is None else int(str(edition)))
        unit.record(expert, field)
        return {"edition": new}

    return int(str(change_once(app, viewer, action, save, key=key, body=more)["edition"]))


def save_weekly(app: App, viewer: Viewer, slots: tuple[WeeklySlot, ...], *, edition: int, key: str = "") -> int:
    """Replace the own usual week; the new edition. Stale when it was changed elsewhere."""
    if len(slots) > 7 * 48:
        invalid("A week has at most %(most)s parts.", most=7 * 48)

    def change(_work: Work, known: Expert) -> Expert:
        return replace(known, availability=replace(known.availability, weekly=tuple(slots)))

    return change_own(app, viewer, "save_weekly", "availability", change, slots=slots, edition=edition, key=key)


def add_exception(app: App, viewer: Viewer, slot: DaySlot, *, key: str = "") -> int:
    """Say that some days differ; the new edition."""
    today = app.agency().today(app.clock())
    if slot.last < today:
        invalid("These days have passed: %(last)s.", last=slot.last)

    def change(_work: Work, known: Expert) -> Expert:
        kept = tuple(s for s in known.availability.exceptions if s != slot)
        if len(kept) >= MOST_EXCEPTIONS:
            raise Refused("You have %(count)s exceptions already. Maybe change your usual week.", count=len(kept))
        return replace(known, availability=replace(known.availability, exceptions=(*kept, slot)))

    return change_own(app, viewer, "add_exception", "availability", change, slot=slot, key=key)


def remove_exception(app: App, viewer: Viewer, exception: str, *, key: str = "") -> int:
    """Take an exception away; NotFound when it is not there."""

    def change(_work: Work, known: Expert) -> Expert:
        kept = tuple(s for s in known.availability.exceptions if _id_of(s) != exception)
        if len(kept) == len(known.availability.exceptions):
            raise NotFound("There is no %(noun)s %(id)s.", noun="exception", id=exception)
        return replace(known, availability=replace(known.availability, exceptions=kept))

    return change_own(app, viewer, "remove_exception", "availability", change, exception=exception, key=key)


def limits_view(app: App, viewer: Viewer) -> LimitsView:
    """The own limits, exclusions and the hours of this month and the next."""
    expert = require_expert(viewer)
    now = app.clock()
    with app.database.reading() as work:
        known, agency = work.experts.get(expert), agency_of(work)
        today = agency.today(now)
        after = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        return LimitsView(
            edition=work.experts.edition_of(expert),
            limits=known.limits,
            exclusions=known.exclusions,
            venues=tuple(Named(v.id, v.name) for v in sorted(work.venues.all(), key=lambda v: v.name)),
            month=month_of(app, work, known, today),
            next_month=month_of(app, work, known, after),
            wished_minutes_a_week=known.wished_minutes_a_week,
            activities=tuple(
                ActivityChoice(a.id, a.name, a.role, a.minimum_minutes, a.two_present)
                for a in sorted(work.activities.all(), key=lambda a: a.name)
                if not a.stand_by
            ),
        )


def save_limits(app: App, viewer: Viewer, limits: PersonalLimits, *, edition: int, key: str = "") -> int:
    """Replace the own limits; the new edition."""

    def change(_work: Work, known: Expert) -> Expert:
        return replace(known, limits=limits)

    return change_own(app, viewer, "save_limits", "limits", change, limits=limits, edition=edition, key=key)


def save_exclusions(app: App, viewer: Viewer, exclusions: tuple[Exclusion, ...], *, edition: int, key: str = "") -> int:
    """Replace the own private exclusions; the new edition. The audit says only that something changed."""
    if len(exclusions) > MOST_EXCLUSIONS:
        invalid("The list has %(count)s places; %(most)s is the most.", count=len(exclusions), most=MOST_EXCLUSIONS)

    def change(work: Work, known: Expert) -> Expert:
        for exclusion in exclusions:
            if exclusion.kind is ExclusionKind.VENUE:
                work.venues.get(exclusion.subject)
        return replace(known, exclusions=tuple(dict.fromkeys(exclusions)))

    return change_own(app, viewer, "save_exclusions", "record", change, exclusions=exclusions, edition=edition, key=key)
