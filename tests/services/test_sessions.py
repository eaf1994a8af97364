"""Tests of signing in, staying in and going out."""

from dataclasses import replace

import pytest

from scheduler.domain.accounts import Account, AccountRole
from scheduler.domain.errors import InvalidValue, NotAllowed, Refused, TooOften
from scheduler.services import account, sessions
from scheduler.services.transfer import SAMPLE_PASSWORD, sample_sign_ins
from tests.services.world import PASSWORD, World


def sign_in(world: World, who: str = "ilse", password: str = PASSWORD) -> str:
    """The token of a new session."""
    return sessions.sign_in(world.app, f"{who}@example.org", password, "10.0.0.1").token


def test_signing_in_gives_a_session_of_the_account_whatever_the_capitals(world: World) -> None:
    here = sessions.sign_in(world.app, " ILSE@Example.org ", PASSWORD, "10.0.0.1")
    signed = sessions.session_of(world.app, here.token)
    assert here.account.id == "ilse"
    assert signed is not None
    assert signed.viewer == world.planner
    assert len(signed.csrf) >= 40
    assert world.deeds()[0] == "sign_in"
    with world.database.reading() as work:
        assert all(here.token not in s.token_hash for s in work.sessions.all())


def test_wrong_password_unknown_and_inactive_accounts_read_the_same(world: World) -> None:
    with world.database.writing() as work:
        work.accounts.save(replace(work.accounts.get("otto"), active=False), 1)
    words = set()
    for who, password in (("ilse", "een ander wachtwoord"), ("nobody", PASSWORD), ("otto", PASSWORD), ("ilse", "")):
        with pytest.raises(NotAllowed) as caught:
            sign_in(world, who, password)
        words.add(str(caught.value))
    assert len(words) == 1


def test_a_planner_is_signed_out_after_half_an_hour_of_nothing_and_twelve_hours_at_most(quick_world: World) -> None:
    token = sign_in(quick_world)
    for _ in range(25):
        quick_world.clock.turn(minutes=29)
        if sessions.session_of(quick_world.app, token) is None:
            break
    with quick_world.database.reading() as work:
        lasted = quick_world.clock() - work.sessions.all()[0].created_at
    assert 12 * 60 <= lasted.total_seconds() / 60 <= 12 * 60 + 29
    fresh = sign_in(quick_world)
    quick_world.clock.turn(minutes=31)
    assert sessions.session_of(quick_world.app, fresh) is None


def test_an_expert_stays_signed_in_for_two_weeks_on_the_own_phone(quick_world: World) -> None:
    token = sign_in(quick_world, "noor")
    for _ in range(28):
        quick_world.clock.turn(hours=11, minutes=55)
        assert sessions.session_of(quick_world.app, token) is not None
    quick_world.clock.turn(hours=5)
    assert sessions.session_of(quick_world.app, token) is None


def test_signing_out_a_new_password_and_deactivation_end_sessions(world: World) -> None:
    token, other = sign_in(world), sign_in(world)
    sessions.sign_out(world.app, token)
    sessions.sign_out(world.app, "unknown")
    assert sessions.session_of(world.app, token) is None
    assert sessions.session_of(world.app, other) is not None
    with pytest.raises(NotAllowed):
        account.change_password(world.app, world.planner, "niet het oude", "een nieuw wachtwoord")
    with pytest.raises(InvalidValue):
        account.change_password(world.app, world.planner, PASSWORD, "kort")
    account.change_password(world.app, world.planner, PASSWORD, "een nieuw wachtwoord")
    assert sessions.session_of(world.app, other) is None
    assert sign_in(world, password="een nieuw wachtwoord")


def test_ending_other_sessions_keeps_this_one(quick_world: World) -> None:
    token, other = sign_in(quick_world), sign_in(quick_world)
    assert account.sign_out_others(quick_world.app, quick_world.planner, token) == 1
    assert sessions.session_of(quick_world.app, other) is None
    assert sessions.session_of(quick_world.app, token) is not None


def test_the_own_account_shows_where_else_it_is_signed_in(quick_world: World) -> None:
    token, _ = sign_in(quick_world), sign_in(quick_world, "hanneke")
    assert account.other_sessions(quick_world.app, quick_world.planner, token) == ()
    began = quick_world.clock()
    other = sign_in(quick_world)
    quick_world.clock.turn(minutes=10)
    assert sessions.session_of(quick_world.app, other)
    (found,) = account.other_sessions(quick_world.app, quick_world.planner, token)
    assert (found.since, found.seen_at) == (began, quick_world.clock())
    quick_world.clock.turn(minutes=31)
    assert account.other_sessions(quick_world.app, quick_world.planner, token) == ()


def test_guessing_the_old_password_is_slowed_and_written_down(quick_world: World) -> None:
    for _ in range(10):
        with pytest.raises(NotAllowed):
            account.change_password(quick_world.app, quick_world.planner, "niet het oude", "een nieuw wachtwoord")
    assert quick_world.deeds()[0] == "change_password"
    with pytest.raises(TooOften):
        account.change_password(quick_world.app, quick_world.planner, PASSWORD, "een nieuw wachtwoord")
    quick_world.clock.turn(minutes=1)
    account.change_password(quick_world.app, quick_world.planner, PASSWORD, "een nieuw wachtwoord")


def test_a_sample_account_with_a_password_of_its_own_is_offered_to_nobody(quick_world: World) -> None:
    with quick_world.database.writing() as work:
        work.settings.put(SAMPLE_PASSWORD, PASSWORD)
        work.accounts.save(replace(work.accounts.get("ilse"), is_sample=True), 1)
    assert [one.email for one in sample_sign_ins(quick_world.app)] == ["ilse@example.org"]
    account.change_password(quick_world.app, quick_world.planner, PASSWORD, "een nieuw wachtwoord")
    assert sample_sign_ins(quick_world.app) == ()


def test_a_changed_role_counts_at_once(quick_world: World) -> None:
    token = sign_in(quick_world, "hanneke")
    with quick_world.database.writing() as work:
        work.accounts.save(replace(work.accounts.get("hanneke"), venues=frozenset()), 1)
    signed = sessions.session_of(quick_world.app, token)
    assert signed is not None
    assert signed.viewer.venues == frozenset()


def test_display_settings_are_kept_and_checked(quick_world: World) -> None:
    account = sessions.change_display(quick_world.app, quick_world.planner, language="en", calm=True)
    assert (account.language, account.theme, account.calm) == ("en", "system", True)
    with pytest.raises(InvalidValue):
        sessions.change_display(quick_world.app, quick_world.planner, theme="pink")


def test_only_planners_and_the_machine_add_accounts(quick_world: World) -> None:
    account = Account("eva", "eva@example.org", "Eva", AccountRole.PLANNER)
    with pytest.raises(NotAllowed):
        sessions.add_account(quick_world.app, quick_world.coordinator, account, PASSWORD)
    sessions.add_account(quick_world.app, quick_world.planner, account, PASSWORD)
    assert sign_in(quick_world, "eva")
    with pytest.raises(Refused):
        sessions.add_account(quick_world.app, quick_world.planner, account, PASSWORD)
