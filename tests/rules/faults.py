"""What is a planted fault: a small world, a roster that breaks exactly one rule, and one that breaks none?"""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from scheduler.domain.people import Expert
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.rules import load_rulebook
from scheduler.rules.rule import Rule
from tests.builders import expert, shift

RULES = load_rulebook()


@dataclass(frozen=True)
class Fault:
    """A small world, a roster that breaks one rule, and a roster of the same world that breaks none."""

    rule: str
    problem: Problem
    bad: Roster
    good: Roster = field(default_factory=Roster)
    tighter: Mapping[str, int] = field(default_factory=dict)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rulebook; some values are tightened, because with the usual ones another rule is always broken too."""
        return tuple(replace(r, **self.tighter) if r.name == self.rule else r for r in RULES)  # type: ignore[type-var]


def days(*names: str, clock: str = "09:00-12:00") -> list[Any]:
    """A shift on each of these days."""
    return [shift(f"{name} {clock}") for name in names]


def noor(**more: Any) -> Expert:
    """An expert for anything, with these values."""
    return expert("noor", **more)


def own(**limits: Any) -> Expert:
    """The same with these limits of her own."""
    return expert("noor", limits=limits)


def collections() -> list[ModuleType]:
    """The files with more planted faults (FAULTS) and what their rules say in short (IN_SHORT)."""
    files = sorted(Path(__file__).parent.glob("faults_*.py"))
    return [importlib.import_module(f"tests.rules.{file.stem}") for file in files]
