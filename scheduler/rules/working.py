"""How much of a shift is work, when a long one has an unpaid break in it?"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from scheduler.rules.rule import Rule
from scheduler.rules.settings import HOUSE
from scheduler.terms.kinds import UNLIMITED, Ints, ints

IN_HOUSE = {HOUSE: True}


def working_minutes(rules: Iterable[Rule], minutes: int) -> int:
    """What a shift of this length counts, by the values of the house."""
    found = next((rule for rule in rules if isinstance(rule, CountsWork)), None)
    return found.working(minutes) if found else minutes


@dataclass(frozen=True, kw_only=True)
class CountsWork(Rule):
    """A rule over working minutes: elapsed minutes of a shift, less the break of a shift that is longer than so much.

    Without values of the house no shift has a break.
    """

    break_after_minutes: int = field(default=UNLIMITED, metadata=IN_HOUSE)
    break_minutes: int = field(default=0, metadata=IN_HOUSE)
    long_break_after_minutes: int = field(default=UNLIMITED, metadata=IN_HOUSE)
    long_break_minutes: int = field(default=0, metadata=IN_HOUSE)

    def working(self, minutes: int) -> int:
        """The working minutes of one shift of this length."""
        if minutes > self.long_break_after_minutes:
            return minutes - self.long_break_minutes
        return minutes - self.break_minutes if minutes > self.break_after_minutes else minutes

    def working_of(self, minutes: Ints) -> Ints:
        """The working minutes of shifts of these lengths."""
        pause = np.where(minutes > self.break_after_minutes, self.break_minutes, 0)
        return ints(minutes - np.where(minutes > self.long_break_after_minutes, self.long_break_minutes, pause))
