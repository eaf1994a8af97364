"""Who is measured? Every solver gets the same case, time, threads and seed, in a process of its own.

A peer is one module more in `peers`; whatever it finds is judged by the same judge as ours.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.benchmarks.cases import Case, Kind
from tests.benchmarks.checker import check_files
from tests.benchmarks.one import BEGAN, OURS

PATIENCE, STARTING = 3, 240
"""A solver that has not ended after so many times its limit and so many seconds has no answer."""


@dataclass(frozen=True)
class Budget:
    """What a solver may use."""

    seconds: float
    workers: int
    seed: int


@dataclass(frozen=True)
class Answer:
    """What a solver made of a case.

    `objective` counts all soft points of a public instance or a square, or the preference of a region; `coverage` the
    points of places left empty in a region, or the shifts left empty in a square. `broken` is the number of broken hard
    rules by the judge; `wall_s` is the whole process; `moves_per_s` is what a local search says of its speed.
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
    moves_per_s: int | None = None

    @property
    def open(self) -> int | None:
        """What is left empty although it could be filled, in the points of `coverage`, as far as the bound tells."""
        found, bound = self.coverage, self.coverage_bound
        return None if found is None or bound is None else max(0, found - bound)

    @property
    def gap(self) -> float | None:
        """How far the answer may be from the best, as a share of it: the larger of the two levels."""
        levels = [(self.objective, self.bound), (self.coverage, self.coverage_bound)]
        asked = [(found, bound) for found, bound in levels if found is not None]
        gaps = [max(0, found - bound) / max(1, found) for found, bound in asked if bound is not None]
        return max(gaps) if len(gaps) == len(asked) > 0 else None


class Failed(Exception):
    """A solver gave no answer, or one that the judge does not believe; the table says so and goes on."""


SOLVERS = (OURS, "greedy", "lns", "textbook", "timefold")
"""In the order of the table."""


def measures(solver: str, case: Case) -> bool:
    """Plain LNS writes the whole model anew for each cell, so it is for the squares on which it was first measured."""
    return solver != "lns" or case.kind == Kind.SQUARE


SKIPPED, FAILED = "skipped", "failed"
"""What stands for an answer when there is none to judge."""


def without_answer(status: str) -> Answer:
    """For a solver that failed or was skipped."""
    return Answer(status, None, None, None, None, None, None, 0.0, None)


def run(solver: str, case: Case, budget: Budget, place: Path) -> Answer:
    """The answer of a solver; Failed when there is none."""
    solution = place / f"{case.name}.csv"
    solution.unlink(missing_ok=True)
    limits, began = (budget.seconds, budget.workers, budget.seed), time.monotonic()
    if solver == OURS and case.kind == Kind.PUBLIC:
        options = zip(("--seconds", "--workers", "--seed"), map(str, limits), strict=True)
        words = ["scheduler", "benchmark", "curtois", str(case.path), *(w for option in options for w in option)]
        said = said_by([*words, "--output", str(solution)], budget)
    else:
        words = ["tests.benchmarks.one", solver, case.kind, str(case.path), *map(str, limits), str(solution)]
        said = said_by(words, budget)
    answer = _checked(case, said, solution) if solution.exists() else _answer(said)
    return replace(answer, wall_s=round(time.monotonic() - began, 1))


def _answer(said: dict[str, Any]) -> Answer:
    return Answer(
        said["status"], said["objective"], said["bound"], said.get("coverage"), said.get("coverage_bound"),
        said["hard_violations"], said.get("first_s"), said["seconds"], said["peak_mb"],
        said.get("moves_per_s"),
    )  # fmt: skip


def _checked(case: Case, said: dict[str, Any], solution: Path) -> Answer:
    """Objective and breaches of a public instance come from the independent checker, and must be what was said."""
    checked = check_files(case.path, solution)
    if checked.objective != said["objective"] or bool(checked.broken) is not bool(said["hard_violations"]):
        raise Failed(f"the solver says {said}, and the checker says {checked}")
    return replace(_answer(said), coverage=None, coverage_bound=None, broken=len(checked.broken))


def said_by(words: Sequence[str], budget: Budget) -> dict[str, Any]:
    """The JSON in the last line that a Python module prints; Failed when it breaks or takes too long."""
    patience = PATIENCE * budget.seconds + STARTING
    try:
        done = subprocess.run(
            [sys.executable, "-m", *words], check=False, capture_output=True, text=True, timeout=patience,
            env={**os.environ, BEGAN: str(time.monotonic())},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise Failed(f"nothing within {patience:g} s") from error
    if done.returncode:
        raise Failed(done.stderr.strip() or f"exit code {done.returncode}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
