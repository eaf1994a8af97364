"""What becomes of files from elsewhere: other separators, other encodings, other names, or no sheet at all?"""

import time

import pytest

from scheduler.exchange.layout import read_region
from tests.exchange.worlds import TYPED, typed, with_row
from tests.support.patience import SLOWEST_SECONDS

EXPERTS = TYPED["experts"]

SAME = {
    "semicolons": EXPERTS.replace(",", ";"),
    "tabs": EXPERTS.replace(",", "\t"),
    "decimal commas": EXPERTS.replace(",", ";").replace("7.5", "7,5"),
    "a byte order mark": "\ufeff" + EXPERTS,
    "line ends of Windows": EXPERTS.replace("\n", "\r\n"),
    "line ends of an old Macintosh": EXPERTS.replace("\n", "\r"),
    "empty lines": EXPERTS.replace("\n", "\n\n\n"),
    "quoted cells": EXPERTS.replace("Noor", '"Noor"'),
    "spaces around": EXPERTS.replace("Noor", "  Noor "),
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_the_same_rows_written_otherwise_are_the_same_region(text: str) -> None:
    assert read_region(typed(experts=text)).region == read_region(typed()).region


NO_SHEET: dict[str, tuple[str | bytes, str]] = {
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 50, "experts.csv: Line 1 is not UTF-8 text."),
    "a new workbook": (b"PK\x03\x04" + b"\x00" * 60, "experts.csv, row 1, column id: This column is missing."),
    "a page": ("<html><body>id,first_name", "experts.csv, row 1, column id: This column is missing."),
    "entities": ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>&b;', "experts.csv, row 1, column id"),
    "nothing but NUL": (b"\x00" * 5_000, "experts.csv, row 1, column id: This column is missing."),
    "mixed encodings": (EXPERTS.encode() + "tom,Teó,host,1\n".encode("cp1252"), "experts.csv: Line 4 is not UTF-8"),
    "half a letter": (EXPERTS.encode() + b"tom,Te\xed\xa0\x80,host,1\n", "experts.csv: Line 4 is not UTF-8"),
    "20,001 rows": ("id,first_name\n" + "".join(f"e{n},N\n" for n in range(20_001)), "more than 20000 rows"),
    "61 columns": ("id,first_name," + ",".join(f"c{n}" for n in range(59)) + "\n", "more than 60 columns"),
    "5 MB and a byte": (b"x" * 5_000_001, "experts.csv: The file is larger than 5 MB."),
    "one long line": ("id,first_name\n" + "a" * 3_000_000 + ",b\n", "row 2: A cell that starts on this line"),
    "quotes only": ("id,first_name\n" + '"' * 100_001 + "\n", "row 2: A quotation mark"),
}


@pytest.mark.parametrize(("data", "expected"), NO_SHEET.values(), ids=NO_SHEET)
def test_what_is_no_sheet_is_refused_in_time_and_named(data: str | bytes, expected: str) -> None:
    began = time.process_time()
    reading = read_region(typed(experts=data))
    assert time.process_time() - began < SLOWEST_SECONDS
    assert reading.region is None
    assert any(expected in str(fault) for fault in reading.faults), [str(fault) for fault in reading.faults]


NAMES = [
    "../../etc/x.csv",
    "C:\\x.csv",
    '"><img onerror=x>.csv',
    "a\r\nSet-Cookie: b.csv",
    "x" * 300,
    "\u202evsc.exe",
    "\x1b[2J",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_by_a_strange_name_is_left_out_and_its_name_does_no_harm(name: str) -> None:
    reading = read_region(typed() | {name: b"id\n1\n"})
    assert reading.region == read_region(typed()).region
    [warning] = map(str, reading.warnings)
    assert warning.isprintable()
    assert len(warning) < 200


def test_a_strange_column_is_named_without_its_control_characters() -> None:
    reading = read_region(typed(experts=EXPERTS.replace("roles", "roles,\x1b[31mred\x07").replace("host", "host,x")))
    assert reading.region is not None
    assert all(str(warning).isprintable() for warning in reading.warnings)


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+31", "-Noor", "@sum", "{{7*7}}", "${x}", "%s", "a\u00a0b"])
def test_a_name_that_looks_like_a_formula_is_a_name(name: str) -> None:
    region = read_region(with_row("experts", f'tom,"{name}",host,1')).region
    assert region is not None
    assert {profile.first_name.replace("\u00a0", " ") for profile in region.profiles} >= {name.replace("\u00a0", " ")}
