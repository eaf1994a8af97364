"""Which seats does a planner of Timefold fill: a cell of an expert's day, or a place on a shift?"""

from dataclasses import dataclass

import numpy as np

from scheduler.domain.score import Level
from scheduler.terms.kinds import Apart, Bools, Ints, Sum, ints
from scheduler.terms.pairs import Model


@dataclass(frozen=True, eq=False)
class Places:
    """Seat s may take value[i] for i from at[s] to at[s + 1], ascending, and chooses pair[i] with it.

    Seats between which planners swap number their values alike: shifts for cells, experts for places on a shift.
    """

    at: Ints
    value: Ints
    pair: Ints


def places_of(model: Model) -> Places:
    """Cells (expert and day; the value is a shift) if nobody works twice a day and they are fewer than the places."""
    places = _places(model)
    if not _is_once_a_day(model):
        return places
    cells = _cells(model)
    return cells if len(cells.at) < len(places.at) else places


def _cells(model: Model) -> Places:
    pairs = model.pairs
    key = pairs.expert * pairs.days + pairs.day
    pair = np.lexsort((pairs.shift, key))
    starts = np.flatnonzero(np.diff(key[pair], prepend=-1))
    return Places(ints(np.append(starts, len(pair))), pairs.shift[pair], ints(pair))


def _places(model: Model) -> Places:
    pairs = model.pairs
    own = [pairs.at(shift) for shift in range(len(pairs.shifts))]
    many = np.minimum(_most_per_shift(model), [len(group) for group in own]).tolist()
    seats = [group for group, count in zip(own, many, strict=True) for _ in range(count)]
    pair = np.concatenate([pairs.every[:0], *seats])
    return Places(ints(np.cumsum([0, *map(len, seats)])), pairs.expert[pair], pair)


def _is_once_a_day(model: Model) -> bool:
    """Does one term say that no two shifts of a day go together?"""
    shifts, days = model.pairs.shifts, model.pairs.days
    for term in model.terms:
        if isinstance(term, Apart):
            latest, earliest = np.full(days, np.iinfo(np.int64).min), np.full(days, np.iinfo(np.int64).max)
            np.maximum.at(latest, shifts.day, term.start)
            np.minimum.at(earliest, shifts.day, term.end)
            if np.all(latest < earliest):
                return True
    return False


def _most_per_shift(model: Model) -> Ints:
    """How many people the hard limits allow on each shift; all who can when none says so."""
    size = np.bincount(model.pairs.shift, minlength=len(model.pairs.shifts))
    found = ints(size)
    for term in model.terms:
        if isinstance(term, Sum) and term.level == Level.HARD and len(term.row):
            shift, high = _heads(term, model, ints(size))
            np.minimum.at(found, shift, np.maximum(high, 0))
    return found


def _heads(term: Sum, model: Model, size: Ints) -> tuple[Ints, Ints]:
    """The rows of a term that count all people on one shift: the shift and the most."""
    first = np.flatnonzero(np.diff(term.row, prepend=-1))
    shift = model.pairs.shift[term.pair]
    same: Bools = np.minimum.reduceat(shift, first) == np.maximum.reduceat(shift, first)
    plain = (np.minimum.reduceat(term.weight, first) == 1) & (np.maximum.reduceat(term.weight, first) == 1)
    whole = np.diff(np.append(first, len(term.row))) == size[shift[first]]
    counts = np.flatnonzero(same & plain & whole)
    return shift[first][counts], term.high[term.row[first[counts]]]
