"""What speaks for and against somebody on a shift? In short phrases for a planner, and for the person herself."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from scheduler.domain.availability import AvailabilityLevel
from scheduler.domain.errors import Sentence, counted
from scheduler.domain.people import Expert, Wish
from scheduler.domain.places import TravelMode
from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.shifts import Shift
from scheduler.domain.time import MINUTE
from scheduler.rules.familiar_faces import FamiliarFaces
from scheduler.rules.host_required import HostRequired
from scheduler.rules.rule import Rule, as_hours
from scheduler.rules.split_days import SplitDays
from scheduler.rules.travel import Travel
from scheduler.rules.wished_hours import WishedHours
from scheduler.rules.working import working_minutes

MOST_REASONS = 4
BY_MODE = {
    TravelMode.FOOT: "%(minutes)s minutes on foot",
    TravelMode.BIKE: "%(minutes)s minutes by bike",
    TravelMode.PUBLIC_TRANSPORT: "%(minutes)s minutes by public transport",
    TravelMode.CAR: "%(minutes)s minutes by car",
}
FAMILIAR = "Familiar face: %(count)s times here in the last months"
SPEAKS = "Speaks %(language)s"
WANTED = "Wants to work at this time"
FINE = "Said that this time is fine"
LIKED_PLACE = "Likes this place"
LIKED_WORK = "Likes this work"
WITHIN_WISH = "Comes to %(hours)s of %(wished)s wished hours this week"
HERSELF = {
    SPEAKS: Sentence("You speak %(language)s, for which the house asks."),
    WANTED: Sentence("You said that you gladly work at this time."),
    FINE: Sentence("You said that you can at this time."),
    LIKED_PLACE: Sentence("You said that you like to come to this place."),
    LIKED_WORK: Sentence("You said that you like to do this work."),
    WITHIN_WISH: Sentence("With this shift you work %(hours)s of the %(wished)s hours that you want in that week."),
}
"""The reasons for a planner as she reads them about herself."""
Reasons = tuple[tuple[Sentence, ...], tuple[Sentence, ...]]
_Kind = TypeVar("_Kind", bound=Rule)


def reasons(problem: Problem, roster: Roster, expert: Expert, shift: Shift, rules: Sequence[Rule]) -> Reasons:
    """(for, against) the expert on the shift, the weightiest first; `roster` is without her on it."""
    found = [
        *_familiarity(problem, expert, shift, rules),
        *_company(problem, roster, expert, shift, rules),
        *_languages(problem, roster, expert, shift),
        *_wishes(problem, expert, shift),
        *_hours(problem, roster, expert, shift, rules),
        *_way(problem, expert, shift, rules),
        *_rest(problem, roster, expert, shift, rules),
    ]
    return tuple(s for good, s in found if good), tuple(s for good, s in found if not good)


def explain_to_herself(
    problem: Problem, roster: Roster, assignment: Assignment, rules: Sequence[Rule]
) -> tuple[Sentence, ...]:
    """Up to four reasons why her, in words to her; the same tree as for a planner, and never about anybody else.

    Hours count as a reason only up to what she wishes, without the margin of the rule.
    """
    expert, shift = problem.expert[assignment.expert], problem.shift[assignment.shift]
    strict = [rule for rule in rules if not isinstance(rule, WishedHours)]
    found = [
        *_familiarity(problem, expert, shift, ()),
        *_wishes(problem, expert, shift),
        *_hours(problem, roster.without(assignment), expert, shift, strict),
        *((True, _speaks(language)) for language in sorted(shift.desired_languages & expert.languages)),
    ]
    good = [_to_herself(sentence, shift) for is_good, sentence in found if is_good]
    role = problem.activity[shift.activity].role
    able = Sentence("Somebody is needed as %(role)s, and you can be that.", {"role": role})
    return (*good, able)[:MOST_REASONS]


def _to_herself(sentence: Sentence, shift: Shift) -> Sentence:
    if sentence.text == FAMILIAR:
        return counted(
            "You came to %(venue)s %(num)s time before.",
            "You came to %(venue)s %(num)s times before.",
            int(str(sentence.values["count"])),
            venue=shift.venue,
        )
    return replace(HERSELF[sentence.text], values=sentence.values)


Found = Iterator[tuple[bool, Sentence]]


def _only(rules: Iterable[Rule], kind: type[_Kind]) -> _Kind | None:
    return next((rule for rule in rules if isinstance(rule, kind)), None)


def _familiarity(problem: Problem, expert: Expert, shift: Shift, rules: Sequence[Rule]) -> Found:
    count = problem.past_visits.get((expert.id, shift.venue), 0)
    if count:
        yield True, Sentence(FAMILIAR, {"count": count})
    elif _only(rules, FamiliarFaces):
        yield False, Sentence("Is new here")


def _company(problem: Problem, roster: Roster, expert: Expert, shift: Shift, rules: Sequence[Rule]) -> Found:
    activity, people = problem.activity[shift.activity], roster.by_shift.get(shift.id, [])
    day, hosts = problem.window.date_of(shift.span.start), _only(rules, HostRequired)
    asks_host = hosts is not None and activity.host_needed and activity.role != hosts.host_role
    if hosts and asks_host and not any(problem.expert[e].may_act_as(hosts.host_role, day) for e in people):
        is_host = expert.may_act_as(hosts.host_role, day)
        yield is_host, Sentence("Is the host that is missing" if is_host else "Is no host; one is still missing")
    if activity.two_present and shift.demand.most > 1 and len(people) < 2:
        yield bool(people), Sentence("Then nobody is alone" if people else "Would be alone until a second person comes")


def _languages(problem: Problem, roster: Roster, expert: Expert, shift: Shift) -> Found:
    people = roster.by_shift.get(shift.id, [])
    spoken = {language for e in people for language in problem.expert[e].languages}
    for language in sorted(shift.desired_languages - spoken):
        if language in expert.languages:
            yield True, _speaks(language)
        else:
            yield False, Sentence("Does not speak %(language)s (desired, not required)", {"language": language})


def _speaks(language: str) -> Sentence:
    return Sentence(SPEAKS, {"language": language})


def _wishes(problem: Problem, expert: Expert, shift: Shift) -> Found:
    level = expert.availability.level_of(shift.span, problem.window.zone)
    if level is AvailabilityLevel.WANTED:
        yield True, Sentence(WANTED)
    elif level is AvailabilityLevel.AVAILABLE:
        yield True, Sentence(FINE)
    elif level is AvailabilityLevel.ASK_FIRST:
        yield False, Sentence("Would like to be asked first")
    venue, activity = dict(expert.venue_wishes).get(shift.venue), dict(expert.activity_wishes).get(shift.activity)
    if venue:
        yield (
            venue is Wish.GLADLY,
            Sentence(LIKED_PLACE if venue is Wish.GLADLY else "Would rather not come here"),
        )
    if activity:
        text = LIKED_WORK if activity is Wish.GLADLY else "Would rather not do this work"
        yield activity is Wish.GLADLY, Sentence(text)


def _hours(problem: Problem, roster: Roster, expert: Expert, shift: Shift, rules: Sequence[Rule]) -> Found:
    wish = expert.wished_minutes_a_week
    if wish is None:
        return
    week = problem.window.day_of(shift.span.start) // 7
    mine = [s for s in problem.shifts_of(roster, expert.id) if problem.window.day_of(s.span.start) // 7 == week]
    total = sum(working_minutes(rules, s.span.minutes) for s in (shift, *mine))
    values = {"hours": as_hours(total), "wished": as_hours(wish)}
    rule = _only(rules, WishedHours)
    if total <= wish + (rule.free_minutes if rule else 0):
        yield True, Sentence(WITHIN_WISH, values)
    else:
        yield False, Sentence("Comes to %(hours)s hours this week, more than the %(wished)s wished", values)


def _way(problem: Problem, expert: Expert, shift: Shift, rules: Sequence[Rule]) -> Found:
    place, rule = problem.venue[shift.venue].place, _only(rules, Travel)
    if place is None or expert.home is None:
        return
    minutes = problem.travel.minutes(expert.home, place, expert.travel_mode)
    yield rule is None or minutes <= rule.free_minutes, Sentence(BY_MODE[expert.travel_mode], {"minutes": minutes})


def _rest(problem: Problem, roster: Roster, expert: Expert, shift: Shift, rules: Sequence[Rule]) -> Found:
    contract = expert.contract_on(problem.window.date_of(shift.span.start))
    if contract and not contract.kind.is_own_staff:
        yield False, Sentence("Is hired in; own staff goes first")
    rule, day = _only(rules, SplitDays), problem.window.date_of(shift.span.start)
    for other in problem.shifts_of(roster, expert.id):
        gap = max(shift.span.start - other.span.end, other.span.start - shift.span.end) // MINUTE
        if rule and problem.window.date_of(other.span.start) == day and gap > rule.gap_minutes:
            values = {"hours": as_hours(gap), "other": other.id}
            yield False, Sentence("Has %(hours)s hours between this and %(other)s on the same day", values)
