"""What did a guard of the database refuse, in words: somebody twice at one time, a changed published version, a no?"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy.exc import DBAPIError

from scheduler.domain.errors import Refused

OVERLAP = ("ex_booking_overlap", "ex_assignment_overlap")
DECLINED = "booking_declined"
FIXED = "is_fixed"
KEY_IN_DETAIL = re.compile(r"Key \([^=]*\)=\((?:[^,]*, )??([^,]+), \[")


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
