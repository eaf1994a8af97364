"""Which messages leave now, to whom, and do they still tell the truth?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from scheduler.domain.accounts import AccountRole
from scheduler.domain.cover import RequestState
from scheduler.domain.messages import Message, MessageState
from scheduler.domain.roster import Assignment
from scheduler.domain.shifts import Shift
from scheduler.services import written
from scheduler.services.context import App, agency_of
from scheduler.services.letters import Letter, Part, write_letter
from scheduler.services.mail import Mailer, NeverTaken, NotTaken
from scheduler.services.visits import names_of
from scheduler.store import Work

BATCH: Final = 20
LEASE_SECONDS: Final = 120.0
MOST_ATTEMPTS: Final = 12
CALLED_OFF: Final = frozenset({"shift_cancelled", "day_called_off"})
"""Messages that are true as long as their shift stays called off."""
PAGES: Final = {
    AccountRole.EXPERT: "/expert/",
    AccountRole.COORDINATOR: "/venue/",
    AccountRole.PLANNER: "/planner/",
}


@dataclass(frozen=True, slots=True)
class Parcel:
    """One letter and the messages that it settles; no letter when the truth has overtaken them."""

    newest: Message
    all: tuple[Message, ...]
    letter: Letter | None
    error: str = ""
    """Why it can never leave, when there is somebody to reach and no letter."""


def send_due(app: App, mailer: Mailer | None) -> int:
    """Send what is due, urgent first, and say how many messages were settled; without a mailer they are kept."""
    now = app.clock()
    with app.database.reading() as work:
        if not work.outbox.waiting():
            return 0
    taken = app.database.write(lambda work: work.outbox.take(now, BATCH, LEASE_SECONDS))
    if mailer is None:
        app.database.write(lambda work: work.outbox.settle([m.id for m in taken], MessageState.KEPT))
        return len(taken)
    with app.database.reading() as work:
        parcels = [_packed(app, work, group) for group in grouped(taken)]
    for parcel in parcels:
        _hand_over(app, mailer, parcel)
    return len(taken)


def grouped(taken: Iterable[Message]) -> list[list[Message]]:
    """Messages of one kind to one person go together, in the order of the most urgent of them."""
    groups: dict[tuple[str, str | None, str | None, str], list[Message]] = defaultdict(list)
    for message in taken:
        subject = str(message.payload.get("request", ""))
        groups[message.kind, message.account, message.expert, subject].append(message)
    return list(groups.values())


def news_of(app: App, work: Work, group: list[Message]) -> dict[Part, list[Shift]] | None:
    """The shifts of which messages of one kind to one person still tell the truth, by part; None when none of it is."""
    kind = group[0].kind
    listed = [id for m in group for id in m.shift_ids()]
    known = work.shifts.find_many(listed)
    called_off = work.shifts.called_off(known)
    shifts = sorted(known.values(), key=lambda s: s.span.start)
    wanted = [s for s in shifts if _is_news(app, work, kind, s, called_off)]
    parts = PARTS[kind](work, group, wanted) if kind in PARTS else {Part.ABOUT: wanted}
    is_over = bool(listed) and not any(parts.values())
    return None if is_over or _is_answered(work, newest_of(group)) else parts


def newest_of(group: list[Message]) -> Message:
    """The message that speaks for a group."""
    return max(group, key=lambda m: m.created_at)


def _packed(app: App, work: Work, group: list[Message]) -> Parcel:
    newest, parts = newest_of(group), news_of(app, work, group)
    address = _address(work, newest)
    if address is None or parts is None:
        return Parcel(newest, tuple(group), None)
    (to, name, language), page = address
    if not to:
        return Parcel(newest, tuple(group), None, "no address")
    agency = agency_of(work)
    names = names_of(work, ())
    letter = write_letter(
        newest.kind,
        (to, name, language),
        {part: [names.label(s) for s in each] for part, each in parts.items()},
        agency.zone,
        app.config.base_url + page,
        agency.on_duty,
        str(newest.payload.get("reference", "")),
    )
    return Parcel(newest, tuple(group), letter)


def _gained_and_lost(work: Work, group: list[Message], shifts: list[Shift]) -> dict[Part, list[Shift]]:
    """What somebody gained and lost since the oldest of these messages, by where they are booked now."""
    had: dict[str, bool] = {}
    for message in sorted(group, key=lambda m: m.created_at):
        gained = message.shift_ids("gained")
        for id in message.shift_ids():
            had.setdefault(id, id not in gained)
    who = group[0].expert or ""
    has = {s.id for s in shifts if work.bookings.has(Assignment(who, s.id))}
    found = {
        Part.GAINED: [s for s in shifts if s.id in has and not had[s.id]],
        Part.LOST: [s for s in shifts if s.id not in has and had[s.id]],
    }
    return {part: each for part, each in found.items() if each}


PARTS: Final = {"shifts_changed": _gained_and_lost, written.KIND: written.written_parts}
"""How the shifts of a letter that has several parts are told apart."""


def _is_news(app: App, work: Work, kind: str, shift: Shift, called_off: set[str]) -> bool:
    """Whether a shift in a message still matters: not over, called off or not as it says, a free place still free."""
    if shift.span.end <= app.clock():
        return False
    if kind in CALLED_OFF:
        return shift.id in called_off
    if shift.id in called_off:
        return False
    if kind in {"shift_declined", "place_taken_again"}:
        is_open = len(work.bookings.of_shift(shift.id)) < shift.demand.required
        return is_open == (kind == "shift_declined")
    return True


def _is_answered(work: Work, message: Message) -> bool:
    if message.kind != "request_received":
        return False
    request = work.requests.find(str(message.payload.get("request", "")))
    return request is None or request.state is not RequestState.SUBMITTED


def _address(work: Work, message: Message) -> tuple[tuple[str, str, str], str] | None:
    """(address, first name, language) and the page to look at; None for somebody who is gone. No address is ""."""
    if message.account is not None:
        account = work.accounts.find(message.account)
        if account is None or not account.active:
            return None
        return (account.email, account.display_name, account.language), PAGES[account.role]
    profile = work.experts.profiles([message.expert or ""]).get(message.expert or "")
    known = work.accounts.of_expert(message.expert or "")
    email = (profile.email if profile else "") or (known.email if known else "")
    if profile is None:
        return None
    return (email, profile.first_name, known.language if known else "nl"), PAGES[AccountRole.EXPERT]


def _hand_over(app: App, mailer: Mailer, parcel: Parcel) -> None:
    older = [m.id for m in parcel.all if m is not parcel.newest]
    if parcel.letter is None:
        everybody = [m.id for m in parcel.all]
        end = MessageState.FAILED if parcel.error else MessageState.SUPERSEDED
        app.database.write(lambda work: work.outbox.settle(everybody, end, parcel.error))
        return
    try:
        mailer.send(parcel.letter, parcel.newest.message_id)
    except NotTaken as error:
        _postpone(app, parcel, str(error))
        return
    except NeverTaken as error:
        words = str(error)
        app.database.write(lambda work: work.outbox.settle([m.id for m in parcel.all], MessageState.FAILED, words))
        return

    def settle(work: Work) -> None:
        work.outbox.sent(parcel.newest.id, app.clock())
        work.outbox.settle(older, MessageState.SUPERSEDED)

    app.database.write(settle)


def _postpone(app: App, parcel: Parcel, words: str) -> None:
    def later(work: Work) -> None:
        for message in parcel.all:
            if message.attempts >= MOST_ATTEMPTS:
                work.outbox.settle([message.id], MessageState.FAILED, words)
            else:
                pause = timedelta(seconds=min(3600, 15 * 2**message.attempts))
                work.outbox.postpone(message.id, app.clock() + pause, words)

    app.database.write(later)
