"""Commands from file to file, without a database: generate, solve and check."""

import shlex
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from scheduler.cli.faults import list_faults, show_faults
from scheduler.cli.place import PLACE
from scheduler.cli.progress import progress_bar
from scheduler.domain.runs import RunSettings
from scheduler.domain.time import require_plannable
from scheduler.services import files

MOMENT = "%Y-%m-%dT%H:%M:%S%z"
FOLDER = click.argument("folder", type=PLACE)
REPORT = click.option("--report", type=PLACE, help="Where the JSON report goes.")
RULEBOOK = click.option("--rulebook", type=PLACE, help="Values of the rules; the usual ones without.")


def _near(_context: click.Context, _option: click.Parameter, now: datetime | None) -> datetime | None:
    if now:
        require_plannable(now.date())
    return now


NOW = click.option(
    "--now",
    type=click.DateTime([MOMENT]),
    callback=_near,
    metavar="INSTANT",
    help="Freeze what starts soon after this instant, such as 2026-11-23T09:30:00+0100.",
)
FORCE = click.option("--force", is_flag=True, help="Replace the region that FOLDER holds already.")
SEED = click.IntRange(0, 2**31 - 1)
WORK = click.option(
    "--work-limit",
    "work",
    type=click.FloatRange(0, 86_400, min_open=True),
    metavar="UNITS",
    help="End by counted work, about a second a unit: the same limits and seed then give the same roster on any day.",
)
BROKEN = 1
WITHOUT_ROSTER = {
    "impossible": "No roster keeps every hard rule.",
    "unknown": "No roster that keeps every hard rule was found in time; maybe give it more --seconds.",
}


@click.command()
@click.option("--set", "kind", type=click.Choice(files.SETS), default="district", show_default=True, help="How large.")
@click.option("--seed", type=SEED, default=1, show_default=True, help="The same seed gives the same region.")
@click.option("--supply", type=float, default=1.1, show_default=True, help="Wished hours over demanded hours.")
@click.option("--first", type=click.DateTime(["%Y-%m-%d"]), help="First day of the window, a Monday.")
@FORCE
@FOLDER
def generate(kind: str, seed: int, supply: float, first: datetime | None, force: bool, folder: Path) -> None:
    """Write an invented region to FOLDER."""
    day = first.date() if first else files.FIRST_MONDAY
    region = files.generate_folder(folder, kind, seed, supply, day, force=force)
    click.echo(f"{folder}: {len(region.experts)} experts, {len(region.venues)} venues.")


@click.command()
@FOLDER
@click.option("--seconds", type=click.FloatRange(1, 86_400), default=30.0, show_default=True, help="Time limit.")
@click.option("--workers", type=click.IntRange(1, 256), default=2, show_default=True, help="Threads.")
@click.option("--seed", type=SEED, default=1, show_default=True, help="Random seed.")
@WORK
@click.option("--start", type=PLACE, help="A roster to go on from; that of FOLDER without.")
@click.option("--output", type=PLACE, required=True, help="Where the roster goes, as CSV.")
@REPORT
@RULEBOOK
@NOW
def solve(
    folder: Path,
    seconds: float,
    workers: int,
    seed: int,
    work: float | None,
    start: Path | None,
    output: Path,
    report: Path | None,
    rulebook: Path | None,
    now: datetime | None,
) -> None:
    """Make the best roster for the window of FOLDER that the time allows. Ctrl-C keeps the best so far.

    Exit code 1 when no roster was found that keeps every hard rule; the best one is written all the same.
    """
    files.require_apart(folder, output, report, rulebook)
    files.require_apart(folder, None, report, start)
    with show_faults(), interruptible() as asked, progress_bar(seconds) as show:
        settings = RunSettings(seconds, workers, seed)
        stop = partial(bool, asked)
        solved = files.solve_folder(
            folder, settings, rulebook=rulebook, now=now, start=start, work=work, progress=show, stop=stop
        )
    list_faults(solved.warnings, len(solved.warnings))
    files.write_roster(solved.roster, output)
    if report:
        files.write_report(solved.report, report)
    click.echo(files.summary_of(solved.report))
    why = WITHOUT_ROSTER.get(str(solved.report["status"]))
    if why:
        told = _same_check(folder, output, rulebook, now)
        click.echo(f"{why} The least bad one is written; to read what it breaks: {told}", err=True)
        sys.exit(BROKEN)


def _same_check(folder: Path, output: Path, rulebook: Path | None, now: datetime | None) -> str:
    options = [f"--rulebook={rulebook}"] if rulebook else []
    options += [f"--now={now:{MOMENT}}"] if now else []
    return shlex.join(["scheduler", "check", str(folder), str(output), *options])


@click.command()
@FOLDER
@click.argument("roster", type=PLACE)
@REPORT
@RULEBOOK
@NOW
def check(folder: Path, roster: Path, report: Path | None, rulebook: Path | None, now: datetime | None) -> None:
    """Judge ROSTER for the window of FOLDER by every rule; exit code 1 when a hard rule is broken."""
    files.require_apart(folder, None, report, roster, rulebook)
    with show_faults():
        checked = files.check_folder(folder, roster, rulebook=rulebook, now=now)
    list_faults(checked.warnings, len(checked.warnings))
    if report:
        files.write_report(checked.report, report)
    for violation in checked.hard:
        click.echo(f"{violation.rule}: {violation.sentence}")
    click.echo(files.summary_of(checked.report))
    if checked.hard:
        sys.exit(BROKEN)


@contextmanager
def interruptible() -> Iterator[list[int]]:
    """A list that gets an entry at the first Ctrl-C; the second one ends the command."""
    asked: list[int] = []
    usual = signal.getsignal(signal.SIGINT)

    def stop(number: int, _frame: object) -> None:
        asked.append(number)
        signal.signal(signal.SIGINT, usual)

    signal.signal(signal.SIGINT, stop)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, usual)


COMMANDS = {"generate": generate, "solve": solve, "check": check}
