"""Which pairs do experts choose at good prices? Counted over the latest answers, to guide the search for rosters."""

import numpy as np

from scheduler.optimiser.lp import Reals
from scheduler.terms.kinds import Bools, Ints

_MEMORY = 0.95
"""How much of how often a pair was chosen is kept from answer to answer."""

_ENOUGH, _SELDOM = 100, 0.001
"""How many answers tell whom a shift may go to, and the share of a pair that was last chosen about as long ago."""


class Lately:
    """`shares` tells how often each pair was chosen of late; zeros at first."""

    def __init__(self, pairs: int) -> None:
        self.shares: Reals = np.zeros(pairs)
        self._answers = 0

    def note(self, chosen: Ints) -> None:
        """One more answer: everybody's pairs."""
        self.shares *= _MEMORY
        self.shares[chosen] += 1 - _MEMORY
        self._answers += 1

    @property
    def wanted(self) -> Bools | None:
        """The pairs that some answer of late chose; None while there were too few to tell."""
        return self.shares > _SELDOM if self._answers >= _ENOUGH else None
