"""Which messages does the project show to people, and which of them are translated?"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
DUTCH = ROOT / "web" / "translations" / "nl" / "LC_MESSAGES" / "messages.po"
TEMPLATES = [("**.html", "jinja2")]
IN_TEMPLATES: dict[str, tuple[int, ...] | None] = {"_": None, "gettext": None, "ngettext": (1, 2)}
SAYING = {
    *("Sentence", "invalid", "SchedulerError", "InvalidValue", "NotFound", "NotAllowed", "Refused", "Stale", "Busy"),
    *("DiskFault", "OccursTwice", "gettext", "breach"),
}
"""Functions whose first argument is a message id; Unsafe is left out, for only an operator's terminal shows it."""
COUNTING = {"ngettext", "counted"}
"""Functions whose first two arguments are a message id for one and for any other number."""
WRITTEN_ELSEWHERE = ("scheduler/services/letters.py", "scheduler/services/lifeline.py")
"""Letters are written in both languages in their own file."""
SAID_BY_NAME = ("scheduler/rules/", "scheduler/services/")
"""Here a message may also stand in a table or a variable before it becomes a Sentence."""
LIKE_A_MESSAGE = re.compile(r"(?!.*%s)(?!.* \| )[A-Z%].* .*[a-z.!?)]", re.S)
NO_MESSAGES = {"De Zilverlinde"}
Message = str | tuple[str, ...]


def used_messages() -> dict[Message, list[str]]:
    """Every message id (a pair for plurals) with the places that use it."""
    found: dict[Message, list[str]] = defaultdict(list)
    for folder in ("scheduler", "web"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if "node_modules" not in name and name not in WRITTEN_ELSEWHERE:
                for line, message in python_messages(path.read_text("utf-8"), name.startswith(SAID_BY_NAME)):
                    found[message].append(f"{name}:{line}")
    for place, line, message, _, _ in extract_from_dir(ROOT / "web" / "templates", TEMPLATES, keywords=IN_TEMPLATES):
        found[message].append(f"web/templates/{place}:{line}")
    return dict(found)


def python_messages(source: str, by_name: bool) -> Iterator[tuple[int, Message]]:
    """(line, message) of every call that says something; `by_name` also takes strings that read like a message."""
    tree = ast.parse(source)
    ignored = {id(node) for node in _not_messages(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in COUNTING:
                if texts := tuple(text for arg in node.args[:2] for text in _texts(arg)):
                    yield node.lineno, texts
            elif name in SAYING and node.args:
                yield from ((node.lineno, text) for text in _texts(node.args[0]))
        elif by_name and isinstance(node, ast.Constant) and id(node) not in ignored and _reads_like_one(node.value):
            yield node.lineno, str(node.value)


def _reads_like_one(value: object) -> bool:
    return isinstance(value, str) and LIKE_A_MESSAGE.fullmatch(value) is not None and value not in NO_MESSAGES


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


NOT_SAID = {"Unsafe", "ValueError", "RuntimeError"} | COUNTING


def _not_messages(tree: ast.AST) -> Iterator[ast.AST]:
    """Strings that are documentation, part of an f-string or of a pair, or what an error of the operator says."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield from ast.walk(node)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in NOT_SAID:
            yield from (inner for arg in node.args for inner in ast.walk(arg))


def dutch() -> Catalog:
    """The Dutch catalogue as it is written."""
    with DUTCH.open("rb") as file:
        return read_po(file, locale="nl", abort_invalid=True)
