"""Which runs of calendar weeks end inside the planning window, and which of them does a day belong to?"""

from datetime import date, timedelta
from functools import lru_cache

from scheduler.domain.people import Expert
from scheduler.domain.time import PlanningWindow
from scheduler.rules.tally import Periods, monday_of


def each_run_of_weeks(count: int) -> Periods:
    """Every run of so many calendar weeks that ends with a week of the window, by the Monday of its last week."""

    @lru_cache(maxsize=1 << 12)
    def last_weeks(day: date, window: PlanningWindow) -> list[date]:
        mondays = (monday_of(day) + timedelta(weeks=later) for later in range(count))
        return [monday for monday in mondays if window.first <= monday < window.end]

    def runs(expert: Expert, day: date, window: PlanningWindow) -> list[date]:
        return last_weeks(day, window)

    return runs
