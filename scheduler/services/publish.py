"""May this draft be published, who will be told, and what happens then?"""

from dataclasses import replace
from datetime import date

from scheduler.domain.errors import Refused, Sentence
from scheduler.domain.roster import Assignment, Roster, RosterChange, RosterVersion, changes_between
from scheduler.services.checks import checks_of, is_invitation, stops_of
from scheduler.services.context import App, Viewer, require_planner
from scheduler.services.planner_views import ChangeView, CheckState, PublishView, VersionRow
from scheduler.services.scene import Scene, draft_for_edit, read_scene, window_at
from scheduler.services.telling import affected, messages_for, tell
from scheduler.services.unit import Result, Unit, change_once

MOST_SENTENCES = 20
NO_DRAFT = Sentence("There is no draft: nothing would change.")
SAME = Sentence("Nothing differs from what people were told.")


def publish_preview(app: App, viewer: Viewer, window_first: date) -> PublishView:
    """Everything a planner reads before deciding."""
    require_planner(viewer)
    with app.database.reading() as work:
        scene = read_scene(app, work, window_first)
        number = work.rosters.next_number(scene.window)
    changes = _changes(scene)
    checks = checks_of(scene, changes)
    nothing = _nothing(scene, changes)
    return PublishView(
        window=scene.window,
        edition=scene.edition,
        number=number,
        previous=scene.published.number if scene.published else None,
        previous_at=scene.published.published_at if scene.published else None,
        checks=tuple(checks),
        changes=tuple(_change_view(scene, c) for c in changes),
        messages=tuple(messages_for(scene, changes)),
        before=scene.before,
        after=scene.after,
        can_publish=nothing is None and all(c.state is not CheckState.STOP for c in checks),
        call_up_days=scene.call_up_term.days,
        nothing=nothing,
    )


def _nothing(scene: Scene, changes: list[RosterChange]) -> Sentence | None:
    """Why publishing would tell nobody anything; the first version of a window may be empty."""
    if scene.draft is None:
        return NO_DRAFT
    return SAME if scene.published is not None and not changes else None


def _changes(scene: Scene) -> list[RosterChange]:
    """What differs from what people were told, in order of start; the past is left out."""
    found = [c for c in changes_between(scene.live, scene.roster) if scene.shift(c.shift).span.start > scene.now]
    return sorted(found, key=lambda c: (scene.shift(c.shift).span.start, c.shift))


def _change_view(scene: Scene, change: RosterChange) -> ChangeView:
    shift = scene.shift(change.shift)
    told = [scene.names.expert(e) for e in affected(change)]
    lost = (e for e in change.before if e not in change.after)
    return ChangeView(
        shift=scene.names.label(shift),
        before=tuple(scene.names.expert(e) for e in change.before),
        after=tuple(scene.names.expert(e) for e in change.after),
        told=(*told, scene.names.venue(shift.venue)),
        invitation=is_invitation(scene, change),
        said_yes=tuple(scene.names.expert(e) for e in lost if Assignment(e, shift.id) in scene.problem.accepted),
    )


def publish(app: App, viewer: Viewer, window_first: date, *, edition: int, key: str = "") -> RosterVersion:
    """Make the draft the truth and queue the messages, in one transaction.

    Refused on a hard violation or when nobody would hear anything new, Stale on an old edition.
    """
    require_planner(viewer)

    def deed(unit: Unit) -> Result:
        window = window_at(unit.agency, window_first)
        if edition == 0 and unit.work.rosters.draft_of(window) is None:
            raise Refused(NO_DRAFT.text)
        draft = draft_for_edit(unit, window, edition)
        unit.work.recall.set_aside()
        scene = read_scene(app, unit.work, window_first, is_from_nothing=True)
        changes = _changes(scene)
        nothing = _nothing(scene, changes)
        if nothing is not None:
            raise Refused(nothing.text)
        _require_publishable(scene)
        draft = _with_past(unit, draft, scene.roster)
        version = replace(draft, number=unit.work.rosters.next_number(window))
        score = scene.analysis(scene.roster).score
        unit.work.rosters.publish(version.published(unit.at, viewer.name or viewer.account, score), draft.edition)
        tell(unit, scene, changes)
        unit.record(draft.id, "state", "bookings")
        return {"version": draft.id}

    body = {"window": window_first, "edition": edition}
    found = change_once(app, viewer, "publish", deed, key=key, body=body)
    with app.database.reading() as work:
        return work.rosters.get(str(found["version"]))


def _with_past(unit: Unit, draft: RosterVersion, roster: Roster) -> RosterVersion:
    """The draft with the people who were really told on shifts that have begun since."""
    if draft.roster != roster:
        unit.work.rosters.replace(draft.id, draft.edition, roster, draft.pinned & roster.assignments)
    return unit.work.rosters.get(draft.id)


def _require_publishable(scene: Scene) -> None:
    stops = stops_of(scene)
    if stops:
        said = tuple(stops[:MOST_SENTENCES])
        raise Refused("This draft cannot be published: %(why)s", why=stops[0], more=len(stops) - 1, sentences=said)


def versions_of(app: App, viewer: Viewer, window_first: date) -> list[VersionRow]:
    """The history of a window, newest first; planner only."""
    require_planner(viewer)
    with app.database.reading() as work:
        versions = work.rosters.of_window(app.window(window_first))
    return [
        VersionRow(v.number, v.state, v.published_at, v.published_by or "", len(v.roster.assignments)) for v in versions
    ]
