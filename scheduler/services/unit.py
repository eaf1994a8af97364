"""How does one change happen exactly once: key, deed, audit line and messages in one transaction?"""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum

from scheduler.domain.accounts import AccountRole
from scheduler.domain.audit import AuditEntry
from scheduler.domain.errors import Refused
from scheduler.domain.messages import Lane, Message
from scheduler.services.context import Agency, App, Viewer, agency_of
from scheduler.services.visits import names_of
from scheduler.store import Work

Result = dict[str, object]
LONGEST_KEY = 100


@dataclass
class Unit:
    """One change under way: its transaction, who does it, and the instant it happens at."""

    app: App
    work: Work
    viewer: Viewer
    action: str
    key: str
    at: datetime
    agency: Agency
    _recorded: int = field(default=0, init=False)

    def record(self, subject: str, *fields: str, on_behalf_of: str = "") -> None:
        """Write the audit line: what it was done to, and the names (never the values) of what changed."""
        role = self.viewer.role.value if self.viewer.role else "system"
        entry = AuditEntry(
            at=self.at,
            actor=self.viewer.account,
            role=role,
            action=self.action,
            subject=subject,
            request_id=self.key,
            origin="service",
            fields=fields,
            on_behalf_of=on_behalf_of,
        )
        self.work.audit.add(entry)
        self._recorded += 1

    def tell(
        self,
        kind: str,
        payload: Mapping[str, object],
        *,
        accounts: Iterable[str] = (),
        experts: Iterable[str] = (),
        lane: Lane = Lane.NORMAL,
    ) -> None:
        """Queue one message of a kind for each of these accounts and experts."""
        for account in sorted(set(accounts)):
            self._queue(Message(secrets.token_hex(12), kind, self.at, self.at, account=account, payload=payload), lane)
        for expert in sorted(set(experts)):
            self._queue(Message(secrets.token_hex(12), kind, self.at, self.at, expert=expert, payload=payload), lane)

    def _queue(self, message: Message, lane: Lane) -> None:
        self.work.outbox.add(
            Message(
                id=message.id,
                kind=message.kind,
                created_at=message.created_at,
                due_at=message.due_at,
                account=message.account,
                expert=message.expert,
                payload=message.payload,
                lane=lane,
                message_id=f"<{message.id}@wijkrooster>",
            )
        )


def change_once(
    app: App,
    viewer: Viewer,
    action: str,
    deed: Callable[[Unit], Result],
    *,
    key: str = "",
    body: Mapping[str, object] | None = None,
) -> Result:
    """Do a deed in one transaction and keep its result under the key; the same key again answers from there.

    `deed` returns what JSON can hold and must record at least one audit line. Refused when the key was used for
    something else.
    """
    if len(key) > LONGEST_KEY:
        raise Refused("The key of this form is too long.")
    digest = digest_of(body or {})

    def attempt(work: Work) -> Result:
        at = app.clock()
        if key:
            known = work.keys.claim(viewer.account, key, action, digest, at)
            if known is not None:
                return known
        unit = Unit(app, work, viewer, action, key, at, agency_of(work))
        result = deed(unit)
        if not unit._recorded:
            raise AssertionError(f"{action} left no audit line")
        if key:
            work.keys.finish(viewer.account, key, result)
        return result

    try:
        return app.database.write(attempt)
    except Refused as error:
        raise _by_name(app, viewer, error) from error.__cause__


def _by_name(app: App, viewer: Viewer, error: Refused) -> Refused:
    """The refusal with the person by name: what the database refuses, it says of an id."""
    who = error.sentence.values.get("expert")
    if not isinstance(who, str):
        return error
    with app.database.reading() as work:
        names = names_of(work)
    name = names.expert(who) if viewer.role is AccountRole.PLANNER else names.first(who) or who
    return Refused(error.sentence.text, **{**error.sentence.values, "expert": name})


def digest_of(body: object) -> str:
    """SHA-256 of any value of plain data, dates, enums, dataclasses and containers, the same in every process."""
    return hashlib.sha256(json.dumps(_plain(body), sort_keys=True).encode()).hexdigest()


def _plain(value: object) -> object:
    found: object = value
    if isinstance(value, Mapping):
        found = {str(k): _plain(v) for k, v in value.items()}
    elif isinstance(value, (set, frozenset)):
        found = sorted(json.dumps(_plain(v), sort_keys=True) for v in value)
    elif isinstance(value, (list, tuple)):
        found = [_plain(v) for v in value]
    elif isinstance(value, Enum):
        found = value.value
    elif isinstance(value, (date, datetime, time)):
        found = value.isoformat()
    elif is_dataclass(value) and not isinstance(value, type):
        found = {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    elif not isinstance(value, (str, int, float, bool, type(None))):
        found = repr(value)
    return found
