"""Rule: nobody has fewer days off in a row than she wants at least."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.rules.short_runs import ShortestRuns


@dataclass(frozen=True)
class PersonalDaysOffTogether(ShortestRuns):
    """The least days off in a row of her personal limits."""

    name: ClassVar[str] = "personal_days_off_together"
    private: ClassVar[bool] = True
    limit: ClassVar[str] = "least_days_off_in_a_row"
    of_work: ClassVar[bool] = False
    text: ClassVar[str] = (
        "%(expert)s has %(days)s days off in a row from %(day)s; they want at least %(least)s together."
    )

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Nobody has fewer days off in a row than they want at least.")
