"""Is a loop that counts no references refused where it makes an array, which nobody would ever give back?"""

import numba
import numpy as np
import pytest

from scheduler.terms.compiled import bare, compiled


def _doubled(count: int) -> int:
    return int(np.ones(count).sum()) * 2


def _trebled(count: int) -> int:
    return int(np.ones(count).sum()) * 3


def test_a_bare_loop_that_makes_an_array_does_not_compile() -> None:
    assert compiled(_doubled)(3) == 6
    with pytest.raises(numba.core.errors.NumbaError, match="returning of array"):
        bare(_trebled)(3)
