"""How does a point stand in two cells?"""

from scheduler.domain.errors import invalid
from scheduler.domain.places import Place


def place_of(latitude: float | None, longitude: float | None) -> Place | None:
    """The point of two cells; both blank is no point, one blank is a fault."""
    if latitude is None and longitude is None:
        return None
    if latitude is None or longitude is None:
        invalid("A place needs both a latitude and a longitude, or neither.")
    return Place(latitude, longitude)
