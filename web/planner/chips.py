"""How does a shift stand on the board: a chip in finished words, the same for the grid, the list and the panel?"""

from datetime import date, timedelta

from scheduler.services.board_views import BoardPerson, BoardRow, BoardShift, BoardView, PersonState
from web import days, present, words
from web.language import gettext, language, ngettext

MINUTES_AN_HOUR = 60
GAP, EMPTY = "gap", "empty"


def chip_of(shift: BoardShift) -> dict[str, object]:
    """One shift for the eyes and for a screen reader."""
    state = _state(shift)
    names = [person.name for person in shift.people]
    gap = gettext("Gap") if shift.missing == 1 else ngettext("%(num)s gap", "%(num)s gaps", shift.missing)
    return {
        "id": shift.id,
        "state": state,
        "word": gettext("gap") if state == GAP else _word(state),
        "said": "; ".join(_said(shift)),
        "more": "; ".join(_said(shift)[1:]) if shift.missing else "",
        "who": present.plain_list([*names, gap] if shift.missing else names) or gettext("nobody"),
        "when": present.dense_hours(shift.start, shift.end),
        "what": present.lower_first(activity_of(shift)),
        "house": shift.venue_name,
        "starts": shift.start.isoformat(),
        "called": days.short_day(shift.day),
        "missing": shift.missing,
        "needed": shift.needed,
        "people": [_person(person) for person in shift.people],
        "declined": [person.name for person in shift.declined],
        "pinned": any(person.pinned for person in shift.people),
        "talk": any(person.state is PersonState.TALK for person in shift.people),
        "frozen": shift.frozen,
        "past": shift.past,
    }


def _state(shift: BoardShift) -> str:
    """What matters first: an open place, then what people were not told, then who did not simply say yes."""
    if shift.missing:
        return GAP
    if not shift.live:
        return PersonState.DRAFT
    found = {person.state for person in shift.people}
    return next((state for state in (PersonState.TALK, PersonState.ASKED, PersonState.YES) if state in found), EMPTY)


def _word(state: str) -> str:
    return {
        EMPTY: gettext("nobody"),
        PersonState.DRAFT: gettext("only in the draft"),
        PersonState.ASKED: gettext("asked, no answer yet"),
        PersonState.YES: gettext("said yes"),
        PersonState.TALK: gettext("wants to talk"),
    }[state]


def _said(shift: BoardShift) -> list[str]:
    """The state of the shift in words, person by person where they differ."""
    words = {person.name: _word(person.state) for person in shift.people}
    parts = [gettext("gap")] if shift.missing else []
    if shift.missing or len(set(words.values())) > 1:
        parts += [f"{name}: {word}" for name, word in words.items()]
    else:
        parts += [_word(_state(shift))]
    if shift.declined and shift.missing:
        no = gettext("Not this time: %(names)s", names=", ".join(person.name for person in shift.declined))
        parts.append(present.lower_first(no))
    return parts


def activity_of(shift: BoardShift) -> str:
    """The name of the activity in the viewer's language."""
    found = words.ACTIVITIES.get(shift.activity)
    return shift.activity_name if found is None or language() == "nl" else present.say(found)


def grid_of(view: BoardView) -> dict[str, object]:
    """Everything the grid needs for one view of the board."""
    return {
        "window": view.window.first.isoformat(),
        "edition": view.edition,
        "by": view.by,
        "week": view.week,
        "gap_weeks": list(view.gap_weeks),
        "undo": view.undo,
        "redo": view.redo,
        "days": [_day(day) for day in view.days],
        "weeks": [_week(view, first) for first in view.days[::7]],
        "rows": [_row(view, row) for row in view.rows],
        "shifts": {id: chip_of(shift) for id, shift in view.shifts.items()},
    }


def _person(person: BoardPerson) -> dict[str, object]:
    said = _word(person.state)
    return {"id": person.expert, "name": person.name, "state": person.state, "said": said, "pinned": person.pinned}


def _day(day: date) -> dict[str, object]:
    return {
        "date": day.isoformat(),
        "label": days.short_day(day),
        "short": days.short_weekday(day),
        "number": day.day,
        "rest": day.weekday() > 4,
        "week": day.weekday() == 0,
        "today": day == days.today(),
    }


def _week(view: BoardView, first: date) -> str:
    last = first + timedelta(days=6)
    number = gettext("Week %(number)s", number=first.isocalendar().week)
    return f"{number} · {days.short_day(first)}{present.EN_DASH}{days.short_day(last)}"


def _row(view: BoardView, row: BoardRow) -> dict[str, object]:
    note, kind, share = _hours(view, row) if view.by == "expert" else _places(row)
    cells = [list(cell) for cell in row.cells]
    return {"id": row.id, "name": row.name, "kind": kind, "note": note, "share": share, "cells": cells}


def _hours(view: BoardView, row: BoardRow) -> tuple[str, str, int | None]:
    """Planned beside wished hours, the kind of contract, and the share in percent."""
    kind = present.say(words.called(words.CONTRACTS, row.kind)) if row.kind else ""
    planned = present.decimal(round(row.minutes / MINUTES_AN_HOUR, 1))
    wished_a_week = row.wished_minutes_a_week
    if wished_a_week is None:
        return gettext("%(planned)s hours", planned=planned), kind, None
    wished_minutes = wished_a_week * max(1, len(view.days) // 7)
    wished = present.decimal(round(wished_minutes / MINUTES_AN_HOUR, 1))
    share = min(100, row.minutes * 100 // wished_minutes) if wished_minutes else 100
    return gettext("%(planned)s of %(wished)s hours", planned=planned, wished=wished), kind, share


def _places(row: BoardRow) -> tuple[str, str, int | None]:
    """Filled of required places and the kind of venue."""
    note = gettext("%(filled)s of %(required)s", filled=row.filled, required=row.required)
    if not row.required:
        note = present.lower_first(gettext("Over")) if any(row.cells) else ""
    missing = row.required - row.filled
    if missing > 0:
        note += " · " + ngettext("%(num)s gap", "%(num)s gaps", missing)
    return note, present.say(words.called(words.VENUE_KINDS, row.kind)), None
