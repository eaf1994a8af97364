"""Does the bench measure what it is asked, and keep it?"""

import csv
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks import __main__ as bench
from tests.benchmarks.cases import Case, Kind, square_case
from tests.benchmarks.instances import TINY
from tests.benchmarks.kept import keep, kept
from tests.benchmarks.solvers import Answer, Budget
from tests.benchmarks.square import Square
from tests.benchmarks.table import Run

pytestmark = pytest.mark.slow


def bench_of(monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    monkeypatch.setattr(sys, "argv", ["bench", *words])
    bench.main()


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(newline="") as lines:
        return list(csv.DictReader(lines))


def test_targets_are_measured_with_their_own_times_and_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "Instance10.txt").write_text(TINY)
    (tmp_path / "Instance21.txt").write_text(TINY)
    solvers = ("--solvers", "wijkrooster", "greedy", "lns")
    words = ("targets", "--public", str(tmp_path), "--only", "10", "--at-most", "2", *solvers)
    bench_of(monkeypatch, *words, "--output", str(tmp_path / "results"))
    runs = rows_of(tmp_path / "results" / "targets" / "public.csv")
    assert [(row["case"], row["solver"], row["seconds"], row["seed"]) for row in runs] == [
        ("Instance10", solver, "2.0", "1") for solver in ("wijkrooster", "greedy")
    ]
    again = kept(tmp_path / "results" / "targets" / "public.csv")
    assert [(run.case.kind, run.case.number, run.solver, str(run.answer.objective)) for run in again] == [
        (Kind.PUBLIC, 10, row["solver"], row["objective"]) for row in runs
    ]
    judged = rows_of(tmp_path / "results" / "targets" / "public_targets.csv")
    assert [(row["target"], row["of"]) for row in judged] == [
        ("from best known or bound", "60"), ("runs broken or wrongly counted", "2.0"), ("better than greedy", "2.0")
    ]  # fmt: skip
    assert judged[1]["verdict"] == ("reached" if runs[0]["broken"] == "0" else "missed")
    assert capsys.readouterr().out.splitlines()[-1].endswith("not yet")


def test_the_first_roster_is_waited_for_however_short_the_solve(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench_of(monkeypatch, "growth", "--sets", "district", "--seconds", "0.1", "--output", str(tmp_path))
    (first,) = rows_of(tmp_path / "growth.csv")
    assert float(first["first_s"]) > 0


def test_growth_and_profile_have_a_row_for_each_region(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench_of(monkeypatch, "profile", "growth", "--sets", "district", "--seconds", "3", "--output", str(tmp_path))
    (first,) = rows_of(tmp_path / "growth.csv")
    assert (first["case"], first["experts"]) == ("district-1.1-1", "24")
    assert 0 < float(first["first_s"]) <= float(first["wall_s"])
    steps = {row["step"]: float(row["seconds"]) for row in rows_of(tmp_path / "profile.csv")}
    assert {"read", "declare", "table", "greedy", "check", "analysis"} <= set(steps)
    assert 0.5 < sum(seconds for step, seconds in steps.items() if step.startswith("solve: ")) < 6


def test_a_run_takes_the_place_of_the_same_one_of_before_and_leaves_others(tmp_path: Path) -> None:
    file = tmp_path / "results" / "own.csv"
    answer = Answer("feasible", 120, 100, 3, 2, 0, 0.5, 61.25, 400.5, None)
    square = Run(square_case(Square(seed=8)), "timefold", Budget(60, 2, 1), 1.5, answer, "2026-11-22")
    region = Run(Case("region-1.1-1", Path("region-1.1-1"), Kind.REGION), "greedy", Budget(60, 2, 2), 1.5, answer)
    assert kept(file) == []
    assert keep([square, region], file) == kept(file) == [region, square]
    later = replace(square, day="2026-11-23", load=0.25, answer=replace(answer, objective=None, bound=None))
    assert keep([later], file) == kept(file) == [region, later]
