"""How often was something tried of late, by whom? One tally per kind and subject; subjects are stored as hashes."""

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, update

from scheduler.domain.accounts import Tally
from scheduler.store.collection import Collection
from scheduler.store.tables import AttemptRow


class Attempts(Collection[AttemptRow, Any]):
    """Tallies of attempts; what they allow is for the use cases to say."""

    row = AttemptRow
    noun = "attempt"
    key = "kind"

    def tally(self, kind: str, subject: str) -> Tally | None:
        """What is known of a subject; None when it never tried, or long ago."""
        rows = self._rows(self._select(*_chosen(kind, subject)))
        return Tally(rows[0].count, rows[0].at) if rows else None

    def put(self, kind: str, subject: str, tally: Tally) -> None:
        """Keep this tally instead of the one before."""
        new = {"count": tally.count, "at": tally.at}
        if not self._run(update(AttemptRow).where(*_chosen(kind, subject)).values(new)):
            self._insert(AttemptRow, [new | {"kind": kind, "subject": _hashed(subject)}])

    def take_back(self, kind: str, subject: str) -> None:
        """Count one attempt less, as one that was none after all."""
        some = AttemptRow.count > 0
        self._run(update(AttemptRow).where(*_chosen(kind, subject), some).values(count=AttemptRow.count - 1))

    def clear(self, kind: str, subject: str) -> None:
        """Forget the attempts of one subject, as after a success."""
        self._run(delete(AttemptRow).where(*_chosen(kind, subject)))

    def forget(self, before: datetime) -> int:
        """Remove old tallies and say how many."""
        return self._run(delete(AttemptRow).where(AttemptRow.at < before))


def _chosen(kind: str, subject: str) -> tuple[ColumnElement[bool], ...]:
    return AttemptRow.kind == kind, AttemptRow.subject == _hashed(subject)


def _hashed(subject: str) -> str:
    return hashlib.sha256(subject.encode("utf-8", "surrogatepass")).hexdigest()
