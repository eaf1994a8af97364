"""Commands that measure the optimiser on instances that others publish."""

import json
from functools import partial
from pathlib import Path

import click

from scheduler.cli import STARTED
from scheduler.cli.faults import show_faults
from scheduler.cli.files import SEED, interruptible
from scheduler.cli.place import PLACE
from scheduler.domain.runs import RunSettings
from scheduler.services.benchmark import solve_instance


@click.group()
def benchmark() -> None:
    """Measure the optimiser on published instances."""


@benchmark.command()
@click.argument("file", type=PLACE)
@click.option("--seconds", type=click.FloatRange(1, 86_400), default=60.0, show_default=True, help="Time limit.")
@click.option("--workers", type=click.IntRange(1, 256), default=2, show_default=True, help="Threads.")
@click.option("--seed", type=SEED, default=1, show_default=True, help="Random seed.")
@click.option("--output", type=PLACE, required=True, help="Where the solution goes, as CSV.")
def curtois(file: Path, seconds: float, workers: int, seed: int, output: Path) -> None:
    """Solve FILE, an instance in the format of Curtois and Qu (2014), and print one line of JSON.

    The time limit holds for the whole process. Ctrl-C keeps the best so far.
    """
    with show_faults(), interruptible() as asked:
        settings = RunSettings(seconds, workers, seed)
        found = solve_instance(file, settings, output, began=STARTED, stop=partial(bool, asked))
    click.echo(json.dumps(found, allow_nan=False))


COMMANDS = {"benchmark": benchmark}
