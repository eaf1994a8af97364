"""How fast is what stands beside the solve: a judgement, an edit, who can take a shift, a repair? Prints p50 and p95.

Usage: python -m tests.benchmarks.beside [--set region] [--seed 1] [--calls 200] [--roster FILE]
"""

import argparse
import gc
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.runs import RunSettings
from scheduler.rules import load_rulebook
from scheduler.rules.analysis import analyse
from scheduler.rules.bench import Bench
from scheduler.rules.bottleneck import bottleneck_at
from scheduler.rules.chains import chains
from scheduler.rules.diagnosis import relaxations
from scheduler.rules.recommend import which_shifts_fit, who_can, why_empty
from scheduler.rules.repair import Moment, repair
from scheduler.rules.rule import Rule
from scheduler.rules.standing import Standing
from scheduler.services.files import generate_folder, read_folder, solve_folder
from web.__main__ import GARBAGE_AFTER

SOLVE_SECONDS = 20.0
TERM = timedelta(days=4)


class Measured:
    """A problem with a roster, and questions drawn at random but the same for each seed."""

    def __init__(self, problem: Problem, roster: Roster, rules: tuple[Rule, ...], seed: int) -> None:
        self.problem, self.roster, self.rules = problem, roster, rules
        self.random = random.Random(seed)
        self.standing = Standing.of(problem, roster, rules)
        self.bench = Bench(problem, roster, rules)
        self.told = sorted(roster.assignments)
        short = [s for s in problem.shifts if len(roster.by_shift.get(s.id, ())) < s.demand.required]
        self.gaps = [s.id for s in short] or [problem.shifts[0].id]

    def full_analysis(self) -> None:
        analyse(self.problem, Roster(self.roster.assignments), self.rules)

    def one_edit(self) -> None:
        """Somebody off a shift, or a random person on one, and the whole judgement anew as others read it."""
        pair = self.random.choice(self.told)
        if self.random.random() < 0.5:
            pair = Assignment(self.random.choice(self.problem.experts).id, self.random.choice(self.problem.shifts).id)
        roster = self.standing.roster.moved_to(self.standing.roster.assignments ^ {pair})
        self.standing = self.standing.moved_to(self.problem, roster)
        assert self.standing.for_others.score

    def who_can_warm(self) -> None:
        shift = self.random.choice(self.problem.shifts).id
        who_can(self.problem, self.bench.roster, shift, self.rules, self.bench)

    def who_can_after_an_edit(self) -> None:
        lost = self.random.choice(self.told)
        moved = self.bench.moved_to(self.roster.moved_to(self.roster.assignments - {lost}))
        who_can(self.problem, moved.roster, lost.shift, self.rules, moved)

    def why_a_gap(self) -> None:
        why_empty(self.problem, self.roster, self.random.choice(self.gaps), self.rules, self.bench)

    def which_fit(self) -> None:
        expert = self.random.choice(self.problem.experts).id
        which_shifts_fit(self.problem, self.roster, expert, self.rules, self.bench)

    def chains_of_two(self) -> None:
        chains(self.roster, self.random.choice(self.gaps), self.bench, lambda _: True)

    def what_would_help(self) -> None:
        relaxations(self.problem, self.roster, self.random.choice(self.gaps), self.bench)

    def bottleneck_of_a_gap(self) -> None:
        bottleneck_at(self.problem, self.roster, self.random.choice(self.gaps), self.bench, lambda _: True)

    def repair_of_a_month(self) -> None:
        """Everything that one expert was to do falls out."""
        out = self.random.choice(sorted(self.roster.by_expert))
        lost = [Assignment(out, shift) for shift in self.roster.by_expert[out]]
        moment = Moment(self.problem.window.midnight(0), TERM)
        repair(self.problem, self.roster, lost, self.rules, moment, bench=self.bench)


def main() -> None:
    """Measure every question on one generated set and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", default="region")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--roster", type=Path, help="a roster of the generated set; solved for 20 seconds without one")
    asked = parser.parse_args()
    gc.set_threshold(GARBAGE_AFTER)
    with tempfile.TemporaryDirectory() as folder:
        problem, roster = _given(Path(folder), asked.set, asked.seed, asked.roster)
    rules = load_rulebook()
    size = f"{len(problem.experts)} x {len(problem.shifts)}, {len(roster.assignments)} assignments, {len(rules)} rules"
    _say(f"{asked.set} {asked.seed}: {size}; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    began = time.perf_counter()
    measured = Measured(problem, roster, rules, asked.seed)
    _say(f"{'laying out':>24} {1000 * (time.perf_counter() - began):9.0f} ms, once per problem")
    few = max(5, asked.calls // 20)
    _say(f"{'':>24} {'wall p50':>9} {'p95':>8} {'cpu p50':>9} {'p95':>8}  ms")
    for question, calls in (
        (measured.full_analysis, few),
        (measured.one_edit, asked.calls),
        (measured.who_can_warm, asked.calls),
        (measured.who_can_after_an_edit, asked.calls),
        (measured.why_a_gap, asked.calls),
        (measured.which_fit, asked.calls),
        (measured.chains_of_two, asked.calls),
        (measured.repair_of_a_month, asked.calls),
        (measured.what_would_help, asked.calls),
        (measured.bottleneck_of_a_gap, asked.calls),
    ):
        _say(_line(question, calls))
    _say(f"load {os.getloadavg()[0]:.1f}")


def _given(folder: Path, kind: str, seed: int, roster: Path | None) -> tuple[Problem, Roster]:
    generate_folder(folder, kind, seed, force=True)
    region, _ = read_folder(folder)
    if roster is None:
        solved = solve_folder(folder, RunSettings(seconds=SOLVE_SECONDS, workers=1, seed=seed)).roster
    else:
        lines = [line.split(",") for line in roster.read_text().splitlines()[1:]]
        solved = Roster(frozenset(Assignment(expert, shift) for expert, shift in lines))
    return replace(region.problem(), published=None), solved


def _line(question: Callable[[], None], calls: int) -> str:
    walls, cpus = [], []
    question()
    gc.collect()
    for _ in range(calls):
        wall, cpu = time.perf_counter(), time.thread_time()
        question()
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.thread_time() - cpu))
    figures = " ".join(f"{_at(values, 50):9.1f} {_at(values, 95):8.1f}" for values in (walls, cpus))
    return f"{question.__name__.replace('_', ' '):>24} {figures}  ({calls} calls)"


def _at(values: list[float], percent: int) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
