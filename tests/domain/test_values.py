"""Do the values of the field refuse what cannot be, with the value in the sentence?"""

import pickle
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.accounts import Account, AccountRole
from scheduler.domain.contracts import Contract, ContractKind
from scheduler.domain.cover import CoverRequest, Recurrence, Repeat, RequestState
from scheduler.domain.errors import InvalidValue, Refused, counted
from scheduler.domain.people import Expert, Profile, Qualification
from scheduler.domain.places import Place, Travel, TravelMode, great_circle_km
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster, RosterState, RosterVersion, changes_between
from scheduler.domain.score import Score
from scheduler.domain.shifts import Demand
from scheduler.domain.time import Days, PlanningWindow
from scheduler.domain.venues import ActivityType, Venue

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOON = datetime(2027, 6, 7, 12, tzinfo=UTC)
MONDAY = date(2027, 6, 7)
REQUEST = CoverRequest(
    "r1",
    "lydia",
    "drop_in",
    Recurrence(MONDAY, Repeat.WEEKLY),
    time(9, 30),
    time(12, 30),
    NOON,
    NOON + timedelta(hours=4),
)


def test_a_weekly_request_keeps_its_local_time_across_the_change_of_the_clock() -> None:
    request = replace(REQUEST, recurrence=Recurrence(date(2027, 10, 18), Repeat.WEEKLY))
    shifts = request.shifts(Days(date(2027, 10, 18), date(2027, 11, 8)), AMSTERDAM)
    assert [s.span.start.astimezone(AMSTERDAM).time() for s in shifts] == [time(9, 30)] * 3
    assert [s.span.start.hour for s in shifts] == [7, 7, 8]


def test_the_shifts_of_a_request_have_the_same_ids_however_often_they_are_asked() -> None:
    early = REQUEST.shifts(Days(MONDAY, MONDAY + timedelta(days=28)), AMSTERDAM)
    late = REQUEST.shifts(Days(MONDAY + timedelta(days=14), MONDAY + timedelta(days=42)), AMSTERDAM)
    assert [s.id for s in early[2:]] == [s.id for s in late[:2]]


@given(st.integers(0, 60), st.integers(1, 60), st.sampled_from(Repeat), st.integers(0, 40))
def test_a_recurrence_lists_the_days_that_counting_gives(after: int, length: int, repeat: Repeat, until: int) -> None:
    rule = Recurrence(MONDAY, repeat, MONDAY + timedelta(days=until), frozenset({MONDAY + timedelta(days=14)}))
    within = Days(MONDAY + timedelta(days=after), MONDAY + timedelta(days=after + length))
    step = repeat.days_apart or 10_000
    expected = [
        d
        for n in range(200)
        if (d := MONDAY + timedelta(days=n)) in within and n <= until and n % step == 0 and n != 14
    ]
    assert list(rule.dates(within)) == expected


def test_a_request_is_answered_once() -> None:
    accepted = REQUEST.answered(RequestState.ACCEPTED, NOON)
    with pytest.raises(Refused, match="already accepted"):
        accepted.answered(RequestState.REFUSED, NOON)
    assert accepted.answered(RequestState.CANCELLED, NOON).state is RequestState.CANCELLED


def test_a_note_longer_than_two_hundred_characters_is_refused_with_its_length() -> None:
    with pytest.raises(InvalidValue, match="201 characters"):
        replace(REQUEST, note="x" * 201)


@pytest.mark.parametrize("headcount", [0, -1, 21])
def test_a_headcount_that_cannot_be_is_refused(headcount: int) -> None:
    with pytest.raises(InvalidValue, match=str(headcount)):
        replace(REQUEST, headcount=headcount)


def test_a_role_with_a_recorded_qualification_counts_only_while_that_is_valid() -> None:
    valid = Qualification("host", Days(MONDAY, MONDAY + timedelta(days=7)))
    noor = Expert("noor", frozenset({"host", "coach"}), (valid,))
    assert noor.may_act_as("host", MONDAY)
    assert not noor.may_act_as("host", MONDAY + timedelta(days=7))
    assert noor.may_act_as("coach", MONDAY + timedelta(days=70))
    assert not noor.may_act_as("speaker", MONDAY)


def test_travel_by_bike_follows_the_figures_of_the_field() -> None:
    a, b = Place(52.35, 4.88), Place(52.37, 4.90)
    km = great_circle_km(a, b)
    assert 2.5 < km < 2.7
    assert Travel().minutes(a, b, TravelMode.BIKE) == -(-int((km * 1.3 / 15 * 60 + 3) * 1000) // 1000)
    assert Travel({("x", "y", TravelMode.CAR): 7}).between_venues(("y", a), ("x", b), TravelMode.CAR) == 7


def test_a_home_is_rounded_to_about_five_hundred_metres() -> None:
    home = Place(52.35123, 4.88345)
    assert home.rounded() == home.rounded().rounded()
    assert great_circle_km(home, home.rounded()) < 0.5


@pytest.mark.parametrize(("latitude", "longitude"), [(91, 0), (0, 181), (float("nan"), 0)])
def test_a_place_off_the_earth_is_refused(latitude: float, longitude: float) -> None:
    with pytest.raises(InvalidValue, match="no place"):
        Place(latitude, longitude)


def test_people_and_contracts_refuse_what_cannot_be() -> None:
    with pytest.raises(InvalidValue, match="first name"):
        Profile("noor", "  ")
    with pytest.raises(InvalidValue, match="cannot be kept"):
        Contract(ContractKind.EMPLOYED, Days(MONDAY), 600, 300)
    with pytest.raises(InvalidValue, match="exactly the role expert"):
        Account("a", "a@b", "A", AccountRole.PLANNER, expert="noor")
    with pytest.raises(InvalidValue, match="cannot be"):
        Demand(0, 0)


def test_changes_between_two_rosters_name_each_shift_once() -> None:
    old = Roster(frozenset({Assignment("noor", "s1"), Assignment("sam", "s2")}))
    new = old.without(Assignment("sam", "s2")).with_(Assignment("omar", "s2"))
    (change,) = changes_between(old, new)
    assert (change.shift, change.before, change.after) == ("s2", ("sam",), ("omar",))


def test_a_published_version_cannot_be_published_again() -> None:
    draft = RosterVersion("v", 1, PlanningWindow(MONDAY, 7), RosterState.DRAFT, Roster(), frozenset(), NOON)
    published = draft.published(NOON, "ilse", Score())
    with pytest.raises(Refused, match="already published"):
        published.published(NOON, "ilse", Score())


def test_scores_compare_level_by_level() -> None:
    assert Score(0, 5, 900) < Score(0, 6, 0) < Score(1, 0, 0)


def test_a_problem_survives_the_trip_to_another_process_and_refuses_strangers() -> None:
    window = PlanningWindow(MONDAY, 7)
    shifts = tuple(REQUEST.shifts(Days(window.first, window.end), AMSTERDAM))
    venue, activity = Venue("lydia", "Lydia", "house", "zuid"), ActivityType("drop_in", "Inloop", "host")
    problem = Problem(window, (Expert("noor"),), (venue,), (), (activity,), shifts)
    assert pickle.loads(pickle.dumps(problem)) == problem
    with pytest.raises(InvalidValue, match="names venue"):
        replace(problem, venues=())
    with pytest.raises(InvalidValue, match="outside the planning window"):
        replace(problem, window=PlanningWindow(MONDAY + timedelta(days=7), 7))


@pytest.mark.parametrize(("num", "said"), [(0, "0 places in Pijp"), (1, "1 place in Pijp"), (2, "2 places in Pijp")])
def test_a_sentence_about_a_number_of_things_knows_one_from_more(num: int, said: str) -> None:
    assert str(counted("%(num)s place in %(name)s", "%(num)s places in %(name)s", num, name="Pijp")) == said
