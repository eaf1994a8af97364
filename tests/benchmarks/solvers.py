"""Who is measured? Every solver gets the same case, time, threads and seed, in a process of its own.

A peer is one function more in SOLVERS; whatever it finds is judged here, by the same judge as ours.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.cases import Case
from tests.benchmarks.checker import check_files


@dataclass(frozen=True)
class Budget:
    """What a solver may use."""

    seconds: float
    workers: int
    seed: int


@dataclass(frozen=True)
class Answer:
    """What a solver made of a case. `objective` counts all soft points of a public instance, or preference of a region.

    `broken` is the number of broken hard rules by the judge; `wall_s` is the whole process.
    """

    status: str
    objective: int | None
    bound: int | None
    coverage: int | None
    coverage_bound: int | None
    broken: int | None
    first_s: float | None
    wall_s: float
    peak_mb: float | None

    @property
    def gap(self) -> float | None:
        """How far the answer may be from the best, as a share of it: the larger of the two levels."""
        levels = [(self.objective, self.bound), (self.coverage, self.coverage_bound)]
        known = [(found, bound) for found, bound in levels if found is not None and bound is not None]
        return max((max(0, found - bound) / max(1, found) for found, bound in known), default=None)


class Failed(Exception):
    """A solver gave no answer, or one that the judge does not believe; the table says so and goes on."""


FAILED = Answer("failed", None, None, None, None, None, None, 0.0, None)
Solver = Callable[[Case, Budget, Path], Answer]

_WITH_FIRST_ROSTER = """
import time
began = time.monotonic()
import json, sys
from pathlib import Path
from scheduler.domain.runs import RunSettings
from scheduler.services.files import solve_folder
first = []
report = solve_folder(
    Path(sys.argv[1]), RunSettings(float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])),
    progress=lambda news: first or first.append(round(time.monotonic() - began, 1)),
).report
print(json.dumps(dict(report) | {"first": first[0] if first else None}))
"""


def ours(case: Case, budget: Budget, place: Path) -> Answer:
    """This project, by its own commands."""
    return _ours_public(case, budget, place) if case.is_public else _ours_own(case, budget)


SOLVERS: Mapping[str, Solver] = {
    "wijkrooster": ours,
}
"""By name, in the order of the table."""


def _ours_public(case: Case, budget: Budget, place: Path) -> Answer:
    solution = place / f"{case.name}.csv"
    limits = ("--seconds", str(budget.seconds), "--workers", str(budget.workers), "--seed", str(budget.seed))
    began = time.monotonic()
    said = _python("-m", "scheduler", "benchmark", "curtois", str(case.path), *limits, "--output", str(solution))
    wall, found = time.monotonic() - began, json.loads(said)
    checked = check_files(case.path, solution)
    if checked.objective != found["objective"] or bool(checked.broken) is not bool(found["hard_violations"]):
        raise Failed(f"the command says {said}, and the checker says {checked}")
    return Answer(
        found["status"], checked.objective, found["bound"], None, None, len(checked.broken), None, wall,
        found["peak_mb"],
    )  # fmt: skip


def _ours_own(case: Case, budget: Budget) -> Answer:
    began = time.monotonic()
    asked = (str(case.path), str(budget.seconds), str(budget.workers), str(budget.seed))
    report = json.loads(_python("-c", _WITH_FIRST_ROSTER, *asked))
    score, bound = report["score"], report["bound"]
    return Answer(
        report["status"], score["preference"], bound["preference"], score["coverage"], bound["coverage"], score["hard"],
        report["first"], time.monotonic() - began, report["peak_mb"],
    )  # fmt: skip


def _python(*arguments: str) -> str:
    """The last line that a Python process prints."""
    done = subprocess.run([sys.executable, *arguments], check=False, capture_output=True, text=True)
    if done.returncode:
        raise Failed(done.stderr.strip() or f"exit code {done.returncode}")
    return done.stdout.splitlines()[-1]
