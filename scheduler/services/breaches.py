"""Which broken rules does a draft bring, and which did people know of already: what stops publishing, what is to do?"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Final

from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.time import PlanningWindow
from scheduler.rules.analysis import added_in
from scheduler.rules.rule import Rule
from scheduler.services.board_views import ViolationView
from scheduler.services.context import App, Viewer, require_planner
from scheduler.services.scene import Scene, read_scene
from scheduler.services.views import ShiftLabel

NEVER: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Breach:
    """A broken hard rule in words, and the shift at which to look: the first new one, else the first to come."""

    view: ViolationView
    at: ShiftLabel | None


@dataclass(frozen=True, slots=True)
class Breaches:
    """The broken hard rules of a draft in order of start.

    `new` ones come with it and stop it; `told` ones are of shifts that people know of and that it leaves as they are
    or makes less bad; `past` ones can no longer be helped.
    """

    window: PlanningWindow
    draft_number: int | None
    new: tuple[Breach, ...]
    told: tuple[Breach, ...]
    past: tuple[Breach, ...]


def list_breaches(app: App, viewer: Viewer, window_first: date) -> Breaches:
    """Every broken hard rule of the draft of a window, or of what is live; planner only."""
    require_planner(viewer)
    with app.database.reading() as work:
        return breaches_in(read_scene(app, work, window_first))


def breaches_in(scene: Scene) -> Breaches:
    """The broken hard rules of the roster that the planner looks at, as others may read them."""
    judged = scene.judgement(scene.roster)
    added = Roster(scene.roster.assignments - scene.live.assignments)
    old = _Told(scene, added)
    groups: dict[str, list[Violation]] = {"past": [], "new": [], "told": []}
    for violation in judged.hard:
        is_past = bool(violation.shifts) and not any(scene.is_open(s) for s in violation.shifts)
        groups["past" if is_past else "told" if old.knows(violation) else "new"].append(violation)
    found = {}
    for name, violations in groups.items():
        shown = replace(judged, violations=tuple(violations)).for_others(added.assignments).hard
        found[name] = tuple(sorted((_breach(scene, v, added) for v in shown), key=_order))
    return Breaches(scene.window, scene.draft.number if scene.draft else None, **found)


@dataclass(frozen=True)
class _Told:
    """What was broken before this draft."""

    scene: Scene
    added: Roster

    def knows(self, violation: Violation) -> bool:
        """Whether people were told of all of it and the draft does not make it worse.

        Of a rule that only limits, less work breaks nothing: nobody new is enough. Where more work can mend a breach,
        taking somebody off can bring one, so that it must have been there, no smaller, before.
        """
        rule = self._rules[violation.rule]
        if not rule.asks_for_work:
            return not added_in(violation, self.added)
        if rule.name not in self._before:
            self._before[rule.name] = rule.violations(self.scene.problem, self.scene.live)
        return any(_is_same(violation, b) and b.amount >= violation.amount for b in self._before[rule.name])

    @cached_property
    def _before(self) -> dict[str, list[Violation]]:
        return {}

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        return {rule.name: rule for rule in self.scene.rules}


def _is_same(violation: Violation, other: Violation) -> bool:
    """Whether two breaches of one rule are of the same people and, where they name shifts, share one."""
    shares = not violation.shifts or not other.shifts or not set(violation.shifts).isdisjoint(other.shifts)
    return violation.experts == other.experts and shares


def _breach(scene: Scene, violation: Violation, added: Roster) -> Breach:
    (view,) = scene.words([violation])
    coming = [label for label in view.shifts if scene.is_open(label.id)] or list(view.shifts)
    new = added_in(violation, added)
    return Breach(view, next((label for label in coming if label.id in new), next(iter(coming), None)))


def _order(breach: Breach) -> tuple[datetime, str, str]:
    return breach.at.start if breach.at else NEVER, breach.view.rule, str(breach.view.sentence)
