"""What does one solver make of one case? A process of its own, which prints one line of JSON.

The keys are those of `scheduler benchmark curtois`, and what else the table shows.
"""

import json
import os
import sys
import time
from importlib import import_module
from pathlib import Path

from scheduler.domain.problem import Problem
from scheduler.domain.runs import RunSettings
from scheduler.exchange.curtois import solution_bytes
from scheduler.optimiser.limits import Limits
from scheduler.optimiser.solve import solve
from scheduler.rules import declare, load_rulebook
from scheduler.rules.index import roster_of
from scheduler.services.benchmark import RULES, read_problem
from scheduler.services.files import peak_mb, read_folder, solve_folder
from scheduler.terms import check
from scheduler.terms.pairs import Model
from tests.benchmarks.cases import Case, Kind, square_of
from tests.benchmarks.peers.found import Asked, Found
from tests.benchmarks.square import POINT, UNFILLED, model_of

OURS, FIRST = "wijkrooster", "first"
"""Our solve, and our solve stopped at its first roster."""

BEGAN = "BENCHMARK_BEGAN"
"""The setting that says when the process was started, by the clock that all processes share and nobody sets."""


def main() -> None:
    """Arguments: solver, kind, path, seconds, workers, seed and where a solution goes."""
    solver, kind, path, seconds, workers, seed, output = sys.argv[1:]
    case = Case(Path(path).name.removesuffix(".txt"), Path(path), Kind(kind))
    began = float(os.environ[BEGAN])
    asked = Asked(began, began + float(seconds), int(workers), int(seed))
    if solver in {OURS, FIRST} and case.kind == Kind.REGION:
        said = _ours_region(case, asked, only_first=solver == FIRST)
    else:
        problem, model = _loaded(case)
        found = _ours(model, asked) if solver == OURS else _peer(solver, model, asked)
        if case.kind == Kind.PUBLIC and found.chosen is not None and problem is not None:
            roster = roster_of(problem, model.pairs, found.chosen)
            Path(output).write_bytes(solution_bytes(problem, roster))
        said = _judged(case, model, found) | {"moves_per_s": found.moves_per_s}
    line = {"instance": case.name, **said, "seconds": round(time.monotonic() - began, 2), "peak_mb": peak_mb()}
    sys.stdout.write(json.dumps(line, allow_nan=False) + "\n")


def _loaded(case: Case) -> tuple[Problem | None, Model]:
    """The model that every solver gets, and the problem behind it."""
    if case.kind == Kind.SQUARE:
        return None, model_of(square_of(case))
    if case.kind == Kind.PUBLIC:
        problem = read_problem(case.path)
        return problem, declare(problem, RULES)
    region, _ = read_folder(case.path)
    problem = region.problem()
    return problem, declare(problem, load_rulebook(day=region.window.first))


def _peer(name: str, model: Model, asked: Asked) -> Found:
    found: Found = import_module(f"tests.benchmarks.peers.{name}").solve(model, asked)
    return found


def _ours(model: Model, asked: Asked) -> Found:
    first = list[float]()
    left = max(0.1, asked.until - time.monotonic())
    outcome = solve(
        model,
        limits=Limits(left, asked.workers, asked.seed),
        progress=lambda _: first.append(time.monotonic() - asked.began),
    )
    bound = outcome.bound.coverage, outcome.bound.preference
    return Found(outcome.status.value, outcome.roster, first[0] if first else None, bound)


def _ours_region(case: Case, asked: Asked, *, only_first: bool) -> dict[str, object]:
    """By the service that the command calls: the rules in words judge."""
    first = list[float]()
    report = solve_folder(
        case.path,
        RunSettings(asked.until - time.monotonic(), asked.workers, asked.seed),
        progress=lambda _: first.append(time.monotonic() - asked.began),
        stop=(lambda: bool(first)) if only_first else None,
    ).report
    score, bound = report["score"], report["bound"]
    assert isinstance(score, dict)
    assert isinstance(bound, dict)
    return _line(
        str(report["status"]), score["hard"], (score["coverage"], score["preference"]),
        (bound["coverage"], bound["preference"]), first[0] if first else None,
    )  # fmt: skip


def _judged(case: Case, model: Model, found: Found) -> dict[str, object]:
    """What the check says of a roster."""
    if found.chosen is None:
        return _line(found.status, None, (None, None), found.bound, None)
    score = check.score(model, found.chosen)
    hard = score.hard - check.settled_hard(model)
    levels: tuple[int, int] = (score.coverage, score.preference)
    bound = found.bound
    if case.kind == Kind.SQUARE:
        levels = score.coverage // (UNFILLED * POINT), (score.coverage + score.preference) // POINT
        bound = _square_bound(bound)
    return _line("broken" if hard else found.status, hard, levels, bound, found.first_s)


def _square_bound(bound: tuple[int | None, int | None]) -> tuple[int | None, int | None]:
    """Shifts that nobody can do, and points of all together."""
    coverage, preference = bound
    unfilled = None if coverage is None else -(-coverage // (UNFILLED * POINT))
    return unfilled, None if coverage is None or preference is None else (coverage + preference) // POINT


def _line(
    status: str,
    hard: int | None,
    levels: tuple[int | None, int | None],
    bound: tuple[int | None, int | None],
    first_s: float | None,
) -> dict[str, object]:
    return {
        "objective": levels[1], "bound": bound[1], "status": status, "hard_violations": hard,
        "coverage": levels[0], "coverage_bound": bound[0], "first_s": None if first_s is None else round(first_s, 1),
    }  # fmt: skip


if __name__ == "__main__":
    main()
