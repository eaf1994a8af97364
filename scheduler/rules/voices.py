"""How is one open place told to its venue, and to a planner which rule would help?

A venue reads only whether somebody can still be asked, so that no sentence of it can differ by anything private. What
keeps people away a planner reads in counts, in `why_empty`; why her an expert reads in `explain_to_herself`.
"""

from collections.abc import Iterable
from typing import Final

from scheduler.domain.errors import Sentence
from scheduler.rules.diagnosis import Chance, Relaxation

TO_A_VENUE: Final = {
    Chance.SOMEBODY: Sentence("There is somebody whom we can still ask. Here you read it as soon as somebody comes."),
    Chance.NOBODY_THEN: Sentence(
        "Whoever can do this work cannot come at this time. We keep looking. Would another time do as well? Call us."
    ),
    Chance.NOBODY_ABLE: Sentence(
        "Nobody of us can do this work as you asked for it. We keep looking. Could it be different? Call us."
    ),
}
ONE_LIMIT = "If one rule gave way for one person, somebody could come: %(rule)s"
SOME_LIMIT = "If one rule gave way for one person, %(count)s people could come: %(rule)s"


def tell_relaxations(found: Iterable[Relaxation]) -> list[Sentence]:
    """Which rule, if it alone gave way, would let how many people come: for planners."""
    return [
        Sentence(ONE_LIMIT, {"rule": r.sentence})
        if r.people == 1
        else Sentence(SOME_LIMIT, {"rule": r.sentence, "count": r.people})
        for r in found
    ]
