"""May this draft be published, who will be told, and what happens then?"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from scheduler.domain.accounts import AccountRole
from scheduler.domain.errors import Refused, Sentence
from scheduler.domain.messages import Lane
from scheduler.domain.roster import Assignment, Roster, RosterChange, RosterVersion, changes_between
from scheduler.domain.shifts import Shift
from scheduler.services.context import App, Viewer, require_planner
from scheduler.services.planner_views import ChangeView, Check, CheckState, MessageView, PublishView, VersionRow
from scheduler.services.scene import Scene, draft_for_edit, read_scene, window_at
from scheduler.services.unit import Result, Unit, change_once

MOST_SENTENCES = 20
SOON = timedelta(days=2)
NO_DRAFT = Sentence("There is no draft: nothing would change.")
SAME = Sentence("Nothing differs from what people were told.")


def publish_preview(app: App, viewer: Viewer, window_first: date) -> PublishView:
    """Everything a planner reads before deciding."""
    require_planner(viewer)
    with app.database.reading() as work:
        scene = read_scene(app, work, window_first)
        number = work.rosters.next_number(scene.window)
    changes = _changes(scene)
    checks = _checks(scene, changes)
    nothing = _nothing(scene, changes)
    return PublishView(
        window=scene.window,
        edition=scene.edition,
        number=number,
        previous=scene.published.number if scene.published else None,
        previous_at=scene.published.published_at if scene.published else None,
        checks=tuple(checks),
        changes=tuple(_change_view(scene, c) for c in changes),
        messages=tuple(_messages(scene, changes)),
        before=scene.before,
        after=scene.after,
        can_publish=nothing is None and all(c.state is not CheckState.STOP for c in checks),
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


def _is_soon(scene: Scene, shift: Shift) -> bool:
    """Whether it starts within the call-up term, so that somebody new on it is invited."""
    return shift.span.start < scene.now + scene.call_up_term


def _affected(change: RosterChange) -> list[str]:
    return sorted(set(change.before) ^ set(change.after))


def _change_view(scene: Scene, change: RosterChange) -> ChangeView:
    shift = scene.shift(change.shift)
    new = set(change.after) - set(change.before)
    told = [scene.names.expert(e) for e in _affected(change)]
    lost = (e for e in change.before if e not in change.after)
    return ChangeView(
        shift=scene.names.label(shift),
        before=tuple(scene.names.expert(e) for e in change.before),
        after=tuple(scene.names.expert(e) for e in change.after),
        told=(*told, scene.names.venue(shift.venue)),
        invitation=bool(new) and _is_soon(scene, shift),
        said_yes=tuple(scene.names.expert(e) for e in lost if Assignment(e, shift.id) in scene.problem.accepted),
    )


def _messages(scene: Scene, changes: list[RosterChange]) -> Iterable[MessageView]:
    invited = {e for c in changes if _is_soon(scene, scene.shift(c.shift)) for e in c.after if e not in c.before}
    others = {e for c in changes for e in _affected(c)} - invited
    venues = {scene.shift(c.shift).venue for c in changes}
    groups = (
        (Sentence("A new or changed shift: %(count)s people", {"count": len(others)}), map(scene.names.expert, others)),
        (Sentence("An invitation: %(count)s people", {"count": len(invited)}), map(scene.names.expert, invited)),
        (Sentence("Who comes: %(count)s venues", {"count": len(venues)}), map(scene.names.venue, venues)),
    )
    for sentence, names in groups:
        to = tuple(sorted(names))
        if to:
            yield MessageView(sentence, to)


def _checks(scene: Scene, changes: list[RosterChange]) -> list[Check]:
    """The checks in order: what stops, what must be minded, what is fine."""
    found = [Check(CheckState.STOP, sentence) for sentence in _stops(scene)]
    gaps = scene.after.gaps
    if gaps:
        text = "%(count)s places stay open. The venues hear that we are still looking."
        found.append(Check(CheckState.MIND, Sentence(text, {"count": gaps})))
    soon = sum(1 for c in changes if _change_view(scene, c).invitation)
    if soon:
        text = "%(count)s changes start within %(days)s days. They become invitations, which may be refused."
        found.append(Check(CheckState.MIND, Sentence(text, {"count": soon, "days": scene.call_up_term.days})))
    if not scene.blocking(scene.roster):
        text = "No hard rule is broken; %(count)s rules were checked."
        found.append(Check(CheckState.OK, Sentence(text, {"count": len(scene.rules)})))
    if not _venues_without_contact(scene):
        found.append(Check(CheckState.OK, Sentence("Every shift has a contact person on duty.")))
    return found


def _stops(scene: Scene) -> list[Sentence]:
    """Why this may not be published, at most 20 sentences; broken rules that lie wholly in the past do not count."""
    broken = scene.words(scene.blocking(scene.roster))
    found = [v.sentence for v in broken[:MOST_SENTENCES]]
    if len(broken) > MOST_SENTENCES:
        found.append(Sentence("And %(count)s more broken rules.", {"count": len(broken) - MOST_SENTENCES}))
    text = "%(venue)s has no contact person on duty."
    return found + [Sentence(text, {"venue": name}) for name in _venues_without_contact(scene)]


def _venues_without_contact(scene: Scene) -> list[str]:
    """Names of venues where somebody is to work from now on and nobody is named as on duty."""
    coming = {s.venue for s in scene.problem.shifts if s.span.start > scene.now and s.id in scene.roster.by_shift}
    return sorted(v.name for v in scene.problem.venues if v.id in coming and not v.contact_name.strip())


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
        _tell(unit, scene, changes)
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
    stops = _stops(scene)
    if stops:
        raise Refused(
            "This draft cannot be published: %(why)s", why=stops[0], more=len(stops) - 1, sentences=tuple(stops)
        )


def _tell(unit: Unit, scene: Scene, changes: list[RosterChange]) -> None:
    """One message per person and venue with all their shifts; whoever is needed within two days first."""
    mine: dict[str, list[Shift]] = {}
    theirs: dict[str, list[Shift]] = {}
    for change in changes:
        shift = scene.shift(change.shift)
        theirs.setdefault(shift.venue, []).append(shift)
        for expert in _affected(change):
            mine.setdefault(expert, []).append(shift)
    for expert, shifts in mine.items():
        unit.tell("shifts_changed", _payload(shifts), experts=[expert], lane=_lane(unit, shifts))
    coordinators = [a for a in unit.work.accounts.in_role(AccountRole.COORDINATOR) if a.active]
    for venue, shifts in theirs.items():
        accounts = [a.id for a in coordinators if venue in a.venues]
        unit.tell("visits_changed", _payload(shifts), accounts=accounts, lane=_lane(unit, shifts))


def _payload(shifts: list[Shift]) -> dict[str, object]:
    return {"shifts": [s.id for s in shifts]}


def _lane(unit: Unit, shifts: list[Shift]) -> Lane:
    return Lane.URGENT if min(s.span.start for s in shifts) < unit.at + SOON else Lane.BULK


def versions_of(app: App, viewer: Viewer, window_first: date) -> list[VersionRow]:
    """The history of a window, newest first; planner only."""
    require_planner(viewer)
    with app.database.reading() as work:
        versions = work.rosters.of_window(app.window(window_first))
    return [
        VersionRow(v.number, v.state, v.published_at, v.published_by or "", len(v.roster.assignments)) for v in versions
    ]
