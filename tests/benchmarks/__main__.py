"""How good, how fast, how large? Public instances and generated regions, several seeds, each in a process of its own.

    make bench                                              everything, short: a few minutes
    make bench ARGS="compare --public FOLDER --seeds 1 2 3 4 5 --seconds 60"
    make bench ARGS="compare --public FOLDER --only 2 8 --solvers wijkrooster textbook"
    make bench ARGS="compare --sets district city region --regions 1 2 3 --seconds 60"
    make bench ARGS="targets --public FOLDER --only 2 8 --seeds 1 2 3 4 5"
    make bench ARGS="targets --sets region stress --squares --seeds 1 2 3 4 5 --solvers wijkrooster"
    make bench ARGS="targets --sets --squares 7 8 9 --seeds 1 2 3 4 5"
    make bench ARGS="profile growth --sets district city region nation stress"

`compare` sets our solver beside greedy, plain LNS (on squares), a textbook model for CP-SAT, and Timefold, each case as
long as --seconds says; `targets` as long as its targets say, which takes hours. Both say which targets are reached.
Runs are kept in CSV files, each in place of the same one of before, so a long table can be measured on several days.
`profile` says where the time of a solve goes; `growth` when the first roster is there. A target is judged from the
table, never by an exit code.
"""

import argparse
import math
import os
import platform
import sys
import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import product
from pathlib import Path

from scheduler.services.files import SETS
from tests.benchmarks import scales, table, targets
from tests.benchmarks.cases import Case, Kind, own_case, public_cases, square_case
from tests.benchmarks.kept import keep
from tests.benchmarks.peers.java import version_of_timefold
from tests.benchmarks.solvers import FAILED, SKIPPED, SOLVERS, Budget, Failed, measures, run, without_answer
from tests.benchmarks.square import Square
from tests.benchmarks.table import Run

RESULTS = Path(__file__).parent / "results"
SHORT = ("compare", "profile", "growth")
PARTS = (*SHORT, "targets")
SUPPLIES = {"district": (1.1, 0.75), "city": (1.1, 0.9, 0.75)}
"""Wished hours as a share of what is asked, by set; other sets have plenty."""

SHORT_SECONDS = 15.0
Plan = Iterable[tuple[Case, str, Budget]]
"""Which solver gets which case and time, in order."""

LIBRARIES = ("ortools", "numpy", "numba")


def main() -> None:
    """Measure what is asked and print the tables."""
    asked = _asked()
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    timefold = version_of_timefold()
    _say(f"{os.cpu_count()} cores, Python {platform.python_version()}, {libraries}; Timefold {timefold}")
    seconds = "times of the targets" if asked.parts == ["targets"] else f"{asked.seconds:g} s"
    _say(f"{seconds}, {asked.workers} workers, seeds {' '.join(map(str, asked.seeds))}")
    skipped = {"timefold"} if timefold.startswith(SKIPPED) else set[str]()
    with tempfile.TemporaryDirectory() as place:
        if "compare" in asked.parts:
            cases = _cases(asked, ["district"], Path(place))
            _measure(product(cases, asked.solvers, _budgets(asked, asked.seconds)), skipped, asked.output, Path(place))
        if "targets" in asked.parts:
            _measure(_of_targets(asked, Path(place)), skipped, asked.output / "targets", Path(place))
        if "profile" in asked.parts:
            _profile(asked, Path(place))
        if "growth" in asked.parts:
            _growth(asked, Path(place))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="part", default=SHORT, help=f"which of {', '.join(PARTS)}")
    parser.add_argument("--public", type=Path, help="folder with public instances, as Instance1.txt")
    parser.add_argument("--only", nargs="+", default=[], help="names or numbers of public instances")
    parser.add_argument("--sets", nargs="*", choices=SETS, help="which of our own sets; nothing for none")
    parser.add_argument("--regions", nargs="+", type=int, default=[1], help="seeds of the generated regions")
    parser.add_argument("--squares", nargs="*", type=int, default=[7], help="seeds of the square of 60 x 20 x 600")
    parser.add_argument("--solvers", nargs="+", choices=SOLVERS, default=list(SOLVERS))
    parser.add_argument("--seeds", nargs="+", type=int, default=[1])
    parser.add_argument("--seconds", type=float, default=SHORT_SECONDS)
    parser.add_argument("--at-most", type=float, metavar="SECONDS", help="cut the times of targets: a rehearsal")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--output", type=Path, default=RESULTS, help="the folder in which the CSV files go")
    asked = parser.parse_args()
    if not set(asked.parts) <= set(PARTS):
        parser.error(f"choose from {', '.join(PARTS)}")
    return asked


def _budgets(asked: argparse.Namespace, seconds: float) -> list[Budget]:
    return [Budget(seconds, asked.workers, seed) for seed in asked.seeds]


def _of_targets(asked: argparse.Namespace, place: Path) -> Plan:
    for case in _cases(asked, ["region", "stress"], place):
        most = asked.at_most or math.inf
        for seconds in dict.fromkeys(min(seconds, most) for seconds in targets.seconds_of(case)):
            yield from product([case], asked.solvers, _budgets(asked, seconds))


def _cases(asked: argparse.Namespace, usual: Sequence[str], place: Path) -> list[Case]:
    if asked.public:
        return public_cases(asked.public, asked.only)
    kinds = usual if asked.sets is None else asked.sets
    wanted = [(kind, supply) for kind in kinds for supply in SUPPLIES.get(kind, (1.1,))]
    regions = [own_case(kind, supply, region, place) for kind, supply in wanted for region in asked.regions]
    return regions + [square_case(Square(seed=seed)) for seed in asked.squares]


def _measure(plan: Plan, skipped: set[str], output: Path, place: Path) -> None:
    """Every run is kept as soon as it has ended; then the tables, also of those of other cases and days."""
    name, runs = "", list[Run]()
    for case, solver, budget in plan:
        if measures(solver, case):
            name = "public" if case.kind == Kind.PUBLIC else "own"
            runs = keep([_measured(case, solver, budget, skipped, place)], output / f"{name}.csv")
    if not runs:
        sys.exit("There is nothing to measure: look at --public, --only, --sets and --squares.")
    judged = list(targets.judged(runs))
    _say_all([*table.lines(runs), "", *targets.lines(judged)])
    targets.write(judged, output / f"{name}_targets.csv")


def _measured(case: Case, name: str, budget: Budget, skipped: set[str], place: Path) -> Run:
    load = os.getloadavg()[0]
    try:
        found = without_answer(SKIPPED) if name in skipped else run(name, case, budget, place)
    except Failed as error:
        _say(f"{case.name} {name} seed {budget.seed}: {error}")
        found = without_answer(FAILED)
    measured = Run(case, name, budget, load, found, datetime.now(UTC).date().isoformat())
    _say(table.json_of(measured))
    return measured


def _profile(asked: argparse.Namespace, place: Path) -> None:
    cases = scales.regions(asked.sets or ["district", "city"], asked.regions[:1], place)
    found = [scales.profile_of(case, _budgets(asked, asked.seconds)[0]) for case in cases]
    _say_all(scales.profile_lines(found))
    scales.write_profiles(found, asked.output / "profile.csv")


def _growth(asked: argparse.Namespace, place: Path) -> None:
    cases = scales.regions(asked.sets or ["district", "city", "region"], asked.regions[:1], place)
    found = [scales.first_of(case, budget, place) for case in cases for budget in _budgets(asked, asked.seconds)]
    _say_all(scales.growth_lines(found))
    scales.write_firsts(found, asked.output / "growth.csv")


def _say_all(lines: Iterable[str]) -> None:
    for line in lines:
        _say(line)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
