"""What does a weekly rest look like to CP-SAT?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from scheduler.domain.score import Level
from scheduler.optimiser.programme import Literal, negated

if TYPE_CHECKING:
    from scheduler.optimiser.personal import PersonalTerms


def encode_rests(terms: PersonalTerms) -> None:
    """Weekly rests: a literal per stretch that could be the free one, shared by the windows it serves."""
    gaps, expert = terms.table.gaps, terms.expert
    shared: dict[tuple[int, ...], Literal] = {}
    first, last = np.searchsorted(gaps.expert, [expert, expert + 1])
    for row in range(int(first), int(last)):
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
