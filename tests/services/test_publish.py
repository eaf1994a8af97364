"""Tests of publishing: what stops it, who is told, and that it is one transaction."""

from dataclasses import replace

import pytest

from scheduler.domain.availability import Availability
from scheduler.domain.errors import NotAllowed, Refused, Stale
from scheduler.domain.people import Exclusion, ExclusionKind, PersonalLimits
from scheduler.domain.responses import Answer
from scheduler.domain.roster import Assignment, RosterState
from scheduler.services import publish, respond, roster
from scheduler.services.planner_views import CheckState
from tests.builders import JANUARY, contract, slots
from tests.builders import roster as drawn
from tests.services.world import World

FIRST = JANUARY.first


def edit(world: World) -> int:
    """Noor takes the gap of s3, Sam takes s4 from Noor; the edition after it."""
    edition = roster.assign(world.app, world.planner, FIRST, "s3", "noor", edition=0).edition
    edition = roster.unassign(world.app, world.planner, FIRST, "s4", "noor", edition=edition).edition
    return roster.assign(world.app, world.planner, FIRST, "s4", "sam", edition=edition).edition


def test_the_preview_says_what_changes_and_who_hears_of_it(world: World) -> None:
    edition = edit(world)
    view = publish.publish_preview(world.app, world.planner, FIRST)
    assert (view.number, view.previous, view.edition, view.can_publish) == (2, 1, edition, True)
    assert [(c.shift.id, c.before, c.after, c.told, c.invitation) for c in view.changes] == [
        ("s3", ("Kadir",), ("Kadir", "Noor"), ("Noor", "Lydia"), True),
        ("s4", ("Noor",), ("Sam",), ("Noor", "Sam", "Lydia"), False),
    ]
    assert [(str(m.sentence), m.to) for m in view.messages] == [
        ("New for 1 person", ("Sam",)),
        ("An invitation: 1 person", ("Noor",)),
        ("A shift less: 1 person", ("Noor",)),
        ("Who comes: 1 venue", ("Lydia",)),
    ]
    assert {c.state for c in view.checks} == {CheckState.OK, CheckState.MIND}


def test_the_preview_says_who_is_taken_off_after_a_yes(world: World) -> None:
    respond.answer(world.app, world.expert("noor"), "s4", Answer.YES)
    respond.answer(world.app, world.expert("kadir"), "s3", Answer.YES)
    edit(world)
    view = publish.publish_preview(world.app, world.planner, FIRST)
    assert [(c.shift.id, c.said_yes) for c in view.changes] == [("s3", ()), ("s4", ("Noor",))]


def test_without_a_draft_or_with_one_that_people_know_there_is_nothing_to_publish(world: World) -> None:
    view = publish.publish_preview(world.app, world.planner, FIRST)
    assert (view.can_publish, str(view.nothing)) == (False, "There is no draft: nothing would change.")
    edition = roster.assign(world.app, world.planner, FIRST, "s3", "noor", edition=0).edition
    assert publish.publish_preview(world.app, world.planner, FIRST).nothing is None
    roster.undo(world.app, world.planner, FIRST, edition=edition)
    view = publish.publish_preview(world.app, world.planner, FIRST)
    assert (view.can_publish, str(view.nothing)) == (False, "Nothing differs from what people were told.")
    with pytest.raises(Refused, match="Nothing differs"):
        publish.publish(world.app, world.planner, FIRST, edition=view.edition)
    assert world.draft() is not None
    assert world.messages() == []


def test_publishing_rewrites_the_bookings_and_tells_only_those_affected(world: World) -> None:
    version = publish.publish(world.app, world.planner, FIRST, edition=edit(world), key="p")
    assert (version.number, version.state, version.published_by) == (2, RosterState.PUBLISHED, "Ilse")
    assert world.live() == drawn("noor: s1 s3", "sam: s2 s4 s5", "kadir: s3 s6")
    assert world.messages() == [("shifts_changed", "noor"), ("shifts_changed", "sam"), ("visits_changed", "hanneke")]
    assert world.deeds()[0] == "publish"
    history = publish.versions_of(world.app, world.planner, FIRST)
    assert [(v.number, v.state) for v in history] == [(2, "published"), (1, "superseded")]
    assert world.draft() is None


def test_publishing_twice_with_one_key_is_once(world: World) -> None:
    edition = edit(world)
    first = publish.publish(world.app, world.planner, FIRST, edition=edition, key="p")
    assert publish.publish(world.app, world.planner, FIRST, edition=edition, key="p") == first
    assert len(world.messages("shifts_changed")) == 2


def test_an_old_edition_is_stale_and_nothing_happens(world: World) -> None:
    edition = edit(world)
    with pytest.raises(Stale):
        publish.publish(world.app, world.planner, FIRST, edition=edition - 1, key="p")
    assert world.messages() == []
    assert "publish" not in world.deeds()


def test_a_broken_hard_rule_refuses_in_words_and_hides_a_private_reason(world: World) -> None:
    edition = edit(world)
    world.change_expert("noor", exclusions=(Exclusion(ExclusionKind.VENUE, "lydia"),))
    with pytest.raises(Refused) as caught:
        publish.publish(world.app, world.planner, FIRST, edition=edition)
    sentences = caught.value.sentence.values["sentences"]
    assert isinstance(sentences, tuple)
    assert "not available" in str(sentences[0])
    assert "Noor" in str(sentences[0])
    assert not publish.publish_preview(world.app, world.planner, FIRST).can_publish
    assert world.live() == drawn("noor: s1 s4", "sam: s2 s5", "kadir: s3 s6")


def test_a_broken_rule_in_the_past_does_not_block(world: World) -> None:
    edition = roster.assign(world.app, world.planner, FIRST, "s6", "sam", edition=edit(world)).edition
    world.clock.set("w2 thu 08:00")
    world.change_expert("noor", exclusions=(Exclusion(ExclusionKind.VENUE, "lydia"),))
    assert publish.publish(world.app, world.planner, FIRST, edition=edition).number == 2


def test_who_was_there_does_not_change_afterwards(world: World) -> None:
    edition = edit(world)
    world.clock.set("fri 10:00")
    version = publish.publish(world.app, world.planner, FIRST, edition=edition)
    assert Assignment("noor", "s3") not in version.roster.assignments
    assert Assignment("sam", "s4") in world.live().assignments


def test_a_venue_without_a_contact_person_is_refused_by_name(world: World) -> None:
    edition = edit(world)
    with world.database.writing() as work:
        work.venues.save(replace(work.venues.get("lydia"), contact_name=""), work.venues.edition_of("lydia"))
    with pytest.raises(Refused, match="Lydia has no contact person"):
        publish.publish(world.app, world.planner, FIRST, edition=edition)


def test_a_decline_just_before_publishing_is_never_overruled(world: World) -> None:
    edition = edit(world)
    respond.answer(world.app, world.expert("sam"), "s2", Answer.NO)
    with pytest.raises(Stale):
        publish.publish(world.app, world.planner, FIRST, edition=edition)
    publish.publish(world.app, world.planner, FIRST, edition=edition + 1)
    assert Assignment("sam", "s2") not in world.live().assignments


def test_an_undone_edit_does_not_bring_a_declined_person_back_to_the_shift(world: World) -> None:
    edit(world)
    respond.answer(world.app, world.expert("sam"), "s2", Answer.NO)
    draft = world.draft()
    assert draft is not None
    edition = roster.undo(world.app, world.planner, FIRST, edition=draft.edition).edition
    publish.publish(world.app, world.planner, FIRST, edition=edition)
    assert Assignment("sam", "s2") not in world.live().assignments


def short_weeks(world: World, *who: str) -> None:
    """From now on these people have contracts of at most four hours a week: one shift."""
    for expert in who:
        world.change_expert(expert, contracts=(contract(high=240),))


def checked(world: World, state: CheckState) -> list[tuple[str, str]]:
    """What the planner reads of a state, and the shift to look at."""
    checks = publish.publish_preview(world.app, world.planner, FIRST).checks
    return [(str(c.sentence), c.shift.id) for c in checks if c.state is state and c.shift]


def test_what_an_expert_changed_after_she_was_told_is_to_do_and_stops_nobody(world: World) -> None:
    edition = edit(world)
    world.change_expert("kadir", availability=Availability(slots("mon 09:00-12:00")))
    assert checked(world, CheckState.STOP) == []
    assert [shift for _, shift in checked(world, CheckState.MIND)] == ["s3", "s6"]
    minds = [c for c in publish.publish_preview(world.app, world.planner, FIRST).checks if c.shift]
    assert "Kadir is not available" in str(minds[0].sentence)
    assert "Kadir knows of this already." in str(minds[0].advice)
    assert publish.publish(world.app, world.planner, FIRST, edition=edition).number == 2


def test_a_limit_that_only_told_shifts_are_over_is_to_do(world: World) -> None:
    world.publish(drawn("noor: s1 s3 s4", "sam: s2 s5", "kadir: s3 s6"))
    short_weeks(world, "noor")
    roster.assign(world.app, world.planner, FIRST, "s6", "sam", edition=0)
    assert checked(world, CheckState.STOP) == []
    assert [shift for _, shift in checked(world, CheckState.MIND)] == ["s1"]


def test_one_new_shift_over_a_limit_stops_and_leads_to_that_shift(world: World) -> None:
    short_weeks(world, "noor")
    edition = roster.assign(world.app, world.planner, FIRST, "s3", "noor", edition=0).edition
    assert [shift for _, shift in checked(world, CheckState.STOP)] == ["s3"]
    with pytest.raises(Refused):
        publish.publish(world.app, world.planner, FIRST, edition=edition)


def test_a_new_shift_on_top_of_a_limit_that_is_broken_already_stops(world: World) -> None:
    world.publish(drawn("noor: s1 s3 s4", "sam: s5", "kadir: s3 s6"))
    short_weeks(world, "noor")
    roster.assign(world.app, world.planner, FIRST, "s2", "noor", edition=0)
    assert [shift for _, shift in checked(world, CheckState.STOP)] == ["s2"]
    assert checked(world, CheckState.MIND) == []


def test_a_breach_in_one_week_does_not_hide_that_of_another(world: World) -> None:
    world.publish(drawn("noor: s1 s3 s4", "sam: s2 s5", "kadir: s3 s6"))
    short_weeks(world, "noor")
    roster.assign(world.app, world.planner, FIRST, "s6", "noor", edition=0)
    assert [shift for _, shift in checked(world, CheckState.STOP)] == ["s6"]
    assert [shift for _, shift in checked(world, CheckState.MIND)] == ["s1"]


def test_taking_somebody_off_never_stops_though_the_limit_stays_broken(world: World) -> None:
    world.publish(drawn("noor: s1 s2 s3 s4", "sam: s5", "kadir: s3 s6"))
    short_weeks(world, "noor")
    edition = roster.unassign(world.app, world.planner, FIRST, "s2", "noor", edition=0).edition
    assert checked(world, CheckState.STOP) == []
    assert [shift for _, shift in checked(world, CheckState.MIND)] == ["s1"]
    assert publish.publish(world.app, world.planner, FIRST, edition=edition).number == 3


def test_taking_off_that_breaks_up_days_that_belong_together_stops(world: World) -> None:
    world.publish(drawn("noor: s1 s2 s3 s4", "sam: s5", "kadir: s3 s6"))
    world.change_expert("noor", limits=PersonalLimits(least_days_in_a_row=2))
    roster.assign(world.app, world.planner, FIRST, "s6", "sam", edition=0)
    assert checked(world, CheckState.STOP) == []
    assert [shift for _, shift in checked(world, CheckState.MIND)] == ["s4"]
    draft = world.draft()
    assert draft is not None
    roster.unassign(world.app, world.planner, FIRST, "s2", "noor", edition=draft.edition)
    assert [shift for _, shift in checked(world, CheckState.STOP)] == ["s1", "s3"]
    assert [shift for _, shift in checked(world, CheckState.MIND)] == ["s4"]


def test_a_limit_of_her_own_reads_as_not_being_available_whether_it_stops_or_not(world: World) -> None:
    world.publish(drawn("noor: s1 s3 s4", "sam: s5", "kadir: s3 s6"))
    world.change_expert("noor", limits=PersonalLimits(shifts_a_week=1))
    world.change_expert("kadir", limits=PersonalLimits(shifts_a_week=1))
    roster.assign(world.app, world.planner, FIRST, "s2", "kadir", edition=0)
    view = publish.publish_preview(world.app, world.planner, FIRST)
    said = [(c.state, c.sentence.text, c.shift.id) for c in view.checks if c.shift]
    text = "%(expert)s is not available for %(shift)s."
    assert said == [(CheckState.STOP, text, "s2"), (CheckState.MIND, text, "s3")]
    assert {name for c in view.checks if c.shift for name in c.sentence.values} == {"expert", "shift"}


def test_what_stops_is_in_order_of_start(world: World) -> None:
    edition = 0
    for shift, expert in (("s6", "noor"), ("s1", "sam"), ("s4", "kadir")):
        edition = roster.assign(world.app, world.planner, FIRST, shift, expert, edition=edition).edition
    for expert in ("noor", "sam", "kadir"):
        world.change_expert(expert, exclusions=(Exclusion(ExclusionKind.VENUE, "lydia"),))
    assert [shift for _, shift in checked(world, CheckState.STOP)] == ["s1", "s1", "s4", "s4", "s6"]
    assert [shift for _, shift in checked(world, CheckState.MIND)] == ["s1", "s3", "s4", "s6"]


def test_a_venue_without_a_contact_leads_to_the_venue(quick_world: World) -> None:
    edit(quick_world)
    with quick_world.database.writing() as work:
        work.venues.save(replace(work.venues.get("lydia"), contact_name=""), work.venues.edition_of("lydia"))
    checks = publish.publish_preview(quick_world.app, quick_world.planner, FIRST).checks
    assert [c.venue for c in checks if c.state is CheckState.STOP] == ["lydia"]


def test_only_a_planner_publishes(world: World) -> None:
    for viewer in (world.coordinator, world.expert("noor")):
        with pytest.raises(NotAllowed):
            publish.publish(world.app, viewer, FIRST, edition=1)
        with pytest.raises(NotAllowed):
            publish.publish_preview(world.app, viewer, FIRST)
