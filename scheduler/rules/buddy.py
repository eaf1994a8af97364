"""Does somebody experienced come along on the first shifts at a kind of venue?"""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.venues import Venue
from scheduler.rules.accompanied import Accompanied


@dataclass(frozen=True)
class Buddy(Accompanied):
    """Company is who had all her own first shifts at that kind of venue behind her when the window began."""

    name: ClassVar[str] = "buddy"
    text: ClassVar[str] = "%(expert)s is new at places like %(venue)s, and nobody experienced is on %(shift)s."

    first_shifts: int

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "On the first %(shifts)s shifts at a kind of venue, somebody experienced there comes along. Without one,"
            " the shift counts %(percent)s percent of an open place for each of these shifts that is still ahead.",
            {"shifts": self.first_shifts, "percent": self.percent_of_a_place},
        )

    @property
    def enough(self) -> int:
        """The first shifts."""
        return self.first_shifts

    @property
    def company(self) -> int:
        """As many."""
        return self.first_shifts

    def alike(self, venue: Venue) -> str:
        """Venues of one kind."""
        return venue.kind
