"""How are many runs shown? Medians and ranges over the seeds, one line per case and solver."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from tests.benchmarks.cases import Case
from tests.benchmarks.solvers import SKIPPED, Answer, Budget

HEADER = ("case", "solver", "seconds", "runs", "objective", "best known", "above", "bound", "gap", "coverage",
          "open", "broken", "wall s", "first s", "peak MB", "proven", "load", "days")  # fmt: skip
WIDTHS = (18, 12, 8, 4, 22, 10, 7, 16, 16, 18, 10, 6, 16, 12, 16, 6, 12, 21)


@dataclass(frozen=True)
class Run:
    """One answer, with what was asked, how busy the machine was before, and on which day in UTC."""

    case: Case
    solver: str
    budget: Budget
    load: float
    answer: Answer
    day: str = ""

    @property
    def above(self) -> float | None:
        """How far the objective lies above the best that anybody is known to have found."""
        known, found = self.case.best_known, self.answer.objective
        return None if not known or found is None else (found - known) / known


def lines(runs: Sequence[Run]) -> Iterable[str]:
    """The table: a line per case, solver and time, in the order in which they ran."""
    yield line(HEADER, WIDTHS)
    groups = dict[tuple[str, str, float], list[Run]]()
    for run in runs:
        groups.setdefault((run.case.name, run.solver, run.budget.seconds), []).append(run)
    yield from (line(_summary(group), WIDTHS) for group in groups.values())


def json_of(run: Run) -> str:
    """One run as a line of JSON, with the keys of `scheduler benchmark curtois` and what it was asked."""
    answer, case = run.answer, run.case
    line = {
        "instance": case.name, "objective": answer.objective, "bound": answer.bound, "status": answer.status,
        "hard_violations": answer.broken, "seconds": answer.wall_s, "peak_mb": answer.peak_mb, "solver": run.solver,
        "coverage": answer.coverage, "coverage_bound": answer.coverage_bound, "first_s": answer.first_s,
        "limit": run.budget.seconds, "workers": run.budget.workers, "seed": run.budget.seed,
        "load": round(run.load, 1),
    }  # fmt: skip
    return json.dumps(line)


def _summary(runs: Sequence[Run]) -> tuple[str, ...]:
    answers, first = [run.answer for run in runs], runs[0]
    name = (first.case.name, first.solver, f"{first.budget.seconds:g}", str(len(runs)))
    if all(answer.status == SKIPPED for answer in answers):
        return (*name, SKIPPED, *[""] * (len(HEADER) - len(name) - 1))
    known = first.case.best_known
    above = [run.above for run in runs if run.above is not None]
    return (
        *name, _range([a.objective for a in answers]),
        "" if known is None else str(known), f"{median(above):+.1%}" if above else "",
        _range([a.bound for a in answers]), _range([a.gap for a in answers], ".2%"),
        _range([a.coverage for a in answers]), _range([a.open for a in answers]), _range([a.broken for a in answers]),
        _range([a.wall_s for a in answers], ".1f"), _range([a.first_s for a in answers], ".1f"),
        _range([a.peak_mb for a in answers], ".0f"), f"{sum(a.status == 'optimal' for a in answers)}/{len(runs)}",
        _range([run.load for run in runs], ".1f"), _days(run.day for run in runs),
    )  # fmt: skip


def _days(days: Iterable[str]) -> str:
    """The first and the last day."""
    found = sorted(set(days))
    return " ".join(dict.fromkeys((found[0], found[-1])))


def _range(values: Iterable[float | None], form: str = ".0f") -> str:
    """The median, and the range where there is one; how many have no value."""
    given = list(values)
    known = sorted(value for value in given if value is not None)
    if not known:
        return ""
    middle, low, high = (format(value, form) for value in (median(known), known[0], known[-1]))
    missing = f" ({len(given) - len(known)} none)" if len(known) < len(given) else ""
    return (middle if low == high else f"{middle} [{low} {high}]") + missing


def line(cells: Sequence[str], widths: Sequence[int]) -> str:
    """A line of a table."""
    return " ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
