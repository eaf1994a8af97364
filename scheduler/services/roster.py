"""How does a planner change the draft by hand?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from scheduler.domain.errors import NotFound, Refused, Sentence
from scheduler.domain.roster import Assignment, RosterVersion
from scheduler.domain.shifts import Shift
from scheduler.services.board_views import EditResult
from scheduler.services.context import App, Viewer, require_planner
from scheduler.services.scene import Scene, read_scene, window_at
from scheduler.services.seen import Looked
from scheduler.services.undo import change_of, move, told
from scheduler.services.unit import Result, Unit, change_once
from scheduler.services.visits import names_of
from scheduler.store import Work
from scheduler.store.steps import Change

ASSIGNED = Sentence("%(expert)s is on this shift now, in the draft.")
TAKEN_OFF = Sentence("%(expert)s is off this shift, in the draft.")
PINNED = Sentence("%(expert)s is pinned on this shift.")
UNPINNED = Sentence("%(expert)s is no longer pinned on this shift.")


def assign(
    app: App,
    viewer: Viewer,
    window_first: date,
    shift: str,
    expert: str,
    *,
    edition: int,
    seen: str = "",
    key: str = "",
) -> EditResult:
    """Put somebody on a shift in the draft; broken rules are told, not forbidden.

    Stale when the draft has another edition and the shift is not as it was `seen` (what CandidatesView says of it).
    Refused when she said no to it, is on it already, or works elsewhere at that time.
    """

    def change(unit: Unit, draft: RosterVersion, pair: Assignment) -> Change:
        if pair in draft.roster.assignments:
            raise Refused("%(expert)s is on this shift already.", expert=_name(unit, pair.expert))
        _require_free(unit, draft, pair)
        return Change.of(added=[pair])

    return _edit(app, viewer, "assign", window_first, (shift, expert, edition, seen, key), change, ASSIGNED)


def unassign(
    app: App,
    viewer: Viewer,
    window_first: date,
    shift: str,
    expert: str,
    *,
    edition: int,
    seen: str = "",
    key: str = "",
) -> EditResult:
    """Take somebody off a shift in the draft."""

    def change(unit: Unit, draft: RosterVersion, pair: Assignment) -> Change:
        _require_assigned(unit, draft, pair)
        return Change.of(removed=[pair], unpinned=[pair])

    return _edit(app, viewer, "unassign", window_first, (shift, expert, edition, seen, key), change, TAKEN_OFF)


def pin(
    app: App,
    viewer: Viewer,
    window_first: date,
    shift: str,
    expert: str,
    *,
    edition: int,
    seen: str = "",
    key: str = "",
) -> EditResult:
    """Fix somebody on a shift, so that no run moves them; assigns when needed."""

    def change(unit: Unit, draft: RosterVersion, pair: Assignment) -> Change:
        if pair not in draft.roster.assignments:
            _require_free(unit, draft, pair)
        return Change.of(added=[pair], pinned=[pair])

    return _edit(app, viewer, "pin", window_first, (shift, expert, edition, seen, key), change, PINNED)


def unpin(
    app: App,
    viewer: Viewer,
    window_first: date,
    shift: str,
    expert: str,
    *,
    edition: int,
    seen: str = "",
    key: str = "",
) -> EditResult:
    """Let a run decide about this person and shift again."""

    def change(unit: Unit, draft: RosterVersion, pair: Assignment) -> Change:
        _require_assigned(unit, draft, pair)
        return Change.of(unpinned=[pair])

    return _edit(app, viewer, "unpin", window_first, (shift, expert, edition, seen, key), change, UNPINNED)


def undo(app: App, viewer: Viewer, window_first: date, *, edition: int, seen: str = "", key: str = "") -> EditResult:
    """Take back the last edit of a planner, or the last run; Refused when there is none.

    What an expert answered is no edit: nobody who said no comes back, and the result says what stays and why. Stale
    when the draft has another edition and the step is not the one `seen` (BoardView.undo).
    """
    return _step(app, viewer, "undo", window_first, (edition, seen, key))


def redo(app: App, viewer: Viewer, window_first: date, *, edition: int, seen: str = "", key: str = "") -> EditResult:
    """Do again what was taken back; Stale in the same way."""
    return _step(app, viewer, "redo", window_first, (edition, seen, key))


def _name(unit: Unit, expert: str) -> str:
    return names_of(unit.work).expert(expert)


def _require_assigned(unit: Unit, draft: RosterVersion, pair: Assignment) -> None:
    if pair not in draft.roster.assignments:
        raise Refused("%(expert)s is not on this shift.", expert=_name(unit, pair.expert))


def _require_free(unit: Unit, draft: RosterVersion, pair: Assignment) -> None:
    if pair in unit.work.responses.declined_in_window(draft.window):
        raise Refused(
            "%(expert)s said no to this shift; only a newer yes changes that.", expert=_name(unit, pair.expert)
        )
    span = unit.work.shifts.get(pair.shift).span
    for other in unit.work.shifts.find_many(draft.roster.by_expert.get(pair.expert, ())).values():
        if other.span.meets(span):
            names = names_of(unit.work)
            raise Refused(
                "%(expert)s already works then, at %(venue)s.",
                expert=names.expert(pair.expert),
                venue=names.venue(other.venue),
            )


def _require_editable(unit: Unit, window_first: date, pair: Assignment) -> Shift:
    work = unit.work
    window = window_at(unit.agency, window_first)
    shift = work.shifts.find(pair.shift)
    if shift is None or work.shifts.called_off([pair.shift]) or not 0 <= window.day_of(shift.span.start) < window.days:
        raise NotFound("There is no %(noun)s %(id)s.", noun="shift", id=pair.shift)
    work.experts.get(pair.expert)
    if shift.span.start <= unit.at:
        raise Refused("This shift has begun; who was there no longer changes.")
    return shift


def _edit(  # noqa: PLR0917 -- four edits share one way to happen
    app: App,
    viewer: Viewer,
    action: str,
    window_first: date,
    what: tuple[str, str, int, str, str],
    change: Callable[[Unit, RosterVersion, Assignment], Change],
    sentence: Sentence,
) -> EditResult:
    require_planner(viewer)
    shift, expert, edition, seen, key = what
    pair = Assignment(expert, shift)

    def deed(unit: Unit) -> Result:
        _require_editable(unit, window_first, pair)
        looked = Looked(edition, seen, (shift,))
        meanwhile, draft = looked.is_behind(unit, window_first), looked.draft(unit, window_first)
        edited = unit.work.rosters.edit(draft.id, draft.edition, change(unit, draft, pair))
        unit.record(f"{draft.id} {shift}", "assignment", on_behalf_of=expert)
        return {"meanwhile": meanwhile, "edition": edited}

    body = {"window": window_first, "shift": shift, "expert": expert, "edition": edition}
    done = change_once(app, viewer, action, deed, key=key, body=body)
    with app.database.reading() as work:
        scene = read_scene(app, work, window_first)
        said = Sentence(sentence.text, {"expert": scene.names.expert(expert)})
        return _as_made(_result(scene, work, {shift}, {expert}, said), done)


def edit_many(  # noqa: PLR0917 -- one step that is worked out from the draft as it is
    app: App,
    viewer: Viewer,
    action: str,
    window_first: date,
    what: Mapping[str, object],
    change: Callable[[Unit, RosterVersion], Change],
    sentence: Sentence,
    *,
    looked: Looked,
    key: str,
) -> EditResult:
    """Change the draft by one step of many pairs, which undo takes back as a whole."""
    require_planner(viewer)

    def deed(unit: Unit) -> Result:
        meanwhile, draft = looked.is_behind(unit, window_first), looked.draft(unit, window_first)
        found = change(unit, draft)
        edited = unit.work.rosters.edit(draft.id, draft.edition, found)
        unit.record(draft.id, "assignment")
        pairs = sorted([a.expert, a.shift] for a in found.added | found.removed)
        return {"pairs": pairs, "meanwhile": meanwhile, "edition": edited}

    body = {"window": window_first, "edition": looked.edition, **what}
    done = change_once(app, viewer, action, deed, key=key, body=body)
    return _as_made(result_of(app, window_first, done["pairs"], sentence), done)


def _as_made(result: EditResult, done: Result) -> EditResult:
    """The result under the edition that the edit made: what others changed since it was stored she has not seen."""
    made = done["edition"]
    assert isinstance(made, int)
    return replace(result, edition=made, meanwhile=bool(done["meanwhile"]) or result.edition != made)


def result_of(app: App, window_first: date, pairs: object, sentence: Sentence) -> EditResult:
    """What something did that moved or touched these pairs of expert and shift."""
    with app.database.reading() as work:
        scene = read_scene(app, work, window_first)
        moved = {Assignment(*pair) for pair in pairs} if isinstance(pairs, list) else set()
        return _result(scene, work, {a.shift for a in moved}, {a.expert for a in moved}, sentence)


def _step(app: App, viewer: Viewer, action: str, window_first: date, looked: tuple[int, str, str]) -> EditResult:
    require_planner(viewer)

    back, (edition, seen, key) = action == "undo", looked

    def deed(unit: Unit) -> Result:
        window = window_at(unit.agency, window_first)
        draft = unit.work.rosters.draft_of(window)
        if draft is None:
            raise Refused("There is nothing to take back." if back else "There is nothing to do again.")
        is_as_seen = bool(seen) and seen == unit.work.rosters.step_marks(draft.id)[0 if back else 1]
        found = move(unit, draft, draft.edition if is_as_seen else edition, back=back)
        unit.record(draft.id, "assignment")
        return found

    body = {"window": window_first, "edition": edition}
    found = change_once(app, viewer, action, deed, key=key, body=body)
    with app.database.reading() as work:
        scene = read_scene(app, work, window_first)
        moved = change_of(found).touched
        sentence, *more = told(scene, found, back=back)
        return _result(scene, work, {a.shift for a in moved}, {a.expert for a in moved}, sentence, more)


def _result(  # noqa: PLR0917 -- what every edit answers
    scene: Scene,
    work: Work,
    shifts: set[str],
    experts: set[str],
    sentence: Sentence,
    more: Iterable[Sentence] = (),
) -> EditResult:
    hard = scene.analysis(scene.roster, {Assignment(e, s) for e in experts for s in shifts}).hard
    concerned = [v for v in hard if shifts & set(v.shifts) or experts & set(v.experts)]
    undo, redo = work.rosters.step_marks(scene.draft.id) if scene.draft else ("", "")
    return EditResult(
        edition=scene.edition,
        before=scene.before,
        after=scene.after,
        violations=scene.words(concerned),
        shifts=tuple(scene.board_shift(scene.problem.shift[s]) for s in sorted(shifts) if s in scene.problem.shift),
        sentence=sentence,
        more=tuple(more),
        undo=undo,
        redo=redo,
        draft_number=scene.draft.number if scene.draft else None,
    )
