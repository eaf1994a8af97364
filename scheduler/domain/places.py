"""Where is it, and how long does it take to get there?"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from scheduler.domain.errors import invalid

EARTH_KM = 6371.0088
DETOUR = 1.3


class TravelMode(StrEnum):
    """How somebody travels."""

    FOOT = "foot"
    BIKE = "bike"
    PUBLIC_TRANSPORT = "public_transport"
    CAR = "car"


KM_AN_HOUR = {
    TravelMode.FOOT: 5.0,
    TravelMode.BIKE: 15.0,
    TravelMode.PUBLIC_TRANSPORT: 15.0 / 1.3,
    TravelMode.CAR: 25.0,
}
EXTRA_MINUTES = {TravelMode.FOOT: 0.0, TravelMode.BIKE: 3.0, TravelMode.PUBLIC_TRANSPORT: 8.0, TravelMode.CAR: 5.0}


@dataclass(frozen=True, slots=True)
class Place:
    """A point in degrees; an expert's home is rounded to about 500 m before it is stored."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            invalid("There is no place at %(lat)s, %(lon)s.", lat=self.latitude, lon=self.longitude)

    def rounded(self) -> "Place":
        """The middle of the cell of about 500 m in which the point lies."""
        return Place(round(self.latitude * 200) / 200, round(self.longitude * 125) / 125)


@lru_cache(maxsize=1 << 16)
def great_circle_km(a: Place, b: Place) -> float:
    """Distance over the surface of the earth (haversine)."""
    lat_a, lat_b = math.radians(a.latitude), math.radians(b.latitude)
    half_lat, half_lon = (lat_b - lat_a) / 2, math.radians(b.longitude - a.longitude) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(chord))


@dataclass(frozen=True, slots=True)
class Travel:
    """Travel minutes between two points: great circle times 1.3 at the mode's speed, unless a table says otherwise.

    `overrides` maps (from venue id, to venue id, mode) to minutes and holds in both directions. Source of the figures:
    the design notes: bike 15 km/h plus 3 minutes parking, public transport bike times 1.3 plus 8 minutes waiting.
    """

    overrides: Mapping[tuple[str, str, TravelMode], int] = field(default_factory=dict)

    def minutes(self, a: Place | None, b: Place | None, mode: TravelMode) -> int:
        """Whole minutes, rounded up; 0 when a place is unknown or both are the same."""
        if a is None or b is None or a == b:
            return 0
        return math.ceil(great_circle_km(a, b) * DETOUR / KM_AN_HOUR[mode] * 60 + EXTRA_MINUTES[mode])

    def between_venues(self, a: tuple[str, Place | None], b: tuple[str, Place | None], mode: TravelMode) -> int:
        """Whole minutes between two venues given as (id, place)."""
        if a[0] == b[0]:
            return 0
        known = self.overrides.get((a[0], b[0], mode), self.overrides.get((b[0], a[0], mode)))
        return self.minutes(a[1], b[1], mode) if known is None else known
