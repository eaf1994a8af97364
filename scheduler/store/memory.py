"""What was read before and has not changed since? Kept in the process, trusted only while its tables bear their marks.

A unit of work sees one moment, marks and rows alike, and a mark that was drawn in a unit that came to nothing never
comes again. Where a mark is missing nothing is remembered: the worst that this can do is to read once more. What is
kept is shared by all threads: nobody may change it.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.store.tables import MarkRow

Value = TypeVar("Value")
Stamp = tuple[int, ...]
KEPT = 64


class Memory:
    """What one process has read of one database; the things that were asked for longest ago are let go."""

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, tuple[Stamp, object]] = OrderedDict()
        self._lock = Lock()

    def recall(self, name: Hashable) -> tuple[Stamp, object] | None:
        """What was kept under this name, with the marks of then."""
        with self._lock:
            if name in self._known:
                self._known.move_to_end(name)
            return self._known.get(name)

    def keep(self, name: Hashable, stamp: Stamp, value: object) -> None:
        """Keep it, in the place of what was kept under this name before."""
        with self._lock:
            self._known[name] = (stamp, value)
            self._known.move_to_end(name)
            while len(self._known) > KEPT:
                self._known.popitem(last=False)


class Recollection:
    """The memory as one unit of work may use it; a writer looks at the marks each time, for it draws new ones."""

    def __init__(self, session: Session, memory: Memory, *, writes: bool) -> None:
        self._session, self._memory, self._writes = session, memory, writes
        self._marks: dict[str, int] | None = None
        self._is_trusted = True

    def set_aside(self) -> None:
        """Read everything anew from here on."""
        self._is_trusted = False

    def of(self, name: Hashable, tables: tuple[str, ...], read: Callable[[], Value]) -> Value:
        """What `read` gives, read only if one of its tables changed since; `tables` names all that it depends on."""
        return self.like(name, tables, lambda _before: read())

    def like(self, name: Hashable, tables: tuple[str, ...], read: Callable[[Value | None], Value]) -> Value:
        """The same; `read` is given what was known before a table changed, to build on where that is quicker."""
        stamp = self._stamp(tables)
        if stamp is None:
            return read(None)
        before = self._memory.recall(name)
        if before is not None and before[0] == stamp:
            return cast(Value, before[1])
        value = read(None if before is None else cast(Value, before[1]))
        self._memory.keep(name, stamp, value)
        return value

    def _stamp(self, tables: tuple[str, ...]) -> Stamp | None:
        """The marks of these tables at the moment that this unit sees; None when one has none."""
        if not self._is_trusted:
            return None
        if self._marks is None or self._writes:
            asked = select(MarkRow.subject, MarkRow.value)
            self._marks = {row.subject: row.value for row in self._session.execute(asked)}
        if not all(table in self._marks for table in tables):
            return None
        return tuple(self._marks[table] for table in tables)
