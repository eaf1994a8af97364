"""How often was something tried lately, by whom? Counted per minute, subjects as hashes."""

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from scheduler.store.collection import Collection
from scheduler.store.tables import AttemptRow


class Attempts(Collection[AttemptRow, Any]):
    """Counters of attempts."""

    row = AttemptRow
    noun = "attempt"
    key = "kind"

    def add(self, kind: str, subject: str, at: datetime) -> None:  # type: ignore[override]
        """Count one attempt."""
        mine = {"kind": kind, "subject": _hashed(subject), "minute": at.replace(second=0, microsecond=0)}
        chosen = [getattr(AttemptRow, name) == value for name, value in mine.items()]
        if not self._run(update(AttemptRow).where(*chosen).values(count=AttemptRow.count + 1)):
            self._insert(AttemptRow, [mine | {"count": 1}])

    def count(self, kind: str, subject: str, since: datetime) -> int:
        """How many attempts there were since an instant, which is rounded down to its minute."""
        recent = AttemptRow.minute >= since.replace(second=0, microsecond=0)
        chosen = AttemptRow.kind == kind, AttemptRow.subject == _hashed(subject), recent
        return int(self._session.scalar(select(func.sum(AttemptRow.count)).where(*chosen)) or 0)

    def clear(self, kind: str, subject: str) -> None:
        """Forget the attempts of one subject, as after a success."""
        self._run(delete(AttemptRow).where(AttemptRow.kind == kind, AttemptRow.subject == _hashed(subject)))

    def forget(self, before: datetime) -> int:
        """Remove old counters and say how many."""
        return self._run(delete(AttemptRow).where(AttemptRow.minute < before))


def _hashed(subject: str) -> str:
    return hashlib.sha256(subject.encode("utf-8", "surrogatepass")).hexdigest()
