"""Does a planner see which letters did not arrive, and nothing of what was in them?"""

from dataclasses import replace

import pytest

from scheduler.config import MailServer
from scheduler.domain.messages import MessageState
from scheduler.domain.responses import Answer
from scheduler.services import respond
from tests.services.world import World
from tests.support.browser import OpenPage, assert_accessible
from tests.web.conftest import served
from tests.web.site import Site


@pytest.fixture
def mailing(site: Site) -> Site:
    """A site with a mail server, after Noor said no to s1 and no letter about it was taken."""
    server = MailServer("127.0.0.1", 25, "none", sender="rooster@example.org")
    known = site.world
    found = World(replace(known.app, config=replace(known.app.config, mail=server)), known.clock)
    site.app.extensions["services"] = found.app
    respond.answer(found.app, found.expert("noor"), "s1", Answer.NO)
    with found.database.writing() as work:
        work.outbox.settle([m.id for m in work.outbox.all()], MessageState.FAILED, "554 no such box, said the server")
    return Site(site.app, found)


def test_today_counts_the_letters_and_leads_to_them(mailing: Site) -> None:
    ilse = mailing.person("ilse")
    today = ilse.get("/planner/").text
    assert "2 brieven zijn niet aangekomen." in today
    assert 'href="/planner/letters"' in today
    assert "nog geen brieven" not in today
    page = ilse.get("/planner/letters").text
    for text in ("Hanneke", "020 000 00 00", "Wie er in het huis komt", "Lydia", "Een plek is weer vrij"):
        assert text in page
    for private in ("554", "said the server", "Noor", "@"):
        assert private not in page.split("<main")[1].split("</main>")[0]


def test_without_a_mail_server_one_sentence_says_so(site: Site) -> None:
    ilse = site.person("ilse")
    assert "Er gaan nog geen brieven uit" in ilse.get("/planner/").text
    page = ilse.get("/planner/letters").text
    assert "want er is nog geen mailserver" in page
    assert "<table" not in page


def test_with_mail_and_nothing_lost_the_page_says_so_and_today_is_quiet(mailing: Site) -> None:
    with mailing.world.database.writing() as work:
        work.outbox.settle([m.id for m in work.outbox.all()], MessageState.SENT)
    ilse = mailing.person("ilse")
    assert "Er is geen brief blijven liggen." in ilse.get("/planner/letters").text
    assert "/planner/letters" not in ilse.get("/planner/").text


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_the_list_is_accessible_and_fits(mailing: Site, open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    with served(mailing.app) as address:
        page.context.add_cookies([{"name": "wijkrooster", "value": mailing.token("ilse"), "url": address}])
        for path in ("/planner/", "/planner/letters"):
            page.goto(address + path)
            assert_accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
