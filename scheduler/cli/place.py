"""How does a command take the name of a file or folder? As it is; an empty one would mean the folder one is in."""

import os
from pathlib import Path

import click


class Place(click.Path):
    """A path; an empty name, such as a shell variable that was never set, is refused."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """The path of a name that is one."""
        if not os.fspath(value):
            self.fail("the name is empty; write . for the folder you are in.", param, ctx)
        return super().convert(value, param, ctx)


PLACE = Place(path_type=Path)
