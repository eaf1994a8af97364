"""What do the people who fill in the files have to know of each column?"""

from scheduler.exchange.columns import Column, Sheet
from scheduler.exchange.sheets import SHEETS

BEGIN = "<!-- The tables below are made from scheduler/exchange/sheets.py; a test holds them equal. -->"


def tables() -> str:
    """A table in Markdown for every file of a region."""
    return f"{BEGIN}\n\n" + "\n".join(_table(sheet) for sheet in SHEETS)


def _table(sheet: Sheet) -> str:
    needed = "Required." if sheet.required else "May be left out."
    first = "key" if sheet.upright else "column"
    header = f"| {first} | must be there | what to write | meaning |"
    head = [f"### {sheet.file}", "", f"{sheet.words} {needed}", "", header]
    return "\n".join([*head, "|---|---|---|---|", *(_line(column) for column in sheet.columns), ""])


def _line(column: Column) -> str:
    needed = "yes" if column.required else f"no; blank is `{column.default}`" if column.default else "no"
    words = f"{column.kind.words}, known in {column.refers}.csv" if column.refers else column.kind.words
    return f"| `{column.name}` | {needed} | {words} | {column.words} |"
