"""Is anybody alone at a venue where she has never been?"""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.venues import Venue
from scheduler.rules.accompanied import Accompanied


@dataclass(frozen=True)
class FirstVisit(Accompanied):
    """Whoever else is on the shift is company enough."""

    name: ClassVar[str] = "first_visit"
    text: ClassVar[str] = "%(expert)s would be alone on %(shift)s and has never been at %(venue)s."

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Nobody is alone the first time at a venue. Such a shift counts %(percent)s percent of an open place.",
            {"percent": self.percent_of_a_place},
        )

    @property
    def enough(self) -> int:
        """One."""
        return 1

    @property
    def company(self) -> int:
        """None."""
        return 0

    def alike(self, venue: Venue) -> str:
        """Each venue by itself."""
        return venue.id
