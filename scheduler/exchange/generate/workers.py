"""Who are the invented experts: where they live, what they can, when they are free and which limits they chose?"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import time, timedelta
from random import Random

from scheduler.domain.availability import Availability, AvailabilityLevel, DaySlot, WeeklySlot
from scheduler.domain.contracts import Contract, ContractKind
from scheduler.domain.people import Exclusion, ExclusionKind, Expert, PersonalLimits, Profile, Qualification, Wish
from scheduler.domain.places import Place, TravelMode, great_circle_km
from scheduler.domain.time import DAY, Days, PlanningWindow
from scheduler.domain.venues import Venue
from scheduler.exchange.generate.sizes import LANGUAGE_SHARES, ROLE_SHARES, THEMES
from scheduler.exchange.generate.towns import Town, near, words

MORNING, AFTERNOON = (time(9), time(13)), (time(13), time(18))
EVENING, SATURDAY = (time(18), time(22)), (time(9), time(15))
CONTRACTS = {
    ContractKind.EMPLOYED: (40, 16.0, 5.0),
    ContractKind.MIN_MAX: (8, 12.0, 5.0),
    ContractKind.ON_CALL: (12, 11.0, 5.0),
    ContractKind.VOLUNTEER: (30, 7.0, 2.0),
    ContractKind.SELF_EMPLOYED: (10, 12.0, 6.0),
}
HOUR_CENTS = {
    ContractKind.EMPLOYED: 1850,
    ContractKind.MIN_MAX: 1720,
    ContractKind.ON_CALL: 1690,
    ContractKind.VOLUNTEER: 560,
    ContractKind.SELF_EMPLOYED: 4400,
}
MOST_VOLUNTEER_HOURS, MOST_HOURS = 8.5, 36.0
LEVELS = {
    AvailabilityLevel.WANTED: 25,
    AvailabilityLevel.AVAILABLE: 45,
    AvailabilityLevel.NEUTRAL: 20,
    AvailabilityLevel.ASK_FIRST: 10,
}


@dataclass(frozen=True, slots=True)
class Sketch:
    """An expert before the details: what is told of her, or drawn."""

    first_name: str
    surname: str
    roles: frozenset[str]
    languages: frozenset[str]
    themes: frozenset[str]
    contract: ContractKind
    wished_hours: float
    town: Town


def draw_sketches(count: int, towns: list[Town], random: Random) -> list[Sketch]:
    """So many people, living where the venues are."""
    homes = random.choices(towns, [sum(weight for _, weight in town.venues) + 0.1 for town in towns], k=count)
    return [_sketch(town, random) for town in homes]


def _sketch(town: Town, random: Random) -> Sketch:
    told = words("names.toml")
    kind = random.choices(list(CONTRACTS), [share for share, _, _ in CONTRACTS.values()])[0]
    _, mean, spread = CONTRACTS[kind]
    roles = {role for role, share in ROLE_SHARES.items() if random.random() < share}
    surname = random.choice(told["surname_starts"]) + random.choice(told["surname_ends"])
    return Sketch(
        first_name=random.choice(told["first_names"]),
        surname=random.choice(told["surname_prefixes"]) + surname,
        roles=frozenset(roles or {"host"}),
        languages=frozenset({"nl"} | {name for name, share in LANGUAGE_SHARES.items() if random.random() < share}),
        themes=_drawn_themes(random),
        contract=kind,
        wished_hours=max(3.0, random.gauss(mean, spread)),
        town=town,
    )


def _drawn_themes(random: Random) -> frozenset[str]:
    return frozenset(random.choices(list(THEMES), list(THEMES.values()), k=random.choice((0, 1, 2, 2, 3))))


def told_sketches(towns: list[Town], random: Random) -> list[Sketch]:
    """The people of the sample district, as made by hand."""
    names = words("names.toml")
    found = []
    for number, (first, roles, languages, themes, contract, hours) in enumerate(words("district.toml")["experts"]):
        surname = names["surname_starts"][number % 24] + names["surname_ends"][(3 * number) % 16]
        found.append(
            Sketch(
                first_name=first,
                surname=names["surname_prefixes"][number % 7] + surname,
                roles=frozenset(roles.split()),
                languages=frozenset({"nl", *languages.split()}),
                themes=frozenset(themes.split()),
                contract=ContractKind(contract),
                wished_hours=float(hours),
                town=random.choice(towns),
            )
        )
    return found


def scale_wishes(sketches: Iterable[Sketch], hours: float) -> list[Sketch]:
    """The same people wishing together so many hours a week; a volunteer never more than the allowance permits."""
    people = list(sketches)
    low, high = 0.0, 20.0
    for _ in range(40):
        factor = (low + high) / 2
        low, high = (factor, high) if sum(_scaled(p, factor) for p in people) < hours else (low, factor)
    return [replace(p, wished_hours=round(_scaled(p, high) * 2) / 2) for p in people]


def _scaled(sketch: Sketch, factor: float) -> float:
    most = MOST_VOLUNTEER_HOURS if sketch.contract is ContractKind.VOLUNTEER else MOST_HOURS
    return min(most, max(2.0, sketch.wished_hours * factor))


class Detailer:
    """Fills in sketches; everything it draws depends on the seed alone."""

    def __init__(self, towns: list[Town], window: PlanningWindow, domain: str, random: Random) -> None:
        self.window, self.domain, self.random, self.towns = window, domain, random, towns
        self.by_municipality: dict[str, list[Venue]] = {}
        for town in towns:
            self.by_municipality.setdefault(town.municipality, []).extend(venue for venue, _ in town.venues)

    def detail(self, number: int, sketch: Sketch, width: int) -> tuple[Expert, Profile]:
        """The expert and her profile; `width` is how many digits the id has."""
        id_ = f"e{number + 1:0{width}}"
        home = near(sketch.town.centre, 1.2, self.random).rounded()
        close = self._close_venues(sketch.town, home)
        availability = self._availability(sketch)
        expert = Expert(
            id=id_,
            roles=sketch.roles,
            qualifications=self._qualifications(sketch),
            languages=sketch.languages,
            themes=sketch.themes,
            contracts=(self._contract(sketch),),
            availability=availability,
            limits=self._limits(sketch),
            exclusions=self._exclusions(close),
            home=home,
            travel_mode=self.random.choices(list(TravelMode), [6, 60, 24, 10])[0],
            wished_minutes_a_week=round(sketch.wished_hours * 60),
            venue_wishes=self._venue_wishes(close),
            activity_wishes=(("meal", Wish.GLADLY),) if self.random.random() < 0.1 else (),
            hour_cents=HOUR_CENTS[sketch.contract],
        )
        email = f"{_plain(sketch.first_name)}{'' if width < 3 else f'.{id_}'}@{self.domain}"
        phone = f"088 {100 + number // 100:03} {number % 100:02} 01"
        return expert, Profile(id_, sketch.first_name, sketch.surname, email, phone)

    def _close_venues(self, town: Town, home: Place) -> list[Venue]:
        """The venues of the municipality, nearest first, at most eight."""
        venues = self.by_municipality[town.municipality]
        return sorted(venues, key=lambda v: great_circle_km(home, v.place) if v.place else 99.0)[:8]

    def _contract(self, sketch: Sketch) -> Contract:
        wished = round(sketch.wished_hours * 60)
        began = self.window.first - timedelta(days=7 * self.random.randint(8, 150))
        if sketch.contract is ContractKind.VOLUNTEER:
            return Contract(sketch.contract, Days(began), 0, round(MOST_VOLUNTEER_HOURS * 60))
        most = min(40, max(8, 2 * round(sketch.wished_hours * self.random.uniform(1.05, 1.35) / 2 + 0.5))) * 60
        least = wished // 2 // 60 * 60 if sketch.contract is ContractKind.MIN_MAX else 0
        return Contract(sketch.contract, Days(began), least, most)

    def _qualifications(self, sketch: Sketch) -> tuple[Qualification, ...]:
        held = []
        began = self.window.first - timedelta(days=self.random.randint(100, 900))
        if "coach" in sketch.roles:
            held.append(Qualification("coach", Days(began, began + timedelta(days=1825))))
        if self.random.random() < 0.30:
            ends_soon = self.random.random() < 0.2
            end = self.window.first + timedelta(days=10) if ends_soon else began + timedelta(days=1500)
            held.append(Qualification("first_aid", Days(began, end)))
        return tuple(held)

    def _availability(self, sketch: Sketch) -> Availability:
        wished, random = sketch.wished_hours, self.random
        halves = random.randint(4, 6) + (wished > 15) + (wished > 21) + (wished > 27)
        weekly: list[WeeklySlot] = []
        for day in random.sample(range(5), 5):
            parts = [MORNING, AFTERNOON] if random.random() < 0.7 else [random.choice([MORNING, AFTERNOON])]
            weekly += [self._slot(day, part) for part in parts[: max(0, halves - len(weekly))]]
        evenings = 0.85 if "group_leader" in sketch.roles else 0.30
        if random.random() < evenings:
            weekly += [self._slot(day, EVENING) for day in random.sample(range(5), random.choice((1, 2, 2)))]
        if random.random() < 0.35:
            weekly.append(self._slot(5, SATURDAY))
        weekly.sort(key=lambda slot: (slot.weekday, slot.start))
        return Availability(tuple(weekly), self._exceptions())

    def _slot(self, day: int, part: tuple[time, time]) -> WeeklySlot:
        return WeeklySlot(day, *part, self.random.choices(list(LEVELS), list(LEVELS.values()))[0])

    def _exceptions(self) -> tuple[DaySlot, ...]:
        random, found = self.random, []
        if random.random() < 0.30:
            first = self.window.first + random.randrange(self.window.days) * DAY
            found.append(DaySlot(first, first + random.choice((0, 0, 1, 4)) * DAY, AvailabilityLevel.UNAVAILABLE))
        if random.random() < 0.15:
            day = self.window.first + random.randrange(self.window.days) * DAY
            found.append(DaySlot(day, day, AvailabilityLevel.WANTED, *random.choice([MORNING, AFTERNOON])))
        return tuple(found)

    def _limits(self, sketch: Sketch) -> PersonalLimits:
        random, minutes = self.random, round(sketch.wished_hours * 60)
        limits = PersonalLimits(
            travel_minutes=random.choices((25, 30, 45), (15, 65, 20))[0],
            days_in_a_row=random.choices((None, 2, 3, 4), (60, 10, 20, 10))[0],
            earliest_start=time(10) if random.random() < 0.06 else None,
            quiet_places_only=random.random() < 0.06,
            two_person_shifts_only=random.random() < 0.10,
        )
        if sketch.contract is ContractKind.VOLUNTEER:
            return replace(limits, minutes_a_month=37 * 60)
        if random.random() >= 0.50:
            return limits
        cents = minutes * 9 // 2 * HOUR_CENTS[sketch.contract] // 60
        return random.choice(
            (
                replace(limits, minutes_a_week=minutes // 60 * 60 + 60),
                replace(limits, minutes_a_month=minutes * 9 // 2 // 60 * 60 + 60),
                replace(limits, shifts_a_week=minutes // 180 + 1),
                replace(limits, cents_a_month=(cents // 10_000 + 1) * 10_000),
            )
        )

    def _exclusions(self, close: list[Venue]) -> tuple[Exclusion, ...]:
        random = self.random
        hidden = random.sample(close, min(len(close), random.choice((1, 1, 2)))) if random.random() < 0.15 else []
        return tuple(sorted((Exclusion(ExclusionKind.VENUE, v.id) for v in hidden), key=lambda e: e.subject))

    def _venue_wishes(self, close: list[Venue]) -> tuple[tuple[str, Wish], ...]:
        liked = self.random.sample(close, min(len(close), self.random.choice((0, 1, 2))))
        return tuple((venue.id, Wish.GLADLY) for venue in sorted(liked, key=lambda v: v.id))


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.replace("ı", "i"))
    return "".join(c for c in letters if c.isascii() and c.isalnum()).lower()
