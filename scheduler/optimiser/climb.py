"""Which prices are better than these? Steps along what groups get too much, each sized by what its group has shown."""

import numpy as np

from scheduler.optimiser.lp import Reals
from scheduler.terms.kinds import Ints, ints

FIRST_STEP, LAST_STEP = 64.0, 1.0
"""By how much the price of a unit moves at first, in 1 / 64, and when it is too little to matter."""

_LONGER, _SHORTER = 1.02, 0.98
"""What a step becomes after one that was better than all before, and after any other."""

_MEMORY, _LONG_MEMORY = 0.9, 0.99
"""How much of a group's mean excess, and of its mean square, is kept from step to step."""


class Climb:
    """The length of steps, and what each group got too much, lately and for longer; `heaviest` is per group.

    Steps grow faster and faster while each is better than all before: at the end so many times as fast as at first.
    """

    def __init__(self, heaviest: Ints, excess: Ints, step: float = FIRST_STEP, *, fastest: int = 1) -> None:
        self.step, self._fastest, self._streak = step, fastest, 0
        self._heaviest, self._count = heaviest, 0
        self._mean, self._square = np.zeros(len(excess)), np.zeros(len(excess))
        self.learn(excess)

    @property
    def ended(self) -> bool:
        """Have steps become so small that little is left to gain?"""
        return self.step < LAST_STEP

    def moved(self, dual: Ints, low: Ints, high: Ints) -> Ints:
        """The next prices, within these limits."""
        mean = self._mean / (1 - _MEMORY**self._count)
        size: Reals = np.sqrt(self._square / (1 - _LONG_MEMORY**self._count) + 1e-3)
        return ints(np.clip(np.rint(dual + self.step * mean / size / self._heaviest), low, high))

    def learn(self, excess: Ints) -> None:
        """What groups get too much at the prices of the last step."""
        self._count += 1
        self._mean = _MEMORY * self._mean + (1 - _MEMORY) * excess
        self._square = _LONG_MEMORY * self._square + (1 - _LONG_MEMORY) * excess.astype(np.float64) ** 2

    def pace(self, *, better: bool) -> None:
        """A longer or a shorter step after one that was better than all before, or was not."""
        self._streak = min(self._streak + 1, self._fastest) if better else 0
        self.step *= _LONGER**self._streak if better else _SHORTER
