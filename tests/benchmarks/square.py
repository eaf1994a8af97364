"""Experts and venues spread evenly over a square: the problem on which the first prototypes were measured, as a Model.

Skills, day parts and 18 km decide who can; hours, 11 hours of rest and five days in a row limit; a shift that nobody
does costs 1000, and distance, dislikes, each venue of an expert (15) and each hour away from the target (2) cost too.
All prices are times POINT, so that minutes count in whole numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scheduler.domain.score import Level, Score
from scheduler.terms.kinds import UNLIMITED, Apart, Bools, Cost, Distinct, Ints, Runs, Term, ints, limit
from scheduler.terms.pairs import Model, Pairs, Shifts

DAYS, SKILLS, REACH_KM, REST = 28, 5, 18.0, 11 * 60
POINT, UNFILLED, VENUE = 30, 1000, 15


@dataclass(frozen=True)
class Square:
    """How many experts, venues and shifts (in four weeks), and the seed of the draw."""

    experts: int = 60
    venues: int = 20
    shifts: int = 600
    seed: int = 7


def model_of(square: Square) -> Model:
    """The model; its pairs are sorted by expert and start of the shift."""
    return _Drawn(square).model()


def points_of(score: Score) -> int:
    """A score in the points of the prototypes, where a shift that nobody does counts among the rest."""
    return (score.coverage + score.preference) // POINT


class _Drawn:
    """Drawn in the order of the prototype, so that the same seed is the same problem."""

    def __init__(self, square: Square) -> None:
        random, experts, count = np.random.default_rng(square.seed), square.experts, square.shifts
        side = max(20.0, (square.venues / 20) ** 0.5 * 25.0)
        home, place = random.uniform(0, side, (experts, 2)), random.uniform(0, side, (square.venues, 2))
        skill = random.random((experts, SKILLS)) < 0.5
        skill[np.arange(experts), random.integers(0, SKILLS, experts)] = True
        venue, day, part = (random.integers(0, high, count) for high in (square.venues, DAYS, 3))
        start = day * 1440 + np.array([480, 780, 1080])[part] + 60 * random.integers(0, 3, count)
        minutes = random.choice([180, 240, 300, 360], count)
        wanted = random.integers(0, SKILLS, count)
        free = random.random((experts, DAYS, 3)) < 0.45
        self.most = ints(random.choice([20, 40, 60, 80, 100], experts) * 60)
        self.target = ints(self.most * min(1.0, minutes.sum() / self.most.sum()))
        dislike = random.integers(0, 5, (experts, SKILLS))
        distance = np.hypot(*(home[:, None, :] - place[None, :, :]).transpose(2, 0, 1))[:, venue]
        can: Bools = (distance < REACH_KM) & skill[:, wanted] & free[:, day, part]
        price = distance.astype(np.int64) + dislike[:, wanted] * 3
        order = np.argsort(start, kind="stable")
        columns = (day, start, start + minutes, minutes, venue, wanted)
        self.pairs = Pairs.of_mask(DAYS, Shifts(*(ints(column[order]) for column in columns)), can[:, order])
        self.price: Ints = ints(price[:, order][self.pairs.expert, self.pairs.shift])

    def model(self) -> Model:
        terms = tuple(self._terms())
        return Model(self.pairs, terms, tuple(range(len(terms))))

    def _terms(self) -> Iterator[Term]:
        pairs, shifts, experts = self.pairs, self.pairs.shifts, self.pairs.experts
        yield Apart(shifts.start, shifts.end + REST)
        yield limit(Level.HARD, pairs.shift, pairs.every, rows=len(shifts), high=1)
        yield limit(Level.HARD, pairs.expert, pairs.every, pairs.minutes, rows=experts, high=self.most)
        weekly = np.repeat(np.maximum(720, self.most // 3), DAYS // 7)
        week = pairs.expert * (DAYS // 7) + pairs.day // 7
        yield limit(Level.HARD, week, pairs.every, pairs.minutes, rows=len(weekly), high=weekly)
        one, many, nothing = (np.full(experts, value) for value in (1, UNLIMITED, 0))
        yield Runs(one, np.full(experts, 5), one, many, nothing)
        yield limit(Level.COVERAGE, pairs.shift, pairs.every, rows=len(shifts), low=1, below=UNFILLED * POINT)
        yield Cost(Level.PREFERENCE, pairs.every, self.price * POINT)
        venue = ints(shifts.venue[pairs.shift])
        yield Distinct(Level.PREFERENCE, venue, nothing, np.full(experts, VENUE * POINT))
        yield limit(
            Level.PREFERENCE, pairs.expert, pairs.every, pairs.minutes, rows=experts, low=self.target, high=self.target
        )
