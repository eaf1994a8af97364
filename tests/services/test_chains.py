"""Tests of an exchange of two: what a planner is offered for an open place, and that it is one step of the draft."""

from datetime import timedelta

import pytest

from scheduler.domain.errors import NotAllowed, Refused, Stale
from scheduler.domain.responses import Answer, Response
from scheduler.services import respond, roster
from scheduler.services.board_views import ChainView
from scheduler.services.candidates import candidates
from scheduler.services.chains import take_chain
from tests.builders import JANUARY, shift
from tests.builders import roster as plan
from tests.services.world import World

FIRST = JANUARY.first
TURKISH = frozenset({"tr"})


def two_at_once(world: World, day: str) -> None:
    """Two shifts at one time, of which only Sam can do the one that asks for Turkish; she is on the other."""
    hours = f"{day} 18:00-20:00"
    world.add_shifts(shift(hours, id="plain"), shift(hours, id="turkish", required_languages=TURKISH))
    world.publish(plan("noor: s1 s4", "sam: s2 s5 plain", "kadir: s3 s6"))


def offered(world: World, asked: str = "turkish") -> tuple[ChainView, ...]:
    return candidates(world.app, world.planner, FIRST, asked).chains


def taken(world: World, chain: ChainView, edition: int = 0, asked: str = "turkish", viewer: str = "planner") -> int:
    names = {"expert": chain.expert, "leaves": chain.leaves.id, "successor": chain.successor}
    who = getattr(world, viewer)
    return take_chain(world.app, who, FIRST, asked, **names, edition=edition).edition


def test_an_open_place_says_who_could_move_and_who_takes_over(quick_world: World) -> None:
    two_at_once(quick_world, "w3 mon")
    (chain,) = offered(quick_world)
    assert (chain.expert, chain.leaves.id) == ("sam", "plain")
    assert (chain.expert_name, chain.successor_name) == ("Sam", chain.successor.title())
    assert chain.successor in {"kadir", "noor"}
    assert chain.effect.coverage < 0
    assert (chain.is_told, chain.invited) == (True, ())
    assert offered(quick_world, "plain") == (), "no place is open there"


def test_both_moves_are_one_step_that_undo_takes_back(quick_world: World) -> None:
    two_at_once(quick_world, "w3 mon")
    (chain,) = offered(quick_world)
    edition = taken(quick_world, chain)
    draft = quick_world.draft()
    assert draft is not None
    assert (draft.roster.by_shift["turkish"], draft.roster.by_shift["plain"]) == (["sam"], [chain.successor])
    assert quick_world.deeds()[0] == "chain"
    back = roster.undo(quick_world.app, quick_world.planner, FIRST, edition=edition)
    assert not back.undo
    after = quick_world.draft()
    assert after is not None
    assert after.roster == quick_world.live()


def test_nobody_who_was_told_is_moved_inside_the_call_up_term(quick_world: World) -> None:
    two_at_once(quick_world, "fri")
    assert offered(quick_world) == ()
    quick_world.clock.turn(days=-3)
    assert offered(quick_world)


def test_whoever_is_new_on_a_shift_that_starts_soon_is_invited(quick_world: World) -> None:
    quick_world.add_shifts(
        shift("fri 18:00-20:00", id="plain"),
        shift("fri 18:00-20:00", id="turkish", required_languages=TURKISH),
    )
    edition = roster.assign(quick_world.app, quick_world.planner, FIRST, "plain", "sam", edition=0).edition
    chain = offered(quick_world)[0]
    assert (chain.is_told, chain.invited) == (False, ("Sam", chain.successor_name))
    assert taken(quick_world, chain, edition) > edition


def test_a_yes_to_the_shift_that_is_left_is_told(quick_world: World) -> None:
    two_at_once(quick_world, "w3 mon")
    assert not offered(quick_world)[0].said_yes
    respond.answer(quick_world.app, quick_world.expert("sam"), "plain", Answer.YES)
    assert offered(quick_world)[0].said_yes


def test_a_pin_is_not_moved(quick_world: World) -> None:
    two_at_once(quick_world, "w3 mon")
    roster.pin(quick_world.app, quick_world.planner, FIRST, "plain", "sam", edition=0)
    assert offered(quick_world) == ()


def test_what_changed_since_is_not_taken_over(quick_world: World) -> None:
    two_at_once(quick_world, "w3 mon")
    chain = offered(quick_world)[0]
    quick_world.change_expert(chain.successor, roles=frozenset())
    with pytest.raises(Stale, match="once more"):
        taken(quick_world, chain)
    with pytest.raises(Stale):
        taken(quick_world, chain, edition=7)
    assert quick_world.draft() is None


def test_a_shift_that_has_begun_is_no_part_of_it(quick_world: World) -> None:
    two_at_once(quick_world, "w3 mon")
    chain = offered(quick_world)[0]
    quick_world.clock.set("w3 mon 18:00")
    with pytest.raises(Refused, match="begun"):
        taken(quick_world, chain)
    quick_world.clock.turn(hours=-timedelta(days=1) / timedelta(hours=1))
    assert offered(quick_world) == ()


def test_only_a_planner_exchanges(quick_world: World) -> None:
    two_at_once(quick_world, "w3 mon")
    with pytest.raises(NotAllowed):
        taken(quick_world, offered(quick_world)[0], viewer="coordinator")


def test_who_said_no_to_the_shift_is_asked_for_nothing_else_to_fill_it(quick_world: World) -> None:
    two_at_once(quick_world, "w3 mon")
    for who in ("kadir", "noor"):
        with quick_world.database.writing() as work:
            work.responses.add(Response(who, "turkish", Answer.NO, quick_world.clock()))
    assert offered(quick_world) == ()
