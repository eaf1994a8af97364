"""What does Timefold find on the same model, used as its makers advise: in Java, with an incremental score?"""

import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import jpype
import numpy as np

from scheduler.domain.score import Level
from scheduler.terms import check
from scheduler.terms.kinds import Bools, Ints, ints
from scheduler.terms.pairs import Model
from scheduler.terms.table import Table
from tests.benchmarks.peers.found import Asked, Found
from tests.benchmarks.peers.java import jars, program
from tests.benchmarks.peers.seats import Places, places_of

SOURCES = Path(__file__).parent / "seating"
BREACH = 1000
"""What one breach of a hard limit counts, as in Tally.java."""

WARM_UP_S = 2.0


def solve(model: Model, asked: Asked) -> Found:
    """Its time starts when its Java is warm and the model is loaded."""
    milliseconds = int(1000 * (asked.until - asked.began))
    search, places = _java("Search"), places_of(model)
    facts = facts_of(model, places)
    search.of(facts, int(1000 * WARM_UP_S), asked.workers, 0)
    best = search.of(facts, milliseconds, asked.workers, asked.seed)
    chosen = chosen_of(model, places, ints(best.values))
    counted, judged = (int(best.medium), int(best.soft)), check.score(model, chosen)
    broken = judged.hard > check.settled_hard(model)
    if counted != (judged.coverage, judged.preference) or (best.feasible and broken):
        raise ValueError(f"Timefold counts {counted} (whole: {best.feasible}), the check counts {judged}")
    first_s = int(best.firstMilliseconds) / 1000
    return Found("feasible", chosen, first_s if first_s >= 0 else None, moves_per_s=int(best.movesPerSecond))


def _java(name: str) -> Any:
    """A class of ours."""
    if not jpype.isJVMStarted():
        jpype.startJVM("-XX:+UseParallelGC", classpath=[_classes().name, f"{jars()}/*"], convertStrings=False)
    return jpype.JClass(f"seating.{name}")


@cache
def _classes() -> tempfile.TemporaryDirectory[str]:
    """Our classes, compiled; the folder goes with the process."""
    folder = tempfile.TemporaryDirectory()
    words = [program("javac"), "-classpath", f"{jars()}/*", "-d", folder.name, *map(str, SOURCES.glob("*.java"))]
    subprocess.run(words, check=True, capture_output=True)
    return folder


def chosen_of(model: Model, places: Places, values: Ints) -> Bools:
    """The pairs that seats choose with their values; -1 is an empty seat."""
    chosen = np.zeros(len(model.pairs), np.bool_)
    for seat in np.flatnonzero(values >= 0).tolist():
        own = slice(int(places.at[seat]), int(places.at[seat + 1]))
        chosen[places.pair[own][np.searchsorted(places.value[own], values[seat])]] = True
    return chosen


def facts_of(model: Model, places: Places) -> Any:
    """The flat table of the model in Java."""
    facts, table, pairs = _java("Facts")(), Table(model), model.pairs
    sums, couples, groups, gaps = table.sums, table.couples, table.groups, table.gaps
    windows, (span_at, *spans) = gaps.windows, _spans(table)
    facts.experts, facts.days, facts.slots = pairs.experts, pairs.days, int(groups.slot.max(initial=-1)) + 1
    nothing = check.score(model, np.zeros(len(pairs), np.bool_))
    facts.mediumOfNothing, facts.softOfNothing = nothing.coverage, nothing.preference
    facts.rowOrZero = jpype.JArray(jpype.JBoolean)(sums.or_zero)
    below, above = _priced(table)
    couple, group, day = (np.where(part.level == Level.HARD, BREACH, 1) for part in (couples, groups, table.runs))
    minute = np.where(gaps.level == Level.HARD, np.maximum(1, BREACH // np.maximum(1, windows.rest)), gaps.price)
    small = {
        "expert": pairs.expert, "day": pairs.day, "seatAt": places.at, "seatValue": places.value,
        "seatPair": places.pair, "seatOrder": places.turn, "cell": places.cell, "rowAt": sums.of_start,
        "row": sums.of_row, "rowLevel": sums.level, "otherAt": couples.start, "other": couples.other,
        "otherLevel": couples.level, "slot": groups.slot, "groupLevel": groups.level, "runLevel": table.runs.level,
        "windowOfAt": gaps.of_start, "windowOf": gaps.of_row, "windowLevel": gaps.level,
        "spanAt": span_at, "spanPair": spans[2],
    }  # fmt: skip
    large = {
        "medium": table.cost[0], "soft": table.cost[1], "weight": sums.of_weight, "rowLow": sums.low,
        "rowHigh": sums.high, "rowBelow": below, "rowAbove": above,
        "otherAmount": couple * couples.amount, "groupHigh": groups.high, "groupAbove": group[:, None] * groups.above,
        "runs": table.runs.limits, "runPrice": day * table.runs.price, "windowPrice": minute,
        "windowStart": windows.start, "windowEnd": windows.end, "windowRest": windows.rest,
        "windowPiece": windows.piece,
        "spanStart": spans[0], "spanEnd": spans[1],
    }  # fmt: skip
    for kind, columns in ((jpype.JInt, small), (jpype.JLong, large)):
        for name, values in columns.items():
            width = np.int32 if kind is jpype.JInt else np.int64
            setattr(facts, name, jpype.JArray(kind)(np.ravel(values).astype(width)))
    return facts


def _priced(table: Table) -> tuple[Ints, Ints]:
    """What each unit outside a row costs; in a hard row about BREACH for what the largest member weighs."""
    sums = table.sums
    heaviest = np.ones(len(sums.low), np.int64)
    np.maximum.at(heaviest, sums.of_row, np.abs(sums.of_weight))
    each = np.maximum(1, BREACH // heaviest)
    hard = sums.level == Level.HARD
    below, above = (ints(np.where(hard, each, price)) for price in (sums.below, sums.above))
    return below, above


def _spans(table: Table) -> tuple[Ints, Ints, Ints, Ints]:
    """Where the spans of each window start; their begins, ends, and pairs (-1: history), by begin."""
    windows, (begin, finish) = table.gaps.windows, table.pairs.spans
    row, pair = _members(windows.low, windows.high)
    old, busy = _members(windows.busy_low, windows.busy_high)
    row, start = np.append(row, old), np.append(begin[pair], windows.busy_start[busy])
    end, pair = np.append(finish[pair], windows.busy_end[busy]), np.append(pair, np.full(len(busy), -1))
    order = np.lexsort((pair, end, start, row))
    at = np.searchsorted(row[order], np.arange(len(table.gaps.level) + 1))
    return ints(at), ints(start[order]), ints(end[order]), ints(pair[order])


def _members(low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """The row and the number of everything in the ranges low[r] to high[r]."""
    size = high - low
    row = np.repeat(np.arange(len(size)), size)
    return ints(row), ints(np.arange(len(row)) + np.repeat(high - np.cumsum(size), size))
