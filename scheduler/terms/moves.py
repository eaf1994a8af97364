"""How is a roster changed millions of times a minute? Compiled insertion, replacement and exchange of pairs."""

from typing import Any, NamedTuple

import numpy as np

from scheduler.terms.compiled import bare, compiled
from scheduler.terms.delta import State, delta, toggle
from scheduler.terms.kinds import Bools, Ints
from scheduler.terms.table import Arrays

_COUNT, _MADE = 3, 4
"""Places in a tally: the change per level, the number of toggled pairs, the pairs."""
_CANDIDATES = 6
"""How many experts a shift is offered to when it is handed over."""
_LONGEST_CHAIN = 3
"""How many shifts may be passed on after the first."""
_MOST_TOGGLED = 2 + 2 * _LONGEST_CHAIN
"""How many pairs the longest move toggles."""


class Places(NamedTuple):
    """Where moves may happen: the pairs of shift s are pair[start[s]..start[s + 1]]; held pairs stay as they are."""

    pair: Ints
    start: Ints
    held: Bools


class Heat(NamedTuple):
    """How much worse a step may be, on average, per soft level; 0 accepts nothing worse."""

    coverage: float
    preference: float


class Search(NamedTuple):
    """What a walk reads and changes; `tally` notes the move at hand, `focus` lists shifts to try more often."""

    arrays: Arrays
    state: State
    places: Places
    focus: Ints
    tally: Ints


def search_of(arrays: Arrays, state: State, places: Places) -> Search:
    """A search of a roster, with room for the longest move, that focuses on shifts that still lack somebody."""
    focus = np.flatnonzero(open_shifts(arrays, state, places))
    return Search(arrays, state, places, focus, np.zeros(_MADE + _MOST_TOGGLED, np.int64))


@compiled
def open_shifts(arrays: Any, state: Any, places: Any) -> Bools:
    """Which shifts would a further pair bring nearer to coverage, hard limits aside?"""
    found = np.zeros(len(places.start) - 1, np.bool_)
    for shift in range(len(found)):
        for at in range(places.start[shift], places.start[shift + 1]):
            pair = places.pair[at]
            if not state.chosen[pair] and delta(arrays, state, pair)[1] < 0:
                found[shift] = True
                break
    return found


@bare
def insert_all(arrays: Any, state: Any, places: Any, order: Ints) -> None:
    """Give every shift, in this order, its best pair as long as that betters the score."""
    for shift in order:
        while True:
            best, where = (0, 0, 0), -1
            for at in range(places.start[shift], places.start[shift + 1]):
                pair = places.pair[at]
                if not state.chosen[pair] and not places.held[pair]:
                    change = delta(arrays, state, pair)
                    if change < best:
                        best, where = change, pair
            if where < 0:
                break
            toggle(arrays, state, where)


@bare
def insert_listed(arrays: Any, state: Any, places: Any, order: Ints) -> None:
    """Choose each pair, in this order, if it betters the coverage and breaks nothing."""
    for pair in order:
        if not state.chosen[pair] and not places.held[pair]:
            change = delta(arrays, state, pair)
            if change[0] <= 0 and change[1] < 0:
                toggle(arrays, state, pair)


@bare
def drop_breaches(arrays: Any, state: Any, places: Any) -> None:
    """Drop pairs, worst first, until no single drop lowers the hard amount any more."""
    while True:
        best, where = (0, 0, 0), -1
        for pair in range(len(state.chosen)):
            if state.chosen[pair] and not places.held[pair]:
                change = delta(arrays, state, pair)
                if change[0] < 0 and change < best:
                    best, where = change, pair
        if where < 0:
            return
        toggle(arrays, state, where)


@bare
def wander(search: Any, heat: Any, seed: int, steps: int) -> tuple[int, int, int]:
    """Random moves, each kept when it is no worse or by the luck of the heat; gives the total change of the score.

    The hard amount never rises. The same seed, roster and steps give the same walk.
    """
    np.random.seed(seed)
    tally = search.tally
    hard, coverage, preference = 0, 0, 0
    for _ in range(steps):
        tally[:_MADE] = 0
        _move(search)
        if tally[_COUNT] == 0:
            continue
        if _accepted(tally, heat):
            hard, coverage, preference = hard + tally[0], coverage + tally[1], preference + tally[2]
        else:
            for at in range(_MADE + tally[_COUNT] - 1, _MADE - 1, -1):
                toggle(search.arrays, search.state, tally[at])
    return hard, coverage, preference


@bare
def _accepted(change: Any, heat: Any) -> bool:
    if change[0] != 0:
        return bool(change[0] < 0)
    if change[1] != 0 and (change[1] < 0 or heat.coverage > 0):
        return bool(change[1] < 0 or np.random.random() < np.exp(-change[1] / heat.coverage))
    if change[1] != 0:
        return False
    if change[2] <= 0:
        return True
    return bool(heat.preference > 0 and np.random.random() < np.exp(-change[2] / heat.preference))


@bare
def _move(search: Any) -> None:
    """Try one random move of a random shift: drop one of its pairs, or take another."""
    state, places = search.state, search.places
    shift = np.random.randint(0, len(places.start) - 1)
    if len(search.focus) and np.random.random() < 0.3:
        shift = search.focus[np.random.randint(0, len(search.focus))]
    first, last = places.start[shift], places.start[shift + 1]
    if first == last:
        return
    wanted = places.pair[np.random.randint(first, last)]
    if places.held[wanted]:
        return
    if not state.chosen[wanted]:
        _take(search, wanted, first, last)
    elif np.random.random() < 0.1:
        _toggle(search, wanted)


@bare
def _take(search: Any, wanted: int, first: int, last: int) -> None:
    """Try to choose a pair of the shift whose pairs lie between these places: add, replace, pass on, or exchange."""
    luck = np.random.random()
    given = _chosen_at(search.state, search.places, first, last) if luck < 0.9 else -1
    clash = _clash(search, wanted)
    if given >= 0 and clash < 0 and luck < 0.3:
        _pass_on(search, given, wanted)
        return
    if given >= 0 and luck < 0.5:
        _exchange(search, given, wanted, clash)
        return
    if given >= 0 and (clash < 0 or luck > 0.8):
        _toggle(search, given)
    if clash < 0:
        _toggle(search, wanted)
    if search.tally[0] > 0 or (clash >= 0 and (given < 0 or luck > 0.8)):
        taker = search.arrays.expert[wanted]
        back = clash if clash >= 0 else _chosen_of(search, taker)
        if back >= 0 and back != wanted:
            _hand_over(search, back, taker)
        if clash >= 0:
            _toggle(search, wanted)


@bare
def _toggle(search: Any, pair: int) -> None:
    """Toggle a pair and note it, with its price, in the tally."""
    tally = search.tally
    hard, coverage, preference = delta(search.arrays, search.state, pair)
    tally[0] += hard
    tally[1] += coverage
    tally[2] += preference
    tally[_MADE + tally[_COUNT]] = pair
    tally[_COUNT] += 1
    toggle(search.arrays, search.state, pair)


@bare
def _chosen_at(state: Any, places: Any, first: int, last: int) -> int:
    """A chosen pair of the shift that is not held, the first after a random place; -1 when there is none."""
    begin = np.random.randint(0, last - first)
    for step in range(last - first):
        pair = places.pair[first + (begin + step) % (last - first)]
        if state.chosen[pair] and not places.held[pair]:
            return int(pair)
    return -1


@bare
def _clash(search: Any, wanted: int) -> int:
    """The first chosen pair that may not stand beside the wanted one; -1 when there is none."""
    couples = search.arrays.couples
    for at in range(couples.start[wanted], couples.start[wanted + 1]):
        if couples.level[at] == 0 and search.state.chosen[couples.other[at]]:
            return int(couples.other[at])
    return -1


@bare
def _pass_on(search: Any, given: int, wanted: int) -> None:
    """A chain: who gets a shift passes another on, and so on, until the roster is no worse or nobody takes it."""
    tally, last = search.tally, wanted
    _toggle(search, given)
    _toggle(search, wanted)
    for _ in range(_LONGEST_CHAIN):
        if tally[0] <= 0 and tally[1] <= 0 and tally[2] <= 0:
            return
        taker = search.arrays.expert[last]
        back = _chosen_of(search, taker)
        if back == last:
            return
        last = _hand_over(search, back, taker)
        if last < 0:
            return


@bare
def _hand_over(search: Any, pair: int, giver: int) -> int:
    """Take a pair from its expert and give its shift to the best of a few others; the pair chosen, -1 for none."""
    arrays, state, places = search.arrays, search.state, search.places
    if places.held[pair]:
        return -1
    _toggle(search, pair)
    shift = arrays.shift[pair]
    first, last = places.start[shift], places.start[shift + 1]
    best, where, tries = (0, 0, 0), -1, 0
    begin = np.random.randint(0, last - first)
    for at in range(last - first):
        other = places.pair[first + (begin + at) % (last - first)]
        if arrays.expert[other] == giver or state.chosen[other] or places.held[other] or _clash(search, other) >= 0:
            continue
        step = delta(arrays, state, other)
        tries += 1
        if step < best:
            best, where = step, other
        if tries == _CANDIDATES:
            break
    if where >= 0:
        _toggle(search, where)
    return where


@bare
def _exchange(search: Any, given: int, wanted: int, clash: int) -> None:
    """Two experts swap shifts: the wanted pair's expert gives the clashing shift, or any, to the other."""
    arrays, state, places = search.arrays, search.state, search.places
    giver, taker = arrays.expert[given], arrays.expert[wanted]
    back = clash if clash >= 0 else _chosen_of(search, taker)
    if back < 0 or places.held[back]:
        return
    mirror = _find(arrays, giver, arrays.shift[back])
    if mirror < 0 or state.chosen[mirror] or places.held[mirror]:
        return
    _toggle(search, given)
    _toggle(search, back)
    _toggle(search, mirror)
    _toggle(search, wanted)


@bare
def _chosen_of(search: Any, expert: int) -> int:
    """A chosen pair of the expert, the first after a random place; -1 when there is none."""
    first, last = search.arrays.first[expert], search.arrays.first[expert + 1]
    begin = np.random.randint(0, last - first)
    for step in range(last - first):
        pair = first + (begin + step) % (last - first)
        if search.state.chosen[pair]:
            return int(pair)
    return -1


@bare
def _find(arrays: Any, expert: int, shift: int) -> int:
    """The pair of this expert and shift by halving; -1 when it is not eligible."""
    low, high = arrays.first[expert], arrays.first[expert + 1]
    last = high
    while low < high:
        middle = (low + high) // 2
        if arrays.shift[middle] < shift:
            low = middle + 1
        else:
            high = middle
    return int(low) if low < last and arrays.shift[low] == shift else -1
