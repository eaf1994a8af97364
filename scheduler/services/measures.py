"""How good is a roster in the few numbers that people read?"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sized
from dataclasses import replace
from datetime import datetime
from typing import cast

from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.shifts import Shift
from scheduler.rules.analysis import Analysis
from scheduler.services.board_views import Measures


def measure(problem: Problem, roster: Roster, analysis: Analysis, told: Roster) -> Measures:
    """The strip of a roster over its whole window; `told` is what people know (the live bookings)."""
    familiar, travel = _familiar_and_travel(problem, roster)
    return Measures(
        required=analysis.coverage.required,
        filled=analysis.coverage.filled,
        hard=len(analysis.hard),
        preference=analysis.score.preference,
        assignments=len(roster.assignments),
        familiar=familiar,
        travel_minutes=travel,
        kept=len(roster.assignments & told.assignments),
        published=len(told.assignments),
    )


def open_places(shift: Shift, present: int, now: datetime) -> int:
    """The gaps of a shift, everywhere: required places without a person, as long as it has not begun."""
    return max(0, shift.demand.required - present) if shift.span.start > now else 0


def places_to_come(shifts: Iterable[Shift], by_shift: Mapping[str, Sized], now: datetime) -> tuple[int, int]:
    """Required and filled places of the shifts that have not begun; the difference is their gaps."""
    coming = [s for s in shifts if s.span.start > now]
    required = sum(s.demand.required for s in coming)
    return required, required - sum(open_places(s, len(by_shift.get(s.id, ())), now) for s in coming)


def from_now_on(found: Measures, problem: Problem, roster: Roster, now: datetime) -> Measures:
    """The same strip with coverage, gaps and the worst-served neighbourhood of the shifts that have not begun."""
    coming = [s for s in problem.shifts if s.span.start > now]
    required, filled = places_to_come(coming, roster.by_shift, now)
    name, percent = _lowest(problem, coming, roster, now)
    return replace(found, required=required, filled=filled, lowest_name=name, lowest_percent=percent)


def _lowest(problem: Problem, coming: Iterable[Shift], roster: Roster, now: datetime) -> tuple[str, int]:
    """The worst-served neighbourhood with its coverage in percent; ('', 100) when nothing is asked anywhere."""
    required: Counter[str] = Counter()
    present: Counter[str] = Counter()
    for shift in coming:
        place = problem.venue[shift.venue].neighbourhood
        required[place] += shift.demand.required
        present[place] += shift.demand.required - open_places(shift, len(roster.by_shift.get(shift.id, ())), now)
    shares = [(present[place] * 100 // wanted, place) for place, wanted in required.items() if wanted]
    if not shares:
        return "", 100
    percent, place = min(shares)
    known = problem.neighbourhood.get(place)
    return (known.name if known else place), percent


def _familiar_and_travel(problem: Problem, roster: Roster) -> tuple[int, int]:
    """How many assignments are of somebody who was at the venue before, and all minutes from home, one way."""
    ways: Counter[tuple[str, str]] = Counter()
    for who, shifts in roster.by_expert.items():
        ways.update([(who, problem.shift[s].venue) for s in shifts])
    known = cast("dict[tuple[str, str], int]", problem.worked_out.setdefault(_familiar_and_travel, {}))
    familiar = travel = 0
    for way, count in ways.items():
        if way not in known:
            expert, venue = problem.expert[way[0]], problem.venue[way[1]]
            known[way] = problem.travel.minutes(expert.home, venue.place, expert.travel_mode)
        travel += count * known[way]
        familiar += count if problem.past_visits.get(way) else 0
    return familiar, travel
