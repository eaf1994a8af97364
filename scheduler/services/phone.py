"""What did somebody say when a planner called? Kept as her own answer, marked with who wrote it down."""

from datetime import date
from typing import Final

from scheduler.domain.errors import Refused, Sentence
from scheduler.domain.responses import Answer
from scheduler.domain.roster import Assignment
from scheduler.services.board_views import EditResult
from scheduler.services.context import App, Viewer, require_planner
from scheduler.services.respond import answer_for, undo_answer_for
from scheduler.services.roster import result_of
from scheduler.services.scene import Scene, read_scene

WRITTEN_DOWN: Final = {
    Answer.YES: Sentence("Written down: %(expert)s says yes."),
    Answer.NO: Sentence("Written down: %(expert)s says no. The place is free, also for the house."),
    Answer.TALK: Sentence("Written down: %(expert)s wants to talk about it."),
    Answer.UNDONE: Sentence("The no of %(expert)s is taken back; the place is hers again."),
}


def write_down(
    app: App, viewer: Viewer, window_first: date, shift: str, expert: str, *, answer: Answer, key: str = ""
) -> EditResult:
    """An answer by telephone to what was published, or taking back such a no; at once, as if she had answered.

    Refused for who was not told of the shift yet, and for a no that she gave herself or that is too long ago.
    """
    require_planner(viewer)
    with app.database.reading() as work:
        scene = read_scene(app, work, window_first)
    name = scene.names.expert(expert)
    if answer is Answer.UNDONE:
        undo_answer_for(app, viewer, shift, expert, key=key)
    else:
        _require_hers(scene, Assignment(expert, shift), name, is_no=answer is Answer.NO)
        answer_for(app, viewer, shift, expert, answer, key=key)
    return result_of(app, window_first, [[expert, shift]], Sentence(WRITTEN_DOWN[answer].text, {"expert": name}))


def _require_hers(scene: Scene, pair: Assignment, name: str, *, is_no: bool) -> None:
    if scene.shift(pair.shift).span.start <= scene.now:
        raise Refused("This shift has begun; who was there no longer changes.")
    if pair in scene.problem.declined and not is_no:
        raise Refused("%(expert)s said no to this shift; only a newer yes changes that.", expert=name)
    if pair not in scene.live.assignments and pair not in scene.problem.declined:
        raise Refused("%(expert)s was not told of this shift yet; publish first.", expert=name)
