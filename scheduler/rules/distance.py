"""How many minutes is it from each of these places to each of those? As arrays, equal to the domain's Travel."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.places import DETOUR, EARTH_KM, EXTRA_MINUTES, KM_AN_HOUR, Place, Travel, TravelMode
from scheduler.terms.kinds import Ints

Floats = NDArray[np.float64]
NEAR_A_WHOLE_MINUTE = 1e-6


def travel_minutes(
    travel: Travel, origins: Sequence[Place | None], ends: Sequence[Place | None], mode: TravelMode
) -> Ints:
    """Matrix origins x ends of `travel.minutes`; where rounding errors could decide, the domain's own answer."""
    a, b = _radians(origins), _radians(ends)
    half_lat = (b[:, 0] - a[:, :1]) / 2
    half_lon = (b[:, 1] - a[:, 1:]) / 2
    chord = np.sin(half_lat) ** 2 + np.cos(a[:, :1]) * np.cos(b[:, 0]) * np.sin(half_lon) ** 2
    km = 2 * EARTH_KM * np.arcsin(np.sqrt(chord))
    exact = km * DETOUR / KM_AN_HOUR[mode] * 60 + EXTRA_MINUTES[mode]
    known = ~np.isnan(exact)
    found = np.ceil(np.where(known, exact, 0)).astype(np.int64)
    doubtful = known & ((np.abs(exact - np.round(exact)) < NEAR_A_WHOLE_MINUTE) | (km < NEAR_A_WHOLE_MINUTE))
    for row, column in np.argwhere(doubtful):
        found[row, column] = travel.minutes(origins[row], ends[column], mode)
    return found


def _radians(places: Sequence[Place | None]) -> Floats:
    degrees = [(np.nan, np.nan) if p is None else (p.latitude, p.longitude) for p in places]
    return np.radians(np.array(degrees, np.float64).reshape(len(degrees), 2))
