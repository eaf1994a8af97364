"""Which pinned assignments break the law by themselves? Answered by the check, without a solver."""

from dataclasses import dataclass

import numpy as np

from scheduler.domain.score import Level
from scheduler.terms import check
from scheduler.terms.kinds import Bools
from scheduler.terms.pairs import Model


@dataclass(frozen=True, slots=True)
class Clash:
    """One hard term that the pins break: the index of its rule, the amount, and a set of pins that breaks it.

    The set is smallest in the sense that without any one of them the rest keeps the term.
    """

    rule: int
    amount: int
    pairs: tuple[int, ...]


def clashing_pins(model: Model, pinned: Bools) -> tuple[Clash, ...]:
    """The hard terms that are broken more with only the pins chosen than with nothing chosen."""
    nothing = np.zeros(len(pinned), np.bool_)
    found = []
    for rule, term in zip(model.source, model.terms, strict=True):
        if term.level != Level.HARD:
            continue
        least = int(check.amounts(term, model.pairs, nothing).sum())
        amount = int(check.amounts(term, model.pairs, pinned).sum())
        if amount <= least:
            continue
        kept = pinned.copy()
        for pair in np.flatnonzero(pinned).tolist():
            kept[pair] = False
            if int(check.amounts(term, model.pairs, kept).sum()) <= least:
                kept[pair] = True
        found.append(Clash(rule, amount - least, tuple(np.flatnonzero(kept).tolist())))
    return tuple(found)
