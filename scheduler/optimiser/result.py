"""What does a solve hand back?"""

from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain.score import Score
from scheduler.optimiser.diagnose import Clash
from scheduler.optimiser.progress import Bound, Phase
from scheduler.terms.kinds import Bools, Ints


class Status(StrEnum):
    """How a solve ended; there is a roster in every case."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    IMPOSSIBLE = "impossible"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class ModelSize:
    """How large the CP-SAT model was and how long it took to write; zeros when none was needed."""

    variables: int = 0
    constraints: int = 0
    build_seconds: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """The best roster, its score by the check, the bound, and how it came about.

    IMPOSSIBLE: no roster keeps every hard limit (proved twice); UNKNOWN: none was found, and none was ruled out.
    In both cases `roster` is the least bad one and `clashes` names the pins that contradict the law by themselves.
    """

    status: Status
    roster: Bools
    chosen: Ints
    score: Score
    bound: Bound
    model: ModelSize
    phases: tuple[Phase, ...]
    seconds: float
    clashes: tuple[Clash, ...] = ()

    @property
    def gap(self) -> float | None:
        """How far the score may be from the best, as a share of the score: the larger of the two levels' gaps.

        Coverage is compared with its bound for every roster; preference with its bound for every roster that covers at
        least as well as this one. 0 is proven optimal; None: a bound is missing, or a hard limit is broken.
        """
        if self.bound.coverage is None or self.bound.preference is None or self.status == Status.IMPOSSIBLE:
            return None
        return max(
            _share(self.score.coverage, self.bound.coverage), _share(self.score.preference, self.bound.preference)
        )


def _share(amount: int, bound: int) -> float:
    return max(0, amount - bound) / max(1, abs(amount))
