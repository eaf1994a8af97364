"""What is served beside pages: the built files, the calendars, and the process that serves them."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.web.site import Person, Site
from web.bundle import AssetsMissing, read_bundle


def test_a_front_end_that_was_not_built_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(AssetsMissing, match="make assets"):
        read_bundle(tmp_path)


def make_address(noor: Person) -> str:
    """The path of a new calendar address of Noor."""
    noor.get("/expert/calendar")
    page = noor.post("/expert/calendar/new").text
    return str(re.findall(r">https?://[^/<]+(/calendar/[^<]+\.ics)<", page)[0])


def test_a_calendar_is_read_without_signing_in_and_not_sent_twice(site: Site) -> None:
    path = make_address(site.person("noor"))
    stranger = site.stranger()
    first = stranger.client.get(path)
    assert first.status_code == 200
    assert first.text.startswith("BEGIN:VCALENDAR")
    assert first.headers["Cache-Control"] == "private, max-age=900"
    assert "Set-Cookie" not in first.headers
    again = stranger.client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert stranger.client.head(path).status_code == 200


@pytest.mark.parametrize("sent", ["unquoted", '"other"', 'W/"weak"', '"' + "x" * 10_000 + '"', ",,,"])
def test_a_strange_question_for_what_changed_gets_the_whole_calendar(site: Site, sent: str) -> None:
    path = make_address(site.person("noor"))
    assert site.stranger().client.get(path, headers={"If-None-Match": sent}).status_code == 200


def test_an_old_or_changed_address_is_not_there(site: Site) -> None:
    noor = site.person("noor")
    old = make_address(noor)
    new = make_address(noor)
    stranger = site.stranger()
    assert stranger.client.get(new).status_code == 200
    for path in (old, new.upper().replace("/CALENDAR/", "/calendar/").replace(".ICS", ".ics"), new[:-6] + ".ics"):
        assert stranger.client.get(path).status_code == 404, path
    noor.get("/expert/calendar")
    noor.post("/expert/calendar/stop")
    assert stranger.client.get(new).status_code == 404


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def serve(folder: Path, **settings: str) -> "subprocess.Popen[str]":
    """The web server as a process of its own."""
    environment = os.environ | {"WIJKROOSTER_INSTANCE": str(folder)} | settings
    command = [sys.executable, "-m", "web"]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


def test_the_process_serves_pages_and_does_not_tell_what_it_is(site: Site) -> None:
    folder = site.world.app.config.instance
    port = free_port()
    with serve(folder, PORT=str(port), WIJKROOSTER_DATABASE=f"sqlite:///{folder / 'world.db'}") as process:
        for _ in range(100):
            try:
                answer = urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=5)
                break
            except OSError:
                time.sleep(0.1)
        with answer:
            assert answer.status == 200
            assert answer.headers["Server"] is None
        process.terminate()


def test_a_server_that_cannot_start_says_why_in_one_sentence(tmp_path: Path) -> None:
    with serve(tmp_path, HOST="0.0.0.0", PORT="8000") as process:
        assert process.stderr is not None
        said = process.stderr.read()
        assert process.wait(20) == 2
    assert "Maybe put a TLS proxy in front" in said
    assert "Traceback" not in said
