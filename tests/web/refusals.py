"""What does every refusal look like, and how does a test see that nothing was stored?"""

import re
import time

from sqlalchemy import inspect, text
from werkzeug.test import TestResponse

from tests.support.patience import SLOWEST_SECONDS
from tests.web.site import Person, Site

HOMES = {"ilse": "/planner/houses/lydia", "hanneke": "/venue/lydia/ask", "noor": "/expert/limits"}
ASK = {"activity": "drop-in", "first": "2027-01-14", "hours": "afternoon", "headcount": "1", "repeat": "once"}
ASK |= {"until": "", "wish": "", "note": "Graag tot vijf uur"}
ZALGO = "e" + "\u0301" * 500


def rows(site: Site) -> dict[str, int]:
    """How many rows each table has, but for who tried to sign in and the book of deeds about it."""
    with site.world.database.reading() as work:
        session = work.settings._session
        names = set(inspect(session.connection()).get_table_names()) - {"attempt", "audit", "session"}
        return {name: session.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0 for name in names}


def somebody(site: Site, name: str) -> Person:
    """A person with the secrets of a page that holds all of them."""
    person = site.person(name)
    person.get(HOMES[name])
    person.secrets.setdefault("edition", "1")
    return person


def require_sentence(response: TestResponse, began: float, statuses: set[int]) -> None:
    """An answer of these statuses, in time, that is a page of ours and shows nothing of the inside."""
    what = f"{response.request.method} {response.request.path[:80]}"
    assert response.status_code in statuses, what
    assert time.process_time() - began < SLOWEST_SECONDS, what
    assert not re.search(r"Traceback|sqlalchemy|sqlite|psycopg|\.py\b|SELECT ", response.text), what
    if response.status_code >= 400:
        assert 'lang="nl"' in response.text, what
