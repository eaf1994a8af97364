"""What can a machine be told to do? The commands, each a thin face over one use case."""

import os
import sys
import time
from importlib import import_module
from typing import Any, NoReturn

import click

from scheduler.domain.errors import SchedulerError

STARTED = time.monotonic()
"""When this process began, near enough: nothing heavy has been imported yet."""

BAD, STOPPED = 2, 130
"""Exit codes: input or a place that cannot be used; Ctrl-C, as shells count it."""

MODULES = {
    "up": "household",
    "serve": "household",
    "work": "household",
    "db": "household",
    "generate": "files",
    "solve": "files",
    "check": "files",
    "benchmark": "benchmark",
    "import": "records",
    "export": "records",
    "publish": "records",
}
"""Which module of this package holds a command; it is imported when the command is, so that each starts quickly."""


class Commands(click.Group):
    """Finds commands by MODULES, and turns errors into a sentence and exit code BAD or STOPPED, never a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order in which help shows them."""
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        if cmd_name not in MODULES:
            return None
        found: dict[str, click.Command] = import_module(f"{__name__}.{MODULES[cmd_name]}").COMMANDS
        return found[cmd_name]

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; an error of ours, a stream that takes no more and Ctrl-C end it with a sentence."""
        try:
            return super().invoke(ctx)
        except SchedulerError as error:
            click.echo(str(error), err=True)
            ctx.exit(BAD)
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            ctx.exit(STOPPED)
        except OSError as error:
            _give_up(error)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """The whole program; also help that cannot be shown is a sentence."""
        try:
            return super().main(*args, **kwargs)
        except OSError as error:
            _give_up(error)


def _give_up(error: OSError) -> NoReturn:
    """End with what the system says; silently when the reader of a pipe has enough."""
    place = f"{error.filename}: " if error.filename else ""
    if not isinstance(error, BrokenPipeError):
        click.echo(f"{place}{error.strerror}.", err=True)
    if error.filename is None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(BAD)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="wijkrooster", prog_name="scheduler")
def main() -> None:
    """Wijkrooster: who works where and when, by availability and need.

    The commands up, serve, work, db, import, export and publish belong to an installation: the folder ./instance, or
    the one that WIJKROOSTER_INSTANCE names. The others go from file to file.

    Exit codes: 0 done; 1 a rule is broken or stops publishing; 2 the input or a place cannot be used, with a sentence
    for each fault; 130 stopped by Ctrl-C.
    """
