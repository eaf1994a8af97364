"""Which lines stand in which section of a text in sections, and what do their cells say?"""

from collections.abc import Iterator
from typing import NamedTuple

from scheduler.domain.errors import Sentence, invalid
from scheduler.exchange.faults import Faults

HEAD = "SECTION_"


class Line(NamedTuple):
    """One line of a section: its number in the file, and its cells."""

    number: int
    cells: list[str]

    def cell(self, place: int) -> str:
        """The cell at a place; raises InvalidValue when the line is shorter."""
        if place >= len(self.cells):
            invalid(
                "The line has %(count)s cells; at least %(least)s are needed.", count=len(self.cells), least=place + 1
            )
        return self.cells[place]

    def whole(self, place: int, most: int) -> int:
        """The cell at a place as a whole number from 0."""
        return whole(self.cell(place), most)

    def parts(self, place: int) -> list[str]:
        """The parts of a cell between bars; none when the cell is blank or missing."""
        cell = self.cells[place] if place < len(self.cells) else ""
        return [part.strip() for part in cell.split("|") if part.strip()]


def read_sections(
    name: str, data: bytes, known: frozenset[str], needed: frozenset[str], faults: Faults
) -> dict[str, list[Line]]:
    """The lines of every known section, without comments and blank lines; what is wrong goes to `faults`."""
    found: dict[str, list[Line]] = {section: [] for section in known}
    seen: set[str] = set()
    for number, text in _lines(name, data, faults):
        if text.startswith(HEAD):
            section = text.removeprefix(HEAD)
            if section not in known:
                faults.add(name, number, None, Sentence("There is no section '%(name)s'.", {"name": section[:40]}))
            elif section in seen:
                faults.add(name, number, None, Sentence("The section %(name)s stands twice.", {"name": section}))
            seen.add(section)
            current = found.get(section, [])
        elif not seen:
            faults.add(name, number, None, Sentence("The line stands in no section."))
        else:
            current.append(Line(number, [cell.strip() for cell in text.split(",")]))
    for section in sorted(needed - seen):
        faults.add(name, None, None, Sentence("The section %(name)s is missing.", {"name": section}))
    return found


def whole(text: str, most: int) -> int:
    """A whole number from 0."""
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        invalid("'%(cell)s' is not a whole number from 0.", cell=text[:40])
    if int(text) > most:
        invalid("%(cell)s is more than %(most)s.", cell=text, most=most)
    return int(text)


def _lines(name: str, data: bytes, faults: Faults) -> Iterator[tuple[int, str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        faults.add(name, number, None, Sentence("The line is not UTF-8 text."))
        return
    for place, line in enumerate(text.splitlines(), start=1):
        said = line.strip()
        if said and not said.startswith("#"):
            yield place, said
