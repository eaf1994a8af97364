"""Which settings does this installation run with? Read from the environment, refused when they are unsafe."""

import math
import os
import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path

from scheduler.domain.errors import Unsafe

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
SHORTEST_SECRET = 32


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over; `security` is "starttls", "tls" or "none" (loopback only)."""

    host: str
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""
    timeout_seconds: float = 10.0

    def __post_init__(self) -> None:
        if self.security not in {"starttls", "tls", "none"}:
            raise Unsafe("SMTP_SECURITY is %(value)s; it must be starttls, tls or none.", value=self.security)
        if self.security == "none" and self.host not in LOOPBACK:
            raise Unsafe("Mail to %(host)s would travel unencrypted. Maybe set SMTP_SECURITY=starttls.", host=self.host)
        if "@" not in self.sender or any(c in self.sender for c in "\r\n"):
            raise Unsafe("SMTP_SENDER must be an e-mail address, not %(value)s.", value=self.sender or "empty")


@dataclass(frozen=True, slots=True)
class CrisisLines:
    """Whom to call in danger and whom to talk to: in the foot of every page of experts and venues."""

    emergency: str = "112"
    talk: str = "0800 0113"
    talk_label: str = "113 (0800 0113)"


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that differs per installation; values of the work itself live in the rulebook and the database."""

    database_url: str
    secret: str = field(repr=False)
    instance: Path = Path("instance")
    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str = ""
    secure_cookies: bool = False
    trusted_proxies: int = 0
    mail: MailServer | None = None
    rulebook: Path | None = None
    lease_seconds: float = 5.0
    answer_hours: float = 4.0
    forms_a_minute: int = 60
    service_opens: time = time(8)
    service_closes: time = time(20)
    solve_workers: int = 2
    solve_memory_mb: int = 0
    crisis: CrisisLines = CrisisLines()

    def __post_init__(self) -> None:
        if len(self.secret) < SHORTEST_SECRET:
            raise Unsafe(
                "WIJKROOSTER_SECRET has %(length)s characters; it needs at least %(least)s. "
                "Maybe leave it out: then one is made and kept in the instance folder.",
                length=len(self.secret),
                least=SHORTEST_SECRET,
            )
        if self.host not in LOOPBACK and not self.secure_cookies:
            raise Unsafe(
                "Listening on %(host)s without secure cookies would send sign-ins over the open line. "
                "Maybe put a TLS proxy in front and set WIJKROOSTER_SECURE_COOKIES=1.",
                host=self.host,
            )
        if not 3.0 <= self.lease_seconds <= 10.0:
            raise Unsafe("WIJKROOSTER_LEASE_SECONDS must be 3 to 10, not %(value)s.", value=self.lease_seconds)
        if not 1 <= self.forms_a_minute <= 1_000_000:
            raise Unsafe("WIJKROOSTER_FORMS_A_MINUTE must be 1 or more, not %(value)s.", value=self.forms_a_minute)
        if not 0 < self.port < 65536:
            raise Unsafe("PORT must be 1 to 65535, not %(value)s.", value=self.port)
        if self.service_closes <= self.service_opens or self.answer_hours <= 0:
            raise Unsafe("The service hours %(a)s to %(b)s cannot be.", a=self.service_opens, b=self.service_closes)

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the web server."""
        return self.host in LOOPBACK


def read_config(environ: Mapping[str, str] | None = None, folder: Path | None = None, *, make: bool = True) -> Config:
    """The settings of the environment; makes the instance folder and a secret of its own when none are given.

    With `make` off nothing is written: where no secret is kept, one holds for this process alone. Raises Unsafe for a
    setting that would break a promise.
    """
    env = os.environ if environ is None else environ
    base = Path(env.get("WIJKROOSTER_INSTANCE") or (folder or Path.cwd()) / "instance").absolute()
    if make:
        _make_private_folder(base)
    port = _number(env, "PORT", 8000, whole=True)
    host = env.get("HOST", "127.0.0.1")
    return Config(
        database_url=env.get("WIJKROOSTER_DATABASE") or f"sqlite:///{base / 'wijkrooster.db'}",
        secret=env.get("WIJKROOSTER_SECRET") or _kept_secret(base / "secret", make),
        instance=base,
        host=host,
        port=int(port),
        base_url=(env.get("WIJKROOSTER_URL") or f"http://{_bracketed(host)}:{int(port)}").rstrip("/"),
        secure_cookies=env.get("WIJKROOSTER_SECURE_COOKIES", "") == "1",
        trusted_proxies=int(_number(env, "WIJKROOSTER_PROXIES", 0, whole=True)),
        mail=_mail(env),
        rulebook=Path(env["WIJKROOSTER_RULEBOOK"]) if env.get("WIJKROOSTER_RULEBOOK") else None,
        lease_seconds=_number(env, "WIJKROOSTER_LEASE_SECONDS", 5.0),
        answer_hours=_number(env, "WIJKROOSTER_ANSWER_HOURS", 4.0),
        forms_a_minute=int(_number(env, "WIJKROOSTER_FORMS_A_MINUTE", 60, whole=True)),
        service_opens=_clock(env, "WIJKROOSTER_OPENS", time(8)),
        service_closes=_clock(env, "WIJKROOSTER_CLOSES", time(20)),
        solve_workers=int(_number(env, "WIJKROOSTER_SOLVE_WORKERS", min(2, os.cpu_count() or 1), whole=True)),
        solve_memory_mb=int(_number(env, "WIJKROOSTER_SOLVE_MEMORY_MB", 0, whole=True)),
        crisis=_crisis(env),
    )


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _number(env: Mapping[str, str], name: str, default: float, *, whole: bool = False) -> float:
    text = env.get(name, "").strip()
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        raise Unsafe("%(name)s must be a number, not %(value)s.", name=name, value=text) from None
    if not math.isfinite(value) or abs(value) > 1e9 or (whole and value != int(value)):
        raise Unsafe("%(name)s must be a number, not %(value)s.", name=name, value=text)
    return value


def _clock(env: Mapping[str, str], name: str, default: time) -> time:
    text = env.get(name, "").strip()
    if not text:
        return default
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise Unsafe("%(name)s must be a time such as 08:00, not %(value)s.", name=name, value=text) from None


def _crisis(env: Mapping[str, str]) -> CrisisLines:
    usual = CrisisLines()
    talk = env.get("WIJKROOSTER_TALK_PHONE", "").strip()
    return CrisisLines(
        emergency=env.get("WIJKROOSTER_EMERGENCY_PHONE", "").strip() or usual.emergency,
        talk=talk or usual.talk,
        talk_label=env.get("WIJKROOSTER_TALK_NAME", "").strip() or talk or usual.talk_label,
    )


def _mail(env: Mapping[str, str]) -> MailServer | None:
    host = env.get("SMTP_HOST", "").strip()
    if not host:
        return None
    security = env.get("SMTP_SECURITY", "none" if host in LOOPBACK else "starttls")
    default_port = {"tls": 465, "starttls": 587}.get(security, 25)
    return MailServer(
        host=host,
        port=int(_number(env, "SMTP_PORT", default_port, whole=True)),
        security=security,
        user=env.get("SMTP_USER", ""),
        password=env.get("SMTP_PASSWORD", ""),
        sender=env.get("SMTP_SENDER", ""),
    )


def _make_private_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Unsafe(
            "The instance folder %(folder)s cannot be made (%(why)s). Maybe set WIJKROOSTER_INSTANCE.",
            folder=folder,
            why=error.strerror,
        ) from error


def _kept_secret(path: Path, make: bool) -> str:
    """The secret in a file that only its owner can read; made at the first start, also when two start at once."""
    if not make and not path.exists():
        return secrets.token_urlsafe(48)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        if not path.exists():
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
            with suppress(FileExistsError):
                os.link(draft, path)
            draft.unlink()
    except OSError as error:
        raise Unsafe("The secret %(path)s cannot be kept (%(why)s).", path=path, why=error.strerror) from error
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise Unsafe("Others can read the secret in %(path)s. Maybe run: chmod 600 %(path)s", path=path)
    return path.read_text(encoding="utf-8").strip()
