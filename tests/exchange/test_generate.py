"""Do invented regions have the promised size and structure, and are they the same for the same seed?"""

from collections import Counter
from statistics import mean, stdev

import pytest

from scheduler.domain.contracts import ContractKind
from scheduler.domain.cover import Repeat
from scheduler.domain.errors import InvalidValue
from scheduler.domain.people import ExclusionKind
from scheduler.exchange.faults import FROM_DISK
from scheduler.exchange.generate import SIZES, generate
from scheduler.exchange.layout import read_region, region_files
from scheduler.exchange.region import Region


@pytest.fixture(scope="module")
def city() -> Region:
    """One city for all."""
    return generate("city", 1)


def test_the_same_arguments_give_the_same_files() -> None:
    assert region_files(generate("district", 7)) == region_files(generate("district", 7))
    assert region_files(generate("district", 7)) != region_files(generate("district", 8))


@pytest.mark.parametrize("kind", ["district", "city", "region", pytest.param("nation", marks=pytest.mark.slow)])
def test_a_set_has_its_size_and_reads_without_a_fault(kind: str) -> None:
    region, size = generate(kind, 2), SIZES[kind]
    assert (len(region.experts), len(region.venues)) == (size.experts, size.venues)
    assert Counter(region.window.day_of(s.span.start) // 7 for s in region.problem().shifts) == dict.fromkeys(
        range(4), size.shifts_a_week
    )
    reading = read_region(region_files(region), FROM_DISK)
    assert (reading.total, reading.warnings) == (0, ())
    assert reading.region == region


@pytest.mark.parametrize("supply", [0.75, 1.1, 1.5])
def test_people_wish_so_many_hours_as_the_supply_says(supply: float) -> None:
    region = generate("city", 1, supply)
    asked = sum(s.span.minutes * s.demand.required for s in region.problem().shifts) / 4
    wished = sum(expert.wished_minutes_a_week or 0 for expert in region.experts)
    assert wished / asked == pytest.approx(supply, rel=0.02)


def test_most_cover_recurs_and_most_of_it_is_for_one_person(city: Region) -> None:
    shifts = city.problem().shifts
    weekly = sum(1 for s in shifts if s.request and _repeats(city, s.request))
    assert weekly / len(shifts) == pytest.approx(0.85, abs=0.01)
    assert sum(s.demand.required == 1 for s in shifts) / len(shifts) == pytest.approx(0.70, abs=0.05)


def _repeats(region: Region, request: str) -> bool:
    return any(r.id == request and r.recurrence.repeat is not Repeat.ONCE for r in region.requests)


def test_evenings_and_saturdays_are_a_small_part(city: Region) -> None:
    zone, shifts = city.window.zone, city.problem().shifts
    starts = [s.span.start.astimezone(zone) for s in shifts]
    assert sum(start.hour == 18 for start in starts) / len(shifts) == pytest.approx(0.10, abs=0.01)
    assert sum(start.weekday() == 5 for start in starts) / len(shifts) == pytest.approx(0.05, abs=0.01)
    assert not any(start.weekday() == 6 for start in starts)


def test_people_are_as_mixed_as_in_the_field(city: Region) -> None:
    people = city.experts
    kinds = Counter(expert.contracts[0].kind for expert in people)
    assert kinds[ContractKind.EMPLOYED] / len(people) == pytest.approx(0.40, abs=0.08)
    assert kinds[ContractKind.VOLUNTEER] / len(people) == pytest.approx(0.30, abs=0.08)
    hidden = sum(any(e.kind is ExclusionKind.VENUE for e in expert.exclusions) for expert in people)
    assert hidden / len(people) == pytest.approx(0.15, abs=0.06)
    wishes = [(expert.wished_minutes_a_week or 0) / 60 for expert in people]
    assert mean(wishes) == pytest.approx(12, abs=1.5)
    assert stdev(wishes) == pytest.approx(6, abs=1.5)
    halves = [
        sum(1 for slot in expert.availability.weekly if slot.start.hour in {9, 13} and slot.weekday < 5)
        for expert in people
    ]
    assert 4 <= mean(halves) <= 6
    assert len({slot.level for expert in people for slot in expert.availability.weekly}) == 4


def test_every_venue_asks_for_somebody_and_need_decides_how_often(city: Region) -> None:
    asked = Counter(shift.venue for shift in city.problem().shifts)
    assert set(asked) == {venue.id for venue in city.venues}
    needs = {n.id: n.need for n in city.neighbourhoods}
    pressing = [asked[v.id] for v in city.venues if needs[v.neighbourhood] > 120]
    calm = [asked[v.id] for v in city.venues if needs[v.neighbourhood] < 80]
    assert mean(pressing) > mean(calm)


def test_everything_invented_says_so(city: Region) -> None:
    assert city.is_sample
    assert "voorbeeld" in city.agency.lower()
    assert all(profile.email.endswith(".example") for profile in city.profiles)


@pytest.mark.parametrize(("kind", "supply"), [("village", 1.1), ("city", 0.0), ("city", 99.0)])
def test_a_set_that_cannot_be_is_refused(kind: str, supply: float) -> None:
    with pytest.raises(InvalidValue):
        generate(kind, 1, supply)
