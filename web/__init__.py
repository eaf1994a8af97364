"""How do the use cases become a website? One app with its language, its locks, its words and a face per role."""

from pathlib import Path
from typing import Final

from flask import Flask
from jinja2 import StrictUndefined

from scheduler.services.context import App
from web import access, bundle, days, errors, language, layout, present, security

HERE: Final = Path(__file__).parent


def create_app(services: App) -> Flask:
    """The website on top of these services; AssetsMissing when the front end has not been built."""
    app = Flask("web", root_path=str(HERE), static_folder=None)
    app.extensions["services"] = services
    app.config.update(
        MAX_CONTENT_LENGTH=security.MOST_BYTES,
        SESSION_COOKIE_SECURE=services.config.secure_cookies,
        TRUSTED_HOSTS=security.trusted_hosts(services.config),
        BABEL_TRANSLATION_DIRECTORIES=str(HERE / "translations"),
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for part in (errors, language, security, days, present, bundle, layout, access):
        part.install(app)
    _register_faces(app)
    access.require_declarations(app)
    if services.config.trusted_proxies:
        security.trust_proxies(app, services.config.trusted_proxies)
    return app


def _register_faces(app: Flask) -> None:
    from web import account, auth, coordinator, expert, planner
    from web.expert.calendar import feed_pages

    for face in (auth.pages, account.pages, expert.pages, feed_pages, coordinator.pages, planner.pages):
        app.register_blueprint(face)
