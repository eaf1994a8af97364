"""What does every rule of the roster offer: its words, its naive judge, and its declaration to the solvers?"""

from collections.abc import Iterable
from enum import Enum
from typing import ClassVar, Protocol

from scheduler.domain.errors import Sentence
from scheduler.domain.people import ExpertId
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level, Violation
from scheduler.domain.shifts import Shift, ShiftId
from scheduler.rules.index import Index
from scheduler.terms.kinds import Bools, Term
from scheduler.terms.pairs import Pairs


class Reach(Enum):
    """How much of a roster has to be known to judge a part of it anew, when somebody is put on a shift or taken off.

    EXPERT: each breach is of one person, named first, and follows from her own shifts. SHIFT: each is of one shift,
    named first, and follows from who is on it. ROSTER: anything else.
    """

    EXPERT = "expert"
    SHIFT = "shift"
    ROSTER = "roster"


class Rule(Protocol):
    """One rule: a frozen dataclass whose fields are its parameters.

    `violations` is the naive judge over domain values; it shares no code with `forbids` and `terms`, and its amounts
    add up to theirs: one for each assignment that `forbids` excludes, plus what the check of the terms finds.
    In sentences the values `expert` and `colleague` hold expert ids, `shift` and `other` shift ids, `venue` a venue id
    and `minutes...` minutes; the faces put names and hours in their place. `short` is why somebody cannot, to stand
    beside a name: it names neither the person nor the shift, and has places for values of the violation's sentence.
    """

    name: ClassVar[str]
    level: ClassVar[Level] = Level.HARD
    private: ClassVar[bool] = False
    reach: ClassVar[Reach] = Reach.ROSTER
    short: ClassVar[Sentence | None] = None

    @property
    def asks_for_work(self) -> bool:
        """Whether more work can mend a breach; of a rule that only limits, less work never breaks it.

        Pins and the frozen zone ask for nothing but what is settled beforehand, and count as limits.
        """
        return False

    def explain(self) -> Sentence:
        """The rule in plain words, with its parameters as they are now."""
        ...

    def violations(self, problem: Problem, roster: Roster) -> list[Violation]:
        """Every breach, in words."""
        ...

    def forbids(self, index: Index, crew: slice) -> Bools | None:
        """Matrix (experts of the crew, all shifts) of pairs that can never be because of this rule; None for none."""
        return None

    def terms(self, index: Index, pairs: Pairs) -> Iterable[Term]:
        """The rule over the eligible pairs, for solvers."""
        return ()

    def in_short(self, violation: Violation, shift: ShiftId) -> Sentence:
        """Why the violation keeps its expert from the shift, in a few words; the whole sentence when there are none."""
        said = violation.sentence
        if self.short is None:
            return said
        text = self.short.text
        return Sentence(text, {name: value for name, value in said.values.items() if f"%({name})s" in text})

    def breach(
        self,
        text: str,
        *,
        amount: int = 1,
        experts: Iterable[ExpertId] = (),
        shifts: Iterable[ShiftId] = (),
        **values: object,
    ) -> Violation:
        """A violation of this rule; `text` is the message id of its sentence, `values` fill its places."""
        sentence = Sentence(text, values)
        return Violation(self.name, self.level, amount, sentence, tuple(experts), tuple(shifts), self.private)


def assigned(problem: Problem, roster: Roster) -> list[tuple[ExpertId, Shift]]:
    """Every assignment as (expert id, shift), sorted by expert and start."""
    return [(who, shift) for who in sorted(roster.by_expert) for shift in problem.shifts_of(roster, who)]


def as_hours(minutes: int) -> int | float:
    """Minutes as hours, in two decimals at most: 660 is 11, 90 is 1.5."""
    return round(minutes / 60, 2) if minutes % 60 else minutes // 60
