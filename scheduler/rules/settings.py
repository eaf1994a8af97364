"""Which values do the rules have on a given day? Read from the dated editions of the rulebook file."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, get_type_hints

from scheduler.domain.errors import InvalidValue, invalid
from scheduler.rules.rule import Rule

PACKAGE = Path(__file__).resolve().parents[1]
DATA = PACKAGE / "data" if (PACKAGE / "data").is_dir() else PACKAGE.parent / "data"
"""The rulebook and the sample: inside the package where it was installed from a wheel, beside it in the tree."""
DEFAULT_PATH = DATA / "rulebook.toml"
HOUSE = "house"

Values = dict[str, dict[str, object]]


def read_rulebook(classes: tuple[type[Rule], ...], path: Path, day: date) -> tuple[Rule, ...]:
    """One rule of each class with the values in force on a day; a later edition changes only what it names.

    Raises InvalidValue for an unknown section or key, a value of the wrong type, and a value that is missing, also in
    an edition that is not yet or no longer in force.
    """
    content = _read(path)
    for edition in _editions(content):
        _rules_on(classes, content, edition["from"])
    return _rules_on(classes, content, day)


def _rules_on(classes: tuple[type[Rule], ...], content: Mapping[str, Any], day: date) -> tuple[Rule, ...]:
    values = _values_on(content, day)
    house = values.pop(HOUSE, {})
    known = {rule.name for rule in classes}
    for section in values:
        if section not in known:
            invalid("The rulebook has a section %(section)s, but there is no such rule.", section=section)
    _check_house(classes, house)
    return tuple(_made(rule, house, values.get(rule.name, {})) for rule in classes)


def _editions(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The editions by their first day."""
    for key in content:
        if key != "edition":
            invalid("The rulebook has an unknown key %(key)s.", key=key)
    editions = content.get("edition", [])
    for edition in editions:
        if not isinstance(edition.get("from"), date):
            invalid("An edition of the rulebook needs a date 'from'.")
    return sorted(editions, key=lambda edition: edition["from"])


def _values_on(content: Mapping[str, Any], day: date) -> Values:
    """The values per section on a day: all editions from before or on it, one over the other."""
    found: Values = {}
    for edition in _editions(content):
        if edition["from"] > day:
            break
        for section, pairs in edition.items():
            if section == "from":
                continue
            if not isinstance(pairs, dict):
                invalid("The rulebook has an unknown key %(key)s.", key=section)
            found.setdefault(section, {}).update(pairs)
    if not found:
        invalid("The rulebook has no edition that is in force on %(day)s.", day=day)
    return found


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        why = (error.strerror or "?") if isinstance(error, OSError) else str(error)
        raise InvalidValue("The rulebook %(path)s cannot be read: %(why)s.", path=str(path), why=why) from error


def _check_house(classes: tuple[type[Rule], ...], house: Mapping[str, object]) -> None:
    used = {field.name for rule in classes for field in _parameters(rule) if field.metadata.get(HOUSE)}
    for key in house:
        if key not in used:
            invalid("The rulebook has an unknown key %(key)s.", key=f"{HOUSE}.{key}")


def _parameters(rule: type[Rule]) -> tuple[Any, ...]:
    return fields(rule)  # type: ignore[arg-type]


def _made(rule: type[Rule], house: Mapping[str, object], own: Mapping[str, object]) -> Rule:
    """One rule; values of the house section go to the fields that are marked for it."""
    parameters = {field.name: field for field in _parameters(rule)}
    kinds = get_type_hints(rule)
    given: dict[str, object] = {}
    for name, field in parameters.items():
        source, path = (house, HOUSE) if field.metadata.get(HOUSE) else (own, rule.name)
        if name not in source:
            invalid("The rulebook does not say %(key)s.", key=f"{path}.{name}")
        given[name] = _value(f"{path}.{name}", source[name], kinds[name])
    for key in own:
        if key not in parameters or parameters[key].metadata.get(HOUSE):
            invalid("The rulebook has an unknown key %(key)s.", key=f"{rule.name}.{key}")
    return rule(**given)


def _value(key: str, value: object, kind: Any) -> object:
    """The value as the type of the parameter; enumerations are written by their lower-case names."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        named = [member for member in kind if member.name.lower() == value]
        if named:
            return named[0]
    elif type(value) is kind and not (isinstance(value, int) and value < 0):
        return value
    return invalid("The rulebook says %(key)s = %(value)r, which cannot be.", key=key, value=value)
