"""How are people, places and shifts called in what viewers read? Ids become names here and nowhere else."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from scheduler.domain.errors import Sentence
from scheduler.domain.people import ExpertId, Profile
from scheduler.domain.shifts import Shift
from scheduler.domain.venues import ActivityType, Neighbourhood, Venue
from scheduler.services.expert_views import VenueCard
from scheduler.services.views import ActivityChoice, Named, ShiftLabel

EXPERT_VALUES = frozenset({"expert", "colleague", "experts", "colleagues"})
SHIFT_VALUES = frozenset({"shift", "other", "shifts"})


@dataclass(frozen=True)
class Names:
    """The names of one agency. Experts by first name, with as much of the surname as tells two namesakes apart."""

    profiles: Mapping[ExpertId, Profile] = field(default_factory=dict)
    venues: Mapping[str, Venue] = field(default_factory=dict)
    activities: Mapping[str, ActivityType] = field(default_factory=dict)
    neighbourhoods: Mapping[str, Neighbourhood] = field(default_factory=dict)

    @cached_property
    def _experts(self) -> dict[ExpertId, str]:
        first = Counter(p.first_name for p in self.profiles.values())
        short = {i: p.first_name if first[p.first_name] == 1 else _initialled(p) for i, p in self.profiles.items()}
        again = Counter(short.values())
        return {i: n if again[n] == 1 else self.full(i) for i, n in short.items()}

    def expert(self, expert: ExpertId) -> str:
        """The name for planners; the id when nothing is known."""
        return self._experts.get(expert, expert)

    def first(self, expert: ExpertId) -> str:
        """The first name only, for venues and colleagues; empty when nothing is known."""
        found = self.profiles.get(expert)
        return found.first_name if found else ""

    def full(self, expert: ExpertId) -> str:
        """First name and surname."""
        found = self.profiles.get(expert)
        return f"{found.first_name} {found.surname}".strip() if found else expert

    def named(self, expert: ExpertId) -> Named:
        """The expert as a link for planners."""
        return Named(expert, self.expert(expert))

    def venue(self, venue: str) -> str:
        """The name of a venue."""
        found = self.venues.get(venue)
        return found.name if found else venue

    def activity(self, activity: str) -> str:
        """The name of an activity type."""
        found = self.activities.get(activity)
        return found.name if found else activity

    def activity_choice(self, activity: str) -> ActivityChoice | str:
        """The activity type for a sentence that is read in several languages; the id when nothing is known."""
        found = self.activities.get(activity)
        if found is None:
            return activity
        return ActivityChoice(found.id, found.name, found.role, found.minimum_minutes, found.two_present)

    def neighbourhood(self, neighbourhood: str) -> str:
        """The name of a neighbourhood."""
        found = self.neighbourhoods.get(neighbourhood)
        return found.name if found else neighbourhood

    def role(self, shift: Shift) -> str:
        """The role id that the shift's activity asks."""
        found = self.activities.get(shift.activity)
        return found.role if found else ""

    def label(self, shift: Shift) -> ShiftLabel:
        """When, where and what."""
        return ShiftLabel(
            shift.id,
            shift.venue,
            self.venue(shift.venue),
            shift.activity,
            self.activity(shift.activity),
            shift.span.start,
            shift.span.end,
        )

    def labels(self, shifts: Iterable[Shift]) -> tuple[ShiftLabel, ...]:
        """Labels in order of start."""
        return tuple(self.label(s) for s in sorted(shifts, key=lambda s: (s.span.start, s.id)))

    def card(self, venue: str) -> VenueCard:
        """Where it is and whom to ask for there."""
        found = self.venues.get(venue)
        if found is None:
            return VenueCard(venue, venue, "", "", (), "", "")
        return VenueCard(
            found.id,
            found.name,
            found.kind,
            found.address,
            tuple(sorted(found.attributes)),
            found.contact_name,
            found.contact_phone,
        )

    def say(self, sentence: Sentence, shifts: Mapping[str, Shift] | None = None) -> Sentence:
        """The sentence with names in the place of ids, by the name of the value: a shift becomes its ShiftLabel."""
        said = {name: self._said(name, value, shifts or {}) for name, value in sentence.values.items()}
        return replace(sentence, values=said)

    def _said(self, name: str, value: object, shifts: Mapping[str, Shift]) -> object:
        found = value
        if isinstance(value, Sentence):
            found = self.say(value, shifts)
        elif isinstance(value, (tuple, list)):
            found = tuple(self._said(name, v, shifts) for v in value)
        elif isinstance(value, str) and name in SHIFT_VALUES:
            found = self.label(shifts[value]) if value in shifts else value
        elif isinstance(value, str) and name in EXPERT_VALUES:
            found = self.expert(value)
        elif isinstance(value, str) and name in ("venue", "activity", "neighbourhood"):
            found = {"venue": self.venue, "activity": self.activity, "neighbourhood": self.neighbourhood}[name](value)
        return found


def _initialled(profile: Profile) -> str:
    return f"{profile.first_name} {profile.surname[0]}." if profile.surname else profile.first_name
