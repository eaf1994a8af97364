"""Is a result that cannot be written, or would replace what is read, refused before anything is done?"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from scheduler.rules.settings import DEFAULT_PATH
from scheduler.services import files
from scheduler.services.targets import write_whole
from tests.cli.test_commands import scheduler, write


@pytest.fixture
def region(tmp_path: Path) -> Path:
    """A small region as a folder, with its roster."""
    return write(tmp_path / "region", roster="expert,shift\nnoor,r1-20270322\n")


@pytest.fixture(autouse=True)
def nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail when a command gets as far as reading or inventing a region."""

    def never(*_arguments: object, **_named: object) -> None:
        raise AssertionError("too late")

    for name in ("read_folder", "generate"):
        monkeypatch.setattr(files, name, never)


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def by_symlink(region: Path) -> Path:
    path = region.parent / "mine.csv"
    path.symlink_to(region / "experts.csv")
    return path


def by_hard_link(region: Path) -> Path:
    path = region.parent / "mine.csv"
    os.link(region / "experts.csv", path)
    return path


def by_linked_folder(region: Path) -> Path:
    path = region.parent / "folder"
    path.symlink_to(region, target_is_directory=True)
    return path / "experts.csv"


def under_a_file(region: Path) -> Path:
    return region / "experts.csv" / "deep" / "mine.csv"


PLACES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a folder": (lambda region: region, "Is a directory"),
    "nothing": (lambda _: Path(), "Is a directory"),
    "a device": (lambda _: Path("/dev/null"), "not an ordinary file"),
    "below a file": (under_a_file, "Not a directory"),
    "below a device": (lambda _: Path("/dev/null/mine.csv"), "Not a directory"),
    "a name without end": (lambda region: region.parent / ("x" * 300), "File name too long"),
    "a file of the region": (lambda region: region / "pins.csv", "is a file that this reads"),
    "one that is not there yet": (lambda region: region / "wishes.csv", "is a file that this reads"),
    "over dots": (lambda region: region / ".." / region.name / "experts.csv", "is a file that this reads"),
    "a link": (by_symlink, "is a file that this reads"),
    "a hard link": (by_hard_link, "is a file that this reads"),
    "a linked folder": (by_linked_folder, "is a file that this reads"),
    "the usual rulebook": (lambda _: DEFAULT_PATH, "is a file that this reads"),
}


@pytest.mark.parametrize(("place", "expected"), PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("option", ["--output", "--report", "check"])
def test_a_result_in_the_wrong_place_is_refused_before_anything_is_read(
    option: str, place: Callable[[Path], Path], expected: str, region: Path
) -> None:
    target = place(region)
    before, rules = content(region.parent), DEFAULT_PATH.read_bytes()
    good = region.parent / "good"
    command = {
        "--output": ("solve", region, "--output", target, "--report", good),
        "--report": ("solve", region, "--output", good, "--report", target),
        "check": ("check", region, region / "roster.csv", "--report", target),
    }[option]
    done = scheduler(*command)
    assert (done.exit_code, done.stdout) == (2, "")
    assert expected in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert content(region.parent) == before
    assert DEFAULT_PATH.read_bytes() == rules


def test_two_results_are_never_one_file(region: Path) -> None:
    one, other = region.parent / "a.csv", region.parent / "b.json"
    other.symlink_to(one)
    done = scheduler("solve", region, "--output", one, "--report", other)
    assert (done.exit_code, done.stderr) == (2, f"Two results cannot be one file: {other}.\n")


def test_a_report_never_replaces_the_roster_or_the_rulebook_that_is_read(region: Path, tmp_path: Path) -> None:
    mine, rulebook = tmp_path / "mine.csv", tmp_path / "rules.toml"
    mine.write_text("expert,shift\n")
    rulebook.write_text("")
    for command in (
        ("check", region, mine, "--report", mine),
        ("check", region, region / "roster.csv", "--report", region / "roster.csv"),
        ("check", region, mine, "--rulebook", rulebook, "--report", rulebook),
        ("solve", region, "--output", rulebook, "--rulebook", rulebook),
        ("solve", region, "--output", mine, "--report", region / "roster.csv"),
    ):
        done = scheduler(*command)
        assert (done.exit_code, done.stdout) == (2, "")
        assert "is a file that this reads" in done.stderr


def test_a_folder_that_cannot_be_made_is_found_before_a_region_is_invented(region: Path) -> None:
    done = scheduler("generate", "--set", "nation", region / "experts.csv")
    assert (done.exit_code, done.stderr) == (2, f"{region / 'experts.csv'} cannot be written: Not a directory.\n")


def test_a_measurement_never_replaces_its_instance(tmp_path: Path) -> None:
    instance = tmp_path / "one.txt"
    instance.write_text("SECTION_HORIZON\n14\n")
    done = scheduler("benchmark", "curtois", instance, "--output", tmp_path / "." / "one.txt")
    assert (done.exit_code, instance.read_text()) == (2, "SECTION_HORIZON\n14\n")
    assert "is a file that this reads" in done.stderr


def test_a_link_stays_a_link_to_what_is_written(tmp_path: Path) -> None:
    link, file = tmp_path / "newest.csv", tmp_path / "far" / "mine.csv"
    link.symlink_to(file)
    for data in (b"one", b"two"):
        write_whole(link, data)
        assert (link.is_symlink(), content(tmp_path / "far")) == (True, {"mine.csv": data})
