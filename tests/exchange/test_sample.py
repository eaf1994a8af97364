"""Is the sample district in data/ what its recipe makes, and is it documented from the declaration?"""

from dataclasses import replace
from pathlib import Path

from scheduler.exchange.documentation import BEGIN, tables
from scheduler.exchange.generate import sample_district
from scheduler.exchange.layout import read_region, region_files
from scheduler.exchange.sheets import SHEETS

DATA = Path(__file__).parents[2] / "data"


def test_the_sample_is_exactly_what_its_recipe_makes() -> None:
    reading = read_region(DATA / "district")
    assert [str(fault) for fault in (*reading.faults, *reading.warnings)] == []
    assert reading.region is not None
    recipe = replace(sample_district(), published=reading.region.published)
    assert reading.region == recipe
    written = {path.name: path.read_bytes() for path in (DATA / "district").iterdir()}
    assert written == region_files(recipe)


def test_the_sample_has_people_venues_and_shifts_of_the_tour() -> None:
    region = sample_district()
    shifts = region.problem().shifts
    assert (len(region.experts), len(region.venues), len(shifts)) == (24, 9, 240)
    assert {venue.name for venue in region.venues} >= {"De Zilverlinde", "Het Gildehuis", "De Draaibank"}
    assert {profile.first_name for profile in region.profiles} >= {"Fenna", "Nadia", "Kadir", "Greetje"}
    assert sum(request.state.value == "submitted" for request in region.requests) == 3
    assert len(region.accounts) == 2 + 9 + 24


def test_the_tables_of_the_readme_are_those_of_the_declaration() -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    assert text[text.index(BEGIN) :] == tables()


def test_no_column_can_hold_a_reason_an_illness_or_a_benefit() -> None:
    never = ("reason", "diagnos", "illness", "sick", "benefit", "patient", "client", "bsn", "birth", "password")
    names = [column.name for sheet in SHEETS for column in sheet.columns]
    assert [name for name in names if any(word in name for word in never)] == []
