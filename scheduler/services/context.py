"""What does every use case stand on: the database, the clock, the rules, and who is looking?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from scheduler.config import Config
from scheduler.domain.accounts import Account, AccountRole
from scheduler.domain.errors import NotAllowed, NotFound
from scheduler.domain.people import ExpertId
from scheduler.domain.time import PlanningWindow, Span, require_plannable
from scheduler.domain.venues import VenueId
from scheduler.rules import load_rulebook
from scheduler.rules.frozen_zone import call_up_term
from scheduler.rules.rule import Rule
from scheduler.rules.settings import DEFAULT_PATH
from scheduler.rules.working import working_minutes
from scheduler.services.views import OnDuty
from scheduler.store import Database, Work, open_database

Clock = Callable[[], datetime]
SYSTEM = "system"
ANCHOR = date(2024, 1, 1)


def utc_now() -> datetime:
    """The present instant, aware UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks: the account, its role and its scope. `role` is None for the command line and the worker."""

    account: str
    role: AccountRole | None
    name: str = ""
    venues: frozenset[VenueId] = frozenset()
    expert: ExpertId | None = None

    @classmethod
    def system(cls) -> "Viewer":
        """The machine itself: the command line, the worker."""
        return cls(SYSTEM, None, SYSTEM)

    @classmethod
    def of(cls, account: Account) -> "Viewer":
        """The viewer that an account is right now."""
        return cls(account.id, account.role, account.display_name, account.venues, account.expert)


@dataclass(frozen=True, slots=True)
class Agency:
    """What is set for the whole agency: where its windows begin, its zone, and whom to call."""

    anchor: date = ANCHOR
    window_days: int = 28
    zone_name: str = "Europe/Amsterdam"
    name: str = "Wijkrooster"
    on_duty_name: str = ""
    on_duty_phone: str = ""
    is_sample: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the agency counts its days."""
        return ZoneInfo(self.zone_name)

    @property
    def on_duty(self) -> OnDuty:
        """Whom to call at the agency."""
        return OnDuty(self.on_duty_name, self.on_duty_phone)

    def today(self, now: datetime) -> date:
        """The local calendar day."""
        return now.astimezone(self.zone).date()

    def window(self, day: date) -> PlanningWindow:
        """The planning window that holds a local day."""
        first = self.anchor + timedelta(
            days=(require_plannable(day) - self.anchor).days // self.window_days * self.window_days
        )
        return PlanningWindow(first, self.window_days, self.zone_name)

    def windows(self, now: datetime) -> list[PlanningWindow]:
        """The windows that are open: the one before, the current one and the next two."""
        current = self.window(self.today(now))
        return [self.window(current.first + timedelta(days=n * self.window_days)) for n in (-1, 0, 1, 2)]


def agency_of(work: Work) -> Agency:
    """The settings of the agency; defaults where nothing is set."""
    return work.recall.of("agency", ("setting",), lambda: _agency(work))


def _agency(work: Work) -> Agency:
    known = Agency()
    found = {name: work.settings.value(name, getattr(known, name)) for name in SETTINGS}
    anchor = work.settings.value("anchor", known.anchor.isoformat())
    return Agency(anchor=date.fromisoformat(str(anchor)), **found)


SETTINGS = ("window_days", "zone_name", "name", "on_duty_name", "on_duty_phone", "is_sample")


@lru_cache(maxsize=32)
def _rules(path: Path, day: date) -> tuple[Rule, ...]:
    return load_rulebook(path, day)


@dataclass(frozen=True, slots=True)
class App:
    """One running installation. `clock` gives aware UTC instants; tests set it."""

    config: Config
    database: Database
    clock: Clock = utc_now

    def agency(self) -> Agency:
        """What is set for the whole agency."""
        with self.database.reading() as work:
            return agency_of(work)

    def window(self, day: date | None = None) -> PlanningWindow:
        """The planning window that holds a local day; today without one."""
        agency = self.agency()
        return agency.window(day or agency.today(self.clock()))

    def windows(self) -> list[PlanningWindow]:
        """The windows that are open now: the one before, the current one and the next two."""
        return self.agency().windows(self.clock())

    def on_duty(self) -> OnDuty:
        """Whom to call at the agency."""
        return self.agency().on_duty

    def rules(self, day: date) -> tuple[Rule, ...]:
        """The rules in force on the first day of a window."""
        return _rules(self.config.rulebook or DEFAULT_PATH, day)

    def working_minutes(self, span: Span) -> int:
        """What a shift counts as work by the rules of its month: the break in a long one is neither work nor paid."""
        return working_minutes(self.rules(span.start.date().replace(day=1)), span.minutes)

    def call_up_term(self, window: PlanningWindow) -> timedelta:
        """How long ahead people are called; what starts sooner changes by invitation only."""
        return call_up_term(self.rules(window.first))


def create_app_context(config: Config, clock: Clock = utc_now) -> App:
    """The installation of these settings; Unsafe when its database may lose what it acknowledged."""
    return App(config, open_database(config.database_url), clock)


def require_planner(viewer: Viewer) -> None:
    """NotAllowed unless the viewer plans, or is the machine itself."""
    if viewer.role not in {AccountRole.PLANNER, None}:
        raise NotAllowed("Only a planner may do this.")


def require_venue(viewer: Viewer, venue: VenueId) -> None:
    """NotFound unless the viewer plans or coordinates this venue; NotAllowed for experts."""
    if viewer.role is AccountRole.EXPERT:
        raise NotAllowed("Only a venue or a planner may do this.")
    if viewer.role is AccountRole.COORDINATOR and venue not in viewer.venues:
        raise NotFound("There is no %(noun)s %(id)s.", noun="venue", id=venue)


def require_expert(viewer: Viewer) -> ExpertId:
    """The viewer's own expert id; NotAllowed for everybody else."""
    if viewer.role is not AccountRole.EXPERT or viewer.expert is None:
        raise NotAllowed("Only an expert may do this.")
    return viewer.expert
