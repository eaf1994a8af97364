"""Does every value come back as it went in, does a stale save hear so, and is everything else refused in words?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.domain.accounts import Account, AccountRole
from scheduler.domain.availability import Availability, AvailabilityLevel, DaySlot
from scheduler.domain.contracts import Contract, ContractKind
from scheduler.domain.cover import CoverRequest, Recurrence, Repeat, RequestState
from scheduler.domain.errors import InvalidValue, NotFound, Refused, Stale
from scheduler.domain.limits import GradedLimit, OnHolidays, Period, RollingLimit
from scheduler.domain.people import (
    DatedWish,
    Exclusion,
    ExclusionKind,
    Expert,
    PersonalLimits,
    Profile,
    Qualification,
    Wish,
    WorkedMinutes,
)
from scheduler.domain.places import Place, TravelMode
from scheduler.domain.shifts import Priority
from scheduler.domain.stand_by import DayPart, StandBy
from scheduler.domain.time import Days, Fold
from scheduler.domain.venues import ActivityType, Neighbourhood, Venue
from scheduler.store import Database
from tests.builders import slots
from tests.store.world import NOW, fill, small_problem, store_problem

FULL = Expert(
    id="ada",
    roles=frozenset({"host", "consultant"}),
    qualifications=(
        Qualification("first aid", Days(date(2026, 1, 1), date(2028, 1, 1))),
        Qualification("consultant", Days(date(2025, 1, 1))),
    ),
    languages=frozenset({"nl", "tr"}),
    themes=frozenset({"housing"}),
    contracts=(
        Contract(ContractKind.MIN_MAX, Days(date(2026, 1, 1), date(2027, 1, 1)), 480, 960),
        Contract(
            ContractKind.VOLUNTEER,
            Days(date(2027, 1, 1)),
            rolling=(RollingLimit(91, minutes=9000), RollingLimit(14, shifts=0, work_days=9)),
            minimum_minutes_a_window=600,
            maximum_minutes_a_window=2400,
            one_shift_a_day=True,
        ),
    ),
    availability=Availability(
        slots("mon-fri 09:00-17:00, sat 20:00-24:00"),
        (DaySlot(date(2027, 1, 5), date(2027, 1, 9), AvailabilityLevel.UNAVAILABLE, time(9), time(12, 30)),),
        AvailabilityLevel.ASK_FIRST,
    ),
    limits=PersonalLimits(
        minutes_a_day=0,
        shifts_a_week=3,
        earliest_start=time(9, 30),
        quiet_places_only=True,
        least_days_in_a_row=2,
        least_days_off_in_a_row=3,
        weekends_a_window=0,
        shifts_of_activity=(("meal", 0), ("walk-in", 4)),
        opens_alone=True,
        stand_bys_a_month=2,
        nights=True,
        holidays=OnHolidays.NEVER,
        cents_a_year=0,
        graded=(GradedLimit(Period.YEAR, most_cents=210_000), GradedLimit(Period.WEEK, 0, 960)),
    ),
    exclusions=(Exclusion(ExclusionKind.VENUE, "pinto"), Exclusion(ExclusionKind.COLLEAGUE, "sam")),
    home=Place(52.355, 4.888),
    travel_mode=TravelMode.PUBLIC_TRANSPORT,
    wished_minutes_a_week=720,
    venue_wishes=(("lydia", Wish.GLADLY), ("far", Wish.RATHER_NOT)),
    activity_wishes=(("meal", Wish.GLADLY),),
    dated_wishes=(
        DatedWish(date(2027, 1, 12), Wish.GLADLY, weight=3),
        DatedWish(date(2027, 1, 13), Wish.RATHER_NOT, "meal"),
    ),
    wanted_colleagues=frozenset({"sam", "bo"}),
    stand_by=frozenset({StandBy(DayPart.NIGHT, "pijp"), StandBy(DayPart.EVENING, "rivieren")}),
    hour_cents=1471,
)
REQUEST = CoverRequest(
    id="q1",
    venue="lydia",
    activity="drop-in",
    recurrence=Recurrence(date(2027, 1, 4), Repeat.WEEKLY, date(2027, 3, 1), frozenset({date(2027, 1, 11)})),
    start=time(22, 0),
    end=time(2, 30),
    submitted_at=NOW,
    answer_due_at=NOW + timedelta(hours=4),
    headcount=2,
    desirable=1,
    priority=Priority.HIGH,
    themes=frozenset({"housing"}),
    languages=frozenset({"ar"}),
    note="Zeeën van tijd; 'tot zo' \U0001f600",
    fold=Fold.SECOND,
)
ACCOUNT = Account("a1", "Noor@Example.org", "Noor", AccountRole.EXPERT, expert="noor", theme="dark", calm=True)


def test_an_expert_comes_back_as_she_went_in(database: Database) -> None:
    with database.writing() as work:
        work.experts.add(FULL)
    with database.reading() as work:
        assert work.experts.get("ada") == FULL
        assert work.experts.all() == [FULL]


words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=5)
levels = st.sampled_from(AvailabilityLevel)
exclusions = st.builds(Exclusion, st.sampled_from(ExclusionKind), words)
limits = st.builds(
    PersonalLimits,
    minutes_a_week=st.none() | st.integers(0, 5000),
    cents_a_month=st.none() | st.integers(0, 10**6),
    latest_end=st.none() | st.times(),
    two_person_shifts_only=st.booleans(),
)
experts = st.builds(
    Expert,
    id=st.just("x"),
    themes=st.frozensets(words, max_size=3),
    availability=st.builds(Availability, otherwise=levels),
    limits=limits,
    exclusions=st.lists(exclusions, max_size=3).map(tuple),
    home=st.none() | st.builds(Place, st.floats(-90, 90), st.floats(-180, 180)),
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=experts)
def test_any_expert_comes_back_as_she_went_in(database: Database, value: Expert) -> None:
    with database.writing() as work:
        work.experts.put_all([value])
        assert work.experts.get("x") == value
        assert work.experts.put_all([value]) == 0


def test_the_world_of_a_region_comes_back_and_storing_it_twice_changes_nothing(database: Database) -> None:
    world = small_problem()
    with database.writing() as work:
        store_problem(work, world)
        work.requests.add(REQUEST)
        work.accounts.add(ACCOUNT)
    with database.writing() as work:
        again = [
            work.neighbourhoods.put_all(world.neighbourhoods),
            work.venues.put_all(world.venues),
            work.activities.put_all(world.activities),
            work.experts.put_all(world.experts),
            work.experts.put_profiles([Profile("noor", "Noor"), Profile("sam", "Sam")]),
            work.shifts.put_all(world.shifts),
            work.requests.put_all([REQUEST]),
            work.accounts.put_all([ACCOUNT]),
        ]
        assert again == [0] * 8
        assert work.venues.all() == sorted(world.venues, key=lambda v: v.id)
        assert work.activities.all() == sorted(world.activities, key=lambda a: a.id)
        assert tuple(work.shifts.all()) == world.shifts
        assert work.requests.of_venue("lydia") == [REQUEST]
        assert work.requests.editions(["q1"]) == {"q1": 1}
        assert work.requests.in_state(RequestState.SUBMITTED) == [REQUEST]
        assert work.accounts.find_by_email(" noor@EXAMPLE.org ") == ACCOUNT
        assert work.accounts.of_expert("noor") == ACCOUNT
        assert work.accounts.in_role(AccountRole.EXPERT) == [ACCOUNT]
        assert work.accounts.in_role(AccountRole.PLANNER) == []
        assert work.experts.profile("noor") == Profile("noor", "Noor")


def test_look_alike_addresses_are_other_accounts(database: Database) -> None:
    given_names = ["admin@x.nl", "аdmin@x.nl", "İ@x.nl", "i@x.nl"]
    with database.writing() as work:
        for n, email in enumerate(given_names):
            work.accounts.add(Account(f"a{n}", email, "A", AccountRole.PLANNER))
        found = [work.accounts.find_by_email(email) for email in given_names]
    assert [a.id for a in found if a] == ["a0", "a1", "a2", "a3"]
    with pytest.raises(Refused), database.writing() as work:
        work.accounts.add(Account("a9", "ADMIN@x.nl", "A", AccountRole.PLANNER))


def test_a_password_hash_is_no_part_of_the_account(database: Database) -> None:
    with database.writing() as work:
        work.accounts.add(Account("a1", "a@x.nl", "A", AccountRole.PLANNER))
        assert work.accounts.password_hash("a1") is None
        work.accounts.set_password("a1", "$argon2id$...")
        edition = work.accounts.save(replace(work.accounts.get("a1"), calm=True), 1)
        assert (work.accounts.password_hash("a1"), edition) == ("$argon2id$...", 2)


def test_known_travel_times_and_earlier_work_are_replaced_whole(database: Database) -> None:
    fill(database)
    times = {("lydia", "pinto", TravelMode.BIKE): 4}
    visit = (WorkedMinutes("noor", NOW - timedelta(hours=3), NOW), "lydia")
    with database.writing() as work:
        assert work.travel.replace(times) == len(times)
        assert not work.travel.replace(times)
        assert work.travel.load().overrides == times
        assert work.history.replace([visit]) == 1
        assert not work.history.replace([visit])
        assert work.history.imported() == [visit]


Save = Callable[[Any, int], Any]
SAVES: list[tuple[str, Save]] = [
    ("expert", lambda work, edition: work.experts.save(replace(work.experts.get("noor"), hour_cents=1), edition)),
    ("profile", lambda work, edition: work.experts.save_profile(Profile("noor", "Noortje"), edition)),
    ("venue", lambda work, edition: work.venues.save(replace(work.venues.get("lydia"), address="x"), edition)),
    ("request", lambda work, edition: work.requests.save(replace(REQUEST, note="x"), edition)),
]


@pytest.mark.parametrize("save", [save for _, save in SAVES], ids=[name for name, _ in SAVES])
def test_of_two_who_save_what_they_loaded_the_second_hears_it(database: Database, save: Save) -> None:
    fill(database)
    with database.writing() as work:
        work.requests.add(REQUEST)
    with database.writing() as work:
        assert save(work, 1) == 2
    for edition in (1, 3, 0, -1, 2**70):
        with pytest.raises(Stale), database.writing() as work:
            save(work, edition)
    with database.writing() as work:
        assert save(work, 2) == 3


def test_what_is_not_there_is_said_in_words(database: Database) -> None:
    for id in ("nobody", "", "x" * 10_000, "'; DROP TABLE expert; --"):
        with pytest.raises(NotFound), database.reading() as work:
            work.experts.get(id)
        with pytest.raises(NotFound), database.reading() as work:
            work.venues.edition_of(id)
        with pytest.raises(NotFound), database.writing() as work:
            work.venues.remove(id)


@pytest.mark.parametrize("text", ["a\0b", "half \ud800"])
def test_text_that_only_one_engine_would_hold_is_refused_by_both(database: Database, text: str) -> None:
    with pytest.raises(InvalidValue), database.writing() as work:
        work.neighbourhoods.add(Neighbourhood("n", text))
    with pytest.raises(InvalidValue), database.reading() as work:
        work.venues.find(text)


def test_a_venue_with_shifts_and_an_unknown_neighbourhood_are_refused(database: Database) -> None:
    fill(database)
    with pytest.raises(Refused, match="still in use"), database.writing() as work:
        work.venues.remove("lydia")
    with pytest.raises(Refused, match="not there"), database.writing() as work:
        work.venues.add(Venue("v", "V", "house", "nowhere"))
    with database.writing() as work:
        work.venues.remove("far")


def test_a_venue_keeps_its_budget_and_an_activity_says_whether_it_is_to_stand_by(database: Database) -> None:
    fill(database)
    rich = Venue("v", "V", "house", "pijp", minutes_a_month=6000, cents_a_month=0, budget_is_hard=True)
    duty = ActivityType("duty", "To stand by", "host", stand_by=True)
    with database.writing() as work:
        work.venues.add(rich)
        work.activities.add_all([duty])
    with database.reading() as work:
        assert (work.venues.get("v"), work.activities.get("duty")) == (rich, duty)


def test_an_expert_saved_anew_has_the_new_contracts_only(database: Database) -> None:
    changed = replace(FULL, contracts=FULL.contracts[:1], exclusions=())
    with database.writing() as work:
        work.experts.add(FULL)
        work.experts.save(changed, 1)
        assert work.experts.get("ada") == changed
