"""Which preparation for questions about a window can be used again? A few of the last are kept in the process.

Problems are compared as a whole, all but their pins: another answer, shift or limit since then means to begin anew.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Final

from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.time import PlanningWindow
from scheduler.rules.recommend import Bench
from scheduler.rules.rule import Rule
from scheduler.rules.standing import Standing
from scheduler.services.board_views import Measures
from scheduler.services.measures import measure

Rules = tuple[Rule, ...]
Pins = frozenset[Assignment]
WINDOWS: Final = 4
ROSTERS: Final = 4
LARGE: Final = 100_000
"""Experts times shifts from which a first question would be waited for."""
FEW_CHANGES: Final = 200
"""A roster that differs from every known one in more pairs than this is judged from nothing."""


@dataclass
class Desk:
    """What is laid out for one problem: the judgements of the last rosters, newest first, their numbers, a bench."""

    problem: Problem
    standings: list[Standing] = field(default_factory=list)
    measured: OrderedDict[tuple[Roster, Roster, Pins], Measures] = field(default_factory=OrderedDict)
    bench: Bench | None = None
    laying: Lock = field(default_factory=Lock)
    """Held while a bench is laid out or moved, so that nobody does the same work beside it."""


_desks: OrderedDict[tuple[PlanningWindow, Rules], Desk] = OrderedDict()
_lock = Lock()


def prepared_standing(problem: Problem, roster: Roster, rules: Rules) -> Standing:
    """All that is wrong with a roster; after an edit by hand only what the edit touches is judged."""
    desk = _desk(problem, rules)
    with _lock:
        known = list(desk.standings)
    for standing in known:
        if standing.roster == roster and standing.problem.pinned == problem.pinned:
            return standing
    near = (s for s in known if len(s.roster.assignments ^ roster.assignments) <= FEW_CHANGES)
    newest = next(near, None)
    found = Standing.of(problem, roster, rules) if newest is None else newest.moved_to(problem, roster)
    with _lock:
        desk.standings = [found, *desk.standings][:ROSTERS]
    return found


def prepared_measures(problem: Problem, roster: Roster, rules: Rules, told: Roster) -> Measures:
    """A roster in numbers; `told` is what people know."""
    desk, name = _desk(problem, rules), (roster, told, problem.pinned)
    with _lock:
        known = desk.measured.get(name)
    if known is not None:
        return known
    found = measure(problem, roster, prepared_standing(problem, roster, rules).for_others, told)
    with _lock:
        desk.measured[name] = found
        while len(desk.measured) > ROSTERS:
            desk.measured.popitem(last=False)
    return found


def prepared_bench(problem: Problem, roster: Roster, rules: Rules) -> Bench:
    """A bench for this problem and roster; after an edit by hand only the difference is computed."""
    desk = _desk(problem, rules)
    with desk.laying:
        known = desk.bench
        desk.bench = Bench(desk.problem, roster, rules) if known is None else known.moved_to(roster)
        return desk.bench


def ready_bench(problem: Problem, roster: Roster, rules: Rules) -> Bench | None:
    """A bench for a reader who must not wait, and beside the planner's: none while a large one is not laid out yet."""
    known = _desk(problem, rules).bench
    if known is None and len(problem.experts) * len(problem.shifts) >= LARGE:
        prepare_bench_soon(problem, roster, rules)
        return None
    return (known or prepared_bench(problem, roster, rules)).moved_to(roster)


def prepare_bench_soon(problem: Problem, roster: Roster, rules: Rules) -> None:
    """Begin to lay out the bench of a large problem beside this request, where there is none yet."""
    desk = _desk(problem, rules)
    if len(problem.experts) * len(problem.shifts) >= LARGE and desk.bench is None and not desk.laying.locked():
        Thread(target=prepared_bench, args=(problem, roster, rules), name="bench", daemon=True).start()


def _desk(problem: Problem, rules: Rules) -> Desk:
    """The desk of a problem, laid out anew when anything but the pins differs from what was known."""
    name = (problem.window, rules)
    with _lock:
        known = _desks.get(name)
    if known is None or not _is_same(known.problem, problem):
        known = Desk(problem)
    with _lock:
        _desks[name] = known
        _desks.move_to_end(name)
        while len(_desks) > WINDOWS:
            _desks.popitem(last=False)
    return known


def _is_same(one: Problem, other: Problem) -> bool:
    return one.with_pins(frozenset()) == other.with_pins(frozenset())
