"""What does the real server say to requests that no browser sends, and does it go on serving everybody else?"""

import errno
import re
import socket
import time
from collections.abc import Iterator

import pytest

from tests.drills.town import Town, Yard
from tests.drills.visitor import Visitor
from web.security import MOST_BYTES

SECONDS = 5.0
HUNG_UP = {errno.EPIPE, errno.ECONNRESET, errno.ENOTCONN}
"""How it shows that the server has ended the connection before we had said everything."""
ENDLESS_BYTES = 40 * 1024 * 1024
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    """A running website on the sample."""
    with Yard("sqlite") as yard, yard.town() as found:
        found.start_web()
        yield found


def ask(town: Town, *lines: bytes, host: bytes | None = b"127.0.0.1", body: bytes = b"", close: bool = False) -> bytes:
    """All bytes that come back to these raw lines; `close` ends our side of the connection first."""
    head = [*lines[:1], *([b"Host: " + host] if host is not None else []), b"Connection: close", *lines[1:]]
    with socket.create_connection(("127.0.0.1", town.port), timeout=SECONDS) as line:
        try:
            line.sendall(b"\r\n".join(head) + b"\r\n\r\n" + body)
            if close:
                line.shutdown(socket.SHUT_WR)
        except OSError as error:
            if error.errno not in HUNG_UP:
                raise
        return _read(line)


def _read(line: socket.socket) -> bytes:
    """What comes until the end, or until the server hangs up on what it does not want to read."""
    parts = []
    try:
        while part := line.recv(65536):
            parts.append(part)
    except ConnectionError:
        pass
    return b"".join(parts)


def status_of(answer: bytes) -> int:
    """The status of an answer that shows nothing of the inside."""
    found = re.match(rb"HTTP/1\.[01] (\d{3}) ", answer)
    assert found, answer[:200]
    assert not re.search(rb"Traceback|waitress|sqlalchemy|\nServer:", answer, re.I)
    assert len(re.findall(rb"^HTTP/1\.", answer, re.M)) == 1
    return int(found[1])


def require_well(town: Town) -> None:
    """The server still serves."""
    assert Visitor(town.port).get("/sign-in").status == 200


ADDRESSES = {
    "NUL": (b"/%00", {404}),
    "no UTF-8": (b"/%ff", {404}),
    "overlong UTF-8": (b"/%c0%af", {404}),
    "up and away": (b"/..%2f..%2f..%2fetc%2fpasswd", {404}),
    "up in the open": (b"/../../../etc/passwd", {404}),
    "built files": (b"/static/..%2f__init__.py", {404}),
    "git": (b"/.git/config", {404}),
    "twice encoded": (b"/%253Cscript%253E", {404}),
    "raw bytes": (b"/\xff\xfe", {400, 404}),
    "sixteen kilobytes": (b"/" + b"x" * 16_384, {400, 404, 414}),
    "three hundred kilobytes": (b"/?" + b"x" * 300_000, {400, 414, 431}),
    "another server": (b"http://evil.nl/sign-in", {200, 400, 404}),
    "two slashes": (b"//evil.nl/sign-in", {308, 400, 404}),
    "a strange query": (b"/sign-in?next=%0d%0aSet-Cookie:%20x=1&next=//evil.nl", {200, 400}),
}


@pytest.mark.parametrize(("address", "statuses"), ADDRESSES.values(), ids=ADDRESSES)
def test_an_address_that_no_link_holds_gets_a_plain_answer(town: Town, address: bytes, statuses: set[int]) -> None:
    answer = ask(town, b"GET " + address + b" HTTP/1.1")
    assert (not answer and len(address) > 100_000) or status_of(answer) in statuses
    assert b"evil.nl" not in answer.split(b"\r\n\r\n")[0]
    assert b"root:" not in answer
    require_well(town)


@pytest.mark.parametrize("method", [b"TRACE", b"CONNECT", b"FOO", b"PUT", b"DELETE", b"PATCH", b"get", b"<script>"])
def test_a_way_of_asking_that_no_form_has_is_refused(town: Town, method: bytes) -> None:
    answer = ask(town, method + b" /sign-in HTTP/1.1", b"Cookie: secret=1")
    assert status_of(answer) in {400, 403, 404, 405, 501}
    assert b"secret=1" not in answer


HOSTS = [b"evil.nl", b"127.0.0.1.evil.nl", b"127.0.0.1@evil.nl", b"", b"\xff", b"a b", b"127.0.0.1:99999999", None]


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_that_is_not_ours_is_refused_on_every_kind_of_page(town: Town, host: bytes | None) -> None:
    for path in (b"/sign-in", b"/healthz", b"/nothing", b"/static/nothing.css"):
        answer = ask(town, b"GET " + path + b" HTTP/1.1", host=host)
        assert status_of(answer) in ({400} if host != b"127.0.0.1:99999999" else {200, 400, 404})
        assert b"evil.nl" not in answer


def test_what_a_caller_says_about_itself_changes_nothing(town: Town) -> None:
    said = [
        b"X-Forwarded-Host: evil.nl",
        b"X-Forwarded-Proto: https",
        b"X-Forwarded-For: 9.9.9.9",
        b"Forwarded: host=e",
    ]
    answer = ask(town, b"GET /planner/ HTTP/1.1", *said, b"X-HTTP-Method-Override: DELETE")
    assert status_of(answer) == 302
    assert b"Location: /sign-in?next=/planner/" in answer


LENGTHS = {
    "two lengths": [b"Content-Length: 3", b"Content-Length: 30"],
    "chunks that are none": [b"Transfer-Encoding: chunked, gzip"],
    "below zero": [b"Content-Length: -1"],
    "no number": [b"Content-Length: NaN"],
    "signed": [b"Content-Length: +3"],
    "five megabytes and a byte": [b"Content-Length: 5242881"],
    "a year of bytes": [b"Content-Length: " + b"9" * 30],
    "a folded line": [b"X-A: b\r\n c", b"Content-Length: 3"],
    "a name with a space": [b"Content-Length : 3"],
    "a hundred thousand letters": [b"X-A: " + b"x" * 100_000, b"Content-Length: 3"],
    "half a megabyte of lines": [b"X-%d: x" % n for n in range(40_000)],
}


@pytest.mark.parametrize("lines", LENGTHS.values(), ids=LENGTHS)
def test_a_body_whose_length_cannot_be_trusted_is_refused(town: Town, lines: list[bytes]) -> None:
    answer = ask(town, b"POST /sign-in HTTP/1.1", FORM.strip(), *lines, body=b"a=b", close=True)
    assert not answer or status_of(answer) in {400, 403, 411, 413, 415, 431, 501}
    require_well(town)


@pytest.mark.parametrize("version", [b"1.1", b"1.0"])
@pytest.mark.parametrize(
    "encoding", [b"Transfer-Encoding: chunked", b"transfer-ENCODING: ,", b"Transfer-Encoding:\tgzip"]
)
def test_a_second_request_cannot_hide_behind_two_lengths(town: Town, encoding: bytes, version: bytes) -> None:
    hidden = b"0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    for lengths in ([b"Content-Length: %d" % len(hidden), encoding], [encoding, b"content-length: 5"]):
        answer = ask(town, b"POST /sign-in HTTP/" + version, FORM.strip(), *lengths, body=hidden)
        assert status_of(answer) == 400


@pytest.mark.parametrize("extra", [[], [b"Expect: 100-continue"]], ids=["plain", "asks first"])
def test_a_body_of_a_byte_too_many_is_refused_before_it_is_sent(town: Town, extra: list[bytes]) -> None:
    length = b"Content-Length: %d" % (MOST_BYTES + 1)
    began = time.monotonic()
    answer = ask(town, b"POST /sign-in HTTP/1.1", FORM.strip(), length, *extra)
    assert status_of(answer) == 413
    assert "Je kunt hooguit 5 MB versturen." in answer.decode()
    assert time.monotonic() - began < SECONDS / 2
    require_well(town)


def test_what_follows_a_body_that_was_left_on_the_wire_is_not_taken_for_a_request(town: Town) -> None:
    length = b"Content-Length: %d" % (MOST_BYTES + 1)
    body = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    head = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: keep-alive\r\n" + FORM + length + b"\r\n\r\n"
    with socket.create_connection(("127.0.0.1", town.port), timeout=SECONDS) as line:
        line.sendall(head + body)
        assert status_of(_read(line)) == 413


def test_a_body_that_breaks_off_leaves_nothing_behind(town: Town) -> None:
    ask(town, b"POST /sign-in HTTP/1.1", FORM.strip(), b"Content-Length: 500", body=b"email=a", close=True)
    require_well(town)


def test_chunks_without_end_are_cut_off(town: Town) -> None:
    head = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n" + FORM + b"Transfer-Encoding: chunked\r\n\r\n"
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    sent, began = 0, time.monotonic()
    with socket.create_connection(("127.0.0.1", town.port), timeout=SECONDS) as line:
        line.sendall(head)
        try:
            while sent < ENDLESS_BYTES:
                line.sendall(chunk)
                sent += len(chunk)
        except OSError:
            pass
        answer = _read(line)
    assert sent < ENDLESS_BYTES
    assert not answer or status_of(answer) == 413
    assert time.monotonic() - began < 4 * SECONDS
    require_well(town)


@pytest.mark.parametrize(
    "garbage", [b"\r\n\r\n\r\n", b"\x16\x03\x01\x02\x00\x01", b"GET\r\n\r\n", b"\x00" * 400 + b"\r\n\r\n"]
)
def test_what_is_no_http_at_all_harms_nobody(town: Town, garbage: bytes) -> None:
    with socket.create_connection(("127.0.0.1", town.port), timeout=SECONDS) as line:
        line.sendall(garbage)
        line.shutdown(socket.SHUT_WR)
        answer = _read(line)
    assert not answer or status_of(answer) in {400, 404, 501}
    require_well(town)


COOKIES = [
    b"wijkrooster=" + b"x" * 5_000,
    b"wijkrooster=\xff\xfe",
    b"wijkrooster",
    b"=;=;=",
    b"wijkrooster=a; wijkrooster=b",
]


@pytest.mark.parametrize("cookie", COOKIES)
def test_a_broken_cookie_means_signed_out(town: Town, cookie: bytes) -> None:
    answer = ask(town, b"GET /expert/ HTTP/1.1", b"Cookie: " + cookie)
    assert status_of(answer) == 302
    assert b"Location: /sign-in" in answer


ACCEPTS = {
    "language without sense": b"Accept-Language: nl;q=abc, ;;;, " + b"x-" * 2_000,
    "a picture": b"Accept: image/png",
    "a strange packing": b"Accept-Encoding: gzip;q=abc, \xff",
    "any tag": b"If-None-Match: *",
    "a long tag": b'If-None-Match: W/"' + b"x" * 10_000 + b'"',
    "a tag without quotes": b"If-None-Match: abc, ,",
    "a range": b"Range: bytes=0-0,-1,5-2",
    "a date": b"If-Modified-Since: 31 Feb",
}


@pytest.mark.parametrize("line", ACCEPTS.values(), ids=ACCEPTS)
def test_wishes_without_sense_get_the_usual_page(town: Town, line: bytes) -> None:
    answer = ask(town, b"GET /sign-in HTTP/1.1", line)
    assert status_of(answer) == 200
    assert b'lang="nl"' in answer
