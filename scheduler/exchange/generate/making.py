"""How does an invented region come together out of towns, cover, people and the weeks before?"""

from collections.abc import Iterator
from datetime import date
from random import Random

from scheduler.domain.accounts import Account, AccountRole
from scheduler.domain.availability import AvailabilityLevel
from scheduler.domain.errors import invalid
from scheduler.domain.history import Visit
from scheduler.domain.people import ExclusionKind, Expert, Profile, WorkedMinutes
from scheduler.domain.time import DAY, Fold, PlanningWindow, Span, local_span
from scheduler.domain.venues import Venue
from scheduler.exchange.generate.cover import ask
from scheduler.exchange.generate.sizes import ACTIVITIES, SIZES, TEMPLATES
from scheduler.exchange.generate.towns import Town, district_towns, invented_towns, words
from scheduler.exchange.generate.workers import Detailer, draw_sketches, scale_wishes, told_sketches
from scheduler.exchange.region import Region

FIRST_MONDAY = date(2026, 11, 23)


def generate(kind: str, seed: int = 1, supply: float = 1.1, first: date = FIRST_MONDAY) -> Region:
    """An invented region of a size of SIZES; wished hours are `supply` times the hours that venues require.

    The same arguments always give the same region. `first` is the first day of its window of four weeks, a Monday.
    """
    if kind not in SIZES:
        invalid("There is no set '%(kind)s': choose one of %(kinds)s.", kind=kind, kinds=", ".join(SIZES))
    if not 0.1 <= supply <= 3:
        invalid("The supply must be 0.1 to 3, not %(supply)s.", supply=supply)
    size, window = SIZES[kind], PlanningWindow(first, 28)
    is_told = kind == "district"
    towns = district_towns() if is_told else invented_towns(size, _random(kind, seed, "towns"))
    asked = ask(towns, size.shifts_a_week, window, _random(kind, seed, "cover"))
    drawing = _random(kind, seed, "people")
    sketches = told_sketches(towns, drawing) if is_told else draw_sketches(size.experts, towns, drawing)
    domain = words("district.toml")["domain"] if is_told else "voorbeeld.example"
    detailer = Detailer(towns, window, domain, drawing)
    width = len(str(size.experts))
    wishing = scale_wishes(sketches, supply * asked.hours_a_week)
    people = [detailer.detail(number, sketch, width) for number, sketch in enumerate(wishing)]
    experts = tuple(expert for expert, _ in people)
    venues = tuple(venue for town in towns for venue, _ in town.venues)
    past = _History(window, size.history_weeks, venues, _random(kind, seed, "history"))
    return Region(
        agency=words("district.toml")["agency"] if is_told else f"Voorbeeldgegevens {kind} {seed}",
        window=window,
        is_sample=True,
        neighbourhoods=tuple(town.neighbourhood for town in towns),
        venues=venues,
        activities=ACTIVITIES,
        experts=experts,
        profiles=tuple(profile for _, profile in people),
        requests=asked.requests,
        shifts=asked.shifts,
        history=tuple(visit for expert in experts for visit in past.of(expert)),
        on_duty_name=words("district.toml")["on_duty_name"],
        on_duty_phone=words("district.toml")["on_duty_phone"],
        accounts=tuple(accounts_of(towns, people, domain)),
    )


def _random(kind: str, seed: int, topic: str) -> Random:
    """One source of chance per topic, so that a change in one leaves the others alone."""
    return Random(f"{kind}/{seed}/{topic}")  # noqa: S311


def accounts_of(towns: list[Town], people: list[tuple[Expert, Profile]], domain: str) -> Iterator[Account]:
    """Accounts for the planners, for a coordinator of every venue and for every expert."""
    for name in words("district.toml")["planners"]:
        yield Account(f"planner-{name.lower()}", f"{name.lower()}@{domain}", name, AccountRole.PLANNER, is_sample=True)
    for town in towns:
        for venue, _ in town.venues:
            email = f"{venue.id}@{domain}"
            holds = frozenset({venue.id})
            role = AccountRole.COORDINATOR
            yield Account(f"venue-{venue.id}", email, venue.contact_name, role, holds, is_sample=True)
    for expert, profile in people:
        role = AccountRole.EXPERT
        id_ = f"expert-{expert.id}"
        yield Account(id_, profile.email, profile.first_name, role, expert=expert.id, is_sample=True)


class _History:
    """Invents the shifts of the weeks before, at a few familiar venues and when the expert is usually free."""

    def __init__(self, window: PlanningWindow, weeks: int, venues: tuple[Venue, ...], random: Random) -> None:
        self.window, self.weeks, self.random = window, weeks, random
        self.places = {venue.id: venue for venue in venues}

    def of(self, expert: Expert) -> Iterator[Visit]:
        """The shifts an expert worked, at most one a day."""
        wished = (expert.wished_minutes_a_week or 0) / 180
        familiar = self._familiar(expert)
        days = self._usual_days(expert)
        if not familiar or not days:
            return
        for week in range(-self.weeks, 0):
            count = min(len(days), int(wished * self.random.uniform(0.6, 1.0) + 0.5))
            for weekday in sorted(self.random.sample(sorted(days), count)):
                span = self._span(weekday, week, expert)
                if span is not None:
                    yield Visit(WorkedMinutes(expert.id, span.start, span.end), self.random.choice(familiar))

    def _familiar(self, expert: Expert) -> list[str]:
        hidden = {e.subject for e in expert.exclusions if e.kind is ExclusionKind.VENUE}
        liked = [venue for venue, _ in expert.venue_wishes if venue not in hidden]
        nearby = sorted(self.places, key=lambda id_: self._minutes(expert, self.places[id_]))[:6] if not liked else []
        return liked or [venue for venue in nearby if venue not in hidden][:2]

    @staticmethod
    def _minutes(expert: Expert, venue: Venue) -> float:
        if expert.home is None or venue.place is None:
            return 0.0
        return abs(expert.home.latitude - venue.place.latitude) + abs(expert.home.longitude - venue.place.longitude)

    @staticmethod
    def _usual_days(expert: Expert) -> set[int]:
        return {s.weekday for s in expert.availability.weekly if s.level is not AvailabilityLevel.UNAVAILABLE}

    def _span(self, weekday: int, week: int, expert: Expert) -> Span | None:
        day = self.window.first + (7 * week + weekday) * DAY
        spans = [local_span(day, t.start, t.end, self.window.zone, Fold.FIRST) for t in TEMPLATES]
        weekly = expert.availability
        free = [s for s in spans if weekly.level_of(s, self.window.zone) is not AvailabilityLevel.UNAVAILABLE]
        return self.random.choice(free) if free else None
