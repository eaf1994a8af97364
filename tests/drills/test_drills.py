"""Is nothing lost in the short form of each drill, and does each find the fault that was planted for it?"""

from collections.abc import Iterator

import pytest

from tests.drills.__main__ import DRILLS, Drill, perform
from tests.drills.report import Count, Result, details, table
from tests.drills.town import Yard

SEED = 2027


@pytest.fixture(scope="module")
def yard() -> Iterator[Yard]:
    """Where towns are made, on the embedded database."""
    with Yard("sqlite") as found:
        yield found


@pytest.mark.slow
@pytest.mark.parametrize("drill", DRILLS, ids=lambda drill: drill.name)
def test_nothing_is_lost_and_the_planted_fault_is_found(drill: Drill, yard: Yard) -> None:
    result = perform(drill, yard, drill.short, SEED, short=True)
    assert result.passed, details(result)


def test_a_drill_that_misses_its_planted_fault_or_tries_nothing_has_failed() -> None:
    blind = Result("d", "sqlite", 1, Count(5), {"cache": Count(5)}, 1.0)
    idle = Result("d", "sqlite", 1, Count(), {"cache": Count(5, ["lost"])}, 1.0)
    good = Result("d", "sqlite", 1, Count(5), {"cache": Count(5, ["lost"])}, 1.0)
    assert [result.passed for result in (blind, idle, good)] == [False, False, True]
    assert details(blind) == "d: the planted fault 'cache' was not found"
    assert table([good]).splitlines()[1].split()[:5] == ["d", "sqlite", "5", "5", "0"]
