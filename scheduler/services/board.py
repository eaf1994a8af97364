"""What stands on the board of a window, and how good is it?"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from scheduler.domain.errors import NotFound
from scheduler.domain.time import PlanningWindow
from scheduler.services.board_views import BoardFilters, BoardRow, BoardShift, BoardView
from scheduler.services.context import App, Viewer, agency_of, require_planner
from scheduler.services.prepared import prepare_bench_soon
from scheduler.services.scene import Scene, read_scene, window_at
from scheduler.services.views import Named

NO_FILTERS = BoardFilters()


def board(
    app: App,
    viewer: Viewer,
    window_first: date,
    *,
    by: str = "venue",
    week: int | None = None,
    filters: BoardFilters = NO_FILTERS,
) -> BoardView:
    """The board by "venue" or "expert"; `week` counts from 0 inside the window, None is all of it."""
    require_planner(viewer)
    with app.database.reading() as work:
        scene = read_scene(app, work, window_first)
        undo, redo = work.rosters.step_marks(scene.draft.id) if scene.draft else ("", "")
        active = next((r.id for r in work.runs.active() if r.window.first == window_first), None)
    prepare_bench_soon(scene.problem, scene.roster, scene.rules)
    days = _days(scene, week)
    shifts = _shown(scene, days, filters)
    rows = _expert_rows if by == "expert" else _venue_rows
    return BoardView(
        window=scene.window,
        windows=tuple(w.first for w in scene.agency.windows(scene.now)),
        week=week,
        by="expert" if by == "expert" else "venue",
        edition=scene.edition,
        draft_number=scene.draft.number if scene.draft else None,
        published_number=scene.published.number if scene.published else None,
        published_at=scene.published.published_at if scene.published else None,
        days=days,
        rows=tuple(rows(scene, days, shifts, filters)),
        shifts={s.id: s for s in shifts},
        before=scene.before,
        after=scene.after,
        neighbourhoods=tuple(Named(n.id, n.name) for n in sorted(scene.problem.neighbourhoods, key=lambda n: n.name)),
        roles=tuple(sorted({a.role for a in scene.problem.activities})),
        filters=filters,
        undo=undo,
        redo=redo,
        active_run=active,
        gap_weeks=_gap_weeks(scene, by, filters),
    )


def next_week(app: App, viewer: Viewer, window_first: date) -> int | None:
    """The week of a window, counted from 0, with the first shift that has not begun; None when all have."""
    require_planner(viewer)
    now = app.clock()
    with app.database.reading() as work:
        window = window_at(agency_of(work), window_first)
        starts = [s.span.start for s in work.shifts.in_window(window) if s.span.start > now]
    return _week_of(window, min(starts)) if starts else None


def _week_of(window: PlanningWindow, start: datetime) -> int:
    return (window.date_of(start) - window.first).days // 7


def _gap_weeks(scene: Scene, by: str, filters: BoardFilters) -> tuple[int, ...]:
    """Gaps of which a chip stands on the board: by person only those with somebody on them already."""
    people = scene.roster.by_shift
    short = [s for s in scene.problem.shifts if len(people.get(s.id, ())) < s.demand.required]
    chips = [scene.board_shift(s) for s in short if s.span.start > scene.now]
    gaps = [chip for chip in chips if _passes(chip, filters)]
    if by == "expert":
        seen = [chip for chip in gaps if any(_matches(scene.names.full(p.expert), filters) for p in chip.people)]
    else:
        seen = [chip for chip in gaps if _matches(chip.venue_name, filters)]
    return tuple(sorted({_week_of(scene.window, chip.start) for chip in seen}))


def _days(scene: Scene, week: int | None) -> tuple[date, ...]:
    days = tuple(scene.window.dates())
    if week is None:
        return days
    if not 0 <= week * 7 < len(days):
        raise NotFound("This window has no week %(week)s.", week=week + 1)
    return days[week * 7 : week * 7 + 7]


def _shown(scene: Scene, days: tuple[date, ...], filters: BoardFilters) -> list[BoardShift]:
    inside = set(days)
    shifts = (s for s in scene.problem.shifts if scene.window.date_of(s.span.start) in inside)
    return [chip for chip in map(scene.board_shift, shifts) if _passes(chip, filters)]


def _passes(chip: BoardShift, filters: BoardFilters) -> bool:
    return (
        filters.neighbourhood in {"", chip.neighbourhood}
        and filters.role in {"", chip.role}
        and (not filters.gaps_only or chip.missing > 0)
    )


def _cells(days: tuple[date, ...], shifts: Iterable[BoardShift]) -> tuple[tuple[str, ...], ...]:
    found: dict[date, list[str]] = defaultdict(list)
    for chip in sorted(shifts, key=lambda s: (s.start, s.id)):
        found[chip.day].append(chip.id)
    return tuple(tuple(found.get(day, ())) for day in days)


def _matches(text: str, filters: BoardFilters) -> bool:
    return filters.search.casefold().strip() in text.casefold()


def _venue_rows(
    scene: Scene, days: tuple[date, ...], shifts: list[BoardShift], filters: BoardFilters
) -> Iterable[BoardRow]:
    narrowed = filters.gaps_only or bool(filters.role)
    by_venue: dict[str, list[BoardShift]] = defaultdict(list)
    for chip in shifts:
        by_venue[chip.venue].append(chip)
    for venue in sorted(scene.problem.venues, key=lambda v: v.name):
        here = by_venue[venue.id]
        if filters.neighbourhood not in {"", venue.neighbourhood} or not _matches(venue.name, filters):
            continue
        if here or not narrowed:
            yield BoardRow(
                id=venue.id,
                name=venue.name,
                kind=venue.kind,
                neighbourhood=venue.neighbourhood,
                cells=_cells(days, here),
                required=sum(s.needed for s in here if not s.past),
                filled=sum(s.needed - s.missing for s in here if not s.past),
            )


def _expert_rows(
    scene: Scene, days: tuple[date, ...], shifts: list[BoardShift], filters: BoardFilters
) -> Iterable[BoardRow]:
    mine: dict[str, list[BoardShift]] = defaultdict(list)
    for chip in shifts:
        for person in chip.people:
            mine[person.expert].append(chip)
    for expert in sorted(scene.problem.experts, key=lambda e: scene.names.expert(e.id)):
        if not _matches(scene.names.full(expert.id), filters) or (filters.role and filters.role not in expert.roles):
            continue
        own = mine[expert.id]
        contract = expert.contract_on(days[0])
        yield BoardRow(
            id=expert.id,
            name=scene.names.expert(expert.id),
            kind=contract.kind.value if contract else "",
            neighbourhood="",
            cells=_cells(days, own),
            minutes=sum((s.end - s.start) // timedelta(minutes=1) for s in own),
            wished_minutes_a_week=expert.wished_minutes_a_week,
        )
