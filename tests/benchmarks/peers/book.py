"""Which CP-SAT constraints does a textbook write for each kind of term?"""

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

import numpy as np
from ortools.sat.python import cp_model

from scheduler.domain.score import Level
from scheduler.terms.kinds import UNLIMITED, Apart, Conflict, Cost, Distinct, Gap, Runs, Sum, Term
from scheduler.terms.pairs import Model

MOST = 1 << 52
"""Whole numbers below this are exact in the solver's bounds."""

Literal = cp_model.IntVar
Day = Literal | bool


class Book:
    """The whole model; `chosen` is the Boolean of each pair."""

    def __init__(self, model: Model) -> None:
        self.model, self.pairs, self.cp = model, model.pairs, cp_model.CpModel()
        self.chosen = [self.cp.new_bool_var("") for _ in range(len(model.pairs))]
        self._paid: dict[Level, list[tuple[Literal, int, int]]] = {level: [] for level in Level}
        self._constant = dict.fromkeys(Level, 0)
        self._works: list[list[Day]] | None = None
        for term in model.terms:
            self._write(term)

    def total(self, level: Level, worth: int = 1) -> cp_model.LinearExprT:
        """All that a level counts, each point at its worth."""
        variables = [variable for variable, _, _ in self._paid[level]]
        prices = [worth * price for _, price, _ in self._paid[level]]
        total: cp_model.LinearExprT = cp_model.LinearExpr.weighted_sum(variables, prices)
        return cp_model.LinearExpr.sum([total, worth * self._constant[level]])

    def most(self, level: Level) -> int:
        """More than any two rosters can differ at a level."""
        return sum(abs(price) * high for _, price, high in self._paid[level]) + abs(self._constant[level])

    @property
    def worth(self) -> int:
        """What a point of coverage counts in points of preference: more than all of them, as far as numbers go."""
        return max(1, min(1 + 2 * self.most(Level.PREFERENCE), MOST // max(1, self.most(Level.COVERAGE))))

    def _write(self, term: Term) -> None:
        match term:
            case Cost():
                self._constant[term.level] += term.constant
                for pair, amount in zip(term.pair.tolist(), term.amount.tolist(), strict=True):
                    self._pay(term.level, self.chosen[pair], amount, 1)
            case Sum():
                self._sum(term)
            case Apart():
                self._apart(term)
            case Conflict():
                for first, second, amount in zip(term.first.tolist(), term.second.tolist(), term.amount, strict=True):
                    either = [~self.chosen[first], ~self.chosen[second]]
                    self.cp.add_bool_or([*either, *self._excuse(term.level, int(amount))])
            case Runs():
                self._runs(term)
            case Distinct():
                self._distinct(term)
            case Gap():
                self._gap(term)

    def _pay(self, level: Level, variable: Literal, price: int, high: int) -> None:
        if price:
            self._paid[level].append((variable, price, high))

    def _excuse(self, level: Level, amount: int) -> list[Literal]:
        """Nothing for a hard limit; for a soft one a Boolean that allows the breach and costs its amount."""
        if level == Level.HARD:
            return []
        broken = self.cp.new_bool_var("")
        self._pay(level, broken, amount, 1)
        return [broken]

    def _sum(self, term: Sum) -> None:
        ends = np.searchsorted(term.row, np.arange(len(term.low) + 1)).tolist()
        for row, (first, last) in enumerate(pairwise(ends)):
            low, high = int(term.low[row]), int(term.high[row])
            weights: list[int] = term.weight[first:last].tolist()
            least, most = sum(w for w in weights if w < 0), sum(w for w in weights if w > 0)
            below, above = int(term.below[row]), int(term.above[row])
            if first == last:
                short = 0 if term.or_zero[row] else max(0, low)
                self._constant[term.level] += short * below + max(0, -high) * above
                continue
            total = cp_model.LinearExpr.weighted_sum([self.chosen[p] for p in term.pair[first:last].tolist()], weights)
            enough = self._unless_none(total) if term.or_zero[row] else self.cp.new_constant(1)
            if term.level == Level.HARD:
                self.cp.add(total >= max(low, -UNLIMITED)).only_enforce_if(enough)
                self.cp.add(total <= min(high, UNLIMITED))
                continue
            if least < low and below:
                self.cp.add(total + self._slack(term.level, low - least, below) >= low).only_enforce_if(enough)
            if most > high and above:
                self.cp.add(total - self._slack(term.level, most - high, above) <= high)

    def _unless_none(self, total: cp_model.LinearExprT) -> Literal:
        """A Boolean that may only be false when the total is 0."""
        some = self.cp.new_bool_var("")
        self.cp.add(total == 0).only_enforce_if(~some)
        return some

    def _slack(self, level: Level, high: int, price: int) -> Literal:
        slack = self.cp.new_int_var(0, high, "")
        self._pay(level, slack, price, high)
        return slack

    def _apart(self, term: Apart) -> None:
        """At most one of the pairs that are all under way at the moment one of them starts."""
        for expert in range(self.pairs.experts):
            own = self.pairs.every[self.pairs.of(expert)]
            shift = self.pairs.shift[own]
            for moment in np.unique(term.start[shift]).tolist():
                meeting = own[(term.start[shift] <= moment) & (term.end[shift] > moment)]
                if len(meeting) > 1:
                    self.cp.add_at_most_one([self.chosen[pair] for pair in meeting.tolist()])

    def _works_on(self, expert: int) -> list[Day]:
        """Does the expert work on each day? Written once."""
        if self._works is None:
            cells: list[list[list[Literal]]] = [[[] for _ in range(self.pairs.days)] for _ in range(self.pairs.experts)]
            for pair, (who, day) in enumerate(zip(self.pairs.expert.tolist(), self.pairs.day.tolist(), strict=True)):
                cells[who][day].append(self.chosen[pair])
            self._works = [[self._any(literals) for literals in days] for days in cells]
        return self._works[expert]

    def _any(self, literals: Sequence[Literal]) -> Day:
        """A Boolean that is true when one of the literals is."""
        if not literals:
            return False
        found = self.cp.new_bool_var("")
        self.cp.add_max_equality(found, literals)
        return found

    def _runs(self, term: Runs) -> None:
        is_hard = term.level == Level.HARD
        for expert in np.flatnonzero(np.diff(self.pairs.first) >= int(is_hard)).tolist():
            before = int(term.before[expert])
            past: list[Day] = [before < 0, *[before > 0] * abs(before)] if before else []
            days = [*past, *self._works_on(expert)]
            for works, shortest, longest in (
                (True, term.shortest, term.longest),
                (False, term.shortest_rest, term.longest_rest),
            ):
                for pattern, wrong in _forbidden(works, int(shortest[expert]), int(longest[expert]), len(days)):
                    for start in range(len(days) - len(pattern) + 1):
                        if not is_hard or start + len(pattern) > len(past):
                            self._not_all(days[start : start + len(pattern)], pattern, term.level, wrong * term.price)

    def _not_all(self, days: Sequence[Day], pattern: Sequence[bool], level: Level, amount: int) -> None:
        """The days do not go exactly as the pattern, or that costs the amount."""
        if any(isinstance(day, bool) and day != wanted for day, wanted in zip(days, pattern, strict=True)):
            return
        known = [(day, wanted) for day, wanted in zip(days, pattern, strict=True) if not isinstance(day, bool)]
        if known or level == Level.HARD:
            excuse = self._excuse(level, amount)
            self.cp.add_bool_or([*(~day if wanted else day for day, wanted in known), *excuse])
        else:
            self._constant[level] += amount

    def _distinct(self, term: Distinct) -> None:
        members: dict[tuple[int, int], list[Literal]] = {}
        for pair, (who, group) in enumerate(zip(self.pairs.expert.tolist(), term.group.tolist(), strict=True)):
            if group >= 0:
                members.setdefault((who, group), []).append(self.chosen[pair])
        met: dict[int, list[Day]] = {}
        for (who, _), literals in members.items():
            met.setdefault(who, []).append(self._any(literals))
        for who, groups in met.items():
            high, price = int(term.high[who]), int(term.above[who])
            if len(groups) <= high or not price:
                continue
            over = 0 if term.level == Level.HARD else self._slack(term.level, len(groups) - high, price)
            self.cp.add(cp_model.LinearExpr.sum(groups) - over <= high)

    def _gap(self, term: Gap) -> None:
        begin, finish = self.pairs.spans
        for row, who in enumerate(term.expert.tolist()):
            start, end, price = int(term.start[row]), int(term.end[row]), int(term.price[row])
            own = self.pairs.every[self.pairs.of(who)]
            own = own[(begin[own] < end) & (finish[own] > start)]
            mine = term.busy_expert == who
            busy = [(s, e) for s, e in zip(term.busy_start[mine].tolist(), term.busy_end[mine].tolist(), strict=True)
                    if s < end and e > start]  # fmt: skip
            spans: list[tuple[int, int, Day]] = [(s, e, True) for s, e in busy]
            spans += [(int(begin[p]), int(finish[p]), self.chosen[p]) for p in own.tolist()]
            if price and (len(own) or term.level != Level.HARD):
                if term.piece[row] < term.rest[row]:
                    self._rest_in_pieces((start, end), int(term.rest[row]), int(term.piece[row]), spans)
                else:
                    self._rest(term.level, (start, end), int(term.rest[row]), price, spans)

    def _rest_in_pieces(
        self, window: tuple[int, int], rest: int, piece: int, spans: list[tuple[int, int, Day]]
    ) -> None:
        """Pieces between where work may end and where it may begin, none over another, add up to the rest."""
        start, end = window
        begins = sorted({start, *(until for _, until, _ in spans if until < end)})
        ends = sorted({end, *(begin for begin, _, _ in spans if begin > start)})
        pieces, minutes = [], []
        for since, until in product(begins, ends):
            if until - since >= piece and not any(a < until and b > since and works is True for a, b, works in spans):
                here = self.cp.new_bool_var("")
                for begin, finish, works in spans:
                    if begin < until and finish > since:
                        self.cp.add_bool_or([~here, ~works])
                pieces.append(self.cp.new_optional_fixed_size_interval_var(since, until - since, here, ""))
                minutes.append(here * (until - since))
        self.cp.add_no_overlap(pieces)
        self.cp.add(cp_model.LinearExpr.sum(minutes) >= rest)

    def _rest(
        self, level: Level, window: tuple[int, int], rest: int, price: int, spans: list[tuple[int, int, Day]]
    ) -> None:
        """One free stretch is chosen by where it starts; what is worked ends it."""
        start, end = window
        missing: Literal | int = 0 if level == Level.HARD else self._slack(level, rest, price)
        begins = sorted({start, *(until for _, until, _ in spans if until < end)})
        picked = [self.cp.new_bool_var("") for _ in begins]
        self.cp.add_exactly_one(picked)
        for since, here in zip(begins, picked, strict=True):
            for begin, until, works in [*spans, (end, end + 1, True)]:
                lacking = rest - max(0, begin - since)
                if until <= since or lacking <= 0:
                    continue
                if level == Level.HARD:
                    self.cp.add_bool_or([~here] if works is True else [~here, ~works])
                else:
                    self.cp.add(missing >= lacking).only_enforce_if([here] if works is True else [here, works])


def _forbidden(works: bool, shortest: int, longest: int, days: int) -> Iterator[tuple[list[bool], int]]:
    """Runs too short between two days of the other sort, and a run of one day too many; how many days are wrong."""
    for length in range(1, min(shortest, days)):
        yield [not works, *[works] * length, not works], shortest - length
    if longest < days:
        yield [works] * (longest + 1), 1
