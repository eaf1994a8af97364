"""Which drills are there, and how are they run? `python -m tests.drills [NAME ...] [--rounds N] [--engine E]`."""

import argparse
import random
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from tests.drills import double_booking, kill_import, kill_web, kill_worker, lost_update, same_key, synced
from tests.drills.report import Count, Result, details, keep, table
from tests.drills.town import ENGINES, Yard

Run = Callable[[Yard, int, random.Random, str], Count]
MOST_CONTROL_ROUNDS = 6


@dataclass(frozen=True)
class Drill:
    """One drill: how it runs, its rounds in the long and the short form, and the faults it must find, by engine."""

    name: str
    promise: str
    run: Run
    rounds: int
    short: int
    sqlite: tuple[str, ...]
    postgresql: tuple[str, ...] = ()

    def controls(self, engine: str) -> tuple[str, ...]:
        """The faults that are planted on an engine; without one the drill says nothing there and is left out."""
        return self.sqlite if engine == "sqlite" else self.postgresql


DRILLS = (
    Drill(
        "kill-web",
        "what the web server acknowledged is there after kill -9, whole and once",
        kill_web.run,
        rounds=20,
        short=2,
        sqlite=("cache", "autocommit", "no_keys"),
        postgresql=("autocommit", "no_keys"),
    ),
    Drill(
        "kill-worker",
        "a run whose worker is killed anywhere is finished by another",
        kill_worker.run_kills,
        rounds=24,
        short=1,
        sqlite=("no_recovery",),
        postgresql=("no_recovery",),
    ),
    Drill(
        "freeze-worker",
        "a worker that slept longer than its lease has nothing to say about its run any more",
        kill_worker.run_freezes,
        rounds=5,
        short=1,
        sqlite=("no_fence",),
        postgresql=("no_fence",),
    ),
    Drill(
        "kill-import",
        "an import that is killed is all there or not at all",
        kill_import.run,
        rounds=15,
        short=1,
        sqlite=("autocommit",),
        postgresql=("autocommit",),
    ),
    Drill(
        "bad-row",
        "an import with one bad row anywhere stores nothing and names the row",
        kill_import.run_faults,
        rounds=15,
        short=1,
        sqlite=("lenient",),
        postgresql=("lenient",),
    ),
    Drill(
        "same-key",
        "a form that eight browsers send at once under one key happens once",
        same_key.run,
        rounds=30,
        short=3,
        sqlite=("no_keys",),
        postgresql=("no_keys",),
    ),
    Drill(
        "lost-update",
        "of two who save one edition at once, one is told so and nothing is lost",
        lost_update.run,
        rounds=200,
        short=3,
        sqlite=("no_editions",),
        postgresql=("no_editions",),
    ),
    Drill(
        "double-booking",
        "racing planners never put one person in two places at once",
        double_booking.run,
        rounds=4,
        short=1,
        sqlite=("no_guard",),
        postgresql=("no_guard",),
    ),
    Drill(
        "synced",
        "the disk has it before the browser hears that it is done",
        synced.run,
        rounds=100,
        short=10,
        sqlite=("lazy",),
    ),
)


def perform(drill: Drill, yard: Yard, rounds: int, seed: int, *, short: bool = False) -> Result:
    """Run a drill on the product as it is, then with each fault planted; short: with the first one, both at once."""
    began = time.monotonic()
    faults = drill.controls(yard.engine)[: 1 if short else None]
    plans = [("", rounds), *((fault, max(rounds, MOST_CONTROL_ROUNDS)) for fault in faults)]
    runs = [partial(drill.run, yard, times, random.Random(seed), fault) for fault, times in plans]
    with ThreadPoolExecutor(len(runs) if short else 1) as pool:
        counts = [future.result() for future in [pool.submit(run) for run in runs]]
    controls = dict(zip(faults, counts[1:], strict=True))
    return Result(drill.name, yard.engine, seed, counts[0], controls, time.monotonic() - began)


def main() -> int:
    """Run the chosen drills, print one table, keep the results; 1 when anything was lost or a fault was missed."""
    chosen = _arguments()
    results = []
    for engine in chosen.engine or ["sqlite"]:
        wanted = [
            d for d in DRILLS if d.controls(engine) and d.name in (chosen.names or [known.name for known in DRILLS])
        ]
        with Yard(engine) as yard:
            for drill in wanted:
                sys.stderr.write(f"{drill.name} on {engine}: {drill.promise} ...\n")
                result = perform(drill, yard, chosen.rounds or drill.rounds, chosen.seed)
                results.append(result)
                keep([result])
    sys.stdout.write(table(results) + "\n")
    sys.stdout.write("".join(f"{text}\n" for result in results if (text := details(result))))
    sys.stdout.write(f"seed {chosen.seed}\n")
    return 0 if results and all(result.passed for result in results) else 1


def _arguments() -> argparse.Namespace:
    known = "\n".join(f"  {drill.name:<15} {drill.promise}" for drill in DRILLS)
    parser = argparse.ArgumentParser(
        prog="python -m tests.drills",
        description=f"Break things on purpose and count what was lost.\n\n{known}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="which drills; all of them without")
    parser.add_argument("--rounds", type=int, help="rounds of each drill; its own number without")
    parser.add_argument("--engine", action="append", choices=ENGINES, help="may come twice; sqlite without")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    chosen = parser.parse_args()
    if unknown := set(chosen.names) - {drill.name for drill in DRILLS}:
        parser.error(f"there is no drill {', '.join(sorted(unknown))}")
    return chosen


if __name__ == "__main__":
    sys.exit(main())
