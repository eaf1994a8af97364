"""Roster versions: one draft per planning window that can be edited, and published ones that never change."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from scheduler.domain.errors import Refused
from scheduler.domain.people import ExpertId
from scheduler.domain.roster import Assignment, Roster, RosterState, RosterVersion
from scheduler.domain.score import Score
from scheduler.domain.shifts import ShiftId
from scheduler.domain.time import PlanningWindow
from scheduler.store.bookings import Bookings, booking_columns
from scheduler.store.collection import Columns, EditedCollection
from scheduler.store.shapes import instant_text
from scheduler.store.steps import Change, Steps
from scheduler.store.tables import AssignmentRow, VersionRow

FEW = 100


class Rosters(EditedCollection[VersionRow, RosterVersion]):
    """All versions of all planning windows."""

    row = VersionRow
    noun = "roster"

    def __init__(self, session: Session, bookings: Bookings) -> None:
        super().__init__(session)
        self._bookings = bookings
        self._steps = Steps(session)

    def find(self, id: str) -> RosterVersion | None:
        """The version with this id, or None."""
        return next(iter(self._versions(VersionRow.id == id)), None)

    def draft_of(self, window: PlanningWindow) -> RosterVersion | None:
        """The draft of a window, if there is one."""
        return next(iter(self._versions(_of(window), VersionRow.state == RosterState.DRAFT.value)), None)

    def published_of(self, window: PlanningWindow) -> RosterVersion | None:
        """The version of a window that is published now, if any."""
        return next(iter(self._versions(_of(window), VersionRow.state == RosterState.PUBLISHED.value)), None)

    def told_in(self, window: PlanningWindow) -> tuple[str, str] | None:
        """The id and the digest of the version that is published now: which one it is, and all that it says."""
        asked = select(VersionRow.id, VersionRow.digest).where(
            _of(window), VersionRow.state == RosterState.PUBLISHED.value
        )
        found = self._session.execute(asked).first()
        return None if found is None else (found.id, str(found.digest))

    def of_window(self, window: PlanningWindow) -> list[RosterVersion]:
        """Every version of a window, newest first."""
        return self._versions(_of(window))

    def numbered(self, window: PlanningWindow, number: int) -> RosterVersion | None:
        """The version of a window with this number."""
        return next(iter(self._versions(_of(window), VersionRow.number == number)), None)

    def windows(self) -> list[date]:
        """First days of the windows that have a version, in order."""
        return sorted(set(self._session.scalars(select(VersionRow.window_first))))

    def published_windows(self) -> list[date]:
        """First days of the windows whose roster people know, in order."""
        known = select(VersionRow.window_first).where(VersionRow.state == RosterState.PUBLISHED.value)
        return sorted(self._session.scalars(known))

    def pinned_to(self, expert: ExpertId) -> set[ShiftId]:
        """Shifts on which an expert is pinned in what is published now."""
        pinned = AssignmentRow.expert_id == expert, AssignmentRow.pinned.is_(True)
        published = VersionRow.state == RosterState.PUBLISHED.value
        asked = select(AssignmentRow.shift_id).join(VersionRow, VersionRow.id == AssignmentRow.version_id)
        return set(self._session.scalars(asked.where(*pinned, published)))

    def next_number(self, window: PlanningWindow) -> int:
        """One more than the highest number that was published."""
        published = VersionRow.state != RosterState.DRAFT.value
        return (self._session.scalar(select(func.max(VersionRow.number)).where(_of(window), published)) or 0) + 1

    def add_all(self, values: Iterable[RosterVersion]) -> None:
        """Store new drafts; Refused when a window has one already. A published one comes only from `publish`."""
        for version in values:
            if version.state is not RosterState.DRAFT:
                raise Refused("A version is stored as a draft first.")
            self._insert(VersionRow, [self._columns(version)])
            self._place(version.id, version.roster.assignments, version.pinned)

    def edit(self, id: str, edition: int, change: Change) -> int:
        """Change a draft by one step that undo takes back; returns the new edition.

        Stale when somebody edited since, Refused when an expert would work twice at one time.
        """
        new, real = self._change(id, edition, change)
        self._steps.add(id, real)
        return new

    def follow(self, id: str, edition: int, change: Change) -> int:
        """Change a draft after something that no planner did, such as an answer: no undo takes it back."""
        return self._change(id, edition, change)[0]

    def replace(self, id: str, edition: int, roster: Roster, pinned: frozenset[Assignment]) -> int:
        """Make a draft exactly this roster, as one step; returns the new edition."""
        change = Change.between(self._pairs(id), roster.assignments, self._pairs(id, pinned=True), pinned)
        return self.edit(id, edition, change)

    def ahead(self, id: str, *, back: bool) -> Change:
        """What undo (`back`) or redo would do to the draft if nothing else had changed; Refused when nothing."""
        return self._steps.ahead(id, back=back).change

    def undo(self, id: str, edition: int, barred: frozenset[Assignment] = frozenset()) -> int:
        """Take the last step back, as far as it is not about barred pairs; returns the new edition.

        What something else than a step has changed since stays as it is. Refused when there is no step.
        """
        return self._move(id, edition, barred, back=True)

    def redo(self, id: str, edition: int, barred: frozenset[Assignment] = frozenset()) -> int:
        """Do the last undone step again, in the same way; returns the new edition, Refused when there is none."""
        return self._move(id, edition, barred, back=False)

    def step_marks(self, id: str) -> tuple[str, str]:
        """What stands for the step to take back and for the one to do again; "" where there is none."""
        return self._steps.marks(id)

    def publish(self, version: RosterVersion, edition: int) -> None:
        """Store a draft as the published version that `RosterVersion.published` made of it.

        The one before is superseded and the bookings of the window become this roster, all in this unit.
        """
        if version.state is not RosterState.PUBLISHED or version.published_at is None:
            raise Refused("Only a version that somebody published is stored as published.")
        stored = self.get(version.id)
        self._claim_draft(version.id, edition)
        if (stored.roster, stored.pinned) != (version.roster, version.pinned):
            raise Refused("The draft in the database is not the one that was checked.")
        others = and_(_of(version.window), VersionRow.state == RosterState.PUBLISHED.value)
        self._run(update(VersionRow).where(others).values(state=RosterState.SUPERSEDED.value))
        self._steps.clear(version.id)
        columns = self._columns(version) | {"edition": edition + 1, "number": self.next_number(version.window)}
        columns["digest"] = self._digest(columns)
        columns.pop("id")
        self._run(update(VersionRow).where(VersionRow.id == version.id).values(columns))
        self._bookings.rewrite(version.window, version.roster, version.published_at)

    def remove(self, id: str) -> None:
        """Throw a draft away; Refused for anything else."""
        self._steps.clear(id)
        self._run(delete(AssignmentRow).where(AssignmentRow.version_id == id))
        super().remove(id)

    def verify(self, id: str) -> bool:
        """Whether a published version is still what was published, by its SHA-256."""
        row = self._rows(self._select(VersionRow.id == id))[0]
        columns = {column.name: getattr(row, column.name) for column in VersionRow.__table__.columns}
        return row.digest == self._digest(columns)

    def tampered(self) -> list[str]:
        """Ids of versions whose content no longer fits their SHA-256; empty is good."""
        asked = select(VersionRow.id).where(VersionRow.state != RosterState.DRAFT.value).order_by(VersionRow.id)
        return [id for id in self._session.scalars(asked).all() if not self.verify(id)]

    def save(self, value: RosterVersion, edition: int) -> int:
        """Make the stored draft this roster with these pins, as one step."""
        return self.replace(value.id, edition, value.roster, value.pinned)

    def _change(self, id: str, edition: int, change: Change) -> tuple[int, Change]:
        """The new edition of a draft, and what the change really did to it."""
        new = self._claim_draft(id, edition)
        experts = {a.expert for a in change.touched}
        real = change.real(*(self._pairs(id, pinned, experts) & change.touched for pinned in (None, True)))
        self._apply(id, real)
        return new, real

    def _move(self, id: str, edition: int, barred: frozenset[Assignment], *, back: bool) -> int:
        step = self._steps.ahead(id, back=back)
        new, real = self._change(id, edition, step.change.without(barred))
        self._steps.moved(step, real, back=back)
        return new

    def _claim_draft(self, id: str, edition: int) -> int:
        state = self._session.scalar(select(VersionRow.state).where(VersionRow.id == id))
        if state is not None and state != RosterState.DRAFT.value:
            raise Refused("A published version never changes.")
        return self._claim(id, edition)

    def _apply(self, id: str, change: Change) -> None:
        table = cast(Table, AssignmentRow.__table__)
        row = and_(
            table.c.version_id == id,
            table.c.expert_id == bindparam("expert"),
            table.c.shift_id == bindparam("shift"),
        )
        self._each(delete(table).where(row), _parameters(change.removed))
        self._place(id, change.added, change.pinned)
        self._each(update(table).where(row).values(pinned=True), _parameters(change.pinned - change.added))
        self._each(update(table).where(row).values(pinned=False), _parameters(change.unpinned - change.removed))

    def _place(self, id: str, assignments: frozenset[Assignment], pinned: frozenset[Assignment]) -> None:
        wanted = sorted(assignments)
        rows = booking_columns(self._session, wanted)
        extra = [{"version_id": id, "pinned": a in pinned} for a in wanted]
        self._insert(AssignmentRow, [row | more for row, more in zip(rows, extra, strict=True)])

    def _pairs(
        self, id: str, pinned: bool | None = None, experts: Collection[ExpertId] | None = None
    ) -> frozenset[Assignment]:
        """The assignments of a version; at least those of these experts, when some are named."""
        asked = select(AssignmentRow.expert_id, AssignmentRow.shift_id).where(AssignmentRow.version_id == id)
        if pinned is not None:
            asked = asked.where(AssignmentRow.pinned.is_(pinned))
        if experts is not None and len(experts) <= FEW:
            asked = asked.where(AssignmentRow.expert_id.in_(sorted(experts)))
        return frozenset(Assignment(expert, shift) for expert, shift in self._session.execute(asked))

    def _versions(self, *where: Any) -> list[RosterVersion]:
        rows = self._rows(self._select(*where).order_by(VersionRow.window_first, VersionRow.number.desc()))
        found: dict[str, list[tuple[Assignment, bool]]] = defaultdict(list)
        asked = select(
            AssignmentRow.version_id, AssignmentRow.expert_id, AssignmentRow.shift_id, AssignmentRow.pinned
        ).where(AssignmentRow.version_id.in_([row.id for row in rows]))
        for id, expert, shift, pinned in self._session.execute(asked):
            found[id].append((Assignment(expert, shift), pinned))
        return [_version(row, found[row.id]) for row in rows]

    def _digest(self, columns: Columns) -> str:
        """SHA-256 over what people were told, as JSON with sorted keys; the state is left out, because it may move."""
        asked = select(AssignmentRow).where(AssignmentRow.version_id == columns["id"])
        told = [
            [row.expert_id, row.shift_id, instant_text(row.starts_at), instant_text(row.ends_at), row.pinned]
            for row in self._session.scalars(asked, execution_options={"populate_existing": True})
        ]
        said = {name: columns[name] for name in columns if name not in {"state", "digest"}}
        said |= {name: instant_text(columns[name]) for name in ("created_at", "published_at")}
        said |= {"window_first": columns["window_first"].isoformat(), "assignments": sorted(told)}
        return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    def _columns(self, value: RosterVersion) -> Columns:
        score = value.score
        return {
            "id": value.id,
            "edition": value.edition,
            "number": value.number,
            "window_first": value.window.first,
            "window_days": value.window.days,
            "zone_name": value.window.zone_name,
            "state": value.state.value,
            "created_at": value.created_at,
            "based_on": value.based_on,
            "published_at": value.published_at,
            "published_by": value.published_by,
            "score_hard": score and score.hard,
            "score_coverage": score and score.coverage,
            "score_preference": score and score.preference,
        }


def _parameters(pairs: Iterable[Assignment]) -> list[Columns]:
    return [{"expert": a.expert, "shift": a.shift} for a in sorted(pairs)]


def _of(window: PlanningWindow) -> Any:
    return VersionRow.window_first == window.first


def _version(row: VersionRow, pairs: Sequence[tuple[Assignment, bool]]) -> RosterVersion:
    score = None
    if row.score_hard is not None:
        score = Score(row.score_hard, row.score_coverage or 0, row.score_preference or 0)
    return RosterVersion(
        id=row.id,
        number=row.number,
        window=PlanningWindow(row.window_first, row.window_days, row.zone_name),
        state=RosterState(row.state),
        roster=Roster(frozenset(pair for pair, _ in pairs)),
        pinned=frozenset(pair for pair, pinned in pairs if pinned),
        created_at=row.created_at,
        edition=row.edition,
        based_on=row.based_on,
        published_at=row.published_at,
        published_by=row.published_by,
        score=score,
    )
