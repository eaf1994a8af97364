"""Which answers did a planner write down for an expert, as her letter tells them?"""

from collections.abc import Iterable, Sequence
from typing import Final

from scheduler.domain.messages import Message
from scheduler.domain.people import ExpertId
from scheduler.domain.responses import Answer, Response
from scheduler.domain.roster import Assignment
from scheduler.domain.shifts import Shift, ShiftId
from scheduler.services.letters import Part
from scheduler.services.places import lane_of
from scheduler.services.unit import Unit
from scheduler.store import Work

KIND: Final = "answer_written"
PARTS: Final = {Answer.YES: Part.COMES, Answer.NO: Part.STAYS_AWAY, Answer.TALK: Part.TALKS, Answer.UNDONE: Part.BACK}


def tell_her(unit: Unit, pair: Assignment, shift: Shift, answer: Answer) -> None:
    """She hears what was written down in her name, or that a no was taken back."""
    payload = {"shifts": [shift.id], "answer": answer}
    unit.tell(KIND, payload, experts=[pair.expert], lane=lane_of(unit, shift))


def is_by_planner(response: Response | None) -> bool:
    """Whether it was a planner who wrote this answer down."""
    return response is not None and response.on_behalf_by is not None


def written_parts(work: Work, group: Sequence[Message], shifts: Iterable[Shift]) -> dict[Part, list[Shift]]:
    """The shifts of these messages to one expert, by what was written down for her last.

    Nothing of what she answered herself since, nor of a no that was taken back before its letter left.
    """
    said: dict[ShiftId, list[Answer]] = {}
    for message in sorted(group, key=lambda m: m.created_at):
        for id in message.shift_ids():
            said.setdefault(id, []).append(Answer(str(message.payload["answer"])))
    who: ExpertId = group[0].expert or ""
    found: dict[Part, list[Shift]] = {part: [] for part in PARTS.values()}
    for shift in shifts:
        newest = work.responses.of(who, shift.id)[-1:]
        answers = said[shift.id]
        is_as_before = answers[-1] is Answer.UNDONE and Answer.NO in answers
        if newest and is_by_planner(newest[0]) and not is_as_before:
            found[PARTS[answers[-1]]].append(shift)
    return {part: each for part, each in found.items() if each}
