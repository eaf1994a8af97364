"""Which shifts are night shifts, and of which night?"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from typing import ClassVar
from zoneinfo import ZoneInfo

import numpy as np

from scheduler.domain.availability import MIDNIGHT, local_parts
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import ShiftId
from scheduler.domain.time import DAY, Span
from scheduler.rules.index import Index
from scheduler.rules.labour import LabourRule
from scheduler.rules.rolling import Items, Overrun, Piece, overruns, rolling_totals, stretches
from scheduler.rules.rule import Reach, Rule
from scheduler.rules.settings import HOUSE
from scheduler.rules.totals import at_most
from scheduler.terms.kinds import UNLIMITED, Bools, Ints, Sum, ints, spread
from scheduler.terms.pairs import Pairs

MINUTE_OF_CLOCK = 60_000_000
NO_NIGHT = -(1 << 40)
"""The number of the night of a shift that is no night shift; others are local days, 0 for the first of the window."""


@dataclass(frozen=True, kw_only=True)
class NightRule(Rule):
    """A shift that touches the night, between two clock times in minutes, is of the night by whose morning it is.

    A night may begin before midnight. A shift that touches several nights is of the first.
    """

    reach: ClassVar[Reach] = Reach.EXPERT

    night_begins_minute: int = field(metadata={HOUSE: True})
    night_ends_minute: int = field(metadata={HOUSE: True})

    def night_of(self, span: Span, zone: ZoneInfo) -> date | None:
        """The morning of the night that a span touches; None for none."""
        for day, start, end in local_parts(span, zone):
            since = _minutes(start)
            until = 24 * 60 if end == MIDNIGHT else max(_minutes(end), since + 1)
            if self.night_begins_minute < self.night_ends_minute:
                if since < self.night_ends_minute and until > self.night_begins_minute:
                    return day
            elif since < self.night_ends_minute:
                return day
            elif until > self.night_begins_minute:
                return day + DAY
        return None

    def nights(self, index: Index) -> Ints:
        """The number of the night of each shift."""
        parts = index.parts
        since = parts.since // MINUTE_OF_CLOCK
        until = np.maximum(parts.until // MINUTE_OF_CLOCK, since + 1)
        morning = since < self.night_ends_minute
        evening = until > self.night_begins_minute
        if self.night_begins_minute < self.night_ends_minute:
            night = np.where(morning & evening, parts.day, NO_NIGHT)
        else:
            night = np.where(morning, parts.day, np.where(evening, parts.day + 1, NO_NIGHT))
        found = np.full(len(index.shifts), NO_NIGHT, np.int64)
        touching = np.flatnonzero(night != NO_NIGHT)[::-1]
        found[parts.shift[touching]] = night[touching]
        return found

    def past_nights(self, problem: Problem, who: str) -> list[tuple[date, Span]]:
        """The nights that an expert worked before the window, each with its span."""
        spans = (span for _, span in problem.earlier.get(who, ()))
        nights = ((self.night_of(span, problem.window.zone), span) for span in spans)
        return [(night, span) for night, span in nights if night is not None]


class MostNights(NightRule, LabourRule):
    """A hard ceiling on night shifts in any run of nights, of who works at night and is bound.

    A night of history counts once; in the window the rest after a night keeps anybody from working one twice.
    """

    def run(self) -> tuple[int, int]:
        """In how many nights, and how many of them at most."""
        raise TypeError(type(self).__name__)

    def overruns_of(self, problem: Problem, roster: Roster, who: str) -> list[Overrun]:
        """Every run of nights with too many."""
        expert = problem.expert[who]
        if not expert.limits.nights or not self.binds(expert, problem.window):
            return []
        length, most = self.run()
        worked = [(self.night_of(s.span, problem.window.zone), s.id) for s in problem.shifts_of(roster, who)]
        pieces = [Piece(night, 1, None) for night in self._past_mornings(problem, who)]
        pieces += [Piece(night, 1, shift) for night, shift in worked if night is not None]
        return overruns(pieces, stretches(problem.window, length), most)

    def terms(self, index: Index, pairs: Pairs) -> Iterable[Sum]:
        """A row per night worker and run of nights in which there could be too many."""
        awake = self.bound(index) & index.wants("nights")
        night = self.nights(index)[pairs.shift]
        member = np.flatnonzero(awake[pairs.expert] & (night != NO_NIGHT))
        if not len(member):
            return
        length, most = self.run()
        members = Items(ints(member), ints(night[member]), spread(1, len(member)))
        totals = rolling_totals(pairs, members, self._past(index, awake), length)
        found = at_most(pairs, totals, ints(np.where(awake, most, UNLIMITED)))
        if len(found.high):
            yield found

    def _past_mornings(self, problem: Problem, who: str) -> list[date]:
        """The nights before the window, each once, however many shifts it had."""
        return sorted({night for night, _ in self.past_nights(problem, who)})

    def _past(self, index: Index, awake: Bools) -> Items:
        first = index.window.first
        rows = [
            (who, (night - first).days, 1)
            for who, expert in enumerate(index.problem.experts)
            if awake[who]
            for night in self._past_mornings(index.problem, expert.id)
        ]
        return Items(*map(ints, ints(rows).reshape(-1, 3).T))


def merged(found: list[Overrun]) -> tuple[int, Overrun, tuple[ShiftId, ...]]:
    """The excess of several overruns together, the worst of them, and all their shifts."""
    worst = max(found, key=lambda overrun: overrun.excess)
    return sum(o.excess for o in found), worst, tuple(dict.fromkeys(s for o in found for s in o.shifts))


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
