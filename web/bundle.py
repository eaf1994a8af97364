"""Which built file stands for a source of web/assets?"""

import json
from pathlib import Path
from typing import Final

from flask import Flask, Response, abort, current_app, send_from_directory, url_for

from web.access import open_to_all

BUILD: Final = Path(__file__).parent / "static" / "build"
A_YEAR_SECONDS: Final = 365 * 24 * 3600


class AssetsMissing(RuntimeError):
    """The front end has not been built."""


def install(app: Flask) -> None:
    """Read the manifest once and serve the built files."""
    app.extensions["assets"] = read_manifest(BUILD)
    app.add_url_rule("/static/<path:name>", "static", serve)


def read_manifest(folder: Path) -> dict[str, str]:
    """Built file per source file; AssetsMissing says how to make them."""
    path = folder / "manifest.json"
    if not path.exists():
        raise AssetsMissing(f"The front end has not been built: {path} is missing. Run 'make assets'.")
    return dict(json.loads(path.read_text(encoding="utf-8")))


def asset(name: str) -> str:
    """The address of a source of web/assets, such as wijkrooster.css."""
    manifest: dict[str, str] = current_app.extensions["assets"]
    if name not in manifest:
        raise AssetsMissing(f"{name} is not among the built files. Run 'make assets'.")
    return url_for("static", name=manifest[name])


@open_to_all
def serve(name: str) -> Response:
    """One built file; its name carries its hash, so a browser may keep it for good."""
    if name not in current_app.extensions["assets"].values() and not name.endswith(".js"):
        abort(404)
    response = send_from_directory(BUILD, name, max_age=A_YEAR_SECONDS)
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR_SECONDS}, immutable"
    return response
