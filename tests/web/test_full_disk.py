"""What do people and watchmen see when the disk of the server is full?"""

import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from scheduler.services import database, worker
from scheduler.store import sqlite
from tests.web.site import Person, Site


@pytest.fixture
def fill(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Lets the file of the site grow to at most so many pages; one page is a disk without room."""
    prepare, most = sqlite.prepare, [2**30]

    def prepare_small(connection: Any, *rest: Any) -> None:
        prepare(connection, *rest)
        connection.execute(f"PRAGMA max_page_count = {most[0]}")

    def allow(pages: int) -> None:
        most[0] = pages
        site.world.database.close()

    monkeypatch.setattr(sqlite, "prepare", prepare_small)
    yield allow
    allow(2**30)


@pytest.fixture
def full(site: Site, fill: Callable[[int], None]) -> Person:
    """Noor, who sent answers until the disk was full; the last page that she saw is her `secrets`."""
    noor = site.person("noor")
    noor.get("/expert/shifts/s1")
    fill(1)
    for number in range(100):
        answer = ("yes", "talk")[number % 2]
        if noor.send("/expert/shifts/s1/answer", answer=answer, key=f"k{number}").status_code == 503:
            return noor
    raise AssertionError("the disk never was full")


def answers(site: Site) -> int:
    """How many answers are kept."""
    with site.world.database.reading() as work:
        return len(work.responses.of("noor", "s1"))


def test_a_form_that_finds_the_disk_full_says_so_and_keeps_nothing(
    site: Site, full: Person, caplog: pytest.LogCaptureFixture
) -> None:
    before = answers(site)
    with caplog.at_level(logging.ERROR):
        page = full.client.post("/expert/shifts/s1/answer", data=full.secrets | {"answer": "talk", "key": "last"})
    assert (page.status_code, answers(site)) == (503, before)
    assert "De schijf van de server is vol." in page.text
    assert "Nu kan er niets worden bewaard" in page.text
    assert page.headers["Retry-After"]
    assert "database or disk is full" in caplog.text
    [reference] = re.findall(r"kenmerk (\w+)", page.text)
    assert reference in caplog.text


def test_a_planner_hears_the_same_on_the_board(site: Site, fill: Callable[[int], None]) -> None:
    ilse = site.person("ilse")
    ilse.get("/planner/shifts/s1")
    fill(1)
    for number in range(100):
        ilse.get("/planner/shifts/s1")
        page = ilse.send(f"/planner/shifts/s1/{('pin', 'unpin')[number % 2]}", expert="noor", window="2027-01-04")
        if page.status_code != 302:
            break
    assert page.status_code == 503
    assert "Nu kan er niets worden bewaard" in page.text
    assert page.headers["Retry-After"]


def test_the_watchman_hears_of_a_full_disk_until_there_is_room(
    site: Site, full: Person, fill: Callable[[int], None]
) -> None:
    watchman = site.stranger()
    assert (watchman.get("/healthz").status_code, watchman.get("/healthz").text) == (503, "not ok\n")
    fill(2**30)
    assert (watchman.get("/healthz").status_code, watchman.get("/healthz").text) == (200, "ok\n")


def test_the_watchman_hears_of_a_disk_that_is_nearly_full(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LEAST_FREE_BYTES", 2**62)
    assert site.stranger().get("/healthz").status_code == 503


def test_people_go_on_reading_when_the_disk_is_full(site: Site, full: Person) -> None:
    site.world.clock.turn(minutes=5)
    assert full.get("/expert/").status_code == 200


def test_the_worker_waits_and_the_log_says_why(site: Site, full: Person, caplog: pytest.LogCaptureFixture) -> None:
    site.world.clock.turn(days=28)
    with caplog.at_level(logging.ERROR):
        assert not worker._done("care", lambda: worker.care(site.world.app))
    assert "care waits: The disk of the server is full." in caplog.text
