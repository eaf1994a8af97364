"""Are the pairs that may be the same in crews as one by one, and does looking at a crew take little memory?"""

import random
import tracemalloc
from datetime import timedelta

import numpy as np
import pytest

from scheduler import rules
from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.domain.score import Level
from scheduler.domain.shifts import Shift
from scheduler.domain.time import Span
from scheduler.rules import eligible, load_rulebook
from scheduler.rules.index import Index
from tests.builders import ACTIVITIES, JANUARY, NEIGHBOURHOODS, VENUES, expert
from tests.rules.richer import richer
from tests.rules.timely import timely_world

HARD = [rule for rule in load_rulebook() if rule.level is Level.HARD]


def test_crews_of_any_size_allow_what_everybody_by_herself_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random("crews")
    for cells in (1, 40, 1_000_000):
        monkeypatch.setattr(rules, "CREW_CELLS", cells)
        index = Index(richer(timely_world(rng)))
        found = eligible(index, load_rulebook())
        for who in range(len(index.problem.experts)):
            allowed = np.ones(len(index.shifts), np.bool_)
            for rule in HARD:
                never = rule.forbids(index, slice(who, who + 1))
                allowed &= True if never is None else ~never[0]
            assert (found[who] == allowed).all()


def test_many_people_and_shifts_take_little_more_memory_than_the_answer() -> None:
    index = Index(crowd(400, 12_000))
    eligible(index, HARD)
    tracemalloc.start()
    found = eligible(index, HARD)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.any()
    assert peak < 4 * found.nbytes


def crowd(experts: int, shifts: int) -> Problem:
    """People who may do much, and shifts that ask this and that."""
    rng = random.Random("crowd")
    people: list[Expert] = [expert(f"e{n:04}", languages=rng.choice([("nl",), ("nl", "ar")])) for n in range(experts)]
    work = [asked(rng, number) for number in range(shifts)]
    return Problem(JANUARY, tuple(people), VENUES, NEIGHBOURHOODS, ACTIVITIES, tuple(work))


def asked(rng: random.Random, number: int) -> Shift:
    start = JANUARY.midnight(rng.randrange(28)) + timedelta(hours=rng.randrange(8, 20))
    languages = frozenset(rng.choice([(), (), ("ar",), ("nl",)]))
    span = Span(start, start + timedelta(hours=3))
    return Shift(f"x{number:05}", rng.choice(VENUES).id, "drop-in", span, required_languages=languages)
