"""What does the roster ask of one expert alone? Own pairs, rows, couples, groups, runs and rests, numbered from 0."""

from typing import Any, NamedTuple

import numpy as np

from scheduler.domain.score import Score
from scheduler.terms import spells
from scheduler.terms.compiled import compiled
from scheduler.terms.kinds import Bools, Ints, ints
from scheduler.terms.table import Table


class Rows(NamedTuple):
    """Sum rows whose members are all pairs of this expert: the members of row r are start[r]..start[r + 1]."""

    start: Ints
    pair: Ints
    weight: Ints
    level: Ints
    low: Ints
    high: Ints
    below: Ints
    above: Ints
    or_zero: Bools


class Couples(NamedTuple):
    """Each couple once, one < two."""

    one: Ints
    two: Ints
    level: Ints
    amount: Ints


class Groups(NamedTuple):
    """Distinct terms: slot[k, pair] is -1 or numbers the groups of term k from 0."""

    slot: Ints
    level: Ints
    high: Ints
    above: Ints


class Runs(NamedTuple):
    """Runs terms k: limits[k] is (shortest, longest, shortest_rest, longest_rest, before)."""

    limits: Ints
    level: Ints
    price: Ints


class Rests(NamedTuple):
    """Gap rows that this expert's pairs can break."""

    level: Ints
    price: Ints
    windows: spells.Windows


class Person(NamedTuple):
    """One expert: pairs in the order of `Pairs.of`, sorted by start."""

    days: int
    day: Ints
    spans: tuple[Ints, Ints]
    cost: Ints
    rows: Rows
    couples: Couples
    groups: Groups
    runs: Runs
    rests: Rests


def person_of(table: Table, expert: int) -> Person:
    """The part of the table that is about this expert."""
    mine = table.pairs.of(expert)
    begin, finish = table.pairs.spans
    kept = len(table.runs.level) if mine.stop > mine.start else 0
    limits, level, price = (part[:kept] for part in table.runs)
    return Person(
        table.pairs.days, ints(table.pairs.day[mine]), (begin[mine], finish[mine]),
        np.ascontiguousarray(table.cost[:, mine]), _rows(table, expert, mine), _couples(table, mine),
        _groups(table, expert, mine), Runs(ints(limits[:, :, expert]), level, price),
        _rests(table, expert, mine),
    )  # fmt: skip


def score_of(person: Person, chosen: Bools) -> Score:
    """What these pairs cost by themselves, as `check` counts it, without constants and rows that others share."""
    return Score(*(int(amount) for amount in amounts(person, chosen)))


def _rows(table: Table, expert: int, mine: slice) -> Rows:
    sums = table.sums
    seen = np.unique(sums.of_row[sums.of_start[mine.start] : sums.of_start[mine.stop]])
    row = ints(seen[table.owner[seen] == expert])
    member, start = _ranges(sums.start[row], sums.start[row + 1])
    return Rows(
        start, ints(sums.pair[member] - mine.start), sums.weight[member],
        sums.level[row], sums.low[row], sums.high[row], sums.below[row], sums.above[row],
        sums.or_zero[row],
    )  # fmt: skip


def _couples(table: Table, mine: slice) -> Couples:
    couples = table.couples
    at = couples.start[mine.start : mine.stop + 1]
    range_ = slice(int(at[0]), int(at[-1]))
    one, two = np.repeat(np.arange(len(at) - 1), np.diff(at)), couples.other[range_] - mine.start
    once = two > one
    return Couples(ints(one[once]), ints(two[once]), couples.level[range_][once], couples.amount[range_][once])


def _groups(table: Table, expert: int, mine: slice) -> Groups:
    groups = table.groups
    slot = groups.slot[:, mine].copy()
    for own in slot:
        own[own >= 0] = np.unique(own[own >= 0], return_inverse=True)[1]
    return Groups(ints(slot), groups.level, ints(groups.high[:, expert]), ints(groups.above[:, expert]))


def _rests(table: Table, expert: int, mine: slice) -> Rests:
    gaps, windows = table.gaps, table.gaps.windows
    keep = slice(*np.searchsorted(gaps.expert, [expert, expert + 1]).tolist())
    own = windows.rows(ints(np.arange(keep.start, keep.stop)))
    return Rests(gaps.level[keep], gaps.price[keep], own._replace(low=own.low - mine.start, high=own.high - mine.start))


def _ranges(low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """All numbers of the ranges low[i]..high[i] - 1 one after the other, and where each range starts in them."""
    start = ints(np.append(0, np.cumsum(high - low)))
    return ints(np.arange(start[-1]) + np.repeat(low - start[:-1], high - low)), start


@compiled
def amounts(person: Person, chosen: Bools) -> Any:
    """What the chosen pairs cost per level."""
    found = np.zeros(3, np.int64)
    for pair in range(len(chosen)):
        if chosen[pair]:
            found[1] += person.cost[0, pair]
            found[2] += person.cost[1, pair]
    rows, couples, rests = person.rows, person.couples, person.rests
    for row in range(len(rows.low)):
        total = 0
        for at in range(rows.start[row], rows.start[row + 1]):
            if chosen[rows.pair[at]]:
                total += rows.weight[at]
        short, over = max(0, rows.low[row] - total), max(0, total - rows.high[row])
        if rows.or_zero[row] and total == 0:
            short = 0
        found[rows.level[row]] += short * rows.below[row] + over * rows.above[row]
    for at in range(len(couples.one)):
        if chosen[couples.one[at]] and chosen[couples.two[at]]:
            found[couples.level[at]] += couples.amount[at]
    _add_groups(person.groups, chosen, found)
    worked = np.zeros(person.days, np.int64)
    for pair in range(len(chosen)):
        worked[person.day[pair]] += chosen[pair]
    runs = person.runs
    for k in range(len(runs.limits)):
        amount = spells.run_amount(worked, runs.limits[k : k + 1].T, 0)
        found[runs.level[k]] += amount * runs.price[k]
    for row in range(len(rests.level)):
        missing = spells.missing_rest(person.spans, chosen, spells.NOWHERE, rests.windows, row)
        found[rests.level[row]] += missing * rests.price[row]
    return found


@compiled
def _add_groups(groups: Any, chosen: Any, found: Any) -> None:
    for k in range(len(groups.level)):
        seen = np.zeros(len(chosen), np.bool_)
        met = 0
        for pair in range(len(chosen)):
            slot = groups.slot[k, pair]
            if chosen[pair] and slot >= 0 and not seen[slot]:
                seen[slot] = True
                met += 1
        found[groups.level[k]] += max(0, met - groups.high[k]) * groups.above[k]
