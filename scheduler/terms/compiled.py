"""How are the hot loops compiled? One decorator, so that every kernel is cached on disk and lets other threads run."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


def compiled(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """The function as machine code, compiled at its first call (or read from the cache) and free of the GIL."""
    return cast(Callable[_Arguments, _Result], numba.njit(cache=True, nogil=True)(function))
