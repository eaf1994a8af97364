"""Whom does a labour limit bind: employees only, or by house rule volunteers and self-employed people too?"""

from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from scheduler.domain.contracts import ContractKind
from scheduler.domain.people import Expert
from scheduler.domain.time import PlanningWindow
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.rules.settings import HOUSE
from scheduler.terms.kinds import UNLIMITED, Bools, Ints, ints


@dataclass(frozen=True, kw_only=True)
class LabourRule(Rule):
    """A rule of working time. When it is not for all, it binds who is employed on some day of the window."""

    reach: ClassVar[Reach] = Reach.EXPERT
    labour_limits_for_all: bool = field(metadata={HOUSE: True})

    def binds(self, expert: Expert, window: PlanningWindow) -> bool:
        """Whether the rule holds for this expert."""
        outside = (None, ContractKind.VOLUNTEER, ContractKind.SELF_EMPLOYED)
        kinds = (found and found.kind for found in map(expert.contract_on, window.dates()))
        return self.labour_limits_for_all or any(kind not in outside for kind in kinds)

    def bound(self, index: Index) -> Bools:
        """Which experts the rule holds for."""
        return index.under_labour_law | self.labour_limits_for_all

    def most(self, index: Index, value: int) -> Ints:
        """The value per expert; UNLIMITED for whom the rule does not hold."""
        return ints(np.where(self.bound(index), value, UNLIMITED))
