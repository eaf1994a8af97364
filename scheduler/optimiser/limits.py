"""How much may a solve use?"""

from dataclasses import dataclass

from scheduler.domain.errors import invalid


@dataclass(frozen=True, slots=True)
class Limits:
    """Wall-clock seconds in all, worker threads, the seed of all chance, and megabytes of the process.

    Near the memory limit a search does with less at a time; one that reaches it ends with the best roster so far. With
    `work`, phases end by counted work, in units of about a second of one thread: the same limits give the same roster
    under any load, unless the seconds, the memory or a wish to stop end the search before the work does.
    """

    seconds: float = 60.0
    workers: int = 2
    seed: int = 1
    memory_mb: int = 8000
    work: float | None = None

    def __post_init__(self) -> None:
        if not self.seconds > 0:
            invalid("A time limit must be more than 0 seconds, not %(seconds)s.", seconds=self.seconds)
        if self.work is not None and not self.work > 0:
            invalid("A work limit must be more than 0 units, not %(work)s.", work=self.work)
        if self.workers < 1:
            invalid("At least 1 worker is needed, not %(workers)s.", workers=self.workers)
        if self.memory_mb < 100:
            invalid("At least 100 MB of memory is needed, not %(megabytes)s.", megabytes=self.memory_mb)
