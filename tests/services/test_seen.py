"""Tests of what a change elsewhere does to an edit: it goes through when what it touches is as it was seen."""

import pytest

from scheduler.domain.errors import Stale
from scheduler.domain.responses import Answer
from scheduler.domain.roster import Assignment
from scheduler.services import candidates, chains, publish, respond, roster
from scheduler.services.board import board
from scheduler.services.board_views import CandidatesView, ChainView
from scheduler.services.unit import Result, change_once
from tests.builders import JANUARY
from tests.services.test_chains import offered, two_at_once
from tests.services.world import World

FIRST = JANUARY.first


@pytest.fixture
def edition(quick_world: World) -> int:
    """The edition of a draft in which Sam comes to s6 too."""
    return roster.assign(quick_world.app, quick_world.planner, FIRST, "s6", "sam", edition=0).edition


def panel(world: World, shift: str) -> CandidatesView:
    return candidates.candidates(world.app, world.planner, FIRST, shift)


def no_elsewhere(world: World) -> None:
    respond.answer(world.app, world.expert("noor"), "s1", Answer.NO)


def placed(world: World) -> frozenset[Assignment]:
    draft = world.draft()
    assert draft is not None
    return draft.roster.assignments


def test_a_no_elsewhere_makes_no_edit_of_this_shift_stale(quick_world: World, edition: int) -> None:
    seen = panel(quick_world, "s3").seen
    no_elsewhere(quick_world)
    with pytest.raises(Stale):
        roster.assign(quick_world.app, quick_world.planner, FIRST, "s3", "noor", edition=edition)
    done = roster.assign(quick_world.app, quick_world.planner, FIRST, "s3", "noor", edition=edition, seen=seen)
    assert Assignment("noor", "s3") in placed(quick_world)
    assert Assignment("noor", "s1") not in placed(quick_world)
    assert done.meanwhile, "a board has to be read again before its planner goes on"
    assert not roster.pin(quick_world.app, quick_world.planner, FIRST, "s3", "noor", edition=done.edition).meanwhile


def test_a_no_to_this_shift_does(quick_world: World, edition: int) -> None:
    seen = panel(quick_world, "s3").seen
    respond.answer(quick_world.app, quick_world.expert("kadir"), "s3", Answer.NO)
    with pytest.raises(Stale):
        roster.assign(quick_world.app, quick_world.planner, FIRST, "s3", "noor", edition=edition, seen=seen)


def test_whoever_saw_no_draft_edits_the_one_that_somebody_made_of_another_shift(quick_world: World) -> None:
    seen = panel(quick_world, "s3").seen
    roster.assign(quick_world.app, quick_world.planner, FIRST, "s6", "sam", edition=0)
    roster.assign(quick_world.app, quick_world.planner, FIRST, "s3", "noor", edition=0, seen=seen)
    assert {Assignment("sam", "s6"), Assignment("noor", "s3")} <= placed(quick_world)


def test_after_publishing_the_draft_that_was_seen_is_gone(quick_world: World, edition: int) -> None:
    seen = panel(quick_world, "s3").seen
    publish.publish(quick_world.app, quick_world.planner, FIRST, edition=edition)
    with pytest.raises(Stale):
        roster.assign(quick_world.app, quick_world.planner, FIRST, "s3", "noor", edition=edition, seen=seen)


def test_what_others_change_while_an_edit_is_told_was_not_seen(
    quick_world: World, edition: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def raced(*args: object, **more: object) -> Result:
        done = change_once(*args, **more)  # type: ignore[arg-type]
        no_elsewhere(quick_world)
        return done

    monkeypatch.setattr(roster, "change_once", raced)
    done = roster.pin(quick_world.app, quick_world.planner, FIRST, "s6", "sam", edition=edition)
    monkeypatch.undo()
    assert done.meanwhile
    with pytest.raises(Stale):
        publish.publish(quick_world.app, quick_world.planner, FIRST, edition=done.edition)


def test_undo_takes_back_the_step_that_was_seen_and_no_other(quick_world: World, edition: int) -> None:
    seen = board(quick_world.app, quick_world.planner, FIRST).undo
    no_elsewhere(quick_world)
    with pytest.raises(Stale):
        roster.undo(quick_world.app, quick_world.planner, FIRST, edition=edition)
    back = roster.undo(quick_world.app, quick_world.planner, FIRST, edition=edition, seen=seen)
    assert Assignment("sam", "s6") not in placed(quick_world)
    again = roster.redo(quick_world.app, quick_world.planner, FIRST, edition=edition, seen=back.redo)
    assert Assignment("sam", "s6") in placed(quick_world)
    roster.assign(quick_world.app, quick_world.planner, FIRST, "s3", "noor", edition=again.edition)
    with pytest.raises(Stale):
        roster.undo(quick_world.app, quick_world.planner, FIRST, edition=again.edition, seen=again.undo)


def test_a_step_that_took_the_place_of_the_one_that_was_seen_is_not_taken_back(
    quick_world: World, edition: int
) -> None:
    seen = board(quick_world.app, quick_world.planner, FIRST).undo
    back = roster.undo(quick_world.app, quick_world.planner, FIRST, edition=edition)
    roster.assign(quick_world.app, quick_world.planner, FIRST, "s3", "noor", edition=back.edition)
    with pytest.raises(Stale):
        roster.undo(quick_world.app, quick_world.planner, FIRST, edition=edition, seen=seen)


def test_publishing_keeps_looking_at_everything(quick_world: World, edition: int) -> None:
    no_elsewhere(quick_world)
    with pytest.raises(Stale):
        publish.publish(quick_world.app, quick_world.planner, FIRST, edition=edition)


def exchange(world: World, chain: ChainView, edition: int) -> None:
    names = {"expert": chain.expert, "leaves": chain.leaves.id, "successor": chain.successor}
    chains.take_chain(world.app, world.planner, FIRST, "turkish", **names, edition=edition, seen=chain.seen)


def test_an_exchange_looks_at_its_two_shifts(quick_world: World) -> None:
    two_at_once(quick_world, "w3 mon")
    edition = roster.assign(quick_world.app, quick_world.planner, FIRST, "s6", "sam", edition=0).edition
    (chain,) = offered(quick_world)
    no_elsewhere(quick_world)
    exchange(quick_world, chain, edition)
    assert {Assignment("sam", "turkish"), Assignment(chain.successor, "plain")} <= placed(quick_world)


def test_an_exchange_whose_other_shift_changed_is_looked_at_once_more(quick_world: World) -> None:
    two_at_once(quick_world, "w3 mon")
    edition = roster.assign(quick_world.app, quick_world.planner, FIRST, "s6", "sam", edition=0).edition
    (chain,) = offered(quick_world)
    respond.answer(quick_world.app, quick_world.expert("sam"), "plain", Answer.YES)
    no_elsewhere(quick_world)
    with pytest.raises(Stale):
        exchange(quick_world, chain, edition)
