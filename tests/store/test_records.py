"""Messages, audit, answers, sessions, feeds, keys, counters and settings: kept, in order, and only once."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from scheduler.domain.accounts import Account, AccountRole, Session, Tally
from scheduler.domain.audit import AuditEntry
from scheduler.domain.errors import Refused
from scheduler.domain.messages import Lane, Message, MessageState
from scheduler.domain.responses import Answer, Response
from scheduler.domain.roster import Assignment
from scheduler.domain.time import Span
from scheduler.store import Database, Work
from tests.builders import JANUARY, at, roster
from tests.store.world import NOW, draft, fill, publish, run_sql

MINUTE = timedelta(minutes=1)


def message(id: str, lane: Lane = Lane.NORMAL, minutes: int = 0) -> Message:
    return Message(id, "published", NOW, NOW + minutes * MINUTE, expert="noor", payload={"n": [1, "é"]}, lane=lane)


def test_urgent_messages_go_first_and_each_to_one_sender(database: Database) -> None:
    given = [message("a", Lane.BULK), message("b"), message("c", Lane.URGENT), message("d", minutes=9)]
    with database.writing() as work:
        work.outbox.add_all(given)
        assert work.outbox.get("a") == given[0]
    with database.writing() as work:
        taken = work.outbox.take(NOW, 2, 60)
        assert [m.id for m in taken] == ["c", "b"]
        assert [m.id for m in work.outbox.take(NOW, 9, 60)] == ["a"]
        assert work.outbox.take(NOW, 9, 60) == []
        work.outbox.sent("c", NOW)
        work.outbox.postpone("b", NOW + 5 * MINUTE, "451 later")
        work.outbox.settle(["a"], MessageState.SUPERSEDED)
        assert [m.id for m in work.outbox.take(NOW + 10 * MINUTE, 9, 60)] == ["b", "d"]
        assert work.outbox.get("b").attempts == 2
        assert work.outbox.waiting() == 2
        assert {m.id for m in work.outbox.of(expert="noor")} == {"a", "b", "c", "d"}


def test_a_message_of_a_unit_that_fails_is_not_there(database: Database) -> None:
    fill(database)

    def tell_and_double_book(work: Work) -> None:
        work.outbox.add(message("a"))
        work.bookings.add_all([Assignment("noor", "s1"), Assignment("noor", "s2")])

    with pytest.raises(Refused):
        database.write(tell_and_double_book)
    with database.reading() as work:
        assert work.outbox.find("a") is None


def entry(action: str) -> AuditEntry:
    return AuditEntry(NOW, "ada", "planner", action, "venue lydia", "req1", "web", ("address", "note"))


def test_the_book_of_deeds_shows_any_change(database: Database) -> None:
    with database.writing() as work:
        work.audit.add(entry("one"))
        work.audit.add_all([entry("two"), entry("three")])
    with database.reading() as work:
        assert [e.action for e in work.audit.about("venue lydia")] == ["three", "two", "one"]
        assert work.audit.newest(1) == [entry("three")]
        assert work.audit.first_break() is None
    off = {"sqlite": "DROP TRIGGER audit_is_fixed_{}", "postgresql": "ALTER TABLE audit DISABLE TRIGGER audit_is_fixed"}
    run_sql(database, off[database.engine_name].format("update"))
    run_sql(database, "UPDATE audit SET actor = 'eve' WHERE action = 'two'")
    with database.reading() as work:
        assert work.audit.first_break() == 2


def test_a_removed_deed_shows(database: Database) -> None:
    with database.writing() as work:
        work.audit.add_all([entry("one"), entry("two"), entry("three")])
    off = {"sqlite": "DROP TRIGGER audit_is_fixed_delete", "postgresql": "ALTER TABLE audit DISABLE TRIGGER ALL"}
    run_sql(database, off[database.engine_name])
    run_sql(database, "DELETE FROM audit WHERE action = 'two'")
    with database.reading() as work:
        assert work.audit.first_break() == 3


@pytest.mark.parametrize("table", ["audit", "response"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET at = at", "DELETE FROM {}"])
def test_deeds_and_answers_are_only_ever_added(database: Database, table: str, statement: str) -> None:
    fill(database)
    with database.writing() as work:
        work.audit.add(entry("one"))
        work.responses.add(Response("noor", "s1", Answer.NO, NOW))
    with pytest.raises(DBAPIError, match=f"{table}_is_fixed"):
        run_sql(database, statement.format(table))
    around = {"sqlite": f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}", "postgresql": f"TRUNCATE {table}"}
    with pytest.raises(DBAPIError, match=f"{table}_is_fixed"):
        run_sql(database, around[database.engine_name])


def test_the_newest_answer_counts(database: Database) -> None:
    fill(database)
    no, yes = Response("noor", "s1", Answer.NO, NOW), Response("noor", "s1", Answer.YES, NOW, on_behalf_by="ada")
    other = Response("sam", "s4", Answer.NO, NOW)
    with database.writing() as work:
        for response in (no, yes, other):
            work.responses.add(response)
    with database.reading() as work:
        assert work.responses.of("noor", "s1") == [no, yes]
        newest = {Assignment("noor", "s1"): yes, Assignment("sam", "s4"): other}
        assert work.responses.newest_in_window(JANUARY) == newest
        assert work.responses.newest_to(["s1", "s4"]) == newest
        assert work.responses.newest_of_expert("noor") == {"s1": yes}
        assert work.responses.declined_in_window(JANUARY) == {Assignment("sam", "s4")}


def test_a_session_ends_when_it_is_told_to_or_its_time_is_over(database: Database) -> None:
    with database.writing() as work:
        work.accounts.add(Account("a1", "a@x.nl", "A", AccountRole.PLANNER))
        for n in range(4):
            work.sessions.add(Session(f"t{n}", "a1", "c", NOW, NOW, NOW + n * MINUTE))
        assert work.sessions.forget_expired(NOW) == 1
        work.sessions.seen("t1", NOW + MINUTE, NOW + 9 * MINUTE)
        assert work.sessions.get("t1").expires_at == NOW + 9 * MINUTE
        work.sessions.discard("t1")
        assert work.sessions.find("t1") is None
        assert work.sessions.discard_account("a1", but="t3") == 1
        assert [s.token_hash for s in work.sessions.all()] == ["t3"]


def test_the_same_request_is_done_once(database: Database) -> None:
    with database.writing() as work:
        assert work.keys.claim("a1", "k", "publish", "h1", NOW) is None
        work.keys.finish("a1", "k", {"number": 3})
    with database.writing() as work:
        assert work.keys.claim("a1", "k", "publish", "h1", NOW) == {"number": 3}
        assert work.keys.claim("a2", "k", "publish", "h1", NOW) is None
    with pytest.raises(Refused, match="other content"), database.writing() as work:
        work.keys.claim("a1", "k", "publish", "h2", NOW)
    with database.writing() as work:
        assert work.keys.forget(NOW + MINUTE) == 2


def test_attempts_have_one_tally_per_kind_and_subject(database: Database) -> None:
    with database.writing() as work:
        for count in (1, 2):
            work.attempts.put("sign-in", "noor@x.nl", Tally(count, NOW + count * MINUTE))
        work.attempts.put("sign-in", "sam@x.nl", Tally(1, NOW))
        assert work.attempts.tally("sign-in", "noor@x.nl") == Tally(2, NOW + 2 * MINUTE)
        assert work.attempts.tally("form", "noor@x.nl") is None
        for _ in range(3):
            work.attempts.take_back("sign-in", "noor@x.nl")
        assert work.attempts.tally("sign-in", "noor@x.nl") == Tally(0, NOW + 2 * MINUTE)
        work.attempts.clear("sign-in", "noor@x.nl")
        assert work.attempts.tally("sign-in", "noor@x.nl") is None
        assert work.attempts.forget(NOW + MINUTE) == 1


def test_settings_hold_anything_and_fall_back(database: Database) -> None:
    with database.writing() as work:
        assert work.settings.value("anchor", "2026-01-05") == "2026-01-05"
        for value in ("x", None, 3, [1, {"a": None}], False):
            work.settings.put("anchor", value)
            assert work.settings.value("anchor", "other") == value


def test_a_feed_is_known_by_its_newest_token_and_counts_every_visible_change(database: Database) -> None:
    given = fill(database)
    with database.writing() as work:
        work.feeds.rotate("noor", "h1", NOW)
        work.feeds.rotate("noor", "h2", NOW)
        assert work.feeds.find_token("h1") is None
        work.feeds.used("noor", NOW)

    def revision() -> int:
        with database.reading() as work:
            found = work.feeds.find_token("h2")
            assert found is not None
            return found.revision

    seen = [revision()]
    publish(database, draft(roster("noor: s1", "sam: s4")))
    seen.append(revision())
    with database.writing() as work:
        work.bookings.discard(Assignment("noor", "s1"))
    seen.append(revision())
    with database.writing() as work:
        work.venues.save(given.venue["lydia"], 1)
    seen.append(revision())
    with database.writing() as work:
        work.shifts.save(given.shift["s4"])
    seen.append(revision())
    assert seen == sorted(set(seen))
    with database.writing() as work:
        work.bookings.discard(Assignment("sam", "s4"))
        work.outbox.add(message("a"))
    assert revision() == seen[-1]


def test_bookings_of_an_expert_are_found_by_the_span_they_touch(database: Database) -> None:
    fill(database)
    publish(database, draft(roster("noor: s1 s3 s4", "sam: s2")))
    with database.reading() as work:
        monday = Span(at("mon 10:00"), at("mon 12:00"))
        assert work.bookings.of_expert("noor", monday) == [Assignment("noor", "s1")]
        assert work.bookings.of_shift("s2") == ["sam"]
