"""How good is a roster in the few numbers that people read?"""

from collections import Counter
from collections.abc import Mapping

from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level
from scheduler.rules.analysis import Analysis
from scheduler.services.board_views import Measures


def measure(problem: Problem, roster: Roster, analysis: Analysis, told: Roster) -> Measures:
    """The strip of one roster; `told` is what people know (the live bookings)."""
    known = Roster(frozenset(a for a in roster.assignments if a.shift in problem.shift and a.expert in problem.expert))
    filled = {s.id: min(len(known.by_shift.get(s.id, ())), s.demand.required) for s in problem.shifts}
    name, percent = _lowest(problem, filled)
    return Measures(
        required=sum(s.demand.required for s in problem.shifts),
        filled=sum(filled.values()),
        hard=sum(1 for v in analysis.violations if v.level is Level.HARD),
        preference=analysis.score.preference,
        assignments=len(known.assignments),
        familiar=sum(1 for a in known.assignments if problem.past_visits.get((a.expert, problem.shift[a.shift].venue))),
        travel_minutes=_travel(problem, known),
        kept=len(known.assignments & told.assignments),
        published=len(told.assignments),
        lowest_name=name,
        lowest_percent=percent,
    )


def _lowest(problem: Problem, filled: Mapping[str, int]) -> tuple[str, int]:
    """The worst-served neighbourhood with its coverage in percent; ('', 100) when nothing is asked anywhere."""
    required: Counter[str] = Counter()
    present: Counter[str] = Counter()
    for shift in problem.shifts:
        place = problem.venue[shift.venue].neighbourhood
        required[place] += shift.demand.required
        present[place] += filled[shift.id]
    shares = [(present[place] * 100 // wanted, place) for place, wanted in required.items() if wanted]
    if not shares:
        return "", 100
    percent, place = min(shares)
    known = problem.neighbourhood.get(place)
    return (known.name if known else place), percent


def _travel(problem: Problem, roster: Roster) -> int:
    ways: dict[tuple[str, str], int] = {}
    total = 0
    for a in roster.assignments:
        expert, venue = problem.expert[a.expert], problem.venue[problem.shift[a.shift].venue]
        way = (expert.id, venue.id)
        if way not in ways:
            ways[way] = problem.travel.minutes(expert.home, venue.place, expert.travel_mode)
        total += ways[way]
    return total
