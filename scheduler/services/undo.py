"""What of a step can still be taken back or done again, and what does the planner hear of it?"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final

from scheduler.domain.errors import Sentence
from scheduler.domain.roster import Assignment, RosterVersion
from scheduler.services.scene import Scene
from scheduler.services.unit import Result, Unit
from scheduler.store.steps import PARTS, Change

FEW: Final = 3
"""So many places are named; of more it is said how many they are."""
TAKEN_BACK: Final = {
    "added": Sentence("Taken back: %(expert)s is on %(shift)s again."),
    "removed": Sentence("Taken back: %(expert)s is off %(shift)s again."),
    "pinned": Sentence("Taken back: %(expert)s is pinned on %(shift)s again."),
    "unpinned": Sentence("Taken back: %(expert)s is no longer pinned on %(shift)s."),
    "many": Sentence("Taken back; places that changed: %(count)s."),
    "none": Sentence("Nothing was taken back."),
}
DONE_AGAIN: Final = {
    "added": Sentence("Done again: %(expert)s is on %(shift)s."),
    "removed": Sentence("Done again: %(expert)s is off %(shift)s."),
    "pinned": Sentence("Done again: %(expert)s is pinned on %(shift)s."),
    "unpinned": Sentence("Done again: %(expert)s is no longer pinned on %(shift)s."),
    "many": Sentence("Done again; places that changed: %(count)s."),
    "none": Sentence("Nothing was done again."),
}


class Hold(StrEnum):
    """Why a pair of a step stays as it is now."""

    BEGUN = "begun"
    DECLINED = "declined"
    ELSEWHERE = "elsewhere"
    ANSWERED = "answered"


STAYS: Final = {
    Hold.BEGUN: Sentence("%(shift)s has begun; who was there no longer changes."),
    Hold.DECLINED: Sentence("%(expert)s said no to %(shift)s; only a newer yes changes that."),
    Hold.ELSEWHERE: Sentence("%(expert)s works elsewhere by now at that time: %(shift)s."),
    Hold.ANSWERED: Sentence("An answer changed %(shift)s for %(expert)s since; that stays as it is."),
}


def move(unit: Unit, draft: RosterVersion, edition: int, *, back: bool) -> Result:
    """Take the last step of a draft back, or do it again, as far as nothing speaks against it.

    The result holds the pairs that moved, part by part, and under "stays" those that did not, with why.
    """
    rosters = unit.work.rosters
    step = rosters.ahead(draft.id, back=back)
    holds = _holds(unit, draft, step)
    (rosters.undo if back else rosters.redo)(draft.id, edition, frozenset(holds))
    after = rosters.get(draft.id)
    done = Change.between(draft.roster.assignments, after.roster.assignments, draft.pinned, after.pinned)
    left = {pair: holds.get(pair, Hold.ANSWERED).value for pair in step.touched - done.touched}
    return {
        **{name: sorted([a.expert, a.shift] for a in getattr(done, name)) for name in PARTS},
        "stays": sorted([a.expert, a.shift, why] for a, why in left.items()),
    }


def _holds(unit: Unit, draft: RosterVersion, step: Change) -> dict[Assignment, Hold]:
    """The pairs of a step that may not move any more."""
    work, declined = unit.work, unit.work.responses.declined_in_window(draft.window)
    shifts = work.shifts.find_many(a.shift for a in draft.roster.assignments | step.touched)
    begun = {a for a in step.touched if shifts[a.shift].span.start <= unit.at}
    staying = draft.roster.assignments - (step.removed - begun)

    def hold(pair: Assignment) -> Hold | None:
        if pair in begun:
            return Hold.BEGUN
        if pair not in step.added:
            return None
        if pair in declined:
            return Hold.DECLINED
        span = shifts[pair.shift].span
        others = (shifts[a.shift] for a in staying if a.expert == pair.expert and a != pair)
        return Hold.ELSEWHERE if any(other.span.meets(span) for other in others) else None

    return {pair: why for pair in step.touched if (why := hold(pair)) is not None}


def told(scene: Scene, found: Result, *, back: bool) -> list[Sentence]:
    """What was taken back or done again by name, and then what stays and why."""
    words = TAKEN_BACK if back else DONE_AGAIN
    done = change_of(found)
    stays = [row for row in _rows(found, "stays") if row[1] in scene.problem.shift]
    named = [_named(scene, words[part], pair) for part, pair in _moves(done) if pair.shift in scene.problem.shift]
    if not named:
        named = [words["none"]]
    elif len(named) > FEW:
        named = [Sentence(words["many"].text, {"count": len(named)})]
    named += [_named(scene, STAYS[Hold(why)], Assignment(expert, shift)) for expert, shift, why in stays[:FEW]]
    if len(stays) > FEW:
        named.append(Sentence("More places that stay as they are: %(count)s.", {"count": len(stays) - FEW}))
    return named


def change_of(found: Result) -> Change:
    """What a move did, from its result."""
    return Change(*(frozenset(Assignment(*row) for row in _rows(found, part)) for part in PARTS))


def _moves(done: Change) -> Iterator[tuple[str, Assignment]]:
    """One line per place: pins only of who was there before and is there after."""
    yield from (("added", a) for a in sorted(done.added))
    yield from (("removed", a) for a in sorted(done.removed))
    yield from (("pinned", a) for a in sorted(done.pinned - done.added))
    yield from (("unpinned", a) for a in sorted(done.unpinned - done.removed))


def _rows(found: Result, name: str) -> Iterable[list[str]]:
    rows = found[name]
    return rows if isinstance(rows, list) else []


def _named(scene: Scene, sentence: Sentence, pair: Assignment) -> Sentence:
    values = {"expert": scene.names.expert(pair.expert), "shift": scene.names.label(scene.shift(pair.shift))}
    return Sentence(sentence.text, {name: value for name, value in values.items() if f"%({name})s" in sentence.text})
