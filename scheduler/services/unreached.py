"""Which letters did not leave, and who should get a call instead?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from scheduler.domain.accounts import Account
from scheduler.domain.errors import Sentence
from scheduler.domain.messages import Message, MessageState
from scheduler.domain.shifts import Shift
from scheduler.services.context import App, Viewer, require_planner
from scheduler.services.names import Names
from scheduler.services.notices import grouped, newest_of, news_of
from scheduler.services.views import Named, ShiftLabel
from scheduler.services.visits import names_of
from scheduler.store import Work

BACK: Final = timedelta(days=30)
SUBJECTS: Final[Mapping[str, Sentence]] = {
    "shifts_changed": Sentence("What changed in the roster"),
    "shift_cancelled": Sentence("A shift does not take place"),
    "shift_again": Sentence("A shift takes place after all"),
    "day_called_off": Sentence("A day has been called off"),
    "day_put_back": Sentence("A day takes place after all"),
    "request_taken_back": Sentence("A request has been taken back"),
    "visits_changed": Sentence("Who comes to the house"),
    "request_answered": Sentence("The answer to a request"),
    "request_received": Sentence("A new request"),
    "shift_declined": Sentence("A place is free again"),
    "shift_talk": Sentence("Somebody wants to talk"),
    "place_taken_again": Sentence("A place is taken again"),
    "answer_written": Sentence("An answer that was written down"),
}
"""What a letter of each kind is about, and nothing of what it says."""


@dataclass(frozen=True, slots=True)
class LostLetter:
    """A letter that never leaves though it is still true; `expert` or `house` is whose page tells more."""

    to: str
    subject: Sentence
    since: datetime
    first: ShiftLabel | None = None
    """The first coming shift that it tells of."""
    phone: str = ""
    expert: str | None = None
    house: Named | None = None


@dataclass(frozen=True, slots=True)
class LettersView:
    """The letters of the last thirty days that did not leave, those about the soonest shifts first."""

    mails: bool
    """Whether there is a mail server now."""
    lost: tuple[LostLetter, ...]
    kept: int = 0
    """Letters from before there was a mail server that are still true; 0 as long as there is none."""


def letters(app: App, viewer: Viewer) -> LettersView:
    """What did not leave and is not overtaken by the truth; planner only."""
    require_planner(viewer)
    mails, since = app.config.mail is not None, app.clock() - BACK
    with app.database.reading() as work:
        lost = _still_true(app, work, work.outbox.ended(MessageState.FAILED, since))
        kept = _still_true(app, work, work.outbox.ended(MessageState.KEPT, since)) if mails else []
        names = names_of(work, [group[0].expert for group, _ in lost if group[0].expert])
        found = [_lost(work, names, group, shifts) for group, shifts in lost]
    ordered = sorted(found, key=lambda one: (one.first is None, one.first.start if one.first else one.since, one.to))
    return LettersView(mails, tuple(ordered), len(kept))


def lost_letters(app: App, viewer: Viewer) -> int:
    """How many letters never leave though they are still true; planner only."""
    require_planner(viewer)
    with app.database.reading() as work:
        return len(_still_true(app, work, work.outbox.ended(MessageState.FAILED, app.clock() - BACK)))


def _still_true(app: App, work: Work, messages: Iterable[Message]) -> list[tuple[list[Message], list[Shift]]]:
    """What one letter each would tell, with its shifts in order of start."""
    told = ((group, news_of(app, work, group)) for group in grouped(messages))
    return [
        (group, sorted((s for each in parts.values() for s in each), key=lambda s: s.span.start))
        for group, parts in told
        if parts is not None and _is_here(work, group[0])
    ]


def _is_here(work: Work, message: Message) -> bool:
    if message.account is None:
        return bool(work.experts.profiles([message.expert or ""]))
    account = work.accounts.find(message.account)
    return account is not None and account.active


def _lost(work: Work, names: Names, group: list[Message], shifts: list[Shift]) -> LostLetter:
    newest = newest_of(group)
    subject, since = SUBJECTS[newest.kind], min(m.created_at for m in group)
    first = names.label(shifts[0]) if shifts else None
    if newest.expert:
        phone = names.profiles[newest.expert].phone
        return LostLetter(names.full(newest.expert), subject, since, first, phone, expert=newest.expert)
    account = work.accounts.get(newest.account or "")
    house = _house(names, account, first)
    phone = names.card(house.id).contact_phone if house else ""
    return LostLetter(account.display_name, subject, since, first, phone, house=house)


def _house(names: Names, account: Account, first: ShiftLabel | None) -> Named | None:
    """The house that a coordinator's letter is about, or one of theirs."""
    venue = first.venue if first and first.venue in account.venues else min(account.venues, default=None)
    return Named(venue, names.venue(venue)) if venue else None
