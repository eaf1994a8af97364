"""Which messages does the project show to people, and which of them are translated?"""

from collections import defaultdict
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
DUTCH = ROOT / "web" / "translations" / "nl" / "LC_MESSAGES" / "messages.po"
METHODS = [("**/node_modules/**", "ignore"), ("**.py", "python"), ("**/templates/**.html", "jinja2")]
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    **dict.fromkeys(
        ["Sentence", "invalid", "SchedulerError", "InvalidValue", "NotFound", "NotAllowed", "Refused", "Stale"]
    ),
}


def used_messages() -> dict[str | tuple[str, ...], list[str]]:
    """Every message id (a pair for plurals) with the places that use it."""
    found: dict[str | tuple[str, ...], list[str]] = defaultdict(list)
    for folder in ("scheduler", "web"):
        for place, line, message, _, _ in extract_from_dir(ROOT / folder, METHODS, keywords=KEYWORDS):
            found[message].append(f"{folder}/{place}:{line}")
    return dict(found)


def dutch() -> Catalog:
    """The Dutch catalogue as it is written."""
    with DUTCH.open("rb") as file:
        return read_po(file, locale="nl", abort_invalid=True)
