"""Does the front-end build give hashed files and a manifest that never point at nothing?"""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.support.browser import WEB, node


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    folder = tmp_path / "assets"
    folder.mkdir()
    (folder / "app.js").write_text(
        'import htmx from "htmx.org";\nimport { name } from "./part.js";\nhtmx.logAll(name);'
    )
    (folder / "part.js").write_text('export const name = "wijk";')
    (folder / "wijkrooster.css").write_text('@import "./tokens.css";\nmain { color: var(--ink) }')
    (folder / "icons.svg").write_text("<svg/>")
    return folder


def build(assets: Path) -> dict[str, str]:
    output = assets.parent / "build"
    subprocess.run([node(), WEB / "build.mjs", assets, output], check=True, capture_output=True, text=True)
    manifest: dict[str, str] = json.loads((output / "manifest.json").read_text())
    assert {file.name for file in output.iterdir()} == {"manifest.json", *manifest.values()}
    return manifest


def test_scripts_and_styles_are_bundled_and_the_rest_is_copied(assets: Path) -> None:
    (assets / "tokens.css").write_text(":root { --ink: #123456 }")
    manifest = build(assets)
    assert set(manifest) == {"app.js", "icons.svg", "tokens.css", "wijkrooster.css"}
    assert all(re.fullmatch(r"\w+-[0-9A-Z]{8}\.\w+", name) for name in manifest.values())
    assert "#123456" in (assets.parent / "build" / manifest["wijkrooster.css"]).read_text()
    script = (assets.parent / "build" / manifest["app.js"]).read_text()
    assert "wijk" in script
    assert "htmx:load" in script


def test_a_change_gives_a_new_name_and_the_stale_file_goes(assets: Path) -> None:
    (assets / "tokens.css").write_text("")
    first = build(assets)
    assert build(assets) == first
    (assets / "part.js").write_text('export const name = "district";')
    second = build(assets)
    assert second["app.js"] != first["app.js"]
    assert second["icons.svg"] == first["icons.svg"]


def test_a_broken_source_fails_the_build_and_keeps_the_last_one(assets: Path) -> None:
    (assets / "tokens.css").write_text("")
    first = build(assets)
    (assets / "part.js").unlink()
    with pytest.raises(subprocess.CalledProcessError, match="non-zero"):
        build(assets)
    assert json.loads((assets.parent / "build" / "manifest.json").read_text()) == first
