"""What do shortest and longest runs of work days and days off look like to CP-SAT?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.score import Level
from scheduler.optimiser.programme import Literal, negated
from scheduler.terms.kinds import UNLIMITED

if TYPE_CHECKING:
    from scheduler.optimiser.personal import PersonalTerms


class Runs:
    """Shortest and longest runs of one expert: window sums when only lengths are capped, blocks otherwise."""

    def __init__(self, terms: PersonalTerms, limits: list[int]) -> None:
        self.terms, self.programme = terms, terms.programme
        self.shortest, self.longest, self.rest, self.longest_rest, self.before = limits
        self.days = terms.table.pairs.days
        self.stuck = terms.stuck_days
        if self.shortest > 1 or self.rest > 1:
            self._blocks()
        else:
            self._longest_runs()
        self._longest_rests()

    def state(self, day: int) -> Literal | bool:
        """Whether the day is worked: known, or a literal."""
        return True if day in self.stuck else self.terms.work.get(day, False)

    def _longest_runs(self) -> None:
        """In every `longest` + 1 days one is free; days before the window count when they were worked."""
        past = max(0, self.before)
        for first in range(-past, self.days - self.longest):
            self._not_all(range(max(0, first), first + self.longest + 1))

    def _not_all(self, days: range) -> None:
        states = [self.state(day) for day in days]
        if any(state is False for state in states):
            return
        literals = [state for state in states if state is not True]
        if literals:
            self.programme.linear(literals, [1] * len(literals), 0, len(literals) - 1)
        else:
            self.programme.any_of([])

    def _longest_rests(self) -> None:
        """In every `longest_rest` + 1 days one is worked."""
        if self.longest_rest >= UNLIMITED:
            return
        past = max(0, -self.before)
        for first in range(-past, self.days - self.longest_rest):
            states = [self.state(day) for day in range(max(0, first), first + self.longest_rest + 1)]
            if not any(state is True for state in states):
                self.programme.any_of([state for state in states if state is not False])

    def _blocks(self) -> None:
        """One literal per possible run: a work day lies in exactly one, runs and the rests behind them do not meet."""
        covers: list[list[Literal]] = [[] for _ in range(self.days)]
        reaches: list[list[Literal]] = [[] for _ in range(self.days)]
        for first, last in self._possible_blocks():
            block = self.programme.bool(self._is_run(first, last))
            for day in range(first, last + 1):
                covers[day].append(block)
            for day in range(first, min(self.days, last + 1 + self.rest)):
                reaches[day].append(block)
        for day in range(self.days):
            state = self.state(day)
            if state is True:
                self.programme.exactly_one(covers[day])
            elif state is not False:
                self.programme.exactly_one([*covers[day], negated(state)])
            self.programme.at_most_one(reaches[day])
        if 0 < self.before < self.shortest and self.state(0) is not True:
            self.programme.any_of(covers[0])
        if self.before > 0 and self.before > self.longest:
            self.programme.any_of([])

    def _possible_blocks(self) -> list[tuple[int, int]]:
        found = []
        for first in range(self.days):
            if self.state(first) is False or self._too_soon(first):
                continue
            past = self.before if self.before > 0 and first == 0 else 0
            for last in range(first, min(self.days, first + self.longest - past)):
                if self.state(last) is False:
                    break
                touches_border = last == self.days - 1 or (first == 0 and self.before == 0)
                if not touches_border and last - first + 1 + past < self.shortest:
                    continue
                if not self.stuck.intersection(range(last + 1, last + 1 + self.rest)):
                    found.append((first, last))
        return found

    def _too_soon(self, first: int) -> bool:
        """Would a run that starts here cut a rest short?"""
        if self.stuck.intersection(range(max(0, first - self.rest), first)):
            return True
        return (self.before < 0 and first < self.rest + self.before) or (self.before > 0 and 0 < first < self.rest)

    def _is_run(self, first: int, last: int) -> bool:
        """Is this a run of the hint?"""
        pairs = self.terms.table.pairs
        mine = pairs.of(self.terms.expert)
        worked = set(self.terms.day[mine][self.terms.roster[mine]].tolist())
        inside = all(day in worked for day in range(first, last + 1))
        return inside and first - 1 not in worked and last + 1 not in worked


class SoftRuns:
    """Runs of one expert whose days missing or in excess are paid for, one literal per day or per run that can be."""

    def __init__(self, terms: PersonalTerms, limits: list[int], level: Level, price: int) -> None:
        self.terms, self.programme, self.level, self.price = terms, terms.programme, level, price
        shortest, longest, rest, longest_rest, self.before = limits
        self.first, self.days, self.stuck = -abs(self.before), terms.table.pairs.days, terms.stuck_days
        worked = terms.roster[terms.table.pairs.of(terms.expert)]
        self.worked = set(terms.day[terms.table.pairs.of(terms.expert)][worked].tolist())
        for works, least, most in ((True, shortest, longest), (False, rest, longest_rest)):
            for begin in range(self.first, self.days):
                for length in range(1, least):
                    self._short(works, range(begin, begin + length), least - length)
                if begin + most < self.days:
                    self._pay_unless([(day, not works) for day in range(begin, begin + most + 1)], 1)

    def _short(self, works: bool, days: range, missing: int) -> None:
        """A run of exactly these days misses some, where both its ends are known."""
        starts_known = days.start > self.first or self.before != 0
        if starts_known and days.stop < self.days:
            around = (days.start - 1, days.stop) if days.start > self.first else (days.stop,)
            self._pay_unless([*((day, not works) for day in days), *((day, works) for day in around)], missing)

    def _pay_unless(self, states: list[tuple[int, bool]], amount: int) -> None:
        """Pay unless some day is worked or free as it says."""
        literals, hinted = list[Literal](), False
        for day, works in states:
            state = self._state(day)
            if state is works:
                return
            if not isinstance(state, bool):
                literals.append(state if works else negated(state))
            hinted |= (day in self.worked if day >= 0 else self.before > 0) is works
        if literals:
            paid = self.programme.bool(not hinted)
            self.programme.any_of([*literals, paid])
            self.programme.pay(self.level, paid, amount * self.price)

    def _state(self, day: int) -> Literal | bool:
        """Whether the day is worked: known, or a literal."""
        if day < 0:
            return self.before > 0
        return True if day in self.stuck else self.terms.work.get(day, False)
