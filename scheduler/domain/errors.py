"""What can go wrong, in sentences that carry their values and can be shown in any language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English message id with ``%(name)s`` places, and the values for them; a face translates and formats it."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.values if self.values else self.text


class SchedulerError(Exception):
    """Base of every error that people may read; faces catch this one and show its sentence."""

    def __init__(self, text: str, **values: object) -> None:
        self.sentence = Sentence(text, values)
        super().__init__(str(self.sentence))

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.sentence)


def _rebuild(kind: type[SchedulerError], sentence: Sentence) -> SchedulerError:
    return kind(sentence.text, **sentence.values)


class InvalidValue(SchedulerError):
    """A value that cannot exist, such as a shift that ends before it starts."""


class NotFound(SchedulerError):
    """Something that is not there, or not there for this viewer."""


class NotAllowed(SchedulerError):
    """The viewer is known but may not do this."""


class Refused(SchedulerError):
    """A rule of the work forbids it now: publishing with a broken rule, answering after the start."""


class Stale(SchedulerError):
    """Somebody else changed it since the viewer loaded it."""


class Busy(SchedulerError):
    """The database cannot be used at this moment; nothing was changed, and trying again later may work."""


class TooOften(SchedulerError):
    """It was tried too often; its values hold the whole `seconds` after which it may be tried again."""

    @property
    def seconds(self) -> int:
        """How long to wait."""
        return int(str(self.sentence.values["seconds"]))


class Unsafe(SchedulerError):
    """The installation would break a promise: an unsafe database version, a short secret."""


def invalid(text: str, **values: object) -> NoReturn:
    """Raise InvalidValue; lets a constructor state its conditions one per line."""
    raise InvalidValue(text, **values)
