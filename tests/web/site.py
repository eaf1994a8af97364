"""How does a test use the website as a person would? Pages by address, forms by their fields, signed in or not."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.services.world import PASSWORD, World

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

    def post(self, path: str, *, follow: bool = True, **fields: str) -> TestResponse:
        """Send a form with the secrets of the last page; a field given as `x_` is called x."""
        named = {name.removesuffix("_"): value for name, value in fields.items()}
        return self.client.post(path, data=self.secrets | named, follow_redirects=follow)


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

    def person(self, name: str) -> Person:
        """Somebody of the world, signed in."""
        person = self.stranger()
        person.get("/sign-in")
        response = person.post("/sign-in", follow=False, email=f"{name}@example.org", password=PASSWORD)
        assert response.status_code == 302, response.text
        return person
