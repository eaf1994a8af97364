"""What is said of a column of a file, and of the file?"""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.exchange import cells
from scheduler.exchange.cells import Kind


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, kind of cell and meaning. `refers` names the sheet whose ids it must hold.

    A blank cell of a column that is not required reads as `default`, or as the kind's blank where there is none.
    """

    name: str
    kind: Kind
    words: str
    required: bool = False
    default: str = ""
    refers: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file ``<name>.csv``. `unique` lists groups of columns of which no two rows may hold the same values.

    An `upright` sheet has one row per column: its header is ``key,value``.
    """

    name: str
    words: str
    columns: tuple[Column, ...]
    unique: tuple[tuple[str, ...], ...] = ()
    required: bool = False
    upright: bool = False

    @property
    def file(self) -> str:
        """The name of the file."""
        return f"{self.name}.csv"

    def column(self, name: str) -> Column | None:
        """The column of that name, if there is one."""
        return next((column for column in self.columns if column.name == name), None)


def expert_column(words: str = "whose row this is") -> Column:
    """Whose row it is."""
    return Column("expert", cells.IDENTIFIER, words, required=True, refers="experts")


def period_columns(words: str) -> Iterator[Column]:
    """The first and the last day of something."""
    yield Column("first", cells.DAY, f"first day {words}", required=True)
    yield Column("last", cells.DAY, f"last day {words}, that day included; blank: no end")
