"""How are faults in files shown: one sentence each on standard error, and exit code 2."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import click

from scheduler.services.files import BadFiles

BAD_INPUT = 2


@contextmanager
def show_faults() -> Iterator[None]:
    """End the command with every fault on a line of its own when the files are bad."""
    try:
        yield
    except BadFiles as error:
        list_faults(error.faults, error.total)
        sys.exit(BAD_INPUT)


def list_faults(faults: Iterable[object], total: int) -> None:
    """One line per fault on standard error; says how many more there are."""
    lines = [str(fault) for fault in faults]
    for line in lines:
        click.echo(line, err=True)
    if total > len(lines):
        click.echo(f"... and {total - len(lines)} more.", err=True)
