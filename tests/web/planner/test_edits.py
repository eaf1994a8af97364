"""Changing the draft from the board: what comes back, in a page without scripts and to the board's own script."""

import json
from datetime import time
from typing import Any

import pytest

from scheduler.domain.contracts import ContractKind
from scheduler.domain.people import PersonalLimits, Wish
from scheduler.domain.responses import Answer
from scheduler.domain.roster import Assignment
from scheduler.services import respond
from tests.builders import contract
from tests.web.site import Person, Site

WINDOW = "2027-01-04"
SCRIPT = {"X-Board": "1"}


@pytest.fixture
def ilse(site: Site) -> Person:
    """The planner."""
    return site.person("ilse")


def board(ilse: Person, query: str = "week=all") -> dict[str, Any]:
    """What the grid gets."""
    found: dict[str, Any] = json.loads(ilse.client.get(f"/planner/board.json?window={WINDOW}&{query}").text)
    return found


def edit(ilse: Person, shift: str, change: str, expert: str, edition: int) -> tuple[int, dict[str, Any]]:
    """One edit as the board's script sends it: status and answer."""
    ilse.get(f"/planner/shifts/{shift}?window={WINDOW}")
    fields = ilse.secrets | {"window": WINDOW, "expert": expert, "edition": str(edition)}
    answer = ilse.client.post(f"/planner/shifts/{shift}/{change}", data=fields, headers=SCRIPT)
    return answer.status_code, json.loads(answer.text)


def test_the_grid_says_rows_days_and_chips_in_finished_words(ilse: Person) -> None:
    found = board(ilse)
    assert [row["name"] for row in found["rows"]] == sorted(row["name"] for row in found["rows"])
    assert len(found["days"]) == 28
    assert len(found["weeks"]) == 4
    assert all(len(row["cells"]) == 28 for row in found["rows"])
    chip = found["shifts"]["s3"]
    said = "gat; Kadir: gevraagd, nog geen antwoord"
    assert (chip["state"], chip["said"], chip["who"]) == ("gap", said, "Kadir en Gat")
    assert chip["when"] == "09:30\N{EN DASH}12:30"
    assert (found["shifts"]["s1"]["state"], found["shifts"]["s1"]["said"]) == ("asked", "gevraagd, nog geen antwoord")


@pytest.mark.parametrize(
    ("answer", "state", "said"),
    [
        (Answer.YES, "yes", "zei ja"),
        (Answer.TALK, "talk", "wil overleggen"),
        (Answer.NO, "gap", "gat; niet dit keer: Noor"),
    ],
)
def test_the_board_tells_every_answer_from_no_answer_in_words(
    site: Site, ilse: Person, answer: Answer, state: str, said: str
) -> None:
    respond.answer(site.world.app, site.world.expert("noor"), "s1", answer)
    chip = board(ilse)["shifts"]["s1"]
    assert (chip["state"], chip["said"]) == (state, said)
    own = board(ilse, "by=expert&week=all")["shifts"]["s1"]["people"]
    assert [(p["state"], p["said"]) for p in own] == ([] if answer is Answer.NO else [(state, said)])
    page = ilse.get(f"/planner/board?by=list&week=all&window={WINDOW}").text.lower()
    assert said.partition(";")[0] in page.partition("/planner/shifts/s1?")[2].partition("</tr>")[0]


def test_of_two_people_each_answer_is_said_by_name(site: Site, ilse: Person) -> None:
    respond.answer(site.world.app, site.world.expert("kadir"), "s6", Answer.YES)
    edit(ilse, "s6", "assign", "noor", 0)
    chip = board(ilse)["shifts"]["s6"]
    assert (chip["state"], chip["said"]) == ("draft", "Kadir: zei ja; Noor: alleen in het concept")
    _, result = edit(ilse, "s6", "unassign", "kadir", 2)
    assert result["shifts"]["s6"]["said"] == "alleen in het concept"


def test_what_was_taken_off_in_the_draft_alone_is_not_shown_as_told(site: Site, ilse: Person) -> None:
    _, result = edit(ilse, "s5", "unassign", "sam", 0)
    assert result["shifts"]["s5"]["state"] == "gap"
    _, result = edit(ilse, "s6", "assign", "noor", result["edition"])
    _, result = edit(ilse, "s6", "unassign", "kadir", result["edition"])
    assert (result["shifts"]["s6"]["state"], result["shifts"]["s6"]["who"]) == ("draft", "Noor")


def test_the_grid_by_person_shows_hours_beside_wishes(ilse: Person) -> None:
    rows = {row["name"]: row for row in board(ilse, "by=expert&week=all")["rows"]}
    assert set(rows) == {"Kadir", "Noor", "Sam"}
    assert rows["Noor"]["note"].startswith("6 ")
    assert sum(len(cell) for cell in rows["Noor"]["cells"]) == 2


def test_the_grid_holds_nothing_that_a_board_need_not_know(ilse: Person) -> None:
    text = json.dumps(board(ilse))
    assert "Jansen" not in text
    assert "@" not in text


def test_filters_narrow_the_board(ilse: Person) -> None:
    assert list(board(ilse, "week=all&gaps=1")["shifts"]) == ["s3"]
    assert list(board(ilse, "week=1")["shifts"]) == ["s4", "s5", "s6"]


def test_a_board_opens_on_the_week_of_the_next_shift_that_has_not_begun(site: Site, ilse: Person) -> None:
    assert board(ilse, "")["week"] == 0
    site.world.clock.set("sun 10:00")
    ilse = site.person("ilse")
    assert board(ilse, "")["week"] == 1
    assert board(ilse, "week=0")["week"] == 0, "a week that was asked for stays"


def test_the_grid_knows_in_which_weeks_its_choices_have_a_gap(ilse: Person) -> None:
    edit(ilse, "s5", "unassign", "sam", 0)
    assert board(ilse, "week=0")["gap_weeks"] == [0, 1]
    assert board(ilse, "week=0&search=lydia")["gap_weeks"] == [0]
    assert board(ilse, "week=0&by=expert")["gap_weeks"] == [0], "nobody is on s5 any more"


def test_an_edit_gives_back_the_chip_the_measures_and_what_was_done(ilse: Person) -> None:
    status, result = edit(ilse, "s3", "assign", "noor", 0)
    assert status == 200
    assert result["shifts"]["s3"]["state"] == "draft"
    assert result["said"] == "Noor staat nu op deze dienst, in het concept."
    assert result["undo"]
    assert "wordt" in result["dock"]
    assert result["standing"] == "concept 2"
    status, result = edit(ilse, "s3", "pin", "noor", result["edition"])
    assert result["shifts"]["s3"]["pinned"] is True


def test_undo_and_redo_go_there_and_back(ilse: Person) -> None:
    _, first = edit(ilse, "s3", "assign", "noor", 0)
    for step, state in (("undo", "gap"), ("redo", "draft")):
        ilse.get(f"/planner/board?window={WINDOW}")
        answer = ilse.client.post(f"/planner/board/{step}", data=ilse.secrets | {"window": WINDOW}, headers=SCRIPT)
        assert json.loads(answer.text)["shifts"]["s3"]["state"] == state
    assert first["redo"] == ""


def test_undo_says_what_it_took_back_with_a_script_and_without(site: Site, ilse: Person) -> None:
    edit(ilse, "s3", "assign", "noor", 0)
    ilse.get(f"/planner/board?window={WINDOW}")
    answer = ilse.client.post("/planner/board/undo", data=ilse.secrets | {"window": WINDOW}, headers=SCRIPT)
    words = "Teruggedraaid. Noor is weer van deze dienst af: vrijdag 8 januari, 09:30 tot 12:30 uur, Lydia."
    assert json.loads(answer.text)["said"].replace("\N{NO-BREAK SPACE}", " ") == words
    ilse.get(f"/planner/board?window={WINDOW}")
    ilse.client.post("/planner/board/redo", data=ilse.secrets | {"window": WINDOW})
    ilse.get(f"/planner/board?window={WINDOW}")
    page = ilse.client.post("/planner/board/undo", data=ilse.secrets | {"window": WINDOW}).text
    assert "Noor is weer van deze dienst af" in page.partition('role="status"')[2]
    edit(ilse, "s5", "unassign", "sam", int(ilse.secrets["edition"]) + 1)
    respond.answer(site.world.app, site.world.expert("sam"), "s5", Answer.NO)
    ilse.get(f"/planner/board?window={WINDOW}")
    answer = ilse.client.post("/planner/board/undo", data=ilse.secrets | {"window": WINDOW}, headers=SCRIPT)
    assert "Sam zei nee tegen" in json.loads(answer.text)["said"]


def test_who_comes_second_is_told_that_somebody_else_was_first(site: Site, ilse: Person) -> None:
    edit(site.person("ilse"), "s3", "assign", "noor", 0)
    status, result = edit(ilse, "s3", "assign", "sam", 0)
    assert (status, result["stale"]) == (409, True)
    ilse.get(f"/planner/shifts/s3?window={WINDOW}")
    ilse.secrets["edition"] = "0"
    page = ilse.send("/planner/shifts/s3/assign", window=WINDOW, expert="sam")
    assert page.status_code == 409
    assert 'role="alert"' in page.text
    assert "Noor" in page.text, "the page shows the shift as it is now"


def test_an_edit_that_is_refused_says_why(ilse: Person) -> None:
    status, result = edit(ilse, "s1", "assign", "noor", 0)
    assert (status, result["stale"]) == (422, False)
    assert result["said"] == "Noor staat al op deze dienst."


def test_an_edit_without_scripts_leads_back_to_the_shift(ilse: Person) -> None:
    ilse.get(f"/planner/shifts/s3?window={WINDOW}")
    page = ilse.post("/planner/shifts/s3/assign", window=WINDOW, expert="noor")
    assert page.request.path == "/planner/shifts/s3"
    assert "Maak los" not in page.text
    assert page.text.count("Haal eraf") == 2


def test_a_change_that_does_not_exist_is_not_found(ilse: Person) -> None:
    ilse.get(f"/planner/shifts/s3?window={WINDOW}")
    assert ilse.send("/planner/shifts/s3/promote", window=WINDOW, expert="noor").status_code == 404
    assert ilse.send("/planner/board/rewind", window=WINDOW).status_code == 404


def test_the_panel_says_who_can_and_why_others_cannot(site: Site, ilse: Person) -> None:
    respond.answer(site.world.app, site.world.expert("noor"), "s1", Answer.NO, key="n")
    page = ilse.get(f"/planner/shifts/s1?window={WINDOW}").text
    assert "Wie kan deze dienst?" in page
    assert "Waarom leeg?" in page
    assert "<b>Noor</b>: zei nee tegen deze dienst" in page
    assert "Niet dit keer: Noor" in page
    assert page.count("pick--first") == 1
    assert Assignment("noor", "s1") not in site.world.live().assignments


def test_the_panel_says_what_would_help_and_in_which_order_reasons_count(site: Site, ilse: Person) -> None:
    site.world.change_expert("sam", contracts=(contract(ContractKind.MIN_MAX, high=60),))
    page = ilse.get(f"/planner/shifts/s3?window={WINDOW}").text
    assert "Iedereen telt één keer: eerst talen en bewijzen" in page
    asked, folded, helping = page.partition("<details><summary>Kan niemand van hen komen? Dit zou helpen</summary>")
    assert folded
    assert "Kan: 1 persoon" in asked
    assert "Er kan iemand komen als deze regel één keer wijkt: “Niemand werkt" in helping


def test_what_would_help_stands_open_when_nobody_can_come(site: Site, ilse: Person) -> None:
    for name in ("noor", "sam"):
        site.world.change_expert(name, contracts=(contract(ContractKind.MIN_MAX, high=60),))
    page = ilse.get(f"/planner/shifts/s3?window={WINDOW}").text
    assert "<h3>Wat zou helpen?</h3>" in page.partition("Zoals het nu is, kan niemand deze dienst doen")[2]
    assert "Kan niemand van hen komen?" not in page


def test_the_panel_says_why_somebody_is_on_the_shift(site: Site, ilse: Person) -> None:
    site.world.change_expert("noor", activity_wishes=(("drop-in", Wish.GLADLY),), wished_minutes_a_week=600)
    page = ilse.get(f"/planner/shifts/s1?window={WINDOW}").text
    there = page.partition("Op deze dienst")[2].partition("<h3>")[0]
    assert "Doet dit werk graag" in there
    assert "Komt deze week op 3 van de 10 gewenste uren" in there
    assert "Is hier nieuw" in there
    site.world.change_expert("noor", limits=PersonalLimits(earliest_start=time(13)))
    page = ilse.get(f"/planner/shifts/s1?window={WINDOW}").text
    there = page.partition("Op deze dienst")[2].partition("<h3>")[0]
    assert "niet beschikbaar" in there
    assert "Doet dit werk graag" not in there


def test_the_page_of_a_person_lists_the_open_shifts_that_fit(ilse: Person) -> None:
    text = ilse.get("/planner/people/noor").text.partition("Open diensten die passen")[2]
    assert "Van de open diensten in de periode vanaf ma 4 jan past er 1." in text
    assert f'href="/planner/shifts/s3?window={WINDOW}"' in text
    assert "Zoals het nu is, past geen van de open diensten" in ilse.get("/planner/people/kadir").text
