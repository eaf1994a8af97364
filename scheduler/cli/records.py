"""Commands that bring a region in and out of the database, and publish a draft."""

import os
import sys
from datetime import datetime
from pathlib import Path

import click

from scheduler.cli.faults import BAD_INPUT, list_faults
from scheduler.cli.files import BROKEN, FORCE
from scheduler.cli.installation import filled_app, made_app
from scheduler.cli.place import PLACE
from scheduler.cli.words import said
from scheduler.domain.errors import Refused
from scheduler.services import exports, publish, transfer
from scheduler.services.context import Viewer
from scheduler.services.targets import require_targets, require_writable_folder, write_whole

ROSTERS = {"csv": exports.export_roster_csv, "ics": exports.export_roster_ics}
NOUNS = {
    "settings": ("setting", "settings"),
    "neighbourhoods": ("neighbourhood", "neighbourhoods"),
    "venues": ("venue", "venues"),
    "activities": ("activity", "activities"),
    "travel": ("travel time", "travel times"),
    "experts": ("expert", "experts"),
    "profiles": ("name and contact", "names and contacts"),
    "accounts": ("account", "accounts"),
    "requests": ("request", "requests"),
    "shifts": ("shift", "shifts"),
    "history": ("worked shift of before", "worked shifts of before"),
    "answers": ("answer to a shift", "answers to shifts"),
    "roster": ("place in the roster", "places in the roster"),
    "pins": ("pin", "pins"),
}
"""What an import counts, for one and for more."""
FOLDER = click.argument("folder", type=PLACE)


@click.command("import")
@FOLDER
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
def import_(folder: Path, dry_run: bool) -> None:
    """Take the region in FOLDER over: all of it or, with a fault anywhere, nothing."""
    report = transfer.import_folder(made_app(), folder, dry_run=dry_run)
    list_faults(report.faults, report.total)
    if report.faults:
        sys.exit(BAD_INPUT)
    for warning in report.warnings:
        click.echo(str(warning), err=True)
    changes = ", ".join(_counted(noun, count) for noun, count in report.changes.items() if count) or "nothing"
    click.echo(f"{'Would change' if dry_run else 'Changed'}: {changes}.")


def _counted(noun: str, count: int) -> str:
    one, more = NOUNS[noun]
    return f"{count} {one if count == 1 else more}"


@click.command("export")
@FOLDER
@FORCE
@click.option(
    "--roster",
    "kinds",
    type=click.Choice(list(ROSTERS)),
    multiple=True,
    help="Instead: who comes where in one window, as FOLDER/wijkrooster-DAY.csv for a spreadsheet or .ics for a "
    "calendar, with first names. May be given twice.",
)
@click.option("--window", type=click.DateTime(["%Y-%m-%d"]), help="With --roster: a day of the window; today without.")
def export_(folder: Path, force: bool, kinds: tuple[str, ...], window: datetime | None) -> None:
    """Write everything that an import reads to FOLDER, or with --roster a roster that people can open."""
    if window and not kinds:
        raise click.UsageError("--window goes with --roster.")
    app = filled_app()
    require_writable_folder(folder)
    if not kinds:
        exports.export_folder(app, folder, force=force)
        click.echo(f"Written to {folder}.")
        return
    first = app.window(window.date() if window else None).first
    files = {folder / f"wijkrooster-{first}.{kind}": kind for kind in dict.fromkeys(kinds)}
    for file in files:
        if not force and os.path.lexists(file):
            raise Refused("%(path)s is there already. Add --force to replace it.", path=str(file))
    require_targets(files)
    for file, kind in files.items():
        write_whole(file, ROSTERS[kind](app, Viewer.system(), first))
        click.echo(f"Written to {file}.")


@click.command("publish")
@click.option("--window", type=click.DateTime(["%Y-%m-%d"]), help="A day of the window; today without.")
def publish_(window: datetime | None) -> None:
    """Publish the draft of a window; exit code 1 when a rule stops it, 0 also when nothing would change."""
    app, viewer = filled_app(), Viewer.system()
    period = app.window(window.date() if window else None)
    view = publish.publish_preview(app, viewer, period.first)
    if view.nothing:
        click.echo(f"Nothing to publish from {period.first} on. {said(view.nothing, period.zone)}")
        return
    for line in view.checks:
        click.echo(f"{line.state.value:<5} {said(line.sentence, period.zone)}")
    try:
        version = publish.publish(app, viewer, period.first, edition=view.edition)
    except Refused as error:
        click.echo(said(error.sentence, period.zone), err=True)
        sys.exit(BROKEN)
    click.echo(f"Version {version.number} is published.")


COMMANDS = {"import": import_, "export": export_, "publish": publish_}
