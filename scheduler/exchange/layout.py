"""Which rows, in which files, does a region lay out; and how does a folder become a region or a region a folder?"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scheduler.domain.roster import Assignment
from scheduler.exchange import demand, people
from scheduler.exchange import limits as own_limits
from scheduler.exchange.assembling import region_of
from scheduler.exchange.faults import Fault, Faults, Limits
from scheduler.exchange.reading import files_of, read_tables
from scheduler.exchange.region import Region
from scheduler.exchange.writing import Layout, files_bytes, write_files


@dataclass(frozen=True)
class Reading:
    """What came of reading a folder: a region when there are no faults; `total` counts also faults not listed."""

    region: Region | None
    faults: tuple[Fault, ...]
    total: int
    warnings: tuple[Fault, ...]
    counts: Mapping[str, int]


def read_region(source: Path | Mapping[str, bytes], limits: Limits | None = None) -> Reading:
    """Read a folder, or its files by name; nothing but the answer comes of it."""
    limits = limits or Limits()
    faults = Faults(limits.shown)
    files = files_of(source, limits, faults) if isinstance(source, Path) else source
    tables = read_tables(files, limits, faults) if files or not faults.total else {}
    region = region_of(tables, faults)
    counts = {name: len(rows) for name, rows in tables.items()}
    return Reading(region, tuple(faults.faults), faults.total, tuple(faults.warnings), counts)


def region_files(region: Region) -> dict[str, bytes]:
    """The files of a region by name; reading them gives an equal region, and the same bytes again."""
    return files_bytes(layout_of(region))


def write_region(region: Region, folder: Path) -> None:
    """Make a folder hold exactly this region."""
    write_files(folder, region_files(region))


def layout_of(region: Region) -> Layout:
    """The rows of every sheet."""
    zone = region.window.zone
    profiles = {profile.expert: profile for profile in region.profiles}
    agency = {
        "name": region.agency,
        "zone": region.window.zone_name,
        "window_first": region.window.first,
        "window_days": region.window.days,
        "on_duty_name": region.on_duty_name,
        "on_duty_phone": region.on_duty_phone,
        "sample": region.is_sample,
    }
    overrides = sorted((a, b, mode, minutes) for (a, b, mode), minutes in region.travel.overrides.items())
    return {
        "agency": [agency],
        "neighbourhoods": [demand.neighbourhood_row(value) for value in region.neighbourhoods],
        "venues": [demand.venue_row(value) for value in region.venues],
        "activities": [demand.activity_row(value) for value in region.activities],
        "experts": [people.expert_row(value, profiles[value.id]) for value in region.experts],
        "contracts": [row for expert in region.experts for row in people.contract_rows(expert)],
        "qualifications": [row for expert in region.experts for row in people.qualification_rows(expert)],
        "availability": [row for expert in region.experts for row in people.weekly_slot_rows(expert)],
        "exceptions": [row for expert in region.experts for row in people.day_slot_rows(expert)],
        "exclusions": [row for expert in region.experts for row in people.exclusion_rows(expert)],
        "wishes": [row for expert in region.experts for row in people.wish_rows(expert)],
        "dated_wishes": [row for expert in region.experts for row in people.dated_wish_rows(expert)],
        "activity_limits": [row for expert in region.experts for row in people.activity_limit_rows(expert)],
        "stand_by": [row for expert in region.experts for row in people.stand_by_rows(expert)],
        "graded_limits": [row for expert in region.experts for row in own_limits.graded_limit_rows(expert)],
        "rolling_limits": [row for expert in region.experts for row in own_limits.rolling_limit_rows(expert)],
        "requests": [demand.request_row(value) for value in region.requests],
        "shifts": [demand.shift_row(value, zone) for value in region.shifts],
        "travel": [
            {"from_venue": a, "to_venue": b, "mode": mode, "minutes": minutes} for a, b, mode, minutes in overrides
        ],
        "history": [demand.visit_row(value, zone) for value in region.history],
        "pins": assignment_rows(region.pins),
        "declines": answer_rows(region),
        "roster": assignment_rows(region.published.assignments),
        "accounts": [people.account_row(value) for value in region.accounts],
    }


def answer_rows(region: Region) -> list[dict[str, Any]]:
    """The rows of the answers, by shift and expert."""
    found = [(a.shift, a.expert, answer) for answer, pairs in region.answers.items() for a in pairs]
    return [{"expert": expert, "shift": shift, "answer": answer} for shift, expert, answer in sorted(found)]


def assignment_rows(assignments: frozenset[Assignment]) -> list[dict[str, Any]]:
    """The rows of a file of assignments, by shift and expert."""
    ordered = sorted(assignments, key=lambda a: (a.shift, a.expert))
    return [{"expert": a.expert, "shift": a.shift} for a in ordered]
