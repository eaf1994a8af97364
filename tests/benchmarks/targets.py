"""What is asked of the optimiser, in which case and time, and did the measured runs reach it?"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from enum import StrEnum
from math import inf
from pathlib import Path
from statistics import median_high, median_low

from tests.benchmarks.cases import Case, Kind, square_case
from tests.benchmarks.one import OURS
from tests.benchmarks.solvers import FAILED, SKIPPED
from tests.benchmarks.square import Square
from tests.benchmarks.table import Run, line

Figure = Callable[[Run], float | None]

PROTOTYPE = 9934
"""What greedy and LNS of the first prototype left on its square after a minute, by its own report."""

WIDTHS = (18, 34, 8, 8, 18, 18, 8)


class Verdict(StrEnum):
    """What the runs say of a target."""

    REACHED = "reached"
    MISSED = "missed"
    NOT_YET = "not yet"
    """The runs had less time than the target gives."""


@dataclass(frozen=True)
class Goal:
    """In cases that it applies to, the median of a figure is at most `most` after so many seconds."""

    words: str
    seconds: float
    applies: Callable[[Case], bool]
    figure: Figure
    most: float
    form: str = ".2%"


@dataclass(frozen=True)
class Judged:
    """One target in one case; the runs had `seconds`, and the target allows `of`."""

    case: str
    target: str
    seconds: float
    of: float
    asked: str
    found: str
    verdict: Verdict


def _numbers(*numbers: int) -> Callable[[Case], bool]:
    return lambda case: case.kind == Kind.PUBLIC and case.number in numbers


def _set(kind: str) -> Callable[[Case], bool]:
    return lambda case: case.kind == Kind.REGION and case.name.startswith(f"{kind}-")


def _is_square(case: Case) -> bool:
    return case.kind == Kind.SQUARE


def _is_square_of_prototype(case: Case) -> bool:
    return case == square_case(Square())


def _above(run: Run) -> float | None:
    return run.above


def _nearest(run: Run) -> float | None:
    """A proven gap is as good as the best that others have found."""
    return min((share for share in (run.above, run.answer.gap) if share is not None), default=None)


def _gap(run: Run) -> float | None:
    return run.answer.gap


def _open(run: Run) -> float | None:
    return run.answer.open


def _of_prototype(run: Run) -> float | None:
    return None if run.answer.objective is None else run.answer.objective / PROTOTYPE


def _broken(run: Run) -> float | None:
    return run.answer.broken


def _first_s(run: Run) -> float | None:
    return run.answer.first_s


def _peak_mb(run: Run) -> float | None:
    return run.answer.peak_mb


GOALS = (
    Goal("from best known or bound", 60, _numbers(1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 16), _nearest, 0.005),
    Goal("above best known", 120, _numbers(8, 9, 14), _above, 0.01),
    Goal("above best known", 600, _numbers(13, 15, 17, 18, 19, 20), _above, 0.03),
    Goal("hard rules broken", 60, _numbers(21, 22, 23, 24), _broken, 0, ".0f"),
    Goal("above best known", 1800, _numbers(21, 22), _above, 0.05),
    Goal("above best known (the prize)", 1800, _numbers(23, 24), _above, -0.00001),
    Goal("gap", 60, _is_square, _gap, 0.02),
    Goal("share of the prototype's points", 60, _is_square_of_prototype, _of_prototype, 0.95),
    Goal("coverable shifts empty", 60, _is_square, _open, 0, ".0f"),
    Goal("coverable points empty", 60, _set("region"), _open, 0, ".0f"),
    Goal("gap", 300, _set("region"), _gap, 0.05),
    Goal("peak MB", 300, _set("region"), _peak_mb, 1500, ".0f"),
    Goal("first roster s", 60, _set("region"), _first_s, 3, ".1f"),
    Goal("first roster s", 300, _set("stress"), _first_s, 15, ".1f"),
    Goal("coverable points empty", 300, _set("stress"), _open, 0, ".0f"),
    Goal("peak MB", 300, _set("stress"), _peak_mb, 4000, ".0f"),
)
"""The medians; `judged` adds what holds of every run and beside every peer."""

BELOW_LNS = 0.95
"""The share of what plain greedy and LNS cost on a square that we may cost."""


def seconds_of(case: Case) -> list[float]:
    """The times after which a case is judged."""
    return sorted({goal.seconds for goal in GOALS if goal.applies(case)})


def judged(runs: Sequence[Run]) -> Iterator[Judged]:
    """Every target that the runs speak of, by case; of several times the longest that a target allows."""
    for case in dict.fromkeys(run.case for run in runs):
        times = dict[float, list[Run]]()
        for run in runs:
            if run.case == case:
                times.setdefault(run.budget.seconds, []).append(run)
        for goal in GOALS:
            fitting = [seconds for seconds in times if seconds <= goal.seconds]
            if fitting and goal.applies(case):
                yield from _judged(goal, times[max(fitting)])
        for own in times.values():
            yield from _of_every_time(own)


def _judged(goal: Goal, runs: Sequence[Run]) -> Iterator[Judged]:
    ours = [run for run in runs if run.solver == OURS]
    if ours:
        figures = [goal.figure(run) if run.answer.broken == 0 or goal.figure is _broken else None for run in ours]
        middle = median_high([inf if figure is None else figure for figure in figures])
        found = "none" if middle == inf else format(middle, goal.form)
        late = Verdict.NOT_YET if ours[0].budget.seconds < goal.seconds else Verdict.MISSED
        verdict = Verdict.REACHED if middle <= goal.most else late
        yield _row(ours, goal.words, format(goal.most, goal.form), found, verdict, goal.seconds)


def _row(
    runs: Sequence[Run], words: str, asked: str, found: str, verdict: Verdict, seconds: float | None = None
) -> Judged:
    had = runs[0].budget.seconds
    return Judged(runs[0].case.name, words, had, seconds or had, asked, found, verdict)


def _of_every_time(runs: Sequence[Run]) -> Iterator[Judged]:
    """Nothing is broken or wrongly counted in any run, and every peer that ran to its end is beaten by median."""
    ours = [run for run in runs if run.solver == OURS]
    if not ours:
        return
    bad = sum(run.answer.broken != 0 for run in ours)
    yield _row(ours, "runs broken or wrongly counted", "0", str(bad), Verdict.MISSED if bad else Verdict.REACHED)
    for peer in dict.fromkeys(run.solver for run in runs if run.solver != OURS):
        theirs = [run for run in runs if run.solver == peer and run.answer.status not in {SKIPPED, FAILED}]
        if theirs:
            yield _beside(peer, ours, theirs)


def _beside(peer: str, ours: Sequence[Run], theirs: Sequence[Run]) -> Judged:
    """Better, or equal where nothing can be better; on a square so much better than plain LNS."""
    mine, other = median_high([_rank(run) for run in ours]), median_low([_rank(run) for run in theirs])
    share = BELOW_LNS if peer == "lns" else 1.0
    proven = sum(run.answer.status == "optimal" for run in ours) * 2 > len(ours)
    better = mine < (*other[:2], share * other[2]) or (mine == other and proven and share == 1.0)
    words = f"better than {peer}" + (f" by {1 - share:.0%}" if share < 1 else "")
    return _row(ours, words, _shown(other), _shown(mine), Verdict.REACHED if better else Verdict.MISSED)


def _rank(run: Run) -> tuple[bool, float, float]:
    """Whole rosters first, then coverage, then the rest; the points of a square and of a public instance hold both."""
    answer = run.answer
    coverage = answer.coverage if run.case.kind == Kind.REGION else 0
    broken = answer.broken != 0
    return broken, inf if coverage is None else coverage, inf if answer.objective is None else answer.objective


def _shown(rank: tuple[bool, float, float]) -> str:
    broken, coverage, objective = rank
    if broken:
        return "none"
    return f"{objective:.0f}" if not coverage else f"{coverage:.0f} + {objective:.0f}"


def lines(found: Sequence[Judged]) -> Iterator[str]:
    """The table, and how many are reached."""
    yield line([field.name for field in fields(Judged)], WIDTHS)
    for one in found:
        times = f"{one.seconds:g}", f"{one.of:g}"
        yield line([one.case, one.target, *times, one.asked, one.found, one.verdict], WIDTHS)
    yield ", ".join(f"{sum(one.verdict == verdict for one in found)} {verdict}" for verdict in Verdict)


def write(found: Iterable[Judged], path: Path) -> None:
    """A row per target and case."""
    path.parent.mkdir(parents=True, exist_ok=True)
    header = [field.name for field in fields(Judged)]
    with path.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *map(astuple, found)])
