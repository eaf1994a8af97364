"""What would another roster change, as a planner reads it: which rules are kept better or worse, for whom and where?"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from scheduler.domain.errors import Sentence
from scheduler.domain.roster import Roster
from scheduler.domain.score import Level
from scheduler.rules.compare import Comparison, RuleChange, compare_judged
from scheduler.services.measures import open_places
from scheduler.services.scene import Scene
from scheduler.services.views import Named, ShiftLabel


class Beside(StrEnum):
    """Which roster a result is laid beside: the draft, or what people were told."""

    DRAFT = "draft"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule that is kept better or worse, and by how much in words; `level` says which lines outweigh which."""

    name: str
    level: Level
    better: bool
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class PersonLine:
    """How many shifts somebody gains and gives up, and what she works in all before and after."""

    person: Named
    gains: int
    loses: int
    minutes_before: int
    minutes_after: int


@dataclass(frozen=True, slots=True)
class VenueLine:
    """How many shifts of a venue get other people, and how many of its coming places are open before and after."""

    venue: Named
    shifts: int
    gaps_before: int
    gaps_after: int


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """A shift with other people; names for planners, sorted by id."""

    shift: ShiftLabel
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparedView:
    """One roster beside another. Rules by level, the largest change first; people and venues likewise; shifts by start.

    It is the difference of two judgements for others: what is private reads as plain unavailability, or not at all.
    """

    rules: tuple[RuleLine, ...]
    people: tuple[PersonLine, ...]
    venues: tuple[VenueLine, ...]
    shifts: tuple[ShiftLine, ...]
    more_filled: int
    """How many more required places are filled: each brings wishes of its own, so that more of them can be unmet."""


BROKEN: Final = Sentence("times broken: from %(before)s to %(after)s")
OFTEN: Final = Sentence("times not met: from %(before)s to %(after)s")
NEARER: Final = Sentence("not met as often, but in all %(percent)s %% less far off")
FARTHER: Final = Sentence("not met as often, but in all %(percent)s %% further off")
OFTENER_BUT_NEARER: Final = Sentence(
    "times not met: from %(before)s to %(after)s, but in all %(percent)s %% less far off"
)
RARER_BUT_FARTHER: Final = Sentence(
    "times not met: from %(before)s to %(after)s, but in all %(percent)s %% further off"
)


def compared(scene: Scene, before: Roster, after: Roster) -> ComparedView:
    """What `after` changes beside `before`; both belong to the window of the scene."""
    found = compare_judged(scene.problem, (before, scene.analysis(before)), (after, scene.analysis(after)))
    return ComparedView(
        rules=tuple(rule_line(change) for change in sorted(found.rules, key=_weight)),
        people=_people(scene, found),
        venues=_venues(scene, found, before, after),
        shifts=tuple(
            ShiftLine(
                scene.names.label(scene.problem.shift[c.shift]),
                tuple(map(scene.names.expert, c.before)),
                tuple(map(scene.names.expert, c.after)),
            )
            for c in found.shifts
        ),
        more_filled=found.coverage[1].filled - found.coverage[0].filled,
    )


def _weight(change: RuleChange) -> tuple[Level, int, str]:
    return change.level, -abs(change.after - change.before), change.name


def rule_line(change: RuleChange) -> RuleLine:
    """How much better or worse a rule is kept: how often, and how far off where that alone does not tell."""
    better = change.after < change.before
    before, after = change.times
    percent = round(100 * abs(change.after - change.before) / max(1, change.before))
    values: dict[str, object] = {"before": before, "after": after, "percent": max(1, percent)}
    if before == after:
        said = NEARER if better else FARTHER
    elif (after < before) == better:
        said = BROKEN if change.level is Level.HARD else OFTEN
    else:
        said = OFTENER_BUT_NEARER if better else RARER_BUT_FARTHER
    return RuleLine(change.name, change.level, better, Sentence(said.text, values))


def _people(scene: Scene, found: Comparison) -> tuple[PersonLine, ...]:
    lines = [
        PersonLine(scene.names.named(p.expert), len(p.gains), len(p.loses), p.minutes_before, p.minutes_after)
        for p in found.people
    ]
    return tuple(sorted(lines, key=lambda line: (-line.gains - line.loses, line.person.name, line.person.id)))


def _venues(scene: Scene, found: Comparison, before: Roster, after: Roster) -> tuple[VenueLine, ...]:
    shifts = Counter(scene.problem.shift[change.shift].venue for change in found.shifts)
    were, are = _gaps(scene, before), _gaps(scene, after)
    lines = [
        VenueLine(Named(venue, scene.names.venue(venue)), count, were[venue], are[venue])
        for venue, count in shifts.items()
    ]
    return tuple(sorted(lines, key=lambda line: (-line.shifts, line.venue.name, line.venue.id)))


def _gaps(scene: Scene, roster: Roster) -> Counter[str]:
    """The open places of every venue."""
    found: Counter[str] = Counter()
    for shift in scene.problem.shifts:
        found[shift.venue] += open_places(shift, len(roster.by_shift.get(shift.id, ())), scene.now)
    return found
