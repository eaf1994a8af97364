"""What can a machine be told to do? The commands, each a thin face over one use case."""

import time
from importlib import import_module

import click

from scheduler.domain.errors import SchedulerError

STARTED = time.monotonic()
"""When this process began, near enough: nothing heavy has been imported yet."""

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
    """Finds commands by MODULES, and turns every error of ours into its sentence and exit code 2, never a traceback."""

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
        """Run the command; a SchedulerError ends it with its sentence."""
        try:
            return super().invoke(ctx)
        except SchedulerError as error:
            click.echo(str(error), err=True)
            ctx.exit(2)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="wijkrooster", prog_name="scheduler")
def main() -> None:
    """Wijkrooster: who works where and when, by availability and need."""
