"""How good, how fast, how large? Public instances and generated regions, several seeds, each in a process of its own.

    make bench                                            our own sets: two regions of each, one seed
    make bench ARGS="--public FOLDER --seeds 1 2 3 4 5"   every instance in a folder, medians and ranges
    make bench ARGS="--public FOLDER --only 2 8 --seconds 120"

A target is judged from the table, never by an exit code.
"""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from itertools import product
from pathlib import Path

from tests.benchmarks import table
from tests.benchmarks.cases import SETS, Case, own_case, public_cases
from tests.benchmarks.solvers import FAILED, SOLVERS, Budget, Failed
from tests.benchmarks.table import Run

RESULTS = Path(__file__).parent / "results"
OWN = (("district", 1.1), ("district", 0.75), ("city", 1.1), ("city", 0.9), ("city", 0.75))
LIBRARIES = ("ortools", "numpy", "numba")


def main() -> None:
    """Measure what is asked and print the table."""
    asked = _asked()
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    _say(f"{os.cpu_count()} cores, Python {platform.python_version()}, {libraries}")
    _say(f"{asked.seconds:g} s, {asked.workers} workers, seeds {' '.join(map(str, asked.seeds))}")
    with tempfile.TemporaryDirectory() as place:
        cases = _cases(asked, Path(place))
        if not cases:
            sys.exit("There is nothing to measure: look at --public, --sets and --only.")
        budgets = [Budget(asked.seconds, asked.workers, seed) for seed in asked.seeds]
        runs = list(_measured(cases, asked.solvers, budgets, Path(place)))
    for line in table.lines(runs):
        _say(line)
    table.write(runs, asked.output or RESULTS / ("public.csv" if asked.public else "own.csv"))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--public", type=Path, help="folder with public instances, as Instance1.txt")
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS), help="which of our own sets")
    parser.add_argument("--regions", nargs="+", type=int, default=[1, 2], help="seeds of the generated regions")
    parser.add_argument("--only", nargs="+", default=[], help="names or numbers of public instances")
    parser.add_argument("--solvers", nargs="+", choices=SOLVERS, default=list(SOLVERS))
    parser.add_argument("--seeds", nargs="+", type=int, default=[1])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--output", type=Path, help="where the CSV of all runs goes")
    return parser.parse_args()


def _cases(asked: argparse.Namespace, place: Path) -> list[Case]:
    if asked.public:
        return public_cases(asked.public, asked.only)
    wanted = [(kind, supply) for kind, supply in OWN if kind in asked.sets]
    return [own_case(kind, supply, region, place) for kind, supply in wanted for region in asked.regions]


def _measured(cases: Sequence[Case], solvers: Sequence[str], budgets: Sequence[Budget], place: Path) -> Iterator[Run]:
    for case, name, budget in product(cases, solvers, budgets):
        load = os.getloadavg()[0]
        try:
            found = SOLVERS[name](case, budget, place)
        except Failed as error:
            _say(f"  {case.name} {name} seed {budget.seed}: {error}")
            found = FAILED
        _say(
            f"  {case.name} {name} seed {budget.seed}: {found.status}, {found.objective} (bound {found.bound}),"
            f" {found.broken} broken, {found.wall_s:.1f} s, {found.peak_mb} MB, load {load:.1f}"
        )
        yield Run(case, name, budget, load, found)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
