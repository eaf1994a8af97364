"""Can racing planners put one person in two places at once? The database itself must refuse it. (P04)"""

import multiprocessing
import random
from functools import partial
from typing import Any

from sqlalchemy import text

from scheduler.domain.errors import Refused
from scheduler.domain.roster import Assignment
from scheduler.store import Database, Work, open_database
from tests.drills.report import Count
from tests.drills.town import Yard

RACERS = 4
TRIES = 40
GUARDS = {
    "sqlite": [f"DROP TRIGGER ex_booking_overlap_{moment}" for moment in ("insert", "update")],
    "postgresql": ["ALTER TABLE booking DROP CONSTRAINT ex_booking_overlap"],
}
OVERLAPS = (
    "SELECT count(*) FROM booking a JOIN booking b ON a.expert_id = b.expert_id AND a.shift_id < b.shift_id "
    "AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at"
)
MEETS = text(
    "SELECT count(*) FROM booking b JOIN shift s ON b.starts_at < s.ends_at AND s.starts_at < b.ends_at "
    "WHERE s.id = :shift AND b.expert_id = :expert"
)


def run(yard: Yard, rounds: int, rng: random.Random, fault: str = "") -> Count:
    """Four processes look whether somebody is free and book her a moment later; the planted fault drops the guard."""
    found = Count()
    with yard.town() as town:
        if fault == "no_guard":
            for guard in GUARDS[yard.engine]:
                _execute(town.app.database, guard)
        for _ in range(rounds):
            _execute(town.app.database, "DELETE FROM booking")
            booked, refused = _race(town.url, _wishes(town.app.database, rng))
            found.attempts += booked + refused
            found.add("booked", booked)
            found.add("refused by the database", refused)
            with town.app.database.reading() as work:
                pairs = work.settings._session.scalar(text(OVERLAPS))
            found.faults += ["somebody is in two places at once"] * int(pairs or 0)
            if fault and found.lost:
                break
    return found


def _wishes(database: Database, rng: random.Random) -> list[list[Assignment]]:
    """What each racer wants: the same people on shifts at about the same time."""
    with database.reading() as work:
        days: dict[Any, list[str]] = {}
        for shift in work.shifts.all():
            days.setdefault(shift.span.start.date(), []).append(shift.id)
        experts = sorted(expert.id for expert in work.experts.all())
    busy = sorted((shifts for shifts in days.values() if len(shifts) >= RACERS), key=len, reverse=True)[:8]
    lanes: list[list[Assignment]] = [[] for _ in range(RACERS)]
    for _ in range(TRIES):
        expert, shifts = rng.choice(experts), rng.sample(rng.choice(busy), RACERS)
        for lane, wanted in zip(lanes, shifts, strict=True):
            lane.append(Assignment(expert, wanted))
    return lanes


def _race(url: str, lanes: list[list[Assignment]]) -> tuple[int, int]:
    context = multiprocessing.get_context("spawn")
    gate, told = context.Barrier(len(lanes)), context.Queue()
    racers = [context.Process(target=_book_all, args=(url, lane, gate, told)) for lane in lanes]
    for racer in racers:
        racer.start()
    outcomes = [told.get(timeout=120) for _ in racers]
    for racer in racers:
        racer.join()
    return sum(booked for booked, _ in outcomes), sum(refused for _, refused in outcomes)


def _book_all(url: str, wishes: list[Assignment], gate: Any, told: Any) -> None:
    """One racer: look together, then book together."""
    database, booked, refused = open_database(url), 0, 0
    for wish in wishes:
        with database.reading() as work:
            is_free = not work.settings._session.scalar(MEETS, {"shift": wish.shift, "expert": wish.expert})
        gate.wait(60)
        if is_free:
            try:
                database.write(partial(_book, wish))
                booked += 1
            except Refused:
                refused += 1
        gate.wait(60)
    database.close()
    told.put((booked, refused))


def _book(wish: Assignment, work: Work) -> None:
    work.bookings.add(wish)


def _execute(database: Database, statement: str) -> None:
    with database.writing() as work:
        work.settings._session.execute(text(statement))
