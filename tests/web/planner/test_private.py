"""Can a planner, a venue or a colleague tell somebody's own limit from plain unavailability, on any page or answer?"""

import json
import re
from datetime import time
from typing import Any

import pytest

from scheduler.domain.availability import Availability, AvailabilityLevel, DaySlot
from scheduler.domain.people import Exclusion, ExclusionKind, PersonalLimits
from scheduler.services import publish
from tests.builders import JANUARY, clock, day_of, slots
from tests.web.site import Person, Site

pytestmark = pytest.mark.slow

WINDOW = "2027-01-04"
ALWAYS = slots("mon-sun 00:00-24:00")
FRIDAY = DaySlot(day_of("fri"), day_of("fri"), AvailabilityLevel.UNAVAILABLE, clock("09:30"), clock("12:30"))
AWAY = {"availability": Availability(ALWAYS, (FRIDAY,)), "limits": PersonalLimits(), "exclusions": ()}
LIMITS: dict[str, dict[str, Any]] = {
    "hours a week": {"minutes_a_week": 300},
    "hours a month": {"minutes_a_month": 500},
    "hours a year": {"minutes_a_year": 500},
    "euros a week": {"cents_a_week": 8000},
    "euros a month": {"cents_a_month": 13000},
    "shifts a week": {"shifts_a_week": 1},
    "days in a row": {"days_in_a_row": 1},
    "not so early": {"earliest_start": time(10)},
    "shifts of a kind": {"shifts_of_activity": (("drop-in", 2),)},
    "days off together": {"least_days_off_in_a_row": 5},
}
CHANGING = re.compile(r'value="[^"]*"|nonce="[^"]*"|data-edition="\d+"|"edition": ?\d+')
PAGES = {
    "ilse": (
        *(
            "/planner/",
            "/planner/board?week=all",
            "/planner/board?by=expert&week=all",
            "/planner/board?by=list&week=all",
        ),
        *("/planner/shifts/s3", "/planner/people/sam", "/planner/people", "/planner/publish", "/planner/rules"),
        f"/planner/board.json?window={WINDOW}&week=all",
        f"/planner/shifts/s3/repair?window={WINDOW}",
    ),
    "hanneke": ("/",),
    "noor": ("/", "/expert/shifts"),
}


def variants(limit: str) -> list[dict[str, Any]]:
    """Sam with a limit of her own that keeps her from s3, and Sam who is not available then."""
    own = {"availability": Availability(ALWAYS), "limits": PersonalLimits(**LIMITS[limit]), "exclusions": ()}
    return [{**own, "hour_cents": 1471}, {**AWAY, "hour_cents": 1471}]


def read(people: dict[str, Person]) -> dict[tuple[str, str], str]:
    return {
        (name, path): CHANGING.sub("", people[name].get(path).text) for name, paths in PAGES.items() for path in paths
    }


def forced(ilse: Person, change: str) -> dict[str, Any]:
    """The answer to the board's own script when Sam is put on the shift, or taken off."""
    page = json.loads(ilse.client.get(f"/planner/board.json?window={WINDOW}&week=all").text)
    ilse.get(f"/planner/shifts/s3?window={WINDOW}")
    fields = ilse.secrets | {"window": WINDOW, "expert": "sam", "edition": str(page["edition"])}
    answer = ilse.client.post(f"/planner/shifts/s3/{change}", data=fields, headers={"X-Board": "1"})
    found: dict[str, Any] = json.loads(CHANGING.sub('"e": 0', answer.text))
    return found


@pytest.mark.parametrize("limit", LIMITS)
def test_nobody_can_tell_a_limit_from_being_away(site: Site, limit: str) -> None:
    people = {name: site.person(name) for name in PAGES}
    seen = []
    for change in ("assign", "unassign"):
        forced(people["ilse"], change)
    for fields in variants(limit):
        site.world.change_expert("sam", **fields)
        before = read(people)
        assert "Sam</b>: niet beschikbaar" in before["ilse", "/planner/shifts/s3"]
        answer = forced(people["ilse"], "assign")
        after = read(people)
        assert any("niet beschikbaar" in said for said in answer["broken"])
        checks = publish.publish_preview(site.world.app, site.world.planner, JANUARY.first).checks
        seen.append((before, answer, after, checks))
        forced(people["ilse"], "unassign")
    for private, plain in zip(*seen, strict=True):
        assert private == plain


def test_an_exclusion_reads_like_being_away_as_well(site: Site) -> None:
    ilse, seen = site.person("ilse"), []
    hidden = {"exclusions": (Exclusion(ExclusionKind.DAY, "2027-01-08"),), "availability": Availability(ALWAYS)}
    for fields in (hidden, AWAY):
        site.world.change_expert("sam", **fields)
        seen.append(forced(ilse, "assign"))
        forced(ilse, "unassign")
    assert seen[0] == seen[1]
