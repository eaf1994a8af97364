"""Tests of mending a gap: what is shown is what is taken over, as one step, or nothing."""

import pytest

from scheduler.domain.errors import NotAllowed, Refused, Stale
from scheduler.services import roster
from scheduler.services.repair import propose_repair, take_over_repair
from tests.builders import JANUARY
from tests.services.world import World

FIRST = JANUARY.first


def test_a_gap_is_filled_by_one_person_and_nothing_else_moves(quick_world: World) -> None:
    view = propose_repair(quick_world.app, quick_world.planner, FIRST, "s3")
    (move,) = view.moves
    assert (move.shift.id, move.leaves, move.invitation) == ("s3", None, True)
    assert (view.before.gaps, view.after.gaps, view.still_open) == (1, 0, 0)
    assert quick_world.draft() is None


def test_what_was_shown_is_taken_over_as_one_step(quick_world: World) -> None:
    view = propose_repair(quick_world.app, quick_world.planner, FIRST, "s3", out="kadir")
    assert (view.out_name, view.places, len(view.moves)) == ("Kadir", 2, 2)
    result = take_over_repair(
        quick_world.app, quick_world.planner, FIRST, "s3", out="kadir", proposal=view.proposal, edition=0
    )
    draft = quick_world.draft()
    assert draft is not None
    assert set(draft.roster.by_shift["s3"]) == {"noor", "sam"}
    assert result.after == view.after
    assert quick_world.deeds()[0] == "repair"
    back = roster.undo(quick_world.app, quick_world.planner, FIRST, edition=result.edition)
    assert back.after == view.before


def test_a_proposal_of_another_moment_is_not_taken_over(quick_world: World) -> None:
    view = propose_repair(quick_world.app, quick_world.planner, FIRST, "s3")
    taken = view.moves[0].name.lower()
    edit = roster.assign(quick_world.app, quick_world.planner, FIRST, "s3", taken, edition=0)
    with pytest.raises(Stale):
        take_over_repair(quick_world.app, quick_world.planner, FIRST, "s3", proposal=view.proposal, edition=0)
    with pytest.raises(Stale, match="once more"):
        take_over_repair(
            quick_world.app, quick_world.planner, FIRST, "s3", proposal=view.proposal, edition=edit.edition
        )


def test_a_shift_that_has_begun_is_not_repaired(quick_world: World) -> None:
    quick_world.clock.set("fri 10:00")
    with pytest.raises(Refused, match="begun"):
        propose_repair(quick_world.app, quick_world.planner, FIRST, "s3")


def test_nobody_falls_out_of_a_shift_she_is_not_on(quick_world: World) -> None:
    with pytest.raises(Refused, match="Noor is not on this shift"):
        propose_repair(quick_world.app, quick_world.planner, FIRST, "s3", out="noor")


def test_only_a_planner_repairs(quick_world: World) -> None:
    with pytest.raises(NotAllowed):
        propose_repair(quick_world.app, quick_world.coordinator, FIRST, "s3")
