"""How many minutes is it from each of these places to each of those? As arrays, equal to the domain's Travel."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.places import DETOUR, EARTH_KM, EXTRA_MINUTES, KM_AN_HOUR, Place, Travel, TravelMode
from scheduler.terms.kinds import Bools, Ints, ints

Floats = NDArray[np.float64]
NEAR_A_WHOLE_MINUTE = 1e-6
BLOCK = 64
"""Origins that are looked at in one go, so that what is worked out on the way stays in the cache."""


def travel_minutes(
    travel: Travel, origins: Sequence[Place | None], ends: Sequence[Place | None], mode: TravelMode
) -> Ints:
    """Matrix origins x ends of `travel.minutes`; where rounding errors could decide, the domain's own answer."""
    found = np.zeros((len(origins), len(ends)), np.int64)
    a, b = _points(origins), _points(ends)
    for first in range(0, len(origins), BLOCK):
        rows = slice(first, first + BLOCK)
        found[rows], doubtful = _minutes(_kilometres(a[:, rows, None], b[:, None]), mode)
        for row, column in np.argwhere(doubtful):
            found[first + row, column] = travel.minutes(origins[first + row], ends[column], mode)
    return found


def journey_minutes(travel: Travel, places: Sequence[Place | None], one: Ints, other: Ints, mode: TravelMode) -> Ints:
    """`travel.minutes` from place one[i] to place other[i], exact as above."""
    at = _points(places)
    found, doubtful = _minutes(_kilometres(at[:, one], at[:, other]), mode)
    for n in np.flatnonzero(doubtful):
        found[n] = travel.minutes(places[one[n]], places[other[n]], mode)
    return found


def longest_minutes(places: Sequence[Place | None], one: Ints, other: Ints, modes: Iterable[TravelMode]) -> Ints:
    """No less than the minutes from place one[i] to place other[i] by any of these modes, the table left out."""
    at = _points(places)
    return _at_most(np.nan_to_num(_kilometres(at[:, one], at[:, other])), modes)


def longest_of_all(places: Sequence[Place | None], modes: Iterable[TravelMode]) -> int:
    """No less than the minutes between any two of the places by any of these modes, the table left out.

    It is the way between opposite corners of the smallest box around them all.
    """
    at = _points([place for place in places if place is not None])
    if not at.size:
        return 0
    return int(_at_most(_kilometres(at.min(axis=1, keepdims=True), at.max(axis=1, keepdims=True)), modes)[0])


def _at_most(km: Floats, modes: Iterable[TravelMode]) -> Ints:
    """A minute more than it takes, so that no rounding error matters."""
    minutes = [km * DETOUR / KM_AN_HOUR[mode] * 60 + EXTRA_MINUTES[mode] for mode in modes]
    return ints(np.ceil(np.maximum.reduce([np.zeros_like(km), *minutes])) + 1)


def _minutes(km: Floats, mode: TravelMode) -> tuple[Ints, Bools]:
    """Minutes for these distances, 0 for an unknown one, and where rounding errors could decide."""
    exact = km * DETOUR / KM_AN_HOUR[mode] * 60 + EXTRA_MINUTES[mode]
    known = ~np.isnan(exact)
    doubtful: Bools = known & ((np.abs(exact - np.round(exact)) < NEAR_A_WHOLE_MINUTE) | (km < NEAR_A_WHOLE_MINUTE))
    return ints(np.ceil(np.where(known, exact, 0))), doubtful


def _kilometres(a: Floats, b: Floats) -> Floats:
    """Great circle between points of the unit sphere, half around the earth at most."""
    x, y, z = b[0] - a[0], b[1] - a[1], b[2] - a[2]
    found: Floats = 2 * EARTH_KM * np.arcsin(np.minimum(np.sqrt(x * x + y * y + z * z) / 2, 1))
    return found


def _points(places: Sequence[Place | None]) -> Floats:
    """Three rows of coordinates on the unit sphere; unknown places are no number."""
    degrees = [(np.nan, np.nan) if p is None else (p.latitude, p.longitude) for p in places]
    lat, lon = np.radians(np.array(degrees, np.float64).reshape(len(degrees), 2)).T
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
