"""Rule: somebody on the shift likes to help with each theme that the venue asked for."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert
from scheduler.domain.shifts import Shift
from scheduler.rules.represented import Represented


@dataclass(frozen=True)
class Themes(Represented):
    """Each theme of a shift that nobody on it offers costs points."""

    name: ClassVar[str] = "themes"
    text: ClassVar[str] = "Nobody on %(shift)s offers the theme %(theme)s."
    word: ClassVar[str] = "theme"

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Each theme that a venue asks for is offered by somebody there; a missing one counts %(points)s.",
            {"points": self.points},
        )

    def asked(self, shift: Shift) -> frozenset[str]:
        """The themes of the request."""
        return shift.themes

    def brought(self, expert: Expert) -> frozenset[str]:
        """The themes that an expert likes to help with."""
        return expert.themes
