"""What did a drill count, did it find the fault that was planted for it, and how is all of it read at a glance?"""

import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
RESULTS = Path(__file__).with_name("results") / "drills.jsonl"
MOST_SHOWN = 8


@dataclass
class Count:
    """Attempts, and the faults among them in words; `figures` are worst times and tallies by name."""

    attempts: int = 0
    faults: list[str] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def lost(self) -> int:
        """How much went wrong."""
        return len(self.faults)

    def note(self, text: str) -> None:
        """Something a reader must know to judge the figures; said once."""
        if text not in self.notes:
            self.notes.append(text)

    def add(self, name: str, amount: float = 1) -> None:
        """Count on."""
        self.figures[name] = self.figures.get(name, 0) + amount

    def worst(self, name: str, value: float) -> None:
        """Keep the highest value."""
        self.figures[name] = max(self.figures.get(name, 0.0), round(value, 2))


@dataclass
class Result:
    """A drill on one engine: the count of the product as it is, and of the product with each planted fault."""

    drill: str
    engine: str
    seed: int
    count: Count
    controls: dict[str, Count]
    seconds: float

    @property
    def missed(self) -> list[str]:
        """Planted faults that the drill did not find."""
        return [name for name, control in self.controls.items() if not control.lost]

    @property
    def passed(self) -> bool:
        """Nothing lost, something tried, every planted fault found."""
        return self.count.attempts > 0 and not self.count.lost and not self.missed

    def line(self) -> dict[str, object]:
        """What is kept of it."""
        return {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "commit": commit(),
            "drill": self.drill,
            "engine": self.engine,
            "seed": self.seed,
            "attempts": self.count.attempts,
            "lost": self.count.lost,
            "faults": self.count.faults[:MOST_SHOWN],
            "controls": {name: [control.attempts, control.lost] for name, control in self.controls.items()},
            "passed": self.passed,
            "figures": self.count.figures,
            "notes": self.count.notes,
            "seconds": round(self.seconds, 1),
        }


def commit() -> str:
    """The version of the program that was drilled; empty outside a clone."""
    command = ["git", "-c", "safe.directory=*", "describe", "--always", "--dirty"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


def keep(results: Iterable[Result], file: Path = RESULTS) -> None:
    """Add the results to the record of all drills on this machine."""
    file.parent.mkdir(exist_ok=True)
    with file.open("a", encoding="utf-8") as record:
        record.writelines(json.dumps(result.line()) + "\n" for result in results)


def table(results: Iterable[Result]) -> str:
    """One line per drill: attempts, survived, lost, and how often each planted fault was found."""
    rows = [("drill", "engine", "attempts", "survived", "lost", "planted faults found", "verdict", "figures")]
    for result in results:
        count = result.count
        rows.append(
            (
                result.drill,
                result.engine,
                str(count.attempts),
                str(count.attempts - min(count.lost, count.attempts)),
                str(count.lost),
                ", ".join(f"{name} {c.lost}/{c.attempts}" for name, c in result.controls.items()) or "-",
                "ok" if result.passed else "FAILED",
                ", ".join(f"{name} {value:g}" for name, value in count.figures.items()),
            )
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(f"{cell:<{w}}" for cell, w in zip(row, widths, strict=True)).rstrip() for row in rows)


def details(result: Result) -> str:
    """The notes, the first faults, and the planted ones that were missed, a line each."""
    lines = [f"{result.drill}: {note}" for note in result.count.notes]
    lines += [f"{result.drill}: {fault}" for fault in result.count.faults[:MOST_SHOWN]]
    lines += [f"{result.drill}: the planted fault '{name}' was not found" for name in result.missed]
    return "\n".join(lines)
