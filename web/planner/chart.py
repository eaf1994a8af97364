"""How does a run look as a picture: the best roster coming down, the bound coming up, for coverage and for wishes?

Coverage is drawn in its points. Wishes are drawn in percent of the first roster with the coverage of now, and never in
points: among them are wishes that are private. They are only compared among rosters that cover equally well.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from scheduler.domain.runs import Progress

LEFT: Final = 84
RIGHT: Final = 620
TOP: Final = 16
BOTTOM: Final = 172
ROOM_FOR_WORDS: Final = 120
MOST_ROWS: Final = 10
LONGEST_NICE: Final = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled moment, in the units of the picture."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid with its figure: points of coverage, or percent of wishes."""

    at: float
    value: int


@dataclass(frozen=True, slots=True)
class Panel:
    """One level of a run, as paths in the units of a view box of 660 x 200 and as figures.

    `first`, `last` and `bound` are points or percent; `left_percent`: how much of the last can still be won at most,
    None while no bound is known; `drawn` is false for a line that says nothing.
    """

    best: str
    lowest: str
    between: str
    rows: tuple[Tick, ...]
    end: tuple[float, float]
    bound_end: float | None
    first: int
    last: int
    bound: int | None
    better_percent: float
    left_percent: float | None
    met: bool
    drawn: bool


@dataclass(frozen=True, slots=True)
class Row:
    """The same in a row of a table; bounds are None while they are not known, wishes before coverage had settled."""

    at: str
    open: int
    coverage: int
    coverage_bound: int | None
    preference: int | None
    preference_bound: int | None


@dataclass(frozen=True, slots=True)
class Chart:
    """Both levels over the same seconds; `opens` are the open places of the first and the last roster."""

    coverage: Panel
    preference: Panel
    columns: tuple[Mark, ...]
    opens: tuple[int, int]
    table: tuple[Row, ...]


def draw(progress: Sequence[Progress]) -> Chart | None:
    """The picture of a run so far; None before there is a roster."""
    steps = [p for p in progress if p.score.hard == 0]
    if not steps:
        return None
    settled = [p for p in steps if p.score.coverage == steps[-1].score.coverage]
    end, unit = max(steps[-1].seconds, 1.0), 100 / max(1, settled[0].score.preference)
    opens = [p.required - p.filled for p in (steps[0], steps[-1])]
    return Chart(
        coverage=_panel(end, steps, lambda p: (p.score.coverage, p.bound_coverage), 1.0),
        preference=_panel(end, settled, lambda p: (p.score.preference, p.bound_preference), unit),
        columns=_columns(end),
        opens=(opens[0], opens[1]),
        table=tuple(_row(p, unit, is_settled=p in settled) for p in _some(steps)),
    )


def _panel(
    end: float, steps: Sequence[Progress], level: Callable[[Progress], tuple[int, float | None]], unit: float
) -> Panel:
    """One level of these steps; `unit` is what one of its points counts in the picture."""
    pairs = [(p.seconds, *level(p)) for p in steps]
    values = [value * unit for _, value, _ in pairs]
    known = [(seconds, bound * unit) for seconds, _, bound in pairs if bound is not None]
    axis = _Axis(end, values, [bound for _, bound in known])
    best = axis.stairs(zip((seconds for seconds, _, _ in pairs), values, strict=True))
    lowest = axis.stairs(known)
    last = pairs[-1][1]
    bound = next((_whole(bound) for _, _, bound in reversed(pairs) if bound is not None), None)
    return Panel(
        best=_path(best),
        lowest=_path(lowest),
        between=_path([*_since(lowest[0][0], best), *reversed(lowest)]) + "Z" if lowest else "",
        rows=axis.rows(),
        end=best[-1],
        bound_end=lowest[-1][1] if lowest else None,
        first=round(values[0]),
        last=round(values[-1]),
        bound=None if bound is None else math.floor(bound * unit + 1e-6),
        better_percent=_percent((values[0] - values[-1]) / max(unit, values[0])),
        left_percent=None if bound is None else math.ceil(1000 * max(0, last - bound) / max(1, last)) / 10,
        met=last == 0 or (bound is not None and bound >= last),
        drawn=len(set(values)) > 1 or (last > 0 and (bound is None or bound < last)),
    )


class _Axis:
    """Seconds from left to right and amounts from bottom to top, with a grid at round amounts.

    It begins at 0, unless all that is drawn lies in the upper half: then the figures beside it say where.
    """

    def __init__(self, end: float, values: Sequence[float], bounds: Sequence[float]) -> None:
        self.end = end
        top, bottom = max([*values, 1.0]), max(0.0, min([*values, *bounds]))
        bottom = bottom if bottom > top / 2 else 0.0
        self.step = max(1.0, _nice((top - bottom) / 4))
        self.low = self.step * math.floor(bottom / self.step + 1e-9)
        self.high = max(self.low + self.step, self.step * math.ceil(top / self.step - 1e-9))

    def place(self, seconds: float, value: float) -> tuple[float, float]:
        share = (max(value, self.low) - self.low) / (self.high - self.low)
        return _across(seconds, self.end), round(BOTTOM - (BOTTOM - TOP) * share, 1)

    def stairs(self, points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        """A line that stays level until the next point, up to the present."""
        found: list[tuple[float, float]] = []
        for seconds, value in points:
            at = self.place(seconds, value)
            if found:
                found.append((at[0], found[-1][1]))
            found.append(at)
        if found:
            found.append((_across(self.end, self.end), found[-1][1]))
        return found

    def rows(self) -> tuple[Tick, ...]:
        values = [self.low + n * self.step for n in range(round((self.high - self.low) / self.step) + 1)]
        return tuple(Tick(self.place(0, value)[1], round(value)) for value in values)


def _since(across: float, line: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The part of a line in stairs from here on."""
    height = [y for x, y in line if x <= across][-1]
    return [(across, height), *((x, y) for x, y in line if x > across)]


def _across(seconds: float, end: float) -> float:
    return round(LEFT + (RIGHT - LEFT - ROOM_FOR_WORDS) * min(seconds / end, 1.0), 1)


def _columns(end: float) -> tuple[Mark, ...]:
    step = max(1, round(_nice(end / 4)))
    return tuple(Mark(_across(s, end), _clock(s)) for s in range(0, int(end) + 1, step))


def _some(steps: Sequence[Progress]) -> list[Progress]:
    """The first and the last of these, and some between."""
    if len(steps) <= MOST_ROWS:
        return list(steps)
    return [steps[round(n * (len(steps) - 1) / (MOST_ROWS - 1))] for n in range(MOST_ROWS)]


def _row(step: Progress, unit: float, *, is_settled: bool) -> Row:
    low, wish = step.bound_coverage, step.bound_preference
    return Row(
        at=_clock(step.seconds),
        open=step.required - step.filled,
        coverage=step.score.coverage,
        coverage_bound=None if low is None else _whole(low),
        preference=round(step.score.preference * unit) if is_settled else None,
        preference_bound=math.floor(_whole(wish) * unit + 1e-6) if is_settled and wish is not None else None,
    )


def _percent(share: float) -> float:
    """In tenths below ten percent; what is more than nothing is never told as nothing."""
    percent = 100 * share
    return round(percent) if percent >= 10 else round(max(percent, 0.1), 1) if percent > 0 else 0.0


def _whole(bound: float) -> int:
    """What a score of whole points cannot undercut either."""
    return math.ceil(bound - 1e-6)


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def _nice(value: float) -> float:
    """The next round number: 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(max(value, 1e-9)))
    return next((n * power for n in LONGEST_NICE if n * power >= value), 10 * power)


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) if points else ""
