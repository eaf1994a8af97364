"""What does each kind of term mean, said once more in plain Python loops? The judge of the array check."""

from itertools import groupby

from scheduler.terms.kinds import Apart, Bools, Conflict, Cost, Distinct, Gap, Runs, Sum, Term
from scheduler.terms.pairs import Pairs


def naive_amount(term: Term, pairs: Pairs, chosen: Bools) -> int:
    """The total amount of a term, computed from its definition."""
    on = [p for p in range(len(pairs)) if chosen[p]]
    of_expert = {e: [p for p in on if pairs.expert[p] == e] for e in range(pairs.experts)}
    match term:
        case Cost():
            return term.constant + sum(int(a) for p, a in zip(term.pair, term.amount, strict=True) if chosen[p])
        case Sum():
            return sum(_row(term, r, chosen) for r in range(len(term.low)))
        case Apart():
            return sum(_meeting(term, [int(pairs.shift[p]) for p in mine]) for mine in of_expert.values())
        case Conflict():
            couples = zip(term.first, term.second, term.amount, strict=True)
            return sum(int(a) for p, q, a in couples if chosen[p] and chosen[q])
        case Runs():
            return (
                sum(_runs(term, e, [int(pairs.day[p]) for p in mine], pairs.days) for e, mine in of_expert.items())
                * term.price
            )
        case Distinct():
            return sum(
                max(0, len({int(term.group[p]) for p in mine} - {-1}) - int(term.high[e])) * int(term.above[e])
                for e, mine in of_expert.items()
            )
        case Gap():
            return sum(_gap(term, r, pairs, of_expert[int(term.expert[r])]) for r in range(len(term.expert)))


def _row(term: Sum, r: int, chosen: Bools) -> int:
    total = sum(int(w) for row, p, w in zip(term.row, term.pair, term.weight, strict=True) if row == r and chosen[p])
    short, over = max(0, int(term.low[r]) - total), max(0, total - int(term.high[r]))
    if term.or_zero[r] and total == 0:
        short = 0
    return short * int(term.below[r]) + over * int(term.above[r])


def _meeting(term: Apart, shifts: list[int]) -> int:
    couples = [(a, b) for i, a in enumerate(shifts) for b in shifts[i + 1 :]]
    return sum(1 for a, b in couples if term.start[a] < term.end[b] and term.start[b] < term.end[a])


def _runs(term: Runs, e: int, worked: list[int], days: int) -> int:
    before = int(term.before[e])
    line = [before > 0] * abs(before) + [d in worked for d in range(days)]
    amount, at = 0, 0
    for works, group in groupby(line):
        length = len(list(group))
        low, high = (term.shortest, term.longest) if works else (term.shortest_rest, term.longest_rest)
        touches_border = (at == 0 and before == 0) or at + length == len(line)
        amount += max(0, length - int(high[e])) + (0 if touches_border else max(0, int(low[e]) - length))
        at += length
    return amount


def _gap(term: Gap, r: int, pairs: Pairs, mine: list[int]) -> int:
    busy = [(int(pairs.shifts.start[pairs.shift[p]]), int(pairs.shifts.end[pairs.shift[p]])) for p in mine]
    history = zip(term.busy_expert, term.busy_start, term.busy_end, strict=True)
    busy += [(int(a), int(b)) for e, a, b in history if e == term.expert[r]]
    free = [not any(a <= minute < b for a, b in busy) for minute in range(int(term.start[r]), int(term.end[r]), 60)]
    stretches = [60 * len(list(group)) for is_free, group in groupby(free) if is_free]
    pieces = sum(stretch for stretch in stretches if stretch >= term.piece[r])
    return max(0, int(term.rest[r]) - max(pieces, *stretches, 0, 0)) * int(term.price[r])
