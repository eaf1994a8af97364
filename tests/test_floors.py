"""The floors: each package may import only from the floors listed beside it, and each library has one home."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BELOW_SERVICES = {f"scheduler.{name}" for name in ("domain", "terms", "rules", "optimiser", "store", "exchange")}
OURS = {
    "scheduler.domain": set[str](),
    "scheduler.config": {"scheduler.domain"},
    "scheduler.terms": {"scheduler.domain"},
    "scheduler.rules": {"scheduler.domain", "scheduler.terms"},
    "scheduler.optimiser": {"scheduler.domain", "scheduler.terms", "scheduler.rules"},
    "scheduler.store": {"scheduler.domain"},
    "scheduler.exchange": {"scheduler.domain"},
    "scheduler.services": BELOW_SERVICES | {"scheduler.config"},
    "scheduler.cli": {"scheduler.services", "scheduler.domain", "scheduler.config"},
    "web": {"scheduler.services", "scheduler.domain", "scheduler.config"},
}
THEIRS = {
    "numpy": {"scheduler.terms", "scheduler.rules", "scheduler.optimiser", "scheduler.exchange"},
    "numba": {"scheduler.terms"},
    "ortools": {"scheduler.optimiser"},
    "distributed": {"scheduler.optimiser"},
    "dask": {"scheduler.optimiser"},
    "sqlalchemy": {"scheduler.store"},
    "alembic": {"scheduler.store"},
    "psycopg": {"scheduler.store"},
    "pysqlite3": {"scheduler.store"},
    "sqlite3": {"scheduler.store"},
    "pandas": {"scheduler.exchange"},
    "openpyxl": {"scheduler.exchange"},
    "holidays": {"scheduler.rules"},
    "icalendar": {"scheduler.exchange"},
    "typst": {"scheduler.exchange"},
    "flask": {"web"},
    "flask_babel": {"web"},
    "jinja2": {"web"},
    "markupsafe": {"web"},
    "werkzeug": {"web"},
    "babel": {"web"},
    "click": {"scheduler.cli"},
}
STANDARD_LIBRARY_ONLY = {"scheduler.domain", "scheduler.config"}


def imported_modules(source: str, package: str) -> Iterator[str]:
    """Every module that a source imports, at any depth; `package` is where its relative imports start."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*start, *filter(None, [node.module])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def faults(source: str, package: str, floor: str) -> list[str]:
    """The imports of a source in `package` that its floor does not allow."""
    found = []
    for module in imported_modules(source, package):
        head = module.split(".")[0]
        if head in {"scheduler", "web"}:
            allowed = (
                any(is_within(module, name) for name in OURS[floor] | {floor}) or module == "scheduler.__version__"
            )
        elif floor in STANDARD_LIBRARY_ONLY:
            allowed = head in sys.stdlib_module_names and floor in THEIRS.get(head, {floor})
        else:
            allowed = floor in THEIRS.get(head, {floor})
        if not allowed:
            found.append(f"{floor} imports {module}")
    return found


def files_of(floor: str) -> list[Path]:
    place = ROOT / floor.replace(".", "/")
    found = [*place.rglob("*.py"), *place.parent.glob(f"{place.name}.py")]
    return [file for file in found if "node_modules" not in file.parts]


@pytest.mark.parametrize("floor", OURS)
def test_a_package_stays_on_its_floor(floor: str) -> None:
    found = []
    for file in files_of(floor):
        package = ".".join(file.relative_to(ROOT).with_suffix("").parts[:-1])
        found += [f"{file.relative_to(ROOT)}: {fault}" for fault in faults(file.read_text(), package, floor)]
    assert not found, "\n".join(found)


def test_every_package_has_a_floor() -> None:
    packages = {
        f"scheduler.{place.stem}" for place in (ROOT / "scheduler").iterdir() if not place.stem.startswith("__")
    }
    assert packages <= set(OURS)


def test_every_name_in_the_tables_is_a_floor() -> None:
    assert set().union(*OURS.values(), *THEIRS.values(), STANDARD_LIBRARY_ONLY) <= set(OURS)


@pytest.mark.parametrize(
    ("floor", "source"),
    [
        ("scheduler.domain", "import numpy"),
        ("scheduler.domain", "from scheduler.rules import RULEBOOK"),
        ("scheduler.terms", "def late():\n    from ortools.sat import cp_model"),
        ("scheduler.terms", "import scheduler.rules.rule"),
        ("scheduler.rules", "from numba import njit"),
        ("scheduler.optimiser", "from ..store import database"),
        ("scheduler.optimiser", "from scheduler import store"),
        ("scheduler.store", "import scheduler.optimiser as engine"),
        ("scheduler.exchange", "from sqlalchemy import select"),
        ("scheduler.services", "import click"),
        ("scheduler.services", "from web import create_app"),
        ("scheduler.services", "import sqlalchemy.orm"),
        ("scheduler.cli", "from scheduler.store import database"),
        ("web", "from scheduler.optimiser.solve import solve"),
        ("web", "import alembic"),
    ],
)
def test_a_step_off_the_floor_is_caught(floor: str, source: str) -> None:
    assert faults(source, floor, floor)


@pytest.mark.parametrize(
    ("floor", "source"),
    [
        ("scheduler.domain", "from .errors import Fault\nimport dataclasses"),
        ("scheduler.rules", "import numpy as np\nfrom scheduler.terms.kinds import Cost"),
        ("scheduler.services", "from scheduler.store import database\nfrom scheduler.optimiser import solve"),
        ("web", "from flask import Flask\nfrom scheduler.services.cover import ask_for_cover"),
    ],
)
def test_a_step_on_the_floor_is_allowed(floor: str, source: str) -> None:
    assert faults(source, floor, floor) == []
