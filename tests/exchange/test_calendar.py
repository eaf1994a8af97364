"""Is a calendar file valid, stable and quiet?"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from scheduler.domain.time import Span
from scheduler.exchange.calendar import CalendarEvent, CalendarFile, EventState, etag_of, uid_of

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
START = datetime(2027, 10, 30, 20, tzinfo=UTC)
CHANGED = datetime(2027, 1, 1, tzinfo=UTC)


def event(
    key: str = "s1/noor", title: str = "Dienst, De Zilverlinde", start: datetime = START, **more: object
) -> CalendarEvent:
    """A night shift over the change of the clock."""
    fields = {"state": EventState.CONFIRMED, "sequence": 0, **more}
    return CalendarEvent(key, title, Span(start, start + timedelta(hours=9)), changed_at=CHANGED, **fields)  # type: ignore[arg-type]


def written(*events: CalendarEvent) -> bytes:
    """The file of these events."""
    return CalendarFile("Mijn diensten", AMSTERDAM, events).to_bytes()


def read(data: bytes) -> list[dict[str, object]]:
    """What another program reads in it."""
    found = []
    for part in Calendar.from_ical(data).walk("VEVENT"):
        found.append(
            {"uid": str(part["UID"]), "start": part.decoded("DTSTART"), "end": part.decoded("DTEND"), "part": part}
        )
    return found


def test_a_shift_comes_back_with_its_true_instants() -> None:
    (only,) = read(written(event()))
    assert (only["start"], only["end"]) == (START, START + timedelta(hours=9))


def test_a_shift_in_the_second_of_two_equal_hours_comes_back_with_its_true_instants() -> None:
    start = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    (only,) = read(written(event(start=start)))
    assert only["start"] == start


def test_the_id_of_an_event_never_changes_and_tells_nothing() -> None:
    before, after = read(written(event())), read(written(event(title="Dienst, Het Theelicht", sequence=4)))
    assert before[0]["uid"] == after[0]["uid"] == uid_of("s1/noor")
    assert "noor" not in str(before[0]["uid"])
    assert read(written(event("s1/sam")))[0]["uid"] != before[0]["uid"]


def test_the_same_events_give_the_same_bytes_in_any_order_and_a_change_gives_others() -> None:
    one, two = event("a"), event("b", start=START + timedelta(days=1))
    assert written(one, two) == written(two, one)
    assert etag_of(written(one)) != etag_of(written(event("a", sequence=1)))


@pytest.mark.parametrize("state", EventState)
def test_an_event_says_how_sure_it_is(state: EventState) -> None:
    data = written(event(state=state, sequence=3))
    assert f"STATUS:{state.value}\r\n".encode() in data
    assert b"SEQUENCE:3\r\n" in data


def test_text_cannot_break_out_of_its_line() -> None:
    data = written(event(title="Dienst\r\nBEGIN:VALARM\x00\x07", details="een\r\ntwee", location="A;B,C"))
    (only,) = read(data)
    assert b"\r\nBEGIN:VALARM" not in data
    assert str(only["part"]["SUMMARY"]) == "Dienst BEGIN:VALARM"  # type: ignore[index]
    assert str(only["part"]["DESCRIPTION"]) == "een\ntwee"  # type: ignore[index]
    assert str(only["part"]["LOCATION"]) == "A;B,C"  # type: ignore[index]


def test_lines_are_folded_at_75_octets_between_characters() -> None:
    title = "Dienst, " + "Café Ñandú 😀 " * 12
    data = written(event(title=title))
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert str(read(data)[0]["part"]["SUMMARY"]) == title  # type: ignore[index]
    for line in data.split(b"\r\n"):
        line.decode("utf-8")


def test_the_zone_comes_with_the_file() -> None:
    zones = Calendar.from_ical(written(event())).walk("VTIMEZONE")
    assert [str(zone["TZID"]) for zone in zones] == ["Europe/Amsterdam"]


def test_a_calendar_without_shifts_is_a_calendar() -> None:
    assert read(written()) == []
