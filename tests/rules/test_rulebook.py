"""Is every rule in the table of contents, and does the rulebook file say exactly what the rules ask?"""

import importlib
from datetime import date
from pathlib import Path

import pytest

import scheduler.rules
from scheduler.domain.availability import AvailabilityLevel
from scheduler.domain.errors import InvalidValue
from scheduler.domain.score import Level
from scheduler.rules import COVERAGE_RULES, HARD_RULES, PREFERENCE_RULES, RULEBOOK, load_rulebook
from scheduler.rules.availability import Availability
from scheduler.rules.daily_rest import DailyRest
from scheduler.rules.rule import Rule
from scheduler.rules.settings import read_rulebook

FOLDER = Path(scheduler.rules.__file__).parent
SMALL = (Availability, DailyRest)
GOOD = """
[[edition]]
from = 2020-01-01
[edition.house]
labour_limits_for_all = true
[edition.availability]
lowest_level = "neutral"
[edition.daily_rest]
minutes = 660

[[edition]]
from = 2027-01-01
[edition.daily_rest]
minutes = 720
"""


def rules_in(file: Path) -> list[type[Rule]]:
    """The rule classes that a file declares: those that carry a name of their own."""
    module = importlib.import_module(f"scheduler.rules.{file.stem}")
    found = [value for value in vars(module).values() if isinstance(value, type) and Rule in value.__mro__]
    return [value for value in found if value.__module__ == module.__name__ and "name" in vars(value)]


def test_every_rule_file_has_its_line_in_the_rulebook_and_its_name() -> None:
    found = {file.stem: rules_in(file) for file in sorted(FOLDER.glob("*.py")) if file.stem != "__init__"}
    declared = {stem: classes for stem, classes in found.items() if classes}
    assert {name for classes in declared.values() for name in classes} == set(RULEBOOK)
    assert {stem: [c.name for c in classes] for stem, classes in declared.items()} == {s: [s] for s in declared}


def test_the_rulebook_has_each_rule_once_and_in_its_own_level() -> None:
    assert len({rule.name for rule in RULEBOOK}) == len(RULEBOOK)
    for level, rules in zip(Level, (HARD_RULES, COVERAGE_RULES, PREFERENCE_RULES), strict=True):
        assert {rule.level for rule in rules} == {level}


def test_every_rule_is_in_an_agreement_test() -> None:
    files = sorted(Path(__file__).parent.glob("test_*agreement.py"))
    tested = [type(rule) for file in files for rule in importlib.import_module(f"tests.rules.{file.stem}").RULES]
    assert len(tested) == len(set(tested))
    assert set(tested) == set(RULEBOOK)


def test_the_file_of_the_product_gives_every_rule_its_values_and_words() -> None:
    rules = load_rulebook()
    assert tuple(type(rule) for rule in rules) == RULEBOOK
    assert all(str(rule.explain()) for rule in rules)


def written(folder: Path, text: str) -> Path:
    path = folder / "rulebook.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_later_edition_changes_only_what_it_names_from_its_first_day(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    before = read_rulebook(SMALL, path, date(2026, 12, 31))
    after = read_rulebook(SMALL, path, date(2027, 1, 1))
    assert before == (Availability(AvailabilityLevel.NEUTRAL), DailyRest(660, labour_limits_for_all=True))
    assert after == (Availability(AvailabilityLevel.NEUTRAL), DailyRest(720, labour_limits_for_all=True))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("minutes = 660", "minutes = 660\nhours = 11", "unknown key daily_rest.hours"),
        ("minutes = 660", "", "does not say daily_rest.minutes"),
        ("minutes = 660", 'minutes = "660"', "daily_rest.minutes = '660'"),
        ("minutes = 660", "minutes = 660.0", "daily_rest.minutes = 660.0"),
        ("minutes = 660", "minutes = true", "daily_rest.minutes = True"),
        ("minutes = 660", "minutes = -1", "daily_rest.minutes = -1"),
        ('"neutral"', '"sometimes"', "availability.lowest_level = 'sometimes'"),
        ("daily_rest]\nminutes = 720", "dayly_rest]\nminutes = 720", "section dayly_rest"),
        ("labour_limits_for_all = true", "labour_limits_for_all = true\nfree = 1", "unknown key house.free"),
        ("labour_limits_for_all = true", "", "does not say house.labour_limits_for_all"),
        ("from = 2020-01-01", "", "needs a date 'from'"),
        ("from = 2020-01-01", "from = 2020-01-01\nminutes = 1", "unknown key minutes"),
        ("from = 2020-01-01", "from = 2028-01-01", "does not say"),
        ("\n[[edition]]\nfrom = 2020", "\neditions = 1\n[[edition]]\nfrom = 2020", "unknown key editions"),
        ("minutes = 720", 'minutes = "720"', "daily_rest.minutes = '720'"),
        ("minutes = 660", "minutes 660", "cannot be read"),
    ],
)
def test_a_mistake_in_any_edition_is_refused_with_its_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    with pytest.raises(InvalidValue, match=told):
        read_rulebook(SMALL, written(tmp_path, GOOD.replace(old, new)), date(2026, 6, 1))


def test_a_day_before_the_first_edition_has_no_rulebook(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="no edition that is in force on 2019-12-31"):
        read_rulebook(SMALL, written(tmp_path, GOOD), date(2019, 12, 31))
