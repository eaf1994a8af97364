"""Where does the time of a solve go, step by step and file by file? A process of its own, which prints JSON."""

import json
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import numpy as np

from scheduler.optimiser.greedy import build_roster
from scheduler.optimiser.limits import Limits
from scheduler.optimiser.solve import solve
from scheduler.rules import declare, load_rulebook
from scheduler.rules.analysis import analyse
from scheduler.rules.index import roster_of
from scheduler.services.files import peak_mb, read_folder
from scheduler.terms import check
from scheduler.terms.table import Table

BETWEEN_SAMPLES_S = 0.02
OURS = Path(sys.modules["scheduler"].__path__[0])


class Sampler:
    """Looks every few milliseconds at what each thread is doing; `seconds` adds up thread time by file of ours.

    Compiled code and solvers count for the file that called them; a thread that only waits does not count.
    """

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._done = threading.Event()

    @contextmanager
    def sampling(self) -> Iterator[None]:
        """Sample while the body runs."""
        thread = threading.Thread(target=self._sample)
        thread.start()
        try:
            yield
        finally:
            self._done.set()
            thread.join()

    def _sample(self) -> None:
        last, own = time.monotonic(), threading.get_ident()
        while not self._done.wait(BETWEEN_SAMPLES_S):
            now = time.monotonic()
            for number, frame in sys._current_frames().items():
                file = _file_of(frame) if number != own else None
                if file is not None:
                    self.seconds[file] += now - last
            last = now


def _file_of(frame: FrameType | None) -> str | None:
    """The innermost file of ours; nothing for a thread that waits."""
    if frame is not None and Path(frame.f_code.co_filename).name in {"threading.py", "queue.py"}:
        return None
    while frame is not None:
        place = Path(frame.f_code.co_filename)
        if place.is_relative_to(OURS):
            return str(place.relative_to(OURS))
        frame = frame.f_back
    return None


class Steps:
    """The seconds of each step in order."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time the body."""
        began = time.monotonic()
        yield
        self.seconds[name] = time.monotonic() - began


def main() -> None:
    """Arguments: folder of a region, seconds, workers, seed."""
    folder, limits = Path(sys.argv[1]), Limits(float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    steps, sampler = Steps(), Sampler()
    with steps.step("read"):
        region, _ = read_folder(folder)
        problem, rules = region.problem(), load_rulebook(day=region.window.first)
    with steps.step("declare"):
        model = declare(problem, rules)
    with steps.step("table"):
        table, nothing = Table(model), np.zeros(len(model.pairs), np.bool_)
        _ = table.arrays
    with steps.step("greedy"):
        build_roster(table, nothing, nothing)
    with sampler.sampling():
        outcome = solve(model, limits=limits)
    with steps.step("check"):
        check.score(model, outcome.roster)
    with steps.step("analysis"):
        analyse(problem, roster_of(problem, model.pairs, outcome.roster), rules)
    seconds = steps.seconds | {f"solve: {phase.name}": phase.seconds for phase in outcome.phases}
    seconds |= {f"in {file}": spent for file, spent in sorted(sampler.seconds.items(), key=lambda item: -item[1])}
    found = {
        "experts": len(problem.experts), "shifts": len(problem.shifts), "pairs": len(model.pairs),
        "terms": len(model.terms), "peak_mb": peak_mb(), "seconds": seconds,
    }  # fmt: skip
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
