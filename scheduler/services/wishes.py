"""With whom, on which days and for which calls would an expert gladly come? Only she reads and changes it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from scheduler.domain.errors import NotFound, Refused, invalid
from scheduler.domain.people import DatedWish, Expert, ExpertId
from scheduler.domain.shifts import Shift
from scheduler.domain.stand_by import StandBy
from scheduler.domain.time import Span
from scheduler.services.availability import change_own
from scheduler.services.context import App, Viewer, agency_of, require_expert
from scheduler.services.unit import digest_of
from scheduler.services.views import Named
from scheduler.store import Work

WORKED_TOGETHER: Final = timedelta(days=731)
"""How far back somebody with whom a shift was shared is offered as a colleague."""
MOST_WISHES: Final = 100


@dataclass(frozen=True, slots=True)
class ColleagueView:
    """Somebody with whom the expert has worked, by first name; `venue` and `day` tell namesakes apart."""

    id: str
    first_name: str
    wanted: bool
    venue: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class WishesView:
    """The own wishes; only the expert ever gets this view."""

    edition: int
    colleagues: tuple[ColleagueView, ...]
    wishes: tuple[tuple[str, DatedWish], ...]
    stand_by: frozenset[StandBy]
    neighbourhoods: tuple[Named, ...]


def wishes_view(app: App, viewer: Viewer) -> WishesView:
    """Wanted colleagues, the dated wishes of today and later, and the offers to stand by."""
    expert = require_expert(viewer)
    with app.database.reading() as work:
        known, today = work.experts.get(expert), agency_of(work).today(app.clock())
        coming = sorted((w for w in known.dated_wishes if w.day >= today), key=lambda w: (w.day, w.activity or ""))
        return WishesView(
            edition=work.experts.edition_of(expert),
            colleagues=_colleagues(app, work, known),
            wishes=tuple((_wish_id(wish), wish) for wish in coming),
            stand_by=known.stand_by,
            neighbourhoods=tuple(Named(n.id, n.name) for n in sorted(work.neighbourhoods.all(), key=lambda n: n.name)),
        )


def _colleagues(app: App, work: Work, known: Expert) -> tuple[ColleagueView, ...]:
    """Everybody who shared a shift that has ended, and whoever is wanted already."""
    now = app.clock()
    mine = {b.shift for b in work.bookings.of_expert(known.id, Span(now - WORKED_TOGETHER, now))}
    ended = [shift for shift in work.shifts.find_many(mine).values() if shift.span.end <= now]
    last: dict[ExpertId, Shift] = {}
    for shift in sorted(ended, key=lambda s: s.span.start):
        last |= {other: shift for other in work.bookings.of_shift(shift.id) if other != known.id}
    people = work.experts.profiles({*last, *known.wanted_colleagues})
    zone, venues = agency_of(work).zone, {venue.id: venue.name for venue in work.venues.all()}
    found = []
    for other, profile in people.items():
        seen = last.get(other)
        where = (venues[seen.venue], seen.span.start.astimezone(zone).date()) if seen else ("", None)
        found.append(
            ColleagueView(_colleague_id(known, other), profile.first_name, other in known.wanted_colleagues, *where)
        )
    return tuple(sorted(found, key=lambda c: (c.first_name, c.id)))


def _colleague_id(known: Expert, other: ExpertId) -> str:
    """What stands for a colleague on this expert's pages; on another's it is something else."""
    return digest_of([known.id, other])[:16]


def _wish_id(wish: DatedWish) -> str:
    return digest_of([wish.day, wish.wish, wish.activity, wish.weight])[:16]


def save_colleagues(app: App, viewer: Viewer, wanted: Iterable[str], *, edition: int, key: str = "") -> int:
    """Replace the wanted colleagues by these of the view; the new edition. The audit names none of them."""
    chosen = frozenset(wanted)

    def change(work: Work, known: Expert) -> Expert:
        offered = {c.id for c in _colleagues(app, work, known)}
        if unknown := sorted(chosen - offered):
            raise NotFound("There is no %(noun)s %(id)s.", noun="expert", id=unknown[0])
        everybody = {_colleague_id(known, other.id): other.id for other in work.experts.all()}
        return replace(known, wanted_colleagues=frozenset(everybody[one] for one in chosen))

    return change_own(app, viewer, "save_colleagues", "record", change, chosen=sorted(chosen), edition=edition, key=key)


def save_stand_by(app: App, viewer: Viewer, offers: frozenset[StandBy], *, edition: int, key: str = "") -> int:
    """Replace the offers to stand by; the new edition."""

    def change(work: Work, known: Expert) -> Expert:
        for offer in offers - known.stand_by:
            work.neighbourhoods.get(offer.neighbourhood)
        return replace(known, stand_by=offers)

    return change_own(app, viewer, "save_stand_by", "record", change, offers=sorted(offers), edition=edition, key=key)


def add_wish(app: App, viewer: Viewer, wish: DatedWish, *, key: str = "") -> int:
    """Wish something for a day; it takes the place of what was wished for the same day and activity."""
    if wish.day < app.agency().today(app.clock()):
        invalid("These days have passed: %(last)s.", last=wish.day)

    def change(_work: Work, known: Expert) -> Expert:
        kept = tuple(w for w in known.dated_wishes if (w.day, w.activity) != (wish.day, wish.activity))
        if len(kept) >= MOST_WISHES:
            raise Refused("You have %(count)s wishes already. Take one away first.", count=len(kept))
        return replace(known, dated_wishes=(*kept, wish))

    return change_own(app, viewer, "add_wish", "record", change, wish=wish, key=key)


def remove_wish(app: App, viewer: Viewer, wish: str, *, key: str = "") -> int:
    """Take a wish away; NotFound when it is not there."""

    def change(_work: Work, known: Expert) -> Expert:
        kept = tuple(w for w in known.dated_wishes if _wish_id(w) != wish)
        if len(kept) == len(known.dated_wishes):
            raise NotFound("There is no %(noun)s %(id)s.", noun="wish", id=wish)
        return replace(known, dated_wishes=kept)

    return change_own(app, viewer, "remove_wish", "record", change, wish=wish, key=key)
