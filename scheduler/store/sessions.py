"""Signed-in browsers, by the hash of their token."""

from datetime import datetime

from sqlalchemy import delete, update

from scheduler.domain.accounts import Session as Signed
from scheduler.store.collection import Collection, Columns
from scheduler.store.tables import SessionRow


class Sessions(Collection[SessionRow, Signed]):
    """All sessions; the id is the hash of the token."""

    row = SessionRow
    noun = "session"
    key = "token_hash"

    def seen(self, token_hash: str, at: datetime, expires_at: datetime) -> None:
        """Note when the browser was last here and until when it stays signed in."""
        new = {"seen_at": at, "expires_at": expires_at}
        self._run(update(SessionRow).where(SessionRow.token_hash == token_hash).values(new))

    def discard(self, token_hash: str) -> None:
        """End a session, whether it is there or not."""
        self._run(delete(SessionRow).where(SessionRow.token_hash == token_hash))

    def discard_account(self, account: str, but: str = "") -> int:
        """End every session of an account, but one, and say how many."""
        others = SessionRow.account_id == account, SessionRow.token_hash != but
        return self._run(delete(SessionRow).where(*others))

    def others(self, account: str, but: str, now: datetime) -> list[Signed]:
        """The sessions of an account that have not expired, but one; the one that was here last first."""
        open_ones = SessionRow.account_id == account, SessionRow.expires_at > now, SessionRow.token_hash != but
        rows = self._rows(self._select(*open_ones).order_by(SessionRow.seen_at.desc(), SessionRow.token_hash))
        return [self._value(row) for row in rows]

    def forget_expired(self, now: datetime) -> int:
        """Remove what has expired and say how many."""
        return self._run(delete(SessionRow).where(SessionRow.expires_at <= now))

    def _columns(self, value: Signed) -> Columns:
        return {
            "token_hash": value.token_hash,
            "account_id": value.account,
            "csrf": value.csrf,
            "created_at": value.created_at,
            "seen_at": value.seen_at,
            "expires_at": value.expires_at,
        }

    def _value(self, row: SessionRow) -> Signed:
        return Signed(row.token_hash, row.account_id, row.csrf, row.created_at, row.seen_at, row.expires_at)
