"""What can a machine be told to do? The commands, each a thin face over one use case."""

import click

from scheduler.cli.files import COMMANDS as FROM_FILE_TO_FILE
from scheduler.cli.household import COMMANDS as TO_KEEP_IT_RUNNING
from scheduler.cli.records import COMMANDS as IN_AND_OUT
from scheduler.domain.errors import SchedulerError


class Kind(click.Group):
    """A group that turns every error of ours into sentences on standard error and exit code 2, never a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a SchedulerError ends it with its sentence."""
        try:
            return super().invoke(ctx)
        except SchedulerError as error:
            click.echo(str(error), err=True)
            ctx.exit(2)


@click.group(cls=Kind, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="wijkrooster", prog_name="scheduler")
def main() -> None:
    """Wijkrooster: who works where and when, by availability and need."""


for command in (*FROM_FILE_TO_FILE, *IN_AND_OUT, *TO_KEEP_IT_RUNNING):
    main.add_command(command)
