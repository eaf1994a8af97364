"""Hours per person and month: every shift counts once, sums are right, and no name becomes a formula."""

import csv
import io
from datetime import date

from openpyxl import load_workbook

from scheduler.exchange.hours import HoursTable, Worked

PEOPLE = [("e1", "Noor Jansen"), ("e2", "=1+1"), ("e3", "Noor Jansen")]
WORKED = [
    Worked("e1", date(2027, 1, 6), 180),
    Worked("e1", date(2027, 1, 31), 100),
    Worked("e1", date(2027, 12, 31), 540, is_planned=True),
    Worked("e3", date(2027, 3, 28), 50),
]
TABLE = HoursTable(2027, PEOPLE, WORKED, ("Number", "Name", "Sum", "planned"))


def test_hours_stand_in_the_month_of_their_day_with_the_sums_of_rows_and_columns() -> None:
    sheet = load_workbook(io.BytesIO(TABLE.xlsx())).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == ["Number", "Name", *(f"2027-{month:02d}" for month in range(1, 13)), "Sum", "planned"]
    assert rows[1] == ["e1", "Noor Jansen", 4.67, *[0] * 10, 9, 13.67, 9]
    assert rows[2][2:] == [0] * 14
    assert rows[3][4] == 0.83
    assert rows[4] == [None, "Sum", 4.67, 0, 0.83, *[0] * 8, 9, 14.5, 9]


def test_no_name_becomes_a_formula() -> None:
    sheet = load_workbook(io.BytesIO(TABLE.xlsx())).active
    assert sheet is not None
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert sheet["B3"].value == "'=1+1"
    assert '\r\n"e2";"\'=1+1";' in TABLE.csv(",").decode("utf-8-sig")


def test_text_has_the_decimal_mark_of_its_reader() -> None:
    for mark in (",", "."):
        text = TABLE.csv(mark).decode("utf-8-sig")
        first = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))[1]
        assert first[2] == f"4{mark}67"


def test_a_year_in_which_nobody_works_is_a_table_of_zeros() -> None:
    rows = TABLE.__class__(2028, PEOPLE, [], TABLE.header).csv(".").decode("utf-8-sig").splitlines()
    assert len(rows) == 5
    assert set(rows[-1].split(";")[2:]) == {'"0.0"'}
