"""What can be done with a folder of files alone, without a database: generate, solve and check it."""

import gc
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import cast

from scheduler.domain.errors import InvalidValue, Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.runs import Progress, RunSettings
from scheduler.domain.score import Score, Violation
from scheduler.exchange.faults import FROM_DISK, Fault, Faults, Limits
from scheduler.exchange.generate import SIZES, generate
from scheduler.exchange.layout import assignment_rows, read_region, write_region
from scheduler.exchange.reading import read_sheet
from scheduler.exchange.region import Region
from scheduler.exchange.sheets import ROSTER, SHEETS
from scheduler.exchange.writing import require_new, sheet_bytes
from scheduler.rules import load_rulebook
from scheduler.rules.analysis import Analysis, analyse
from scheduler.rules.frozen_zone import call_up_term, frozen_at
from scheduler.rules.rule import Rule
from scheduler.rules.settings import DEFAULT_PATH
from scheduler.services.plannable import require_something_to_plan
from scheduler.services.solving import JUDGING_SHARE, Asked, solve_problem
from scheduler.services.targets import require_targets, require_writable_folder, write_whole

SETS = tuple(SIZES)
FIRST_MONDAY = date(2026, 11, 23)
REGION_FILES = {sheet.file for sheet in SHEETS}
Report = Mapping[str, object]


class BadFiles(InvalidValue):
    """Files that cannot be used: every fault with its place; `total` counts also those that are not listed."""

    def __init__(self, faults: tuple[Fault, ...], total: int) -> None:
        super().__init__("The files have %(count)s faults; nothing was done.", count=total)
        self.faults, self.total = faults, total

    def __reduce__(self) -> tuple[object, ...]:
        return BadFiles, (self.faults, self.total)


@dataclass(frozen=True)
class SolvedFolder:
    """A roster for a folder, and what the report says of it."""

    roster: Roster
    report: Report
    warnings: tuple[Fault, ...]


@dataclass(frozen=True)
class CheckedFolder:
    """What a roster for a folder is worth; `hard` forbids publishing it."""

    report: Report
    hard: tuple[Violation, ...]
    warnings: tuple[Fault, ...]


def generate_folder(
    folder: Path, kind: str, seed: int, supply: float = 1.1, first: date = FIRST_MONDAY, *, force: bool = False
) -> Region:
    """Write an invented region of one of SETS to a folder; Refused when it holds a region, unless `force`."""
    if not force:
        require_new(folder)
    require_writable_folder(folder)
    region = generate(kind, seed, supply, first)
    write_region(region, folder)
    return region


def read_folder(folder: Path, limits: Limits = FROM_DISK) -> tuple[Region, tuple[Fault, ...]]:
    """The region in a folder and the warnings about it; BadFiles when anything is wrong."""
    with _uncollected():
        reading = read_region(folder, limits)
    if reading.region is None:
        raise BadFiles(reading.faults, reading.total)
    return reading.region, reading.warnings


@contextmanager
def _uncollected() -> Iterator[None]:
    """What is read stays: looking for garbage among it takes a quarter of the time and finds none."""
    usual = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if usual:
            gc.enable()


def solve_folder(
    folder: Path,
    settings: RunSettings,
    *,
    rulebook: Path | None = None,
    now: datetime | None = None,
    start: Path | None = None,
    work: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    stop: Asked | None = None,
) -> SolvedFolder:
    """The best roster for the window of a folder that the settings allow; writes nothing.

    Refused when nothing is left to plan. The search starts from the roster of the folder, or from that of `start`;
    with `work` it ends by counted work.
    With `now`, shifts that start within the frozen days from then keep the people of the folder's roster.
    """
    began = time.monotonic()
    region, warnings = read_folder(folder)
    problem, rules = _asked(region, rulebook, now)
    require_something_to_plan(problem, now)
    first = problem.published if start is None else _read_roster(start, problem)
    asked = replace(settings, seconds=settings.seconds * (1 - JUDGING_SHARE))
    solved = solve_problem(
        problem, rules, asked, start=first, progress=progress, stop=stop, began=began, work=work
    )  # fmt: skip
    outcome = solved.outcome
    report = _report(outcome.status.value, round(time.monotonic() - began, 3), solved.analysis) | {
        "bound": {"coverage": outcome.bound.coverage, "preference": outcome.bound.preference},
        "gap": outcome.gap,
        "model": {
            "variables": outcome.model.variables,
            "constraints": outcome.model.constraints,
            "build_seconds": outcome.model.build_seconds,
        },
    }
    return SolvedFolder(solved.roster, report, warnings)


def check_folder(
    folder: Path, roster: Path, *, rulebook: Path | None = None, now: datetime | None = None
) -> CheckedFolder:
    """Judge a roster file for the window of a folder by the rules in words, without the solver; `now` as above."""
    region, warnings = read_folder(folder)
    problem, rules = _asked(region, rulebook, now)
    analysis = analyse(problem, _read_roster(roster, problem), rules)
    status = "broken" if analysis.hard else "legal"
    return CheckedFolder(_report(status, 0.0, analysis), analysis.hard, warnings)


def require_apart(folder: Path, output: Path | None, report: Path | None, *sources: Path | None) -> None:
    """Refused when a result cannot be written, or would replace what is read: the region or another source.

    The region's roster is what a roster may replace.
    """
    roster = folder / ROSTER.file
    read = [DEFAULT_PATH, *(folder / file for file in sorted(REGION_FILES)), *filter(None, sources)]
    require_targets((output, report), [path for path in read if path != roster])
    require_targets((report,), [roster])


def summary_of(report: Report) -> str:
    """A report in one line, for a person at a terminal."""
    score, coverage, gap = _mapping(report["score"]), _mapping(report["coverage"]), report["gap"]
    proof = "" if gap is None else f", gap {gap:.2%}"
    places = f"{coverage['filled']} of {coverage['required']} places filled"
    points = f"{score['hard']} hard, {score['coverage']} coverage, {score['preference']} preference points"
    return f"{report['status']} in {report['seconds']:.1f} s: {places}, {points}{proof}"


def write_roster(roster: Roster, path: Path) -> None:
    """Write a roster as a file that `check_folder` and an import read; whole or not at all."""
    write_whole(path, sheet_bytes(ROSTER, assignment_rows(roster.assignments)))


def write_report(report: Report, path: Path) -> None:
    """Write a report as JSON; whole or not at all."""
    write_whole(path, (json.dumps(report, indent=2, allow_nan=False) + "\n").encode())


def _asked(region: Region, rulebook: Path | None, now: datetime | None) -> tuple[Problem, tuple[Rule, ...]]:
    """The problem of the folder's window, and the rules in force on its first day."""
    rules = load_rulebook(rulebook or DEFAULT_PATH, region.window.first)
    problem = region.problem()
    if now is not None:
        problem = frozen_at(problem, now, call_up_term(rules))
    return problem, rules


def _read_roster(path: Path, problem: Problem) -> Roster:
    faults = Faults()
    try:
        data = path.read_bytes()
    except OSError as error:
        why = Sentence("The file cannot be read: %(why)s.", {"why": error.strerror or "?"})
        raise BadFiles((Fault(path.name, None, None, why),), 1) from error
    empty = data == sheet_bytes(ROSTER, [])
    rows = [] if empty else read_sheet(replace(ROSTER, name=path.stem), data, FROM_DISK, faults)
    for row in rows:
        for column, known in (("expert", problem.expert), ("shift", problem.shift)):
            if row[column] not in known:
                unknown = Sentence("There is no %(what)s '%(id)s'.", {"what": column, "id": row[column]})
                faults.add(path.name, row.line, column, unknown)
    if faults.total:
        raise BadFiles(tuple(faults.faults), faults.total)
    return Roster(frozenset(Assignment(row["expert"], row["shift"]) for row in rows))


def _report(status: str, seconds: float, analysis: Analysis) -> dict[str, object]:
    score, coverage = analysis.score, analysis.coverage
    return {
        "status": status,
        "seconds": seconds,
        "score": _levels(score),
        "bound": {"coverage": None, "preference": None},
        "gap": None,
        "coverage": coverage._asdict(),
        "rules": [{"name": r.name, "level": r.level.name.lower(), "amount": r.amount} for r in analysis.per_rule],
        "peak_mb": peak_mb(),
        "model": {"variables": 0, "constraints": 0, "build_seconds": 0.0},
    }


def _mapping(value: object) -> Mapping[str, int]:
    return cast("Mapping[str, int]", value)


def _levels(score: Score) -> dict[str, int]:
    return {"hard": score.hard, "coverage": score.coverage, "preference": score.preference}


def peak_mb() -> float:
    """The most memory that this process used; the system counts in kilobytes, or bytes on macOS."""
    unit = 1_000_000 if sys.platform == "darwin" else 1_024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, 1)
