"""Can a folder be solved and checked without a database, and is every fault a sentence?"""

import gc
import json
import pickle
from pathlib import Path

import pytest

from scheduler.domain.errors import InvalidValue
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.runs import Progress, RunSettings
from scheduler.rules import RULEBOOK
from scheduler.services import files
from tests.exchange.worlds import typed

QUICK = RunSettings(seconds=10, workers=1, seed=1)
REPORT = ["status", "seconds", "score", "bound", "gap", "coverage", "rules", "peak_mb", "model"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small region as a folder: five shifts, two people."""
    found = tmp_path / "region"
    found.mkdir()
    contracts = "expert,kind,first\nnoor,employed,2026-01-01\nsam,employed,2026-01-01\n"
    for name, data in typed(contracts=contracts).items():
        (found / name).write_bytes(data)
    return found


def test_a_solved_folder_gives_a_roster_that_the_check_finds_legal(folder: Path, tmp_path: Path) -> None:
    steps: list[Progress] = []
    solved = files.solve_folder(folder, QUICK, progress=steps.append)
    files.write_roster(solved.roster, tmp_path / "roster.csv")
    files.write_report(solved.report, tmp_path / "out" / "report.json")
    checked = files.check_folder(folder, tmp_path / "roster.csv")
    assert checked.hard == ()
    assert steps[-1].score == min(step.score for step in steps)
    for name in ("score", "coverage", "rules"):
        assert checked.report[name] == solved.report[name]
    assert Assignment("noor", "r1-20270322") in solved.roster.assignments


def test_no_garbage_is_looked_for_while_a_folder_is_read(folder: Path) -> None:
    looked: list[str] = []

    def look(phase: str, _info: dict[str, int]) -> None:
        looked.append(phase)

    usual = gc.get_threshold()
    gc.callbacks.append(look)
    gc.set_threshold(10)
    try:
        files.read_folder(folder)
    finally:
        gc.callbacks.remove(look)
        gc.set_threshold(*usual)
    assert len(looked) <= 4
    assert gc.isenabled()


def test_a_report_has_exactly_the_agreed_names(folder: Path, tmp_path: Path) -> None:
    files.write_report(files.solve_folder(folder, QUICK).report, tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text())
    assert list(report) == REPORT
    assert list(report["score"]) == ["hard", "coverage", "preference"]
    assert list(report["bound"]) == ["coverage", "preference"]
    assert list(report["coverage"]) == ["required", "filled", "desirable_filled"]
    assert list(report["model"]) == ["variables", "constraints", "build_seconds"]
    assert [rule["name"] for rule in report["rules"]] == [rule.name for rule in RULEBOOK]
    assert {rule["level"] for rule in report["rules"]} == {"hard", "coverage", "preference"}
    assert (report["status"], report["gap"], report["score"]["hard"]) == ("optimal", 0, 0)
    assert report["peak_mb"] > 10


def test_a_roster_that_breaks_a_rule_is_called_broken_and_the_rule_is_named(folder: Path, tmp_path: Path) -> None:
    wrong = Roster(frozenset({Assignment("noor", "r1-20270322"), Assignment("noor", "s1")}))
    files.write_roster(wrong, tmp_path / "roster.csv")
    checked = files.check_folder(folder, tmp_path / "roster.csv")
    assert checked.report["status"] == "broken"
    assert [violation.rule for violation in checked.hard] == ["availability"]


def test_an_empty_roster_is_legal_unless_somebody_is_pinned(folder: Path, tmp_path: Path) -> None:
    files.write_roster(Roster(), tmp_path / "roster.csv")
    assert [v.rule for v in files.check_folder(folder, tmp_path / "roster.csv").hard] == ["pins"]
    (folder / "pins.csv").unlink()
    assert files.check_folder(folder, tmp_path / "roster.csv").hard == ()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"expert,shift\nnobody,s1\n", "mine.csv, row 2, column expert: There is no expert 'nobody'."),
        (b"expert,shift\nnoor,s9\n", "mine.csv, row 2, column shift: There is no shift 's9'."),
        (b"", "mine.csv: The file is empty."),
        (b"who,what\nnoor,s1\n", "mine.csv, row 1, column expert: This column is missing."),
        (b"expert,shift\nnoor,s1\nnoor,s1\n", "mine.csv, row 2, column expert: noor, s1 is also on row 3."),
    ],
)
def test_a_bad_roster_file_is_a_fault_with_its_place(folder: Path, tmp_path: Path, data: bytes, expected: str) -> None:
    (tmp_path / "mine.csv").write_bytes(data)
    with pytest.raises(files.BadFiles) as caught:
        files.check_folder(folder, tmp_path / "mine.csv")
    assert str(caught.value.faults[0]) == expected


def test_a_roster_file_that_is_not_there_is_a_fault(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(files.BadFiles) as caught:
        files.check_folder(folder, tmp_path / "none.csv")
    assert [str(fault) for fault in caught.value.faults] == [
        "none.csv: The file cannot be read: No such file or directory."
    ]


def test_a_folder_with_faults_is_not_solved(folder: Path) -> None:
    (folder / "experts.csv").write_text("id,first_name\ne1,\n")
    with pytest.raises(files.BadFiles) as caught:
        files.solve_folder(folder, QUICK)
    assert caught.value.total == len(caught.value.faults)
    assert pickle.loads(pickle.dumps(caught.value)).faults == caught.value.faults


def test_what_cannot_be_written_is_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(InvalidValue, match="cannot be written"):
        files.write_roster(Roster(), tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_generated_folder_can_be_read(tmp_path: Path) -> None:
    written = files.generate_folder(tmp_path / "new", "district", 4, 0.9)
    region, warnings = files.read_folder(tmp_path / "new")
    assert (region, warnings) == (written, ())
