"""Who is this, and may they come in? Signing in and out, sessions and the own display settings."""

import hashlib
import ipaddress
import logging
import secrets
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from scheduler.domain.accounts import Account, AccountRole, Session
from scheduler.domain.audit import AuditEntry
from scheduler.domain.errors import Busy, InvalidValue, NotAllowed
from scheduler.services import devices, limits
from scheduler.services.context import App, Viewer, require_planner
from scheduler.services.unit import Result, Unit, change_once
from scheduler.store import Work

SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 128
SEEN_EVERY: Final = timedelta(seconds=60)
IDLE: Final = {AccountRole.EXPERT: timedelta(hours=12)}
IDLE_OTHERS: Final = timedelta(minutes=30)
LONGEST: Final = {AccountRole.EXPERT: timedelta(days=14)}
LONGEST_OTHERS: Final = timedelta(hours=12)
LANGUAGES: Final = frozenset({"nl", "en"})
THEMES: Final = frozenset({"system", "light", "dark"})

log = logging.getLogger(__name__)
_hasher: Final = PasswordHasher()


@cache
def _nobody() -> str:
    """A hash that no password fits: an unknown address takes as long as a known one."""
    return _hasher.hash(secrets.token_urlsafe(16))


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed-in browser: who it is and the secret for its forms."""

    viewer: Viewer
    account: Account
    csrf: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a browser gets: the token of its session, and the notes by which the account knows it the next time."""

    token: str
    account: Account
    device: str


@dataclass(frozen=True, slots=True)
class _Try:
    """One try to sign in: whom it may let in, and which counters it used."""

    account: Account | None
    known_hash: str | None
    counters: tuple[tuple[limits.Limit, str], ...]


def hash_password(password: str) -> str:
    """The argon2id hash to store; InvalidValue when the password is shorter than 12 or longer than 128 characters."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise InvalidValue(
            "A password has %(least)s to %(most)s characters.", least=SHORTEST_PASSWORD, most=LONGEST_PASSWORD
        )
    return _hasher.hash(password)


def sign_in(app: App, email: str, password: str, address: str, device: str = "") -> SignedIn:
    """A new session; NotAllowed, in the same words for every wrong pair, and TooOften when it must wait.

    `device` holds the notes that an earlier sign-in left with this browser. A browser that the account knows has a
    counter of its own; all others share the account's ten tries and the hundred of their address. Only wrong tries
    count.
    """
    email = email.strip()[:254]
    started = app.database.write(lambda work: _start_try(app, work, email, address, device))
    account, known_hash = started.account, started.known_hash
    if not is_password(known_hash, password) or account is None:
        note_refusal(app, account.id if account else "", "sign_in")
        raise NotAllowed("This e-mail address and password do not belong together.")
    token = secrets.token_urlsafe(32)
    app.database.write(lambda work: _open(work, account, token, started, app.clock()))
    return SignedIn(token, account, devices.with_account(app.config.secret, account.id, device))


def _start_try(app: App, work: Work, email: str, address: str, device: str) -> _Try:
    account = work.accounts.find_by_email(email)
    number = devices.known_device(app.config.secret, account.id, device) if account else None
    whose = account.id if account else unicodedata.normalize("NFC", email).lower()
    counters: tuple[tuple[limits.Limit, str], ...] = (
        (limits.ACCOUNT_TRIES, whose),
        (limits.ADDRESS_TRIES, _network(address)),
    )
    if number:
        counters = ((limits.DEVICE_TRIES, f"{whose} {number}"),)
    for limit, subject in counters:
        limits.spend(work, limit, subject, app.clock())
    if account is None or not account.active:
        return _Try(None, None, counters)
    return _Try(account, work.accounts.password_hash(account.id), counters)


def _network(address: str) -> str:
    """What one household or server has: an address, or the /64 of an IPv6 one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return address
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))


def is_password(known_hash: str | None, password: str) -> bool:
    """Whether the password fits the hash; never when there is none, and that takes as long."""
    try:
        fits = _hasher.verify(known_hash or _nobody(), password[: LONGEST_PASSWORD + 1])
        return fits and known_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def _open(work: Work, account: Account, token: str, started: _Try, now: datetime) -> None:
    for limit, subject in started.counters:
        if limit is limits.ADDRESS_TRIES:
            work.attempts.take_back(limit.kind, subject)
        else:
            work.attempts.clear(limit.kind, subject)
    work.sessions.forget_expired(now)
    expires = min(now + _idle(account), now + _longest(account))
    work.sessions.add(Session(hash_token(token), account.id, secrets.token_urlsafe(32), now, now, expires))
    work.audit.add(AuditEntry(now, account.id, account.role.value, "sign_in", account.id, origin="service"))


def note_refusal(app: App, account: str, action: str) -> None:
    """Write down that somebody could not prove to be the holder of an account."""
    entry = AuditEntry(app.clock(), account or "unknown", "", action, account, origin="service", result="refused")
    app.database.write(lambda work: work.audit.add(entry))


def hash_token(token: str) -> str:
    """What is stored of the token of a session."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _idle(account: Account) -> timedelta:
    return IDLE.get(account.role, IDLE_OTHERS)


def _longest(account: Account) -> timedelta:
    return LONGEST.get(account.role, LONGEST_OTHERS)


def session_of(app: App, token: str) -> Signed | None:
    """Who holds this token now; None when it is unknown, idle too long, ended, or its account is no longer active.

    While nothing can be written, people go on reading with the session as it was.
    """
    now = app.clock()
    with app.database.reading() as work:
        session = work.sessions.find(hash_token(token))
        account = work.accounts.find(session.account) if session else None
    if session is None or account is None or not account.active:
        return None
    if not session.created_at <= now + SEEN_EVERY or now >= session.expires_at:
        return None
    if now - session.seen_at >= SEEN_EVERY:
        expires = min(now + _idle(account), session.created_at + _longest(account))
        try:
            app.database.write(lambda work: work.sessions.seen(session.token_hash, now, expires))
        except Busy as busy:
            log.warning("A session is not renewed: %s", busy)
    return Signed(Viewer.of(account), account, session.csrf)


def sign_out(app: App, token: str) -> None:
    """End this session; an unknown token is no error."""

    def end(work: Work) -> None:
        session = work.sessions.find(hash_token(token))
        if session is None:
            return
        work.sessions.discard(session.token_hash)
        work.audit.add(AuditEntry(app.clock(), session.account, "", "sign_out", session.account, origin="service"))

    app.database.write(end)


def change_display(
    app: App, viewer: Viewer, *, language: str | None = None, theme: str | None = None, calm: bool | None = None
) -> Account:
    """Keep the language (nl, en), theme (system, light, dark) and calm display of the own account."""
    if language is not None and language not in LANGUAGES:
        raise InvalidValue("There is no language %(language)s here.", language=language)
    if theme is not None and theme not in THEMES:
        raise InvalidValue("There is no theme %(theme)s.", theme=theme)

    def change(unit: Unit) -> Result:
        known = unit.work.accounts.get(viewer.account)
        new = replace(
            known,
            language=known.language if language is None else language,
            theme=known.theme if theme is None else theme,
            calm=known.calm if calm is None else calm,
        )
        unit.work.accounts.save(new, unit.work.accounts.edition_of(known.id))
        unit.record(known.id, "display")
        return {}

    change_once(app, viewer, "change_display", change)
    with app.database.reading() as work:
        return work.accounts.get(viewer.account)


def add_account(app: App, viewer: Viewer, account: Account, password: str, *, key: str = "") -> Account:
    """Add somebody who can sign in; only a planner or the machine itself."""
    require_planner(viewer)
    password_hash = hash_password(password)

    def add(unit: Unit) -> Result:
        unit.work.accounts.add(account)
        unit.work.accounts.set_password(account.id, password_hash)
        unit.record(account.id, "account")
        return {}

    change_once(app, viewer, "add_account", add, key=key, body={"account": account.id, "email": account.email})
    return account
