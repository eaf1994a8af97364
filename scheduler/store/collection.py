"""What can every collection do: get, find, list, add, put many, save against an edition, remove?"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar, cast

from sqlalchemy import ColumnElement, CursorResult, Select, Table, delete, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from scheduler.domain.errors import NotFound, Refused, Stale
from scheduler.store.clashes import words_of
from scheduler.store.tables import Row

R = TypeVar("R", bound=Row)
V = TypeVar("V")
Columns = dict[str, Any]


class Collection(Generic[R, V]):
    """All values of one noun. A subclass says which row, and maps a value to columns and a row to a value."""

    row: ClassVar[type[Any]]
    noun: ClassVar[str]
    key: ClassVar[str] = "id"

    def __init__(self, session: Session) -> None:
        self._session = session

    def _columns(self, value: V) -> Columns:
        raise TypeError(f"{type(self).__name__} does not say how a value becomes a row.")

    def _value(self, row: R) -> V:
        raise TypeError(f"{type(self).__name__} does not say how a row becomes a value.")

    @property
    def _key(self) -> Any:
        return getattr(self.row, self.key)

    def get(self, id: str) -> V:
        """The value with this id; NotFound when there is none."""
        found = self.find(id)
        if found is None:
            raise NotFound("There is no %(noun)s %(id)s.", noun=self.noun, id=id)
        return found

    def find(self, id: str) -> V | None:
        """The value with this id, or None."""
        rows = self._rows(self._select().where(self._key == id))
        return self._value(rows[0]) if rows else None

    def find_many(self, ids: Iterable[str]) -> dict[str, V]:
        """Those values of these ids that exist, by id."""
        wanted = sorted(set(ids))
        found: dict[str, V] = {}
        for start in range(0, len(wanted), 500):
            rows = self._rows(self._select().where(self._key.in_(wanted[start : start + 500])))
            found |= {getattr(row, self.key): self._value(row) for row in rows}
        return found

    def all(self) -> list[V]:
        """Every value, by id."""
        return [self._value(row) for row in self._rows(self._select().order_by(self._key))]

    def add(self, value: V) -> None:
        """Store a new value; Refused when its id is taken or it names something that is not there."""
        self.add_all([value])

    def add_all(self, values: Iterable[V]) -> None:
        """Store many new values at once."""
        self._insert(self.row, [self._columns(value) for value in values])

    def put_all(self, values: Iterable[V]) -> int:
        """Add what is new, replace what differs, and say how many that were; what is equal keeps its edition."""
        wanted = {self._columns(value)[self.key]: value for value in values}
        known = self.find_many(wanted)
        new = [value for id, value in wanted.items() if id not in known]
        changed = [value for id, value in wanted.items() if id in known and known[id] != value]
        self.add_all(new)
        for value in changed:
            self._replace(value)
        return len(new) + len(changed)

    def remove(self, id: str) -> None:
        """Remove it; NotFound when it is not there, Refused when something still names it."""
        try:
            removed = self._run(delete(self.row).where(self._key == id))
        except IntegrityError as error:
            raise Refused("The %(noun)s %(id)s is still in use.", noun=self.noun, id=id) from error
        if not removed:
            raise NotFound("There is no %(noun)s %(id)s.", noun=self.noun, id=id)

    def _replace(self, value: V) -> None:
        columns = self._columns(value)
        self._run(update(self.row).where(self._key == columns.pop(self.key)).values(columns))

    def _select(self, *where: ColumnElement[bool]) -> Select[Any]:
        return select(self.row).where(*where)

    def _rows(self, statement: Select[Any]) -> Sequence[R]:
        """The rows as they are now, not as they were when this unit read them before."""
        return self._session.scalars(statement, execution_options={"populate_existing": True}).all()

    def _run(self, statement: Any) -> int:
        """Execute a change and say how many rows it touched."""
        try:
            result = self._session.execute(statement, execution_options={"synchronize_session": False})
        except DBAPIError as error:
            raise words_of(error) or error from error
        return cast("CursorResult[Any]", result).rowcount

    def _each(self, statement: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        """Execute a change once per row of parameters."""
        if not rows:
            return
        try:
            self._session.connection().execute(statement, list(rows))
        except DBAPIError as error:
            raise words_of(error) or error from error

    def _insert(self, row: type[Row], rows: Sequence[Mapping[str, Any]]) -> None:
        if not rows:
            return
        try:
            self._session.connection().execute(insert(cast(Table, row.__table__)), list(rows))
        except IntegrityError as error:
            raise words_of(error, rows) or Refused(
                "The %(noun)s cannot be stored: its id is taken, or it names something that is not there.",
                noun=self.noun,
            ) from error
        except DBAPIError as error:
            raise words_of(error, rows) or error from error


class EditedCollection(Collection[R, V]):
    """A collection of what people edit: a save names the edition it was loaded with."""

    def edition_of(self, id: str) -> int:
        """The edition now; NotFound when there is no such thing."""
        found = self._session.scalar(select(self.row.edition).where(self._key == id))
        if found is None:
            raise NotFound("There is no %(noun)s %(id)s.", noun=self.noun, id=id)
        return int(found)

    def save(self, value: V, edition: int) -> int:
        """Replace the value and return the new edition; Stale when somebody saved since `edition` was loaded."""
        columns = self._columns(value)
        new = self._claim(columns[self.key], edition)
        self._replace(value)
        return new

    def _claim(self, id: str, edition: int) -> int:
        """Move the edition on by one, or raise Stale; the condition in the statement decides, not the look before."""
        current = self.edition_of(id)
        taken = current == edition and self._run(
            update(self.row).where(self._key == id, self.row.edition == edition).values(edition=edition + 1)
        )
        if not taken:
            raise Stale("Somebody else changed the %(noun)s since you opened it.", noun=self.noun, id=id)
        return edition + 1
