"""What do one expert's couples, days, runs, groups and rests look like to CP-SAT?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from scheduler.domain.score import Level
from scheduler.optimiser.programme import Literal, negated
from scheduler.optimiser.rests import encode_rests
from scheduler.optimiser.runs import Runs, SoftRuns
from scheduler.terms.kinds import UNLIMITED, Ints

if TYPE_CHECKING:
    from scheduler.optimiser.encoding import Encoding


class PersonalTerms:
    """Writes one expert's terms into the encoding: at most one of each clique, a literal per work day and so on."""

    def __init__(self, encoding: Encoding, expert: int) -> None:
        self.encoding, self.expert = encoding, expert
        self.table, self.programme, self.roster = encoding.table, encoding.programme, encoding.roster
        self.day = self.table.pairs.day
        mine = self.table.pairs.of(expert)
        every = np.arange(mine.start, mine.stop)
        loose = encoding.is_free[mine]
        self.stuck: list[int] = every[~loose & self.roster[mine]].tolist()
        self.open = self._without_banned(every[loose].tolist())
        self._work: dict[int, Literal] | None = None
        for clique in encoding.cliques.covering(expert, self.open):
            self.programme.at_most_one(encoding.literals(clique))
        self._soft_couples()
        runs = self.table.runs
        for k, level in enumerate(runs.level.tolist()):
            limits: list[int] = runs.limits[k, :, expert].tolist()
            if level == Level.HARD:
                Runs(self, limits)
            else:
                SoftRuns(self, limits, Level(level), int(runs.price[k]))
        for k in range(len(self.table.groups.level)):
            self._groups(k)
        encode_rests(self)

    def implied(self, members: Iterable[int], literal: Literal) -> None:
        """Choosing any of the members makes the literal true; one tight constraint per clique of members."""
        for clique in self.encoding.cliques.covering(self.expert, members):
            self.programme.at_most_one([*self.encoding.literals(clique), negated(literal)])

    def on(self, members: Iterable[int]) -> bool:
        """Does the hint choose any of the members?"""
        return any(self.roster[pair] for pair in members)

    @property
    def stuck_days(self) -> set[int]:
        """The days on which the expert works whatever the solver does."""
        return {int(self.day[pair]) for pair in self.stuck}

    @property
    def work(self) -> dict[int, Literal]:
        """Per day that is still undecided: does the expert work? Exact in both directions."""
        if self._work is None:
            self._work = {}
            for day, members in sorted(_by(self.day, self.open).items()):
                if day in self.stuck_days:
                    continue
                literals = self.encoding.literals(members)
                if len(members) == 1:
                    self._work[day] = literals[0]
                    continue
                works = self._work[day] = self.programme.bool(self.on(members))
                if len(self.encoding.cliques.covering(self.expert, members)) == 1:
                    self.programme.exactly_one([*literals, negated(works)])
                else:
                    self.implied(members, works)
                    self.programme.any_of([*literals, negated(works)])
        return self._work

    def _without_banned(self, candidates: list[int]) -> list[int]:
        """Forbid what clashes with a fixed choice; the rest is open."""
        banned = {other for pair in self.stuck for other in self.encoding.cliques.clashing(pair)}
        for pair in candidates:
            if pair in banned:
                self.programme.any_of([negated(int(self.encoding.literal[pair]))])
        return [pair for pair in candidates if pair not in banned]

    def _soft_couples(self) -> None:
        """Priced couples: two cliques whose members all pair up at one price share one literal, which is tight."""
        open_, stuck = set(self.open), set(self.stuck)
        left: dict[tuple[int, int], dict[int, set[int]]] = {}
        for pair, other, level, amount in self._priced_couples():
            if pair in open_ and other in stuck:
                self.programme.pay(Level(level), int(self.encoding.literal[pair]), amount)
            elif pair < other and pair in open_ and other in open_:
                left.setdefault((level, amount), {}).setdefault(pair, set()).add(other)
        for (level, amount), partners in sorted(left.items()):
            for one, two in self._bicliques(partners):
                both = self.programme.bool(self.on(one) and self.on(two))
                members = self.encoding.literals([*one, *two])
                self.programme.linear([*members, both], [1] * len(members) + [-1], -UNLIMITED, 1)
                self.programme.pay(Level(level), both, amount)

    def _priced_couples(self) -> Iterator[tuple[int, int, int, int]]:
        """The expert's soft couples, both ways round: pair, other, level, amount."""
        couples, mine = self.table.couples, self.table.pairs.of(self.expert)
        first, last = int(couples.start[mine.start]), int(couples.start[mine.stop])
        soft = first + np.flatnonzero(couples.level[first:last] != Level.HARD)
        pair = np.searchsorted(couples.start, soft, side="right") - 1
        columns = (pair, couples.other[soft], couples.level[soft], couples.amount[soft])
        return zip(*(column.tolist() for column in columns), strict=True)

    def _bicliques(self, partners: dict[int, set[int]]) -> Iterator[tuple[list[int], list[int]]]:
        """Parts that hold every couple once: each member of the first clique pairs with each of the second."""
        clashing = {pair: set(self.encoding.cliques.clashing(pair)) for pair in partners}
        clashing |= {q: set(self.encoding.cliques.clashing(q)) for others in partners.values() for q in others}
        for pair in sorted(partners):
            while partners[pair]:
                two = _clique(min(partners[pair]), partners[pair], clashing)
                fitting = {p for p in partners if p not in two and partners[p].issuperset(two)}
                one = _clique(pair, fitting, clashing)
                for member in one:
                    partners[member].difference_update(two)
                yield one, two

    def _groups(self, k: int) -> None:
        """A literal per group not met yet; what exceeds the limit is forbidden or paid for."""
        groups = self.table.groups
        slot, level = groups.slot[k], Level(int(groups.level[k]))
        high, above = int(groups.high[k, self.expert]), int(groups.above[k, self.expert])
        met = {int(slot[pair]) for pair in self.stuck} - {-1}
        fresh = {g: m for g, m in _by(slot, self.open).items() if g >= 0 and g not in met}
        if len(met) + len(fresh) <= high or not (above or level == Level.HARD):
            return
        literals = [self._met(members) for _, members in sorted(fresh.items())]
        room = high - len(met)
        if level == Level.HARD:
            if room < 0:
                self.programme.any_of([])
            self.programme.linear(literals, [1] * len(literals), 0, max(0, room))
        elif room <= 0:
            for literal in literals:
                self.programme.pay(level, literal, above)
        else:
            hinted = sum(self.on(members) for members in fresh.values())
            excess = self.programme.amount(len(literals) - room, max(0, hinted - room))
            self.programme.pay(level, excess, above)
            self.programme.linear([*literals, excess], [1] * len(literals) + [-1], -UNLIMITED, room)

    def _met(self, members: list[int]) -> Literal:
        """True when any of the members is chosen."""
        if len(members) == 1:
            return int(self.encoding.literal[members[0]])
        met = self.programme.bool(self.on(members))
        self.implied(members, met)
        return met


def _by(key: Ints, members: Iterable[int]) -> dict[int, list[int]]:
    """Members grouped by their key."""
    found: dict[int, list[int]] = {}
    for member in members:
        found.setdefault(int(key[member]), []).append(member)
    return found


def _clique(first: int, candidates: set[int], clashing: dict[int, set[int]]) -> list[int]:
    """The first and, greedily, those candidates that clash with all taken before."""
    found = [first]
    for candidate in sorted(candidates - {first}):
        if clashing[candidate].issuperset(found):
            found.append(candidate)
    return found
