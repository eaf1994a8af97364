"""What did the database refuse, in words: somebody twice at one time, a changed version, a no, or all of it for now?"""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from sqlalchemy.exc import DBAPIError, OperationalError

from scheduler.domain.errors import Busy, DiskFault, Refused, Unsafe

log = logging.getLogger(__name__)

OVERLAP = ("ex_booking_overlap", "ex_assignment_overlap")
DECLINED = "booking_declined"
FIXED = "is_fixed"
KEY_IN_DETAIL = re.compile(r"Key \([^=]*\)=\((?:[^,]*, )??([^,]+), \[")
GAVE_WAY = frozenset({"40001", "40P01"})
READ_ONLY = "readonly"
BROKEN = ("not a database", "malformed")
FULL_STATE, BROKEN_STATE = "53100", "58030"
UNWRITABLE = ("disk", "unable to open", READ_ONLY)
UNAVAILABLE = ("locked", "full", *UNWRITABLE)


def words_of(error: DBAPIError, rows: Sequence[Mapping[str, Any]] = ()) -> Refused | None:
    """The refusal that an engine's message stands for; `rows` are what was being written, to find the expert in."""
    message = str(error.orig)
    if any(name in message for name in OVERLAP):
        return Refused("%(expert)s already works then.", expert=_expert_in(message, rows))
    if DECLINED in message:
        return Refused("Somebody said no to this shift; only a newer yes changes that.")
    if FIXED in message:
        return Refused("What was published or said never changes.")
    return None


def _expert_in(message: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """PostgreSQL names the key that clashes; on SQLite it is known when one expert is written or two rows clash."""
    if found := KEY_IN_DETAIL.search(message):
        return found.group(1)
    experts = {row["expert_id"] for row in rows}
    if len(experts) == 1:
        return str(experts.pop())
    ordered = sorted(rows, key=lambda row: (row["expert_id"], row["starts_at"]))
    for one, next_one in pairwise(ordered):
        if one["expert_id"] == next_one["expert_id"] and next_one["starts_at"] < one["ends_at"]:
            return str(one["expert_id"])
    return "?"


def gave_way(error: DBAPIError) -> bool:
    """Whether the engine let another writer go first, so that the same deed can be tried again from its start."""
    state = getattr(error.orig, "sqlstate", None)
    return state in GAVE_WAY or "database is locked" in str(error.orig)


@contextmanager
def saying_busy(writes: bool) -> Iterator[None]:
    """Turn a database that is locked or away into Busy, and one whose disk is full or broken into DiskFault; a fault
    of the program, such as a write in a reading unit, stays what it is.
    """
    try:
        yield
    except DBAPIError as error:
        if gave_way(error) or (_is_unavailable(error) and (writes or READ_ONLY not in str(error.orig))):
            trouble = _trouble(error)
            if isinstance(trouble, DiskFault):
                log.error("%s (%s)", trouble, error.orig)
            raise trouble from error
        raise


def _trouble(error: DBAPIError) -> Busy:
    message, state = str(error.orig), getattr(error.orig, "sqlstate", None)
    is_sqlite = not _is_postgres(error)
    if state == FULL_STATE or (is_sqlite and "full" in message):
        return DiskFault("The disk of the server is full. Nothing of this was saved; what was there before still is.")
    if state == BROKEN_STATE or (is_sqlite and any(word in message for word in UNWRITABLE)):
        return DiskFault("The server cannot use its own disk. Nothing of this was saved.")
    return Busy("The database is busy. Nothing was changed; try again in a moment.")


@contextmanager
def saying_unusable() -> Iterator[None]:
    """Turn a database that cannot be opened at start into Unsafe, with the engine's reason."""
    try:
        yield
    except DBAPIError as error:
        if _is_unavailable(error) or any(word in str(error.orig) for word in BROKEN):
            raise Unsafe("The database cannot be used: %(reason)s.", reason=str(error.orig)) from error
        raise


def _is_unavailable(error: DBAPIError) -> bool:
    """SQLite reports a missing table in the same class, so its words decide; PostgreSQL keeps the class for trouble."""
    if not isinstance(error, OperationalError):
        return False
    return _is_postgres(error) or any(word in str(error.orig) for word in UNAVAILABLE)


def _is_postgres(error: DBAPIError) -> bool:
    return type(error.orig).__module__.startswith("psycopg")
