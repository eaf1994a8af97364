"""How good is a roster: levels settled one after the other, never traded against each other."""

from dataclasses import dataclass
from enum import IntEnum

from scheduler.domain.errors import Sentence


class Level(IntEnum):
    """Lower levels are settled first; amounts are only ever added within one level."""

    HARD = 0
    COVERAGE = 1
    PREFERENCE = 2


@dataclass(frozen=True, slots=True, order=True)
class Score:
    """Amounts per level, lower is better; compares lexicographically."""

    hard: int = 0
    coverage: int = 0
    preference: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.hard + other.hard, self.coverage + other.coverage, self.preference + other.preference)


@dataclass(frozen=True, slots=True)
class Violation:
    """One breach of one rule: how much, of whom, of which shifts, in words; `private` hides the reason."""

    rule: str
    level: Level
    amount: int
    sentence: Sentence
    experts: tuple[str, ...] = ()
    shifts: tuple[str, ...] = ()
    private: bool = False
