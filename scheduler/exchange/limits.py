"""How do graded limits of experts and rolling limits of contracts stand in the rows of their files, there and back?"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from scheduler.domain.contracts import Contract
from scheduler.domain.errors import invalid
from scheduler.domain.limits import GradedLimit, RollingLimit
from scheduler.domain.people import Expert, ExpertId
from scheduler.exchange.reading import Row

Values = dict[str, Any]


def graded_limit_of(row: Row) -> GradedLimit:
    """The limit of a row of graded_limits.csv."""
    return GradedLimit(row["period"], row["least_hours"], row["most_hours"], row["least_euros"], row["most_euros"])


def graded_limit_rows(expert: Expert) -> Iterator[Values]:
    """The rows of graded_limits.csv for an expert."""
    for graded in expert.limits.graded:
        yield {
            "expert": expert.id,
            "period": graded.period,
            "least_hours": graded.least_minutes,
            "most_hours": graded.most_minutes,
            "least_euros": graded.least_cents,
            "most_euros": graded.most_cents,
        }


def rolling_limit_of(row: Row) -> tuple[date, RollingLimit]:
    """The limit of a row of rolling_limits.csv, with the first day of its contract."""
    limit = RollingLimit(row["days"], row["most_hours"], row["most_shifts"], row["most_work_days"])
    return row["contract_first"], limit


def rolling_limit_rows(expert: Expert) -> Iterator[Values]:
    """The rows of rolling_limits.csv for an expert."""
    for contract in expert.contracts:
        for limit in contract.rolling:
            yield {
                "expert": expert.id,
                "contract_first": contract.days.first,
                "days": limit.length_days,
                "most_hours": limit.minutes,
                "most_shifts": limit.shifts,
                "most_work_days": limit.work_days,
            }


def with_rolling_limits(
    expert: ExpertId, contracts: Iterable[Contract], limits: Iterable[tuple[date, RollingLimit]]
) -> tuple[Contract, ...]:
    """The contracts of an expert with their limits; InvalidValue for a limit of a contract that is not there."""
    found, rest = list(contracts), list(limits)
    begins = {contract.days.first for contract in found}
    for first, _ in rest:
        if first not in begins:
            invalid("Expert %(expert)s has no contract that begins on %(first)s.", expert=expert, first=first)
    return tuple(replace(c, rolling=tuple(limit for first, limit in rest if first == c.days.first)) for c in found)
