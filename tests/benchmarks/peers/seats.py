"""Which seats does a planner of Timefold fill: a cell of an expert's day, or a place on a shift?"""

from dataclasses import dataclass

import numpy as np

from scheduler.domain.score import Level
from scheduler.terms.kinds import Apart, Bools, Ints, Sum, ints
from scheduler.terms.pairs import Model

MINUTES_PER_DAY = 1440


@dataclass(frozen=True, eq=False)
class Places:
    """Seat s may take value[i] for i from at[s] to at[s + 1], ascending, and chooses pair[i] with it.

    Seats between which planners swap number their values alike: shifts that differ in nothing but their day for cells,
    experts for places on a shift. The seat with the smallest `turn` is filled first. cell[expert x days + day] is the
    seat of a cell, -1 where the expert can do nothing; places have none.
    """

    at: Ints
    value: Ints
    pair: Ints
    turn: Ints
    cell: Ints


def places_of(model: Model) -> Places:
    """Cells (expert and day; the value is a shift) if nobody works twice a day and they are fewer than the places."""
    places = _places(model)
    if not _is_once_a_day(model):
        return places
    cells = _cells(model)
    return cells if len(cells.at) < len(places.at) else places


def _cells(model: Model) -> Places:
    """Day by day, as planners do."""
    pairs = model.pairs
    key, value = pairs.expert * pairs.days + pairs.day, _kinds(model)[pairs.shift]
    pair = np.lexsort((value, key))
    starts = np.flatnonzero(np.diff(key[pair], prepend=-1))
    cell = np.full(pairs.experts * pairs.days, -1, np.int64)
    cell[key[pair[starts]]] = np.arange(len(starts))
    turn = pairs.day[pair[starts]]
    return Places(ints(np.append(starts, len(pair))), ints(value[pair]), ints(pair), ints(turn), cell)


def _kinds(model: Model) -> Ints:
    """A number for each shift; shifts of different days that are alike otherwise have the same."""
    shifts = model.pairs.shifts
    columns = (shifts.start - shifts.day * MINUTES_PER_DAY, shifts.minutes, shifts.venue, shifts.kind)
    _, kind = np.unique(np.stack(columns), axis=1, return_inverse=True)
    key = kind.ravel() * model.pairs.days + shifts.day
    order = np.argsort(key, kind="stable")
    first = np.flatnonzero(np.diff(key[order], prepend=-1))
    twin = np.empty(len(key), np.int64)
    twin[order] = np.arange(len(key)) - np.repeat(first, np.diff(np.append(first, len(key))))
    return ints(np.unique(np.stack((kind.ravel(), twin)), axis=1, return_inverse=True)[1].ravel())


def _places(model: Model) -> Places:
    """The shifts that fewest can do come first."""
    pairs = model.pairs
    own = [pairs.at(shift) for shift in range(len(pairs.shifts))]
    many = np.minimum(_most_per_shift(model), [len(group) for group in own]).tolist()
    seats = [group for group, count in zip(own, many, strict=True) for _ in range(count)]
    pair, size = np.concatenate([pairs.every[:0], *seats]), ints([len(group) for group in seats])
    return Places(ints(np.cumsum([0, *size])), pairs.expert[pair], pair, size, pairs.every[:0])


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
