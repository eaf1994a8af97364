"""Tests of guessing at passwords: it becomes slow for a stranger, and never shuts out somebody at an own device."""

import pytest

from scheduler.domain.accounts import Tally
from scheduler.domain.errors import NotAllowed, TooOften
from scheduler.services import devices, limits, sessions
from scheduler.services.sessions import SignedIn
from tests.services.world import PASSWORD, World

pytestmark = pytest.mark.slow

HOME, ELSEWHERE = "10.0.0.1", "203.0.113.9"
WRONG = "een ander wachtwoord"
PAUSES = (1, 2, 4, 8, 15, 15)


def come_in(world: World, who: str = "ilse", *, device: str = "", address: str = HOME) -> SignedIn:
    """Sign in with the right password."""
    return sessions.sign_in(world.app, f"{who}@example.org", PASSWORD, address, device)


def guess(world: World, who: str = "ilse", *, device: str = "", address: str = ELSEWHERE, times: int = 1) -> None:
    """Try wrong passwords that are all looked at."""
    for _ in range(times):
        with pytest.raises(NotAllowed, match="belong together"):
            sessions.sign_in(world.app, f"{who}@example.org", WRONG, address, device)


def refused_seconds(world: World, who: str = "ilse", *, device: str = "", address: str = ELSEWHERE) -> int:
    """How long the next try must wait, by the refusal of this one; also the right password is not looked at."""
    with pytest.raises(TooOften) as caught:
        come_in(world, who, device=device, address=address)
    return caught.value.seconds


def tried(world: World, limit: limits.Limit, subject: str, count: int) -> None:
    """Let so many tries have been made just now."""
    with world.database.writing() as work:
        work.attempts.put(limit.kind, subject, Tally(count, world.clock()))


def test_a_device_that_signed_in_before_comes_in_while_a_stranger_must_wait(world: World) -> None:
    own = come_in(world).device
    guess(world, times=10)
    assert refused_seconds(world) == 60
    assert come_in(world, device=own).account.id == "ilse"


def test_without_a_device_of_its_own_the_owner_would_be_shut_out_by_the_stranger(world: World) -> None:
    come_in(world)
    guess(world, times=10)
    assert refused_seconds(world, address=HOME) == 60
    assert come_in(world, "hanneke").account.id == "hanneke"


def test_each_further_try_waits_longer_up_to_a_quarter_of_an_hour(world: World) -> None:
    guess(world, times=10)
    for minutes in PAUSES:
        assert refused_seconds(world) == minutes * 60
        world.clock.turn(minutes=minutes, seconds=-1)
        assert refused_seconds(world) == 1
        world.clock.turn(seconds=1)
        guess(world)
    world.clock.turn(minutes=15)
    assert come_in(world, address=ELSEWHERE)
    guess(world, times=10)


def test_refused_tries_do_not_make_the_wait_longer(quick_world: World) -> None:
    tried(quick_world, limits.ACCOUNT_TRIES, "ilse", 10)
    for _ in range(50):
        assert refused_seconds(quick_world) == 60
    quick_world.clock.turn(minutes=1)
    assert come_in(quick_world)


def test_a_whole_day_of_guessing_gets_about_a_hundred_tries(quick_world: World) -> None:
    tally, now, tries = None, quick_world.clock(), 0
    end = quick_world.clock.now.replace(day=quick_world.clock.now.day + 1)
    while now < end:
        now += limits.ACCOUNT_TRIES.wait(tally, now)
        tally, tries = limits.ACCOUNT_TRIES.counted(tally, now), tries + 1
    assert 100 <= tries <= 110


def test_after_a_quiet_day_the_tries_are_forgotten(quick_world: World) -> None:
    tried(quick_world, limits.ACCOUNT_TRIES, "ilse", 30)
    quick_world.clock.turn(days=1)
    guess(quick_world, times=2)


def test_the_own_device_has_a_limit_of_its_own(quick_world: World) -> None:
    own = come_in(quick_world).device
    guess(quick_world, device=own, times=10)
    assert refused_seconds(quick_world, device=own) == 60
    assert come_in(quick_world), "a stolen note slows down nobody else"
    quick_world.clock.turn(minutes=1)
    assert come_in(quick_world, device=own)


def test_a_success_at_the_own_device_gives_a_stranger_no_new_tries(quick_world: World) -> None:
    own = come_in(quick_world).device
    tried(quick_world, limits.ACCOUNT_TRIES, "ilse", 10)
    come_in(quick_world, device=own)
    assert refused_seconds(quick_world) == 60


@pytest.mark.parametrize("spelling", ["ILSE@example.org", " ilse@example.org ", "ilse@EXAMPLE.org"])
def test_another_spelling_of_the_address_is_the_same_account(quick_world: World, spelling: str) -> None:
    tried(quick_world, limits.ACCOUNT_TRIES, "ilse", 10)
    with pytest.raises(TooOften):
        sessions.sign_in(quick_world.app, spelling, PASSWORD, ELSEWHERE)


def test_an_unknown_account_is_slowed_down_as_a_known_one(quick_world: World) -> None:
    tried(quick_world, limits.ACCOUNT_TRIES, "ilse", 9)
    tried(quick_world, limits.ACCOUNT_TRIES, "nobody@example.org", 9)
    for who in ("ilse", "nobody"):
        guess(quick_world, who)
        assert refused_seconds(quick_world, who) == 60


def test_an_address_gets_a_hundred_wrong_tries_in_a_quarter_of_an_hour_whatever_the_account(world: World) -> None:
    own = come_in(world).device
    tried(world, limits.ADDRESS_TRIES, ELSEWHERE, 99)
    guess(world, "somebody")
    assert refused_seconds(world, "noor") == 9
    assert come_in(world, "noor", address=HOME)
    assert come_in(world, device=own, address=ELSEWHERE), "who is known here comes in from anywhere"
    world.clock.turn(minutes=15)
    with world.database.reading() as work:
        tally = work.attempts.tally(limits.ADDRESS_TRIES.kind, ELSEWHERE)
    assert limits.ADDRESS_TRIES.counted(tally, world.clock()).count == 1


def test_signing_in_rightly_uses_up_nothing_of_an_address(quick_world: World) -> None:
    tried(quick_world, limits.ADDRESS_TRIES, HOME, 99)
    for _ in range(3):
        come_in(quick_world)


def test_the_addresses_of_one_household_count_together(quick_world: World) -> None:
    tried(quick_world, limits.ADDRESS_TRIES, "2001:db8:1:2::/64", 100)
    assert refused_seconds(quick_world, address="2001:db8:1:2:aaaa::7")
    tried(quick_world, limits.ADDRESS_TRIES, "198.51.100.4", 100)
    assert refused_seconds(quick_world, address="::ffff:198.51.100.4")
    assert come_in(quick_world, address="2001:db8:1:3::7")


def test_a_clock_that_jumps_back_shuts_nobody_out(quick_world: World) -> None:
    quick_world.clock.turn(days=1)
    tried(quick_world, limits.ACCOUNT_TRIES, "ilse", 10)
    tried(quick_world, limits.ADDRESS_TRIES, ELSEWHERE, 100)
    quick_world.clock.turn(days=-1)
    assert refused_seconds(quick_world) == 60
    with quick_world.database.reading() as work:
        tally = work.attempts.tally(limits.ADDRESS_TRIES.kind, ELSEWHERE)
    assert limits.ADDRESS_TRIES.wait(tally, quick_world.clock()).total_seconds() == 9


def test_a_note_of_another_account_secret_or_hand_is_worth_nothing(quick_world: World) -> None:
    secret, own = quick_world.app.config.secret, come_in(quick_world).device
    number, signature = own.split(".")
    bad = [
        *("", ".", own[:-1], own.upper(), f"{number}.{number}", f"{signature}.{number}", own * 20, "é" * 97),
        come_in(quick_world, "otto").device,
        devices.with_account("t" * 40, "ilse", ""),
    ]
    assert devices.known_device(secret, "ilse", own) == number
    for notes in bad:
        assert devices.known_device(secret, "ilse", notes) is None, notes


def test_a_shared_device_knows_the_last_four_accounts(quick_world: World) -> None:
    secret, notes = quick_world.app.config.secret, ""
    for who in ("a", "b", "c", "d", "b", "e"):
        notes = devices.with_account(secret, who, notes)
    assert [who for who in "abcde" if devices.known_device(secret, who, notes)] == ["b", "c", "d", "e"]
    assert len(notes) < 400
