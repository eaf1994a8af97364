"""Who is this, and may they come in? Signing in and out, sessions and the own display settings."""

from dataclasses import dataclass

from scheduler.domain.accounts import Account
from scheduler.services.context import App, Viewer


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed-in browser: who it is and the secret for its forms."""

    viewer: Viewer
    account: Account
    csrf: str


def sign_in(app: App, email: str, password: str, address: str) -> tuple[str, Account]:
    """The token of a new session and its account; NotAllowed, in the same words for every wrong pair."""
    raise NotImplementedError


def session_of(app: App, token: str) -> Signed | None:
    """Who holds this token now; None when it is unknown, idle too long, ended, or its account is no longer active."""
    raise NotImplementedError


def sign_out(app: App, token: str) -> None:
    """End this session; an unknown token is no error."""
    raise NotImplementedError


def sign_out_others(app: App, viewer: Viewer, token: str) -> int:
    """End every other session of this account and say how many there were."""
    raise NotImplementedError


def change_display(
    app: App, viewer: Viewer, *, language: str | None = None, theme: str | None = None, calm: bool | None = None
) -> Account:
    """Keep the language (nl, en), theme (system, light, dark) and calm display of the own account."""
    raise NotImplementedError


def change_password(app: App, viewer: Viewer, old: str, new: str, *, key: str = "") -> None:
    """Set a new password (12 to 128 characters) and end every session of the account."""
    raise NotImplementedError


def add_account(app: App, viewer: Viewer, account: Account, password: str, *, key: str = "") -> Account:
    """Add somebody who can sign in; only a planner or the machine itself."""
    raise NotImplementedError


def hash_password(password: str) -> str:
    """The argon2id hash to store; InvalidValue when the password is shorter than 12 or longer than 128 characters."""
    raise NotImplementedError
