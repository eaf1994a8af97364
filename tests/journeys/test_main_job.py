"""The whole job in a real browser: a house asks, a planner fills it, an expert says no, somebody else comes."""

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Town
from tests.support.browser import OpenPage, assert_accessible

RUN_SECONDS = 90_000
NOTE = "Graag iemand die kan koken"


def next_tuesday_but_one() -> date:
    """A working day beyond the days that are fixed already and inside the sample's window."""
    day = date.today() + timedelta(days=8)
    return day + timedelta(days=(1 - day.weekday()) % 7)


def ask(phone: Page) -> str:
    """The coordinator's six fields; gives the address of the request."""
    phone.get_by_role("link", name="Vraag iemand aan").first.click()
    phone.get_by_label("Inloop").check()
    phone.get_by_label("Dag", exact=True).fill(next_tuesday_but_one().isoformat())
    phone.get_by_label("Andere tijd").check()
    phone.get_by_label("Van", exact=True).fill("15:00")
    phone.get_by_label("Tot", exact=True).fill("16:00")
    phone.get_by_label("Wat moeten wij weten?").fill(NOTE)
    assert_accessible(phone)
    phone.get_by_role("button", name="Verstuur aanvraag").click()
    sent, sure = phone.get_by_text("Uw aanvraag is verstuurd."), phone.get_by_role("button", name="Ja, verstuur het zo")
    expect(sent.or_(sure).first).to_be_visible()
    if sure.count():
        sure.first.click()
    expect(phone.get_by_text(re.compile("WR-[0-9A-F]{6}")).first).to_be_visible()
    assert_accessible(phone)
    return phone.url.split("?")[0]


def accept(planner: Page, town: Town) -> None:
    """The planner finds the request among what is urgent, reads the note and accepts it."""
    planner.goto(f"{town.url}/planner/requests")
    for address in [link.get_attribute("href") for link in planner.get_by_role("link", name="Beoordeel").all()]:
        planner.goto(f"{town.url}{address}")
        if planner.get_by_text(NOTE).count():
            break
    expect(planner.get_by_text(NOTE)).to_be_visible()
    planner.get_by_role("button", name="Neem aan").click()
    expect(planner.get_by_text("Aangenomen").first).to_be_visible()


def optimise(planner: Page, town: Town) -> None:
    """Start a run, watch it live, take its roster over."""
    planner.goto(f"{town.url}/planner/runs")
    planner.get_by_label("30 seconden").check()
    planner.get_by_role("button", name="Start").click()
    take_over = planner.get_by_role("button", name="Maak dit het concept")
    take_over.wait_for(timeout=RUN_SECONDS)
    expect(planner.locator("#chart-coverage-text")).to_be_visible()
    take_over.click()
    planner.wait_for_url("**/planner/board*")


def open_shift(planner: Page, request: str, town: Town) -> str:
    """The page of the request's shift; gives the id of whoever is on it, or an empty string."""
    planner.goto(f"{town.url}/planner/requests/{request.rsplit('/', 1)[1]}")
    planner.locator("section", has_text="diensten").get_by_role("link").first.click()
    held = planner.locator('form[action$="/unassign"] input[name="expert"]')
    return str(held.first.get_attribute("value")) if held.count() else ""


def publish(planner: Page, town: Town) -> None:
    """Read the notices, tick, publish."""
    planner.goto(f"{town.url}/planner/publish")
    assert_accessible(planner)
    if planner.get_by_label(re.compile("Ik heb de .*gelezen")).count():
        planner.get_by_label(re.compile("Ik heb de .*gelezen")).check()
    planner.get_by_role("button", name=re.compile("^Publiceer versie")).click()
    expect(planner.get_by_text(re.compile("is gepubliceerd")).first).to_be_visible()


def test_a_request_becomes_a_visit_although_the_first_one_says_no(either_town: Town, open_page: OpenPage) -> None:
    town = either_town
    phone = open_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, java_script_enabled=True)
    planner = open_page(viewport={"width": 1440, "height": 900})
    expert = open_page(viewport={"width": 360, "height": 740}, java_script_enabled=False)

    town.sign_in(phone, town.emails["coordinator"])
    request = ask(phone)
    town.sign_in(planner, town.emails["planner"])
    accept(planner, town)
    optimise(planner, town)

    first = open_shift(planner, request, town)
    assert first, "the optimiser left the request open"
    planner.get_by_role("button", name=re.compile("^Zet vast")).first.click()
    expect(planner.get_by_role("button", name=re.compile("^Maak los"))).to_be_visible()
    publish(planner, town)

    town.sign_in(expert, town.email_of(first))
    question = expert.locator(f'a[href*="{request.rsplit("/", 1)[1]}"]').first
    if not question.is_visible():
        expert.locator("summary", has=expert.get_by_text(re.compile("meer|vragen"))).first.click()
    question.click()
    expert.get_by_role("button", name="Nee, dit keer niet").first.click()
    expect(expert.get_by_text("Je hoeft geen reden te geven").first).to_be_visible()

    planner.goto(f"{town.url}/planner/")
    expect(planner.locator(".todo")).to_contain_text("De Zilverlinde")
    assert open_shift(planner, request, town) == ""
    planner.get_by_role("button", name=re.compile("^Zet erop")).first.click()
    second = str(planner.locator('form[action$="/unassign"] input[name="expert"]').first.get_attribute("value"))
    name = planner.locator(".pick b").first.inner_text()
    assert second != first
    publish(planner, town)

    phone.goto(request)
    expect(phone.locator("main")).to_contain_text(name)
    assert_accessible(phone)
