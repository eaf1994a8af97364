"""Is every class of the stylesheet used by a template, a script or a Python string?"""

import re
from itertools import chain
from pathlib import Path

import web

HERE = Path(web.__file__).parent
FOLDERS = ("templates", "assets", "planner", "expert", "coordinator")
CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")
NO_SELECTOR = re.compile(r"/\*.*?\*/|url\([^)]*\)|\"[^\"]*\"", re.DOTALL)


def sources() -> str:
    """Every text that may name a class, but the stylesheet."""
    found = chain(HERE.glob("*.py"), *((HERE / name).rglob("*.*") for name in FOLDERS))
    return "\n".join(f.read_text("utf-8") for f in found if f.suffix in {".html", ".js", ".py"})


def test_every_class_of_the_stylesheet_is_used() -> None:
    """A word that happens to be the same hides a dead class, and so does a beginning such as `tag--` with its end
    made up at run time: this finds what certainly nothing uses.
    """
    words = set(re.findall(r"[\w-]+", sources()))
    made_up = tuple(w for w in words if len(w) > 2 and w.endswith("--"))
    css = "\n".join(f.read_text("utf-8") for f in (HERE / "assets" / "css").glob("*.css"))
    classes = set(CLASS.findall(NO_SELECTOR.sub("", css)))
    assert len(classes) > 100
    assert sorted(c for c in classes - words if not c.startswith(made_up)) == []
