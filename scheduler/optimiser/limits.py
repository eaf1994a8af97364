"""How much may a solve use?"""

from dataclasses import dataclass

from scheduler.domain.errors import invalid


@dataclass(frozen=True, slots=True)
class Limits:
    """Wall-clock seconds in all, worker threads, the seed of all chance, and megabytes of the process.

    A search that reaches the memory ends with the best roster so far.
    """

    seconds: float = 60.0
    workers: int = 2
    seed: int = 1
    memory_mb: int = 8000

    def __post_init__(self) -> None:
        if not self.seconds > 0:
            invalid("A time limit must be more than 0 seconds, not %(seconds)s.", seconds=self.seconds)
        if self.workers < 1:
            invalid("At least 1 worker is needed, not %(workers)s.", workers=self.workers)
        if self.memory_mb < 100:
            invalid("At least 100 MB of memory is needed, not %(megabytes)s.", megabytes=self.memory_mb)
