"""Calendar feeds: whose is this address, and has anything in it changed?"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update

from scheduler.domain.accounts import Feed
from scheduler.domain.people import ExpertId
from scheduler.store.collection import Collection, Columns
from scheduler.store.tables import FeedRow


class Feeds(Collection[FeedRow, Feed]):
    """One feed per expert at most; its token is stored as a hash."""

    row = FeedRow
    noun = "calendar"
    key = "expert_id"

    def find_token(self, token_hash: str) -> Feed | None:
        """The feed behind a token, or None."""
        rows = self._rows(self._select(FeedRow.token_hash == token_hash))
        return self._value(rows[0]) if rows else None

    def rotate(self, expert: ExpertId, token_hash: str, at: datetime) -> None:
        """Give the expert a new token; the old one is gone, the revision goes on."""
        new = {"token_hash": token_hash, "created_at": at, "used_at": None, "revision": FeedRow.revision + 1}
        if not self._run(update(FeedRow).where(FeedRow.expert_id == expert).values(new)):
            self.add(Feed(expert, token_hash, 1, at))

    def used(self, expert: ExpertId, at: datetime) -> None:
        """Note when the feed was last read."""
        self._run(update(FeedRow).where(FeedRow.expert_id == expert).values(used_at=at))

    def bump(self, experts: Iterable[ExpertId]) -> None:
        """Something that these experts see has changed."""
        wanted = sorted(set(experts))
        for start in range(0, len(wanted), 500):
            chosen = FeedRow.expert_id.in_(wanted[start : start + 500])
            self._run(update(FeedRow).where(chosen).values(revision=FeedRow.revision + 1))

    def bump_all(self) -> None:
        """Something that anybody may see has changed, such as the name of a venue."""
        self._run(update(FeedRow).values(revision=FeedRow.revision + 1))

    def _columns(self, value: Feed) -> Columns:
        return {
            "expert_id": value.expert,
            "token_hash": value.token_hash,
            "revision": value.revision,
            "created_at": value.created_at,
            "used_at": value.used_at,
        }

    def _value(self, row: FeedRow) -> Feed:
        return Feed(row.expert_id, row.token_hash, row.revision, row.created_at, row.used_at)
