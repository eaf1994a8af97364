"""Who are the experts and venues, as far as a planner may know?"""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Final

from scheduler.domain.errors import NotFound, invalid
from scheduler.domain.time import DAY, Span
from scheduler.services.context import App, Viewer, agency_of, require_planner, require_venue
from scheduler.services.measures import places_to_come
from scheduler.services.planner_views import ExpertDetail, ExpertRow, VenueDetail, VenueRow
from scheduler.services.unit import Result, Unit, change_once
from scheduler.services.visits import names_of, request_views, visits_of

AHEAD: Final = timedelta(days=56)
COMING: Final = timedelta(days=14)
LONGEST_CONTACT: Final = 80
SHORTEST_REASON: Final = 5


def experts(app: App, viewer: Viewer, search: str = "") -> list[ExpertRow]:
    """Experts by name, found by any part of it; planner only."""
    require_planner(viewer)
    with app.database.reading() as work:
        agency = agency_of(work)
        window = agency.window(agency.today(app.clock()))
        names, known = names_of(work), work.experts.all()
        minutes = {s.id: app.working_minutes(s.span) for s in work.shifts.in_window(window)}
        planned: Counter[str] = Counter()
        for a in work.bookings.in_window(window).assignments:
            planned[a.expert] += minutes.get(a.shift, 0)
    today = agency.today(app.clock())
    rows = []
    for expert in known:
        name, contract = names.full(expert.id), expert.contract_on(today)
        if search.casefold().strip() not in name.casefold():
            continue
        rows.append(
            ExpertRow(
                id=expert.id,
                name=name,
                roles=tuple(sorted(expert.roles)),
                languages=tuple(sorted(expert.languages)),
                contract=contract.kind.value if contract else "",
                wished_minutes_a_week=expert.wished_minutes_a_week,
                planned_minutes=planned[expert.id],
                active=contract is not None or not expert.contracts,
            )
        )
    return sorted(rows, key=lambda row: (row.name.casefold(), row.id))


def expert_detail(app: App, viewer: Viewer, expert: str) -> ExpertDetail:
    """One expert; planner only."""
    require_planner(viewer)
    now = app.clock()
    with app.database.reading() as work:
        known, profile = work.experts.get(expert), work.experts.profile(expert)
        booked = work.bookings.of_expert(expert, Span(now, now + AHEAD))
        shifts = work.shifts.find_many(a.shift for a in booked)
        return ExpertDetail(
            id=expert,
            edition=work.experts.edition_of(expert),
            first_name=profile.first_name,
            surname=profile.surname,
            email=profile.email,
            phone=profile.phone,
            roles=tuple(sorted(known.roles)),
            qualifications=known.qualifications,
            languages=tuple(sorted(known.languages)),
            contracts=known.contracts,
            travel_mode=known.travel_mode,
            wished_minutes_a_week=known.wished_minutes_a_week,
            weekly=known.availability.weekly,
            coming=names_of(work, ()).labels(shifts.values()),
        )


def read_themes(app: App, viewer: Viewer, expert: str, reason: str, *, key: str = "") -> tuple[str, ...]:
    """The themes an expert offers; planner only, with a reason, and each reading is on record."""
    require_planner(viewer)
    words = " ".join(reason.split())[:200]
    if len(words) < SHORTEST_REASON:
        invalid("Say in a few words what you need to know this for.")

    def deed(unit: Unit) -> Result:
        themes = sorted(unit.work.experts.get(expert).themes)
        unit.record(expert, "themes read", words, on_behalf_of=expert)
        return {"count": len(themes)}

    change_once(app, viewer, "read_themes", deed, key=key, body={"expert": expert, "reason": words})
    with app.database.reading() as work:
        return tuple(sorted(work.experts.get(expert).themes))


def venues(app: App, viewer: Viewer) -> list[VenueRow]:
    """Venues by name with the coverage of what is still to come in the current window; planner only."""
    require_planner(viewer)
    with app.database.reading() as work:
        agency = agency_of(work)
        window = agency.window(agency.today(app.clock()))
        neighbourhoods = {n.id: n for n in work.neighbourhoods.all()}
        known, shifts = work.venues.all(), work.shifts.in_window(window)
        present = work.bookings.in_window(window).by_shift
    rows = []
    for venue in sorted(known, key=lambda v: (v.name.casefold(), v.id)):
        place = neighbourhoods.get(venue.neighbourhood)
        required, filled = places_to_come((s for s in shifts if s.venue == venue.id), present, app.clock())
        rows.append(
            VenueRow(
                id=venue.id,
                name=venue.name,
                kind=venue.kind,
                neighbourhood=place.name if place else venue.neighbourhood,
                need=place.need if place else 100,
                contact_name=venue.contact_name,
                required=required,
                filled=filled,
            )
        )
    return rows


def venue_detail(app: App, viewer: Viewer, venue: str) -> VenueDetail:
    """One venue; planner or coordinator of it."""
    require_venue(viewer, venue)
    now = app.clock()
    with app.database.reading() as work:
        known = work.venues.get(venue)
        place = work.neighbourhoods.find(known.neighbourhood)
        shifts = [s for s in work.shifts.of_venue(venue, Span(now - DAY, now + COMING)) if s.span.end > now]
        return VenueDetail(
            venue=known,
            edition=work.venues.edition_of(venue),
            neighbourhood_name=place.name if place else known.neighbourhood,
            need=place.need if place else 100,
            requests=tuple(request_views(work, work.requests.of_venue(venue), now)),
            coming=tuple(visits_of(work, shifts, now)),
        )


def save_venue_contact(
    app: App, viewer: Viewer, venue: str, name: str, phone: str, *, edition: int, key: str = ""
) -> int:
    """Who is on duty at the venue; the new edition. Planner or coordinator of it."""
    require_venue(viewer, venue)
    name, phone = (" ".join(text.split()) for text in (name, phone))
    if not name.isprintable() or not phone.isprintable() or max(len(name), len(phone)) > LONGEST_CONTACT:
        invalid("A name or number has at most %(most)s characters.", most=LONGEST_CONTACT)
    if phone and not all(c.isdigit() or c in "+-() " for c in phone):
        invalid("%(phone)s is not a telephone number.", phone=phone)

    def deed(unit: Unit) -> Result:
        known = unit.work.venues.find(venue)
        if known is None:
            raise NotFound("There is no %(noun)s %(id)s.", noun="venue", id=venue)
        new = unit.work.venues.save(replace(known, contact_name=name, contact_phone=phone), edition)
        unit.record(venue, "contact")
        return {"edition": new}

    body = {"venue": venue, "name": name, "phone": phone, "edition": edition}
    return int(str(change_once(app, viewer, "save_venue_contact", deed, key=key, body=body)["edition"]))
