"""Are bad folders, files, values and settings answered with exit code 2, a sentence, and nothing written?"""

import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.test_commands import CONTRACTS, scheduler
from tests.exchange.worlds import typed
from tests.support.patience import SLOWEST_SECONDS


@pytest.fixture
def region(tmp_path: Path) -> Path:
    """A small region as a folder."""
    folder = tmp_path / "region"
    folder.mkdir()
    for name, data in typed(contracts=CONTRACTS).items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """An installation of this test's own."""
    return {"WIJKROOSTER_INSTANCE": str(tmp_path / "instance")}


def refused(*arguments: object, env: dict[str, str] | None = None) -> str:
    """What a command says that ends with 2, in time."""
    began = time.process_time()
    done = scheduler(*arguments, env=env)
    assert done.exit_code == 2, done.output
    assert time.process_time() - began < SLOWEST_SECONDS
    assert done.stdout == ""
    assert done.stderr.strip()
    return done.stderr


def replace_by(make: Callable[[Path], object]) -> Callable[[Path], None]:
    """Put something else in the place of experts.csv."""

    def spoil(folder: Path) -> None:
        file = folder / "experts.csv"
        file.unlink()
        make(file)

    return spoil


def empty(folder: Path) -> None:
    """Take every file away."""
    for file in folder.iterdir():
        file.unlink()


def first_day(day: str) -> Callable[[Path], None]:
    """Let the window of the region begin on this day."""

    def spoil(folder: Path) -> None:
        (folder / "agency.csv").write_text(f"key,value\nname,Bureau\nwindow_first,{day}\n")

    return spoil


FOLDERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "nothing in it": (empty, "experts.csv: This file is missing."),
    "a folder as a file": (replace_by(Path.mkdir), "experts.csv: The file cannot be read"),
    "a loop": (replace_by(lambda f: f.symlink_to(f)), "experts.csv: The file cannot be read"),
    "a link to nothing": (replace_by(lambda f: f.symlink_to("/nowhere")), "experts.csv: The file cannot be read"),
    "a device without end": (replace_by(lambda f: f.symlink_to("/dev/zero")), "not an ordinary file"),
    "a program": (replace_by(lambda f: f.write_bytes(b"MZ\x90\x00\xff")), "experts.csv: Line 1 is not UTF-8 text."),
    "a zip": (replace_by(lambda f: f.write_bytes(b"PK\x03\x04" + b"\x00" * 99)), "experts.csv, row 1, column id"),
    "one line without end": (replace_by(lambda f: f.write_bytes(b"id," * 500_000)), "experts.csv"),
    "the end of the calendar": (first_day("9999-12-27"), "9999-12-27 lies too far away to plan for."),
    "the begin of the calendar": (first_day("0001-01-01"), "0001-01-01 lies too far away to plan for."),
    "a Sunday": (first_day("2027-03-21"), "A planning window starts on a Monday; 2027-03-21 is not one."),
    "no day": (first_day("2027-02-29"), "The date 2027-02-29 does not exist."),
}


@pytest.mark.parametrize(("spoil", "expected"), FOLDERS.values(), ids=FOLDERS)
@pytest.mark.parametrize("command", ["import", "solve"])
def test_a_spoiled_folder_is_refused_by_every_command_that_reads_one(
    region: Path, tmp_path: Path, env: dict[str, str], command: str, spoil: Callable[[Path], object], expected: str
) -> None:
    spoil(region)
    if command == "import":
        scheduler("db", "upgrade", env=env)
        assert expected in refused("import", region, env=env)
        assert expected in refused("import", region, "--dry-run", env=env)
        scheduler("export", tmp_path / "out", env=env)
        assert (
            not (tmp_path / "out" / "experts.csv").exists()
            or "noor" not in (tmp_path / "out" / "experts.csv").read_text()
        )
    else:
        assert expected in refused("solve", region, "--output", tmp_path / "roster.csv")
        assert not (tmp_path / "roster.csv").exists()


ROSTERS = {
    "empty": (b"", "The file is empty."),
    "other columns": (b"a,b\n1,2\n", "column expert: This column is missing."),
    "a short row": (b"expert,shift\nnoor\n", "row 2: The row has 1 cells; the header has 2."),
    "an open quote": (b'expert,shift\n"noor,s1\n', "row 2: A quotation mark"),
    "unknown people": (b"expert,shift\nnobody,s1\n", "row 2, column expert: There is no expert 'nobody'."),
    "unknown shifts": (b"expert;shift\r\nnoor;s9\r\n", "row 2, column shift: There is no shift 's9'."),
    "twice": (b"expert,shift\nnoor,s1\nnoor,s1\n", "row 3, column expert: noor, s1 is also on row 2."),
    "a cell without end": (b"expert,shift\nnoor," + b"x" * 200_000, "row 2: A cell that starts on this line"),
    "not text": (bytes(range(256)) * 40, "is not UTF-8 text."),
    "a NUL": (b"expert,shift\nnoor,s\x001\n", "row 2"),
    "UTF-16": ("expert,shift\nnoor,s1\n".encode("utf-16"), "Line 1 is UTF-16 text."),
}


@pytest.mark.parametrize(("data", "expected"), ROSTERS.values(), ids=ROSTERS)
def test_a_roster_that_cannot_be_is_named_with_its_place(
    region: Path, tmp_path: Path, data: bytes, expected: str
) -> None:
    file, report = tmp_path / "roster.csv", tmp_path / "report.json"
    file.write_bytes(data)
    said = refused("check", region, file, "--report", report)
    assert said.startswith("roster.csv")
    assert expected in said
    assert not report.exists()


BAD_VALUES = [
    ["publish", "--window", "2027-02-29"],
    ["publish", "--window", "9999-12-31"],
    ["publish", "--window", "0001-01-01"],
    ["publish", "--window", "tomorrow"],
    ["solve", "REGION", "--output", "OUT", "--seed", "-1"],
    ["solve", "REGION", "--output", "OUT", "--seed", "99999999999999999999"],
    ["solve", "REGION", "--output", "OUT", "--seed", "1.5"],
    ["solve", "REGION", "--output", "OUT", "--seconds", "1e400"],
    ["solve", "REGION", "--output", "OUT", "--seconds", "-5"],
    ["solve", "REGION", "--output", "OUT", "--workers", "100000"],
    ["solve", "REGION", "--output", "OUT", "--now", "2027-01-01"],
    ["solve", "REGION", "--output", "OUT", "--now", "2027-01-01T09:00:00"],
    ["solve", "REGION", "--output", "OUT", "--now", "0001-01-01T00:00:00+1400"],
    ["solve", "REGION", "--output", "OUT", "--now", "9999-12-31T23:59:59-1200"],
    ["solve", "REGION", "--output", "OUT", "--rulebook", "/nowhere.toml"],
    ["solve", "REGION"],
    ["generate", "OUT", "--first", "9999-12-27"],
    ["generate", "OUT", "--first", "0001-01-01"],
    ["generate", "OUT", "--supply", "NaN"],
    ["generate", "OUT", "--seed", "9" * 5000],
    ["serve", "--port", "0"],
    ["serve", "--port", "65536"],
    ["export", "REGION/agency.csv"],
    ["export", "REGION/agency.csv/deeper"],
    ["import", "REGION/agency.csv"],
    ["import", "no\nsuch\nfolder"],
    ["import"],
    ["import", ""],
    ["export", "", "--force"],
    ["generate", ""],
    ["solve", "REGION", "--output", ""],
    ["check", "", "OUT"],
    ["import", "a", "b"],
]


@pytest.mark.parametrize("arguments", BAD_VALUES, ids=lambda a: " ".join(a)[:60])
def test_a_value_that_cannot_be_is_refused(
    region: Path, tmp_path: Path, env: dict[str, str], arguments: list[str]
) -> None:
    scheduler("db", "upgrade", env=env)
    out = tmp_path / "out"
    places = {"REGION": str(region), "OUT": str(out)}
    refused(*(places.get(a, a.replace("REGION", str(region))) for a in arguments), env=env)
    assert not out.exists()


SETTINGS = {
    "no address": {"WIJKROOSTER_DATABASE": "nonsense"},
    "an unknown engine": {"WIJKROOSTER_DATABASE": "mysql://x/y"},
    "no port": {"WIJKROOSTER_DATABASE": "postgresql://x:port/y"},
    "in memory": {"WIJKROOSTER_DATABASE": "sqlite://"},
    "nobody there": {"WIJKROOSTER_DATABASE": "postgresql://nobody@127.0.0.1:1/x"},
    "no such folder": {"WIJKROOSTER_DATABASE": "sqlite:////nowhere/at/all.db"},
    "a port that is no number": {"PORT": "abc"},
    "a port beyond all": {"PORT": "1e400"},
    "a lease that is none": {"WIJKROOSTER_LEASE_SECONDS": "nan"},
    "a clock that shows 25": {"WIJKROOSTER_OPENS": "25:00"},
    "open to all without TLS": {"HOST": "0.0.0.0"},
    "mail without sender": {"SMTP_HOST": "mail.example", "SMTP_SENDER": "a\r\nBcc: x@y.nl"},
    "a short secret": {"WIJKROOSTER_SECRET": "kort"},
    "a file as its folder": {"WIJKROOSTER_INSTANCE": __file__},
}


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_an_installation_that_cannot_work_says_why(env: dict[str, str], settings: dict[str, str]) -> None:
    refused("db", "check", env=env | settings)
    refused("publish", env=env | settings)


def test_a_database_that_differs_from_its_schema_is_not_called_newest(tmp_path: Path, env: dict[str, str]) -> None:
    file = tmp_path / "own.db"
    settings = env | {"WIJKROOSTER_DATABASE": f"sqlite:///{file}"}
    assert scheduler("db", "upgrade", env=settings).exit_code == 0
    with closing(sqlite3.connect(file)) as database:
        database.execute("ALTER TABLE venue ADD COLUMN nickname TEXT")
    for command in ("check", "upgrade"):
        assert "differs from the schema" in refused("db", command, env=settings)


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path, env: dict[str, str]) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Beste Ilse, " * 1_000)
    settings = env | {"WIJKROOSTER_DATABASE": f"sqlite:///{file}"}
    for command in (["db", "check"], ["db", "upgrade"], ["publish"]):
        assert "The database cannot be used: file is not a database." in refused(*command, env=settings)
    assert file.read_text() == "Beste Ilse, " * 1_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"not toml [[[", "cannot be read"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"[unknown]\nx = 1\n", "unknown key unknown"),
        (b"", "The rulebook"),
    ],
)
def test_a_rulebook_that_cannot_be_is_named(region: Path, tmp_path: Path, text: bytes, expected: str) -> None:
    rulebook, out = tmp_path / "rules.toml", tmp_path / "roster.csv"
    rulebook.write_bytes(text)
    assert expected in refused("solve", region, "--rulebook", rulebook, "--output", out)
    assert not out.exists()


def test_a_folder_that_may_not_be_written_is_a_sentence(region: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    shutil.copytree(region, taken / "roster.csv")
    said = refused("check", region, taken / "roster.csv")
    assert "cannot be read" in said
    for option in ("--output", "--report"):
        chosen = {"--output": tmp_path / "out.csv", "--report": tmp_path / "report.json", option: taken}
        done = scheduler("solve", region, "--seconds", 1, *(part for pair in chosen.items() for part in pair))
        assert done.exit_code == 2
        assert done.stderr == f"{taken} cannot be written: Is a directory.\n"
