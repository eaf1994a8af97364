"""Where does a test get the website? On a small world of its own, with a browser of sorts per person."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from babel.messages.mofile import write_mo
from flask import Flask
from werkzeug.serving import make_server

from tests.services.world import World, build_world, small_roster
from tests.store.conftest import sqlite_template
from tests.web.messages import DUTCH, dutch
from tests.web.refusals import rows
from tests.web.site import Site
from web import create_app

__all__ = ["sqlite_template"]


@pytest.fixture(scope="session", autouse=True)
def translations() -> None:
    """The compiled Dutch messages, made anew when the written ones are newer."""
    compiled = DUTCH.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= DUTCH.stat().st_mtime:
        return
    draft = compiled.with_name(f"{compiled.name}.{os.getpid()}")
    with draft.open("wb") as file:
        write_mo(file, dutch())
    draft.replace(compiled)


@pytest.fixture
def world(sqlite_template: Path, tmp_path: Path) -> Iterator[World]:
    """The small agency with its roster published."""
    file = tmp_path / "world.db"
    file.write_bytes(sqlite_template.read_bytes())
    found = build_world(f"sqlite:///{file}", tmp_path, live=small_roster())
    yield found
    found.database.close()


@pytest.fixture(scope="session")
def websites() -> list[Flask]:
    """The website of this test process, made for the first world: its templates are compiled once."""
    return []


@pytest.fixture
def site(world: World, websites: list[Flask]) -> Site:
    """The website on the small world."""
    if not websites:
        websites.append(create_app(world.app))
    app = websites[0]
    app.extensions["services"] = world.app
    app.extensions.pop("agency", None)
    return Site(app, world)


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of a website on a port of its own."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def address(site: Site) -> Iterator[str]:
    """The website on a port of its own."""
    with served(site.app) as found:
        yield found


@pytest.fixture
def unchanged(site: Site) -> Iterator[None]:
    """Whatever the test does, nothing is stored."""
    before = rows(site)
    yield
    assert rows(site) == before
