"""What is checked before a draft is published: what stops it, what must be minded, and what is fine?"""

from collections.abc import Iterable
from typing import Final

from scheduler.domain.errors import Sentence, counted
from scheduler.domain.roster import RosterChange
from scheduler.domain.shifts import Shift
from scheduler.domain.venues import Venue
from scheduler.services.breaches import Breach, breaches_in
from scheduler.services.planner_views import Check, CheckState
from scheduler.services.scene import Scene

NO_CONTACT: Final = Sentence("%(venue)s has no contact person on duty.")


def checks_of(scene: Scene, changes: list[RosterChange]) -> list[Check]:
    """The checks in order: what stops, what must be minded, what is fine; each kind in order of start."""
    breaches = breaches_in(scene)
    without = _venues_without_contact(scene)
    found = [*_stops(breaches.new, without), *map(_told, breaches.told), *_minds(scene, changes)]
    if not breaches.new and not breaches.told:
        text = "No hard rule is broken; %(count)s rules were checked."
        found.append(Check(CheckState.OK, Sentence(text, {"count": len(scene.rules)})))
    if not without:
        found.append(Check(CheckState.OK, Sentence("Every shift has a contact person on duty.")))
    return found


def stops_of(scene: Scene) -> list[Sentence]:
    """Why this draft may not be published; what people knew of already, or what lies in the past, does not stop it."""
    return [check.sentence for check in _stops(breaches_in(scene).new, _venues_without_contact(scene))]


def is_soon(scene: Scene, shift: Shift) -> bool:
    """Whether it starts within the call-up term, so that somebody new on it is invited."""
    return shift.span.start < scene.now + scene.call_up_term


def is_invitation(scene: Scene, change: RosterChange) -> bool:
    """Whether somebody new is asked for a shift that starts within the call-up term."""
    return bool(set(change.after) - set(change.before)) and is_soon(scene, scene.shift(change.shift))


def _stops(new: Iterable[Breach], without_contact: Iterable[Venue]) -> Iterable[Check]:
    for breach in new:
        yield Check(CheckState.STOP, breach.view.sentence, shift=breach.at)
    for venue in without_contact:
        yield Check(CheckState.STOP, Sentence(NO_CONTACT.text, {"venue": venue.name}), venue=venue.id)


def _told(breach: Breach) -> Check:
    people = breach.view.people
    advice = Sentence("People know of this already. Talk it over with them, or take somebody off.")
    if len(people) == 1:
        text = "%(name)s knows of this already. Talk it over together, or take %(name)s off."
        advice = Sentence(text, {"name": people[0].name})
    return Check(CheckState.MIND, breach.view.sentence, advice, breach.at)


def _minds(scene: Scene, changes: list[RosterChange]) -> Iterable[Check]:
    gaps = scene.after.gaps
    if gaps:
        still_open = counted(
            "%(num)s place stays open. The page of the venue says that we are still looking.",
            "%(num)s places stay open. The pages of the venues say that we are still looking.",
            gaps,
        )
        yield Check(CheckState.MIND, still_open)
    soon = sum(is_invitation(scene, change) for change in changes)
    if soon:
        invited = counted(
            "%(num)s change starts within %(days)s days. It becomes an invitation, which may be refused.",
            "%(num)s changes start within %(days)s days. They become invitations, which may be refused.",
            soon,
            days=scene.call_up_term.days,
        )
        yield Check(CheckState.MIND, invited)


def _venues_without_contact(scene: Scene) -> list[Venue]:
    """Venues by name where somebody is to work from now on and nobody is named as on duty."""
    coming = {s.venue for s in scene.problem.shifts if scene.is_open(s.id) and s.id in scene.roster.by_shift}
    without = [v for v in scene.problem.venues if v.id in coming and not v.contact_name.strip()]
    return sorted(without, key=lambda v: v.name)
