"""Is an import that is killed anywhere in its transaction all there or not at all? (P15)"""

import random
import shutil
from collections import Counter
from pathlib import Path

from sqlalchemy import inspect, text

from scheduler.services.context import App
from tests.drills.report import Count
from tests.drills.town import ROOT, Town, Yard

REGION = ROOT / "data" / "district"
IMPORT_SECONDS = 120.0


def run(yard: Yard, rounds: int, rng: random.Random, fault: str = "") -> Count:
    """Kill the import before the last and the first of its statements, after all, and before random ones in between."""
    found = Count()
    with yard.town(empty=True) as town:
        empty, full, statements = _measure(town)
    found.figures["statements"] = statements
    planned = [statements, 2, statements + 1]
    for number in range(rounds):
        at = planned[number] if number < len(planned) else rng.randint(2, statements)
        with yard.town(empty=True) as town:
            _import(town, ",".join(filter(None, (fault, f"die_at={at}"))))
            found.attempts += 1
            left = _rows(town.app)
            if left not in (empty, full):
                some = sum(left.values()) - sum(empty.values())
                found.faults.append(f"killed before statement {at} of {statements}: {some} rows were left")
            elif left == empty and not fault:
                _import(town)
                if _rows(town.app) != full:
                    found.faults.append(f"killed before statement {at}: the second import did not bring the rest")
        if fault and found.lost:
            break
    return found


def run_faults(yard: Yard, rounds: int, rng: random.Random, fault: str = "") -> Count:
    """Import a region with one bad row somewhere in one of its files: nothing is stored, and the row is named."""
    found = Count()
    sheets = sorted(path for path in REGION.glob("*.csv") if path.name != "agency.csv")
    with yard.town(empty=True) as town:
        empty = _rows(town.app)
        for _ in range(rounds):
            sheet = rng.choice(sheets)
            folder = town.folder / "region"
            shutil.copytree(REGION, folder)
            line = _break_a_row(folder / sheet.name, rng)
            log = (town.folder / "log").stat().st_size if (town.folder / "log").exists() else 0
            status = _import(town, fault, folder)
            said = (town.folder / "log").read_bytes()[log:].decode()
            found.attempts += 1
            if status != 2 or f"{sheet.name}, row {line}" not in said:
                found.faults.append(f"{sheet.name}, row {line}: exit {status}, said: {said[:200]}")
            if _rows(town.app) != empty:
                found.faults.append(f"{sheet.name}, row {line}: something was stored")
            shutil.rmtree(folder)
            if fault and found.lost:
                break
    return found


def _break_a_row(file: Path, rng: random.Random) -> int:
    """Take the last cell off a random row; the line on which it stands, counted from 1."""
    lines = file.read_bytes().splitlines(keepends=True)
    number = rng.randrange(1, len(lines))
    lines[number] = lines[number].rpartition(b",")[0] + b"\r\n"
    file.write_bytes(b"".join(lines))
    return number + 1


def _measure(town: Town) -> tuple[Counter[str], Counter[str], int]:
    """The rows before and after a whole import, and the statements of its transaction."""
    empty, counted = _rows(town.app), town.folder / "statements"
    if status := _import(town, f"count={counted}"):
        raise RuntimeError(f"the import does not work (exit {status}):\n{(town.folder / 'log').read_text()[-2000:]}")
    return empty, _rows(town.app), int(counted.read_text())


def _import(town: Town, fault: str = "", folder: Path = REGION) -> int:
    return town.start("scheduler", "import", str(folder), fault=fault).wait(IMPORT_SECONDS)


def _rows(app: App) -> Counter[str]:
    """How many rows each table has."""
    with app.database.reading() as work:
        session = work.settings._session
        tables = inspect(session.connection()).get_table_names()
        return Counter({name: session.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0 for name in tables})
