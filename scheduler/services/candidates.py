"""Who can take this shift, and why is it empty?"""

from datetime import date
from typing import Final

from scheduler.domain.errors import Sentence, counted
from scheduler.domain.roster import Assignment
from scheduler.domain.shifts import Shift
from scheduler.rules.bench import Bench
from scheduler.rules.bottleneck import bottleneck_at
from scheduler.rules.diagnosis import relaxations
from scheduler.rules.reasons import reasons
from scheduler.rules.recommend import Candidate, who_can, why_empty
from scheduler.rules.voices import tell_relaxations
from scheduler.rules.working import working_minutes
from scheduler.services.board_views import BoardShift, CandidatesView, CandidateView, RivalsView
from scheduler.services.chains import chains_for
from scheduler.services.context import App, Viewer, require_planner
from scheduler.services.places import UNDO
from scheduler.services.prepared import prepared_bench
from scheduler.services.scene import Scene, read_scene
from scheduler.services.seen import shifts_seen

AGREEMENTS = frozenset(
    {
        "home_distance",
        "contract_hours",
        "contract_hours_in_window",
        "contract_one_shift_a_day",
        "rolling_limits",
        "activity_successions",
    }
)
"""Rules about which a planner can talk with somebody; the limits of the law are none of these."""
FEW: Final = 3
"""With more people than this who can come at once, nobody needs an exchange."""


def candidates(app: App, viewer: Viewer, window_first: date, shift: str) -> CandidatesView:
    """Everybody for one shift, best first, against the draft."""
    require_planner(viewer)
    with app.database.reading() as work:
        scene = read_scene(app, work, window_first)
    found = scene.shift(shift)
    bench = prepared_bench(scene.problem, scene.roster, scene.rules)
    ranked = who_can(scene.problem, scene.roster, shift, scene.rules, bench)
    chip = scene.board_shift(found)
    empty = why_empty(scene.problem, scene.roster, shift, scene.rules, bench) if chip.missing else ()
    helping = _would_help(scene, shift, bench) if chip.missing else []
    day = scene.window.day_of(found.span.start)
    return CandidatesView(
        edition=scene.edition,
        shift=chip,
        seen=shifts_seen(scene, shift),
        call_up_term=scene.call_up_term,
        why_empty=tuple(scene.names.say(s, scene.problem.shift) for s in empty),
        would_help=tuple(scene.names.say(s, scene.problem.shift) for s in helping),
        can=tuple(_candidate(scene, c, day // 7) for c in ranked.can),
        cannot=tuple((scene.names.named(e), scene.names.say(s, scene.problem.shift)) for e, s in ranked.cannot),
        chains=chains_for(scene, found) if chip.missing and len(ranked.can) <= FEW else (),
        rivals=_rivals(scene, found, bench) if chip.missing else None,
        can_undo_no=tuple(p.expert for p in chip.declined if _is_fresh(scene, Assignment(p.expert, shift))),
        why={} if chip.past else {e: _why(scene, found, e, bench) for e in _known(scene, chip)},
    )


def _would_help(scene: Scene, shift: str, bench: Bench) -> list[Sentence]:
    found = relaxations(scene.problem, scene.roster, shift, bench)
    return tell_relaxations(r for r in found if r.rule in AGREEMENTS)


def _is_fresh(scene: Scene, pair: Assignment) -> bool:
    newest = scene.answers.get(pair)
    return newest is not None and newest.on_behalf_by is not None and scene.now < newest.at + UNDO


def _known(scene: Scene, chip: BoardShift) -> list[str]:
    return [person.expert for person in chip.people if person.expert in scene.problem.expert]


def _why(scene: Scene, shift: Shift, expert: str, bench: Bench) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    """What speaks for and against somebody on the shift, or the rule that keeps her from it, read without her on it.

    Beside such a rule nothing else is said: "said that this time is fine" would tell a limit of one's own from absence.
    """
    problem, others = scene.problem, scene.roster.without(Assignment(expert, shift.id))
    alone = bench.moved_to(others)
    (verdict,) = alone.of_shift(shift.id, [expert])
    if verdict.rule is not None:
        return (), (scene.names.say(alone.words(verdict.rule, expert, shift.id), problem.shift),)
    good, bad = reasons(problem, others, problem.expert[expert], shift, scene.rules)
    return (
        tuple(scene.names.say(s, problem.shift) for s in good),
        tuple(scene.names.say(s, problem.shift) for s in bad),
    )


def _rivals(scene: Scene, shift: Shift, bench: Bench) -> RivalsView | None:
    found = bottleneck_at(scene.problem, scene.roster, shift.id, bench, scene.is_open)
    if found is None:
        return None
    sentence = counted(
        "%(count)s shifts on %(day)s are at one time. Together they need %(places)s people, and %(num)s can come.",
        "%(count)s shifts on %(day)s are at one time. Together they need %(places)s people, and %(num)s can come.",
        found.people,
        count=len(found.shifts),
        places=found.places,
        day=scene.window.date_of(shift.span.start),
    )
    return RivalsView(sentence, tuple(scene.board_shift(scene.problem.shift[s]) for s in found.shifts))


def _candidate(scene: Scene, found: Candidate, week: int) -> CandidateView:
    own = [s.span for s in scene.problem.shifts_of(scene.roster, found.expert)]
    this_week = [span for span in own if scene.window.day_of(span.start) // 7 == week]
    return CandidateView(
        expert=found.expert,
        name=scene.names.expert(found.expert),
        effect=found.effect,
        reasons_for=tuple(scene.names.say(s, scene.problem.shift) for s in found.reasons_for),
        reasons_against=tuple(scene.names.say(s, scene.problem.shift) for s in found.reasons_against),
        planned_minutes_this_week=sum(working_minutes(scene.rules, span.minutes) for span in this_week),
    )
