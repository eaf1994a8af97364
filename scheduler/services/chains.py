"""How does a planner let somebody move to an open place while another takes over hers, as one step of the draft?"""

from datetime import date
from functools import partial

from scheduler.domain.errors import Refused, Sentence, Stale
from scheduler.domain.roster import Assignment, RosterVersion
from scheduler.domain.shifts import Shift
from scheduler.rules.chains import Chain, chains
from scheduler.rules.repair import Moment
from scheduler.services.board_views import ChainView, EditResult
from scheduler.services.context import App, Viewer, require_planner
from scheduler.services.prepared import prepared_bench
from scheduler.services.roster import edit_many
from scheduler.services.scene import Scene, read_scene
from scheduler.services.seen import Looked, shifts_seen
from scheduler.services.unit import Unit
from scheduler.store.steps import Change

EXCHANGED = Sentence("Both moves stand in the draft; undo takes them back together.")


def chains_for(scene: Scene, shift: Shift) -> tuple[ChainView, ...]:
    """The best exchanges of two that fill an open place; nobody told of a shift that starts soon leaves it."""
    return tuple(_view(scene, shift, chain) for chain in _found(scene, shift))


def take_chain(
    app: App,
    viewer: Viewer,
    window_first: date,
    shift: str,
    *,
    expert: str,
    leaves: str,
    successor: str,
    edition: int,
    seen: str = "",
    key: str = "",
) -> EditResult:
    """Make both moves of a chain that was shown; Stale when it is none of the best any more.

    Stale too when the draft is of another edition and not both shifts are as `seen`.
    """
    require_planner(viewer)

    def change(unit: Unit, draft: RosterVersion) -> Change:
        scene = read_scene(app, unit.work, window_first)
        wanted = scene.shift(shift)
        if wanted.span.start <= scene.now:
            raise Refused("This shift has begun; who was there no longer changes.")
        offered = {(c.expert, c.leaves, c.successor) for c in _found(scene, wanted)}
        if (expert, leaves, successor) not in offered:
            raise Stale("Something changed since you saw this exchange. Look at it once more.")
        left = Assignment(expert, leaves)
        return Change.of(added=[Assignment(expert, shift), Assignment(successor, leaves)], removed=[left])

    body = {"shift": shift, "expert": expert, "leaves": leaves, "successor": successor}
    looked = Looked(edition, seen, (shift, leaves))
    return edit_many(app, viewer, "chain", window_first, body, change, EXCHANGED, looked=looked, key=key)


def _found(scene: Scene, shift: Shift) -> tuple[Chain, ...]:
    """Whoever said no to the shift is asked for nothing else on its account."""
    may_move = partial(Moment(scene.now, scene.call_up_term).may_move, scene.problem)
    said_no = {pair.expert for pair in scene.problem.declined if pair.shift == shift.id}
    bench = prepared_bench(scene.problem, scene.roster, scene.rules)
    return chains(scene.roster, shift.id, bench, may_move, said_no)


def _view(scene: Scene, shift: Shift, chain: Chain) -> ChainView:
    moment, left = Moment(scene.now, scene.call_up_term), scene.problem.shift[chain.leaves]
    names = {who: scene.names.expert(who) for who in (chain.expert, chain.successor)}
    arriving = ((shift, chain.expert), (left, chain.successor))
    return ChainView(
        expert=chain.expert,
        expert_name=names[chain.expert],
        leaves=scene.names.label(left),
        successor=chain.successor,
        successor_name=names[chain.successor],
        effect=chain.effect,
        is_told=Assignment(chain.expert, chain.leaves) in scene.live.assignments,
        said_yes=Assignment(chain.expert, chain.leaves) in scene.problem.accepted & scene.live.assignments,
        invited=tuple(names[who] for where, who in arriving if moment.is_soon(where.span.start)),
        seen=shifts_seen(scene, shift.id, chain.leaves),
    )
