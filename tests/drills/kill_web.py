"""Is everything there that the web server acknowledged before it was killed, whole and once? (P01, P06)"""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import count, cycle

from sqlalchemy import text

from scheduler.domain.accounts import Account, AccountRole
from scheduler.domain.roster import Assignment
from scheduler.services.context import App, Viewer
from scheduler.services.cover import cancel_request
from scheduler.store import Work
from tests.drills.report import Count
from tests.drills.town import Town, Yard, kill
from tests.drills.visitor import NotSent, Page, Unknown, Visitor, new_key

KILL_AFTER = (0.3, 1.5)
REPEATED = 5
NOTE = "kill drill"


@dataclass
class Deed:
    """One form, with what is known of its outcome: acknowledged, refused, or unknown."""

    path: str
    fields: dict[str, str]
    key: str = field(default_factory=new_key)
    outcome: str = "unknown"


@dataclass
class Client:
    """One person who sends forms as fast as they are answered, until the line breaks."""

    visitor: Visitor
    deeds_of: Callable[["Client"], Iterator[Deed]]
    sent: list[Deed] = field(default_factory=list)
    last: Page = field(default_factory=lambda: Page(0, ""))

    def storm(self) -> None:
        """Send forms until the server is gone."""
        for deed in self.deeds_of(self):
            if not self.send(deed):
                return

    def send(self, deed: Deed) -> bool:
        """Send one form; False when the line broke."""
        try:
            self.sent.append(deed)
            self.last = self.visitor.post(deed.path, deed.fields, deed.key)
        except NotSent:
            self.sent.pop()
            return False
        except Unknown:
            return False
        deed.outcome = "acknowledged" if self.last.acknowledged else "refused"
        if self.last.status >= 500:
            deed.outcome = f"error {self.last.status}"
        return True


def coordinator(venue: str, activity: str, day: str, client: Client) -> Iterator[Deed]:
    """Ask for somebody, take it back, ask again."""
    form = {"activity": activity, "first": day, "hours": "morning", "headcount": "1", "repeat": "once"}
    for number in count():
        yield Deed(
            f"/venue/{venue}/ask",
            form | {"until": "", "wish": "", "sure": "again,holiday", "note": f"{NOTE} {venue} {number}"},
        )
        if client.last.acknowledged and number % 2:
            request = client.last.location.split("?")[0]
            yield Deed(f"{request}/cancel", {"edition": "1"})


def expert(shifts: list[str], client: Client) -> Iterator[Deed]:
    """Answer the own shifts, in every way and back."""
    for shift, step in cycle((s, a) for s in shifts for a in ("yes", "talk", "no", "undo")):
        path = f"/expert/shifts/{shift}"
        yield Deed(f"{path}/undo", {}) if step == "undo" else Deed(f"{path}/answer", {"answer": step})


def planner(window: str, pairs: list[Assignment], client: Client) -> Iterator[Deed]:
    """Pin and unpin people on the draft, each time on the edition that the page shows."""
    for pair, change in cycle((p, c) for p in pairs for c in ("pin", "unpin")):
        try:
            page = client.visitor.get(f"/planner/shifts/{pair.shift}?window={window}")
        except (NotSent, Unknown):
            return
        edition = client.visitor.hidden(page, "edition")
        fields = {"expert": pair.expert, "edition": edition, "window": window}
        yield Deed(f"/planner/shifts/{pair.shift}/{change}", fields)


def crowd_of(town: Town, clients: int) -> list[Client]:
    """So many people of the sample, signed in: a planner, and experts and coordinators in turn."""
    app = town.app
    day = (app.agency().today(app.clock()) + timedelta(days=20)).isoformat()
    with app.database.reading() as work:
        accounts = sorted(work.accounts.all(), key=lambda a: a.id)
        booked = work.bookings.in_window(app.window())
        coming = {s.id for s in work.shifts.in_window(app.window()) if s.span.start > app.clock() + timedelta(days=5)}
        activity = min(a.id for a in work.activities.all() if not a.two_present)
    roster = booked.by_expert
    busy = [a for a in accounts if a.expert and len(coming & set(roster.get(a.expert, ()))) >= 3]
    houses = [a for a in accounts if a.role is AccountRole.COORDINATOR]
    pairs = [Assignment(str(busy[-1].expert), s) for s in sorted(coming & set(roster[str(busy[-1].expert)]))]
    people: list[tuple[Account, Callable[[Client], Iterator[Deed]]]] = [
        (
            next(a for a in accounts if a.role is AccountRole.PLANNER),
            partial(planner, app.window().first.isoformat(), pairs),
        )
    ]
    for house, one in zip(houses, busy[:-1], strict=False):
        shifts = sorted(coming & set(roster[str(one.expert)]))
        people += [
            (house, partial(coordinator, min(house.venues), activity, day)),
            (one, partial(expert, shifts)),
        ]
    found = []
    for account, deeds_of in people[:clients]:
        visitor = Visitor(town.port)
        visitor.sign_in(account.email, town.password)
        found.append(Client(visitor, deeds_of))
    return found


def run(yard: Yard, rounds: int, rng: random.Random, fault: str = "", clients: int = 6) -> Count:
    """Kill the web server so many times under a storm of forms; a planted fault ends the drill when it is found."""
    found = Count()
    restarts = []
    with yard.town() as town:
        web, _ = town.start_web(fault)
        crowd = crowd_of(town, clients)
        for _ in range(rounds):
            for client in crowd:
                client.sent.clear()
            _storm_and_kill(crowd, web, rng)
            web, seconds = town.start_web(fault)
            restarts.append(seconds)
            _count_round(town.app, crowd, found)
            if fault and found.lost:
                break
            _tidy(town.app)
    restarts.sort()
    found.figures["restart median s"] = round(restarts[len(restarts) // 2], 1)
    found.figures["restart worst s"] = round(restarts[-1], 1)
    return found


def _storm_and_kill(crowd: list[Client], web: object, rng: random.Random) -> None:
    threads = [threading.Thread(target=client.storm, daemon=True) for client in crowd]
    for thread in threads:
        thread.start()
    while sum(len(client.sent) for client in crowd) < len(crowd):
        time.sleep(0.01)
    time.sleep(rng.uniform(*KILL_AFTER))
    kill(web)  # type: ignore[arg-type]
    for thread in threads:
        thread.join(60)


def _count_round(app: App, crowd: list[Client], found: Count) -> None:
    deeds = [deed for client in crowd for deed in client.sent]
    found.attempts += len(deeds)
    for outcome, number in Counter(deed.outcome for deed in deeds).items():
        found.add(outcome, number)
        if outcome.startswith("error"):
            found.faults.append(f"{number} answers with {outcome}")
    with app.database.reading() as work:
        stored = _audited(work)
        found.add("unknown but stored", sum(d.outcome == "unknown" and stored[d.key] == 1 for d in deeds))
        _compare(deeds, stored, found)
        _look_for_halves(work, found)
    again = [d for d in deeds if d.outcome == "unknown"]
    again += [d for c in crowd for d in c.sent if d.outcome == "acknowledged"][-REPEATED:]
    for client in crowd:
        for deed in (d for d in client.sent if d in again):
            before, page = deed.outcome, client.visitor.post(deed.path, deed.fields, deed.key)
            found.add("repeated")
            if before == "acknowledged" and not page.acknowledged:
                found.faults.append(f"repeated {deed.path} is answered with {page.status}")
            deed.outcome = "acknowledged" if page.acknowledged else "refused"
    with app.database.reading() as work:
        _compare(deeds, _audited(work), found)
        _look_for_halves(work, found)


def _audited(work: Work) -> Counter[str]:
    """How often each key did something, by the book of deeds."""
    return Counter(entry.request_id for entry in work.audit.all())


def _compare(deeds: list[Deed], stored: Counter[str], found: Count) -> None:
    for deed in deeds:
        number = stored[deed.key]
        if deed.outcome == "acknowledged" and number == 0:
            found.faults.append(f"lost: {deed.path}")
        elif deed.outcome == "refused" and number:
            found.faults.append(f"refused but stored: {deed.path}")
        elif number > 1:
            found.faults.append(f"done {number} times: {deed.path}")


def _look_for_halves(work: Work, found: Count) -> None:
    """Every line of the book has its deed and its key, and every deed and key its line."""
    session = work.audit._session
    book = work.audit.all()
    lines = Counter(entry.request_id for entry in book)
    keys = {k: bool(empty) for k, empty in session.execute(text("SELECT key, result IS NULL FROM idempotency_key"))}
    found.faults += [
        f"half: a key without its line or result, {k}" for k, empty in keys.items() if empty or not lines[k]
    ]
    asked = {r.id: r for r in work.requests.all() if r.note.startswith(NOTE)}
    told = Counter(str(m.payload.get("request")) for m in work.outbox.all() if m.kind == "request_received")
    planners = len(work.accounts.in_role(AccountRole.PLANNER))
    submitted = {e.subject for e in book if e.action == "submit_request"}
    cancelled = {e.subject for e in book if e.action == "cancel_request"}
    found.faults += [f"half: request {r} without its line" for r in asked.keys() - submitted]
    found.faults += [f"half: request {r} is gone" for r in submitted - asked.keys()]
    found.faults += [f"half: request {r} told {told[r]} of {planners} planners" for r in asked if told[r] != planners]
    for request in asked.values():
        if (request.state.value == "cancelled") != (request.id in cancelled):
            found.faults.append(f"half: request {request.id} is {request.state.value}")
    said = {(r.expert, r.shift, r.at) for r in work.responses.all()}
    for entry in (e for e in book if e.action in {"answer", "undo_answer"} and "response" in e.fields):
        if (entry.actor.removeprefix("expert-"), entry.subject, entry.at) not in said:
            found.faults.append(f"half: the answer of {entry.actor} on {entry.subject} is gone")
    _check_whole(work, found)


def _check_whole(work: Work, found: Count) -> None:
    session = work.audit._session
    if (broken := work.audit.first_break()) is not None:
        found.faults.append(f"the book of deeds is broken at line {broken}")
    if session.connection().dialect.name == "sqlite":
        whole = session.scalar(text("PRAGMA integrity_check"))
        loose = session.execute(text("PRAGMA foreign_key_check")).all()
        if whole != "ok" or loose:
            found.faults.append(f"integrity: {whole}, {len(loose)} loose ends")
        found.add("integrity checks")


def _tidy(app: App) -> None:
    """Take back the requests of a round, so that a house never has more waiting than it may."""
    with app.database.reading() as work:
        waiting = [r.id for r in work.requests.all() if r.note.startswith(NOTE) and r.state.value == "submitted"]
        editions = {id: work.requests.edition_of(id) for id in waiting}
    for id in waiting:
        cancel_request(app, Viewer.system(), id, edition=editions[id])
