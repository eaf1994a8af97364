"""What does a weekly rest look like to CP-SAT?"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import numpy as np

from scheduler.domain.score import Level
from scheduler.optimiser.programme import Literal, negated
from scheduler.terms.kinds import UNLIMITED

if TYPE_CHECKING:
    from scheduler.optimiser.personal import PersonalTerms

Part = tuple[int, int, tuple[int, ...] | None]


def encode_rests(terms: PersonalTerms) -> None:
    """Weekly rests: a literal per stretch that could be the free one, shared by the windows it serves."""
    gaps, expert = terms.table.gaps, terms.expert
    shared: dict[tuple[int, ...], Literal] = {}
    first, last = np.searchsorted(gaps.expert, [expert, expert + 1])
    for row in range(int(first), int(last)):
        if gaps.windows.piece[row] < gaps.windows.rest[row]:
            _demand_pieces(terms, row)
            continue
        options = _stretches(terms, row)
        if options is None:
            continue
        literals: list[Literal] = []
        for _, blocked in options:
            if blocked not in shared:
                shared[blocked] = terms.programme.bool(not terms.on(blocked))
                terms.implied(blocked, negated(shared[blocked]))
            literals.append(shared[blocked])
        _demand_rest(terms, row, [missing for missing, _ in options], literals)


def _demand_rest(terms: PersonalTerms, row: int, missing: list[int], literals: list[Literal]) -> None:
    """One of the stretches is free; soft: pay for what the best free one misses."""
    gaps, programme = terms.table.gaps, terms.programme
    level = Level(int(gaps.level[row]))
    if level == Level.HARD:
        programme.any_of([lit for lit, lack in zip(literals, missing, strict=True) if not lack])
        return
    free = [at for at, literal in enumerate(literals) if programme.hints[literal]]
    best = min(free, key=lambda at: missing[at], default=len(missing))
    options = []
    for at, (lack, literal) in enumerate(zip([*missing, int(gaps.windows.rest[row])], [*literals, None], strict=True)):
        option = programme.bool(at == best)
        if literal is not None:
            programme.at_most_one([option, negated(literal)])
        if lack:
            programme.pay(level, option, lack * int(gaps.price[row]))
        options.append(option)
    programme.exactly_one(options)


def _demand_pieces(terms: PersonalTerms, row: int) -> None:
    """A rest that may be split: parts of the window that are free and lie in pieces long enough add up to it.

    Between two moments at which work begins or ends, somebody is free all the time or not at all: that is a part.
    """
    windows, programme = terms.table.gaps.windows, terms.programme
    rest, piece = int(windows.rest[row]), int(windows.piece[row])
    parts = _parts(terms, row)
    edges = [since for since, _, _ in parts] + [int(windows.end[row])]
    if _in_pieces(parts, [blocked == () for _, _, blocked in parts], piece)[1] >= rest:
        return
    free = [blocked is not None and not terms.on(blocked) for _, _, blocked in parts]
    hinted, _ = _in_pieces(parts, free, piece)
    counted = [None if part[2] is None else programme.bool(hint) for part, hint in zip(parts, hinted, strict=True)]
    for at, (since, _, blocked) in enumerate(parts):
        here = counted[at]
        if blocked is None or here is None:
            continue
        terms.implied(blocked, negated(here))
        ways = [counted[at - 1]] if at else []
        along = counted[at : int(np.searchsorted(edges, since + piece))]
        if since + piece <= edges[-1] and None not in along:
            begins = programme.bool(hinted[at] and not (at and hinted[at - 1]))
            ways.append(begins)
            for other in along:
                programme.at_most_one([begins, *(negated(literal) for literal in [other] if literal is not None)])
        programme.any_of([negated(here), *(literal for literal in ways if literal is not None)])
    used = [
        (literal, until - since)
        for literal, (since, until, _) in zip(counted, parts, strict=True)
        if literal is not None
    ]
    programme.linear([literal for literal, _ in used], [minutes for _, minutes in used], rest, UNLIMITED)


def _parts(terms: PersonalTerms, row: int) -> list[Part]:
    """The window cut wherever work may begin or end: from, until and the open pairs that lie there; None: busy."""
    windows, (begin, finish) = terms.table.gaps.windows, terms.table.pairs.spans
    start, end = int(windows.start[row]), int(windows.end[row])
    history = slice(int(windows.busy_low[row]), int(windows.busy_high[row]))
    busy = [(int(begin[p]), int(finish[p])) for p in terms.stuck]
    busy += zip(windows.busy_start[history].tolist(), windows.busy_end[history].tolist(), strict=True)
    near = [(int(begin[p]), int(finish[p]), p) for p in terms.open if begin[p] < end and finish[p] > start]
    moments = {moment for a, b, *_ in [*busy, *near] for moment in (a, b) if start < moment < end}
    cuts = sorted({start, end, *moments})
    found: list[Part] = []
    for since, until in pairwise(cuts):
        if any(a < until and b > since for a, b in busy):
            found.append((since, until, None))
        else:
            found.append((since, until, tuple(p for a, b, p in near if a < until and b > since)))
    return found


def _in_pieces(parts: list[Part], free: list[bool], piece: int) -> tuple[list[bool], int]:
    """Which of the free parts lie in pieces that are long enough, and how long they last together."""
    found, minutes = [False] * len(parts), 0
    for is_free, group in groupby(range(len(parts)), key=lambda at: free[at]):
        members = list(group)
        length = parts[members[-1]][1] - parts[members[0]][0]
        if is_free and length >= piece:
            minutes += length
            for at in members:
                found[at] = True
    return found, minutes


def _stretches(terms: PersonalTerms, row: int) -> list[tuple[int, tuple[int, ...]]] | None:
    """The stretches that may be free: minutes missing and the open pairs each forbids; None: one forbids nothing."""
    gaps, pairs = terms.table.gaps, terms.table.pairs
    windows = gaps.windows
    start, end, rest = int(windows.start[row]), int(windows.end[row]), int(windows.rest[row])
    begin, finish = pairs.spans
    busy = [(int(begin[p]), int(finish[p])) for p in terms.stuck]
    busy += [
        (int(windows.busy_start[b]), int(windows.busy_end[b]))
        for b in range(windows.busy_low[row], windows.busy_high[row])
    ]
    near = [p for p in terms.open if begin[p] < end and finish[p] > start]
    sinces = sorted({start, *(e for _, e in busy), *(int(finish[p]) for p in near)})
    hard = gaps.level[row] == Level.HARD
    untils = {end} if hard else {end, *(s for s, _ in busy), *(int(begin[p]) for p in near)}
    found: dict[tuple[int, ...], int] = {}
    for since in sinces:
        if not start <= since < end:
            continue
        for until in {since + rest, *untils}:
            lack = max(0, rest - (until - since))
            if until <= since or until > end or (hard and until != since + rest) or until > since + rest:
                continue
            if any(a < until and b > since for a, b in busy):
                continue
            blocked = tuple(p for p in near if begin[p] < until and finish[p] > since)
            if not blocked and not lack:
                return None
            found[blocked] = min(lack, found.get(blocked, lack))
    return _best(found)


def _best(found: dict[tuple[int, ...], int]) -> list[tuple[int, tuple[int, ...]]]:
    """Without the stretches that forbid more and miss no less than another; small sets only, the rest keep all."""
    options = sorted(((lack, blocked) for blocked, lack in found.items()), key=lambda o: (len(o[1]), o))
    kept: list[tuple[int, frozenset[int], tuple[int, ...]]] = []
    for lack, blocked in options:
        own = frozenset(blocked)
        if not any(less <= lack and other <= own for less, other, _ in kept):
            kept.append((lack, own, blocked))
    return [(lack, blocked) for lack, _, blocked in kept]
