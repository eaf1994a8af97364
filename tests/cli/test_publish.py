"""Does `publish` say in local time what it checked, what stops it, and that there is nothing to publish?"""

import pytest

from scheduler.domain.availability import Availability
from scheduler.services import roster
from tests.builders import JANUARY, slots
from tests.cli.test_commands import scheduler
from tests.services.conftest import quick_world, sqlite_template
from tests.services.world import World

__all__ = ["quick_world", "sqlite_template"]


@pytest.fixture
def world(quick_world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The small agency as the installation that commands work on."""
    monkeypatch.setattr("scheduler.cli.records.filled_app", lambda: quick_world.app)
    return quick_world


def draft(world: World) -> None:
    """Noor takes the gap of s3."""
    roster.assign(world.app, world.planner, JANUARY.first, "s3", "noor", edition=0)


def test_without_anything_new_it_is_done_at_once_and_says_so(world: World) -> None:
    for asked in (["publish"], ["publish", "--window", "2027-01-20"]):
        done = scheduler(*asked)
        assert (done.exit_code, done.stderr) == (0, "")
        assert done.stdout == ("Nothing to publish from 2027-01-04 on. There is no draft: nothing would change.\n")
    draft(world)
    assert scheduler("publish").stdout.endswith("Version 2 is published.\n")
    assert scheduler("publish").stdout.startswith("Nothing to publish from 2027-01-04 on. ")


def test_a_rule_that_stops_it_ends_with_one_and_names_the_shift_in_local_time(world: World) -> None:
    draft(world)
    world.change_expert("noor", availability=Availability(slots("mon 09:00-13:00, wed 09:00-13:00")))
    done = scheduler("publish")
    assert done.exit_code == 1
    assert "stop  Noor is not available for Lydia, Drop-in, 2027-01-08 09:30.\n" in done.stdout
    assert done.stderr.startswith(
        "This draft cannot be published: Noor is not available for Lydia, Drop-in, 2027-01-08"
    )
    assert "UTC" not in done.output
    assert len(world.live().assignments) == 6
