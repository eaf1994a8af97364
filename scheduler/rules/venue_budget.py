"""Rule: a venue that holds to its budget never goes over it."""

from dataclasses import dataclass
from typing import ClassVar

from scheduler.domain.errors import Sentence
from scheduler.rules.spending import Spending


@dataclass(frozen=True)
class VenueBudget(Spending):
    """Counted to the minute and the cent."""

    name: ClassVar[str] = "venue_budget"
    for_hard_budgets: ClassVar[bool] = True
    short: ClassVar[Sentence] = Sentence("would go over the budget of %(venue)s this month")

    def explain(self) -> Sentence:
        """The rule in words."""
        return Sentence("Where a venue says so, its hours and euros of a month never go over the budget.")

    def steps(self, measure: str) -> int:
        """One minute or one cent."""
        return 1

    def price(self) -> int:
        """One."""
        return 1
