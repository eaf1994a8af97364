"""How does a shift stand on the board: a chip in finished words, the same for the grid, the list and the panel?"""

from datetime import date

from scheduler.services.board_views import BoardRow, BoardShift, BoardView, PersonState
from web import present, words
from web.language import gettext, language, ngettext

MINUTES_AN_HOUR = 60


def chip_of(shift: BoardShift) -> dict[str, object]:
    """One shift for the eyes and for a screen reader."""
    state = "gap" if shift.missing else ("confirmed" if shift.live else "tentative")
    said = {"gap": gettext("gap"), "confirmed": gettext("confirmed"), "tentative": gettext("tentative")}[state]
    names = [person.name for person in shift.people]
    gap = ngettext("Gap", "%(num)s gaps", shift.missing) if shift.missing else ""
    return {
        "id": shift.id,
        "state": state,
        "said": said,
        "who": present.plain_list([*names, gap] if gap else names) if names or gap else gettext("nobody"),
        "when": present.dense_hours(shift.start, shift.end),
        "what": present.lower_first(activity_of(shift)),
        "house": shift.venue_name,
        "day": shift.day.isoformat(),
        "called": present.short_day(shift.day),
        "missing": shift.missing,
        "needed": shift.needed,
        "people": [_person(person.expert, person.name, person.state, person.pinned) for person in shift.people],
        "declined": [person.name for person in shift.declined],
        "pinned": any(person.pinned for person in shift.people),
        "talk": any(person.state is PersonState.TALK for person in shift.people),
        "frozen": shift.frozen,
        "past": shift.past,
    }


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
        "undo": view.can_undo,
        "redo": view.can_redo,
        "days": [_day(day) for day in view.days],
        "rows": [_row(view, row) for row in view.rows],
        "shifts": {id: chip_of(shift) for id, shift in view.shifts.items()},
    }


def _person(expert: str, name: str, state: PersonState, pinned: bool) -> dict[str, object]:
    return {"id": expert, "name": name, "state": state.value, "pinned": pinned}


def _day(day: date) -> dict[str, object]:
    return {
        "date": day.isoformat(),
        "label": present.short_day(day),
        "rest": day.weekday() > 4,
        "week": day.weekday() == 0,
        "today": day == present.today(),
    }


def _row(view: BoardView, row: BoardRow) -> dict[str, object]:
    if view.by == "expert":
        wished = row.wished_minutes_a_week
        weeks = max(1, len(view.days) // 7)
        planned = present.decimal(round(row.minutes / MINUTES_AN_HOUR, 1))
        note = (
            gettext("%(planned)s hours", planned=planned)
            if wished is None
            else gettext(
                "%(planned)s of %(wished)s hours",
                planned=planned,
                wished=present.decimal(round(wished * weeks / MINUTES_AN_HOUR, 1)),
            )
        )
        kind = present.say(words.called(words.CONTRACTS, row.kind)) if row.kind else ""
    else:
        note = gettext("%(filled)s of %(required)s", filled=row.filled, required=row.required)
        kind = present.say(words.called(words.VENUE_KINDS, row.kind))
    return {"id": row.id, "name": row.name, "kind": kind, "note": note, "cells": [list(cell) for cell in row.cells]}
