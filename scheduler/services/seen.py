"""Is what an edit touches still as its planner saw it, though others have changed the draft meanwhile?"""

from dataclasses import dataclass
from datetime import date

from scheduler.domain.roster import RosterVersion
from scheduler.domain.shifts import ShiftId
from scheduler.services.scene import Scene, draft_for_edit, read_scene, window_at
from scheduler.services.unit import Unit, digest_of
from scheduler.store.problems import draft_of


@dataclass(frozen=True, slots=True)
class Looked:
    """What a planner had before her: the edition of the draft, and what stood for the shifts that the edit touches."""

    edition: int
    seen: str = ""
    shifts: tuple[ShiftId, ...] = ()

    def draft(self, unit: Unit, window_first: date) -> RosterVersion:
        """The draft to edit; Stale when it has another edition and these shifts are not as they were."""
        return draft_for_edit(
            unit, window_at(unit.agency, window_first), self.edition, lambda: self._holds(unit, window_first)
        )

    def is_behind(self, unit: Unit, window_first: date) -> bool:
        """Whether others have changed the draft since she looked."""
        draft = draft_of(unit.work, window_at(unit.agency, window_first))
        return draft is not None and draft.edition != self.edition

    def _holds(self, unit: Unit, window_first: date) -> bool:
        if not self.seen:
            return False
        return shifts_seen(read_scene(unit.app, unit.work, window_first), *self.shifts) == self.seen


def shifts_seen(scene: Scene, *shifts: ShiftId) -> str:
    """What stands for some shifts as planners see them: who is on them, how sure, pinned or not, and who said no."""
    return digest_of([scene.board_shift(scene.shift(shift)) for shift in shifts])
