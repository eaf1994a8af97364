"""Does every rule say why somebody cannot in a few words, with neither the person nor the shift in them?"""

import pytest

from scheduler.domain.errors import Sentence
from scheduler.domain.people import ExpertId
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.score import Level
from scheduler.domain.shifts import ShiftId
from scheduler.rules.ground import FOR_RUNS_ONLY
from scheduler.rules.recommend import who_can
from tests.builders import problem, roster, shift, worked
from tests.rules.faults import RULES, Fault, collections, own
from tests.rules.test_planted_faults import FAULTS

HERE = {
    "availability": "not available",
    "contract": "has no contract on that day",
    "role": "is no host",
    "required_language": "does not speak ar",
    "required_qualification": "has no valid training as first_aid",
    "declines": "said no to this shift",
    "overlap": "already works then (s1)",
    "home_distance": "lives too far away: 93 minutes to travel, the limit is 30",
    "daily_rest": "would not get 11 hours of rest (s1)",
    "weekly_rest": "would not get 72 hours of rest in two weeks",
    "longest_shift": "works at most 8 hours in one shift; this one lasts 8.02",
    "hours_a_day": "would go over the limit of 10 hours on this day",
    "hours_a_week": "would go over the limit of 5 hours this week",
    "hours_in_four_weeks": "would go over the limit of 200 hours in four weeks",
    "days_in_a_row": "would go over the limit of days in a row: 6",
    "shifts_a_week": "would go over the limit of shifts this week: 10",
    "contract_hours": "would go over the 3 hours of the contract this week",
}
PRIVATE = {rule.name: "not available" for rule in RULES if rule.private and rule.level is Level.HARD}
IN_SHORT = PRIVATE | HERE | {rule: said for file in collections() for rule, said in file.IN_SHORT.items()}


def refusals(fault: Fault) -> list[tuple[ExpertId, ShiftId, Sentence]]:
    """Why the person of the fault cannot take each of its shifts when she has the others already."""
    rule = next(rule for rule in fault.rules if rule.name == fault.rule)
    found = []
    for violation in rule.violations(fault.problem, fault.bad):
        who = violation.experts[0]
        for one in reversed(violation.shifts):
            rest = Roster(fault.bad.assignments - {Assignment(who, one)})
            found.append((who, one, dict(who_can(fault.problem, rest, one, fault.rules).cannot)[who]))
    return found


def test_every_rule_about_people_says_why_not_in_a_few_words() -> None:
    about_people = [rule.name for rule in RULES if rule.level is Level.HARD and not isinstance(rule, FOR_RUNS_ONLY)]
    first = {fault.rule: fault for fault in reversed(FAULTS)}
    assert {name: str(refusals(first[name])[0][2]) for name in about_people} == IN_SHORT


@pytest.mark.parametrize("fault", [f for f in FAULTS if f.rule in IN_SHORT], ids=lambda fault: fault.rule)
def test_a_short_reason_names_neither_the_person_nor_the_shift(fault: Fault) -> None:
    for who, one, said in refusals(fault):
        assert not {who, one} & {str(value) for value in said.values.values()}
        assert said.text[0].islower()
        assert not said.text.endswith(".")


def test_the_other_shift_stands_in_the_reason_whichever_of_the_two_is_asked() -> None:
    told = {str(said) for fault in FAULTS if fault.rule == "overlap" for _, _, said in refusals(fault)}
    assert told >= {
        "already works then (s1)",
        "already works then (s2)",
        "has too little time to travel from an earlier shift (s1)",
        "has too little time to travel to a later shift (s2)",
    }


def test_work_before_the_window_is_in_the_way_without_a_name() -> None:
    night = (worked("noor", "w0 sun 22:00-02:00"),)
    made = problem([shift("mon 01:00-03:00"), shift("mon 09:00-12:00")], [own(nights=True)], history=night)
    told = [str(dict(who_can(made, roster(), one, RULES).cannot)["noor"]) for one in ("s1", "s2")]
    assert told == ["already works then", "would not get 11 hours of rest"]
