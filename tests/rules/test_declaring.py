"""Is declaring at scale the same as declaring couple by couple, and does it take no more than what can be worked?"""

import random
import tracemalloc
from datetime import timedelta
from itertools import product

import numpy as np
import pytest

from scheduler.domain.places import Place, TravelMode
from scheduler.domain.problem import Problem
from scheduler.domain.shifts import Shift
from scheduler.domain.time import Span
from scheduler.domain.venues import Venue
from scheduler.rules.couples import couples_in
from scheduler.rules.index import Index
from scheduler.rules.overlap import Overlap
from scheduler.terms.kinds import Bools, Conflict, Ints
from scheduler.terms.pairs import Pairs
from tests.builders import ACTIVITIES, JANUARY, NEIGHBOURHOODS, expert

MODES = list(TravelMode)


def spread_out(rng: random.Random, experts: int, shifts: int, venues: int) -> Problem:
    """People and shifts all over the country."""
    places = [Place(rng.uniform(51, 53), rng.uniform(4, 7)) for _ in range(venues)]
    everywhere = [Venue(f"v{n}", f"Venue {n}", "house", "pijp", place) for n, place in enumerate(places)]
    people = [expert(f"e{n:03}", travel_mode=rng.choice(MODES)) for n in range(experts)]
    work = [random_shift(rng, n, venues) for n in range(shifts)]
    return Problem(JANUARY, tuple(people), tuple(everywhere), NEIGHBOURHOODS, ACTIVITIES, tuple(work))


def random_shift(rng: random.Random, number: int, venues: int) -> Shift:
    start = JANUARY.midnight(0) + timedelta(minutes=30 * rng.randrange(28 * 48 - 12))
    span = Span(start, start + timedelta(minutes=30 * rng.randint(2, 10)))
    return Shift(f"x{number:05}", f"v{rng.randrange(venues)}", "drop-in", span)


def some_pairs(rng: random.Random, index: Index, share: float) -> Pairs:
    shape = (len(index.problem.experts), len(index.shifts))
    return Pairs.of_mask(28, index.shifts, np.random.default_rng(rng.randrange(1 << 30)).random(shape) < share)


@pytest.mark.parametrize("share", [0.02, 0.3, 1.0], ids=["few", "some", "all"])
def test_couples_are_the_same_whichever_way_is_shorter(share: float) -> None:
    rng = random.Random(f"couples {share}")
    for _ in range(20):
        index = Index(spread_out(rng, rng.randint(1, 8), rng.randint(1, 60), 4))
        pairs, count = some_pairs(rng, index, share), len(index.shifts)
        first, end = np.sort([[rng.randint(0, count) for _ in range(count)] for _ in range(2)], axis=0)
        apart = index.shifts.venue

        def keep(one: Ints, other: Ints, apart: Ints = apart) -> Bools:
            elsewhere: Bools = apart[one] != apart[other]
            return elsewhere

        wanted = {
            (p, q)
            for p, q in product(range(len(pairs)), repeat=2)
            if pairs.expert[p] == pairs.expert[q]
            and first[pairs.shift[p]] <= pairs.shift[q] < end[pairs.shift[p]]
            and apart[pairs.shift[p]] != apart[pairs.shift[q]]
        }
        found = list(zip(*(column.tolist() for column in couples_in(pairs, first, end, keep)), strict=True))
        assert len(found) == len(wanted)
        assert set(found) == wanted


def test_too_little_time_to_travel_is_found_by_everybodys_own_mode() -> None:
    rng, rule = random.Random("travel"), Overlap(15)
    for _ in range(10):
        made = spread_out(rng, 6, 50, 9)
        index = Index(made)
        pairs = some_pairs(rng, index, rng.choice([0.1, 1.0]))
        conflict = too_tight(rule, index, pairs)
        wanted = {
            (p, q)
            for p, q in product(range(len(pairs)), repeat=2)
            if pairs.expert[p] == pairs.expert[q] and is_tight(made, pairs, p, q)
        }
        assert set(zip(conflict.first.tolist(), conflict.second.tolist(), strict=True)) == wanted


def too_tight(rule: Overlap, index: Index, pairs: Pairs) -> Conflict:
    _, found = rule.terms(index, pairs)
    assert isinstance(found, Conflict)
    return found


def is_tight(made: Problem, pairs: Pairs, p: int, q: int) -> bool:
    who, one, other = made.experts[pairs.expert[p]], made.shifts[pairs.shift[p]], made.shifts[pairs.shift[q]]
    if one.venue == other.venue or other.span.start < one.span.end:
        return False
    a, b = made.venue[one.venue], made.venue[other.venue]
    minutes = made.travel.between_venues((a.id, a.place), (b.id, b.place), who.travel_mode) + 15
    return bool(other.span.start - one.span.end < timedelta(minutes=minutes))


def test_travel_between_many_places_takes_memory_for_what_can_be_worked_only() -> None:
    index = Index(spread_out(random.Random(1), 100, 6_000, 900))
    pairs = some_pairs(random.Random(2), index, 0.005)
    tracemalloc.start()
    conflict = too_tight(Overlap(15), index, pairs)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(conflict.first) > 0
    assert peak < 40_000_000
