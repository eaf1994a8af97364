"""Was this very request done already, and what came of it?"""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from scheduler.domain.errors import Refused
from scheduler.store.collection import Collection
from scheduler.store.tables import KeyRow


class Keys(Collection[KeyRow, Any]):
    """Keys of requests, per account; kept in the same unit as what the request did."""

    row = KeyRow
    noun = "key"
    key = "key"

    def claim(self, account: str, key: str, action: str, body_hash: str, at: datetime) -> dict[str, Any] | None:
        """None when the request is new and may be done now; else the result it had.

        Refused when the same key came with another request.
        """
        asked = select(KeyRow).where(KeyRow.account_id == account, KeyRow.key == key)
        found = self._session.scalars(asked, execution_options={"populate_existing": True}).first()
        if found is None:
            columns = {"account_id": account, "key": key, "action": action, "body_hash": body_hash, "at": at}
            self._insert(KeyRow, [columns])
            return None
        if (found.action, found.body_hash) != (action, body_hash):
            raise Refused("This form was already sent with other content. Open the page again.")
        return dict(found.result or {})

    def has(self, account: str, key: str) -> bool:
        """Whether the request of this key was done."""
        asked = select(KeyRow.key).where(KeyRow.account_id == account, KeyRow.key == key)
        return self._session.scalars(asked).first() is not None

    def finish(self, account: str, key: str, result: dict[str, Any]) -> None:
        """Keep the result for when the request comes again."""
        mine = KeyRow.account_id == account, KeyRow.key == key
        self._run(update(KeyRow).where(*mine).values(result=result))

    def forget(self, before: datetime) -> int:
        """Remove old keys and say how many."""
        return self._run(delete(KeyRow).where(KeyRow.at < before))
