"""How is one open place told to a planner, to its venue and to an expert? Three voices over one tree of reasons.

A planner reads counts; a venue and an expert read only whether somebody can still be asked, so that no sentence of
theirs can differ by anything private.
"""

from enum import StrEnum

from scheduler.domain.errors import Sentence
from scheduler.rules.diagnosis import Gap


class Voice(StrEnum):
    """To whom it is told."""

    PLANNER = "planner"
    COORDINATOR = "coordinator"
    EXPERT = "expert"


COUNTED = {
    "working": (Sentence("One already works then."), "%(count)s already work then."),
    "unavailable": (Sentence("One is not available."), "%(count)s are not available."),
    "limit": (Sentence("One would go over a limit."), "%(count)s would go over a limit."),
    "far": (Sentence("One lives too far away."), "%(count)s live too far away."),
    "free": (Sentence("One can still be asked."), "%(count)s can still be asked."),
}
STILL_ASKING = Sentence("We are still asking people. You hear from us as soon as somebody comes.")
ALL_BUSY = Sentence("Whoever can do this work has something else then. We keep looking.")
NOBODY_YET = Sentence("We are looking for somebody who can do this work.")
WELCOME = Sentence("There is still a place here. Would you like it? Then tell us.")
OPEN = Sentence("There is still a place here.")
ONE_LIMIT = "If one rule gave way for one person, somebody could come: %(rule)s"
SOME_LIMIT = "If one rule gave way for one person, %(count)s people could come: %(rule)s"


def tell_gap(gap: Gap, voice: Voice) -> tuple[Sentence, ...]:
    """Why a place is open, in sentences for this reader; nothing when none is."""
    if not gap.missing:
        return ()
    reasons = dict(gap.reasons)
    if voice is Voice.EXPERT:
        return (WELCOME if reasons.get("free") else OPEN,)
    if voice is Voice.COORDINATOR:
        if not gap.able:
            return (NOBODY_YET,)
        return (STILL_ASKING if reasons.get("free") else ALL_BUSY,)
    return (*(_counted(kind, count) for kind, count in gap.reasons), *tell_relaxations(gap))


def _counted(kind: str, count: int) -> Sentence:
    one, many = COUNTED[kind]
    return one if count == 1 else Sentence(many, {"count": count})


def tell_relaxations(gap: Gap) -> list[Sentence]:
    """Which rule, if it alone gave way, would let how many people come: for planners."""
    return [
        Sentence(ONE_LIMIT, {"rule": r.sentence})
        if r.people == 1
        else Sentence(SOME_LIMIT, {"rule": r.sentence, "count": r.people})
        for r in gap.relaxations
    ]
