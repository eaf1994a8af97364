"""Can people open what we hand out without harm?"""

import csv
import errno
import io
from pathlib import Path

import pytest

from scheduler.domain.errors import Refused
from scheduler.exchange.writing import csv_for_people, harmless, write_files


@pytest.mark.parametrize("text", ["=1+1", "+31 6", "-2", "@SUM(A1)", "\tx", "\rx", "\0=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert harmless(text).startswith("'")


def test_ordinary_text_is_left_alone() -> None:
    assert [harmless(text) for text in ("O'Brien", "a=b", "")] == ["O'Brien", "a=b", ""]


def test_a_file_for_people_has_a_mark_and_quotes_every_cell() -> None:
    data = csv_for_people(("huis", "wie"), [("De Zilverlinde", '=HYPERLINK("x")'), ("Ñandú;", "")])
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";", quoting=csv.QUOTE_ALL))
    assert rows == [["huis", "wie"], ["De Zilverlinde", '\'=HYPERLINK("x")'], ["Ñandú;", ""]]
    assert data.decode("utf-8-sig").splitlines()[1] == '"De Zilverlinde";"\'=HYPERLINK(""x"")"'


def test_a_folder_that_does_not_take_every_file_keeps_what_it_had(tmp_path: Path) -> None:
    (tmp_path / "agency.csv").write_text("mine")
    (tmp_path / "pins.csv").write_text("mine too")
    (tmp_path / "venues.csv").mkdir()
    with pytest.raises(Refused, match="cannot be written"):
        write_files(tmp_path, {"agency.csv": b"new", "venues.csv": b"new"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["agency.csv", "pins.csv", "venues.csv"]
    assert (tmp_path / "agency.csv").read_text() == "mine"


def test_a_folder_holds_exactly_the_files_that_are_written_and_those_of_other_names(tmp_path: Path) -> None:
    for name in ("agency.csv", "pins.csv", "notes.csv"):
        (tmp_path / name).write_text("mine")
    write_files(tmp_path, {"agency.csv": b"new"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"agency.csv": b"new", "notes.csv": b"mine"}


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(path: Path, data: bytes) -> int:
        path.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(Refused, match="cannot be written: No space left"):
        write_files(tmp_path / "new", {"agency.csv": b"new"})
    assert list(tmp_path.iterdir()) == []
