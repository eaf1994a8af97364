"""Do the arrays of the index say what the domain says, pair by pair, clock changes included?"""

import random
from datetime import date, time, timedelta

import numpy as np
import pytest

from scheduler.domain.availability import Availability, AvailabilityLevel, DaySlot, WeeklySlot
from scheduler.domain.contracts import ContractKind
from scheduler.domain.people import Qualification
from scheduler.domain.places import Place, Travel, TravelMode
from scheduler.domain.shifts import Shift
from scheduler.domain.time import Days, PlanningWindow, Span
from scheduler.domain.venues import Venue
from scheduler.rules.distance import travel_minutes
from scheduler.rules.index import Index, chosen_of, roster_of
from scheduler.terms.kinds import ints
from scheduler.terms.pairs import Pairs
from tests.builders import AUTUMN, JANUARY, SPRING, contract, expert, problem, roster, shift

CLOCKS = [time(h, m) for h in range(24) for m in (0, 30)]


def random_availability(rng: random.Random, window: PlanningWindow) -> Availability:
    def clocks() -> tuple[time, time]:
        start, end = rng.sample(CLOCKS, 2)
        return (start, end) if end == time() or end > start else (end, start)

    def level() -> AvailabilityLevel:
        return rng.choice(list(AvailabilityLevel))

    weekly = tuple(WeeklySlot(rng.randrange(7), *clocks(), level()) for _ in range(rng.randrange(12)))
    exceptions = []
    for _ in range(rng.randrange(5)):
        first = window.first + timedelta(days=rng.randrange(-3, window.days))
        start, end = clocks() if rng.random() < 0.5 else (time(), time())
        exceptions.append(DaySlot(first, first + timedelta(days=rng.randrange(4)), level(), start, end))
    return Availability(weekly, tuple(exceptions), level())


def random_shift(rng: random.Random, window: PlanningWindow, number: int) -> Shift:
    start = window.midnight(0) + timedelta(minutes=30 * rng.randrange(window.days * 48 - 2))
    return Shift(f"x{number}", "lydia", "drop-in", Span(start, start + timedelta(minutes=30 * rng.randint(1, 48))))


@pytest.mark.parametrize("window", [JANUARY, SPRING, AUTUMN], ids=["january", "spring", "autumn"])
def test_the_availability_table_agrees_with_the_domain_on_every_pair(window: PlanningWindow) -> None:
    rng = random.Random(f"availability {window.first}")
    people = [expert(f"e{n:02}", available=random_availability(rng, window)) for n in range(40)]
    week = PlanningWindow(window.first, 8)
    made = problem([random_shift(rng, week, n) for n in range(80)], people, window=week)
    levels = Index(made).levels(slice(0, 40))
    for row, person in enumerate(made.experts):
        for column, one in enumerate(made.shifts):
            expected = person.availability.level_of(one.span, week.zone)
            assert levels[row, column] == expected, (person.availability, one)


def test_the_levels_of_pairs_are_those_of_the_matrix() -> None:
    rng = random.Random(7)
    people = [expert(f"e{n}", available=random_availability(rng, JANUARY)) for n in range(7)]
    index = Index(problem([random_shift(rng, JANUARY, n) for n in range(9)], people))
    pairs = Pairs.of_mask(28, index.shifts, np.array([[rng.random() < 0.6 for _ in range(9)] for _ in range(7)]))
    matrix = index.levels(index.everybody)
    assert (index.pair_levels(pairs) == matrix[pairs.expert, pairs.shift]).all()


@pytest.mark.parametrize("mode", list(TravelMode))
def test_travel_arrays_agree_with_the_domain_to_the_minute(mode: TravelMode) -> None:
    rng = random.Random(mode.value)
    places: list[Place | None] = [Place(rng.uniform(52.2, 52.5), rng.uniform(4.7, 5.1)) for _ in range(60)]
    places += [None, places[0]]
    minutes = travel_minutes(Travel(), places, places, mode)
    for row, a in enumerate(places):
        for column, b in enumerate(places):
            assert minutes[row, column] == Travel().minutes(a, b, mode)


def test_travel_between_venues_follows_the_table_of_overrides_in_both_directions() -> None:
    overrides = {("lydia", "pinto", TravelMode.BIKE): 44, ("coenen", "lydia", TravelMode.BIKE): 3}
    made = problem([], [expert("noor"), expert("sam", travel_mode=TravelMode.CAR)], travel=Travel(overrides))
    index, count = Index(made), len(made.venues)
    one, other = (ints(numbers.ravel()) for numbers in np.indices((count, count)))
    longest = index.longest_between(one, other)
    for number, mode in enumerate(TravelMode):
        minutes = index.minutes_between(np.full(len(one), number), one, other)
        for n, (a, b) in enumerate((a, b) for a in made.venues for b in made.venues):
            assert minutes[n] == made.travel.between_venues((a.id, a.place), (b.id, b.place), mode)
            assert mode not in (TravelMode.BIKE, TravelMode.CAR) or minutes[n] <= longest[n] <= index.longest_journey
    assert isinstance(made.venues[0], Venue)


def test_days_weeks_and_minutes_follow_the_clock_change() -> None:
    index = Index(problem([shift("sun 00:00-06:00"), shift("w2 mon 09:00-10:00")], [expert("noor")], window=SPRING))
    assert index.shifts.minutes.tolist() == [300, 60]
    assert index.shifts.day.tolist() == [6, 7]
    assert index.week.tolist() == [0, 1]
    assert index.shifts.start.tolist() == [6 * 1440, 7 * 1440 - 60 + 9 * 60]
    assert index.month.tolist() == [2027 * 12 + 2, 2027 * 12 + 2]


def test_the_contract_in_force_is_the_first_that_covers_the_day() -> None:
    first, second = Days(date(2027, 1, 6), date(2027, 1, 8)), Days(date(2027, 1, 1), date(2027, 1, 12))
    someone = expert("noor", contracts=[contract(ContractKind.VOLUNTEER, first), contract(days=second)])
    index = Index(problem([], [someone, expert("sam", contracts=[])]))
    for day, date_ in enumerate(JANUARY.dates()):
        number = index.contract[0, day]
        assert someone.contract_on(date_) == (None if number < 0 else someone.contracts[number])
    assert index.under_labour_law.tolist() == [True, False]


def test_qualifications_are_valid_on_their_own_days_only() -> None:
    record = Qualification("first aid", Days(date(2027, 1, 5), date(2027, 1, 7)))
    recorded, valid = Index(problem([], [expert("noor", qualifications=(record,)), expert("sam")])).valid_days(
        "first aid"
    )
    assert recorded.tolist() == [True, False]
    assert np.flatnonzero(valid[0]).tolist() == [1, 2]


def test_a_roster_goes_to_solvers_and_back_unchanged() -> None:
    made = problem([shift("mon 09:00-12:00"), shift("tue 09:00-12:00")], [expert("noor"), expert("sam")])
    pairs = Pairs.of_mask(28, Index(made).shifts, np.ones((2, 2), np.bool_))
    wanted = roster("noor: s2", "sam: s1 s2")
    assert roster_of(made, pairs, chosen_of(made, pairs, wanted)) == wanted
