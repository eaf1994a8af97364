"""The question put to the optimiser and to the rules: everything they may know, and no name of anybody."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from scheduler.domain.availability import AvailabilityLevel
from scheduler.domain.errors import invalid
from scheduler.domain.history import Visit
from scheduler.domain.people import Expert, ExpertId, WorkedMinutes
from scheduler.domain.places import Travel
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.shifts import Shift, ShiftId
from scheduler.domain.time import PlanningWindow, Span
from scheduler.domain.venues import ActivityId, ActivityType, Neighbourhood, NeighbourhoodId, Venue, VenueId


@dataclass(frozen=True)
class Problem:
    """Everything the optimiser may know; picklable, so it can cross a process boundary.

    `shifts` start inside the window, sorted by (start, id); experts sorted by id. `pinned` assignments must be in any
    roster; `declined` ones in none; `published` is the roster people were told, to `accepted` they said yes. Shifts
    starting before `frozen_until` keep exactly the people of `published`. `history` holds shifts worked before the
    window, for rests and rolling limits. `past_visits` counts (expert, venue) shifts of the last months, for familiar
    faces; `balance_minutes` is planned minus wished minutes of earlier weeks, for fairness. `visits` are those shifts
    one by one, with their venue and date; `past_asks` counts how often somebody was asked for a time at which she wants
    to be asked first.
    """

    window: PlanningWindow
    experts: tuple[Expert, ...]
    venues: tuple[Venue, ...]
    neighbourhoods: tuple[Neighbourhood, ...]
    activities: tuple[ActivityType, ...]
    shifts: tuple[Shift, ...]
    travel: Travel = field(default_factory=Travel)
    pinned: frozenset[Assignment] = frozenset()
    declined: frozenset[Assignment] = frozenset()
    accepted: frozenset[Assignment] = frozenset()
    published: Roster | None = None
    frozen_until: datetime | None = None
    history: tuple[WorkedMinutes, ...] = ()
    past_visits: Mapping[tuple[ExpertId, VenueId], int] = field(default_factory=dict)
    visits: tuple[Visit, ...] = ()
    past_asks: Mapping[ExpertId, int] = field(default_factory=dict)
    balance_minutes: Mapping[ExpertId, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "experts", tuple(sorted(self.experts, key=lambda e: e.id)))
        object.__setattr__(self, "shifts", tuple(sorted(self.shifts, key=lambda s: (s.span.start, s.id))))
        for shift in self.shifts:
            if shift.venue not in self.venue or shift.activity not in self.activity:
                invalid(
                    "Shift %(id)s names venue %(venue)s or activity %(activity)s, which is not there.",
                    id=shift.id,
                    venue=shift.venue,
                    activity=shift.activity,
                )
            if not 0 <= self.window.day_of(shift.span.start) < self.window.days:
                invalid("Shift %(id)s starts outside the planning window.", id=shift.id)

    @cached_property
    def expert(self) -> dict[ExpertId, Expert]:
        """Experts by id."""
        return {e.id: e for e in self.experts}

    @cached_property
    def venue(self) -> dict[VenueId, Venue]:
        """Venues by id."""
        return {v.id: v for v in self.venues}

    @cached_property
    def neighbourhood(self) -> dict[NeighbourhoodId, Neighbourhood]:
        """Neighbourhoods by id."""
        return {n.id: n for n in self.neighbourhoods}

    @cached_property
    def activity(self) -> dict[ActivityId, ActivityType]:
        """Activity types by id."""
        return {a.id: a for a in self.activities}

    @cached_property
    def shift(self) -> dict[ShiftId, Shift]:
        """Shifts by id."""
        return {s.id: s for s in self.shifts}

    @cached_property
    def starts_on(self) -> dict[ShiftId, date]:
        """The local day on which each shift starts: the day, week and month in which its hours count."""
        return {s.id: self.window.date_of(s.span.start) for s in self.shifts}

    @cached_property
    def earlier(self) -> dict[ExpertId, list[tuple[date, Span]]]:
        """History per expert, each as (local day of the start, span); experts without history are left out."""
        found: dict[ExpertId, list[tuple[date, Span]]] = {}
        for past in self.history:
            found.setdefault(past.expert, []).append((self.window.date_of(past.start), Span(past.start, past.end)))
        return found

    @cached_property
    def past_work(self) -> dict[ExpertId, list[tuple[date, int, str | None]]]:
        """History per expert, each as (local day of the start, minutes, activity type where it is known)."""
        found: dict[ExpertId, list[tuple[date, int, str | None]]] = {}
        for past in self.history:
            minutes = Span(past.start, past.end).minutes
            found.setdefault(past.expert, []).append((self.window.date_of(past.start), minutes, past.activity))
        return found

    @property
    def told(self) -> frozenset[Assignment]:
        """What people were told; nothing where nothing was published."""
        return self.published.assignments if self.published else frozenset()

    @cached_property
    def place_in_time(self) -> dict[ShiftId, int]:
        """The position of each shift in `shifts`, which are sorted by start."""
        return {s.id: n for n, s in enumerate(self.shifts)}

    def shifts_of(self, roster: Roster, expert: ExpertId) -> list[Shift]:
        """The expert's shifts in this roster, in order of start; many rules ask about one roster, so leave the list."""
        latest, known = self.whole._in_order
        if latest is not roster:
            known = {}
            self.whole.__dict__["_in_order"] = (roster, known)
        if expert not in known:
            numbers = sorted(roster.by_expert.get(expert, ()), key=self.place_in_time.__getitem__)
            known[expert] = [self.shift[s] for s in numbers]
        return known[expert]

    @cached_property
    def _in_order(self) -> tuple[Roster | None, dict[ExpertId, list[Shift]]]:
        """The roster that was asked about last, and the shifts of its people as far as they were asked."""
        return None, {}

    def level_of(self, expert: ExpertId, shift: ShiftId) -> AvailabilityLevel:
        """How available the expert is for the shift, over its whole length; worked out once."""
        known = self.whole._levels
        level = known.get((expert, shift))
        if level is None:
            when, span = self.expert[expert].availability, self.shift[shift].span
            level = known[expert, shift] = when.level_of(span, self.window.zone)
        return level

    @cached_property
    def _levels(self) -> dict[tuple[ExpertId, ShiftId], AvailabilityLevel]:
        return {}

    @property
    def whole(self) -> "Problem":
        """The problem of which this is a part; itself when it is whole."""
        found: Problem = self.__dict__.get("_whole", self)
        return found

    @cached_property
    def worked_out(self) -> dict[object, object]:
        """What a rule has worked out about the problem, whatever its pins, by rule: to be asked of the whole."""
        return {}

    def about_expert(self, expert: ExpertId) -> "Problem":
        """The problem as far as it is about one expert: every shift, but nobody else and nothing told to others."""
        told = self.published.by_expert.get(expert, []) if self.published else []
        return self._part(
            experts=(self.expert[expert],),
            pinned=frozenset(a for a in self.pinned if a.expert == expert),
            declined=frozenset(a for a in self.declined if a.expert == expert),
            accepted=frozenset(a for a in self.accepted if a.expert == expert),
            published=self.published and Roster(frozenset(Assignment(expert, s) for s in told)),
        )

    def about_shift(self, shift: ShiftId) -> "Problem":
        """The problem as far as it is about one shift: everybody, but nothing told of other shifts."""
        told = self.published.by_shift.get(shift, []) if self.published else []
        return self._part(
            shifts=(self.shift[shift],),
            pinned=frozenset(a for a in self.pinned if a.shift == shift),
            declined=frozenset(a for a in self.declined if a.shift == shift),
            accepted=frozenset(a for a in self.accepted if a.shift == shift),
            published=self.published and Roster(frozenset(Assignment(e, shift) for e in told)),
        )

    def _part(self, **values: object) -> "Problem":
        """A copy with these fields, neither checked nor sorted; what is known by id stays that of the whole."""
        found = self._copy()
        found.__dict__.update({**values, "_whole": self.whole})
        return found

    def with_pins(self, pinned: frozenset[Assignment]) -> "Problem":
        """The same problem with other pins; nothing is checked or worked out again."""
        if pinned == self.pinned:
            return self
        found = self._copy()
        found.__dict__["pinned"] = pinned
        return found

    def _copy(self) -> "Problem":
        for name in ("expert", "shift", "venue", "place_in_time", "starts_on", "earlier", "worked_out", "_levels"):
            getattr(self, name)
        return copy(self)

    def need_of(self, shift: Shift) -> int:
        """The need index of the shift's neighbourhood; 100 where the neighbourhood is unknown."""
        found = self.neighbourhood.get(self.venue[shift.venue].neighbourhood)
        return found.need if found else 100
