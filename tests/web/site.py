"""How does a test use the website as a person would? Pages by address, forms by their fields, signed in or not."""

import hashlib
import re
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from scheduler.domain.accounts import Session
from tests.services.world import World

SESSION = timedelta(minutes=30)
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@dataclass
class Person:
    """One browser; it carries the secrets of the last page it saw into the next form."""

    client: FlaskClient
    secrets: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **options: Any) -> TestResponse:
        """A page, redirects followed."""
        response = self.client.get(path, follow_redirects=True, buffered=True, **options)
        found = {name: unescape(value) for name, value in FIELD.findall(response.text)}
        self.secrets = {name: found[name] for name in ("csrf", "key", "edition") if name in found}
        return response

    def send(self, path: str, **fields: str) -> TestResponse:
        """The first answer to a form with the secrets of the last page."""
        return self.client.post(path, data=self.secrets | fields)

    def post(self, path: str, **fields: str) -> TestResponse:
        """What a person sees after sending a form with the secrets of the last page."""
        return self.client.post(path, data=self.secrets | fields, follow_redirects=True)


@dataclass
class Site:
    """The website on a world."""

    app: Flask
    world: World

    def stranger(self, **headers: str) -> Person:
        """Somebody who is not signed in."""
        client = self.app.test_client()
        client.environ_base.update({f"HTTP_{name.upper()}": value for name, value in headers.items()})
        return Person(client)

    def token(self, name: str) -> str:
        """The session cookie of somebody of the world; the password has tests of its own, it is slow on purpose."""
        token, now = secrets.token_urlsafe(32), self.world.clock()
        with self.world.database.writing() as work:
            account = work.accounts.find_by_email(f"{name}@example.org")
            assert account is not None
            known = hashlib.sha256(token.encode()).hexdigest()
            work.sessions.add(Session(known, account.id, secrets.token_urlsafe(32), now, now, now + SESSION))
        return token

    def person(self, name: str) -> Person:
        """Somebody of the world with an open session."""
        person = self.stranger()
        person.client.set_cookie("wijkrooster", self.token(name))
        return person
