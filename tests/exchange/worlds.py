"""Small regions for the tests of files: as text that a person could have typed, and drawn at random."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from scheduler.domain.accounts import Account, AccountRole
from scheduler.domain.availability import Availability, AvailabilityLevel, DaySlot, WeeklySlot
from scheduler.domain.contracts import Contract, ContractKind
from scheduler.domain.cover import CoverRequest, Recurrence, Repeat, RequestState
from scheduler.domain.history import Visit
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
from scheduler.domain.places import Place, Travel, TravelMode
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.shifts import Demand, Priority, Shift
from scheduler.domain.stand_by import DayPart, StandBy
from scheduler.domain.time import Days, Fold, PlanningWindow, local_span
from scheduler.domain.venues import ActivityType, Neighbourhood, Venue
from scheduler.exchange.region import Region

TYPED = {
    "agency": "key,value\nname,Bureau Test\nwindow_first,2027-03-22\n",
    "neighbourhoods": "id,name,need\nzuid,Zuid,120\n",
    "venues": "id,name,kind,neighbourhood,latitude,longitude\nlydia,Lydia,neighbourhood_house,zuid,52.35,4.88\n",
    "activities": "id,name,role\ndrop_in,Inloop,host\n",
    "experts": "id,first_name,roles,wished_hours_week\nnoor,Noor,host,7.5\nsam,Sam,host,12\n",
    "availability": "expert,weekday,start,end,level\nnoor,mon,09:00,13:00,wanted\nsam,mon,09:00,24:00,neutral\n",
    "requests": "id,venue,activity,first,repeat,start,end\nr1,lydia,drop_in,2027-03-22,weekly,09:30,12:30\n",
    "shifts": "id,venue,activity,date,start,end\ns1,lydia,drop_in,2027-03-23,13:30,16:30\n",
    "pins": "expert,shift\nnoor,r1-20270322\n",
}


def typed(**changed: str | bytes | None) -> dict[str, bytes]:
    """The files of TYPED with some replaced, added, or left out (None)."""
    files = {**TYPED, **changed}
    return {
        f"{name}.csv": text.encode() if isinstance(text, str) else text
        for name, text in files.items()
        if text is not None
    }


def with_row(name: str, row: str) -> dict[str, bytes]:
    """The files of TYPED with one more row in one of them."""
    return typed(**{name: TYPED[name] + row + "\n"})


ZONE = ZoneInfo("Europe/Amsterdam")
ids = st.from_regex(r"[a-zA-Z0-9][a-z0-9_.-]{0,8}", fullmatch=True)
nasty = st.sampled_from(
    [
        "=1+1",
        "@SUM(A1)",
        "+31 6",
        "-",
        "O'Brien",
        "Ñandú",
        "Şükrü",
        "Ĳsbrand",
        "e\u0301",
        "van 't Hof",
        '"',
        ";",
        ",",
        "😀",
        "a\tb",
    ]
)
names = st.one_of(nasty, st.text(min_size=1, max_size=30).filter(lambda text: any(map(str.isalnum, text))))
levels = st.sampled_from(AvailabilityLevel)
minutes = st.integers(0, 24 * 60 - 1)
clocks = minutes.map(lambda n: time(n // 60, n % 60))
days = st.dates(date(2026, 10, 1), date(2027, 11, 30))
instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))


@st.composite
def clock_pairs(draw: st.DrawFn) -> tuple[time, time]:
    """A start and a later end of one day, the end perhaps midnight."""
    start, end = sorted(draw(st.sets(st.integers(0, 24 * 60), min_size=2, max_size=2)))
    return time(start // 60, start % 60), time(end // 60 % 24, end % 60)


@st.composite
def periods(draw: st.DrawFn) -> Days:
    """A period, with or without end."""
    first = draw(days)
    return Days(first, draw(st.none() | st.integers(1, 900).map(lambda n: first + timedelta(days=n))))


def some(values: st.SearchStrategy[str]) -> st.SearchStrategy[frozenset[str]]:
    """A few of them."""
    return st.frozensets(values, max_size=3)


@st.composite
def graded_limits(draw: st.DrawFn) -> tuple[GradedLimit, ...]:
    """Any graded limits, at most one for a period."""
    periods = draw(st.lists(st.sampled_from(Period), unique=True, max_size=2))
    amounts = st.none() | st.integers(1, 500)
    return tuple(GradedLimit(period, least_minutes=draw(amounts), most_cents=draw(amounts)) for period in periods)


@st.composite
def rolling_limits(draw: st.DrawFn) -> tuple[RollingLimit, ...]:
    """Any rolling limits, at most one for a length."""
    lengths = draw(st.lists(st.integers(1, 366), unique=True, max_size=2))
    whole = st.none() | st.integers(0, 300)
    return tuple(RollingLimit(length, draw(whole), draw(whole), draw(whole)) for length in lengths)


dated_wishes = st.builds(DatedWish, days, st.sampled_from(Wish), st.none() | st.just("a"), st.integers(1, 10_000))


@st.composite
def experts(draw: st.DrawFn, id: str, venue: str) -> Expert:
    """Any expert."""
    weekly = draw(st.dictionaries(st.tuples(st.integers(0, 6), clock_pairs()), levels, max_size=3))
    first = draw(days)
    home = draw(st.none() | st.builds(Place, st.floats(50, 54), st.floats(3, 8)))
    whole = st.none() | st.integers(0, 500)
    by_start = {(day, clock[0]): WeeklySlot(day, *clock, level) for (day, clock), level in weekly.items()}
    return Expert(
        id,
        roles=draw(some(ids)),
        qualifications=tuple(draw(st.lists(st.builds(Qualification, ids, periods()), max_size=1))),
        languages=draw(some(ids)),
        themes=draw(some(ids)),
        contracts=(
            Contract(
                draw(st.sampled_from(ContractKind)),
                draw(periods()),
                60,
                draw(st.integers(60, 2400)),
                rolling=draw(rolling_limits()),
                minimum_minutes_a_window=draw(st.integers(0, 900)),
                maximum_minutes_a_window=draw(st.none() | st.integers(900, 9000)),
                one_shift_a_day=draw(st.booleans()),
            ),
        ),
        availability=Availability(
            tuple(by_start.values()),
            tuple(DaySlot(first, first, level, *draw(clock_pairs())) for level in draw(st.lists(levels, max_size=2))),
            draw(levels),
        ),
        limits=PersonalLimits(
            minutes_a_day=draw(whole),
            cents_a_month=draw(whole),
            cents_a_year=draw(whole),
            nights=draw(st.booleans()),
            holidays=draw(st.none() | st.sampled_from(OnHolidays)),
            start_difference_minutes=draw(whole),
            load_points_a_week=draw(whole),
            days_between_heavy=draw(st.none() | st.integers(0, 9)),
            graded=draw(graded_limits()),
            shifts_a_week=draw(st.none() | st.integers(0, 9)),
            earliest_start=draw(st.none() | clocks),
            quiet_places_only=draw(st.booleans()),
            opens_alone=draw(st.booleans()),
            stand_bys_a_month=draw(st.none() | st.integers(0, 9)),
            least_days_in_a_row=draw(st.none() | st.integers(1, 366)),
            least_days_off_in_a_row=draw(st.none() | st.integers(1, 366)),
            weekends_a_window=draw(st.none() | st.integers(0, 60)),
            shifts_of_activity=draw(st.sampled_from([(), (("a", 0),), (("a", 7),)])),
        ),
        exclusions=draw(st.sampled_from([(), (Exclusion(ExclusionKind.DAY, "2027-03-28"),)])),
        home=home and home.rounded(),
        travel_mode=draw(st.sampled_from(TravelMode)),
        wished_minutes_a_week=draw(st.none() | st.integers(0, 2400)),
        venue_wishes=draw(st.sampled_from([(), ((venue, Wish.GLADLY),)])),
        dated_wishes=tuple(draw(st.lists(dated_wishes, max_size=3, unique_by=lambda wish: (wish.day, wish.activity)))),
        wanted_colleagues=draw(st.sampled_from([frozenset(), frozenset({id})])),
        stand_by=draw(st.frozensets(st.builds(StandBy, st.sampled_from(DayPart), st.just("n")), max_size=2)),
        hour_cents=draw(whole),
    )


points = st.none() | st.integers(0, 1_000_000)


@st.composite
def shifts(draw: st.DrawFn, id: str, venue: str, activity: str) -> Shift:
    """Any shift, often in a night in which the clock changes."""
    day = draw(st.sampled_from([date(2027, 3, 27), date(2027, 10, 30), date(2027, 10, 31)]) | days)
    start, end = draw(
        st.sampled_from([(time(22), time(7)), (time(2, 30), time(6)), (time(18), time())]) | clock_pairs()
    )
    skipped = day == date(2027, 3, 28) or (day == date(2027, 3, 27) and end <= start)
    if start == end or (skipped and (2 in {start.hour, end.hour})):
        start, end = time(9), time(10)
    return Shift(
        id,
        venue,
        activity,
        local_span(day, start, end, ZONE, draw(st.sampled_from(Fold))),
        Demand(draw(st.integers(1, 5)), draw(st.integers(0, 2)), draw(points), draw(points)),
        draw(st.sampled_from(Priority)),
        required_languages=draw(some(ids)),
        themes=draw(some(ids)),
        required_qualification=draw(st.none() | ids),
    )


@st.composite
def requests(draw: st.DrawFn, id: str, venue: str, activity: str) -> CoverRequest:
    """Any request, at a time that exists on every day."""
    first, came = draw(days), draw(instants)
    until = draw(st.none() | st.integers(0, 90).map(lambda n: first + timedelta(days=n)))
    return CoverRequest(
        id,
        venue,
        activity,
        Recurrence(first, draw(st.sampled_from(Repeat)), until, draw(st.frozensets(days, max_size=2))),
        time(9, draw(st.integers(0, 59))),
        draw(st.sampled_from([time(12), time(), time(8)])),
        submitted_at=came,
        answer_due_at=came + timedelta(hours=4),
        headcount=draw(st.integers(1, 20)),
        priority=draw(st.sampled_from(Priority)),
        languages=draw(some(ids)),
        note=draw(names | st.just("eerst\ndan")),
        state=draw(st.sampled_from(RequestState)),
        answered_at=draw(st.none() | instants),
        answer=draw(st.just("") | names),
    )


never = st.sampled_from([frozenset(), frozenset({"a"})])


@st.composite
def regions(draw: st.DrawFn) -> Region:
    """Any small region, with names that hurt."""
    venue_ids = sorted(draw(st.sets(ids, min_size=1, max_size=3)))
    expert_ids = sorted(draw(st.sets(ids, min_size=1, max_size=3)))
    people = tuple(draw(experts(id, venue_ids[0])) for id in expert_ids)
    single = tuple(draw(shifts(f"s.{n}", venue_ids[0], "a")) for n in range(draw(st.integers(0, 3))))
    worked = [v for v in (draw(visits(id, venue_ids[0])) for id in expert_ids) if v is not None]
    pairs = frozenset(Assignment(expert_ids[0], shift.id) for shift in single)
    said = draw(answers([Assignment(expert_ids[-1], shift.id) for shift in single]))
    return Region(
        agency=draw(names),
        window=PlanningWindow(draw(st.sampled_from([date(2027, 3, 8), date(2027, 10, 25)])), 28),
        is_sample=draw(st.booleans()),
        neighbourhoods=(Neighbourhood("n", draw(names), draw(st.integers(1, 1000))),),
        venues=tuple(
            Venue(
                id,
                draw(names),
                "house",
                "n",
                Place(52.1, 4.123456),
                address=draw(names),
                attributes=draw(some(ids)),
                minutes_a_month=draw(st.none() | st.integers(0, 60_000)),
                budget_is_hard=draw(st.booleans()),
            )
            for id in venue_ids
        ),
        activities=(
            ActivityType(
                "a",
                draw(names),
                "host",
                two_present=draw(st.booleans()),
                stand_by=draw(st.booleans()),
                never_before=draw(never),
            ),
        ),
        experts=people,
        profiles=tuple(
            Profile(id, draw(names), draw(st.just("") | names), f"{id}.{n}@x.nl") for n, id in enumerate(expert_ids)
        ),
        requests=tuple(draw(requests(f"r.{n}", venue_ids[0], "a")) for n in range(draw(st.integers(0, 3)))),
        shifts=single,
        travel=Travel({(venue_ids[0], venue_ids[-1], TravelMode.BIKE): 7}),
        history=tuple(worked),
        pins=pairs,
        declines=said["declines"],
        accepted=said["accepted"],
        talks=said["talks"],
        published=Roster(pairs),
        accounts=(Account("p", "Ilse@X.nl", draw(names), AccountRole.PLANNER, is_sample=False),),
    )


@st.composite
def answers(draw: st.DrawFn, pairs: list[Assignment]) -> dict[str, frozenset[Assignment]]:
    """Each of these has any of the answers."""
    found: dict[str, set[Assignment]] = {"declines": set(), "accepted": set(), "talks": set()}
    for pair in pairs:
        found[draw(st.sampled_from(sorted(found)))].add(pair)
    return {name: frozenset(held) for name, held in found.items()}


@st.composite
def visits(draw: st.DrawFn, expert: str, venue: str) -> Visit:
    """Any past shift."""
    shift = draw(shifts("past", venue, "a"))
    worked = WorkedMinutes(expert, shift.span.start, shift.span.end, draw(st.sampled_from([None, "a"])))
    return Visit(worked, draw(st.sampled_from([None, venue])))


def as_sample(region: Region) -> Region:
    """The region with the mark of its agency on its accounts, as reading gives it."""
    return replace(region, accounts=tuple(replace(a, is_sample=region.is_sample) for a in region.accounts))
