"""Who did what, when, in which role and from where: one line of the book that is only ever added to."""

from dataclasses import dataclass
from datetime import datetime

from scheduler.domain.time import require_utc


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One deed. `fields` names what changed, never the values; `actor` is an account id or the name of a process."""

    at: datetime
    actor: str
    role: str
    action: str
    subject: str = ""
    request_id: str = ""
    origin: str = ""
    fields: tuple[str, ...] = ()
    on_behalf_of: str = ""
    result: str = "done"

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", require_utc(self.at, "at"))
