"""What if an agreement gave way: which open places of a period could then be filled, and what would it take of whom?"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.domain.errors import Sentence
from scheduler.domain.people import ExpertId
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.shifts import ShiftId
from scheduler.domain.time import PlanningWindow
from scheduler.rules.bench import Bench
from scheduler.rules.diagnosis import relaxations
from scheduler.rules.repair import Moment, Repair, repair
from scheduler.rules.rule import Rule
from scheduler.services.candidates import AGREEMENTS
from scheduler.services.context import App, Viewer, require_planner
from scheduler.services.measures import open_places
from scheduler.services.prepared import LARGE, prepared_bench
from scheduler.services.scene import Scene, read_scene
from scheduler.services.views import Named, ShiftLabel


@dataclass(frozen=True, slots=True)
class TriedView:
    """What came of trying one agreement out. `asks`: what it would take of each of `people`, in words.

    `moves`: who would come where, in order of start; nobody is moved by looking.
    """

    filled: int
    people: tuple[Named, ...]
    asks: tuple[Sentence, ...]
    moves: tuple[tuple[ShiftLabel, str], ...]


@dataclass(frozen=True, slots=True)
class AgreementView:
    """An agreement that alone keeps somebody from so many open shifts; `tried` is None until it is asked for."""

    name: str
    sentence: Sentence
    shifts: int
    tried: TriedView | None


@dataclass(frozen=True, slots=True)
class WhatIfView:
    """The open places of a period, how many of them can be filled as things stand, and the agreements in the way.

    The agreement that fills most places comes first; of those that were not tried, the one in the way of most shifts.
    """

    window: PlanningWindow
    open: int
    fillable: int
    agreements: tuple[AgreementView, ...]


def what_if(app: App, viewer: Viewer, window_first: date, rule: str = "") -> WhatIfView:
    """Against the draft; nothing is changed. Planner only.

    Places that somebody can take, or an exchange of two, are filled in thought first. In a large period, where each
    try takes seconds, only the agreement of the name `rule` is tried out; in a small one all of them.
    """
    require_planner(viewer)
    with app.database.reading() as work:
        scene = read_scene(app, work, window_first)
    gaps = _gaps(scene)
    bench = prepared_bench(scene.problem, scene.roster, scene.rules)
    filled = _filled(scene, scene.roster, gaps, scene.rules, bench)
    ways = _in_the_way(scene, filled, bench)
    is_small = len(scene.problem.experts) * len(scene.problem.shifts) < LARGE
    found = [
        AgreementView(
            one.name,
            scene.names.say(one.explain(), scene.problem.shift),
            ways[one.name],
            _tried(scene, filled, one) if is_small or one.name == rule else None,
        )
        for one in scene.rules
        if one.name in ways
    ]
    found.sort(key=lambda a: (-(a.tried.filled if a.tried else 0), -a.shifts, a.name))
    return WhatIfView(scene.window, len(gaps), len(gaps) - len(filled.open), tuple(found))


def _gaps(scene: Scene) -> list[ShiftId]:
    """The coming shifts that miss somebody, each as often as it does."""
    people = scene.roster.by_shift
    return [s.id for s in scene.problem.shifts for _ in range(open_places(s, len(people.get(s.id, ())), scene.now))]


def _filled(
    scene: Scene, roster: Roster, gaps: Sequence[ShiftId], rules: Sequence[Rule], bench: Bench | None = None
) -> Repair:
    moment = Moment(scene.now, scene.call_up_term)
    return repair(scene.problem, roster, [], rules, moment, gaps=gaps, bench=bench)


def _in_the_way(scene: Scene, filled: Repair, bench: Bench) -> Counter[str]:
    """From how many shifts that stay open each agreement alone keeps somebody."""
    laid = bench.moved_to(filled.roster)
    found = (r for gap in sorted(set(filled.open)) for r in relaxations(scene.problem, filled.roster, gap, laid))
    return Counter(r.rule for r in found if r.rule in AGREEMENTS)


def _tried(scene: Scene, filled: Repair, without: Rule) -> TriedView:
    rules = tuple(rule for rule in scene.rules if rule.name != without.name)
    then = _filled(scene, filled.roster, filled.open, rules)
    before, after = (without.violations(scene.problem, roster) for roster in (filled.roster, then.roster))
    more = _amounts(after) - _amounts(before)
    known = [(v.experts, v.shifts, v.amount) for v in before]
    asks = [v for v in after if set(v.experts) & more.keys() and (v.experts, v.shifts, v.amount) not in known]
    moves = sorted(then.moves, key=lambda m: (scene.shift(m.shift).span.start, m.shift, m.expert))
    return TriedView(
        filled=len(filled.open) - len(then.open),
        people=tuple(sorted((scene.names.named(e) for e in more), key=lambda one: one.name)),
        asks=tuple(scene.names.say(v.sentence, scene.problem.shift) for v in asks),
        moves=tuple((scene.names.label(scene.shift(m.shift)), scene.names.expert(m.expert)) for m in moves),
    )


def _amounts(violations: Iterable[Violation]) -> Counter[ExpertId]:
    """How far a rule is broken for each person."""
    found: Counter[ExpertId] = Counter()
    for violation in violations:
        found.update(dict.fromkeys(violation.experts, violation.amount))
    return found
