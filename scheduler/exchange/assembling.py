"""Which domain values do the rows of a folder make, and which rows contradict each other?"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from zoneinfo import ZoneInfo

from scheduler.domain.cover import CoverRequest, RequestState
from scheduler.domain.errors import Sentence
from scheduler.domain.places import Travel
from scheduler.domain.responses import Answer
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.shifts import Shift, ShiftId
from scheduler.domain.time import DAY, Days, PlanningWindow
from scheduler.exchange import demand, limits, people
from scheduler.exchange.faults import Faults
from scheduler.exchange.reading import Row, Tables
from scheduler.exchange.region import Region
from scheduler.exchange.sheets import SHEETS

T = TypeVar("T")
REFERRED = ("neighbourhoods", "venues", "activities", "experts")


def region_of(tables: Tables, faults: Faults) -> Region | None:
    """The region that the rows make; None when anything is wrong, which `faults` then tells."""
    _check_references(tables, faults)
    if faults.total or not tables.get("agency"):
        return None
    region = _Assembly(tables, faults).region()
    if faults.total == 0 and region is not None:
        _check_shifts(region, tables, faults)
    return region if faults.total == 0 else None


def _check_references(tables: Tables, faults: Faults) -> None:
    """A fault per id that no row has, unless it may be of a row that could not be read: that is told where it is."""
    ids = {name: {row["id"] for row in tables.get(name, [])} for name in REFERRED}
    for file, line, column, value, sheet in _references(tables):
        target = f"{sheet}.csv"
        if value not in ids[sheet] and not faults.is_lost(target, value):
            faults.add(file, line, column, Sentence("There is no '%(id)s' in %(file)s.", {"id": value, "file": target}))


def _references(tables: Tables) -> Iterator[tuple[str, int, str, str, str]]:
    """(file, line, column, id, sheet in which it should be) of everything that refers to a sheet that is there."""
    for sheet in SHEETS:
        for column in (column for column in sheet.columns if column.refers in tables):
            for row in tables.get(sheet.name, []):
                value = row[column.name]
                named = sorted(value) if isinstance(value, frozenset) else [value] if value is not None else []
                for id in named:
                    yield sheet.file, row.line, column.name, id, column.refers
    for name, kinds in (("exclusions", people.EXCLUSION_SUBJECTS), ("wishes", people.WISH_SUBJECTS)):
        for row in tables.get(name, []):
            about = kinds.get(row["kind"])
            if about in tables:
                yield f"{name}.csv", row.line, "subject", row["subject"], about


@dataclass(frozen=True, slots=True)
class _Assembly:
    tables: Tables
    faults: Faults

    def each(self, sheet: str, make: Callable[[Row], T]) -> Iterable[T]:
        for row in self.tables.get(sheet, []):
            with self.faults.at(f"{sheet}.csv", row.line):
                yield make(row)

    def by_expert(self, sheet: str, make: Callable[[Row], T]) -> dict[str, tuple[T, ...]]:
        found: dict[str, list[T]] = defaultdict(list)
        for expert, value in self.each(sheet, lambda row: (row["expert"], make(row))):
            found[expert].append(value)
        return {expert: tuple(values) for expert, values in found.items()}

    def assignments(self, sheet: str) -> frozenset[Assignment]:
        return frozenset(Assignment(row["expert"], row["shift"]) for row in self.tables.get(sheet, []))

    def answered(self, answer: Answer) -> frozenset[Assignment]:
        rows = self.tables.get("declines", [])
        return frozenset(Assignment(row["expert"], row["shift"]) for row in rows if row["answer"] is answer)

    def shift(self, row: Row, zone: ZoneInfo, requests: frozenset[str]) -> Shift:
        """The shift of a row, with the request that left it behind when its id names one."""
        name, _ = split_id(row["id"])
        return replace(demand.shift_of(row, zone), request=name if name in requests else None)

    def region(self) -> Region | None:
        agency = self.tables["agency"][0]
        window: PlanningWindow | None = None
        with self.faults.at("agency.csv", None, "window_first"):
            window = PlanningWindow(agency["window_first"], agency["window_days"], agency["zone"])
        if window is None:
            return None
        zone, came = window.zone, window.midnight(-14)
        requests = frozenset(row["id"] for row in self.tables.get("requests", []))
        contracts, wrong = self.by_expert("contracts", people.contract_of), self.faults.total
        rolling = self.by_expert("rolling_limits", limits.rolling_limit_of)
        of = people.ExpertParts(
            contracts=contracts,
            qualifications=self.by_expert("qualifications", people.qualification_of),
            weekly=self.by_expert("availability", people.weekly_slot_of),
            exceptions=self.by_expert("exceptions", people.day_slot_of),
            exclusions=self.by_expert("exclusions", people.exclusion_of),
            wishes=self.by_expert("wishes", people.wish_of),
            dated_wishes=self.by_expert("dated_wishes", people.dated_wish_of),
            graded_limits=self.by_expert("graded_limits", limits.graded_limit_of),
            rolling_limits={} if wrong else rolling,
            activity_limits=self.by_expert("activity_limits", lambda row: (row["activity"], row["most_shifts"])),
            stand_by=self.by_expert("stand_by", people.stand_by_of),
        )
        return Region(
            agency=agency["name"],
            window=window,
            is_sample=agency["sample"],
            on_duty_name=agency["on_duty_name"],
            on_duty_phone=agency["on_duty_phone"],
            neighbourhoods=tuple(self.each("neighbourhoods", demand.neighbourhood_of)),
            venues=tuple(self.each("venues", demand.venue_of)),
            activities=tuple(self.each("activities", demand.activity_of)),
            experts=tuple(self.each("experts", lambda row: people.expert_of(row, of))),
            profiles=tuple(self.each("experts", people.profile_of)),
            requests=tuple(self.each("requests", lambda row: demand.request_of(row, came))),
            shifts=tuple(self.each("shifts", lambda row: self.shift(row, zone, requests))),
            travel=Travel(
                {(r["from_venue"], r["to_venue"], r["mode"]): r["minutes"] for r in self.tables.get("travel", [])}
            ),
            history=tuple(self.each("history", lambda row: demand.visit_of(row, zone))),
            pins=self.assignments("pins"),
            declines=self.answered(Answer.NO),
            accepted=self.answered(Answer.YES),
            talks=self.answered(Answer.TALK),
            published=Roster(self.assignments("roster")),
            accounts=tuple(self.each("accounts", lambda row: people.account_of(row, agency["sample"]))),
        )


def _check_shifts(region: Region, tables: Tables, faults: Faults) -> None:
    days = Days(region.window.first, region.window.end)
    requests = {request.id: request for request in region.requests}
    for row in tables.get("requests", []):
        with faults.at("requests.csv", row.line):
            requests[row["id"]].shifts(days, region.window.zone)
    for row in tables.get("shifts", []):
        if split_id(row["id"])[0] in requests and not _is_left_behind(requests, row["id"]):
            taken = Sentence("'%(id)s' is the id of a shift of a request.", {"id": row["id"]})
            faults.add("shifts.csv", row.line, "id", taken)
    single = {shift.id for shift in region.shifts}
    for name in ("pins", "declines", "roster"):
        for row in tables.get(name, []):
            if row["shift"] not in single and not _is_shift_of(requests, row["shift"]):
                unknown = Sentence("There is no shift '%(id)s' in shifts.csv or of requests.csv.", {"id": row["shift"]})
                faults.add(f"{name}.csv", row.line, "shift", unknown)


def _is_left_behind(requests: Mapping[str, CoverRequest], shift: ShiftId) -> bool:
    """Whether it is of a day of a request that does not make it any more."""
    name, day = split_id(shift)
    return day is not None and requests[name].recurrence.falls_on(day) and not _is_shift_of(requests, shift)


def _is_shift_of(requests: Mapping[str, CoverRequest], shift: ShiftId) -> bool:
    name, day = split_id(shift)
    request = requests.get(name)
    if request is None or day is None or request.state is not RequestState.ACCEPTED:
        return False
    return day in request.recurrence.dates(Days(day, day + DAY))


def split_id(shift: ShiftId) -> tuple[str, date | None]:
    """The request and day that the id of a request's shift names; ("", None) for any other id."""
    request, _, day = shift.rpartition("-")
    if not request or len(day) != 8 or not day.isdigit():
        return "", None
    try:
        return request, date.fromisoformat(day)
    except ValueError:
        return "", None
