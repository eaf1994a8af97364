"""Which drills are there, and how are they run? `python -m tests.drills [NAME ...] [--rounds N] [--engine E]`."""

import argparse
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.drills import kill_web, kill_worker
from tests.drills.report import Count, Result, details, keep, table
from tests.drills.town import ENGINES, Yard

Run = Callable[[Yard, int, random.Random, str], Count]


@dataclass(frozen=True)
class Drill:
    """One drill: how it runs, how often in the long form, and the faults that it must find, by engine."""

    name: str
    promise: str
    run: Run
    rounds: int
    controls: dict[str, tuple[str, ...]]


DRILLS = (
    Drill(
        "kill-web",
        "what the web server acknowledged is there after kill -9, whole and once",
        kill_web.run,
        10,
        {"sqlite": ("cache", "autocommit", "no_keys"), "postgresql": ("no_keys",)},
    ),
    Drill(
        "kill-worker",
        "a run whose worker is killed anywhere is finished by another",
        kill_worker.run_kills,
        12,
        {engine: ("no_recovery",) for engine in ENGINES},
    ),
    Drill(
        "freeze-worker",
        "a worker that slept longer than its lease has nothing to say about its run any more",
        kill_worker.run_freezes,
        3,
        {engine: ("no_fence",) for engine in ENGINES},
    ),
)


def perform(drill: Drill, yard: Yard, rounds: int, seed: int) -> Result:
    """Run a drill on the product as it is, then with each fault planted."""
    began = time.monotonic()
    count = drill.run(yard, rounds, random.Random(seed), "")
    controls = {fault: drill.run(yard, rounds, random.Random(seed), fault) for fault in drill.controls[yard.engine]}
    return Result(drill.name, yard.engine, seed, count, controls, time.monotonic() - began)


def main() -> int:
    """Run the chosen drills, print one table, keep the results; 1 when anything was lost or a fault was missed."""
    chosen = _arguments()
    results = []
    for engine in chosen.engine or ["sqlite"]:
        with Yard(engine) as yard:
            for drill in DRILLS:
                if engine in drill.controls and drill.name in (chosen.names or [d.name for d in DRILLS]):
                    sys.stderr.write(f"{drill.name} on {engine}: {drill.promise} ...\n")
                    result = perform(drill, yard, chosen.rounds or drill.rounds, chosen.seed)
                    results.append(result)
                    keep([result])
    sys.stdout.write(table(results) + "\n")
    sys.stdout.write("".join(f"{text}\n" for result in results if (text := details(result))))
    sys.stdout.write(f"seed {chosen.seed}\n")
    return 0 if all(result.passed for result in results) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.drills", description="Break things on purpose.")
    parser.add_argument("names", nargs="*", choices=[drill.name for drill in DRILLS], metavar="NAME")
    parser.add_argument("--rounds", type=int, help="rounds of each drill; its own number without")
    parser.add_argument("--engine", action="append", choices=ENGINES, help="once or twice; sqlite without")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
