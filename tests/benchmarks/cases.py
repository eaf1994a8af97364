"""What is measured: public instances in a folder, generated regions, and the square of the first prototypes."""

import csv
import re
import subprocess
import sys
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from tests.benchmarks.square import Square


class Kind(StrEnum):
    """Where a case comes from, which says how it is read and judged."""

    PUBLIC = "public"
    REGION = "region"
    SQUARE = "square"


@dataclass(frozen=True)
class Case:
    """One question for every solver: an instance in a file, a region in a folder, or a square in numbers."""

    name: str
    path: Path
    kind: Kind
    best_known: int | None = None

    @property
    def number(self) -> int | None:
        """The first number in the name of its file."""
        found = re.search(r"\d+", self.path.stem)
        return int(found[0]) if found else None


def public_cases(folder: Path, only: list[str]) -> list[Case]:
    """Every text file of a folder, by number; `best_known.csv` in it or beside it says what others have found."""
    known = _best_known(folder)
    found = [Case(file.stem, file, Kind.PUBLIC) for file in folder.glob("*.txt")]
    found = [replace(case, best_known=known.get(case.number or 0)) for case in found]
    wanted = [case for case in found if not only or case.name in only or str(case.number) in only]
    return sorted(wanted, key=lambda case: (case.number or 0, case.name))


def square_case(square: Square) -> Case:
    """A square; its path is its numbers."""
    numbers = (square.experts, square.venues, square.shifts, square.seed)
    name = "x".join(map(str, numbers[:3])) + f"-{square.seed}"
    return Case(name, Path("-".join(map(str, numbers))), Kind.SQUARE)


def square_of(case: Case) -> Square:
    """The square of a case."""
    return Square(*map(int, case.path.name.split("-")))


def own_case(kind: str, supply: float, seed: int, place: Path) -> Case:
    """A region of one of SETS, generated into a folder of its own."""
    name = f"{kind}-{supply:g}-{seed}"
    folder = place / name
    made = ("--force", "--set", kind, "--supply", str(supply), "--seed", str(seed), str(folder))
    subprocess.run([sys.executable, "-m", "scheduler", "generate", *made], check=True, capture_output=True)
    return Case(name, folder, Kind.REGION)


def _best_known(folder: Path) -> dict[int, int]:
    for place in (folder, folder.parent):
        if (place / "best_known.csv").is_file():
            with (place / "best_known.csv").open(newline="") as file:
                return {int(row["instance"]): int(row["best_known"]) for row in csv.DictReader(file)}
    return {}
