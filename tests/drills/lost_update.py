"""Of two people who save the same edition at once, does one get through and the other hear of it? (P05)"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from scheduler.domain.accounts import AccountRole
from scheduler.domain.roster import Assignment
from scheduler.store import Work
from tests.drills.report import Count
from tests.drills.same_key import Form, limits_fields, race
from tests.drills.town import Town, Yard
from tests.drills.visitor import Visitor, new_key


@dataclass(frozen=True)
class Clash:
    """Two forms on one edition, how to know which of them is stored, and how the loser opens the page again."""

    forms: tuple[Form, Form]
    stored: Callable[[Work], int | None]
    edition_page: str


def run(yard: Yard, rounds: int, rng: random.Random, fault: str = "") -> Count:
    """Two browsers open one page and save different things at the same instant; then the loser tries again."""
    found = Count()
    with yard.town() as town:
        town.start_web(fault)
        kinds = _kinds(town)
        for number in range(rounds):
            clash = kinds[number % len(kinds)](rng)
            found.attempts += 1
            _judge(town, clash, found)
            if fault and found.lost:
                break
    return found


def _judge(town: Town, clash: Clash, found: Count) -> None:
    answers = race(list(clash.forms), [new_key(), new_key()])
    path, statuses = clash.forms[0].path, sorted(answer.status for answer in answers)
    if statuses != [302, 409]:
        found.faults.append(f"{path}: two saves of one edition were answered with {statuses}")
        return
    winner = next(n for n, answer in enumerate(answers) if answer.status == 302)
    with town.app.database.reading() as work:
        if clash.stored(work) != winner:
            found.faults.append(f"{path}: what was acknowledged is not what is stored")
    loser = clash.forms[1 - winner]
    edition = loser.visitor.hidden(loser.visitor.get(clash.edition_page), "edition")
    again = loser.visitor.post(loser.path, loser.fields | {"edition": edition})
    with town.app.database.reading() as work:
        if not again.acknowledged or clash.stored(work) != 1 - winner:
            found.faults.append(f"{path}: the loser's second try is answered with {again.status}")


def _kinds(town: Town) -> list[Callable[[random.Random], Clash]]:
    app = town.app
    with app.database.reading() as work:
        accounts = sorted(work.accounts.all(), key=lambda a: a.id)
        planner = next(a for a in accounts if a.role is AccountRole.PLANNER)
        person = next(a for a in accounts if a.expert)
        venue = min(v.id for v in work.venues.all())
        window = app.window()
        late = {s.id for s in work.shifts.in_window(window) if s.span.start > app.clock() + timedelta(days=5)}
        pairs = sorted(a for a in work.bookings.in_window(window).assignments if a.shift in late)
    ilse, expert = Visitor(town.port), Visitor(town.port)
    ilse.sign_in(planner.email, town.password)
    expert.sign_in(person.email, town.password)

    def clash(
        visitor: Visitor, path: str, page: str, fields: list[dict[str, str]], stored: Callable[[Work], int | None]
    ) -> Clash:
        edition = {"edition": visitor.hidden(visitor.get(page), "edition")}
        one, other = (Form(visitor, path, each | edition, {}) for each in fields)
        return Clash((one, other), stored, page)

    def limits(rng: random.Random) -> Clash:
        fields = [limits_fields(rng), limits_fields(rng)]
        cents = [int(each["euros_a_month"]) * 100 for each in fields]

        def stored(work: Work) -> int | None:
            return _index(cents, work.experts.get(str(person.expert)).limits.cents_a_month)

        return clash(expert, "/expert/limits", "/expert/limits", fields, stored)

    def contact(rng: random.Random) -> Clash:
        names = [f"Contact {rng.randrange(10**6)}" for _ in range(2)]
        fields = [{"contact_name": name, "contact_phone": "020 000 00 00"} for name in names]
        path = f"/planner/houses/{venue}"
        return clash(ilse, path, path, fields, lambda work: _index(names, work.venues.get(venue).contact_name))

    def pins(rng: random.Random) -> Clash:
        """Two planners pin different people; the draft holds both pins in the end."""
        chosen = rng.sample(pairs, 2)
        _unpin(chosen)
        page = f"/planner/shifts/{chosen[0].shift}?window={window.first.isoformat()}"
        edition = {"edition": ilse.hidden(ilse.get(page), "edition"), "window": window.first.isoformat()}
        one, other = (
            Form(ilse, f"/planner/shifts/{pair.shift}/pin", {"expert": pair.expert} | edition, {}) for pair in chosen
        )
        known: list[Assignment] = []

        def stored(work: Work) -> int | None:
            draft = work.rosters.draft_of(window)
            fresh = [pair for pair in chosen if draft and pair in draft.pinned and pair not in known]
            known.extend(fresh)
            return chosen.index(fresh[0]) if len(fresh) == 1 else None

        return Clash((one, other), stored, page)

    def _unpin(chosen: list[Assignment]) -> None:
        page = f"/planner/shifts/{chosen[0].shift}?window={window.first.isoformat()}"
        with app.database.reading() as work:
            draft = work.rosters.draft_of(window)
        for pair in chosen:
            if draft and pair in draft.pinned:
                fields = {"expert": pair.expert, "window": window.first.isoformat()}
                fields["edition"] = ilse.hidden(ilse.get(page), "edition")
                ilse.post(f"/planner/shifts/{pair.shift}/unpin", fields)

    return [limits, contact, pins]


def _index(values: list[object] | list[int] | list[str], value: object) -> int | None:
    return list(values).index(value) if value in list(values) else None
