"""Can people open what we hand out without harm?"""

import csv
import io

import pytest

from scheduler.exchange.writing import csv_for_people, harmless


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
