"""Does a fingerprint tell questions apart, and only these?"""

from dataclasses import replace

import numpy as np

from scheduler.terms.fingerprint import fingerprint
from tests.benchmarks.synthetic import Month, Size


def test_the_same_question_has_one_fingerprint_and_any_change_has_another() -> None:
    model, same = (Month(Size(6, 3, 12, 4.0), 1).model() for _ in range(2))
    nothing = np.zeros(len(model.pairs), np.bool_)
    pinned = nothing.copy()
    pinned[3] = True
    others = (
        replace(model, terms=model.terms[1:], source=model.source[1:]),
        Month(Size(6, 3, 12, 4.0), 2).model(),
        Month(Size(6, 3, 12, 4.0), 1, supply=1.2).model(),
    )
    assert fingerprint(model, nothing) == fingerprint(same, nothing)
    found = [
        fingerprint(model, nothing),
        fingerprint(model, pinned),
        *(fingerprint(other, nothing) for other in others),
    ]
    assert len(set(found)) == len(found)
