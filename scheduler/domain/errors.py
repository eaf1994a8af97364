"""What can go wrong, in sentences that carry their values and can be shown in any language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English message id with ``%(name)s`` places, and the values for them; a face translates and formats it.

    With a `plural` the value `num` says how many there are, and which of the two texts it takes.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str = ""

    def __str__(self) -> str:
        text = self.plural if self.plural and self.values["num"] != 1 else self.text
        return text % self.values if self.values else text


def counted(one: str, more: str, num: int, **values: object) -> Sentence:
    """A sentence about a number of things, `%(num)s` in its texts: for one, and for any other number."""
    return Sentence(one, {"num": num, **values}, more)


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


class DiskFault(Busy):
    """The disk under the database is full or out of order; nothing was changed, and somebody must see to the server."""


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
