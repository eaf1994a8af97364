"""How do the sentences of the rules read in Dutch: places and times of other shifts, hours, months and money?"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from scheduler.domain.errors import Sentence
from scheduler.services.views import ShiftLabel
from tests.web.site import Site
from web import present

NOON = datetime(2027, 1, 6, 12, 30, tzinfo=UTC)
THEN = "already works then (%(other)s)"


def label(start: datetime) -> ShiftLabel:
    return ShiftLabel("s1", "house", "Het Gildehuis", "meal", "Eettafel", start, start + timedelta(hours=3))


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "werkt dan al (Het Gildehuis, 13:30)"), (-1, "werkt dan al (Het Gildehuis, di 13:30)")],
)
def test_beside_a_name_another_shift_is_its_place_and_start(site: Site, days: int, said: str) -> None:
    other = label(NOON + timedelta(days=days))
    with site.app.test_request_context(headers={"Accept-Language": "nl"}):
        assert present.in_short(Sentence(THEN, {"other": other}), NOON) == said


@pytest.mark.parametrize(
    ("text", "values", "said"),
    [
        (
            "would go over the limit of %(most)s hours on this day",
            {"most": 8.5},
            "komt boven de grens van 8,5 uur op deze dag",
        ),
        (
            "%(expert)s earns %(worked)s euros in %(month)s; their own limit is %(most)s.",
            {"expert": "Tom", "worked": Decimal("450.5"), "month": date(2027, 1, 1), "most": Decimal("400.00")},
            "Tom verdient 450,50 euro in januari. De eigen grens is 400,00 euro.",
        ),
        ("is no %(role)s", {"role": "walk_in"}, "is geen spreekuurhouder"),
        ("does not speak %(languages)s", {"languages": "ar, tr"}, "spreekt geen Arabisch en Turks"),
    ],
)
def test_hours_money_and_roles_read_in_dutch(site: Site, text: str, values: dict[str, object], said: str) -> None:
    with site.app.test_request_context(headers={"Accept-Language": "nl"}):
        assert present.say(Sentence(text, values)) == said
