"""What do all tables share: names of constraints, instants in UTC, text that both engines can hold, JSON lists."""

from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import JSON, DateTime, ForeignKey, MetaData, String
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from scheduler.domain.errors import InvalidValue
from scheduler.domain.time import require_utc


class Utc(TypeDecorator[datetime]):
    """An aware UTC datetime: timestamptz on PostgreSQL, text of one fixed width on SQLite, so that it compares."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column type of the engine."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC going in; a naive datetime is refused."""
        if value is None:
            return None
        value = require_utc(value, "instant")
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC coming out."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class UnstorableText(InvalidValue, DontWrapMixin):
    """Text that one of the engines cannot hold; passes through SQLAlchemy as it is."""


class Words(TypeDecorator[str]):
    """Text that both engines store alike: a NUL or half a character is refused before it reaches either."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The same text, or UnstorableText."""
        if value is not None and not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
            raise UnstorableText("The text holds half a character, which cannot be stored.")
        if value is not None and "\0" in value:
            raise UnstorableText("The text holds a NUL character, which cannot be stored.")
        return value


Json = dict[str, Any]
JsonList = list[Any]

key = Annotated[str, mapped_column(Words, primary_key=True)]
expert_key = Annotated[str, mapped_column(ForeignKey("expert.id", ondelete="CASCADE"), index=True)]


class Row(DeclarativeBase):
    """Base of every mapped class; a row is only ever read through a collection."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Utc, str: Words, Json: JSON, JsonList: JSON}
