"""Which runs were measured, and when? A CSV that grows: a run takes the place of the same one of before."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple
from pathlib import Path

from tests.benchmarks.cases import Case, Kind, square_case
from tests.benchmarks.solvers import SOLVERS, Answer, Budget
from tests.benchmarks.square import Square
from tests.benchmarks.table import Run

_WHOLE = ("objective", "bound", "coverage", "coverage_bound", "broken", "moves_per_s")
_MEASURED = ("first_s", "wall_s", "peak_mb")


def kept(path: Path) -> list[Run]:
    """The runs of a CSV that `keep` wrote; none where there is no such file."""
    if not path.is_file():
        return []
    with path.open(newline="") as file:
        return [_run(row) for row in csv.DictReader(file)]


def keep(runs: Sequence[Run], path: Path) -> list[Run]:
    """Write these runs among those of the file; gives all of them as they read, by case, solver, time and seed."""
    every = {_key(run): run for run in (*kept(path), *runs)}
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [_row(every[key]) for key in sorted(every)]
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: _rounded(value) for name, value in row.items()} for row in rows)
    return kept(path)


def _key(run: Run) -> tuple[object, ...]:
    case, solver = run.case, SOLVERS.index(run.solver)
    return case.kind, case.number or 0, case.name, solver, *astuple(run.budget)


def _row(run: Run) -> dict[str, object]:
    asked = {"kind": run.case.kind.value, "case": run.case.name, "solver": run.solver, **asdict(run.budget)}
    figures = {"open": run.answer.open, "gap": run.answer.gap, "best_known": run.case.best_known}
    return asked | {"day": run.day, "load": run.load} | asdict(run.answer) | figures


def _run(row: Mapping[str, str]) -> Run:
    budget = Budget(float(row["seconds"]), int(row["workers"]), int(row["seed"]))
    whole = {name: int(row[name]) if row[name] else None for name in _WHOLE}
    measured = {name: float(row[name]) if row[name] else None for name in _MEASURED}
    answer = Answer(**{"status": row["status"], **whole, **measured})  # type: ignore[arg-type]
    return Run(_case(row), row["solver"], budget, float(row["load"]), answer, row["day"])


def _case(row: Mapping[str, str]) -> Case:
    name, kind = row["case"], Kind(row["kind"])
    if kind == Kind.SQUARE:
        return square_case(Square(*map(int, name.replace("-", "x").split("x"))))
    best = int(row["best_known"]) if row["best_known"] else None
    return Case(name, Path(f"{name}.txt" if kind == Kind.PUBLIC else name), kind, best)


def _rounded(value: object) -> object:
    return round(value, 4) if isinstance(value, float) else value
