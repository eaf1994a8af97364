"""Who keeps the right to pay when a venue calls a shift off late? One rule and one text for every page."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from scheduler.domain.contracts import ContractKind
from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert, ExpertId
from scheduler.domain.shifts import Shift
from scheduler.services.context import App, agency_of
from scheduler.store import Work

ON_CALL: Final = frozenset({ContractKind.ON_CALL, ContractKind.MIN_MAX})
"""Contracts under which people come when called; others have fixed hours, or no wage."""


@dataclass(frozen=True, slots=True)
class Pay:
    """What is still owed for a shift that was called off late, and to whom; `late` is None when it was in time."""

    late: Sentence | None = None
    experts: tuple[ExpertId, ...] = ()


def rule_of_pay(app: App, work: Work, starts_at: datetime, called_off_at: datetime) -> Sentence | None:
    """What holds when what starts then is called off at that instant; None when that is in time."""
    agency = agency_of(work)
    term = app.call_up_term(agency.window(agency.today(starts_at)))
    if not called_off_at < starts_at < called_off_at + term:
        return None
    return Sentence(
        "Called off less than %(term)s ahead: whoever was planned on call keeps the right to pay for this shift."
        " The agency pays it.",
        {"term": term},
    )


def pay_after(app: App, work: Work, shift: Shift) -> Pay:
    """What is still owed for a shift that was called off."""
    rules = {
        w.expert: rule
        for w in work.withdrawals.of_shift(shift.id)
        if w.called_off and (rule := rule_of_pay(app, work, shift.span.start, w.at))
    }
    day = agency_of(work).today(shift.span.start)
    known = work.experts.find_many(rules)
    owed = sorted(id for id, expert in known.items() if _is_on_call(expert, day))
    return Pay(rules[owed[0]], tuple(owed)) if owed else Pay()


def pay_kept(app: App, work: Work, shift: Shift, expert: ExpertId) -> Sentence | None:
    """What one expert reads of a shift that was called off and for which she keeps pay; None when she does not."""
    pay = pay_after(app, work, shift)
    if pay.late is None or expert not in pay.experts:
        return None
    return Sentence(
        "It was called off less than %(term)s ahead. You keep the right to pay for this shift.", pay.late.values
    )


def _is_on_call(expert: Expert, day: date) -> bool:
    contract = expert.contract_on(day)
    return contract is not None and contract.kind in ON_CALL
