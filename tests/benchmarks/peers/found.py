"""What does a peer get, and what does it hand back?"""

from dataclasses import dataclass

from scheduler.terms.kinds import Bools


class Missing(Exception):
    """A peer cannot run here; the table says why."""


@dataclass(frozen=True)
class Asked:
    """What a peer may use; `began` and `until` are on the monotonic clock, and the start of the process counts."""

    began: float
    until: float
    workers: int
    seed: int


@dataclass(frozen=True)
class Found:
    """The roster of a peer, one boolean per pair (None: it has none), and what it says of it.

    `bound` is (coverage, preference); `first_s` is when the first roster was there, in seconds from the start;
    `moves_per_s` is how many changes a local search looked at.
    """

    status: str
    chosen: Bools | None
    first_s: float | None = None
    bound: tuple[int | None, int | None] = (None, None)
    moves_per_s: int | None = None
