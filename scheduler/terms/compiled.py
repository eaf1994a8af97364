"""How are the hot loops compiled? One decorator, so that every kernel is cached on disk and lets other threads run."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, ParamSpec, TypeVar, cast

import numba
from numba.core.caching import FunctionCache

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")

log = logging.getLogger(__name__)


class _Cache(FunctionCache):
    """Keeps machine code for the next start as far as the disk takes it and gives it back."""

    @contextmanager
    def _guard_against_spurious_io_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            _say_uncached(error.strerror or "?")


def compiled(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """The function as machine code, compiled at its first call (or read from the cache) and free of the GIL.

    Where no folder takes the cache it is compiled at every start, which the log says once.
    """
    return _kernel(function)


def bare(function: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """The same for loops that make no array: who looks at which array is not counted, where that takes most time.

    A function that makes one all the same does not compile.
    """
    return _kernel(function, _nrt=False)


def _kernel(function: Callable[_Arguments, _Result], **options: bool) -> Callable[_Arguments, _Result]:
    compiler: Any = numba.njit
    kernel = compiler(nogil=True, **options)(function)
    try:
        kernel._cache = _Cache(function)  # type: ignore[no-untyped-call]
    except RuntimeError:
        _say_uncached("no folder can be written")
    return cast(Callable[_Arguments, _Result], kernel)


@cache
def _say_uncached(why: str) -> None:
    log.warning(
        "Compiled loops are not kept for the next start, which takes some seconds more (%s). "
        "NUMBA_CACHE_DIR can name a folder for them.",
        why,
    )
