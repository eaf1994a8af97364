"""What does a planner look at? One planning window read in one go: the question, who was told, the draft, the names."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from scheduler.domain.errors import NotFound, Stale
from scheduler.domain.people import ExpertId
from scheduler.domain.problem import Problem
from scheduler.domain.responses import Answer, Response
from scheduler.domain.roster import Assignment, Roster, RosterState, RosterVersion
from scheduler.domain.score import Violation
from scheduler.domain.shifts import Shift
from scheduler.domain.time import PlanningWindow
from scheduler.rules.analysis import Analysis, analyse
from scheduler.rules.rule import Rule
from scheduler.services.board_views import BoardPerson, BoardShift, Measures, PersonState, ViolationView
from scheduler.services.context import Agency, App, agency_of
from scheduler.services.measures import from_now_on, measure, open_places
from scheduler.services.names import Names
from scheduler.services.prepared import prepared_measures, prepared_standing
from scheduler.services.unit import Unit
from scheduler.services.visits import names_of
from scheduler.store import Work, load_problem
from scheduler.store.problems import booked_in, draft_of, published_of


@dataclass(frozen=True)
class Scene:
    """One window as it is now. `problem` has no frozen zone: that binds runs, not a planner's own hand."""

    app: App
    agency: Agency
    window: PlanningWindow
    now: datetime
    problem: Problem
    live: Roster
    draft: RosterVersion | None
    published: RosterVersion | None
    answers: dict[Assignment, Response]
    names: Names
    is_from_nothing: bool = False
    """Whether every judgement is made by the naive judge alone, as at the gate of publishing."""

    @property
    def edition(self) -> int:
        """What goes back with the next edit; 0 while there is no draft."""
        return self.draft.edition if self.draft else 0

    @cached_property
    def roster(self) -> Roster:
        """The draft, or what is live while there is none; on shifts that have begun always who was told."""
        if self.draft is None:
            return self.live
        begun = {s.id for s in self.problem.shifts if s.span.start <= self.now}
        moved = {a for a in self.draft.roster.assignments ^ self.live.assignments if a.shift in begun}
        return self.draft.roster.moved_to(self.draft.roster.assignments ^ moved) if moved else self.draft.roster

    @property
    def pinned(self) -> frozenset[Assignment]:
        """Pins of the draft, or of what is published."""
        return self.problem.pinned

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in force on the first day of the window."""
        return self.app.rules(self.window.first)

    @cached_property
    def call_up_term(self) -> timedelta:
        """How long ahead people are called in this window."""
        return self.app.call_up_term(self.window)

    def analysis(self, roster: Roster, latest: Collection[Assignment] = ()) -> Analysis:
        """The judgement of a roster as others may read it; `latest` is what was changed last."""
        if latest or self.is_from_nothing:
            return self.judgement(roster).for_others(latest)
        return prepared_standing(self.problem, roster, self.rules).for_others

    def judgement(self, roster: Roster) -> Analysis:
        """The judgement of a roster with what is private, for nobody to read."""
        if self.is_from_nothing:
            return analyse(self.problem, roster, self.rules)
        return prepared_standing(self.problem, roster, self.rules).analysis()

    def measures(self, roster: Roster) -> Measures:
        """A roster in numbers."""
        if self.is_from_nothing:
            found = measure(self.problem, roster, self.analysis(roster), self.live)
        else:
            found = prepared_measures(self.problem, roster, self.rules, self.live)
        return from_now_on(found, self.problem, roster, self.now)

    @cached_property
    def before(self) -> Measures:
        """What people were told, in numbers."""
        return self.measures(self.live)

    @cached_property
    def after(self) -> Measures:
        """The draft in numbers."""
        return self.measures(self.roster)

    def shift(self, shift: str) -> Shift:
        """A shift of this window; NotFound for any other."""
        found = self.problem.shift.get(shift)
        if found is None:
            raise NotFound("There is no %(noun)s %(id)s.", noun="shift", id=shift)
        return found

    def board_shift(self, shift: Shift) -> BoardShift:
        """The chip of a shift."""
        people = self.roster.by_shift.get(shift.id, [])
        venue = self.problem.venue[shift.venue]
        said_no = self._said_no.get(shift.id, [])
        return BoardShift(
            id=shift.id,
            venue=venue.id,
            venue_name=venue.name,
            neighbourhood=venue.neighbourhood,
            activity=shift.activity,
            activity_name=self.names.activity(shift.activity),
            role=self.names.role(shift),
            start=shift.span.start,
            end=shift.span.end,
            day=self.window.date_of(shift.span.start),
            needed=shift.demand.required,
            desirable=shift.demand.desirable,
            priority=shift.priority,
            people=tuple(self._person(e, shift) for e in people),
            declined=tuple(BoardPerson(e, self.names.expert(e), False, PersonState.NO) for e in said_no),
            missing=open_places(shift, len(people), self.now),
            live=people == self.live.by_shift.get(shift.id, []),
            frozen=shift.span.start < self.now + self.call_up_term,
            past=shift.span.start <= self.now,
            request=shift.request,
        )

    @cached_property
    def _said_no(self) -> dict[str, list[ExpertId]]:
        return Roster(self.problem.declined).by_shift

    def _person(self, expert: ExpertId, shift: Shift) -> BoardPerson:
        pair = Assignment(expert, shift.id)
        newest = self.answers.get(pair)
        state = PersonState.ASKED
        if pair not in self.live.assignments:
            state = PersonState.DRAFT
        elif newest and newest.answer in {Answer.YES, Answer.TALK}:
            state = PersonState.YES if newest.answer is Answer.YES else PersonState.TALK
        return BoardPerson(expert, self.names.expert(expert), pair in self.pinned, state)

    def words(self, violations: Iterable[Violation]) -> tuple[ViolationView, ...]:
        """Violations with names, hard ones first."""
        ordered = sorted(violations, key=lambda v: (v.level, -v.amount, v.rule, v.shifts, v.experts))
        return tuple(
            ViolationView(
                v.rule,
                v.level,
                v.amount,
                self.names.say(v.sentence, self.problem.shift),
                tuple(self.names.named(e) for e in v.experts),
                self.names.labels(self.problem.shift[s] for s in v.shifts if s in self.problem.shift),
            )
            for v in ordered
        )

    def is_open(self, shift: str) -> bool:
        """Whether a shift is still to begin."""
        known = self.problem.shift.get(shift)
        return known is None or known.span.start > self.now


NAMED = ("profile", "venue", "activity", "neighbourhood")
"""The tables that names are read from."""


def read_scene(app: App, work: Work, window_first: date, *, is_from_nothing: bool = False) -> Scene:
    """The window that begins on this day; NotFound when none does."""
    agency, now = agency_of(work), app.clock()
    window = window_at(agency, window_first)
    recall = work.recall.of
    return Scene(
        app=app,
        agency=agency,
        window=window,
        now=now,
        problem=load_problem(work, window),
        live=booked_in(work, window),
        draft=draft_of(work, window),
        published=published_of(work, window),
        answers=recall(("answers", window), ("response", "shift"), lambda: work.responses.newest_in_window(window)),
        names=recall("names", NAMED, lambda: names_of(work)),
        is_from_nothing=is_from_nothing,
    )


def window_at(agency: Agency, window_first: date) -> PlanningWindow:
    """The planning window that begins on this day; NotFound when none does."""
    window = agency.window(window_first)
    if window.first != window_first:
        raise NotFound("No planning window begins on %(day)s.", day=window_first)
    return window


def draft_for_edit(
    unit: Unit, window: PlanningWindow, edition: int, is_as_seen: Callable[[], bool] | None = None
) -> RosterVersion:
    """The draft to edit; made as a copy of who was told when there is none and the viewer saw none. Stale otherwise.

    A draft of another edition will do when what the edit touches is still as the viewer saw it.
    """
    draft = draft_of(unit.work, window)
    if draft is not None:
        if draft.edition != edition and not (is_as_seen and is_as_seen()):
            raise Stale("Somebody else changed the %(noun)s since you opened it.", noun="roster", id=draft.id)
        return draft
    if edition:
        raise Stale("Somebody published this draft since you opened it.")
    return new_draft(unit, window)


def new_draft(unit: Unit, window: PlanningWindow) -> RosterVersion:
    """A draft as a copy of the live bookings, with the pins of the published version."""
    live = unit.work.bookings.in_window(window)
    published = unit.work.rosters.published_of(window)
    number = unit.work.rosters.next_number(window)
    draft = RosterVersion(
        id=f"{window.first.isoformat()}-{number}",
        number=number,
        window=window,
        state=RosterState.DRAFT,
        roster=live,
        pinned=published.pinned & live.assignments if published else frozenset(),
        created_at=unit.at,
        based_on=published.number if published else None,
    )
    unit.work.rosters.add(draft)
    return draft
