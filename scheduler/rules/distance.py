"""How many minutes is it from each of these places to each of those? As arrays, equal to the domain's Travel."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.places import DETOUR, EARTH_KM, EXTRA_MINUTES, KM_AN_HOUR, Place, Travel, TravelMode
from scheduler.terms.kinds import Bools, Ints, ints

Floats = NDArray[np.float64]
NEAR_A_WHOLE_MINUTE = 1e-6


def travel_minutes(
    travel: Travel, origins: Sequence[Place | None], ends: Sequence[Place | None], mode: TravelMode
) -> Ints:
    """Matrix origins x ends of `travel.minutes`; where rounding errors could decide, the domain's own answer."""
    found, doubtful = _minutes(_kilometres(_radians(origins)[:, None], _radians(ends)), mode)
    for row, column in np.argwhere(doubtful):
        found[row, column] = travel.minutes(origins[row], ends[column], mode)
    return found


def journey_minutes(travel: Travel, places: Sequence[Place | None], one: Ints, other: Ints, mode: TravelMode) -> Ints:
    """`travel.minutes` from place one[i] to place other[i], exact as above."""
    at = _radians(places)
    found, doubtful = _minutes(_kilometres(at[one], at[other]), mode)
    for n in np.flatnonzero(doubtful):
        found[n] = travel.minutes(places[one[n]], places[other[n]], mode)
    return found


def longest_minutes(places: Sequence[Place | None], one: Ints, other: Ints, modes: Iterable[TravelMode]) -> Ints:
    """No less than the minutes from place one[i] to place other[i] by any of these modes, the table left out."""
    at = _radians(places)
    km = np.nan_to_num(_kilometres(at[one], at[other]))
    return _at_most(km, modes)


def longest_of_all(places: Sequence[Place | None], modes: Iterable[TravelMode]) -> int:
    """No less than the minutes between any two of the places by any of these modes, the table left out.

    Along a meridian and then along the parallel that is nearest to the equator is never shorter than straight.
    """
    at = _radians([place for place in places if place is not None])
    if not len(at):
        return 0
    (south, west), (north, east) = at.min(axis=0), at.max(axis=0)
    widest = 1.0 if south <= 0 <= north else max(np.cos(south), np.cos(north))
    return int(_at_most(EARTH_KM * np.array([north - south + widest * (east - west)]), modes)[0])


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
    """Great circle between points of (latitude, longitude) along the last axis."""
    half_lat, half_lon = (b[..., 0] - a[..., 0]) / 2, (b[..., 1] - a[..., 1]) / 2
    chord: Floats = np.sin(half_lat) ** 2 + np.cos(a[..., 0]) * np.cos(b[..., 0]) * np.sin(half_lon) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(chord))


def _radians(places: Sequence[Place | None]) -> Floats:
    degrees = [(np.nan, np.nan) if p is None else (p.latitude, p.longitude) for p in places]
    return np.radians(np.array(degrees, np.float64).reshape(len(degrees), 2))
