"""Which shifts do accepted requests become, as window after window opens?"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from scheduler.domain.cover import CoverRequest, RequestState
from scheduler.domain.shifts import Shift
from scheduler.domain.time import Days, PlanningWindow
from scheduler.services.context import App, Viewer
from scheduler.services.unit import Result, Unit, change_once
from scheduler.store import Work

OPENED_UNTIL = "opened_until"


def shifts_in(request: CoverRequest, windows: Sequence[PlanningWindow]) -> list[Shift]:
    """The shifts of a request inside these windows, in order."""
    return [s for w in windows for s in request.shifts(Days(w.first, w.end), w.zone)]


def materialise(
    work: Work, requests: Iterable[CoverRequest], windows: Sequence[PlanningWindow], since: datetime | None = None
) -> int:
    """Add the shifts of these requests that are not there yet and start from `since` on; how many were added."""
    wanted = {s.id: s for r in requests for s in shifts_in(r, windows) if since is None or s.span.start >= since}
    known = work.shifts.find_many(wanted)
    missing = [s for id, s in wanted.items() if id not in known]
    work.shifts.add_all(missing)
    return len(missing)


def open_windows(app: App) -> int:
    """Open the windows that are due by the calendar: accepted requests become shifts there; how many were added."""
    with app.database.reading() as work:
        opened = str(work.settings.value(OPENED_UNTIL, ""))
    windows = app.windows()
    if opened >= windows[-1].end.isoformat():
        return 0
    found = change_once(app, Viewer.system(), "open_windows", _open)
    return int(str(found["added"]))


def _open(unit: Unit) -> Result:
    windows = unit.agency.windows(unit.at)
    accepted = unit.work.requests.in_state(RequestState.ACCEPTED)
    added = materialise(unit.work, accepted, windows, since=unit.at)
    unit.work.settings.put(OPENED_UNTIL, windows[-1].end.isoformat())
    unit.record(windows[-1].first.isoformat(), "shifts")
    return {"added": added}
