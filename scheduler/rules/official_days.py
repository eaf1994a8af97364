"""Which days are official holidays in a country, as far as the house keeps them?"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import ClassVar

import numpy as np

from scheduler.domain.errors import invalid
from scheduler.domain.time import PlanningWindow
from scheduler.rules.index import Index
from scheduler.rules.rule import Reach, Rule
from scheduler.rules.settings import HOUSE
from scheduler.terms.kinds import Bools

ENGLISH = "en_US"


@dataclass(frozen=True, kw_only=True)
class HolidayRule(Rule):
    """A rule about shifts that start on an official holiday, local time.

    The country is its ISO code; `ordinary_holidays` are the English names, with commas, of those that do not count.
    """

    reach: ClassVar[Reach] = Reach.EXPERT

    country: str = field(metadata={HOUSE: True})
    ordinary_holidays: str = field(metadata={HOUSE: True})

    def official_days(self, window: PlanningWindow) -> frozenset[date]:
        """The holidays in the window."""
        found = [_holidays(self.country, self.ordinary_holidays, year) for year in _years(window)]
        return frozenset(day for days in found for day in days if window.first <= day < window.end)

    def is_official(self, index: Index) -> Bools:
        """Which shifts start on a holiday."""
        days = [(day - index.window.first).days for day in self.official_days(index.window)]
        found: Bools = np.isin(index.shifts.day, days)
        return found


def _years(window: PlanningWindow) -> Iterable[int]:
    return range(window.first.year, window.end.year + 1)


@lru_cache(maxsize=64)
def _holidays(country: str, ordinary: str, year: int) -> frozenset[date]:
    import holidays  # takes a fifth of a second, which most commands need not spend

    if country not in holidays.list_supported_countries():
        invalid("The rulebook names a country %(country)s whose holidays are not known.", country=country)
    left_out = {name.strip() for name in ordinary.split(",")}
    known = holidays.country_holidays(country, years=year, language=ENGLISH)
    return frozenset(day for day in known if not set(known.get_list(day)) <= left_out)
