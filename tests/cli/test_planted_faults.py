"""Does `scheduler check` refuse a roster with one planted fault, for every hard rule, and name that rule?"""

import json
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from scheduler.cli import main
from scheduler.domain.history import Visit
from scheduler.domain.people import Profile
from scheduler.domain.roster import Roster
from scheduler.domain.time import DAY
from scheduler.exchange.layout import write_region
from scheduler.exchange.region import Region
from scheduler.rules import HARD_RULES
from scheduler.rules.settings import DEFAULT_PATH
from scheduler.services.files import write_roster
from tests.rules.faults import Fault
from tests.rules.test_planted_faults import FAULTS

FROZEN_DAYS = 4


def region_of(fault: Fault) -> Region:
    """The fault's little world as something that fits in a folder."""
    problem = fault.problem
    return Region(
        agency="Voorbeeld",
        window=problem.window,
        is_sample=True,
        neighbourhoods=problem.neighbourhoods,
        venues=problem.venues,
        activities=problem.activities,
        experts=problem.experts,
        profiles=tuple(Profile(expert.id, expert.id.capitalize()) for expert in problem.experts),
        shifts=problem.shifts,
        travel=problem.travel,
        history=tuple(Visit(worked) for worked in problem.history),
        pins=problem.pinned,
        declines=problem.declined,
        published=problem.published or Roster(),
    )


def options_of(fault: Fault, folder: Path) -> list[str]:
    """The moment that freezes what this fault freezes, and a rulebook with its tightened values."""
    options = []
    if fault.problem.frozen_until:
        now: datetime = fault.problem.frozen_until - FROZEN_DAYS * DAY
        options += ["--now", now.strftime("%Y-%m-%dT%H:%M:%S%z")]
    if fault.tighter:
        later = "\n[[edition]]\nfrom = 2024-01-01\n" + f"\n[edition.{fault.rule}]\n"
        later += "".join(f"{name} = {json.dumps(value)}\n" for name, value in fault.tighter.items())
        (folder / "rulebook.toml").write_text(DEFAULT_PATH.read_text() + later)
        options += ["--rulebook", str(folder / "rulebook.toml")]
    return options


CASES = [f for f in FAULTS if f.problem.published is None or f.problem.published.assignments]
"""A folder cannot say that an empty roster was published, so that one fault is left to the judge's own test."""


@pytest.mark.parametrize("fault", CASES, ids=[f"{f.rule}-{n}" for n, f in enumerate(CASES)])
def test_a_planted_fault_is_refused_and_its_rule_named(fault: Fault, tmp_path: Path) -> None:
    write_region(region_of(fault), tmp_path / "region")
    write_roster(fault.bad, tmp_path / "bad.csv")
    write_roster(fault.good, tmp_path / "good.csv")
    options = options_of(fault, tmp_path)
    refused = CliRunner().invoke(main, ["check", str(tmp_path / "region"), str(tmp_path / "bad.csv"), *options])
    assert refused.exit_code == 1, refused.output
    named = {line.split(":")[0] for line in refused.stdout.splitlines()[:-1]}
    assert named == {fault.rule}
    passed = CliRunner().invoke(main, ["check", str(tmp_path / "region"), str(tmp_path / "good.csv"), *options])
    assert passed.exit_code == 0, passed.output


def test_every_hard_rule_has_a_planted_fault_here() -> None:
    assert {fault.rule for fault in CASES} == {rule.name for rule in HARD_RULES}
