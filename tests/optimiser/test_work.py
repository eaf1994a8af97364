"""Does counted work give the same roster from the same seed, whatever else the machine does?"""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from scheduler.domain.errors import InvalidValue
from scheduler.domain.score import Level
from scheduler.optimiser.limits import Limits
from scheduler.optimiser.solve import solve
from scheduler.optimiser.work import Meter
from scheduler.terms.pairs import Model
from tests.benchmarks.synthetic import DISTRICT, Month, Size

ROOT = Path(__file__).parents[2]
ALONE = """
import sys
from scheduler.optimiser.limits import Limits
from scheduler.optimiser.solve import solve
from tests.optimiser.test_work import model_of
found = solve(model_of(sys.argv[1]), limits=Limits(600, int(sys.argv[2]), seed=4, work=float(sys.argv[3])))
print(found.score, found.bound, found.status, found.chosen.tolist())
"""
BUSY = "while True: pass"


def model_of(kind: str) -> Model:
    """Small and layered, middling and layered, or all at one level."""
    if kind == "small":
        return Month(Size(14, 6, 34, 4.0), 2).model()
    if kind == "middling":
        return Month(Size(70, 30, 180, 8.0), 1).model()
    whole = Month(DISTRICT, 3).model()
    kept = [at for at, term in enumerate(whole.terms) if term.level != Level.COVERAGE]
    return Model(whole.pairs, tuple(whole.terms[at] for at in kept), tuple(kept))


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "work"), [("small", 2.0), ("middling", 6.0), ("one level", 4.0)])
@pytest.mark.parametrize("workers", [1, 2])
def test_the_same_seed_and_work_give_the_same_roster_under_load(kind: str, work: float, workers: int) -> None:
    asked = [sys.executable, "-c", ALONE, kind, str(workers), str(work)]
    quiet = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True).stdout
    load = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(3)]
    try:
        busy = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True).stdout
    finally:
        for process in load:
            process.kill()
            process.wait()
    assert quiet == busy
    assert quiet.count(b",") > 10


def test_work_ends_a_search_that_time_would_not() -> None:
    model = model_of("small")
    found = solve(model, limits=Limits(seconds=600, workers=1, work=0.1))
    assert found.score.hard == 0
    assert found.chosen.size
    assert found.seconds < 20


def test_time_ends_a_search_whose_work_would_go_on() -> None:
    model = model_of("small")
    assert solve(model, limits=Limits(seconds=0.2, workers=2, work=600.0)).seconds < 20


def test_a_thread_apart_sees_its_own_work_and_adds_to_nobodys() -> None:
    meter = Meter()
    meter.add(2.0)
    seen: list[float] = []

    def work() -> None:
        with meter.apart() as units:
            meter.add(0.5)
            seen.extend((units(), meter.units))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [0.5, 2.5]
    assert meter.units == 2.0


def test_work_that_cannot_be_is_refused() -> None:
    with pytest.raises(InvalidValue, match="more than 0 units"):
        Limits(work=0)
