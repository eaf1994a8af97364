"""Is everything that is wrong with a file named, with its place, and does nothing come of it?"""

from pathlib import Path

import pytest

from scheduler.exchange.faults import Limits
from scheduler.exchange.layout import Reading, read_region
from tests.exchange.worlds import TYPED, typed, with_row

NAME = "experts.csv, row 4, column first_name"
WISH = "experts.csv, row 4, column wished_hours_week"
AVAILABLE = "availability.csv, row 4"
SHIFT = "s2,lydia,drop_in,{date},{start},{end}"


def faults(reading: Reading) -> list[str]:
    """The faults as people read them."""
    assert (reading.region is None) == bool(reading.total)
    return [str(fault) for fault in reading.faults]


def shift_row(date: str = "2027-03-24", start: str = "09:30", end: str = "12:30") -> dict[str, bytes]:
    """The typed files with one more shift."""
    return with_row("shifts", SHIFT.format(date=date, start=start, end=end))


def test_the_typed_region_is_right() -> None:
    assert faults(read_region(typed())) == []


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (typed(experts=""), "experts.csv: The file is empty."),
        (typed(experts="id,first_name\n"), "experts.csv: The file has no rows."),
        (typed(shifts="id,venue,activity,date,start,end\n\n"), "shifts.csv: The file has no rows."),
        (typed(experts=None), "experts.csv: This file is missing."),
        (typed(experts="\n\n\n"), "experts.csv: The file is empty."),
        (typed(experts="id\ne1\n"), "experts.csv, row 1, column first_name: This column is missing."),
        (typed(experts="id,id,first_name\na,b,c\n"), "experts.csv, row 1: Column 'id' is there twice."),
        (
            typed(experts="id,first_name\ne1,Noor\ne2\n"),
            "experts.csv, row 3: The row has 1 cells; the header has 2.",
        ),
        (
            typed(experts='id,first_name\ne1,Noor\ne2,"Sam\ne3,Tom\n'),
            "experts.csv, row 3: A quotation mark on this line is not closed, or stands in the middle of a cell.",
        ),
        (
            typed(experts="id,first_name\ne1,Noor\ne2,\xc9lan\n".encode("cp1252")),
            "experts.csv: Line 3 is not UTF-8 text. Maybe save the file as 'CSV UTF-8'.",
        ),
        (
            typed(experts="id,first_name\ne1,Noor\n".encode("utf-16")),
            "experts.csv: Line 1 is UTF-16 text. Maybe save the file as 'CSV UTF-8'.",
        ),
        (typed(experts=b"MZ\x90\x00\x03\xff"), "experts.csv: Line 1 is not UTF-8 text. Maybe save the file"),
        (typed(agency="name,Bureau\n"), "agency.csv, row 1: The header must be: key, value."),
        (typed(agency="key,value\nname,B\n"), "agency.csv, column window_first: This cell must be filled in."),
        (
            typed(agency="key,value\nname,B\nwindow_first,2027-03-23\n"),
            "agency.csv, column window_first: A planning window starts on a Monday; 2027-03-23 is not one.",
        ),
        (
            typed(agency="key,value\nname,B\nwindow_first,2027-03-22\nzone,Mars/Base\n"),
            "agency.csv, row 4, column zone: 'Mars/Base' is not a time zone such as Europe/Amsterdam.",
        ),
        (
            typed(agency="key,value\nname,B\nname,C\nwindow_first,2027-03-22\n"),
            "agency.csv, row 3, column name: name is also on row 2.",
        ),
    ],
)
def test_a_file_that_is_no_sheet_is_named(files: dict[str, bytes], expected: str) -> None:
    assert any(line.startswith(expected) for line in faults(read_region(files)))


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (shift_row(date="1-2-26"), "shifts.csv, row 3, column date: '1-2-26' is not a date"),
        (shift_row(date="02/03/2026"), "shifts.csv, row 3, column date: '02/03/2026' is not a date"),
        (shift_row(date="20270324"), "shifts.csv, row 3, column date: '20270324' is not a date"),
        (shift_row(date="2027-02-29"), "shifts.csv, row 3, column date: The date 2027-02-29 does not exist."),
        (shift_row(date="2026-W53-8"), "shifts.csv, row 3, column date: '2026-W53-8' is not a date"),
        (shift_row(date="2026-366"), "shifts.csv, row 3, column date: '2026-366' is not a date"),
        (shift_row(date="46104"), "shifts.csv, row 3, column date: '46104' is not a date"),
        (shift_row(start="25:00"), "shifts.csv, row 3, column start: '25:00' is not a time"),
        (shift_row(start="12:60"), "shifts.csv, row 3, column start: '12:60' is not a time"),
        (shift_row(start="12:30:61"), "shifts.csv, row 3, column start: '12:30:61' is not a time"),
        (shift_row(start="24:00"), "shifts.csv, row 3, column start: '24:00' is not a time"),
        (shift_row(start="9.30"), "shifts.csv, row 3, column start: '9.30' is not a time"),
        (shift_row(end="09:30"), "shifts.csv, row 3: The end 09:30 equals the start."),
        (shift_row("2027-03-28", "02:30"), "shifts.csv, row 3: The time 02:30 does not exist on 2027-03-28"),
        (
            shift_row("2027-10-31", "02:30"),
            "shifts.csv, row 3, column fold: The time 02:30 occurs twice on 2027-10-31: write first or second in",
        ),
        (
            typed(history="expert,date,start,end\nnoor,2026-10-25,02:30,05:00\n"),
            "history.csv, row 2, column fold: The time 02:30 occurs twice on 2026-10-25",
        ),
        (
            with_row("requests", "r2,lydia,drop_in,2027-03-21,weekly,02:30,05:00"),
            "requests.csv, row 3: The time 02:30 does not exist on 2027-03-28",
        ),
        (
            with_row("experts", "tom,Tom,host,NaN"),
            WISH + ": 'NaN' is not",
        ),
        (with_row("experts", "tom,Tom,host,Infinity"), WISH + ": 'Infinity'"),
        (with_row("experts", "tom,Tom,host,-1"), WISH + ": -1 is not between 0"),
        (with_row("experts", "tom,Tom,host,9999"), WISH + ": 9999 is not between"),
        (
            with_row("experts", "tom,Tom,host,1e3"),
            WISH + ": '1e3' is not a number.",
        ),
        (
            with_row("experts", "tom,Tom,host," + "9" * 5000),
            WISH + ": The cell has",
        ),
        (with_row("experts", "tom,,host,1"), NAME + ": This cell must be filled in."),
        (with_row("experts", "to m,Tom,host,1"), "experts.csv, row 4, column id: 'to m' is not an id"),
        (with_row("experts", f"tom,{'T' * 201},host,1"), NAME + ": The text has 201"),
        (
            with_row("experts", f"tom,Z{chr(0x301) * 50},host,1"),
            NAME + ": The text has too",
        ),
        (with_row("experts", "tom,T\x07m,host,1"), NAME + ": The text has a control"),
        (
            with_row("experts", 'tom,"T\nBcc: x@y",host,1'),
            NAME + ": The text has a control",
        ),
        (with_row("experts", "tom,T\x00m,host,1"), NAME + ": The text has a control"),
        (
            with_row("availability", "tom,mon,09:00,13:00,wanted"),
            AVAILABLE + ", column expert: There is no 'tom'",
        ),
        (
            with_row("availability", "sam,ma,09:00,13:00,wanted"),
            AVAILABLE + ", column weekday: 'ma' is not one",
        ),
        (
            with_row("availability", "sam,tue,09:00,13:00,ill"),
            AVAILABLE + ", column level: 'ill' is not one of",
        ),
        (
            with_row("availability", "sam,tue,13:00,09:00,wanted"),
            AVAILABLE + ": The part of the day ends at",
        ),
        (with_row("pins", "noor,r1-20270323"), "pins.csv, row 3, column shift: There is no shift 'r1-20270323'"),
        (with_row("pins", "noor,nothing"), "pins.csv, row 3, column shift: There is no shift 'nothing'"),
        (
            with_row("shifts", "r1-20270322,lydia,drop_in,2027-03-22,09:30,12:30"),
            "shifts.csv, row 3, column id: 'r1-20270322' is the id of a shift of a request.",
        ),
        (
            typed(exclusions="expert,kind,subject\nnoor,venue,pinto\nnoor,day,21-3-2027\n"),
            "exclusions.csv, row 2, column subject: There is no 'pinto' in venues.csv.",
        ),
        (
            typed(wishes="expert,kind,subject,wish\nnoor,colleague,sam,gladly\nsam,colleague,noor,rather_not\n"),
            "wishes.csv, row 3: With whom somebody does not want to work belongs in exclusions.csv.",
        ),
        (
            typed(wishes="expert,kind,subject,wish\nnoor,colleague,bo,gladly\n"),
            "wishes.csv, row 2, column subject: There is no 'bo' in experts.csv.",
        ),
        (
            typed(stand_by="expert,part,neighbourhood\nnoor,morning,noord\n"),
            "stand_by.csv, row 2, column neighbourhood: There is no 'noord' in neighbourhoods.csv.",
        ),
        (
            typed(exclusions="expert,kind,subject\nnoor,day,21-3-2027\n"),
            "exclusions.csv, row 2: '21-3-2027' is not a date",
        ),
        (
            typed(accounts="id,email,display_name,role\na,\u0430dmin,Ilse,planner\n"),
            "accounts.csv, row 2, column email: '\u0430dmin' is not an e-mail address.",
        ),
        (
            typed(accounts="id,email,display_name,role,expert\na,i@x.nl,Ilse,planner,noor\n"),
            "accounts.csv, row 2: Account i@x.nl: exactly the role expert names an expert.",
        ),
        (
            typed(
                requests=TYPED["requests"]
                .replace("end\n", "end,submitted_at\n")
                .replace("12:30\n", "12:30,2027-01-01T09:00\n")
            ),
            "requests.csv, row 2, column submitted_at: '2027-01-01T09:00' needs a time zone",
        ),
        (
            typed(contracts="expert,kind,first,last\nnoor,employed,2027-02-01,2027-01-31\n"),
            "contracts.csv, row 2: The last day 2027-01-31 is before the first day 2027-02-01.",
        ),
    ],
)
def test_a_bad_row_is_named_with_its_place(files: dict[str, bytes], expected: str) -> None:
    found = faults(read_region(files))
    assert any(line.startswith(expected) for line in found), found


def test_the_same_person_twice_is_a_fault_on_both_rows() -> None:
    assert faults(read_region(with_row("experts", "noor,Noor,host,8"))) == [
        "experts.csv, row 2, column id: noor is also on row 4.",
        "experts.csv, row 4, column id: noor is also on row 2.",
    ]


def test_two_people_with_one_address_are_both_named_whatever_its_case() -> None:
    rows = "id,first_name,email\na,Noor,noor@x.nl\nb,Sam,\nc,Tom,\nd,Noor,NOOR@x.nl\n"
    found = faults(read_region(typed(experts=rows, availability=None, pins=None)))
    assert [line.split(":")[0] for line in found] == [
        "experts.csv, row 2, column email",
        "experts.csv, row 5, column email",
    ]


def test_a_column_that_is_not_known_is_a_warning_and_is_left_out() -> None:
    reading = read_region(typed(experts="id,first_name,shoe_size\nnoor,Noor,41\nsam,Sam,43\n"))
    assert faults(reading) == []
    assert [str(warning) for warning in reading.warnings] == [
        "experts.csv, row 1, column shoe_size: Column 'shoe_size' is not known; it was left out."
    ]


def test_a_file_that_is_not_known_is_a_warning() -> None:
    reading = read_region(typed() | {"patients.csv": b"name\n"})
    assert faults(reading) == []
    assert len(reading.warnings) == 1


def test_one_bad_row_among_thousands_leaves_nothing_and_is_named() -> None:
    rows = [f"e{n},Naam,,8" for n in range(5_000)]
    rows[3_210] = "e3210,Naam,,acht"
    text = "id,first_name,roles,wished_hours_week\n" + "\n".join(rows) + "\n"
    reading = read_region(typed(experts=text, availability=None, pins=None))
    assert faults(reading) == ["experts.csv, row 3212, column wished_hours_week: 'acht' is not a number."]


def test_of_thousands_of_faults_two_hundred_are_shown_and_all_are_counted() -> None:
    text = "id,first_name,wished_hours_week\n" + "".join(f"e{n},Naam,acht\n" for n in range(5_000))
    reading = read_region(typed(experts=text, availability=None, pins=None))
    assert (len(reading.faults), reading.total) == (200, 5_000)


def test_the_limits_hold_at_their_edge() -> None:
    limits = Limits(rows=3, columns=3, characters=10)
    head = "id,first_name,{}\n"
    three = "".join(f"e{n},Naam,\n" for n in range(3))

    def read(text: str, limits: Limits = limits) -> list[str]:
        return faults(read_region({"experts.csv": text.encode()}, limits))

    assert not any("experts" in line for line in read(head.format("surname") + three))
    assert any("more than 3 rows" in line for line in read(head.format("surname") + three + "e4,Naam,\n"))
    assert any("more than 3 columns" in line for line in read(head.format("surname,phone") + three))
    assert any("more than 10 characters" in line for line in read(head.format("surname") + "e1,Naamnaamnaa,\n"))
    assert any("larger than 1 MB" in line for line in read("x" * 1_000_001, Limits(megabytes=1)))


def test_a_cell_without_end_is_a_fault_and_no_crash() -> None:
    found = faults(read_region(typed(experts=f'id,first_name\nnoor,"{"N" * 200_000}"\n')))
    assert found[0] == "experts.csv, row 2: A cell that starts on this line is far too long."


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    assert faults(read_region(tmp_path / "none")) == [f"There is no folder {tmp_path / 'none'}."]


@pytest.mark.parametrize(
    "name", ["O'Brien", "Ñandú", "Şükrü", "Ĳsbrand", "van 't Hof", "A", "😀", '" onmouseover=', "{{7*7}}"]
)
def test_every_name_of_a_person_is_accepted_as_it_is_written(name: str) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    region = read_region(with_row("experts", f"tom,{quoted},host,1")).region
    assert region is not None
    assert {profile.first_name for profile in region.profiles} >= {name}


def test_letters_are_composed_so_that_search_finds_them() -> None:
    region = read_region(with_row("experts", "tom,Ade\u0300le,host,1")).region
    assert region is not None
    assert {profile.first_name for profile in region.profiles} >= {"Ad\u00e8le"}


@pytest.mark.parametrize(
    ("date", "start", "end", "hours"),
    [
        ("2027-03-27", "22:00", "07:00", 8),
        ("2027-10-30", "22:00", "07:00", 10),
        ("2027-03-24", "22:00", "07:00", 9),
        ("2027-03-24", "18:00", "24:00", 6),
    ],
)
def test_a_night_shift_ends_the_next_day_with_its_true_length(date: str, start: str, end: str, hours: int) -> None:
    region = read_region(shift_row(date, start, end)).region
    assert region is not None
    assert next(s for s in region.shifts if s.id == "s2").span.minutes == 60 * hours


def test_an_instant_means_the_same_in_any_zone() -> None:
    def with_came(came: str) -> dict[str, bytes]:
        rows = TYPED["requests"].replace("end\n", "end,submitted_at\n").replace("12:30\n", f"12:30,{came}\n")
        return typed(requests=rows)

    one, other = (read_region(with_came(came)).region for came in ("2027-01-01T09:00Z", "2027-01-01T10:00+01:00"))
    assert one is not None
    assert one == other


@pytest.mark.parametrize(
    "experts",
    [
        TYPED["experts"].encode("utf-16"),
        TYPED["experts"].replace("12", "twelve"),
        TYPED["experts"].replace("sam,Sam", 'sam,"Sam'),
        TYPED["experts"].replace(",12", ""),
        TYPED["experts"].replace("first_name", "name"),
        "id,first_name,roles,wished_hours_week\n",
    ],
    ids=["another encoding", "a bad cell", "an open quote", "a short row", "a column that misses", "no rows"],
)
def test_what_refers_to_a_row_that_cannot_be_read_is_no_fault_of_its_own(experts: str | bytes) -> None:
    found = faults(read_region(typed(experts=experts, declines="expert,shift\nsam,s1\n")))
    assert [line.partition(",")[0].partition(":")[0] for line in found] == ["experts.csv"], found


def test_what_refers_to_a_row_that_was_never_there_is_a_fault_beside_others() -> None:
    found = faults(
        read_region(
            typed(experts=TYPED["experts"].replace("12", "twelve"), declines="expert,shift\nsam,s1\nnobody,s1\n")
        )
    )
    assert [line.partition(": ")[0] for line in found] == [
        "experts.csv, row 3, column wished_hours_week",
        "declines.csv, row 3, column expert",
    ]


def test_a_folder_in_the_place_of_a_file_hides_no_other_fault(tmp_path: Path) -> None:
    for name, data in typed(experts=None, venues="id,name\nlydia,Lydia\n").items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "experts.csv").mkdir()
    (tmp_path / "older.csv").mkdir()
    reading = read_region(tmp_path)
    files = [str(fault).partition(":")[0].partition(",")[0] for fault in reading.faults]
    assert set(files) == {"experts.csv", "venues.csv"}
    assert files.count("experts.csv") == 1
    assert [fault.file for fault in reading.warnings] == ["older.csv"]


def test_a_limit_of_a_contract_that_cannot_be_is_no_fault_of_its_own() -> None:
    contracts = "expert,kind,first,last\nnoor,employed,2027-01-01,2026-01-01\n"
    limits = "expert,contract_first,days,most_hours\nnoor,2027-01-01,7,20\n"
    found = faults(read_region(typed(contracts=contracts, rolling_limits=limits)))
    assert [line.partition(":")[0] for line in found] == ["contracts.csv, row 2"]
