"""What does an expert see of a shift: where, with whom, and what was answered?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from scheduler.domain.errors import Sentence
from scheduler.domain.people import Expert, ExpertId
from scheduler.domain.places import Travel
from scheduler.domain.responses import Answer, Response
from scheduler.domain.roster import Withdrawal
from scheduler.domain.shifts import Shift, ShiftId
from scheduler.domain.time import Fold, Span, local_instant
from scheduler.services.context import Agency, App, agency_of
from scheduler.services.expert_views import CardState, MonthHours, ShiftCard
from scheduler.services.names import Names
from scheduler.services.pay import pay_kept
from scheduler.services.places import UNDO
from scheduler.services.visits import names_of
from scheduler.services.written import is_by_planner
from scheduler.store import Work

FAMILIAR: Final = timedelta(days=91)
STATES: Final = {
    Answer.YES: CardState.YES,
    Answer.NO: CardState.NO,
    Answer.TALK: CardState.TALK,
    Answer.UNDONE: CardState.ASKED,
}


@dataclass(frozen=True)
class Desk:
    """What the cards of one expert are written from, read in one go."""

    expert: Expert
    agency: Agency
    now: datetime
    names: Names
    shifts: dict[ShiftId, Shift]
    booked: dict[ShiftId, list[ExpertId]]
    answers: dict[ShiftId, Response]
    visits: Counter[str]
    pinned: set[ShiftId]
    call_up_term: timedelta
    withdrawn: dict[ShiftId, Withdrawal]
    called_off: set[ShiftId]
    pay: dict[ShiftId, Sentence]
    elsewhere: set[ShiftId]
    """Shifts that she just said no to and at whose time she works on another one by now."""

    def state(self, shift: Shift) -> CardState:
        """What she said, or that the shift is no longer hers; a no stays a no."""
        newest = self.answers.get(shift.id)
        said = STATES[newest.answer] if newest else CardState.ASKED
        if said is CardState.NO or self.expert.id in self.booked[shift.id] or shift.id not in self.withdrawn:
            return said
        return CardState.CALLED_OFF if shift.id in self.called_off else CardState.TAKEN_OFF

    def undo_until(self, shift: Shift) -> datetime | None:
        """Until when a no can be taken back; None when it cannot, the place is gone or she works elsewhere then."""
        newest = self.answers.get(shift.id)
        if newest is None or newest.answer is not Answer.NO or shift.id in self.called_off:
            return None
        until = min(newest.at + UNDO, shift.span.start)
        free = len(self.booked[shift.id]) < shift.demand.most and shift.id not in self.elsewhere
        return until if free and self.now < until else None

    def undo_over(self, shift: Shift) -> Sentence | None:
        """Why a no to a coming shift can no longer be taken back; None when it can, or when there is no such no."""
        newest = self.answers.get(shift.id)
        is_no = newest is not None and newest.answer is Answer.NO and shift.id not in self.called_off
        if newest is None or not is_no or shift.span.start <= self.now or self.undo_until(shift):
            return None
        if shift.id in self.elsewhere:
            return Sentence("You work on another shift then by now.")
        if len(self.booked[shift.id]) >= shift.demand.most:
            return Sentence("The place has been given to somebody else by now.")
        return Sentence("Taking your answer back yourself is no longer possible.")

    def just_refused(self, shift: Shift) -> bool:
        """Whether the newest answer is a no of so short ago that its undo was promised."""
        newest = self.answers.get(shift.id)
        return newest is not None and newest.answer is Answer.NO and self.now < newest.at + UNDO

    def card(self, shift: Shift, month: MonthHours | None = None, reasons: tuple[Sentence, ...] = ()) -> ShiftCard:
        """The card of one shift, with hours and reasons where these are given."""
        here = self.expert.id in self.booked[shift.id]
        state = self.state(shift)
        venue = self.names.venues.get(shift.venue)
        home, place = self.expert.home, venue.place if venue else None
        minutes = Travel().minutes(home, place, self.expert.travel_mode) if home and place else None
        return ShiftCard(
            shift=self.names.label(shift),
            venue=self.names.card(shift.venue),
            role=self.names.role(shift),
            state=state,
            colleagues=tuple(sorted(self.names.first(e) for e in self.booked[shift.id] if e != self.expert.id)),
            pinned=here and shift.id in self.pinned,
            invitation=state is CardState.ASKED and shift.span.start < self.now + self.call_up_term,
            can_answer=here and shift.span.start > self.now,
            call_up_term=self.call_up_term,
            travel_minutes=minutes,
            travel_mode=self.expert.travel_mode,
            leave_at=None if minutes is None else shift.span.start - timedelta(minutes=-(-minutes // 5) * 5),
            undo_until=self.undo_until(shift),
            undo_over=self.undo_over(shift),
            reasons=reasons,
            month=month,
            pay=self.pay.get(shift.id),
            written_down=is_by_planner(self.answers.get(shift.id)),
        )

    def cards(self, shifts: Iterable[Shift]) -> tuple[ShiftCard, ...]:
        """The cards of some shifts, by start."""
        return tuple(self.card(s) for s in sorted(shifts, key=lambda s: s.span.start))


def desk_of(app: App, work: Work, expert: ExpertId, shifts: Iterable[ShiftId]) -> Desk:
    """Read what the cards of these shifts need."""
    now = app.clock()
    ids = list(shifts)
    booked = {id: work.bookings.of_shift(id) for id in ids}
    past = work.history.within(Span(now - FAMILIAR, now), expert)
    known = work.shifts.find_many(ids)
    answers = {a.shift: r for a, r in work.responses.newest_to(ids).items() if a.expert == expert}
    just = [id for id, r in answers.items() if r.answer is Answer.NO and now < r.at + UNDO and id in known]
    agency = agency_of(work)
    called_off = work.shifts.called_off(ids)
    pay = {id: pay_kept(app, work, shift, expert) for id, shift in known.items() if id in called_off}
    return Desk(
        expert=work.experts.get(expert),
        agency=agency,
        now=now,
        names=names_of(work, {e for here in booked.values() for e in here} | {expert}),
        shifts={id: known[id] for id in ids if id in known},
        booked=booked,
        answers=answers,
        visits=Counter(venue for worked, venue in past if venue is not None and worked.end <= now),
        pinned=work.rosters.pinned_to(expert),
        call_up_term=app.call_up_term(agency.window(agency.today(now))),
        withdrawn=work.withdrawals.of_expert(expert),
        called_off=called_off,
        pay={id: said for id, said in pay.items() if said},
        elsewhere={id for id in just if any(a.shift != id for a in work.bookings.of_expert(expert, known[id].span))},
    )


def month_of(app: App, work: Work, expert: Expert, day: date) -> MonthHours:
    """Working minutes in the local month of a day, done and planned; a shift counts in the month in which it starts.

    Work of before this system counts as it does for the rules, so that a limit is full here when it is full there.
    """
    now = app.clock()
    worked = work.history.within(month_span(day, agency_of(work)), expert.id)
    inside = [Span(past.start, past.end) for past, _ in worked]
    done = sum(app.working_minutes(s) for s in inside if s.end <= now)
    planned = sum(app.working_minutes(s) for s in inside if s.end > now)
    return MonthHours(day.replace(day=1), done, planned, expert.limits.minutes_a_month)


def month_span(day: date, agency: Agency) -> Span:
    """From local midnight of the first of the month to that of the next."""
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    return Span(*(local_instant(d, datetime.min.time(), agency.zone, Fold.FIRST) for d in (first, after)))
