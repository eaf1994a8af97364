"""Does the table of targets say what the runs say?"""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks.cases import Case, Kind, square_case
from tests.benchmarks.solvers import FAILED, SKIPPED, Answer, Budget, without_answer
from tests.benchmarks.square import Square
from tests.benchmarks.table import Run
from tests.benchmarks.targets import Verdict, judged, lines, seconds_of, write

ANSWER = Answer("feasible", 1000, 990, 0, 0, 0, 1.0, 60.0, 300.0)


def public(number: int, best_known: int = 1000) -> Case:
    return Case(f"Instance{number}", Path(f"Instance{number}.txt"), Kind.PUBLIC, best_known)


def region(kind: str) -> Case:
    return Case(f"{kind}-1.1-1", Path(f"{kind}-1.1-1"), Kind.REGION)


def run_of(case: Case, answer: Answer = ANSWER, seconds: float = 60, solver: str = "wijkrooster", seed: int = 1) -> Run:
    return Run(case, solver, Budget(seconds, 2, seed), 0.5, answer)


def verdicts(*runs: Run) -> dict[str, Verdict]:
    return {one.target: one.verdict for one in judged(runs)}


def test_the_times_of_a_case_are_those_of_its_targets() -> None:
    assert seconds_of(public(2)) == [60]
    assert seconds_of(public(22)) == [60, 1800]
    assert seconds_of(region("region")) == [60, 300]
    assert seconds_of(region("district")) == []
    assert seconds_of(square_case(Square())) == [60]


@pytest.mark.parametrize(
    ("objective", "bound", "verdict"),
    [(1005, 900, Verdict.REACHED), (1006, 900, Verdict.MISSED), (1100, 1095, Verdict.REACHED)],
)
def test_near_the_best_known_or_near_the_bound_is_reached(objective: int, bound: int, verdict: Verdict) -> None:
    found = verdicts(run_of(public(10), replace(ANSWER, objective=objective, bound=bound)))
    assert found["from best known or bound"] == verdict


def test_of_several_seeds_the_median_counts_and_a_run_without_a_roster_counts_as_the_worst() -> None:
    case, none = public(14), replace(ANSWER, objective=None, broken=None)
    runs = [run_of(case, replace(ANSWER, objective=1000 + 5 * seed), 120, seed=seed) for seed in (1, 2)]
    assert verdicts(*runs, run_of(case, none, 120, seed=3))["above best known"] == Verdict.REACHED
    assert verdicts(*runs, *[run_of(case, none, 120, seed=seed) for seed in (3, 4)])["above best known"] == "missed"


def test_a_roster_that_breaks_a_rule_reaches_nothing() -> None:
    found = verdicts(run_of(public(10), replace(ANSWER, broken=1)))
    assert set(found.values()) == {Verdict.MISSED}


def test_with_less_time_than_a_target_allows_it_is_not_missed_yet() -> None:
    case = public(18)
    assert verdicts(run_of(case, replace(ANSWER, objective=1031)))["above best known"] == Verdict.NOT_YET
    assert verdicts(run_of(case, replace(ANSWER, objective=1030)))["above best known"] == Verdict.REACHED
    late = [run_of(case, replace(ANSWER, objective=1031), 600), run_of(case)]
    assert verdicts(*late)["above best known"] == Verdict.MISSED


def test_a_region_is_asked_for_cover_memory_and_a_first_roster() -> None:
    case, poor = region("region"), replace(ANSWER, coverage=100, coverage_bound=90, peak_mb=1501.0, first_s=3.1)
    short = verdicts(run_of(case, poor))
    assert short["coverable points empty"] == Verdict.MISSED
    assert short["first roster s"] == Verdict.MISSED
    assert short["peak MB"] == Verdict.NOT_YET
    good = replace(poor, coverage_bound=100, peak_mb=1500.0, first_s=3.0)
    assert set(verdicts(run_of(case, good), run_of(case, good, 300)).values()) == {Verdict.REACHED}


@pytest.mark.parametrize(
    ("theirs", "verdict"),
    [
        (replace(ANSWER, objective=1001), Verdict.REACHED),
        (replace(ANSWER, objective=999), Verdict.MISSED),
        (replace(ANSWER, objective=1000), Verdict.MISSED),
        (replace(ANSWER, objective=10, broken=3), Verdict.REACHED),
        (without_answer("unknown"), Verdict.REACHED),
    ],
)
def test_a_peer_is_beaten_by_a_better_roster_that_breaks_nothing(theirs: Answer, verdict: Verdict) -> None:
    case = public(10)
    assert verdicts(run_of(case), run_of(case, theirs, solver="textbook"))["better than textbook"] == verdict


def test_a_peer_may_be_equal_where_the_roster_is_proven_to_be_the_best() -> None:
    case = public(1)
    best, theirs = run_of(case, replace(ANSWER, status="optimal")), run_of(case, solver="timefold")
    assert verdicts(best, theirs)["better than timefold"] == Verdict.REACHED


def test_coverage_comes_before_preference_beside_a_peer() -> None:
    case = region("city")
    ours, theirs = replace(ANSWER, coverage=5), replace(ANSWER, coverage=6, objective=1)
    assert verdicts(run_of(case, ours), run_of(case, theirs, solver="timefold"))["better than timefold"] == "reached"


@pytest.mark.parametrize(("objective", "verdict"), [(949, Verdict.REACHED), (950, Verdict.MISSED)])
def test_on_a_square_five_per_cent_less_than_plain_lns_is_asked(objective: int, verdict: Verdict) -> None:
    case = square_case(Square())
    runs = run_of(case, replace(ANSWER, objective=objective)), run_of(case, solver="lns")
    assert verdicts(*runs)["better than lns by 5%"] == verdict


@pytest.mark.parametrize(("objective", "verdict"), [(9437, Verdict.REACHED), (9438, Verdict.MISSED)])
def test_the_first_prototype_is_to_be_beaten_by_five_per_cent_on_its_own_square(
    objective: int, verdict: Verdict
) -> None:
    answer, words = replace(ANSWER, objective=objective), "share of the prototype's points"
    assert verdicts(run_of(square_case(Square()), answer))[words] == verdict
    assert words not in verdicts(run_of(square_case(Square(seed=8)), answer))


@pytest.mark.parametrize("status", [SKIPPED, FAILED])
def test_nothing_is_claimed_beside_a_peer_that_was_skipped_or_fell_over(status: str) -> None:
    case = public(10)
    runs = run_of(case), run_of(case, without_answer(status), solver="timefold")
    assert "better than timefold" not in verdicts(*runs)


def test_a_run_of_ours_that_fell_over_is_missed_and_counted_as_wrong() -> None:
    found = verdicts(run_of(public(10), without_answer(FAILED)))
    assert found == {"from best known or bound": Verdict.MISSED, "runs broken or wrongly counted": Verdict.MISSED}


def test_the_table_counts_the_verdicts_and_the_file_has_a_row_for_each(tmp_path: Path) -> None:
    found = list(judged([run_of(public(10)), run_of(public(18), replace(ANSWER, objective=2000))]))
    printed = list(lines(found))
    assert printed[-1] == "3 reached, 0 missed, 1 not yet"
    assert len(printed) == len(found) + 2
    write(found, tmp_path / "results" / "targets.csv")
    with (tmp_path / "results" / "targets.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["verdict"] for row in rows] == [one.verdict for one in found]
    assert rows[0] == {
        "case": "Instance10", "target": "from best known or bound", "seconds": "60", "of": "60", "asked": "0.50%",
        "found": "0.00%", "verdict": "reached",
    }  # fmt: skip
