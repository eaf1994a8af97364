"""Do the commands do what scripts rely on: exit codes, one sentence per fault, files whole or not at all?"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scheduler.cli import main
from tests.exchange.worlds import typed

CONTRACTS = "expert,kind,first\nnoor,employed,2026-01-01\nsam,employed,2026-01-01\n"


def scheduler(*arguments: object, env: Mapping[str, str] | None = None) -> Result:
    """Run a command in this process; an error that is not ours is raised, not shown."""
    done = CliRunner().invoke(main, [*map(str, arguments)], env=env, prog_name="scheduler")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def write(folder: Path, **changed: str | bytes | None) -> Path:
    folder.mkdir()
    for name, data in typed(**{"contracts": CONTRACTS, **changed}).items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def region(tmp_path: Path) -> Path:
    """A small region as a folder."""
    return write(tmp_path / "region")


def test_a_folder_is_solved_to_a_file_that_the_check_accepts(region: Path, tmp_path: Path) -> None:
    out, report = tmp_path / "roster.csv", tmp_path / "report.json"
    solved = scheduler(
        "solve", region, "--seconds", 10, "--workers", 1, "--seed", 3, "--output", out, "--report", report
    )
    assert (solved.exit_code, solved.stderr) == (0, "")
    assert solved.stdout.startswith("optimal in ")
    checked = scheduler("check", region, out, "--report", tmp_path / "check.json")
    assert checked.exit_code == 0
    first, second = (json.loads(path.read_text()) for path in (report, tmp_path / "check.json"))
    assert first["score"] == second["score"]
    assert first["rules"] == second["rules"]


def test_a_region_without_anything_left_to_plan_is_refused_and_nothing_is_written(region: Path, tmp_path: Path) -> None:
    out = tmp_path / "roster.csv"
    late = scheduler("solve", region, "--now", "2030-01-01T09:00:00+0100", "--output", out)
    assert (late.exit_code, late.stdout) == (2, "")
    assert late.stderr.startswith("This period is over: its last day was 20")
    without = ("requests", "shifts", "roster", "history", "pins", "responses", "declines")
    empty = write(tmp_path / "empty", **dict.fromkeys(without))
    done = scheduler("solve", empty, "--output", out)
    assert (done.exit_code, done.stderr) == (2, "There are no shifts in this period, so there is nothing to plan.\n")
    assert not out.exists()


def test_the_same_work_from_the_same_seed_writes_the_same_file_and_a_roster_can_be_gone_on_from(
    region: Path, tmp_path: Path
) -> None:
    one, two, report = (tmp_path / name for name in ("one.csv", "two.csv", "report.json"))
    for out in (one, two):
        done = scheduler("solve", region, "--seconds", 100, "--work-limit", 0.5, "--workers", 2, "--output", out)
        assert done.exit_code == 0, done.output
    before = one.read_bytes()
    assert before == two.read_bytes()
    again = scheduler("solve", region, "--seconds", 1, "--start", one, "--output", one, "--report", report)
    assert again.exit_code == 0, again.output
    assert one.read_bytes() == before or json.loads(report.read_text())["status"] == "optimal"
    over = scheduler("solve", region, "--start", one, "--output", two, "--report", one)
    assert (over.exit_code, "is a file that this reads" in over.stderr) == (2, True), over.output


def test_the_command_works_as_a_script_of_its_own(region: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scheduler", "check", str(region), str(tmp_path / "nothing.csv")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "nothing.csv: The file cannot be read: No such file or directory.\n"


def test_a_broken_rule_ends_the_check_with_one_and_its_name(region: Path, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("expert,shift\nnoor,r1-20270322\nnoor,s1\n")
    checked = scheduler("check", region, tmp_path / "roster.csv")
    assert checked.exit_code == 1
    assert checked.stdout.startswith("availability: ")
    assert checked.stderr == ""


BAD_FOLDERS = {
    "venues.csv: This file is missing.": {"venues": None},
    "experts.csv: The file is empty.": {"experts": ""},
    "venues.csv, row 2, column latitude": {
        "venues": "id,name,kind,neighbourhood,latitude,longitude\nlydia,Lydia,house,zuid,north,4.9\n"
    },
    "contracts.csv, row 2, column first": {"contracts": "expert,kind,first\nnoor,employed,1-2-26\n"},
    "contracts.csv, row 2, column expert": {"contracts": "expert,kind,first\nnobody,employed,2026-01-01\n"},
}


@pytest.mark.parametrize(("expected", "changed"), BAD_FOLDERS.items())
def test_a_bad_folder_is_refused_with_the_place_and_nothing_is_written(
    expected: str, changed: dict[str, str | None], tmp_path: Path
) -> None:
    folder = write(tmp_path / "region", **changed)
    solved = scheduler("solve", folder, "--output", tmp_path / "roster.csv", "--report", tmp_path / "report.json")
    assert solved.exit_code == 2
    assert expected in solved.stderr
    assert solved.stdout == ""
    assert not (tmp_path / "roster.csv").exists()
    assert not (tmp_path / "report.json").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["solve", "/nowhere", "--output", "/tmp/never.csv"],
        ["solve", ".", "--seconds", "nan", "--output", "/tmp/never.csv"],
        ["solve", ".", "--seconds", "0", "--output", "/tmp/never.csv"],
        ["solve", ".", "--workers", "0", "--output", "/tmp/never.csv"],
        ["solve", "data/district"],
        ["generate", "--set", "planet", "/tmp/never"],
        ["generate", "--supply", "-1", "/tmp/never"],
        ["generate", "--supply", "inf", "/tmp/never"],
        ["generate", "--first", "2027-02-29", "/tmp/never"],
        ["generate", "--first", "2027-01-05", "/tmp/never"],
        ["check", "data/district", "/nowhere.csv"],
        ["nonsense"],
    ],
)
def test_bad_arguments_end_with_two_and_a_sentence(arguments: list[str]) -> None:
    done = scheduler(*arguments)
    assert done.exit_code == 2
    assert done.stderr.strip()
    assert not Path("/tmp/never.csv").exists()
    assert not Path("/tmp/never").exists()


def test_a_region_goes_in_once_and_comes_out_again(region: Path, tmp_path: Path) -> None:
    env = {"WIJKROOSTER_INSTANCE": str(tmp_path / "instance")}
    dry = scheduler("import", region, "--dry-run", env=env)
    assert (dry.exit_code, dry.stdout[:12]) == (0, "Would change"), dry.stderr
    assert scheduler("import", region, env=env).stdout.startswith("Changed: ")
    assert scheduler("import", region, env=env).stdout == "Changed: nothing.\n"
    assert scheduler("export", tmp_path / "out", env=env).exit_code == 0
    assert scheduler("check", tmp_path / "out", tmp_path / "out" / "roster.csv").exit_code in {0, 1, 2}
    assert scheduler("db", "check", env=env).stdout.startswith("The database (sqlite) is safe")


def test_an_import_counts_the_rows_that_differ_in_words(region: Path, tmp_path: Path) -> None:
    env = {"WIJKROOSTER_INSTANCE": str(tmp_path / "instance")}
    past = "expert,venue,date,start,end\n" + "".join(
        f"noor,lydia,2027-03-{day:02},09:00,12:00\n" for day in range(1, 13)
    )
    (region / "history.csv").write_text(past)
    (region / "roster.csv").write_text("expert,shift\nnoor,r1-20270322\nnoor,r1-20270329\n")
    said = scheduler("import", region, env=env).stdout
    assert "1 venue, 1 activity, 2 experts, 2 names and contacts, " in said
    assert said.endswith(", 12 worked shifts of before, 2 places in the roster.\n"), said
    (region / "history.csv").write_text(past.replace("-12,09:00", "-12,09:30"))
    (region / "roster.csv").write_text("expert,shift\nnoor,r1-20270322\n")
    assert scheduler("import", region, env=env).stdout == (
        "Changed: 1 worked shift of before, 1 place in the roster.\n"
    )


def test_a_region_is_written_over_another_only_when_that_was_asked_for(region: Path, tmp_path: Path) -> None:
    env = {"WIJKROOSTER_INSTANCE": str(tmp_path / "instance")}
    scheduler("import", region, env=env)
    before = {path.name: path.read_bytes() for path in region.iterdir()}
    for command in ("generate", "export"):
        refused = scheduler(command, region, env=env)
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert "already holds a region (agency.csv and " in refused.stderr
        assert {path.name: path.read_bytes() for path in region.iterdir()} == before
    for command in ("generate", "export"):
        assert scheduler(command, region, "--force", env=env).exit_code == 0
    assert scheduler("generate", tmp_path, env=env).exit_code == 0


def test_a_roster_goes_out_as_files_that_people_open(region: Path, tmp_path: Path) -> None:
    env, out = {"WIJKROOSTER_INSTANCE": str(tmp_path / "instance")}, tmp_path / "out"
    (region / "roster.csv").write_text("expert,shift\nnoor,r1-20270322\n")
    scheduler("import", region, env=env)
    asked = ("export", out, "--roster", "csv", "--roster", "ics", "--window", "2027-03-24")
    done = scheduler(*asked, env=env)
    table, calendar = out / "wijkrooster-2027-03-22.csv", out / "wijkrooster-2027-03-22.ics"
    assert done.stdout == f"Written to {table}.\nWritten to {calendar}.\n", done.stderr
    assert table.read_bytes().decode("utf-8-sig").splitlines()[1] == (
        '"2027-03-22";"09:30";"12:30";"Lydia";"Inloop";"Noor"'
    )
    assert b"SUMMARY:Shift\\, Lydia" in calendar.read_bytes()
    table.write_text("mine")
    again = scheduler(*asked, env=env)
    assert (again.exit_code, table.read_text()) == (2, "mine")
    assert scheduler(*asked, "--force", env=env).exit_code == 0
    assert scheduler("export", out, "--window", "2027-03-24", env=env).exit_code == 2
    assert sorted(path.name for path in out.iterdir()) == [table.name, calendar.name]


def test_an_unsafe_setting_is_a_sentence(tmp_path: Path) -> None:
    done = scheduler("db", "check", env={"WIJKROOSTER_INSTANCE": str(tmp_path), "WIJKROOSTER_SECRET": "short"})
    assert done.exit_code == 2
    assert "at least 32" in done.stderr


def test_a_region_without_a_lawful_roster_ends_with_one_and_the_least_bad_roster(tmp_path: Path) -> None:
    limits = "id,first_name,roles,wished_hours_week,most_shifts_week\nnoor,Noor,host,7.5,1\nsam,Sam,host,12,\n"
    free = "expert,weekday,start,end,level\nnoor,mon,09:00,13:00,wanted\nnoor,tue,09:00,24:00,neutral\n"
    pins = "expert,shift\nnoor,r1-20270322\nnoor,s1\n"
    folder = write(tmp_path / "region", experts=limits, availability=free, pins=pins)
    out = tmp_path / "roster.csv"
    solved = scheduler("solve", folder, "--seconds", 10, "--output", out)
    assert (solved.exit_code, solved.stdout.startswith("impossible in ")) == (1, True), solved.output
    assert solved.stderr == (
        "No roster keeps every hard rule. The least bad one is written; to read what it breaks: "
        f"scheduler check {folder} {out}\n"
    )
    assert scheduler("check", folder, out).exit_code == 1
    assert {"noor,r1-20270322", "noor,s1"} <= set(out.read_text().splitlines())


@pytest.mark.parametrize(
    ("output", "report"), [("experts.csv", None), ("roster.csv", "pins.csv"), ("../same.csv", "../same.csv")]
)
def test_a_solve_replaces_no_other_file_of_its_region(region: Path, output: str, report: str | None) -> None:
    before = {path.name: path.read_bytes() for path in region.parent.rglob("*.csv")}
    done = scheduler("solve", region, "--output", region / output, *(("--report", region / report) if report else ()))
    assert (done.exit_code, done.stdout) == (2, "")
    assert {path.name: path.read_bytes() for path in region.parent.rglob("*.csv")} == before
