"""How do rows become files that read the same again, and rosters that people can open without harm?"""

import csv
import errno
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from scheduler.domain.errors import Refused
from scheduler.exchange.columns import Sheet
from scheduler.exchange.sheets import BY_NAME, SHEETS

Layout = Mapping[str, Sequence[Mapping[str, Any]]]
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\0")


def sheet_bytes(sheet: Sheet, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """One file: UTF-8 without a mark, commas, a header, lines that end with a line feed."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    if sheet.upright:
        writer.writerow(("key", "value"))
        for row in rows:
            writer.writerows((column.name, _cell(column.kind.write, row[column.name])) for column in sheet.columns)
    else:
        writer.writerow([column.name for column in sheet.columns])
        for row in rows:
            writer.writerow([_cell(column.kind.write, row[column.name]) for column in sheet.columns])
    return out.getvalue().encode()


def _cell(write: Any, value: Any) -> str:
    return "" if value is None else str(write(value))


def files_bytes(layout: Layout) -> dict[str, bytes]:
    """The files of a region by name; a sheet without rows has no file."""
    return {BY_NAME[name].file: sheet_bytes(BY_NAME[name], rows) for name, rows in layout.items() if rows}


def require_new(folder: Path) -> None:
    """Refused when the folder holds a file of a region already: writing would replace it, or take it away."""
    there = [sheet.file for sheet in SHEETS if os.path.lexists(folder / sheet.file)]
    if there:
        raise Refused(
            "%(path)s already holds a region (%(file)s and %(others)s other files). "
            "Choose another folder, or add --force to replace it.",
            path=str(folder),
            file=there[0],
            others=len(there) - 1,
        )


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make the folder hold exactly these files of a region; files of other names stay.

    Refused when it cannot be: then what was there is there still, because all is written beside it first.
    """
    waiting = {folder / name: folder / f".{name}.{os.getpid()}" for name in sorted(files)}
    was_there = folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            for file, part in waiting.items():
                if file.is_dir():
                    raise OSError(errno.EISDIR, f"{file.name} is a directory")
                part.write_bytes(files[file.name])
            for file, part in waiting.items():
                part.replace(file)
        finally:
            for part in waiting.values():
                part.unlink(missing_ok=True)
            if not was_there and not any(folder.iterdir()):
                folder.rmdir()
        for sheet in SHEETS:
            if sheet.file not in files:
                (folder / sheet.file).unlink(missing_ok=True)
    except OSError as error:
        raise Refused("%(path)s cannot be written: %(why)s.", path=str(folder), why=error.strerror) from error


def harmless(text: str) -> str:
    """The text such that no spreadsheet takes it for a formula."""
    text = text.replace("\0", "")
    return f"'{text}" if text.startswith(DANGEROUS) else text


def csv_for_people(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A file for a spreadsheet: with a mark for UTF-8, semicolons, every cell quoted and none a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([harmless(cell) for cell in header])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
