"""What is a solution of a public instance worth? Plain Python over the text and the CSV; shares no code with ours."""

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

Cell = tuple[str, int]
"""An employee and a day."""


@dataclass(frozen=True)
class Checked:
    """The objective of the public format, and one line per broken hard constraint."""

    objective: int
    broken: list[str]


@dataclass
class Employee:
    """A row of SECTION_STAFF with the days off."""

    caps: dict[str, int]
    most_minutes: int
    least_minutes: int
    longest_run: int
    shortest_run: int
    shortest_rest: int
    most_weekends: int
    off: set[int] = field(default_factory=set)


@dataclass
class PublicInstance:
    """The sections of an instance as the format describes them."""

    days: int
    minutes: dict[str, int]
    never_next: dict[str, set[str]]
    staff: dict[str, Employee]
    wanted: list[tuple[str, int, str, int]]
    unwanted: list[tuple[str, int, str, int]]
    cover: list[tuple[int, str, int, int, int]]


def check_files(instance: Path, solution: Path) -> Checked:
    """Judge a solution file."""
    with solution.open(newline="") as file:
        rows = [(row["employee"], int(row["day"]), row["shift"]) for row in csv.DictReader(file)]
    return check(read(instance.read_text()), rows)


def read(text: str) -> PublicInstance:
    """The instance of a text that is known to be good."""
    part: dict[str, list[list[str]]] = defaultdict(list)
    name = ""
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith("SECTION_"):
            name = line[8:]
        elif line and not line.startswith("#"):
            part[name].append(line.split(","))
    staff = {row[0]: _employee(row) for row in part["STAFF"]}
    for row in part["DAYS_OFF"]:
        staff[row[0]].off |= {int(day) for day in row[1:] if day}
    return PublicInstance(
        days=int(part["HORIZON"][0][0]),
        minutes={row[0]: int(row[1]) for row in part["SHIFTS"]},
        never_next={row[0]: {kind for kind in row[2].split("|") if kind} for row in part["SHIFTS"]},
        staff=staff,
        wanted=[(row[0], int(row[1]), row[2], int(row[3])) for row in part["SHIFT_ON_REQUESTS"]],
        unwanted=[(row[0], int(row[1]), row[2], int(row[3])) for row in part["SHIFT_OFF_REQUESTS"]],
        cover=[(int(row[0]), row[1], int(row[2]), int(row[3]), int(row[4])) for row in part["COVER"]],
    )


def _employee(row: list[str]) -> Employee:
    caps = dict(item.split("=") for item in row[1].split("|") if item)
    most, least, longest, shortest, rest, weekends = map(int, row[2:8])
    return Employee(
        {kind: int(number) for kind, number in caps.items()}, most, least, longest, shortest, rest, weekends
    )


def check(instance: PublicInstance, rows: list[tuple[str, int, str]]) -> Checked:
    """Judge rows of (employee, day, shift)."""
    broken = [f"{who} works twice on day {day}" for (who, day), kinds in _by_cell(rows).items() if len(kinds) > 1]
    for who, employee in instance.staff.items():
        mine = {day: kind for name, day, kind in rows if name == who}
        broken += [f"{who}: {what}" for what in _breaches(instance, employee, mine)]
    return Checked(_objective(instance, rows), broken)


def _by_cell(rows: list[tuple[str, int, str]]) -> dict[Cell, list[str]]:
    found: dict[Cell, list[str]] = defaultdict(list)
    for who, day, kind in rows:
        found[who, day].append(kind)
    return found


def _breaches(instance: PublicInstance, employee: Employee, mine: dict[int, str]) -> list[str]:
    found = [f"day {day} is off" for day in mine if day in employee.off]
    minutes = sum(instance.minutes[kind] for kind in mine.values())
    if not employee.least_minutes <= minutes <= employee.most_minutes:
        found.append(f"{minutes} minutes")
    for kind, most in employee.caps.items():
        if list(mine.values()).count(kind) > most:
            found.append(f"more than {most} of {kind}")
    for day, kind in mine.items():
        if mine.get(day + 1) in instance.never_next[kind]:
            found.append(f"{mine[day + 1]} after {kind} on day {day}")
    if len({day // 7 for day in mine if day % 7 >= 5}) > employee.most_weekends:
        found.append("too many weekends")
    return found + _wrong_runs(instance.days, employee, set(mine))


def _wrong_runs(days: int, employee: Employee, worked: set[int]) -> list[str]:
    found = []
    for works, group in groupby(range(days), key=lambda day: day in worked):
        run = list(group)
        inside = run[0] > 0 and run[-1] < days - 1
        shortest = employee.shortest_run if works else employee.shortest_rest
        if inside and len(run) < shortest:
            found.append(f"run of {len(run)} from day {run[0]}")
        if works and len(run) > employee.longest_run:
            found.append(f"{len(run)} work days in a row from day {run[0]}")
    return found


def _objective(instance: PublicInstance, rows: list[tuple[str, int, str]]) -> int:
    worked = set(rows)
    total = sum(weight for who, day, kind, weight in instance.wanted if (who, day, kind) not in worked)
    total += sum(weight for who, day, kind, weight in instance.unwanted if (who, day, kind) in worked)
    for day, kind, required, under, over in instance.cover:
        people = sum(1 for _, d, k in worked if (d, k) == (day, kind))
        total += max(0, required - people) * under + max(0, people - required) * over
    return total
