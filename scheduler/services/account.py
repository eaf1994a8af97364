"""What can people do with their own account: its password, and where it is signed in?"""

from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.domain.errors import NotAllowed
from scheduler.services import limits
from scheduler.services.context import App, Viewer
from scheduler.services.sessions import hash_password, hash_token, is_password, note_refusal
from scheduler.services.unit import Result, Unit, change_once


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser that is signed in: since when, and when it was last here, to the minute."""

    since: datetime
    seen_at: datetime


def other_sessions(app: App, viewer: Viewer, token: str) -> tuple[OpenSession, ...]:
    """Where else this account is signed in, the one that was here last first."""
    with app.database.reading() as work:
        found = work.sessions.others(viewer.account, hash_token(token), app.clock())
    return tuple(OpenSession(s.created_at, s.seen_at) for s in found)


def sign_out_others(app: App, viewer: Viewer, token: str) -> int:
    """End every other session of this account and say how many there were."""

    def end(unit: Unit) -> Result:
        ended = unit.work.sessions.discard_account(viewer.account, but=hash_token(token))
        unit.record(viewer.account, "sessions")
        return {"ended": ended}

    return int(str(change_once(app, viewer, "sign_out_others", end)["ended"]))


def change_password(app: App, viewer: Viewer, old: str, new: str, *, key: str = "") -> None:
    """Set a new password (12 to 128 characters) and end every session of the account.

    InvalidValue for the new one; NotAllowed when the old one is not right, and TooOften after ten of these. An account
    of the sample is none any more then, because it no longer has the password that the sample shows.
    """
    new_hash = hash_password(new)
    limits.spend_now(app, limits.OLD_PASSWORD_TRIES, viewer.account)
    with app.database.reading() as work:
        known = work.accounts.password_hash(viewer.account)
    if not is_password(known, old):
        note_refusal(app, viewer.account, "change_password")
        raise NotAllowed("The old password is not right.")

    def change(unit: Unit) -> Result:
        account = unit.work.accounts.get(viewer.account)
        if account.is_sample:
            unit.work.accounts.save(replace(account, is_sample=False), unit.work.accounts.edition_of(account.id))
        unit.work.accounts.set_password(viewer.account, new_hash)
        unit.work.sessions.discard_account(viewer.account)
        unit.work.attempts.clear(limits.OLD_PASSWORD_TRIES.kind, viewer.account)
        unit.record(viewer.account, "password")
        return {}

    change_once(app, viewer, "change_password", change, key=key)
