"""Does a solve keep to its memory, and still end with a roster?"""

import json
import subprocess
import sys

import numpy as np
import pytest

from scheduler.optimiser.incumbent import Incumbent
from scheduler.optimiser.limits import Limits
from scheduler.optimiser.memory import used_mb
from scheduler.optimiser.progress import Monitor
from scheduler.optimiser.result import Status
from scheduler.optimiser.search import Search
from scheduler.optimiser.solve import solve
from scheduler.terms.cliques import Cliques
from scheduler.terms.table import Table
from tests.benchmarks.synthetic import DISTRICT, Month

CAP_MB = 350
SLACK_MB = 130
"""What may come between two looks at the gauge."""
ALONE = """
import json, sys, threading, time
from scheduler.optimiser.limits import Limits
from scheduler.optimiser.memory import used_mb
from scheduler.optimiser.solve import solve
from tests.benchmarks.synthetic import CITY, Month
model = Month(CITY, 1).model()
seen = [used_mb()]

def look():
    while seen[-1]:
        time.sleep(0.02)
        seen.append(used_mb())

threading.Thread(target=look, daemon=True).start()
found = solve(model, limits=Limits(seconds=15, memory_mb=int(sys.argv[1])))
print(json.dumps([found.score.hard, len(found.chosen), max(seen)]))
"""


def test_a_solve_without_memory_left_still_answers() -> None:
    found = solve(Month(DISTRICT, 1).model(), limits=Limits(seconds=60, memory_mb=max(100, int(used_mb()) - 10)))
    assert found.status == Status.FEASIBLE
    assert found.score.hard == 0
    assert found.chosen.size
    assert found.seconds < 20


def test_a_search_does_with_less_while_memory_is_nearly_used_up() -> None:
    model = Month(DISTRICT, 1).model()
    table, nothing = Table(model), np.zeros(len(model.pairs), np.bool_)
    sizes = []
    for most_mb in (int(used_mb() * 1.07), 20_000):
        monitor = Monitor(Limits(seconds=60, memory_mb=most_mb))
        search = Search(table, Cliques(table), Incumbent(model, nothing, monitor), nothing, monitor)
        assert not monitor.over
        assert monitor.tight == (most_mb < 20_000)
        sizes.append(sum(len(search._next().free) for _ in range(8)))
    assert sizes[0] < 0.8 * sizes[1]


@pytest.mark.slow
def test_a_large_solve_keeps_to_its_memory() -> None:
    capped, free = (_solved_alone(most_mb) for most_mb in (CAP_MB, 8000))
    assert capped["peak"] < CAP_MB + SLACK_MB < free["peak"]
    for found in (capped, free):
        assert found["hard"] == 0
        assert found["chosen"]


def _solved_alone(most_mb: int) -> dict[str, float]:
    """A solve in a process of its own: broken hard rules, assignments, and the most megabytes it used."""
    done = subprocess.run([sys.executable, "-c", ALONE, str(most_mb)], capture_output=True, text=True, check=True)
    return dict(zip(("hard", "chosen", "peak"), json.loads(done.stdout), strict=True))
