"""How do the sentences of the rules read in Dutch: places and times of other shifts, hours, months and money?"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from scheduler.domain.errors import Sentence
from scheduler.domain.people import Profile
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.rules.analysis import analyse
from scheduler.rules.reasons import explain_to_herself
from scheduler.rules.recommend import who_can, why_empty
from scheduler.services.names import Names
from scheduler.services.views import ShiftLabel
from tests.rules.faults import Fault
from tests.rules.test_planted_faults import FAULTS
from tests.web.messages import dutch
from tests.web.site import Site
from web import present

NOON = datetime(2027, 1, 6, 12, 30, tzinfo=UTC)
THEN = "already works then (%(other)s)"


def label(start: datetime) -> ShiftLabel:
    return ShiftLabel("s1", "house", "Het Gildehuis", "meal", "Eettafel", start, start + timedelta(hours=3))


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "werkt dan al (Het Gildehuis, 13:30)"), (-1, "werkt dan al (Het Gildehuis, di 13:30)")],
)
def test_beside_a_name_another_shift_is_its_place_and_start(site: Site, days: int, said: str) -> None:
    other = label(NOON + timedelta(days=days))
    with site.app.test_request_context(headers={"Accept-Language": "nl"}):
        assert present.in_short(Sentence(THEN, {"other": other}), NOON) == said


@pytest.mark.parametrize(
    ("text", "values", "said"),
    [
        (
            "would go over the limit of %(most)s hours on this day",
            {"most": 8.5},
            "komt boven de grens van 8,5 uur op deze dag",
        ),
        (
            "%(expert)s earns %(worked)s euros in %(month)s; their own limit is %(most)s.",
            {"expert": "Tom", "worked": Decimal("450.5"), "month": date(2027, 1, 1), "most": Decimal("400.00")},
            "Tom verdient 450,50 euro in januari. De eigen grens is 400,00 euro.",
        ),
        ("is no %(role)s", {"role": "walk_in"}, "is geen spreekuurhouder"),
        ("does not speak %(languages)s", {"languages": "ar, tr"}, "spreekt geen Arabisch en Turks"),
    ],
)
def test_hours_money_and_roles_read_in_dutch(site: Site, text: str, values: dict[str, object], said: str) -> None:
    with site.app.test_request_context(headers={"Accept-Language": "nl"}):
        assert present.say(Sentence(text, values)) == said


RAW = re.compile(r"\b(noor|sam|s\d+|lydia|pinto|far|drop-in|walk-in|meal|host|first_aid)\b|%\(|_")


def named(made: Problem) -> Names:
    """Names of everything in a small world; every one differs from its id."""
    people = {e.id: Profile(e.id, e.id.title(), "Jansen", f"{e.id}@example.org") for e in made.experts}
    return Names(people, made.venue, made.activity, made.neighbourhood)


def told(made: Problem, bad: Roster, fault: Fault) -> Iterator[Sentence]:
    """Whatever a planner, and she herself, reads about a roster: what is wrong, who can come, why not, and why her."""
    found = analyse(made, bad, fault.rules)
    yield from (v.sentence for v in (*found.violations, *found.for_others().violations))
    for one in made.shifts:
        people = who_can(made, bad, one.id, fault.rules)
        yield from (said for _, said in people.cannot)
        yield from (said for c in people.can for said in (*c.reasons_for, *c.reasons_against))
        yield from why_empty(made, bad, one.id, fault.rules)
        for who in bad.by_shift.get(one.id, ()):
            yield from explain_to_herself(made, bad, Assignment(who, one.id), fault.rules)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.rule)
def test_whatever_is_said_of_a_roster_reads_in_dutch_with_names(site: Site, fault: Fault) -> None:
    names, catalog = named(fault.problem), dutch()
    with site.app.test_request_context(headers={"Accept-Language": "nl"}):
        for sentence in told(fault.problem, fault.bad, fault):
            said = names.say(sentence, fault.problem.shift)
            found = catalog.get(sentence.text)
            assert found is not None, sentence.text
            assert found.string, sentence.text
            for text in (present.say(said), present.in_short(said, NOON)):
                assert not RAW.search(text), text
