"""How does a mix of patterns become a roster? The likeliest shifts are fixed, all is priced again, and so on."""

from dataclasses import replace

import numpy as np

from scheduler.optimiser.columns import Column
from scheduler.optimiser.generate import Generation
from scheduler.optimiser.lp import Reals
from scheduler.optimiser.market import Market
from scheduler.optimiser.master import SCALE
from scheduler.terms.kinds import Bools, Ints

_WHOLE, _SURE = 0.999, 0.9
_NODES = 30
"""About so many times the likeliest of the undecided pairs are fixed until none is undecided."""

_ROUNDS, _STEPS = 12, 2
_NEAR, _JUMP = 0.02, 0.02
"""Shares of what is left to gain: how near to its bound a master must come, and what one decision may cost."""


class Dive:
    """From a column generation that is nearly closed to one pattern per expert of its crew, cheaper than `target`."""

    def __init__(self, market: Market, generation: Generation, target: int) -> None:
        self.generation, self.target, self.nodes = generation, target, _NODES
        self.held: Bools = market.desk.held.copy()
        self.market = replace(market, desk=market.desk.holding(self.held))
        self.banned = self.market.desk.banned
        self._chance: Reals = np.zeros(len(self.held))
        generation.market = self.market

    def shake(self, noise: float, random: np.random.Generator) -> None:
        """Rank pairs by their share and some chance, so that another dive goes another way."""
        self._chance = random.normal(0.0, noise, len(self.held)) if noise else np.zeros(len(self.held))

    def run(self) -> list[Column] | None:
        """One column per expert; None when the time is up, or nothing cheaper than the target is left."""
        generation, began, nodes = self.generation, self.market.left(), 0
        while not self.market.over() and generation.mix is not None and generation.best is not None:
            share = self._shares()
            undecided = np.flatnonzero((share > 1 - _WHOLE) & (share < _WHOLE) & ~self.held)
            if not len(undecided):
                return self._roster()
            pace, nodes = (began - self.market.left()) / max(1, nodes), nodes + 1
            self._decide(undecided, share, max(1.0, self.market.left() / max(1e-9, pace)))
            if generation.best is not None and generation.best.points * SCALE >= self.target:
                return None
        return None

    def _decide(self, undecided: Ints, share: Reals, affordable: float) -> None:
        """Fix the likeliest pairs; take that back where it costs too much, unless only few nodes are affordable."""
        best = self.generation.best
        assert best is not None
        hurry = affordable < self.nodes
        count = max(1, int(len(undecided) / min(self.nodes, affordable)))
        pairs = self._likeliest(undecided, share, count, hurry=hurry)
        room = max(0, self.target - best.value)
        limit = best.value + max(SCALE, int(_JUMP * room))
        dropped = self._hold(pairs)
        if self._settled(limit, room) or hurry:
            self.nodes = max(_NODES, self.nodes // 2)
            return
        self._undo(pairs, dropped)
        if len(pairs) > 1:
            self.nodes = min(len(undecided), self.nodes * 4)
        else:
            self._ban(int(pairs[0]))
        self._settled(limit, room)

    def _settled(self, limit: int, room: int) -> bool:
        """Price again after a decision; gives whether the bound stays within the limit."""
        generation = self.generation
        generation.reopen()
        generation.settle(_ROUNDS, _STEPS, int(_NEAR * room), limit)
        return generation.best is not None and generation.best.value <= limit

    def _shares(self) -> Reals:
        share = np.zeros(len(self.held))
        for part, column in self.generation.master.shares():
            share[column.pairs] += part
        return share

    def _likeliest(self, undecided: Ints, share: Reals, count: int, *, hurry: bool) -> Ints:
        """What to fix next: what is nearly sure, else a few; all that many in a hurry."""
        rank = share[undecided] + self._chance[undecided]
        order = undecided[np.argsort(-rank, kind="stable")[:count]]
        if hurry:
            return order
        sure = int((share[order] > _SURE).sum())
        return order[: max(sure, 1 + count // 4)]

    def _hold(self, pairs: Ints) -> list[Column]:
        """Hold these pairs; gives the columns without them, which are taken out."""
        self.held[pairs] = True
        expert = self.market.links.table.pairs.expert[pairs]
        wanted = {int(e): set(pairs[expert == e].tolist()) for e in np.unique(expert)}
        columns = self.generation.master.columns.values()
        out = [c for c in columns if c.expert in wanted and not wanted[c.expert].issubset(c.pairs.tolist())]
        self.generation.master.drop(out)
        return out

    def _undo(self, pairs: Ints, dropped: list[Column]) -> None:
        self.held[pairs] = False
        self.generation.master.add(dropped)

    def _ban(self, pair: int) -> None:
        """This pair is not to be chosen."""
        self.banned[pair] = True
        expert = int(self.market.links.table.pairs.expert[pair])
        columns = self.generation.master.columns.values()
        self.generation.master.drop([c for c in columns if c.expert == expert and pair in c.pairs])

    def _roster(self) -> list[Column] | None:
        """The column of each expert that is taken whole."""
        best: dict[int, Column] = {}
        for _, column in self.generation.master.shares():
            best.setdefault(column.expert, column)
        return list(best.values()) if len(best) == len(self.generation.crew) else None
