"""Does a form that is sent many times at once happen once? (P06)"""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from scheduler.domain.accounts import AccountRole
from scheduler.services.context import App
from tests.drills.report import Count
from tests.drills.town import Town, Yard
from tests.drills.visitor import Page, Visitor, new_key

RACERS = 8
_numbers = count()


@dataclass(frozen=True)
class Form:
    """A form to send: who sends it, where to, with which fields, and other fields that are also valid."""

    visitor: Visitor
    path: str
    fields: dict[str, str]
    other: dict[str, str]


def run(yard: Yard, rounds: int, rng: random.Random, fault: str = "") -> Count:
    """Race eight browsers with one key, per kind of form in turn; then replay it, and send other content under it."""
    found = Count()
    with yard.town() as town:
        town.start_web(fault)
        forms = _forms(town)
        for number in range(rounds):
            form, key = forms[number % len(forms)](rng), new_key()
            answers = race([form] * RACERS, [key] * RACERS)
            answers.append(form.visitor.post(form.path, form.fields, key))
            found.attempts += len(answers)
            _judge(town.app, form, key, answers, found)
            if not fault:
                other = form.visitor.post(form.path, form.other, key)
                if other.status != 422:
                    found.faults.append(
                        f"{form.path}: other content under the same key is answered with {other.status}"
                    )
            if fault and found.lost:
                break
    return found


def race(forms: list[Form], keys: list[str]) -> list[Page]:
    """The answers to forms that are all sent at the same instant."""
    gate, answers = threading.Barrier(len(forms)), [Page(0, "")] * len(forms)

    def send(lane: int) -> None:
        visitor = forms[lane].visitor
        own = Visitor(visitor.port, dict(visitor.cookies), visitor.csrf)
        gate.wait(30)
        answers[lane] = own.post(forms[lane].path, forms[lane].fields, keys[lane])

    lanes = [threading.Thread(target=send, args=(lane,)) for lane in range(len(forms))]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join()
    return answers


def _judge(app: App, form: Form, key: str, answers: list[Page], found: Count) -> None:
    with app.database.reading() as work:
        lines = sum(entry.request_id == key for entry in work.audit.all())
        notes = sum(r.note == form.fields.get("note") for r in work.requests.all()) if "note" in form.fields else 1
    told = sorted({(answer.status, answer.location) for answer in answers})
    if lines != 1 or notes != 1:
        found.faults.append(f"{form.path}: one key did {lines} deeds, {notes} requests")
    if len(told) != 1 or told[0][0] != 302:
        found.faults.append(f"{form.path}: one key was answered in {len(told)} ways: {told}")


def _forms(town: Town) -> list[Callable[[random.Random], Form]]:
    app = town.app
    day = (app.agency().today(app.clock()) + timedelta(days=20)).isoformat()
    with app.database.reading() as work:
        accounts = sorted(work.accounts.all(), key=lambda a: a.id)
        booked = work.bookings.in_window(app.window()).by_expert
        late = {s.id for s in work.shifts.in_window(app.window()) if s.span.start > app.clock() + timedelta(days=5)}
        activity = min(a.id for a in work.activities.all() if not a.two_present)
    house = next(a for a in accounts if a.role is AccountRole.COORDINATOR)
    person = next(a for a in accounts if a.expert and late & set(booked.get(a.expert, ())))
    shift = min(late & set(booked[str(person.expert)]))
    coordinator, expert = Visitor(town.port), Visitor(town.port)
    coordinator.sign_in(house.email, town.password)
    expert.sign_in(person.email, town.password)

    def ask(_rng: random.Random) -> Form:
        fields = {"activity": activity, "first": day, "hours": "morning", "headcount": "1", "repeat": "once"}
        fields |= {"until": "", "wish": "", "sure": "again,holiday", "note": f"same key {next(_numbers)}"}
        return Form(coordinator, f"/venue/{min(house.venues)}/ask", fields, fields | {"headcount": "2"})

    def answer(rng: random.Random) -> Form:
        said = {"answer": rng.choice(("yes", "talk"))}
        return Form(expert, f"/expert/shifts/{shift}/answer", said, {"answer": "no"})

    def limits(rng: random.Random) -> Form:
        page = expert.get("/expert/limits")
        fields = limits_fields(rng) | {"edition": expert.hidden(page, "edition")}
        return Form(expert, "/expert/limits", fields, fields | {"euros_a_month": "1"})

    return [ask, answer, limits]


def limits_fields(rng: random.Random) -> dict[str, str]:
    """The form of the own limits with some value that tells it from others."""
    fields = dict.fromkeys(("minutes_a_day", "minutes_a_week", "minutes_a_month", "shifts_a_week", "days_in_a_row"), "")
    fields |= dict.fromkeys(("travel_minutes", "earliest_start", "latest_end"), "")
    return fields | {"euros_a_month": str(rng.randrange(100, 10_000))}
