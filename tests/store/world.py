"""What stands in the database of a test? The world of a problem, a draft of a roster, and raw SQL past the store."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text

from scheduler.domain.people import Profile
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster, RosterState, RosterVersion
from scheduler.domain.score import Score
from scheduler.domain.time import PlanningWindow
from scheduler.store import Database, Work
from tests.builders import JANUARY, expert, problem, shift

NOW = datetime(2026, 12, 20, 9, tzinfo=UTC)


def small_problem() -> Problem:
    """Two experts and four shifts on one day: s1 meets s2, s3 begins when s1 ends, s4 is a week later."""
    return problem(
        experts=[expert("noor"), expert("sam")],
        shifts=[
            shift("mon 09:00-12:00"),
            shift("mon 11:00-13:00", venue="pinto"),
            shift("mon 12:00-15:00"),
            shift("w2 mon 09:00-12:00"),
        ],
    )


def store_problem(work: Work, given: Problem) -> None:
    """Everything a problem holds that is not a decision."""
    work.neighbourhoods.add_all(given.neighbourhoods)
    work.venues.add_all(given.venues)
    work.activities.add_all(given.activities)
    work.experts.add_all(given.experts)
    work.experts.put_profiles(Profile(e.id, e.id.title()) for e in given.experts)
    work.shifts.add_all(given.shifts)


def fill(database: Database) -> Problem:
    """Store the small problem."""
    given = small_problem()
    with database.writing() as work:
        store_problem(work, given)
    return given


def draft(
    roster: Roster, *pinned: Assignment, id: str = "d1", number: int = 1, window: PlanningWindow = JANUARY
) -> RosterVersion:
    """A draft that was not stored yet."""
    return RosterVersion(id, number, window, RosterState.DRAFT, roster, frozenset(pinned), NOW)


def publish(database: Database, version: RosterVersion) -> RosterVersion:
    """Store a draft and publish it at once."""
    published = version.published(NOW, "ada", Score(0, 10, -3))
    with database.writing() as work:
        work.rosters.add(version)
        work.rosters.publish(published, version.edition)
    with database.reading() as work:
        return work.rosters.get(version.id)


def run_sql(database: Database, statement: str, **values: Any) -> list[Any]:
    """Execute SQL past the store, as an intruder or a careless script would; rows where there are any."""
    with database._engines.writing.begin() as connection:
        result = connection.execute(text(statement), values)
        return list(result) if result.returns_rows else []
