"""What do the bytes of one file say: which rows, with which values, and what is wrong on which line?

The csv module reads the records: unlike a data frame it knows the line on which a record starts and refuses a stray
quote, and a fault without its line is of no use to the person who has to mend the file.
"""

import csv
import errno
import io
import stat
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scheduler.domain.errors import InvalidValue, Sentence
from scheduler.exchange.columns import Column, Sheet
from scheduler.exchange.faults import Faults, Limits
from scheduler.exchange.sheets import SHEETS

Record = tuple[int, list[str]]
DELIMITERS = (",", ";", "\t")
csv.field_size_limit(131_072)


@dataclass(frozen=True, slots=True)
class Row:
    """The values of one row by column name, and the line on which it starts."""

    line: int
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]


Tables = dict[str, list[Row]]
FILES = frozenset(sheet.file for sheet in SHEETS)


def files_of(folder: Path, limits: Limits, faults: Faults) -> dict[str, bytes]:
    """The CSV files of a folder by name, those of a region with their bytes; what cannot be read is a fault."""
    if not folder.is_dir():
        faults.add("", None, None, Sentence("There is no folder %(folder)s.", {"folder": str(folder)}))
        return {}
    found = {}
    for path in sorted(folder.glob("*.csv")):
        if path.name not in FILES:
            found[path.name] = b""
            continue
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                raise OSError(errno.EINVAL, "not an ordinary file")
            if path.stat().st_size > limits.megabytes * 1_000_000:
                faults.add(path.name, None, None, _too_large(limits))
                faults.lose(path.name)
                continue
            found[path.name] = path.read_bytes()
        except OSError as error:
            faults.lose(path.name)
            faults.add(
                path.name, None, None, Sentence("The file cannot be read: %(why)s.", {"why": error.strerror or "?"})
            )
    return found


def _too_large(limits: Limits) -> Sentence:
    return Sentence("The file is larger than %(megabytes)s MB.", {"megabytes": limits.megabytes})


def read_tables(files: Mapping[str, bytes], limits: Limits, faults: Faults) -> Tables:
    """The rows of every sheet that is there; unknown files are warned about, missing required ones are faults."""
    for name in sorted(files.keys() - FILES):
        faults.warn(name[:80], None, None, Sentence("This file is not part of a region; it was left out."))
    tables: Tables = {}
    for sheet in SHEETS:
        if sheet.file in files:
            tables[sheet.name] = read_sheet(sheet, files[sheet.file], limits, faults)
        elif sheet.required and not faults.is_lost(sheet.file):
            faults.add(sheet.file, None, None, Sentence("This file is missing."))
    return tables


def read_sheet(sheet: Sheet, data: bytes, limits: Limits, faults: Faults) -> list[Row]:
    """The rows of one file; every fault is recorded, and a row with a fault is left out and remembered as lost."""
    found = _sheet_rows(sheet, data, limits, faults)
    if found is None:
        faults.lose(sheet.file)
    return found or []


def _sheet_rows(sheet: Sheet, data: bytes, limits: Limits, faults: Faults) -> list[Row] | None:
    """None when nobody can tell which rows the file has."""
    if len(data) > limits.megabytes * 1_000_000:
        faults.add(sheet.file, None, None, _too_large(limits))
        return None
    with faults.at(sheet.file, None):
        text = _decoded(data)
        records = _Records(sheet, text, limits, faults)
        header = records.header()
        if header:
            body = list(records.body(header))
            if not body and not records.broken:
                faults.add(sheet.file, None, None, Sentence("The file has no rows."))
            rows = _upright(sheet, body, faults) if sheet.upright else _rows(sheet, header, body, limits, faults)
            return rows if body and not records.cut_off else None
    return None


def _decoded(data: bytes) -> str:
    if not data.strip():
        raise InvalidValue("The file is empty.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InvalidValue("Line 1 is UTF-16 text. Maybe save the file as 'CSV UTF-8'.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidValue("Line %(line)s is not UTF-8 text. Maybe save the file as 'CSV UTF-8'.", line=line) from None


class _Records:
    """The records of one text: the header first, then the others with the lines on which they start."""

    def __init__(self, sheet: Sheet, text: str, limits: Limits, faults: Faults) -> None:
        self.sheet, self.limits, self.faults = sheet, limits, faults
        self.broken = self.cut_off = False
        start = text.lstrip("\r\n").split("\n", 1)[0]
        known = {column.name for column in sheet.columns} | {"key", "value"}
        found = {mark: sum(_name(cell) in known for cell in start.split(mark)) for mark in DELIMITERS}
        self.delimiter = max(DELIMITERS, key=lambda mark: found[mark])
        self._lines = self._all(text)

    def _all(self, text: str) -> Iterator[Record]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                self._fault(line, _broken(error))
                self.broken = self.cut_off = True
                return
            if any(map(str.strip, cells)):
                yield line, cells

    def _fault(self, line: int, sentence: Sentence) -> None:
        self.faults.add(self.sheet.file, line, None, sentence)

    def header(self) -> list[str]:
        """The names in the header; empty when there is something wrong with it."""
        line, cells = next(self._lines, (1, []))
        names = [_name(cell) for cell in cells]
        while names and not names[-1]:
            names.pop()
        if len(names) > self.limits.columns:
            return self._no_header(line, "The file has more than %(most)s columns.", most=self.limits.columns)
        if not names and not self.broken:
            return self._no_header(line, "The file has no header.")
        for name in sorted({name for name in names if names.count(name) > 1}):
            return self._no_header(line, "Column '%(name)s' is there twice.", name=name[:40])
        if self.sheet.upright:
            right = names == ["key", "value"]
            return names if right else self._no_header(line, "The header must be: key, value.")
        known = {column.name for column in self.sheet.columns}
        for name in names:
            if name not in known:
                unknown = Sentence("Column '%(name)s' is not known; it was left out.", {"name": name[:40]})
                self.faults.warn(self.sheet.file, line, name[:40] or None, unknown)
        missing = [column.name for column in self.sheet.columns if column.required and column.name not in names]
        for name in missing:
            self.faults.add(self.sheet.file, line, name, Sentence("This column is missing."))
        return [] if missing else names

    def _no_header(self, line: int, text: str, **values: object) -> list[str]:
        self._fault(line, Sentence(text, values))
        return []

    def body(self, header: list[str]) -> Iterator[Record]:
        """The other records, each exactly as wide as the header."""
        width = len(header)
        for count, (line, cells) in enumerate(self._lines, start=1):
            if count > self.limits.rows:
                self._fault(line, Sentence("The file has more than %(most)s rows.", {"most": self.limits.rows}))
                self.cut_off = True
                return
            while len(cells) > width and not cells[-1].strip():
                cells.pop()
            if len(cells) == width:
                yield line, cells
            else:
                self.broken = True
                _lose(self.sheet, header, cells, self.faults)
                values = {"found": len(cells), "wanted": width}
                self._fault(line, Sentence("The row has %(found)s cells; the header has %(wanted)s.", values))


def _name(cell: str) -> str:
    return cell.strip().strip('"').strip().lower().replace(" ", "_")


def _broken(error: csv.Error) -> Sentence:
    if "field limit" in str(error):
        return Sentence("A cell that starts on this line is far too long.")
    return Sentence("A quotation mark on this line is not closed, or stands in the middle of a cell.")


def _value(column: Column, raw: str, limits: Limits) -> Any:
    raw = raw.strip(" \t\xa0")
    if len(raw) > limits.characters:
        raise InvalidValue("The cell has more than %(most)s characters.", most=limits.characters)
    if raw:
        return column.kind.read(raw)
    if column.required:
        raise InvalidValue("This cell must be filled in.")
    return column.kind.read(column.default) if column.default else column.kind.blank


def _rows(sheet: Sheet, header: list[str], body: list[Record], limits: Limits, faults: Faults) -> list[Row]:
    places = {name: place for place, name in enumerate(header)}
    left_out = {c.name: _value(c, "", limits) for c in sheet.columns if c.name not in places and not c.required}
    columns = [(column, places.get(column.name)) for column in sheet.columns if column.name not in left_out]
    rows = []
    for line, cells in body:
        values: dict[str, Any] = dict(left_out)
        for column, place in columns:
            try:
                values[column.name] = _value(column, "" if place is None else cells[place], limits)
            except InvalidValue as error:
                faults.add(sheet.file, line, column.name, error.sentence)
        if len(values) == len(sheet.columns):
            rows.append(Row(line, values))
        else:
            _lose(sheet, header, cells, faults)
    for names in sheet.unique:
        _refuse_twins(sheet, rows, names, faults)
    return rows


def _lose(sheet: Sheet, header: list[str], cells: list[str], faults: Faults) -> None:
    """Remember a row that could not be read, by its id if it has one."""
    for name, cell in zip(header, cells, strict=False):
        if name == "id":
            faults.lose(sheet.file, cell.strip(" \t\xa0"))


def _refuse_twins(sheet: Sheet, rows: list[Row], names: tuple[str, ...], faults: Faults) -> None:
    seen: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for row in rows:
        values = row.values
        key = tuple([values[name].casefold() if name == "email" else values[name] for name in names])
        if key != ("",):
            seen[key].append(row.line)
    for key, found in seen.items():
        for line in found if len(found) > 1 else []:
            other = next(n for n in found if n != line)
            both = {"value": ", ".join("-" if part is None else str(part) for part in key), "other": other}
            faults.add(sheet.file, line, names[0], Sentence("%(value)s is also on row %(other)s.", both))


def _upright(sheet: Sheet, body: list[Record], faults: Faults) -> list[Row]:
    values: dict[str, Any] = {}
    wrong = faults.total
    lines: dict[str, int] = {}
    for line, (key, raw) in body:
        name = _name(key)
        column = sheet.column(name)
        if column is None:
            faults.warn(sheet.file, line, name[:40], Sentence("Key '%(name)s' is not known.", {"name": name[:40]}))
        elif name in lines:
            faults.add(
                sheet.file,
                line,
                name,
                Sentence("%(value)s is also on row %(other)s.", {"value": name, "other": lines[name]}),
            )
        else:
            lines[name] = line
            with faults.at(sheet.file, line, name):
                values[name] = _value(column, raw, Limits())
    for column in sheet.columns:
        if column.name not in lines:
            with faults.at(sheet.file, None, column.name):
                values[column.name] = _value(column, "", Limits())
    return [] if faults.total > wrong else [Row(1, values)]
