"""What happens in the database when a region comes in?"""

import secrets
from collections.abc import Iterable
from datetime import UTC, datetime

from scheduler.domain.errors import Refused
from scheduler.domain.history import Visit
from scheduler.domain.responses import Answer, Response
from scheduler.domain.roster import Assignment, Roster, RosterState, RosterVersion
from scheduler.domain.score import Score
from scheduler.domain.shifts import Shift, ShiftId
from scheduler.domain.time import PlanningWindow, Span
from scheduler.exchange.region import Region
from scheduler.services.context import Agency, agency_of
from scheduler.services.unit import Unit
from scheduler.services.windows import OPENED_UNTIL
from scheduler.store import Work

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Arrival:
    """A region coming in, inside one transaction; `score` is what its published roster is worth."""

    def __init__(self, unit: Unit, region: Region, score: Score) -> None:
        self.unit, self.work, self.region, self.score = unit, unit.work, region, score

    def take_over(self) -> dict[str, int]:
        """Store everything; how many of each noun are new or other than before."""
        region, work = self.region, self.work
        changes = {
            "settings": _put_settings(work, region),
            "neighbourhoods": work.neighbourhoods.put_all(region.neighbourhoods),
            "venues": work.venues.put_all(region.venues),
            "activities": work.activities.put_all(region.activities),
            "travel": work.travel.replace(region.travel.overrides),
            "experts": work.experts.put_all(region.experts),
            "profiles": work.experts.put_profiles(region.profiles),
            "accounts": work.accounts.put_all(region.accounts),
            "requests": work.requests.put_all(region.requests),
            "shifts": work.shifts.put_all(self._shifts()),
        }
        changes["history"] = work.history.replace(self._history())
        changes["answers"] = self._decline() + self._answer()
        changes["roster"] = self._publish()
        changes["pins"] = self._pin()
        return changes

    def _shifts(self) -> list[Shift]:
        """The shifts of all windows that are open or named; those that were called off stay called off."""
        windows = self._windows()
        every = (*self.region.shifts, *(shift for window in windows for shift in self.region.shifts_in(window)))
        found = {shift.id: shift for shift in every}
        opened = str(self.work.settings.value(OPENED_UNTIL, ""))
        self.work.settings.put(OPENED_UNTIL, max(opened, windows[-1].end.isoformat()))
        off = self._off(found)
        return [shift for id, shift in found.items() if id not in off]

    def _off(self, ids: Iterable[ShiftId]) -> set[ShiftId]:
        """Which of these shifts were called off."""
        wanted = sorted(ids)
        return {id for n in range(0, len(wanted), 500) for id in self.work.shifts.called_off(wanted[n : n + 500])}

    def _windows(self) -> list[PlanningWindow]:
        own = self.region.window
        agency = Agency(anchor=own.first, window_days=own.days, zone_name=own.zone_name)
        coming = [w for w in agency.windows(self.unit.at)[1:] if w.first > own.first]
        return [own, *coming]

    def _history(self) -> list[Visit]:
        """The worked shifts of the file that are not bookings of this database: those it knows already."""
        before = Span(LONG_AGO, self.region.window.span.start)
        imported = {worked for worked, _ in self.work.history.imported()}
        booked = {worked for worked, _ in self.work.history.within(before)} - imported
        return [visit for visit in self.region.history if visit.worked not in booked]

    def _known(self, assignments: Iterable[Assignment]) -> frozenset[Assignment]:
        """The pairs whose shift is there and was not called off."""
        pairs = frozenset(assignments)
        shifts = self.work.shifts.find_many({a.shift for a in pairs})
        off = self._off(shifts)
        return frozenset(a for a in pairs if a.shift in shifts and a.shift not in off)

    def _decline(self) -> int:
        before = self.work.responses.declined_in_window(self.region.window)
        new = sorted(self._known(self.region.declines) - before)
        self.work.responses.add_all(Response(a.expert, a.shift, Answer.NO, self.unit.at) for a in new)
        for pair in new:
            self.work.bookings.discard(pair)
        return len(new)

    def _answer(self) -> int:
        """Take over each yes and each talk of who has said nothing here yet: what she said here counts."""
        found = [
            Response(a.expert, a.shift, answer, self.unit.at)
            for answer in (Answer.YES, Answer.TALK)
            for a in sorted(self._known(self.region.answers[answer]))
        ]
        heard = self.work.responses.newest_to({r.shift for r in found})
        new = [r for r in found if Assignment(r.expert, r.shift) not in heard]
        self.work.responses.add_all(new)
        return len(new)

    def _publish(self) -> int:
        """How many places have somebody else, or nobody any more, in the roster that people were told."""
        window, rosters = self.region.window, self.work.rosters
        declined = self.work.responses.declined_in_window(window)
        wanted = self._known(self.region.published.assignments) - declined
        before = self.work.bookings.in_window(window).assignments
        if not wanted or wanted == before:
            return 0
        if rosters.draft_of(window):
            raise Refused("The window of %(first)s has a draft: publish it or throw it away first.", first=window.first)
        draft = self._draft(Roster(wanted), self.region.pins & wanted)
        rosters.add(draft)
        rosters.publish(draft.published(self.unit.at, self.unit.viewer.account, self.score), draft.edition)
        return _differing(before, wanted)

    def _pin(self) -> int:
        window, rosters = self.region.window, self.work.rosters
        pins = self._known(self.region.pins) - self.work.responses.declined_in_window(window)
        draft = rosters.draft_of(window)
        source = draft or rosters.published_of(window)
        before = source.pinned if source else frozenset()
        if pins == before:
            return 0
        if draft:
            rosters.replace(draft.id, draft.edition, self._with_pins(draft.roster, pins), pins)
        else:
            rosters.add(self._draft(self._with_pins(self.work.bookings.in_window(window), pins), pins))
        return _differing(before, pins)

    def _with_pins(self, roster: Roster, pins: frozenset[Assignment]) -> Roster:
        """The roster with these pins; who is pinned leaves what she would do at the same time."""
        shifts = self.work.shifts.find_many({a.shift for a in roster.assignments | pins})
        pinned = Roster(pins).by_expert

        def meets_a_pin(a: Assignment) -> bool:
            return any(shifts[pin].span.meets(shifts[a.shift].span) for pin in pinned.get(a.expert, ()))

        return Roster(frozenset(a for a in roster.assignments if not meets_a_pin(a)) | pins)

    def _draft(self, roster: Roster, pins: frozenset[Assignment]) -> RosterVersion:
        window = self.region.window
        number = self.work.rosters.next_number(window)
        return RosterVersion(secrets.token_hex(8), number, window, RosterState.DRAFT, roster, pins, self.unit.at)


def _differing(before: frozenset[Assignment], after: frozenset[Assignment]) -> int:
    return max(len(after - before), len(before - after))


def _put_settings(work: Work, region: Region) -> int:
    window = region.window
    wanted = {
        "window_days": window.days,
        "zone_name": window.zone_name,
        "name": region.agency,
        "on_duty_name": region.on_duty_name,
        "on_duty_phone": region.on_duty_phone,
        "is_sample": region.is_sample,
    }
    if work.settings.value("anchor") is None or agency_of(work).window(window.first) != window:
        wanted["anchor"] = window.first.isoformat()
    changed = {name: value for name, value in wanted.items() if work.settings.value(name) != value}
    for name, value in changed.items():
        work.settings.put(name, value)
    return len(changed)
