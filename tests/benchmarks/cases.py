"""What is measured: public instances in a folder, and regions that are generated for the occasion."""

import csv
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SETS = ("district", "city")


@dataclass(frozen=True)
class Case:
    """One question for every solver: a public instance in a file, or a region in a folder."""

    name: str
    path: Path
    is_public: bool
    best_known: int | None = None


def public_cases(folder: Path, only: list[str]) -> list[Case]:
    """Every text file of a folder, by number; `best_known.csv` in it or beside it says what others have found."""
    known = _best_known(folder)
    files = sorted(folder.glob("*.txt"), key=lambda file: (_number(file) or 0, file.name))
    found = [Case(file.stem, file, is_public=True, best_known=known.get(_number(file) or 0)) for file in files]
    return [case for case in found if not only or case.name in only or str(_number(case.path)) in only]


def own_case(kind: str, supply: float, seed: int, place: Path) -> Case:
    """A region of one of SETS, generated into a folder of its own."""
    name = f"{kind}-{supply:g}-{seed}"
    folder = place / name
    made = ("--set", kind, "--supply", str(supply), "--seed", str(seed), str(folder))
    subprocess.run([sys.executable, "-m", "scheduler", "generate", *made], check=True, capture_output=True)
    return Case(name, folder, is_public=False)


def _number(file: Path) -> int | None:
    found = re.search(r"\d+", file.stem)
    return int(found[0]) if found else None


def _best_known(folder: Path) -> dict[int, int]:
    for place in (folder, folder.parent):
        if (place / "best_known.csv").is_file():
            with (place / "best_known.csv").open(newline="") as file:
                return {int(row["instance"]): int(row["best_known"]) for row in csv.DictReader(file)}
    return {}
