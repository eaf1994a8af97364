"""How do time and memory grow with the region: each step of a solve, and the way to the first roster?"""

import csv
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.benchmarks.cases import Case, own_case
from tests.benchmarks.one import FIRST
from tests.benchmarks.solvers import Budget, run, said_by

LONGEST_S = 600.0
"""So long may a first roster take; the solve is stopped there, and what a solve may use else does not matter."""

LEAST_SHARE = 0.01
"""Steps that take less of the whole at every size are left out of the printed table; the CSV has them."""


@dataclass(frozen=True)
class Profile:
    """How large a region is, and how long each step of a solve of it took."""

    name: str
    load: float
    experts: int
    shifts: int
    pairs: int
    terms: int
    peak_mb: float
    seconds: Mapping[str, float]


@dataclass(frozen=True)
class First:
    """How large a region is, and when its first roster was there, in seconds from the start of the process."""

    name: str
    load: float
    experts: int
    first_s: float | None
    wall_s: float
    peak_mb: float | None


def profile_of(case: Case, budget: Budget) -> Profile:
    """The steps of one solve."""
    load = round(os.getloadavg()[0], 1)
    words = ["tests.benchmarks.steps", str(case.path), str(budget.seconds), str(budget.workers), str(budget.seed)]
    return Profile(case.name, load, **said_by(words, budget))


def first_of(case: Case, budget: Budget, place: Path) -> First:
    """A solve that is stopped at its first roster."""
    load = round(os.getloadavg()[0], 1)
    answer = run(FIRST, case, replace(budget, seconds=LONGEST_S), place)
    with (case.path / "experts.csv").open(newline="") as file:
        experts = sum(1 for _ in csv.reader(file)) - 1
    return First(case.name, load, experts, answer.first_s, answer.wall_s, answer.peak_mb)


def profile_lines(profiles: Sequence[Profile]) -> Iterator[str]:
    """One line per step, one column per region; what matters nowhere is left out."""
    yield _line("", [profile.name for profile in profiles])
    for name in ("load", "experts", "shifts", "pairs", "terms", "peak_mb"):
        yield _line(name, [f"{getattr(profile, name):g}" for profile in profiles])
    for step in dict.fromkeys(step for profile in profiles for step in profile.seconds):
        if any(p.seconds.get(step, 0.0) >= LEAST_SHARE * max(p.seconds.values()) for p in profiles):
            yield _line(step, [f"{p.seconds[step]:.2f} s" if step in p.seconds else "" for p in profiles])


def growth_lines(firsts: Iterable[First]) -> Iterator[str]:
    """One line per region."""
    yield _line("first roster", ["experts", "first s", "wall s", "peak MB", "load"])
    for first in firsts:
        yield _line(first.name, [str(first.experts), f"{first.first_s}", f"{first.wall_s}", f"{first.peak_mb}",
                                 f"{first.load}"])  # fmt: skip


def write_profiles(profiles: Sequence[Profile], path: Path) -> None:
    """A row per region and step."""
    rows = [
        [p.name, p.load, p.experts, p.shifts, p.pairs, p.terms, p.peak_mb, step, round(seconds, 3)]
        for p in profiles
        for step, seconds in p.seconds.items()
    ]
    _write(path, ["case", "load", "experts", "shifts", "pairs", "terms", "peak_mb", "step", "seconds"], rows)


def write_firsts(firsts: Sequence[First], path: Path) -> None:
    """A row per region."""
    rows = [[f.name, f.load, f.experts, f.first_s, f.wall_s, f.peak_mb] for f in firsts]
    _write(path, ["case", "load", "experts", "first_s", "wall_s", "peak_mb"], rows)


def regions(sets: Sequence[str], seeds: Sequence[int], place: Path) -> Iterator[Case]:
    """One region of each set and seed with plenty of people."""
    for kind in sets:
        for seed in seeds:
            yield own_case(kind, 1.1, seed, place)


def _write(path: Path, header: list[str], rows: Iterable[Sequence[object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def _line(name: str, cells: Iterable[str]) -> str:
    return (name.ljust(30) + "".join(cell.rjust(16) for cell in cells)).rstrip()
