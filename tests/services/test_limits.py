"""Tests of how often things may be done: counted once for all processes, given back with time, the machine is free."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from scheduler.domain.accounts import Tally
from scheduler.domain.errors import NotAllowed, NotFound, Refused, TooOften
from scheduler.domain.runs import RunSettings
from scheduler.services import exports, feeds, limits, optimise, transfer
from scheduler.services.context import Viewer
from tests.services.world import NOW, World

HOUR = timedelta(hours=1)


def allowed(limit: limits.Limit, seconds: list[int]) -> list[float]:
    """At which of these pauses one more is allowed, as seconds since the start."""
    tally: Tally | None = None
    now, found = NOW, []
    for pause in seconds:
        now += timedelta(seconds=pause)
        if limit.wait(tally, now) <= timedelta(0):
            tally = limit.counted(tally, now)
            found.append((now - NOW).total_seconds())
    return found


@given(some.lists(some.integers(0, 400), max_size=80), some.integers(1, 12))
def test_an_allowance_never_gives_more_than_its_size_and_its_rate(pauses: list[int], most: int) -> None:
    found = allowed(limits.Allowance("x", most, timedelta(seconds=60)), pauses)
    for index, first in enumerate(found):
        for count, last in enumerate(found[index:], start=1):
            assert count <= most + (last - first) / 60 + 1


@given(some.lists(some.integers(0, 400), min_size=1, max_size=60))
def test_who_waits_as_long_as_told_is_let_in_and_a_second_before_is_not(pauses: list[int]) -> None:
    for limit in (limits.Allowance("x", 5, timedelta(seconds=90)), limits.Patience("x", 5)):
        tally: Tally | None = None
        now = NOW
        for pause in pauses:
            now += timedelta(seconds=pause)
            wait = limit.wait(tally, now)
            if wait > timedelta(0):
                assert limit.wait(tally, now + wait - timedelta(seconds=1)) > timedelta(0)
                now += wait
                assert limit.wait(tally, now) <= timedelta(0)
            tally = limit.counted(tally, now)


def test_a_refusal_names_a_minute_that_is_late_enough() -> None:
    refusal = limits.too_often(NOW + timedelta(seconds=20), timedelta(seconds=61.5))
    assert refusal.seconds == 62
    assert refusal.sentence.values["when"] == NOW + timedelta(minutes=2)
    assert limits.too_often(NOW, timedelta(minutes=1)).sentence.values["when"] == NOW + timedelta(minutes=1)


def test_many_at_once_share_one_allowance(world: World) -> None:
    def form(_number: int) -> bool:
        try:
            limits.spend_now(world.app, limits.FEEDS, "token")
        except TooOften:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(form, range(40))) == limits.FEEDS.most


def takes(world: World, deed: Callable[[], object]) -> int:
    """How often a deed is done until it is refused, by the clock standing still."""
    for count in range(1000):
        try:
            deed()
        except TooOften:
            return count
    raise AssertionError("it is never refused")


def test_an_account_sends_sixty_forms_a_minute_and_a_planner_a_board_of_them_at_once(quick_world: World) -> None:
    app, noor = quick_world.app, quick_world.expert("noor")
    assert takes(quick_world, lambda: limits.count_form(app, noor)) == 60
    assert takes(quick_world, lambda: limits.count_form(app, quick_world.planner)) == 240
    limits.count_form(app, quick_world.coordinator)
    quick_world.clock.turn(seconds=30)
    assert takes(quick_world, lambda: limits.count_form(app, noor)) == 30
    wide = replace(app, config=replace(app.config, forms_a_minute=600))
    assert takes(quick_world, lambda: limits.count_form(wide, quick_world.stranger)) == 600


def test_a_planner_takes_ten_files_an_hour_and_the_machine_as_many_as_it_likes(
    quick_world: World, tmp_path: Path
) -> None:
    app, first = quick_world.app, quick_world.window.first
    ways: list[Callable[[Viewer], object]] = [
        lambda viewer: exports.export_roster_csv(app, viewer, first),
        lambda viewer: exports.export_roster_ics(app, viewer, first),
        lambda viewer: exports.export_folder(app, tmp_path / "out", viewer=viewer, force=True),
    ]
    for way in ways * 3:
        way(quick_world.planner)
    assert takes(quick_world, lambda: ways[0](quick_world.planner)) == 1
    for way in ways:
        with pytest.raises(TooOften):
            way(quick_world.planner)
        way(Viewer.system())
    with pytest.raises(NotAllowed):
        exports.export_folder(app, tmp_path / "new", viewer=quick_world.coordinator)
    quick_world.clock.turn(minutes=6)
    assert takes(quick_world, lambda: ways[0](quick_world.planner)) == 1


def test_a_planner_tries_ten_imports_an_hour(quick_world: World) -> None:
    files = {"experts.csv": b"x"}
    assert takes(quick_world, lambda: transfer.import_folder(quick_world.app, files, viewer=quick_world.planner)) == 10
    assert transfer.import_folder(quick_world.app, files).faults


def test_one_run_goes_and_three_wait(world: World) -> None:
    windows = [world.window.first + timedelta(days=28 * number) for number in range(6)]
    for first in windows[1:]:
        world.add_shift_in(first)

    def start(number: int) -> None:
        optimise.request_run(world.app, world.planner, windows[number], RunSettings(seconds=1, workers=1))

    for number in (0, 1, 2):
        start(number)
    with pytest.raises(Refused, match="3 runs waiting"):
        start(3)
    claims = [world.database.write(lambda work: work.runs.claim(world.clock(), 5)) for _ in range(2)]
    assert [claim is not None for claim in claims] == [True, False]
    start(3)
    with pytest.raises(Refused, match="3 runs waiting"):
        start(4)


def test_a_calendar_is_sent_twelve_times_an_hour_and_not_at_all_as_often_as_one_likes(world: World) -> None:
    token = feeds.rotate_calendar_token(world.app, world.expert("noor")).token
    other = feeds.rotate_calendar_token(world.app, world.expert("sam")).token
    assert token is not None
    assert other is not None
    _, etag = feeds.feed(world.app, token)
    assert takes(world, lambda: feeds.feed(world.app, token)) == 11
    for _ in range(20):
        assert feeds.feed(world.app, token, has=etag.__eq__)[1] == etag
    assert feeds.feed(world.app, other)
    world.clock.turn(minutes=5)
    assert takes(world, lambda: feeds.feed(world.app, token)) == 1
    world.clock.turn(hours=1)
    assert takes(world, lambda: feeds.feed(world.app, token)) == 12


def test_thirty_unknown_calendars_a_minute_are_looked_up_for_one_address(quick_world: World) -> None:
    token = feeds.rotate_calendar_token(quick_world.app, quick_world.expert("noor")).token

    def ask(address: str = "203.0.113.9") -> None:
        with pytest.raises(NotFound):
            feeds.feed(quick_world.app, "unknown", address=address)

    assert takes(quick_world, ask) == 30
    ask("203.0.113.10")
    assert token is not None
    assert feeds.feed(quick_world.app, token, address="203.0.113.9"), "a neighbour's old address harms nobody"
    quick_world.clock.turn(seconds=4)
    assert takes(quick_world, ask) == 2
