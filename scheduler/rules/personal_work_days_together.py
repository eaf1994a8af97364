"""Rule: nobody comes for fewer days in a row than she wants at least."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.rules.short_runs import ShortestRuns


@dataclass(frozen=True)
class PersonalWorkDaysTogether(ShortestRuns):
    """The least days in a row of her personal limits."""

    name: ClassVar[str] = "personal_work_days_together"
    private: ClassVar[bool] = True
    limit: ClassVar[str] = "least_days_in_a_row"
    of_work: ClassVar[bool] = True
    text: ClassVar[str] = "%(expert)s works %(days)s days in a row from %(day)s; they want at least %(least)s together."

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody works fewer days in a row than they want at least.")
