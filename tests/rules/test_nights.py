"""What is one night, for those who count nights?"""

from typing import Any

import pytest

from scheduler.domain.roster import Assignment, Roster
from scheduler.rules.nights_in_a_row import NightsInARow
from scheduler.rules.nights_in_thirteen_weeks import NightsInThirteenWeeks
from scheduler.rules.rule import Rule
from tests.builders import expert, problem, shift, worked
from tests.rules.agreement import declared, said

HOURS: Any = {"labour_limits_for_all": True, "night_begins_minute": 0, "night_ends_minute": 360}


@pytest.mark.parametrize("rule", [NightsInARow(2, **HOURS), NightsInThirteenWeeks(2, **HOURS)], ids=lambda r: r.name)
def test_a_night_that_was_worked_in_two_shifts_is_one_night(rule: Rule) -> None:
    noor, late = expert("noor", limits={"nights": True}), shift("mon 00:30-05:00", id="late")
    roster = Roster(frozenset({Assignment("noor", "late")}))
    before = [worked("noor", "w0 sun 00:30-02:00"), worked("noor", "w0 sun 03:00-05:00")]
    for history, breaks in ((before, False), ([*before, worked("noor", "w0 sat 00:30-05:00")], True)):
        world = problem([late], [noor], history=tuple(history))
        amount = said(rule, world, roster)
        assert (amount > 0) is breaks
        assert declared(rule, world, world, [roster]) == [amount]
