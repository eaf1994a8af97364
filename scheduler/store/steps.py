"""How was a draft edited, step by step, so that each step can be taken back and done again?"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from scheduler.domain.errors import Refused
from scheduler.domain.roster import Assignment
from scheduler.domain.shifts import ShiftId
from scheduler.store.shapes import Json, pairs_from_json, pairs_to_json
from scheduler.store.tables import StepRow

MOST_STEPS = 200
Pairs = frozenset[Assignment]
PARTS = ("added", "removed", "pinned", "unpinned")


@dataclass(frozen=True, slots=True)
class Change:
    """What one step does to a draft: who is placed, taken off, pinned and set free."""

    added: Pairs = frozenset()
    removed: Pairs = frozenset()
    pinned: Pairs = frozenset()
    unpinned: Pairs = frozenset()

    @classmethod
    def of(
        cls,
        added: Iterable[Assignment] = (),
        removed: Iterable[Assignment] = (),
        pinned: Iterable[Assignment] = (),
        unpinned: Iterable[Assignment] = (),
    ) -> "Change":
        """The change of any iterables."""
        return cls(frozenset(added), frozenset(removed), frozenset(pinned), frozenset(unpinned))

    @classmethod
    def between(cls, before: Pairs, after: Pairs, pins_before: Pairs, pins_after: Pairs) -> "Change":
        """The change that leads from one roster with pins to another."""
        return cls(after - before, before - after, pins_after - pins_before, pins_before - pins_after)

    @property
    def touched(self) -> Pairs:
        """Every pair that it is about."""
        return self.added | self.removed | self.pinned | self.unpinned

    def real(self, placed: Pairs, pinned: Pairs) -> "Change":
        """Only what this change really does to a roster, so that its reverse leads back exactly.

        Of the roster and its pins it is enough to know the pairs that are touched.
        """
        after = (placed - self.removed) | self.added
        pins_after = ((pinned - self.unpinned) | self.pinned) & after
        return Change.between(placed, after, pinned, pins_after)

    def reverse(self) -> "Change":
        """The change that leads back."""
        return Change(self.removed, self.added, self.unpinned, self.pinned)

    def without(self, pairs: Pairs) -> "Change":
        """The part of it that is not about these pairs."""
        return Change(*(getattr(self, name) - pairs for name in PARTS))


@dataclass(frozen=True, slots=True)
class Step:
    """A stored step, and what it would do to the draft: taken back, or done again."""

    id: int
    change: Change


class Steps:
    """The steps of drafts; the oldest are forgotten when there are more than 200."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, draft: str, change: Change) -> None:
        """Keep a step that was done; steps that were undone before it can no longer be done again."""
        self._session.execute(delete(StepRow).where(StepRow.version_id == draft, StepRow.done.is_(False)))
        last = self._session.scalar(select(func.max(StepRow.position)).where(StepRow.version_id == draft)) or 0
        columns = {"version_id": draft, "position": last + 1, "done": True, "change": _to_json(change)}
        self._session.execute(StepRow.__table__.insert(), [columns])  # type: ignore[attr-defined]
        old = StepRow.position <= last + 1 - MOST_STEPS
        self._session.execute(delete(StepRow).where(StepRow.version_id == draft, old))

    def ahead(self, draft: str, *, back: bool) -> Step:
        """The step to take back next, or to do again; Refused when there is none."""
        found = self._next(draft, back=back)
        if found is None:
            raise Refused("There is nothing to take back." if back else "There is nothing to do again.")
        id, stored = found
        change = _from_json(stored)
        return Step(id, change.reverse() if back else change)

    def _next(self, draft: str, *, back: bool) -> tuple[int, Json] | None:
        order = StepRow.position.desc() if back else StepRow.position
        asked = select(StepRow.id, StepRow.change).where(StepRow.version_id == draft, StepRow.done.is_(back))
        found = self._session.execute(asked.order_by(order).limit(1)).first()
        return (found.id, found.change) if found else None

    def moved(self, step: Step, real: Change, *, back: bool) -> None:
        """A step was taken back or done again as far as it could be; from now on it is no more than that."""
        known = StepRow.id == step.id
        if real == Change():
            self._session.execute(delete(StepRow).where(known))
            return
        done = _to_json(real.reverse() if back else real)
        self._session.execute(update(StepRow).where(known).values(done=not back, change=done))

    def marks(self, draft: str) -> tuple[str, str]:
        """What the step to take back and the one to do again would change, as a short digest; "" where there is none.

        Not the id of the step: the database gives that of a forgotten step to a later one.
        """
        found = [self._next(draft, back=back) for back in (True, False)]
        back, again = (
            sha256(json.dumps(step[1], sort_keys=True).encode()).hexdigest()[:16] if step else "" for step in found
        )
        return back, again

    def clear(self, draft: str) -> None:
        """Forget every step of a draft."""
        self._session.execute(delete(StepRow).where(StepRow.version_id == draft))

    def forget_shift(self, draft: str, shift: ShiftId) -> None:
        """No step of the draft names this shift any more; a step that did nothing else is gone."""
        asked = select(StepRow.id, StepRow.change).where(StepRow.version_id == draft)
        for id, stored in self._session.execute(asked).all():
            change = _from_json(stored)
            kept = change.without(frozenset(a for a in change.touched if a.shift == shift))
            if kept == Change():
                self._session.execute(delete(StepRow).where(StepRow.id == id))
            elif kept != change:
                self._session.execute(update(StepRow).where(StepRow.id == id).values(change=_to_json(kept)))


def _to_json(change: Change) -> Json:
    return {name: pairs_to_json(getattr(change, name)) for name in PARTS if getattr(change, name)}


def _from_json(found: Json) -> Change:
    return Change(**{name: pairs_from_json(pairs) for name, pairs in found.items()})
