"""What are the facts of a problem as arrays? Computed once, when first asked, and shared by all rules.

Experts, shifts and venues are numbered as in `problem.experts`, `problem.shifts` and `problem.venues`.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.domain.contracts import ContractKind
from scheduler.domain.people import ExpertId, PersonalLimits
from scheduler.domain.places import TravelMode
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.shifts import ShiftId
from scheduler.domain.time import Span
from scheduler.domain.venues import VenueId
from scheduler.rules.clock import ShiftParts, availability_levels, parts_of
from scheduler.rules.distance import journey_minutes, longest_minutes, longest_of_all, travel_minutes
from scheduler.terms.kinds import UNLIMITED, Bools, Ints, ints
from scheduler.terms.pairs import Pairs, Shifts

Levels = NDArray[np.int8]
LABOUR_LAW_KINDS = (ContractKind.EMPLOYED, ContractKind.MIN_MAX, ContractKind.ON_CALL)
MODES = tuple(TravelMode)
NOBODY = -1
SHORTEST_DAY = 23 * 60
"""Minutes of the day on which the clock goes forward."""


class History(NamedTuple):
    """Work before the window of experts in the problem; `start`, `end` in minutes and `day` as in `Index`, negative."""

    expert: Ints
    start: Ints
    end: Ints
    day: Ints
    minutes: Ints


class Index:
    """The facts of one problem; every array is read-only by agreement."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.window = problem.window
        self._valid: dict[str, tuple[Bools, Bools]] = {}
        self._limits: dict[str, Ints] = {}
        self._wants: dict[str, Bools] = {}

    @cached_property
    def expert_at(self) -> dict[ExpertId, int]:
        """The number of each expert."""
        return {e.id: n for n, e in enumerate(self.problem.experts)}

    @cached_property
    def shift_at(self) -> dict[ShiftId, int]:
        """The number of each shift."""
        return {s.id: n for n, s in enumerate(self.problem.shifts)}

    @cached_property
    def venue_at(self) -> dict[VenueId, int]:
        """The number of each venue."""
        return {v.id: n for n, v in enumerate(self.problem.venues)}

    @cached_property
    def everybody(self) -> slice:
        """The crew of all experts."""
        return slice(0, len(self.problem.experts))

    # Shifts

    @cached_property
    def shifts(self) -> Shifts:
        """The shifts for solvers: elapsed minutes since local midnight of day 0, and the local day of the start."""
        spans = [s.span for s in self.problem.shifts]
        kind = {a.id: n for n, a in enumerate(self.problem.activities)}
        return Shifts(
            day=ints([self.window.day_of(span.start) for span in spans]),
            start=ints([self.window.minute_of(span.start) for span in spans]),
            end=ints([self.window.minute_of(span.start) + span.minutes for span in spans]),
            minutes=ints([span.minutes for span in spans]),
            venue=ints([self.venue_at[s.venue] for s in self.problem.shifts]),
            kind=ints([kind[s.activity] for s in self.problem.shifts]),
        )

    @cached_property
    def week(self) -> Ints:
        """The local calendar week of each shift, counted from the first of the window."""
        return self.shifts.day // 7

    @cached_property
    def weeks(self) -> int:
        """How many calendar weeks the window touches."""
        return -(-self.window.days // 7)

    def month_of_days(self, days: Ints) -> Ints:
        """The calendar month of local days (as day numbers), as year x 12 + month - 1."""
        dates = [self.window.first + timedelta(days=int(day)) for day in days]
        return ints([date.year * 12 + date.month - 1 for date in dates])

    @cached_property
    def month(self) -> Ints:
        """The calendar month of each shift, as year x 12 + month - 1."""
        return self.month_of_days(ints(np.arange(self.window.days)))[self.shifts.day]

    @cached_property
    def parts(self) -> ShiftParts:
        """The local days that each shift touches, with local clock times."""
        return parts_of([s.span for s in self.problem.shifts], self.window)

    @cached_property
    def required(self) -> Ints:
        """How many people each shift requires."""
        return ints([s.demand.required for s in self.problem.shifts])

    @cached_property
    def asking_language(self) -> dict[str, Ints]:
        """The shifts that require each language."""
        return numbers_by_name(s.required_languages for s in self.problem.shifts)

    @cached_property
    def asking_qualification(self) -> dict[str, Ints]:
        """The shifts that require each qualification."""
        needed = (s.required_qualification for s in self.problem.shifts)
        return numbers_by_name(() if name is None else (name,) for name in needed)

    # Experts

    def levels(self, crew: slice) -> Levels:
        """Availability (crew x shifts) as AvailabilityLevel numbers: the lowest over each shift."""
        found: Levels = self._levels[crew].take(self._span, axis=1)
        return found

    def pair_levels(self, pairs: Pairs) -> Levels:
        """The availability level of each pair."""
        found: Levels = self._levels[pairs.expert, self._span[pairs.shift]]
        return found

    @cached_property
    def _levels(self) -> Levels:
        """Matrix experts x different spans of shifts: many shifts share one."""
        return availability_levels(self.problem.experts, list(self._spans), self.window)

    @cached_property
    def _span(self) -> Ints:
        """The number of each shift's span."""
        return ints([self._spans[s.span] for s in self.problem.shifts])

    @cached_property
    def _spans(self) -> dict[Span, int]:
        return {span: n for n, span in enumerate(dict.fromkeys(s.span for s in self.problem.shifts))}

    def limits(self, name: str) -> Ints:
        """One personal limit of every expert (a field of PersonalLimits); UNLIMITED where the expert has none."""
        if name not in self._limits:
            values = [getattr(e.limits, name) for e in self.problem.experts]
            self._limits[name] = ints([UNLIMITED if value is None else value for value in values])
        return self._limits[name]

    def wants(self, name: str) -> Bools:
        """Which experts have switched on a personal limit that is a yes or no."""
        if not isinstance(getattr(PersonalLimits(), name), bool):
            raise TypeError(name)
        if name not in self._wants:
            self._wants[name] = np.array([getattr(e.limits, name) for e in self.problem.experts], np.bool_)
        return self._wants[name]

    def valid_days(self, qualification: str) -> tuple[Bools, Bools]:
        """(experts with a qualification of this name on record, matrix experts x window days where it is valid)."""
        if qualification not in self._valid:
            self._valid[qualification] = self._valid_days(qualification)
        return self._valid[qualification]

    def _valid_days(self, qualification: str) -> tuple[Bools, Bools]:
        count, days = len(self.problem.experts), list(self.window.dates())
        recorded, valid = np.zeros(count, np.bool_), np.zeros((count, len(days)), np.bool_)
        for row, expert in enumerate(self.problem.experts):
            for record in expert.qualifications:
                if record.name == qualification:
                    recorded[row] = True
                    valid[row] |= np.array([day in record.valid for day in days])
        return recorded, valid

    @cached_property
    def contract(self) -> Ints:
        """Matrix experts x window days: which of the expert's contracts is in force; -1 for none."""
        found = np.full((len(self.problem.experts), self.window.days), NOBODY, np.int64)
        for row, expert in enumerate(self.problem.experts):
            for number in reversed(range(len(expert.contracts))):
                days = expert.contracts[number].days
                first = max(0, (days.first - self.window.first).days)
                end = self.window.days if days.end is None else (days.end - self.window.first).days
                found[row, first : max(first, end)] = number
        return found

    @cached_property
    def under_labour_law(self) -> Bools:
        """Which experts have, on some day of the window, a contract of employment in force."""
        rows = []
        for expert, numbers in zip(self.problem.experts, self.contract, strict=True):
            kinds = [expert.contracts[number].kind for number in set(numbers.tolist()) - {NOBODY}]
            rows.append(any(kind in LABOUR_LAW_KINDS for kind in kinds))
        return np.array(rows, np.bool_)

    @cached_property
    def history(self) -> History:
        """What experts of this problem worked before the window."""
        known = [h for h in self.problem.history if h.expert in self.expert_at]
        began = self.window.midnight(0).timestamp()
        start, end = (
            ints(np.floor((np.array(instants) - began) / 60))
            for instants in ([h.start.timestamp() for h in known], [h.end.timestamp() for h in known])
        )
        earliest = int(start.min(initial=0)) // SHORTEST_DAY - 1
        latest = max(0, int(start.max(initial=0)) // SHORTEST_DAY + 1)
        midnights = [self.window.minute_of(self.window.midnight(day)) for day in range(earliest, latest + 1)]
        day = ints(np.searchsorted(midnights, start, side="right") - 1 + earliest)
        return History(ints([self.expert_at[h.expert] for h in known]), start, end, day, end - start)

    # Travel

    @cached_property
    def travel_home(self) -> Ints:
        """Matrix experts x venues: minutes from home by the expert's own mode; 0 when a place is unknown."""
        found = np.zeros((len(self.problem.experts), len(self.problem.venues)), np.int64)
        places = [v.place for v in self.problem.venues]
        for mode in {e.travel_mode for e in self.problem.experts}:
            rows = [n for n, e in enumerate(self.problem.experts) if e.travel_mode is mode]
            homes = [self.problem.experts[n].home for n in rows]
            found[rows] = travel_minutes(self.problem.travel, homes, places, mode)
        return found

    @cached_property
    def mode(self) -> Ints:
        """The travel mode of each expert, as its number among all modes."""
        return ints([MODES.index(e.travel_mode) for e in self.problem.experts])

    def minutes_between(self, mode: Ints, one: Ints, other: Ints) -> Ints:
        """Minutes from venue one[i] to venue other[i] by mode[i], table of overrides included."""
        found = np.zeros(len(one), np.int64)
        places = [v.place for v in self.problem.venues]
        for number in np.unique(mode):
            by = mode == number
            found[by] = journey_minutes(self.problem.travel, places, one[by], other[by], MODES[number])
        key, minutes = self._told
        if len(key):
            wanted = (mode * len(places) + one) * len(places) + other
            at = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
            found = np.where(key[at] == wanted, minutes[at], found)
        return np.where(one == other, 0, found)

    def longest_between(self, one: Ints, other: Ints) -> Ints:
        """No less than the minutes from venue one[i] to venue other[i] by any mode that somebody uses."""
        far = longest_minutes([v.place for v in self.problem.venues], one, other, self._modes)
        return ints(np.maximum(far, self._told[1].max(initial=0)))

    @cached_property
    def longest_journey(self) -> int:
        """No less than the minutes between any two venues by any mode that somebody uses."""
        far = longest_of_all([v.place for v in self.problem.venues], self._modes)
        return max(far, int(self._told[1].max(initial=0)))

    @property
    def _modes(self) -> list[TravelMode]:
        return [MODES[number] for number in np.unique(self.mode)]

    @cached_property
    def _told(self) -> tuple[Ints, Ints]:
        """The table of overrides, both ways: (mode, from, to) as one ascending number, and the minutes."""
        travel, count, rows = self.problem.travel, len(self.problem.venues), {}
        for one, other, mode in travel.overrides:
            if one in self.venue_at and other in self.venue_at:
                for a, b in ((one, other), (other, one)):
                    key = (MODES.index(mode) * count + self.venue_at[a]) * count + self.venue_at[b]
                    rows[key] = travel.between_venues((a, None), (b, None), mode)
        ordered = ints(sorted(rows.items())).reshape(-1, 2)
        return ints(ordered[:, 0]), ints(ordered[:, 1])


def numbers_by_name(names: Iterable[Iterable[str]]) -> dict[str, Ints]:
    """The numbers of the entries in which each name stands, by name in order."""
    found = defaultdict[str, list[int]](list)
    for number, entry in enumerate(names):
        for name in entry:
            found[name].append(number)
    return {name: ints(found[name]) for name in sorted(found)}


def roster_of(problem: Problem, pairs: Pairs, chosen: Bools) -> Roster:
    """The roster that a solver's choice means."""
    at = np.flatnonzero(chosen)
    found = zip(pairs.expert[at].tolist(), pairs.shift[at].tolist(), strict=True)
    return Roster(frozenset(Assignment(problem.experts[e].id, problem.shifts[s].id) for e, s in found))


def chosen_of(problem: Problem, pairs: Pairs, roster: Roster) -> Bools:
    """The roster as one boolean per pair; an assignment that is not an eligible pair is left out."""
    expert_at = {e.id: n for n, e in enumerate(problem.experts)}
    shift_at = {s.id: n for n, s in enumerate(problem.shifts)}
    known = [a for a in roster.assignments if a.expert in expert_at and a.shift in shift_at]
    at = pairs.find(ints([expert_at[a.expert] for a in known]), ints([shift_at[a.shift] for a in known]))
    chosen = np.zeros(len(pairs), np.bool_)
    chosen[at[at >= 0]] = True
    return chosen
