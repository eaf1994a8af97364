"""Which part of a roster is worth solving again? Cells of pairs, chosen by what paid before."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from scheduler.terms.kinds import Bools, Ints
from scheduler.terms.pairs import Pairs

Weights = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(slots=True)
class Cell:
    """What a neighbourhood may look at: the pairs, what each shift and expert costs now, and chance."""

    pairs: Pairs
    shift_pain: Weights
    expert_pain: Weights
    random: np.random.Generator

    def shift(self) -> int:
        """A shift, more often one that hurts."""
        return int(self.random.choice(len(self.shift_pain), p=_chances(self.shift_pain)))

    def experts(self, count: int) -> Ints:
        """Different experts, more often those who hurt."""
        most = min(count, self.pairs.experts)
        return self.random.choice(self.pairs.experts, most, replace=False, p=_chances(self.expert_pain))

    def window(self, around: int, days: int) -> Bools:
        """The pairs in a window of days around a day."""
        first = around - int(self.random.integers(0, days))
        return (self.pairs.day >= first) & (self.pairs.day < first + days)


Neighbourhood = Callable[[Cell, int], Ints]
NEIGHBOURHOODS: dict[str, Neighbourhood] = {}


def neighbourhood(function: Neighbourhood) -> Neighbourhood:
    """Register a way to choose about `size` pairs to solve again."""
    NEIGHBOURHOODS[function.__name__] = function
    return function


@neighbourhood
def days(cell: Cell, size: int) -> Ints:
    """Everybody, on neighbouring days."""
    pairs = cell.pairs
    inside = cell.window(int(pairs.shifts.day[cell.shift()]), max(1, round(size * pairs.days / len(pairs))))
    return _at_most(cell, np.flatnonzero(inside), size)


@neighbourhood
def experts(cell: Cell, size: int) -> Ints:
    """Some experts, the whole time; where two have too much for that, some of their days."""
    crew = cell.experts(max(2, round(size * cell.pairs.experts / len(cell.pairs))))
    return _at_most(cell, np.flatnonzero(np.isin(cell.pairs.expert, crew)), size)


@neighbourhood
def candidates(cell: Cell, size: int) -> Ints:
    """The candidates of a shift that hurts, in the days around it."""
    pairs, shift = cell.pairs, cell.shift()
    crew = np.unique(pairs.expert[pairs.at(shift)])
    for length in (28, 14, 7, 4, 2):
        inside = np.flatnonzero(np.isin(pairs.expert, crew) & cell.window(int(pairs.shifts.day[shift]), length))
        if len(inside) <= size:
            return inside
    return _at_most(cell, inside, size)


@neighbourhood
def venues(cell: Cell, size: int) -> Ints:
    """Venues that share experts with one that hurts, some days or the whole time."""
    pairs, shift = cell.pairs, cell.shift()
    venue = pairs.shifts.venue[pairs.shift]
    inside = cell.window(int(pairs.shifts.day[shift]), int(cell.random.choice([3, 7, 14, pairs.days])))
    crew = np.unique(pairs.expert[venue == pairs.shifts.venue[shift]])
    shared = np.bincount(venue[inside & np.isin(pairs.expert, crew)], minlength=int(venue.max(initial=0)) + 1)
    shared[pairs.shifts.venue[shift]] = len(pairs)
    near = np.argsort(-shared, kind="stable")
    count = np.cumsum(np.bincount(venue[inside], minlength=len(near))[near])
    few = near[: max(1, int(np.searchsorted(count, size)))]
    return _at_most(cell, np.flatnonzero(inside & np.isin(venue, few)), size)


@neighbourhood
def teams(cell: Cell, size: int) -> Ints:
    """Some experts, some weeks."""
    pairs = cell.pairs
    length = int(cell.random.choice([7, 14]))
    inside = cell.window(int(pairs.shifts.day[cell.shift()]), length)
    crew = cell.experts(max(2, round(size * pairs.experts / max(1, int(inside.sum())))))
    return _at_most(cell, np.flatnonzero(inside & np.isin(pairs.expert, crew)), size)


def likely(cell: Cell, wanted: Bools, size: int) -> Ints:
    """Only the wanted pairs, and as many more people or days: everybody for some days, or some experts all the time."""
    pairs, most = cell.pairs, max(1, int(wanted.sum()))
    share = min(1.0, size / most)
    if cell.random.random() < 0.5:
        inside = cell.window(int(pairs.shifts.day[cell.shift()]), max(1, round(share * pairs.days)))
    else:
        inside = np.isin(pairs.expert, cell.experts(max(2, round(share * pairs.experts))))
    return _at_most(cell, np.flatnonzero(inside & wanted), size)


@dataclass(slots=True)
class Record:
    """How one neighbourhood fared."""

    size: float
    tries: int = 0
    wins: int = 0
    gain: float = 0.0
    seconds: float = 0.0


@dataclass(slots=True)
class Choice:
    """Which neighbourhood next, and how large: by gain per second, with a share for chance."""

    random: np.random.Generator
    size: float
    records: dict[str, Record] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.records = {name: Record(self.size) for name in NEIGHBOURHOODS}

    def offer(self, name: str, size: float) -> None:
        """One more way to choose, known to the caller."""
        self.records[name] = Record(size)

    def pick(self, but: str | None = None) -> str:
        """The name of the next neighbourhood, any but this one."""
        names = [name for name in self.records if name != but]
        fresh = [name for name in names if self.records[name].tries < 2]
        if fresh or self.random.random() < 0.3:
            return str(self.random.choice(fresh or names))
        worth = np.array([(0.01 + r.gain) / (0.5 + r.seconds) for r in map(self.records.__getitem__, names)])
        return str(self.random.choice(names, p=_chances(worth)))

    def learn(self, name: str, gain: float, seconds: float, *, proven: bool, target: float) -> None:
        """Note the gain; grow the size while cells are proven quickly, shrink it when they are not."""
        record = self.records[name]
        record.tries, record.wins = record.tries + 1, record.wins + (gain > 0)
        record.gain, record.seconds = 0.8 * record.gain + gain, 0.8 * record.seconds + seconds
        if proven and seconds < target / 2:
            record.size *= 1.2
        elif not proven:
            record.size *= 0.85


def _at_most(cell: Cell, members: Ints, size: int) -> Ints:
    """Drop experts, and days where two are too many, until about `size` members are left."""
    if len(members) <= size * 3 // 2:
        return members
    crew = np.unique(cell.pairs.expert[members])
    kept = cell.random.choice(crew, min(len(crew), max(2, round(len(crew) * size / len(members)))), replace=False)
    found = members[np.isin(cell.pairs.expert[members], kept)]
    if len(found) <= size * 3 // 2:
        return found
    day = cell.pairs.day[found]
    return found[cell.window(int(cell.random.choice(day)), max(1, round(size * cell.pairs.days / len(found))))[found]]


def _chances(weights: Weights) -> Weights:
    found = weights + weights.mean() * 0.2 + 1e-9
    return np.asarray(found / found.sum(), np.float64)
