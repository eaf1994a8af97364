"""Which preparation for questions about a window can be used again? The last few benches are kept, per problem."""

from collections import OrderedDict
from threading import Lock
from typing import Final

from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.rules.recommend import Bench
from scheduler.rules.rule import Rule

KEPT: Final = 4

_benches: OrderedDict[tuple[int, int], Bench] = OrderedDict()
_lock = Lock()


def prepared_bench(problem: Problem, roster: Roster, rules: tuple[Rule, ...]) -> Bench:
    """A bench for this problem and roster; after an edit by hand only the difference is computed.

    Problems are compared as a whole: another answer, shift or limit since then means a new bench.
    """
    key = (hash(problem.shifts), hash(rules))
    with _lock:
        known = _benches.get(key)
    if known is not None and known.ground.problem == problem:
        bench = known if known.roster == roster else known.moved_to(roster)
    else:
        bench = Bench(problem, roster, rules)
    with _lock:
        _benches[key] = bench
        _benches.move_to_end(key)
        while len(_benches) > KEPT:
            _benches.popitem(last=False)
    return bench
