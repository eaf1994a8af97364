"""Rule: somebody on the shift speaks each language that the venue would like."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert
from scheduler.domain.shifts import Shift
from scheduler.rules.represented import Represented


@dataclass(frozen=True)
class DesiredLanguages(Represented):
    """Each desired language that nobody on the shift speaks costs points."""

    name: ClassVar[str] = "desired_languages"
    text: ClassVar[str] = "Nobody on %(shift)s speaks %(language)s, which the venue would like."
    word: ClassVar[str] = "language"

    def explain(self) -> Sentence:
        """The rule in plain words."""
        return Sentence(
            "Each language that a venue would like is spoken by somebody there; a missing one counts %(points)s.",
            {"points": self.points},
        )

    def asked(self, shift: Shift) -> frozenset[str]:
        """The languages that the venue would like."""
        return shift.desired_languages

    def brought(self, expert: Expert) -> frozenset[str]:
        """The languages that an expert speaks."""
        return expert.languages
