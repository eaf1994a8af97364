"""Rule: only who said so works at night."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Violation
from scheduler.domain.shifts import ShiftId
from scheduler.rules.index import Index
from scheduler.rules.nightwork import NO_NIGHT, NightRule
from scheduler.rules.rule import assigned
from scheduler.rules.shapes import everybody_of
from scheduler.terms.kinds import Bools


@dataclass(frozen=True)
class Nights(NightRule):
    """No night by default: a shift that touches the night is only for experts who chose to work at night."""

    name: ClassVar[str] = "nights"
    private: ClassVar[bool] = True

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence(
            "Only who said so works at night, between %(begins)s and %(ends)s.",
            {"begins": _clock(self.night_begins_minute), "ends": _clock(self.night_ends_minute)},
        )

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every night shift of somebody who did not choose to work at night."""
        text, night = "%(shift)s lies in the night, and %(expert)s does not work at night.", self._night_shifts(problem)
        return [
            self.breach(text, experts=[who], shifts=[shift.id], shift=shift.id, expert=who)
            for who, shift in (assigned(problem, roster) if night else ())
            if shift.id in night and not problem.expert[who].limits.nights
        ]

    def _night_shifts(self, problem: Problem) -> frozenset[ShiftId]:
        known = problem.whole.worked_out.get(self)
        if known is None:
            zone = problem.window.zone
            known = frozenset(s.id for s in problem.whole.shifts if self.night_of(s.span, zone) is not None)
            problem.whole.worked_out[self] = known
        assert isinstance(known, frozenset)
        return known

    def forbids(self, index: Index, crew: slice) -> Bools | None:
        """Pairs of night shifts with everybody else."""
        return everybody_of(~index.wants("nights")[crew], self.nights(index) != NO_NIGHT)


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"
