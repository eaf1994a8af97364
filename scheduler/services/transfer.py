"""How does a whole region come in from its files: all or nothing, the same one only once, the sample moved to today?"""

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from scheduler.domain.accounts import AccountRole
from scheduler.domain.cover import CoverRequest, RequestState
from scheduler.domain.errors import Refused, counted
from scheduler.domain.responses import Answer, Response
from scheduler.domain.roster import Assignment, Roster
from scheduler.domain.score import Score, Violation
from scheduler.exchange.faults import FROM_DISK, Fault, Limits
from scheduler.exchange.layout import read_region, region_files
from scheduler.exchange.region import Region
from scheduler.exchange.sheets import ROSTER
from scheduler.rules.analysis import Analysis, analyse
from scheduler.rules.settings import DATA
from scheduler.services import limits
from scheduler.services.arrival import Arrival
from scheduler.services.asking import answer_due
from scheduler.services.context import App, Viewer, require_planner
from scheduler.services.exports import export_folder, export_roster_csv, export_roster_ics
from scheduler.services.sessions import hash_password
from scheduler.services.unit import Result, Unit, change_once

__all__ = [
    "ImportReport",
    "SampleSignIn",
    "export_folder",
    "export_roster_csv",
    "export_roster_ics",
    "import_folder",
    "load_sample",
    "sample_sign_ins",
]

SAMPLE = DATA / "district"
DIGEST, SAMPLE_PASSWORD = "import_digest", "sample_password"
SHOWN_VENUE, SHOWN_EXPERT = "De Zilverlinde", "Fenna"


@dataclass(frozen=True)
class ImportReport:
    """What an import found and did. `counts` are rows per file, `changes` what differs per noun.

    Nothing was stored when there is a fault, in a dry run, and when the same files were imported last.
    """

    faults: tuple[Fault, ...]
    total: int
    warnings: tuple[Fault, ...]
    counts: Mapping[str, int]
    changes: Mapping[str, int]
    dry_run: bool = False

    @property
    def changed(self) -> bool:
        """Whether anything is other than before, or would be."""
        return any(self.changes.values())


@dataclass(frozen=True, slots=True)
class SampleSignIn:
    """A sample account that the start prints."""

    role: AccountRole
    email: str
    password: str
    name: str


class _DryRun(Exception):
    """Carries what would have changed out of the transaction that it undoes."""

    def __init__(self, changes: Mapping[str, int]) -> None:
        super().__init__()
        self.changes = changes


def import_folder(
    app: App, source: Path | Mapping[str, bytes], *, dry_run: bool = False, viewer: Viewer | None = None
) -> ImportReport:
    """Take over a region from a folder or from files by name; what is not in them stays as it is.

    Planner or machine. A hard rule that its roster breaks is a warning: what people were told stands, also when
    somebody changed what she can do since. Refused when the roster differs while its window has a draft.
    """
    viewer = viewer or Viewer.system()
    require_planner(viewer)
    limits.spend_of(app, limits.IMPORTS, viewer)
    reading = read_region(source, FROM_DISK if isinstance(source, Path) else Limits())
    if reading.region is None:
        return ImportReport(reading.faults, reading.total, reading.warnings, reading.counts, {}, dry_run)
    judged = _judged(app, reading.region)
    changes = _take_over(app, viewer, reading.region, judged.score, dry_run)
    return ImportReport((), 0, (*reading.warnings, *_breaches(judged)), reading.counts, changes, dry_run)


def load_sample(app: App, folder: Path = SAMPLE) -> tuple[SampleSignIn, ...]:
    """Take over the sample, moved by whole weeks so that the first week of its window holds today.

    Requests that wait were asked shortly before now, so that no answer is late at once. All accounts get one new
    random password. Answers who the start should name.
    """
    reading = read_region(folder, FROM_DISK)
    if reading.region is None:
        raise Refused("The sample has %(count)s faults: %(first)s", count=reading.total, first=str(reading.faults[0]))
    today = app.clock().astimezone(reading.region.window.zone).date()
    region = reading.region.moved(reading.region.weeks_to(today))
    region = replace(region, published=legal_part(app, region), requests=_just_asked(app, region))
    _take_over(app, Viewer.system(), region, _judged(app, region).score, dry_run=False)
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    hashed = hash_password(password)

    def open_doors(unit: Unit) -> Result:
        for account in region.accounts:
            unit.work.accounts.set_password(account.id, hashed)
        unit.work.settings.put(SAMPLE_PASSWORD, password)
        unit.work.responses.add_all(_yeses(region, unit.at))
        unit.record("sample", "password", "responses")
        return {}

    change_once(app, Viewer.system(), "load_sample", open_doors)
    return sample_sign_ins(app)


def sample_sign_ins(app: App) -> tuple[SampleSignIn, ...]:
    """A planner, a coordinator and an expert of the sample; empty where no sample was loaded."""
    with app.database.reading() as work:
        password = work.settings.value(SAMPLE_PASSWORD)
        if not password:
            return ()
        accounts = [a for a in work.accounts.all() if a.is_sample and a.active]
        shown = {venue.id for venue in work.venues.all() if venue.name == SHOWN_VENUE}
    found: dict[AccountRole, SampleSignIn] = {}
    for account in sorted(accounts, key=lambda a: (a.display_name != SHOWN_EXPERT, not a.venues & shown, a.id)):
        found.setdefault(account.role, SampleSignIn(account.role, account.email, str(password), account.display_name))
    return tuple(found[role] for role in AccountRole if role in found)


def legal_part(app: App, region: Region) -> Roster:
    """The published roster of a region less the assignments that break a hard rule.

    A move in time can break one: a limit for a calendar month, for example, when the weeks fall in other months.
    """
    problem = replace(region.problem(), published=None, pinned=frozenset())
    rules = app.rules(region.window.first)
    known = {a for a in region.published.assignments if a.shift in problem.shift} - problem.declined
    roster = Roster(frozenset(known))
    while broken := analyse(problem, roster, rules).hard:
        doubtful = {Assignment(e, s) for violation in broken[:1] for e in violation.experts for s in violation.shifts}
        gone = max(doubtful & roster.assignments, key=lambda a: (problem.shift[a.shift].span.start, a))
        roster = roster.without(gone)
    return roster


def _judged(app: App, region: Region) -> Analysis:
    """The published roster of a region by the rules of today, as others may read it."""
    problem = replace(region.problem(), published=None, pinned=frozenset())
    known = frozenset(a for a in region.published.assignments if a.shift in problem.shift)
    return analyse(problem, Roster(known), app.rules(region.window.first)).for_others()


def _breaches(analysis: Analysis) -> Iterator[Fault]:
    """A warning for every hard rule that is broken, with how often and where first."""
    found: dict[str, list[Violation]] = {}
    for violation in analysis.hard:
        found.setdefault(violation.rule, []).append(violation)
    for rule, broken in found.items():
        sentence = counted(
            "What people were told breaks the rule '%(rule)s' in %(num)s place: %(first)s",
            "What people were told breaks the rule '%(rule)s' in %(num)s places. The first: %(first)s",
            len(broken),
            rule=rule,
            first=broken[0].sentence,
        )
        yield Fault(ROSTER.file, None, None, sentence)


def _take_over(app: App, viewer: Viewer, region: Region, score: Score, dry_run: bool) -> Mapping[str, int]:
    digest = hashlib.sha256(b"".join(n.encode() + d for n, d in sorted(region_files(region).items()))).hexdigest()

    def deed(unit: Unit) -> Result:
        if unit.work.settings.value(DIGEST) == digest:
            changes = dict.fromkeys(("same_files",), 0)
        else:
            changes = Arrival(unit, region, score).take_over()
            unit.work.settings.put(DIGEST, digest)
        unit.record(digest[:12], *sorted(name for name, count in changes.items() if count))
        if dry_run:
            raise _DryRun(changes)
        return dict(changes)

    try:
        found = change_once(app, viewer, "import_region", deed)
    except _DryRun as dry:
        return dry.changes
    return {name: int(str(count)) for name, count in found.items()}


def _just_asked(app: App, region: Region) -> tuple[CoverRequest, ...]:
    """The requests of a region; those that wait were asked within the first half of the time an answer may take."""
    now, config = app.clock().replace(second=0, microsecond=0), app.config
    waiting = [request for request in region.requests if request.state is RequestState.SUBMITTED]
    step = timedelta(hours=config.answer_hours / 2) / (len(waiting) + 1)
    asked = {request.id: now - step * number for number, request in enumerate(waiting, start=1)}

    def renewed(request: CoverRequest, at: datetime) -> CoverRequest:
        due = answer_due(at, config.answer_hours, config.service_opens, config.service_closes, region.window.zone)
        return replace(request, submitted_at=at, answer_due_at=due)

    return tuple(renewed(r, asked[r.id]) if r.id in asked else r for r in region.requests)


def _yeses(region: Region, at: datetime) -> list[Response]:
    """Two of three people have said yes already to what comes in the first two weeks."""
    window = region.window
    coming = {s.id for s in region.problem().shifts if s.span.start > at and window.day_of(s.span.start) < 14}
    told = sorted(a for a in region.published.assignments if a.shift in coming)
    return [Response(a.expert, a.shift, Answer.YES, at) for n, a in enumerate(told) if n % 3]
