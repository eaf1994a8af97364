"""What is the cheapest month at given prices? Day after day over vectors of totals, then the way back."""

from typing import Any, NamedTuple

import numpy as np

from scheduler.terms.compiled import compiled
from scheduler.terms.layers import FORBIDDEN, NEVER, Frame, ways


class Prices(NamedTuple):
    """32-bit prices: per entry of the moves, and of the amounts of a frame."""

    entry: Any
    gate: Any
    flag: Any
    run: Any
    closing: Any
    end: Any


class Room(NamedTuple):
    """Where a sweep writes: the vectors of all layers, and the edges between them (see `_list_edges`)."""

    numbers: Any
    edges: Any


@compiled
def cheapest(frame: Frame, prices: Prices, room: Room, count: int) -> Any:
    """The least totals, at most `count` different ends, and for each the entry of every day."""
    head = np.zeros(len(frame.live), np.int64)
    room.numbers[: frame.stride[0]] = NEVER
    room.numbers[frame.left[0]] = 0
    used = 0
    for t in range(len(frame.what)):
        if frame.what[t] >= 0:
            used = _list_edges(frame, prices, (t, used), room, head)
            _spread(frame, t, room, head)
        else:
            _close(frame, prices, t, room.numbers)
    value, cell = _ends(frame, prices, room.numbers, count)
    picks = np.zeros((len(value), len(frame.moves.first) - 1), np.int64)
    for n in range(len(value)):
        _retrace(frame, prices, room, head, (cell[n], picks[n]))
    return value, picks


@compiled
def _list_edges(frame: Any, prices: Any, at: Any, room: Any, head: Any) -> int:
    """The edges of one day, chained per state after it: (source cell, entry, next of the chain, step, price)."""
    t, used = at
    first, last = frame.live_first[t + 1], frame.live_first[t + 2]
    moves, entry_price = frame.moves, prices.entry
    slot = np.full(len(moves.runs) * moves.classes * moves.flags * moves.rests, -1, np.int64)
    for n in range(first, last):
        slot[frame.live[n]] = n
        head[n] = -1
    edges = room.edges
    live, tolls = frame.live[frame.live_first[t] : first], (prices.gate, prices.flag, prices.run)
    found = ways(moves, tolls, frame.what[t], live, edges[:, used:])
    begin, stride = frame.offset[t] + frame.left[t] - frame.base[t] + frame.base[t + 1], frame.stride[t]
    for edge in range(used, used + found):
        into = slot[edges[2, edge]]
        if into >= 0:
            edges[0, edge] = begin + edges[0, edge] * stride - edges[3, edge]
            edges[4, edge] += entry_price[edges[1, edge]]
            edges[2, edge], head[into] = head[into], edge
    return int(used + found)


@compiled
def _spread(frame: Any, t: int, room: Any, head: Any) -> None:
    """Fill the vectors of layer t + 1: each is the least of its sources, moved and charged."""
    numbers, edges = room.numbers, room.edges
    length, left, stride = frame.length[t + 1], frame.left[t + 1], frame.stride[t + 1]
    begin = frame.offset[t + 1]
    for state in range(frame.live_first[t + 1], frame.live_first[t + 2]):
        numbers[begin : begin + stride] = NEVER
        into = numbers[begin + left : begin + left + length]
        edge = head[state]
        while edge >= 0:
            two = edges[2, edge]
            three = edges[2, two] if two >= 0 else -1
            four = edges[2, three] if three >= 0 else -1
            if four >= 0:
                _least_of_four(
                    into,
                    (numbers[edges[0, edge] :], numbers[edges[0, two] :]),
                    (numbers[edges[0, three] :], numbers[edges[0, four] :]),
                    (edges[4, edge], edges[4, two], edges[4, three], edges[4, four]),
                )
                edge = edges[2, four]
            else:
                _least(into, numbers[edges[0, edge] :], edges[4, edge])
                edge = two
        _forbid(into, frame.dead)
        begin += stride


@compiled
def _least(into: Any, source: Any, price: Any) -> None:
    for i in range(len(into)):
        into[i] = min(into[i], np.int32(source[i] + price))


@compiled
def _least_of_four(into: Any, one: Any, two: Any, prices: Any) -> None:
    a, b = one
    c, d = two
    p, q, r, s = prices
    for i in range(len(into)):
        least = min(np.int32(a[i] + p), np.int32(b[i] + q))
        other = min(np.int32(c[i] + r), np.int32(d[i] + s))
        into[i] = min(into[i], least, other)


@compiled
def _forbid(into: Any, dead: Any) -> None:
    for i in range(len(into)):
        into[i] = max(into[i], dead[i])


@compiled
def _close(frame: Any, prices: Any, t: int, numbers: Any) -> None:
    """Charge each total of one counter and set it back to nothing."""
    apart, size, full, first = frame.closings[-1 - frame.what[t]]
    begin, start = frame.offset[t] + frame.left[t], frame.offset[t + 1] + frame.left[t + 1]
    for _ in range(frame.live_first[t + 1] - frame.live_first[t]):
        numbers[start - frame.left[t + 1] : start - frame.left[t + 1] + frame.stride[t + 1]] = NEVER
        for outer in range(0, frame.length[t], full * apart):
            into = numbers[start + outer : start + outer + apart]
            for total in range(size):
                price = prices.closing[first + total]
                if price < FORBIDDEN:
                    _least(into, numbers[begin + outer + total * apart :], price)
        begin, start = begin + frame.stride[t], start + frame.stride[t + 1]


@compiled
def _ends(frame: Any, prices: Any, numbers: Any, count: int) -> Any:
    """The cheapest cells of the last layer, cheapest first."""
    t = len(frame.what)
    value, cell, used = np.full(count, NEVER, np.int64), np.full(count, -1, np.int64), 0
    begin = frame.offset[t] + frame.left[t]
    for _ in range(frame.live_first[t + 1] - frame.live_first[t]):
        for i in range(frame.length[t]):
            total = np.int64(numbers[begin + i]) + prices.end[i]
            if prices.end[i] >= FORBIDDEN or total >= FORBIDDEN or (used == count and total >= value[count - 1]):
                continue
            at = min(used, count - 1)
            while at > 0 and value[at - 1] > total:
                value[at], cell[at] = value[at - 1], cell[at - 1]
                at -= 1
            value[at], cell[at] = total, begin + i
            used = min(count, used + 1)
        begin += frame.stride[t]
    return value[:used], cell[:used]


@compiled
def _retrace(frame: Any, prices: Any, room: Any, head: Any, end: Any) -> None:
    """The entry of every day on a cheapest way to a cell."""
    cell, picks = end
    numbers, edges = room
    for t in range(len(frame.what) - 1, -1, -1):
        state, place = divmod(cell - frame.offset[t + 1], frame.stride[t + 1])
        place -= frame.left[t + 1]
        if frame.what[t] < 0:
            before = frame.offset[t] + state * frame.stride[t] + frame.left[t] + place
            cell = _opened(frame.closings[-1 - frame.what[t]], prices.closing, numbers, before, numbers[cell])
            continue
        edge = head[frame.live_first[t + 1] + state]
        while numbers[edges[0, edge] + place] + edges[4, edge] != numbers[cell]:
            edge = edges[2, edge]
        cell = edges[0, edge] + place
        picks[frame.what[t]] = edges[1, edge]


@compiled
def _opened(closing: Any, prices: Any, numbers: Any, cell: int, value: int) -> int:
    """The cell before a closing, this one or one with a larger total, that the value after it comes from."""
    apart, size, _, first = closing
    for total in range(size):
        price = prices[first + total]
        if price < FORBIDDEN and numbers[cell + total * apart] + price == value:
            return int(cell + total * apart)
    return cell
