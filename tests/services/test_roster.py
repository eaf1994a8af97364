"""Tests of the board and of editing the draft by hand."""

import pytest

from scheduler.domain.errors import NotAllowed, NotFound, Refused, Stale
from scheduler.domain.responses import Answer
from scheduler.domain.roster import Assignment
from scheduler.services import board, breaches, candidates, dashboard, people, publish, respond, roster
from scheduler.services.board_views import BoardFilters, PersonState
from scheduler.services.planner_views import TodoKind
from tests.builders import JANUARY
from tests.services.world import World

FIRST = JANUARY.first


def test_the_board_shows_who_was_told_until_a_draft_exists(world: World) -> None:
    view = board.board(world.app, world.planner, FIRST)
    assert (view.edition, view.draft_number, view.published_number) == (0, None, 1)
    assert view.before == view.after
    chip = view.shifts["s3"]
    assert [p.name for p in chip.people] == ["Kadir"]
    assert (chip.needed, chip.missing, chip.live) == (2, 1, True)
    lydia = next(row for row in view.rows if row.id == "lydia")
    assert lydia.cells[2] == ("s1",)
    assert (lydia.required, lydia.filled) == (5, 4)


def test_the_board_by_expert_and_week_with_filters(world: World) -> None:
    view = board.board(world.app, world.planner, FIRST, by="expert", week=1, filters=BoardFilters(search="noo"))
    assert [row.name for row in view.rows] == ["Noor"]
    assert view.rows[0].cells[0] == ("s4",)
    assert len(view.days) == 7
    gaps = board.board(world.app, world.planner, FIRST, filters=BoardFilters(gaps_only=True))
    assert set(gaps.shifts) == {"s3"}


def test_a_window_that_does_not_exist_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        board.board(world.app, world.planner, JANUARY.end.replace(day=3))


def test_an_edit_makes_the_draft_and_says_what_it_did(world: World) -> None:
    result = roster.assign(world.app, world.planner, FIRST, "s3", "noor", edition=0, key="k")
    assert result.edition == 2
    assert (result.before.gaps, result.after.gaps) == (1, 0)
    assert result.violations == ()
    assert [(p.name, p.state) for p in result.shifts[0].people] == [
        ("Kadir", PersonState.ASKED),
        ("Noor", PersonState.DRAFT),
    ]
    assert result.undo
    assert Assignment("noor", "s3") not in world.live().assignments
    assert world.deeds()[0] == "assign"


def test_every_count_of_gaps_is_of_open_places_that_can_still_be_filled(world: World) -> None:
    roster.unassign(world.app, world.planner, FIRST, "s1", "noor", edition=0)
    edition = roster.unassign(world.app, world.planner, FIRST, "s3", "kadir", edition=2).edition
    assert board.board(world.app, world.planner, FIRST).after.gaps == 3
    publish.publish(world.app, world.planner, FIRST, edition=edition)
    world.clock.set("wed 10:00")
    view = board.board(world.app, world.planner, FIRST)
    assert (view.after.gaps, view.after.required, view.after.filled) == (2, 6, 4)
    assert sum(s.missing for s in view.shifts.values()) == 2
    assert [(r.required, r.filled) for r in view.rows if r.required] == [(4, 2), (2, 2)]
    home = dashboard.dashboard(world.app, world.planner)
    listed = sum(int(str(t.title.values["num"])) for t in home.todo if t.kind is TodoKind.GAP)
    assert (home.gaps_two_weeks, listed) == (2, 2)
    assert home.required - home.filled == home.gaps_this_week == sum(house.gaps for house in home.street)
    houses = people.venues(world.app, world.planner)
    assert sum(row.required - row.filled for row in houses) == 2
    assert set(board.board(world.app, world.planner, FIRST, filters=BoardFilters(gaps_only=True)).shifts) == {"s3"}


def test_a_broken_rule_is_told_and_not_forbidden(world: World) -> None:
    world.change_expert("noor", roles=frozenset())
    result = roster.assign(world.app, world.planner, FIRST, "s3", "noor", edition=0)
    assert result.violations
    assert result.violations[0].people[0].name == "Noor"


def test_two_planners_at_once_never_lose_an_edit(world: World) -> None:
    roster.assign(world.app, world.planner, FIRST, "s3", "noor", edition=0)
    with pytest.raises(Stale):
        roster.assign(world.app, world.planner, FIRST, "s3", "sam", edition=0)
    with pytest.raises(Stale):
        roster.assign(world.app, world.planner, FIRST, "s3", "sam", edition=1)


def test_nobody_works_twice_at_one_time_not_even_in_a_draft(world: World) -> None:
    from tests.builders import shift

    world.add_shifts(shift("wed 11:00-14:00", id="clash"))
    with pytest.raises(Refused, match="Noor already works then, at Lydia"):
        roster.assign(world.app, world.planner, FIRST, "clash", "noor", edition=0)


def test_who_said_no_is_not_put_back_by_hand_and_leaves_the_draft(world: World) -> None:
    edited = roster.assign(world.app, world.planner, FIRST, "s3", "noor", edition=0)
    respond.answer(world.app, world.expert("noor"), "s1", Answer.NO)
    draft = world.draft()
    assert draft is not None
    assert Assignment("noor", "s1") not in draft.roster.assignments
    assert draft.edition == edited.edition + 1
    with pytest.raises(Refused, match="Noor said no"):
        roster.assign(world.app, world.planner, FIRST, "s1", "noor", edition=draft.edition)
    chip = board.board(world.app, world.planner, FIRST).shifts["s1"]
    assert [p.name for p in chip.declined] == ["Noor"]
    assert chip.missing == 1


def test_pin_unpin_undo_and_redo(world: World) -> None:
    edition = roster.pin(world.app, world.planner, FIRST, "s3", "noor", edition=0).edition
    draft = world.draft()
    assert draft is not None
    assert draft.pinned == {Assignment("noor", "s3")}
    edition = roster.unpin(world.app, world.planner, FIRST, "s3", "noor", edition=edition).edition
    back = roster.undo(world.app, world.planner, FIRST, edition=edition)
    assert back.shifts[0].people[1].pinned
    assert back.redo
    again = roster.redo(world.app, world.planner, FIRST, edition=back.edition)
    assert not again.shifts[0].people[1].pinned
    off = roster.unassign(world.app, world.planner, FIRST, "s3", "noor", edition=again.edition)
    assert off.after == off.before


def test_the_past_is_not_edited(world: World) -> None:
    world.clock.set("wed 09:30")
    with pytest.raises(Refused):
        roster.unassign(world.app, world.planner, FIRST, "s1", "noor", edition=0)


@pytest.mark.parametrize("who", ["coordinator", "expert"])
def test_only_planners_see_and_edit_drafts(world: World, who: str) -> None:
    viewer = world.coordinator if who == "coordinator" else world.expert("noor")
    with pytest.raises(NotAllowed):
        board.board(world.app, viewer, FIRST)
    with pytest.raises(NotAllowed):
        roster.assign(world.app, viewer, FIRST, "s3", "noor", edition=0)
    with pytest.raises(NotAllowed):
        candidates.candidates(world.app, viewer, FIRST, "s3")


def test_candidates_are_ranked_and_private_reasons_read_as_unavailability(quick_world: World) -> None:
    from scheduler.domain.availability import Availability
    from scheduler.domain.people import Exclusion, ExclusionKind
    from tests.builders import slots

    world = quick_world
    world.change_expert("sam", exclusions=(Exclusion(ExclusionKind.VENUE, "lydia"),))
    with_exclusion = candidates.candidates(world.app, world.planner, FIRST, "s3")
    world.change_expert("sam", exclusions=(), availability=Availability(slots("mon 09:00-10:00")))
    unavailable = candidates.candidates(world.app, world.planner, FIRST, "s3")
    assert [c.name for c in with_exclusion.can] == ["Noor"]
    assert with_exclusion.cannot == unavailable.cannot
    assert with_exclusion.why_empty == unavailable.why_empty
    assert with_exclusion.would_help == unavailable.would_help == ()
    assert with_exclusion.cannot[0][0].name == "Sam"


def test_a_gap_tells_which_agreement_alone_keeps_somebody_away(quick_world: World) -> None:
    from scheduler.domain.contracts import ContractKind
    from tests.builders import contract

    quick_world.change_expert("sam", contracts=(contract(ContractKind.MIN_MAX, high=60),))
    found = candidates.candidates(quick_world.app, quick_world.planner, FIRST, "s3")
    assert [str(s) for s in found.would_help] == [
        "If one rule gave way for one person, somebody could come: "
        "Nobody works more hours in a week than the contract allows."
    ]


def test_the_list_of_broken_rules_never_names_a_private_rule(quick_world: World) -> None:
    from scheduler.domain.people import Exclusion, ExclusionKind

    quick_world.change_expert("noor", exclusions=(Exclusion(ExclusionKind.VENUE, "lydia"),))
    found = breaches.list_breaches(quick_world.app, quick_world.planner, FIRST)
    assert {breach.view.rule for breach in (*found.new, *found.told, *found.past)} == {"availability"}
