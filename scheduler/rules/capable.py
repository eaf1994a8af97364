"""Who could do a shift at all, whatever else is planned?"""

from scheduler.domain.availability import AvailabilityLevel, local_parts
from scheduler.domain.people import Exclusion, ExclusionKind, Expert
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment
from scheduler.domain.shifts import Shift
from scheduler.rules.contract import ContractInForce
from scheduler.rules.declines import Declines
from scheduler.rules.exclusions import Exclusions
from scheduler.rules.index import Index
from scheduler.rules.required_language import RequiredLanguage
from scheduler.rules.required_qualification import RequiredQualification
from scheduler.rules.role import Role
from scheduler.terms.kinds import Bools

ASKED = (Role(), ContractInForce(), RequiredLanguage(), RequiredQualification(), Declines(), Exclusions())


def can_do(problem: Problem, expert: Expert, shift: Shift) -> bool:
    """Role, contract, languages and qualification are there, and she is available and did not say no.

    What she excluded privately counts as not being available.
    """
    whole = problem.whole
    key = (can_do, expert.id, shift.id)
    known = whole.worked_out.get(key)
    if known is None:
        known = whole.worked_out[key] = _can_do(whole, expert, shift)
    return bool(known)


def able(index: Index, crew: slice) -> Bools:
    """Matrix (experts of the crew, all shifts): the same."""
    found: Bools = index.levels(crew) > AvailabilityLevel.UNAVAILABLE
    for rule in ASKED:
        never = rule.forbids(index, crew)
        if never is not None:
            found = found & ~never
    return found


def _can_do(problem: Problem, expert: Expert, shift: Shift) -> bool:
    day, zone = problem.starts_on[shift.id], problem.window.zone
    return (
        expert.may_act_as(problem.activity[shift.activity].role, day)
        and expert.contract_on(day) is not None
        and shift.required_languages <= expert.languages
        and (shift.required_qualification is None or expert.is_qualified(shift.required_qualification, day))
        and Assignment(expert.id, shift.id) not in problem.declined
        and not any(_excludes(problem, exclusion, shift) for exclusion in expert.exclusions)
        and expert.availability.level_of(shift.span, zone) is not AvailabilityLevel.UNAVAILABLE
    )


def _excludes(problem: Problem, exclusion: Exclusion, shift: Shift) -> bool:
    days = {day.isoformat() for day, _, _ in local_parts(shift.span, problem.window.zone)}
    about = {
        ExclusionKind.VENUE: {shift.venue},
        ExclusionKind.NEIGHBOURHOOD: {problem.venue[shift.venue].neighbourhood},
        ExclusionKind.DAY: days,
    }
    return exclusion.subject in about.get(exclusion.kind, ())
