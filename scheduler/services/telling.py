"""Who hears what when a draft is published: whose shifts are new, whose are gone, and who comes changed where?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from scheduler.domain.accounts import AccountRole
from scheduler.domain.errors import counted
from scheduler.domain.messages import Lane
from scheduler.domain.people import ExpertId
from scheduler.domain.roster import RosterChange
from scheduler.domain.shifts import Shift
from scheduler.services.checks import is_soon
from scheduler.services.planner_views import MessageView
from scheduler.services.scene import Scene
from scheduler.services.unit import Unit

SOON: Final = timedelta(days=2)


@dataclass
class News:
    """What changes for one expert, in order of start."""

    gained: list[Shift] = field(default_factory=list)
    lost: list[Shift] = field(default_factory=list)

    @property
    def all(self) -> list[Shift]:
        """Every shift of it."""
        return self.gained + self.lost


def affected(change: RosterChange) -> list[ExpertId]:
    """Who comes, or comes no longer."""
    return sorted(set(change.before) ^ set(change.after))


def messages_for(scene: Scene, changes: list[RosterChange]) -> Iterable[MessageView]:
    """Whom a planner would tell, by what it is about; somebody may be in more than one group."""
    news = _news(scene, changes)
    invited = {e for e, n in news.items() if any(is_soon(scene, s) for s in n.gained)}
    new = {e for e, n in news.items() if n.gained} - invited
    off = {e for e, n in news.items() if n.lost}
    venues = {scene.shift(c.shift).venue for c in changes}
    person, house = scene.names.expert, scene.names.venue
    groups = (
        (counted("New for %(num)s person", "New for %(num)s people", len(new)), map(person, new)),
        (counted("An invitation: %(num)s person", "An invitation: %(num)s people", len(invited)), map(person, invited)),
        (counted("A shift less: %(num)s person", "A shift less: %(num)s people", len(off)), map(person, off)),
        (counted("Who comes: %(num)s venue", "Who comes: %(num)s venues", len(venues)), map(house, venues)),
    )
    for sentence, names in groups:
        to = tuple(sorted(names))
        if to:
            yield MessageView(sentence, to)


def tell(unit: Unit, scene: Scene, changes: list[RosterChange]) -> None:
    """One message per person and venue with all their shifts; whoever is needed within two days first."""
    theirs: dict[str, list[Shift]] = defaultdict(list)
    for change in changes:
        shift = scene.shift(change.shift)
        theirs[shift.venue].append(shift)
    for expert, news in _news(scene, changes).items():
        payload = {"shifts": _ids(news.all), "gained": _ids(news.gained)}
        unit.tell("shifts_changed", payload, experts=[expert], lane=_lane(unit, news.all))
    coordinators = [a for a in unit.work.accounts.in_role(AccountRole.COORDINATOR) if a.active]
    for venue, shifts in theirs.items():
        accounts = [a.id for a in coordinators if venue in a.venues]
        unit.tell("visits_changed", {"shifts": _ids(shifts)}, accounts=accounts, lane=_lane(unit, shifts))


def _news(scene: Scene, changes: list[RosterChange]) -> dict[ExpertId, News]:
    found: dict[ExpertId, News] = defaultdict(News)
    for change in changes:
        for expert in affected(change):
            news = found[expert]
            (news.gained if expert in change.after else news.lost).append(scene.shift(change.shift))
    return found


def _ids(shifts: list[Shift]) -> list[str]:
    return [shift.id for shift in shifts]


def _lane(unit: Unit, shifts: list[Shift]) -> Lane:
    return Lane.URGENT if min(s.span.start for s in shifts) < unit.at + SOON else Lane.BULK
