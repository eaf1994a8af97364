"""How does a person get the own shifts into a calendar, without signing in?"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from scheduler.domain.accounts import Feed
from scheduler.domain.errors import NotFound
from scheduler.domain.responses import Answer, Response
from scheduler.domain.roster import Withdrawal
from scheduler.domain.shifts import Shift
from scheduler.domain.time import Span
from scheduler.exchange.calendar import CalendarEvent, CalendarFile, EventState, etag_of
from scheduler.services import limits
from scheduler.services.context import App, Viewer, agency_of, require_expert
from scheduler.services.expert_views import FeedAddress
from scheduler.services.names import Names
from scheduler.services.unit import Result, Unit, change_once
from scheduler.services.visits import names_of
from scheduler.store import Work

BACK: Final = timedelta(days=60)
KEPT: Final = timedelta(days=60)
"""How long a place that was taken away stays in the calendar as cancelled, so that every device hears of it."""
AHEAD: Final = timedelta(days=400)
NOTE_EVERY: Final = timedelta(hours=1)
TITLES: Final = {"nl": "Dienst, %s", "en": "Shift, %s"}
STATES: Final = {
    Answer.YES: EventState.CONFIRMED,
    Answer.TALK: EventState.TENTATIVE,
    Answer.UNDONE: EventState.TENTATIVE,
    Answer.NO: EventState.CANCELLED,
}


def calendar_url_token(app: App, viewer: Viewer) -> FeedAddress:
    """Whether a feed exists, without its secret; looking makes none, because a GET page asks this."""
    expert = require_expert(viewer)
    with app.database.reading() as work:
        found = work.feeds.find(expert)
    return FeedAddress(exists=found is not None, last_used_at=found.used_at if found else None)


def rotate_calendar_token(app: App, viewer: Viewer, *, key: str = "") -> FeedAddress:
    """A new secret, also the first one, with the token in the answer; an old address stops working at once.

    The token follows from the key of the form, so that a form sent twice shows the address that works.
    """
    expert = require_expert(viewer)
    seed = f"feed|{viewer.account}|{key or secrets.token_urlsafe(32)}"
    token = hmac.new(app.config.secret.encode(), seed.encode(), hashlib.sha256).hexdigest()

    def deed(unit: Unit) -> Result:
        unit.work.feeds.rotate(expert, _hashed(token), unit.at)
        unit.record(expert, "calendar")
        return {}

    change_once(app, viewer, "rotate_calendar_token", deed, key=key)
    return FeedAddress(exists=True, token=token)


def revoke_calendar_token(app: App, viewer: Viewer, *, key: str = "") -> None:
    """No feed any more."""
    expert = require_expert(viewer)

    def deed(unit: Unit) -> Result:
        if unit.work.feeds.find(expert) is not None:
            unit.work.feeds.remove(expert)
        unit.record(expert, "calendar")
        return {}

    change_once(app, viewer, "revoke_calendar_token", deed, key=key)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def feed(
    app: App, token: str, *, address: str = "", has: Callable[[str], bool] = lambda _etag: False
) -> tuple[bytes, str]:
    """The calendar file and its ETag; NotFound for an unknown secret, TooOften when either is asked for too often.

    `has` says whether the caller has the file of an ETag; then nothing is sent, and nothing counts.
    """
    now = app.clock()
    with app.database.reading() as work:
        known = work.feeds.find_token(_hashed(token))
        account = work.accounts.of_expert(known.expert) if known else None
        if known is not None and account is not None and account.active:
            title = TITLES.get(account.language, TITLES["nl"])
            agency, events = agency_of(work), _events(app, work, known, title)
    if known is None or account is None or not account.active:
        limits.spend_now(app, limits.UNKNOWN_FEEDS, address)
        raise NotFound("There is no calendar at this address.")
    body = CalendarFile(agency.name, agency.zone, events).to_bytes()
    etag = etag_of(body)
    if not has(etag):
        limits.spend_now(app, limits.FEEDS, known.token_hash)
    if known.used_at is None or now - known.used_at >= NOTE_EVERY:
        app.database.write(lambda work: work.feeds.used(known.expert, now))
    return body, etag


def _events(app: App, work: Work, known: Feed, title: str) -> tuple[CalendarEvent, ...]:
    """Booked shifts, and as cancelled those that were the expert's: declined, called off or given to somebody else."""
    now = app.clock()
    booked = {a.shift for a in work.bookings.of_expert(known.expert, Span(now - BACK, now + AHEAD))}
    answers = work.responses.answers_of(known.expert)
    withdrawn = work.withdrawals.of_expert(known.expert)
    lately = {id for id, w in withdrawn.items() if now - KEPT < w.at}
    shifts = work.shifts.find_many(booked | set(answers) | lately)
    names = names_of(work, ())
    return tuple(
        _event(known, names, shift, answers.get(id, []), withdrawn.get(id), title, is_booked=id in booked)
        for id, shift in shifts.items()
        if now - BACK < shift.span.end < now + AHEAD
    )


def _event(  # noqa: PLR0917 -- everything an event is made of
    known: Feed,
    names: Names,
    shift: Shift,
    answers: list[Response],
    withdrawal: Withdrawal | None,
    title: str,
    *,
    is_booked: bool,
) -> CalendarEvent:
    """The sequence counts answers and every time the place was taken away or given back, so it only ever grows."""
    venue = names.card(shift.venue)
    state = STATES[answers[-1].answer] if answers else EventState.TENTATIVE
    changes = [known.created_at, *(r.at for r in answers[-1:]), *([withdrawal.at] if withdrawal else [])]
    return CalendarEvent(
        key=f"{known.expert}|{shift.id}",
        title=title % venue.name,
        span=shift.span,
        state=state if is_booked else EventState.CANCELLED,
        sequence=len(answers) + (withdrawal.changes if withdrawal else 0),
        changed_at=max(changes),
        location=venue.address,
    )
