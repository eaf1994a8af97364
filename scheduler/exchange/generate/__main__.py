"""Write the sample district to a folder, but leave its published roster alone."""

import sys
from dataclasses import replace
from pathlib import Path

from scheduler.domain.roster import Roster
from scheduler.exchange.generate import sample_district
from scheduler.exchange.layout import read_region, write_region


def main(folder: Path) -> None:
    """Make the folder hold the sample; the roster.csv in it stays when it still fits."""
    region = sample_district()
    known = {shift.id for shift in region.shifts_in(region.window)}
    before = read_region(folder).region if (folder / "agency.csv").is_file() else None
    kept = before.published.assignments if before else frozenset()
    write_region(replace(region, published=Roster(frozenset(a for a in kept if a.shift in known))), folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
