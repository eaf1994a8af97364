"""How does a planner mend a gap, or what somebody leaves behind: the difference first, the draft only afterwards?"""

from dataclasses import dataclass
from datetime import date

from scheduler.domain.errors import Refused, Sentence, Stale
from scheduler.domain.roster import Assignment, RosterVersion
from scheduler.rules.repair import Moment, Repair, repair
from scheduler.services.board_views import BoardShift, EditResult, Measures
from scheduler.services.context import App, Viewer, require_planner
from scheduler.services.prepared import prepared_bench
from scheduler.services.roster import edit_many
from scheduler.services.scene import Scene, read_scene
from scheduler.services.seen import Looked
from scheduler.services.unit import Unit, digest_of
from scheduler.services.views import ShiftLabel
from scheduler.store.steps import Change

REPAIRED = Sentence("The repair stands in the draft.")


@dataclass(frozen=True, slots=True)
class MoveView:
    """One step of a proposal; `leaves` is the shift that somebody gives up, `invitation`: it may be refused."""

    shift: ShiftLabel
    name: str
    leaves: ShiftLabel | None
    invitation: bool


@dataclass(frozen=True, slots=True)
class RepairView:
    """What a repair would change, before anything is taken over; `proposal` goes back to take over exactly this."""

    edition: int
    shift: BoardShift
    out: str
    out_name: str
    moves: tuple[MoveView, ...]
    places: int
    """How many places were to be filled."""
    still_open: int
    before: Measures
    after: Measures
    proposal: str


def propose_repair(app: App, viewer: Viewer, window_first: date, shift: str, *, out: str = "") -> RepairView:
    """The fewest changes that fill the open places of a shift; `out` is somebody on it who falls out."""
    require_planner(viewer)
    with app.database.reading() as work:
        scene = read_scene(app, work, window_first)
    found, places = _proposal(scene, shift, out)
    labels = {s: scene.names.label(scene.problem.shift[s]) for m in found.moves for s in (m.shift, m.leaves) if s}
    return RepairView(
        edition=scene.edition,
        shift=scene.board_shift(scene.shift(shift)),
        out=out,
        out_name=scene.names.expert(out) if out else "",
        moves=tuple(
            MoveView(
                labels[m.shift], scene.names.expert(m.expert), labels[m.leaves] if m.leaves else None, m.invitation
            )
            for m in found.moves
        ),
        places=places,
        still_open=len(found.open),
        before=scene.after,
        after=scene.measures(found.roster),
        proposal=digest_of(found.moves),
    )


def take_over_repair(
    app: App,
    viewer: Viewer,
    window_first: date,
    shift: str,
    *,
    out: str = "",
    proposal: str,
    edition: int,
    key: str = "",
) -> EditResult:
    """Write a proposal into the draft as one step; Stale when the proposal of now is another one."""
    require_planner(viewer)

    def change(unit: Unit, draft: RosterVersion) -> Change:
        scene = read_scene(app, unit.work, window_first)
        found, _ = _proposal(scene, shift, out)
        if digest_of(found.moves) != proposal:
            raise Stale("Something changed since you saw this repair. Look at it once more.")
        if not found.moves:
            raise Refused("This repair changes nothing.")
        before, after = draft.roster.assignments, found.roster.assignments
        return Change.of(added=after - before, removed=before - after, unpinned=before - after)

    body = {"shift": shift, "out": out, "proposal": proposal}
    looked = Looked(edition)
    return edit_many(app, viewer, "repair", window_first, body, change, REPAIRED, looked=looked, key=key)


def _proposal(scene: Scene, shift_id: str, out: str) -> tuple[Repair, int]:
    """The repair of one shift and the number of places that it was to fill."""
    shift = scene.shift(shift_id)
    if shift.span.start <= scene.now:
        raise Refused("This shift has begun; who was there no longer changes.")
    people = scene.roster.by_shift.get(shift_id, [])
    if out and out not in people:
        raise Refused("%(expert)s is not on this shift.", expert=scene.names.expert(out))
    lost = [Assignment(out, shift_id)] if out else []
    gaps = [shift_id] * max(0, shift.demand.required - len(people))
    moment = Moment(scene.now, scene.call_up_term)
    bench = prepared_bench(scene.problem, scene.roster, scene.rules)
    found = repair(scene.problem, scene.roster, lost, scene.rules, moment, gaps=gaps, bench=bench)
    return found, len(lost) + len(gaps)
