"""What does Timefold find on the same model: its default construction and local search, with an incremental score?"""

import time

import numpy as np
from timefold.solver import SolverFactory
from timefold.solver.config import Duration, ScoreDirectorFactoryConfig, SolverConfig, TerminationConfig

from scheduler.terms import check
from scheduler.terms.kinds import Bools, Ints
from scheduler.terms.pairs import Model
from scheduler.terms.table import Table
from tests.benchmarks.peers.found import Asked, Found
from tests.benchmarks.peers.plan import Facts, Plan, Seat, Value
from tests.benchmarks.peers.seats import Places, places_of
from tests.benchmarks.peers.tally import Tally


def solve(model: Model, asked: Asked) -> Found:
    """The default phases of a solver; its whole time counts from when it starts, after its translation to Java."""
    milliseconds = int(1000 * (asked.until - asked.began))
    places = places_of(model)
    plan = plan_of(model, places)
    factory = SolverFactory.create(
        SolverConfig(
            solution_class=Plan,
            entity_class_list=[Seat],
            score_director_factory_config=ScoreDirectorFactoryConfig(incremental_score_calculator_class=Tally),
            termination_config=TerminationConfig(spent_limit=Duration(milliseconds=milliseconds)),
            random_seed=asked.seed,
        )
    )
    solver, first = factory.build_solver(), list[float]()
    solver.add_event_listener(lambda _: first.append(time.monotonic() - asked.began))
    best = solver.solve(plan)
    chosen = chosen_of(model, places, best)
    counted = -best.score.medium_score, -best.score.soft_score
    judged = check.score(model, chosen)
    if counted != (judged.coverage, judged.preference):
        raise ValueError(f"Timefold counts {counted}, the check counts {judged}")
    return Found("feasible", chosen, first[0] if first else None)


def plan_of(model: Model, places: Places) -> Plan:
    """Every seat empty, and the facts of the model."""
    values = {number: Value(number) for number in np.unique(places.value).tolist()}
    allowed = [values[number] for number in places.value.tolist()]
    ends = places.at.tolist()
    seats = [Seat(number, allowed[ends[number] : ends[number + 1]]) for number in range(len(ends) - 1)]
    return Plan(facts_of(model, places), seats)


def chosen_of(model: Model, places: Places, plan: Plan) -> Bools:
    """The pairs of the values that seats took."""
    chosen = np.zeros(len(model.pairs), np.bool_)
    for seat in plan.seats:
        if seat.value is not None:
            own = slice(int(places.at[seat.number]), int(places.at[seat.number + 1]))
            chosen[places.pair[own][np.searchsorted(places.value[own], seat.value.number)]] = True
    return chosen


def facts_of(model: Model, places: Places) -> Facts:
    """The flat table of the model as text."""
    table, nothing = Table(model), check.score(model, np.zeros(len(model.pairs), np.bool_))
    pairs, sums, couples, groups, gaps = model.pairs, table.sums, table.couples, table.groups, table.gaps
    windows = gaps.windows
    span_at, span = _spans(table)
    arrays = (
        [nothing.hard, nothing.coverage, nothing.preference], pairs.expert, pairs.day, table.cost[0], table.cost[1],
        places.at, places.value, places.pair,
        sums.of_start, sums.of_row, sums.of_weight, sums.level, sums.low, sums.high, sums.below, sums.above,
        couples.start, couples.other, couples.level, couples.amount,
        groups.slot, groups.level, groups.high, groups.above, table.runs.limits,
        gaps.of_start, gaps.of_row, gaps.level, gaps.price, windows.start, windows.end, windows.rest,
        span_at, *span,
    )  # fmt: skip
    return Facts(pairs.experts, pairs.days, int(groups.slot.max(initial=-1)) + 1, *map(_text, arrays))


def _text(values: Ints | list[int]) -> str:
    return " ".join(map(str, np.ravel(values).tolist()))


def _spans(table: Table) -> tuple[list[int], tuple[list[int], list[int], list[int]]]:
    """What may be worked in each window, by start: begin, end, and the pair (-1: history)."""
    windows, (begin, finish) = table.gaps.windows, table.pairs.spans
    at, spans = [0], list[tuple[int, int, int]]()
    for row in range(len(table.gaps.level)):
        own = range(int(windows.low[row]), int(windows.high[row]))
        busy = range(int(windows.busy_low[row]), int(windows.busy_high[row]))
        found = [(int(begin[p]), int(finish[p]), p) for p in own]
        spans += sorted(found + [(int(windows.busy_start[b]), int(windows.busy_end[b]), -1) for b in busy])
        at.append(len(spans))
    return at, ([s for s, _, _ in spans], [e for _, e, _ in spans], [p for _, _, p in spans])
