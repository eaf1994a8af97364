"""Tests of the open shifts that fit somebody: the ones that miss people, against the draft, and nothing private."""

from datetime import time
from time import monotonic, sleep

import pytest

from scheduler.domain.errors import NotAllowed, NotFound
from scheduler.domain.people import PersonalLimits
from scheduler.services import prepared, roster
from scheduler.services.fits import FitsView, fitting_shifts
from tests.builders import JANUARY
from tests.services.world import World

FIRST = JANUARY.first


def fits(world: World, who: str = "noor") -> FitsView:
    found = fitting_shifts(world.app, world.planner, who, FIRST)
    assert found is not None
    return found


def test_the_open_shifts_that_fit_are_those_of_the_draft_that_miss_somebody(quick_world: World) -> None:
    view = fits(quick_world)
    assert [one.shift.id for one in view.best] == ["s3"], "s6 only would like a second person"
    assert (view.fitting, view.open) == (1, 1)
    assert "Is new here" in map(str, view.best[0].reasons_against)
    assert fits(quick_world, "kadir").best == (), "he is on it already"
    edition = roster.unassign(quick_world.app, quick_world.planner, FIRST, "s5", "sam", edition=0).edition
    assert {one.shift.id for one in fits(quick_world).best} == {"s3", "s5"}
    roster.assign(quick_world.app, quick_world.planner, FIRST, "s3", "sam", edition=edition)
    assert {one.shift.id for one in fits(quick_world).best} == {"s5"}


def test_what_has_begun_or_what_a_limit_forbids_fits_nobody(quick_world: World) -> None:
    quick_world.change_expert("noor", limits=PersonalLimits(earliest_start=time(13)))
    assert (fits(quick_world).best, fits(quick_world).open) == ((), 1)
    quick_world.clock.set("fri 10:00")
    assert fits(quick_world, "sam").open == 0


def test_nobody_waits_for_a_large_period(quick_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "LARGE", 0)
    quick_world.change_expert("sam", languages=frozenset({"nl", "ar"}))
    assert fitting_shifts(quick_world.app, quick_world.planner, "noor", FIRST) is None
    until = monotonic() + 20
    while fitting_shifts(quick_world.app, quick_world.planner, "noor", FIRST) is None:
        assert monotonic() < until
        sleep(0.02)
    assert [one.shift.id for one in fits(quick_world).best] == ["s3"]


def test_only_a_planner_asks_and_only_for_somebody_who_is_there(quick_world: World) -> None:
    with pytest.raises(NotAllowed):
        fitting_shifts(quick_world.app, quick_world.expert("noor"), "noor", FIRST)
    with pytest.raises(NotFound):
        fits(quick_world, "nobody")
