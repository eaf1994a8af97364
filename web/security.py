"""What keeps strangers out of a browser's session: headers, cookies and the check that a form is ours."""

import hashlib
import hmac
import secrets
import unicodedata
from typing import Final
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from scheduler.config import LOOPBACK, Config

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
FORM_TYPES: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
CSRF_FIELD: Final = "csrf"
CSRF_HEADER: Final = "X-CSRF-Token"
MOST_BYTES: Final = 5 * 1024 * 1024
DEVICE_DAYS: Final = 400

CONTENT_SECURITY_POLICY: Final = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ]
)
HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
}


def trusted_hosts(config: Config) -> list[str]:
    """The names under which this installation may be asked for: that of its address, and this machine itself."""
    named = urlsplit(config.base_url).hostname
    return sorted({*LOOPBACK, *([named] if named else [])} if config.is_local else {named or config.host})


def trust_proxies(app: Flask, proxies: int) -> None:
    """Believe what exactly this many own proxies say about the caller, and nothing else."""
    fixed = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0, x_port=0, x_prefix=0)
    setattr(app, "wsgi_app", fixed)  # noqa: B010 - Flask documents this place for middleware


def install(app: Flask) -> None:
    """Put the headers on every answer of the app, whatever it is."""
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    response.headers.update(HEADERS)
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    if seed := g.get("new_visit"):
        _set_cookie(response, "visit", seed, None)
    return response


def _cookie_name(what: str) -> str:
    base = "wijkrooster" if what == "session" else f"wijkrooster-{what}"
    return f"__Host-{base}" if current_app.config["SESSION_COOKIE_SECURE"] else base


def _set_cookie(response: Response, what: str, value: str, max_age: int | None) -> None:
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(
        _cookie_name(what), value, max_age=max_age, path="/", secure=secure, httponly=True, samesite="Lax"
    )


def read_cookie(what: str) -> str | None:
    """A cookie of this face by its plain name: session, visit, language or theme."""
    return request.cookies.get(_cookie_name(what))


def remember(response: Response, what: str, value: str) -> None:
    """Keep a choice of somebody who is not signed in, for a year."""
    _set_cookie(response, what, value, 365 * 24 * 3600)


def session_token() -> str | None:
    """The token of the session cookie, if the browser sent one of a sane length."""
    token = read_cookie("session")
    return token if token and len(token) <= 200 else None


def start_session(response: Response, token: str) -> None:
    """Give the browser its session; the server decides when it ends."""
    _set_cookie(response, "session", token, None)


def device_notes() -> str:
    """Which accounts know this browser, as their sign-ins noted it."""
    return read_cookie("device") or ""


def keep_device(response: Response, notes: str) -> None:
    """Let the browser keep those notes for as long as browsers keep anything."""
    _set_cookie(response, "device", notes, DEVICE_DAYS * 24 * 3600)


def use_session(signed: object) -> None:
    """Go on with this session in the request that started it."""
    g.signed = signed


def end_session(response: Response) -> None:
    """Make the browser forget everything of this site but that it is known here, and the choice of language."""
    _set_cookie(response, "session", "", 0)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def require_plain_request() -> None:
    """Refuse an address with control characters and a body that is no form, before anything looks at them."""
    if any(unicodedata.category(character) == "Cc" for character in request.path):
        abort(404)
    if (request.content_length or 0) > MOST_BYTES:
        abort(413)
    has_body = request.content_length or "Transfer-Encoding" in request.headers
    if request.method not in SAFE_METHODS and has_body and request.mimetype not in FORM_TYPES:
        abort(415)


def is_same_origin() -> bool:
    """Whether an unsafe request comes from a page of this site, as far as the browser tells."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def csrf_token() -> str:
    """What a form of this browser must carry: of its session, or of its visit when nobody is signed in."""
    if signed := g.get("signed"):
        return str(signed.csrf)
    seed = g.get("new_visit") or read_cookie("visit")
    if not seed:
        seed = g.new_visit = secrets.token_urlsafe(32)
    return hashlib.sha256(f"csrf {seed}".encode()).hexdigest()


def has_csrf_token() -> bool:
    """Whether the request carries the token, in its form or in the header that scripts use."""
    sent = request.headers.get(CSRF_HEADER) or request.form.get(CSRF_FIELD, "")
    return hmac.compare_digest(sent.encode("utf-8", "replace"), csrf_token().encode())


def new_key() -> str:
    """A fresh idempotency key for one form on one page."""
    return secrets.token_urlsafe(16)
