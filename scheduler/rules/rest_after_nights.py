"""Rule: who has worked at night rests longer, and longest after several nights in a row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product
from typing import ClassVar, NamedTuple

from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.shifts import ShiftId
from scheduler.domain.time import DAY, MINUTE
from scheduler.rules.index import Index
from scheduler.rules.labour import LabourRule
from scheduler.rules.nightwork import NO_NIGHT, NightRule
from scheduler.rules.rule import as_hours
from scheduler.terms.kinds import Ints, Sum, ints, limit
from scheduler.terms.pairs import Pairs

PAST = -1


class Duty(NamedTuple):
    """A shift as this rule sees it; `night` is the morning of its night, `id` None for work before the window."""

    start: datetime
    end: datetime
    night: date | None
    id: ShiftId | None


@dataclass(frozen=True)
class RestAfterNights(NightRule, LabourRule):
    """After a night shift `minutes` of rest, and after `row_nights` nights in a row `row_minutes`, before other work.

    The amount counts couples of a night and a shift too soon after it, and groups of a row of nights and a shift too
    soon after its last one; the next night of a row is not too soon after the row. Work before the window counts.
    """

    minutes: int
    row_nights: int
    row_minutes: int

    name: ClassVar[str] = "rest_after_nights"
    short: ClassVar[Sentence] = Sentence("would not get %(hours)s hours of rest after working at night")

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence(
            "Who has worked at night rests %(hours)s hours, and after %(nights)s nights in a row %(hours_row)s hours.",
            {
                "hours": as_hours(self.minutes),
                "nights": self.row_nights,
                "hours_row": as_hours(self.row_minutes),
            },
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every shift that comes too soon."""
        found = []
        for who in sorted(roster.by_expert):
            if not self._concerns(problem.expert[who], problem):
                continue
            duties = self._duties(problem, roster, who)
            for after in (duty for duty in duties if duty.id is not None):
                for night in duties:
                    if night.night is not None and _pause(night, after) in range(self.minutes):
                        found.append(self._too_soon(who, after, [night], self.minutes))
                for row in self._rows(duties, after):
                    found.append(self._too_soon(who, after, row, self.row_minutes))
        return found

    def _rows(self, duties: list[Duty], after: Duty) -> Iterator[list[Duty]]:
        """The rows of nights that ended too short before a duty that does not carry them on."""
        for last in duties:
            soon = _pause(last, after) in range(self.row_minutes)
            if last.night is None or not soon or after.night == last.night + DAY:
                continue
            mornings = [last.night - back * DAY for back in range(self.row_nights - 1, 0, -1)]
            for earlier in product(*([d for d in duties if d.night == morning] for morning in mornings)):
                yield [*earlier, last]

    def _too_soon(self, who: str, after: Duty, row: list[Duty], minutes: int) -> Violation:
        shifts = [duty.id for duty in (*row, after) if duty.id is not None]
        text = "%(expert)s does not rest %(hours)s hours between the night and %(shift)s."
        return self.breach(text, experts=[who], shifts=shifts, expert=who, hours=as_hours(minutes), shift=after.id)

    def _duties(self, problem: Problem, roster: Roster, who: str) -> list[Duty]:
        past = [Duty(span.start, span.end, night, None) for night, span in self.past_nights(problem, who)]
        shifts = [(s.span, s.id) for s in problem.shifts_of(roster, who)]
        return past + [Duty(p.start, p.end, self.night_of(p, problem.window.zone), id_) for p, id_ in shifts]

    def _concerns(self, expert: Expert, problem: Problem) -> bool:
        return expert.limits.nights and self.binds(expert, problem.window)

    def terms(self, index: Index, pairs: Pairs) -> Iterator[Sum]:
        """A row per couple and per group: not all of it; earlier work leaves fewer places."""
        if not index.wants("nights").any():
            return
        night = self.nights(index)
        members: list[list[int]] = []
        for who, expert in enumerate(index.problem.experts):
            if self._concerns(expert, index.problem):
                members += self._groups(index, pairs, night, who)
        if members:
            row = [number for number, group in enumerate(members) for _ in group]
            pair = [pair for group in members for pair in group]
            yield limit(
                self.level, ints(row), ints(pair), rows=len(members), high=ints([len(group) - 1 for group in members])
            )

    def _groups(self, index: Index, pairs: Pairs, night: Ints, who: int) -> list[list[int]]:
        """The sets of pairs of one expert of which one has to stay out."""
        own = range(pairs.of(who).start, pairs.of(who).stop)
        end, start = index.shifts.end[pairs.shift], index.shifts.start[pairs.shift]
        nights: dict[int, list[tuple[int, int]]] = {}
        for pair in own:
            if night[pairs.shift[pair]] != NO_NIGHT:
                nights.setdefault(int(night[pairs.shift[pair]]), []).append((pair, int(end[pair])))
        for morning, span in self.past_nights(index.problem, index.problem.experts[who].id):
            day = (morning - index.window.first).days
            nights.setdefault(day, []).append((PAST, index.window.minute_of(span.end)))
        found = []
        for last, ends in nights.items():
            before = [[pair for pair, _ in nights.get(last - back, [])] for back in range(self.row_nights - 1, 0, -1)]
            for one, ended in ends:
                for after in own:
                    pause = int(start[after]) - ended
                    if 0 <= pause < self.minutes:
                        found.append([one, after])
                    if 0 <= pause < self.row_minutes and night[pairs.shift[after]] != last + 1:
                        found += [[*row, one, after] for row in product(*before)]
        return [[pair for pair in group if pair != PAST] for group in found]


def _pause(first: Duty, second: Duty) -> int:
    return (second.start - first.end) // MINUTE
