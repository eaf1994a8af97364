"""How does a drill use the website as a browser does, over real HTTP, and know of each form what became of it?"""

import http.client
import re
import secrets
import time
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

SECONDS = 30.0
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
FORM = "application/x-www-form-urlencoded"
CUT_OFF = (http.client.HTTPException, OSError)


class NotSent(Exception):
    """Nobody listens: the form never left."""


class Unknown(Exception):
    """The line broke after the form was sent: it may or may not have been stored."""


@dataclass(frozen=True)
class Page:
    """One answer."""

    status: int
    text: str
    location: str = ""

    @property
    def acknowledged(self) -> bool:
        """Whether the server said that it is done."""
        return 200 <= self.status < 400


@dataclass
class Visitor:
    """A browser of one person; `csrf` is the secret of its session."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    csrf: str = ""
    slowest: float = 0.0

    def sign_in(self, email: str, password: str) -> None:
        """Come in through the sign-in page."""
        self.get("/sign-in")
        page = self.post("/sign-in", {"email": email, "password": password})
        if page.status != 302:
            raise RuntimeError(f"{email} cannot sign in: {page.status}")
        self.get(page.location)

    def get(self, path: str) -> Page:
        """A page; its secret is kept for the next form."""
        page = self._ask("GET", path, None)
        self.csrf = dict(HIDDEN.findall(page.text)).get("csrf", self.csrf)
        return page

    def hidden(self, page: Page, name: str) -> str:
        """A hidden field of a page, such as the edition."""
        return unescape(dict(HIDDEN.findall(page.text))[name])

    def post(self, path: str, fields: dict[str, str], key: str = "") -> Page:
        """Send a form with the session's secret and this key, or a new one; NotSent or Unknown when the line breaks."""
        sent = {"csrf": self.csrf, "key": key or new_key()} | fields
        return self._ask("POST", path, urlencode(sent))

    def _ask(self, method: str, path: str, body: str | None) -> Page:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": FORM, "Origin": f"http://127.0.0.1:{self.port}"}
        began = time.monotonic()
        try:
            try:
                line.connect()
            except OSError as error:
                raise NotSent from error
            line.request(method, path, body, headers)
            answer = line.getresponse()
            text = answer.read().decode()
        except CUT_OFF as error:
            raise Unknown from error
        finally:
            line.close()
        self.slowest = max(self.slowest, time.monotonic() - began)
        self._remember(answer)
        return Page(answer.status, text, answer.headers.get("Location", ""))

    def _remember(self, answer: http.client.HTTPResponse) -> None:
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value


def new_key() -> str:
    """A key as the pages make them."""
    return secrets.token_urlsafe(16)
