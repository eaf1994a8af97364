"""What is wrong with the files of a region, where exactly, and how much of it is shown?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from scheduler.domain.errors import InvalidValue, Sentence
from scheduler.domain.time import OccursTwice


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the file, the line in it, the column, and a sentence; parts may be unknown.

    As text it is one line that any terminal may show, whatever the file is called and holds.
    """

    file: str
    row: int | None
    column: str | None
    sentence: Sentence

    def __str__(self) -> str:
        place = [self.file] if self.file else []
        place += [f"row {self.row}"] if self.row is not None else []
        place += [f"column {self.column}"] if self.column else []
        text = f"{', '.join(place)}: {self.sentence}" if place else str(self.sentence)
        return "".join(c if c.isprintable() else "?" for c in text)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read at most; the defaults are for files that people send in through a page."""

    rows: int = 20_000
    columns: int = 60
    characters: int = 2_000
    megabytes: int = 5
    shown: int = 200


FROM_DISK = Limits(rows=2_000_000, megabytes=1_000)


class Faults:
    """Collects faults and warnings of one reading; counts all, keeps as many as are shown."""

    def __init__(self, shown: int = Limits().shown) -> None:
        self._shown = shown
        self.total = 0
        self.faults: list[Fault] = []
        self.warnings: list[Fault] = []
        self._lost: dict[str, set[str]] = {}
        self._lost_files: set[str] = set()

    def add(self, file: str, row: int | None, column: str | None, sentence: Sentence) -> None:
        """Record a fault: the reading will give no region."""
        self.total += 1
        if len(self.faults) < self._shown:
            self.faults.append(Fault(file, row, column, sentence))

    def lose(self, file: str, id: str | None = None) -> None:
        """Remember that a row, or without its id any row, could not be read: who refers to it makes no fault."""
        if id is None:
            self._lost_files.add(file)
        else:
            self._lost.setdefault(file, set()).add(id)

    def is_lost(self, file: str, id: str | None = None) -> bool:
        """Whether a file, or the row of this id in it, could not be read."""
        return file in self._lost_files or (id is not None and id in self._lost.get(file, ()))

    def warn(self, file: str, row: int | None, column: str | None, sentence: Sentence) -> None:
        """Record something odd that does no harm."""
        if len(self.warnings) < self._shown:
            self.warnings.append(Fault(file, row, column, sentence))

    @contextmanager
    def at(self, file: str, row: int | None, column: str | None = None) -> Iterator[None]:
        """Turn a value that cannot exist into a fault at this place; a time that occurs twice, at the column for it."""
        try:
            yield
        except OccursTwice as error:
            values = error.sentence.values
            sentence = Sentence(
                "The time %(clock)s occurs twice on %(day)s: write first or second in column fold.", values
            )
            self.add(file, row, "fold", sentence)
        except InvalidValue as error:
            self.add(file, row, column, error.sentence)
