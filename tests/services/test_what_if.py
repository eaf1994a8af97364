"""Tests of trying agreements out: the gain is true of the rules without one, and nothing is changed by looking."""

from datetime import time
from typing import Any

import pytest

from scheduler.domain.availability import Availability
from scheduler.domain.contracts import ContractKind
from scheduler.domain.errors import NotAllowed
from scheduler.domain.people import Exclusion, ExclusionKind, PersonalLimits
from scheduler.services import roster, what_if
from scheduler.services.what_if import AgreementView, WhatIfView
from tests.builders import JANUARY, contract, shift, slots
from tests.builders import roster as plan
from tests.services.world import World

FIRST = JANUARY.first


@pytest.fixture
def short(quick_world: World) -> World:
    """Four open places of three hours in one week; nobody has hours left in the contract but Kadir, for one of them."""
    quick_world.add_shifts(*[shift(f"w3 {day} 09:30-12:30", id=day) for day in ("mon", "tue", "wed", "thu")])
    for name, most in (("noor", 60), ("sam", 60), ("kadir", 200)):
        quick_world.change_expert(name, contracts=(contract(ContractKind.MIN_MAX, high=most),))
    quick_world.publish(plan("noor: s1", "sam: s2 s5", "kadir: s3 s6"))
    return quick_world


def asked(world: World, rule: str = "") -> WhatIfView:
    return what_if.what_if(world.app, world.planner, FIRST, rule)


def hours(view: WhatIfView) -> AgreementView:
    (found,) = (one for one in view.agreements if one.name == "contract_hours")
    return found


def test_what_somebody_can_take_as_things_stand_is_no_gain(short: World) -> None:
    view = asked(short)
    missing = view.open - view.fillable
    assert view.fillable > 0
    assert hours(view).shifts <= missing
    tried = hours(view).tried
    assert tried is not None
    assert 0 < tried.filled <= missing


def test_it_says_of_whom_and_how_much_and_who_would_come_where(short: World) -> None:
    tried = hours(asked(short)).tried
    assert tried is not None
    assert len(tried.moves) >= tried.filled
    assert {name for _, name in tried.moves} >= {one.name for one in tried.people}
    assert tried.people
    assert all("contract" in str(sentence) for sentence in tried.asks)
    assert [label.start for label, _ in tried.moves] == sorted(label.start for label, _ in tried.moves)


def test_looking_changes_nothing(short: World) -> None:
    asked(short)
    assert short.draft() is None
    assert "what_if" not in short.deeds()


def test_a_large_period_tries_only_what_was_asked_for(short: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(what_if, "LARGE", 1)
    assert hours(asked(short)).tried is None
    assert hours(asked(short, "contract_hours")).tried is not None


def test_a_period_without_gaps_and_one_that_everybody_can_fill_ask_nothing(quick_world: World) -> None:
    view = asked(quick_world)
    assert (view.open, view.fillable, view.agreements) == (1, 1, ())
    roster.assign(quick_world.app, quick_world.planner, FIRST, "s3", "noor", edition=0)
    assert asked(quick_world).open == 0


@pytest.mark.parametrize(
    "hidden",
    [{"exclusions": (Exclusion(ExclusionKind.VENUE, "lydia"),)}, {"limits": PersonalLimits(earliest_start=time(13))}],
    ids=["a house", "a limit of her own"],
)
def test_what_is_private_reads_as_not_being_available(short: World, hidden: dict[str, Any]) -> None:
    short.change_expert("sam", **hidden)
    view = asked(short)
    assert hours(view).shifts
    afternoons = Availability(slots("mon-sun 13:00-24:00"))
    short.change_expert("sam", exclusions=(), limits=PersonalLimits(), availability=afternoons)
    assert asked(short) == view


def test_only_a_planner_asks(quick_world: World) -> None:
    with pytest.raises(NotAllowed):
        what_if.what_if(quick_world.app, quick_world.coordinator, FIRST)
