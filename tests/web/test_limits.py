"""What does somebody see who is faster than the website allows? A sentence, a time, and what was filled in."""

import re

from scheduler.domain.accounts import Tally
from tests.web.site import Person, Site


def use_up(site: Site, kind: str, subject: str, count: int = 1000) -> None:
    """Let an allowance be used to its end."""
    with site.world.database.writing() as work:
        work.attempts.put(kind, subject, Tally(count, site.world.clock()))


def forms_of(site: Site, account: str) -> int:
    """How many forms of an account count now."""
    with site.world.database.reading() as work:
        tally = work.attempts.tally("form", account)
    return tally.count if tally else 0


def answer(noor: Person, said: str = "talk") -> int:
    """The status of an answer to the shift s1."""
    return noor.send("/expert/shifts/s1/answer", answer=said).status_code


def test_too_many_forms_are_refused_with_a_sentence_and_what_was_chosen_is_kept(site: Site) -> None:
    noor = site.person("noor")
    noor.get("/expert/shifts/s1")
    use_up(site, "form", "account-noor", 60)
    refused = noor.send("/expert/shifts/s1/answer", answer="talk")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "5")
    assert "Dat ging heel snel. Wacht een paar seconden en verstuur het nog eens." in refused.text
    assert 'name="answer" value="talk"' in refused.text
    assert re.search(r'action="/expert/shifts/s1/answer"', refused.text)
    assert site.world.deeds().count("answer") == 0
    site.world.clock.turn(seconds=5)
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', refused.text))
    assert noor.client.post("/expert/shifts/s1/answer", data=fields).status_code == 302
    assert site.world.deeds().count("answer") == 1


def test_forms_are_counted_per_account_and_pages_are_not(site: Site) -> None:
    noor, sam = site.person("noor"), site.person("sam")
    noor.get("/expert/shifts/s1")
    assert [answer(noor) for _ in range(3)] == [302, 302, 302]
    noor.get("/expert/shifts")
    assert (forms_of(site, "account-noor"), forms_of(site, "account-sam")) == (3, 0)
    use_up(site, "form", "account-noor")
    sam.get("/expert/shifts/s2")
    assert sam.send("/expert/shifts/s2/answer", answer="yes").status_code == 302
    assert noor.get("/expert/").status_code == 200


def test_a_form_that_is_not_ours_counts_for_nobody(site: Site) -> None:
    noor = site.person("noor")
    noor.get("/expert/shifts/s1")
    noor.secrets["csrf"] = "x"
    assert answer(noor) == 403
    assert forms_of(site, "account-noor") == 0


def test_signing_out_always_works(site: Site) -> None:
    noor = site.person("noor")
    noor.get("/expert/")
    use_up(site, "form", "account-noor")
    assert noor.send("/sign-out").status_code == 302
    assert noor.client.get("/expert/").status_code == 302


def test_the_board_hears_it_as_a_sentence(site: Site) -> None:
    ilse = site.person("ilse")
    ilse.get("/planner/shifts/s3?window=2027-01-04")
    use_up(site, "form", "ilse")
    refused = ilse.client.post(
        "/planner/shifts/s3/assign", data=ilse.secrets | {"expert": "noor"}, headers={"X-Board": "1"}
    )
    assert refused.status_code == 429
    assert refused.get_json() == {
        "said": "Dat ging heel snel. Wacht een paar seconden en verstuur het nog eens.",
        "stale": False,
    }


def test_a_calendar_that_is_read_too_often_must_wait_unless_nothing_changed(site: Site) -> None:
    noor, reader = site.person("noor"), site.stranger().client
    noor.get("/expert/calendar")
    path = re.findall(r">https?://[^/<]+(/calendar/[^<]+\.ics)<", noor.post("/expert/calendar/new").text)[0]
    etag = [reader.get(path) for _ in range(12)][-1].headers["ETag"]
    refused = reader.get(path)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "300")
    assert "Probeer het vandaag om 9.05 uur nog eens." in refused.text
    for known in (etag, f"W/{etag}", f'"old", {etag}', "*"):
        assert reader.get(path, headers={"If-None-Match": known}).status_code == 304
    assert reader.get(path, headers={"If-None-Match": '"old"'}).status_code == 429


def test_somebody_who_guesses_calendar_addresses_must_wait(site: Site) -> None:
    stranger = site.stranger().client
    answers = [stranger.get(f"/calendar/{number}.ics").status_code for number in range(31)]
    assert answers == [404] * 30 + [429]
