"""The book of deeds: each line carries a hash over itself and the line before, so that a change shows."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from scheduler.domain.audit import AuditEntry
from scheduler.store.collection import Collection, Columns
from scheduler.store.shapes import instant_text
from scheduler.store.tables import AuditRow


class Audit(Collection[AuditRow, AuditEntry]):
    """All deeds, oldest first. The database refuses to change or remove one."""

    row = AuditRow
    noun = "audit entry"

    def add_all(self, values: Iterable[AuditEntry]) -> None:
        """Write deeds at the end of the book."""
        rows, chain = [], self.head()
        for value in values:
            columns = self._columns(value)
            chain = _chained(chain, columns)
            rows.append(columns | {"chain": chain})
        self._insert(AuditRow, rows)

    def head(self) -> str:
        """The hash of the last line, to be kept outside the database; empty for an empty book."""
        return self._session.scalar(select(AuditRow.chain).order_by(AuditRow.id.desc()).limit(1)) or ""

    def about(self, subject: str) -> list[AuditEntry]:
        """What was done to a subject, newest first."""
        rows = self._rows(self._select(AuditRow.subject == subject).order_by(AuditRow.id.desc()))
        return [self._value(row) for row in rows]

    def newest(self, limit: int = 200) -> list[AuditEntry]:
        """The last deeds, newest first."""
        return [self._value(row) for row in self._rows(self._select().order_by(AuditRow.id.desc()).limit(limit))]

    def first_break(self) -> int | None:
        """The number of the first line that does not follow from the line before; None when the book is whole."""
        chain = ""
        for row in self._rows(self._select().order_by(AuditRow.id)):
            chain = _chained(chain, self._columns(self._value(row)))
            if chain != row.chain:
                return row.id
        return None

    def _columns(self, value: AuditEntry) -> Columns:
        return {
            "at": value.at,
            "actor": value.actor,
            "role": value.role,
            "action": value.action,
            "subject": value.subject,
            "request_id": value.request_id,
            "origin": value.origin,
            "fields": list(value.fields),
            "on_behalf_of": value.on_behalf_of,
            "result": value.result,
        }

    def _value(self, row: AuditRow) -> AuditEntry:
        return AuditEntry(
            at=row.at,
            actor=row.actor,
            role=row.role,
            action=row.action,
            subject=row.subject,
            request_id=row.request_id,
            origin=row.origin,
            fields=tuple(row.fields),
            on_behalf_of=row.on_behalf_of,
            result=row.result,
        )


def _chained(before: str, columns: dict[str, Any]) -> str:
    said = columns | {"at": instant_text(columns["at"])}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()
