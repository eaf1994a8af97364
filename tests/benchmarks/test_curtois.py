"""Does a public instance mean to our rules and our solver what its format says, and does the command say so?"""

import json
import random
import time
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from scheduler.cli import main
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.exchange.curtois import read_instance, solution_bytes
from scheduler.rules import declare
from scheduler.rules.analysis import analyse
from scheduler.rules.index import chosen_of
from scheduler.services.benchmark import RULES
from scheduler.terms.check import score
from tests.benchmarks.checker import Checked, check, check_files, read
from tests.benchmarks.instances import TINY, random_text

INSTANCES, ROSTERS = 40, 6
GOOD = (
    [("A", day, "E") for day in (1, 2, 3, 7, 8, 9)] + [("B", day, "L") for day in (1, 2, 7, 8)]
    + [("C", day, "L") for day in (3, 4, 9, 10)]
)  # fmt: skip


def problem_of(text: str) -> Problem:
    found = read_instance("small.txt", text.encode())
    assert found.problem is not None, [str(fault) for fault in found.faults]
    return found.problem


def rows_of(problem: Problem, roster: Roster) -> list[tuple[str, int, str]]:
    header, *lines = solution_bytes(problem, roster).decode().splitlines()
    assert header == "employee,day,shift"
    return [(who, int(day), kind) for who, day, kind in (line.split(",") for line in lines)]


def roster_of(rows: list[tuple[str, int, str]]) -> Roster:
    return Roster(frozenset(Assignment(who, f"{day}-{kind}") for who, day, kind in rows))


def test_rules_and_checker_agree_on_random_rosters_of_random_instances() -> None:
    rng, legal = random.Random("public instances"), 0
    for _ in range(INSTANCES):
        text = random_text(rng)
        problem, instance = problem_of(text), read(text)
        model = declare(problem, RULES)
        for share in np.linspace(0.0, 0.3, ROSTERS):
            cells = [Assignment(e.id, s.id) for e in problem.experts for s in problem.shifts]
            roster = Roster(frozenset(cell for cell in cells if rng.random() < share))
            judged, checked = analyse(problem, roster, RULES), check(instance, rows_of(problem, roster))
            assert (judged.score.coverage, judged.score.preference) == (0, checked.objective)
            assert bool(judged.hard) is bool(checked.broken), (judged.hard, checked.broken)
            legal += not judged.hard
            chosen = chosen_of(problem, model.pairs, roster)
            if int(chosen.sum()) == len(roster.assignments):
                assert score(model, chosen) == judged.score
    assert legal > 5


SLIPS = {
    "works twice": [*GOOD, ("A", 1, "L")],
    "is off": [*GOOD, ("A", 0, "E")],
    "minutes": [row for row in GOOD if row[0] != "B"],
    "more than 3 of L": [(who, day, "L" if who == "A" else kind) for who, day, kind in GOOD],
    "E after L": [(who, day, "L" if (who, day) == ("A", 2) else kind) for who, day, kind in GOOD],
    "weekends": [*GOOD, *(("A", day, "E") for day in (4, 5, 10, 11, 12))],
    "run of 1": [row for row in GOOD if row[:2] != ("B", 8)],
    "run of 2": [*GOOD, ("B", 11, "L"), ("B", 12, "L")],
    "in a row": [*GOOD, *(("C", day, "L") for day in (5, 6, 7))],
}


@pytest.mark.parametrize("what", SLIPS)
def test_checker_and_rules_both_see_a_planted_slip(what: str) -> None:
    problem, rows = problem_of(TINY), SLIPS[what]
    assert check(read(TINY), GOOD).broken == []
    assert analyse(problem, roster_of(GOOD), RULES).hard == ()
    assert any(what in line for line in check(read(TINY), rows).broken)
    assert analyse(problem, roster_of(rows), RULES).hard


def test_the_objective_is_what_the_format_says() -> None:
    assert check(read(TINY), []) == Checked(13 * 100 + 10 * 50 + 2 + 3, ["A: 0 minutes", "B: 0 minutes"])
    assert check(read(TINY), GOOD).objective == 7 * 100 + 2 * 50 + 3
    assert analyse(problem_of(TINY), roster_of(GOOD), RULES).score.preference == 803


def run(*arguments: str) -> tuple[int, str, str]:
    found = CliRunner().invoke(main, ["benchmark", "curtois", *arguments])
    return found.exit_code, found.stdout, found.stderr


def test_the_command_prints_one_line_and_writes_what_it_says(tmp_path: Path) -> None:
    file, output = tmp_path / "Tiny1.txt", tmp_path / "out" / "solution.csv"
    file.write_text(TINY)
    began = time.monotonic()
    code, said, _ = run(str(file), "--seconds", "8", "--workers", "2", "--seed", "3", "--output", str(output))
    assert code == 0
    assert time.monotonic() - began < 30
    (line,) = said.splitlines()
    found = json.loads(line)
    assert list(found) == ["instance", "objective", "bound", "status", "hard_violations", "seconds", "peak_mb"]
    assert (found["instance"], found["hard_violations"]) == ("Tiny1", 0)
    assert check_files(file, output) == Checked(found["objective"], [])
    assert found["bound"] is None or found["bound"] <= found["objective"]
    assert found["status"] == ("optimal" if found["bound"] == found["objective"] else "feasible")


BAD = {
    "SECTION_HORIZON\n# The horizon length in days:\n14": ("", "The section HORIZON is missing."),
    "14\n": ("x\n", "row 4: 'x' is not a whole number from 0."),
    "L,600,E": ("L,600,X", "row 9: There is no 'X'."),
    "E,480,": ("E,1500,", "row 8: 1500 is more than 1440."),
    "C,E=0|L=14,4800": ("A,E=0|L=14,4800", "row 15: 'A' stands twice."),
    "4800,0,4": ("4800,4801,4", "row 15: A contract of 4801 to 4800 minutes a planning window cannot be kept."),
    ",4,1,2,2": (",4,1,2", "row 15: The line has 7 cells; at least 8 are needed."),
    "B,5,6": ("B,5,14", "row 20: 14 is more than 13."),
    "A,2,E,2": ("D,2,E,2", "row 24: There is no 'D'."),
    "C,12,L,4": ("C,12,L,-4", "row 29: '-4' is not a whole number from 0."),
    "SECTION_COVER": ("SECTION_COVERS", "row 31: There is no section 'COVERS'."),
    "# A small": ("A small", "row 1: The line stands in no section."),
}


@pytest.mark.parametrize("old", BAD)
def test_a_bad_file_is_refused_with_its_line_and_nothing_is_written(old: str, tmp_path: Path) -> None:
    new, told = BAD[old]
    assert TINY.count(old) >= 1
    file, output = tmp_path / "bad.txt", tmp_path / "solution.csv"
    file.write_text(TINY.replace(old, new, 1))
    code, said, complaint = run(str(file), "--output", str(output))
    assert (code, said) == (2, "")
    assert told in complaint
    assert not output.exists()


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"SECTION_COVER\n", b"SECTION_\n1,2", bytes(range(256))])
def test_a_file_of_another_kind_is_refused(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "odd.txt"
    file.write_bytes(data)
    code, said, complaint = run(str(file), "--output", str(tmp_path / "solution.csv"))
    assert (code, said) == (2, "")
    assert complaint.strip()


@pytest.mark.parametrize("name", ["missing.txt", "folder"])
def test_what_is_no_file_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    code, _, complaint = run(str(tmp_path / name), "--output", str(tmp_path / "solution.csv"))
    assert code == 2
    assert "cannot be read" in complaint
