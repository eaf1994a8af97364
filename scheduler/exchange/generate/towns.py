"""Where do the invented municipalities, neighbourhoods and venues lie, and what are they called?"""

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from scheduler.domain.places import Place
from scheduler.domain.venues import QUIET, STEP_FREE, Neighbourhood, Venue
from scheduler.exchange.generate.sizes import Size

KM_A_DEGREE = 111.2
KINDS = {"neighbourhood_house": 50, "neighbourhood_room": 40, "recovery_workshop": 10}


@cache
def words(name: str) -> dict[str, Any]:
    """The lists of a file of invented names."""
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Town:
    """Part of a municipality: its centre, and the venues in it with their share of the shifts."""

    neighbourhood: Neighbourhood
    centre: Place
    municipality: str
    venues: tuple[tuple[Venue, float], ...]


def near(place: Place, km: float, random: Random) -> Place:
    """A point around a place, mostly within so many kilometres."""
    north, east = random.gauss(0, km / 2), random.gauss(0, km / 2)
    latitude = place.latitude + north / KM_A_DEGREE
    longitude = place.longitude + east / (KM_A_DEGREE * math.cos(math.radians(place.latitude)))
    return Place(round(latitude, 5), round(longitude, 5))


def district_towns() -> list[Town]:
    """The neighbourhoods and venues of the sample district, as made by hand."""
    told = words("district.toml")
    found = []
    for part in told["neighbourhoods"]:
        venues = tuple((_told_venue(v), float(v["shifts"])) for v in told["venues"] if v["in"] == part["id"])
        neighbourhood = Neighbourhood(part["id"], part["name"], part["need"])
        found.append(Town(neighbourhood, Place(*part["place"]), "Merwijk", venues))
    return found


def _told_venue(told: dict[str, Any]) -> Venue:
    return Venue(
        id=told["id"],
        name=told["name"],
        kind=told["kind"],
        neighbourhood=told["in"],
        place=Place(*told["place"]),
        address=told["address"],
        attributes=frozenset(told["attributes"]),
        contact_name=told["contact"],
        contact_phone=f"088 000 02 {10 + len(told['name'])}",
    )


def invented_towns(size: Size, random: Random) -> list[Town]:
    """Towns of a larger set: municipalities on a loose grid, their neighbourhoods around them."""
    names = _municipalities(size.municipalities, random)
    columns = math.ceil(math.sqrt(len(names)))
    venue_names = _venue_names(size.venues, random)
    venue_number = 0
    towns = []
    for place_number, name in enumerate(names):
        row, column = divmod(place_number, columns)
        middle = near(Place(51.75 + 0.13 * row, 4.70 + 0.19 * column), 2.0, random)
        count = _share(size.venues, len(names), place_number)
        parts = max(1, round(count / 6))
        reach_km = 0.9 * math.sqrt(count / 3)
        for part in range(parts):
            centre = near(middle, reach_km, random)
            id_ = f"n{place_number + 1:03}-{part + 1:02}"
            need = min(250, max(50, round(random.gauss(100, 30) / 10) * 10))
            neighbourhood = Neighbourhood(id_, f"{name}, {_part_name(part)}", need)
            venues = []
            for _ in range(_share(count, parts, part)):
                venues.append(_venue(venue_number, venue_names[venue_number], neighbourhood, centre, random))
                venue_number += 1
            towns.append(Town(neighbourhood, centre, name, tuple(venues)))
    return towns


def _share(total: int, parts: int, index: int) -> int:
    return total * (index + 1) // parts - total * index // parts


def _municipalities(count: int, random: Random) -> list[str]:
    starts, ends = words("names.toml")["municipality_starts"], words("names.toml")["municipality_ends"]
    return random.sample([start + end for start in starts for end in ends], count)


def _part_name(part: int) -> str:
    starts, ends = words("names.toml")["neighbourhood_starts"], words("names.toml")["neighbourhood_ends"]
    return str(starts[part % len(starts)] + ends[(part // len(starts) + part) % len(ends)])


def _venue_names(count: int, random: Random) -> list[str]:
    told = words("names.toml")
    names = [form.format(word=word) for form in told["venue_forms"] for word in told["venue_words"]]
    random.shuffle(names)
    return [names[n % len(names)] + (f" {n // len(names) + 1}" if n >= len(names) else "") for n in range(count)]


def _venue(number: int, name: str, neighbourhood: Neighbourhood, centre: Place, random: Random) -> tuple[Venue, float]:
    kind = random.choices(list(KINDS), list(KINDS.values()))[0]
    attributes = {STEP_FREE} if random.random() < 0.7 else set()
    attributes |= {QUIET} if random.random() < 0.45 else set()
    told = words("names.toml")
    venue = Venue(
        id=f"v{number + 1:04}",
        name=name,
        kind=kind,
        neighbourhood=neighbourhood.id,
        place=near(centre, 0.6, random),
        address=f"{random.choice(told['streets'])} {random.randint(1, 180)}",
        attributes=frozenset(attributes),
        contact_name=random.choice(told["first_names"]),
        contact_phone=f"088 0{number // 100:02} {number % 100:02} 00",
    )
    return venue, (1.5 if kind == "neighbourhood_house" else 1.0) * neighbourhood.need / 100
