"""Which built file stands for a source of web/assets?"""

import json
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from flask import Flask, Response, abort, current_app, url_for

from web.access import open_to_all

BUILD: Final = Path(__file__).parent / "static" / "build"
A_YEAR_SECONDS: Final = 365 * 24 * 3600


class AssetsMissing(RuntimeError):
    """The front end has not been built."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The built files as they were at start: their names by source, and their content by name."""

    names: dict[str, str]
    contents: dict[str, bytes]


def install(app: Flask) -> None:
    """Read the built files once and serve them."""
    app.extensions["bundle"] = read_bundle(BUILD)
    app.add_url_rule("/static/<name>", "static", serve)


def read_bundle(folder: Path) -> Bundle:
    """The built files, a few hundred kilobytes; AssetsMissing says how to make them."""
    manifest = folder / "manifest.json"
    if not manifest.exists():
        raise AssetsMissing(f"The front end has not been built: {manifest} is missing. Run 'make assets'.")
    contents = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path != manifest}
    return Bundle(dict(json.loads(manifest.read_text(encoding="utf-8"))), contents)


def _bundle() -> Bundle:
    return cast(Bundle, current_app.extensions["bundle"])


def asset(name: str) -> str:
    """The address of a source of web/assets, such as wijkrooster.css."""
    found = _bundle().names.get(name)
    if found is None:
        raise AssetsMissing(f"{name} is not among the built files. Run 'make assets'.")
    return url_for("static", name=found)


@open_to_all
def serve(name: str) -> Response:
    """One built file; its name carries its hash, so a browser may keep it for good."""
    content = _bundle().contents.get(name)
    if content is None:
        abort(404)
    response = Response(content, mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream")
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR_SECONDS}, immutable"
    return response
