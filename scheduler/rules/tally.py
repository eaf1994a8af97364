"""How much does each expert work per day, week or month? Counted naively over domain values, for `violations`."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from scheduler.domain.people import Expert, ExpertId
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Shift, ShiftId
from scheduler.domain.time import PlanningWindow

Periods = Callable[[Expert, date, PlanningWindow], Iterable[Hashable]]
Amount = Callable[[Expert, int], int]


@dataclass(frozen=True, slots=True)
class Tally:
    """What one expert's shifts that start in one period add up to, and what she had worked in it before the window."""

    expert: Expert
    period: Hashable
    shifts: tuple[ShiftId, ...]
    amount: int
    before: int

    @property
    def total(self) -> int:
        """Roster and history together."""
        return self.amount + self.before

    def excess(self, limit: int | None) -> int:
        """How much of this roster is beyond the limit; what history alone exceeds is nobody's fault now."""
        return 0 if limit is None else min(self.amount, max(0, self.total - limit))


def tallies(problem: Problem, roster: Roster, periods: Periods, amount: Amount) -> list[Tally]:
    """One tally per expert and period with a shift in it, sorted by expert id and then by start."""
    return [tally for who in sorted(roster.by_expert) for tally in tallies_of(problem, roster, who, periods, amount)]


def tallies_of(problem: Problem, roster: Roster, who: ExpertId, periods: Periods, amount: Amount) -> list[Tally]:
    """The tallies of one expert, by start."""
    expert, window = problem.expert[who], problem.window
    members: dict[Hashable, list[Shift]] = defaultdict(list)
    for shift in problem.shifts_of(roster, who):
        for period in periods(expert, problem.starts_on[shift.id], window):
            members[period].append(shift)
    earlier: dict[Hashable, int] = defaultdict(int)
    for day, span in problem.earlier.get(who, ()):
        for period in periods(expert, day, window):
            if period in members:
                earlier[period] += amount(expert, span.minutes)
    return [
        Tally(
            expert,
            period,
            tuple([shift.id for shift in shifts]),
            sum([amount(expert, shift.span.minutes) for shift in shifts]),
            earlier[period],
        )
        for period, shifts in members.items()
    ]


@lru_cache(maxsize=1 << 12)
def monday_of(day: date) -> date:
    """The Monday of the day's calendar week."""
    return day - timedelta(days=day.weekday())


def each_day(expert: Expert, day: date, window: PlanningWindow) -> list[date]:
    """A shift counts on the local day on which it starts."""
    return [day]


def each_week(expert: Expert, day: date, window: PlanningWindow) -> list[date]:
    """Calendar weeks by their Monday."""
    return [monday_of(day)]


def each_four_weeks(expert: Expert, day: date, window: PlanningWindow) -> list[date]:
    """Every run of four calendar weeks that ends with a week of the window, by the Monday of its last week."""
    return _last_weeks(day, window)


@lru_cache(maxsize=1 << 12)
def _last_weeks(day: date, window: PlanningWindow) -> list[date]:
    last_weeks = (monday_of(day) + timedelta(weeks=later) for later in range(4))
    return [monday for monday in last_weeks if window.first <= monday < window.end]


def each_month(expert: Expert, day: date, window: PlanningWindow) -> list[date]:
    """Calendar months by their first day."""
    return [day.replace(day=1)]


def minutes_worked(expert: Expert, minutes: int) -> int:
    """Elapsed minutes."""
    return minutes


def one_shift(expert: Expert, minutes: int) -> int:
    """Each shift counts once."""
    return 1


def cents_earned(expert: Expert, minutes: int) -> int:
    """What a shift pays, rounded up to whole cents; 0 when no hourly amount is known."""
    return -(-minutes * (expert.hour_cents or 0) // 60)
