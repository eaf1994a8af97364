"""How good, how fast, how large? District and city, several seeds, each in a process of its own; prints a table."""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

RESULTS = Path(__file__).parent / "results" / "solve.csv"
COLUMNS = (
    "set", "seed", "supply", "load", "first_s", "coverage", "coverage_bound", "preference", "preference_bound", "gap",
    "seconds", "wall_s", "peak_mb", "status",
)  # fmt: skip
CASES = (
    ("district", 1, 1.1), ("district", 2, 1.1), ("district", 3, 0.75),
    ("city", 1, 1.1), ("city", 2, 0.75), ("city", 3, 1.1), ("city", 4, 0.9), ("city", 5, 0.75),
)  # fmt: skip
_MEASURE = """
import time
began = time.monotonic()
import json, sys
from pathlib import Path
from scheduler.domain.runs import RunSettings
from scheduler.services.files import solve_folder
first = []
report = solve_folder(
    Path(sys.argv[1]), RunSettings(seconds=float(sys.argv[2]), workers=int(sys.argv[3]), seed=1),
    progress=lambda news: first or first.append(round(time.monotonic() - began, 1)),
).report
print(json.dumps(dict(report) | {"first": first[0] if first else None}))
"""


def main() -> None:
    """Solve every case and say what came of it; a target is judged from the table, never by an exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", default="", help="one set: district or city")
    asked = parser.parse_args()
    _say(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, {asked.seconds:g} s, {asked.workers} workers")
    _say(" ".join(f"{name:>16}" for name in COLUMNS))
    rows = []
    for row in _measured(asked.seconds, asked.workers, asked.only):
        rows.append(row)
        _say(" ".join(f"{row[name]!s:>16}" for name in COLUMNS))
    RESULTS.parent.mkdir(exist_ok=True)
    with RESULTS.open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)


def _measured(seconds: float, workers: int, only: str) -> Iterator[dict[str, object]]:
    for kind, seed, supply in CASES:
        if only and kind != only:
            continue
        asked = {"set": kind, "seed": seed, "supply": supply, "load": f"{os.getloadavg()[0]:.1f}"}
        with tempfile.TemporaryDirectory() as folder:
            made = ("--set", kind, "--seed", str(seed), "--supply", str(supply), folder)
            _run("-m", "scheduler", "generate", *made)
            began = time.monotonic()
            report = json.loads(_run("-c", _MEASURE, folder, str(seconds), str(workers)).splitlines()[-1])
            yield asked | _row(report) | {"wall_s": f"{time.monotonic() - began:.1f}"}


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _row(report: dict[str, dict[str, object]]) -> dict[str, object]:
    score, bound, gap = report["score"], report["bound"], report["gap"]
    return {
        "first_s": report["first"], "coverage": score["coverage"], "coverage_bound": bound["coverage"],
        "preference": score["preference"], "preference_bound": bound["preference"],
        "gap": "none" if gap is None else f"{gap:.3f}", "seconds": report["seconds"],
        "peak_mb": report["peak_mb"], "status": report["status"],
    }  # fmt: skip


def _run(*arguments: str) -> str:
    return subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
