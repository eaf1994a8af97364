"""How does a run look as a picture: the best roster coming down, the bound coming up?

Its heights say how far it is, never how much: in the score of wishes stand wishes that are private.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from scheduler.domain.runs import Progress

LEFT: Final = 56
RIGHT: Final = 620
TOP: Final = 24
BOTTOM: Final = 222
ROOM_FOR_WORDS: Final = 120
LONGEST_NICE: Final = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled moment, in the units of the picture."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Paths in the units of a view box of 660 x 252. `coverage` says which level is drawn; `rows` are its grid."""

    best: str
    bound: str
    between: str
    rows: tuple[float, ...]
    columns: tuple[Mark, ...]
    end: tuple[float, float]
    bound_end: float | None
    better_percent: int
    met: bool
    coverage: bool


def draw(progress: Sequence[Progress]) -> Chart | None:
    """The picture of a run so far; None before there is a roster.

    Preference is drawn once coverage has come to rest at its final value for at least two steps, coverage before that.
    """
    steps = [p for p in progress if p.score.hard == 0]
    if not steps:
        return None
    settled = [p for p in steps if p.score.coverage == steps[-1].score.coverage]
    coverage = len(settled) < 2
    shown = steps if coverage else settled
    values = [p.score.coverage if coverage else p.score.preference for p in shown]
    bounds = [p.bound_coverage if coverage else p.bound_preference for p in shown]
    axis = _Axis(shown, values)
    best = axis.stairs(zip((p.seconds for p in shown), values, strict=True))
    known = [(p.seconds, b) for p, b in zip(shown, bounds, strict=True) if b is not None]
    bound = axis.stairs(known)
    return Chart(
        best=_path(best),
        bound=_path(bound),
        between=_path([*best, *reversed(bound)]) + "Z" if bound else "",
        rows=axis.rows(),
        columns=axis.columns(),
        end=best[-1],
        bound_end=bound[-1][1] if bound else None,
        better_percent=round(100 * (values[0] - values[-1]) / max(1, abs(values[0]))),
        met=bool(known) and math.ceil(known[-1][1] - 1e-6) >= values[-1],
        coverage=coverage,
    )


class _Axis:
    """Seconds from left to right and points from bottom to top, with a grid at round amounts."""

    def __init__(self, shown: Sequence[Progress], values: Sequence[int]) -> None:
        self.end = max(shown[-1].seconds, 1.0)
        self.step = _nice(max([*values, 1]) / 4)
        self.top = self.step * math.ceil(max([*values, 1]) / self.step)

    def place(self, seconds: float, value: float) -> tuple[float, float]:
        x = LEFT + (RIGHT - LEFT - ROOM_FOR_WORDS) * min(seconds / self.end, 1.0)
        return round(x, 1), round(BOTTOM - (BOTTOM - TOP) * max(value, 0.0) / self.top, 1)

    def stairs(self, points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        """A line that stays level until the next point, up to the present."""
        found: list[tuple[float, float]] = []
        for seconds, value in points:
            at = self.place(seconds, value)
            if found:
                found.append((at[0], found[-1][1]))
            found.append(at)
        if found:
            found.append((self.place(self.end, 0)[0], found[-1][1]))
        return found

    def rows(self) -> tuple[float, ...]:
        lines = range(1, round(self.top / self.step) + 1)
        return tuple(self.place(0, n * self.step)[1] for n in lines)

    def columns(self) -> tuple[Mark, ...]:
        step = max(1, round(_nice(self.end / 4)))
        marks = range(0, int(self.end) + 1, step)
        return tuple(Mark(self.place(s, 0)[0], f"{s // 60}:{s % 60:02}") for s in marks)


def _nice(value: float) -> float:
    """The next round number: 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(max(value, 1e-9)))
    return next((n * power for n in LONGEST_NICE if n * power >= value), 10 * power)


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) if points else ""
