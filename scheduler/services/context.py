"""What does every use case stand on: the database, the clock, the rules, and who is looking?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from scheduler.config import Config
from scheduler.domain.accounts import Account, AccountRole
from scheduler.domain.errors import NotAllowed, NotFound
from scheduler.domain.people import ExpertId
from scheduler.domain.time import PlanningWindow
from scheduler.domain.venues import VenueId
from scheduler.services.views import OnDuty

Clock = Callable[[], datetime]
WINDOW_DAYS = 28
SYSTEM = "system"


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
class App:
    """One running installation. `clock` gives aware UTC instants; tests set it."""

    config: Config
    clock: Clock = utc_now

    def window(self, day: date | None = None) -> PlanningWindow:
        """The planning window that holds a local day; today without one."""
        raise NotImplementedError

    def windows(self) -> list[PlanningWindow]:
        """The windows that are open now: the previous, the current and the next two."""
        raise NotImplementedError

    def on_duty(self) -> OnDuty:
        """Whom to call at the agency."""
        raise NotImplementedError


def create_app_context(config: Config, clock: Clock = utc_now) -> App:
    """Open the database (checked, never upgraded here) and the rulebook."""
    return App(config, clock)


def require_planner(viewer: Viewer) -> None:
    """NotAllowed unless the viewer plans, or is the machine itself."""
    if viewer.role not in {AccountRole.PLANNER, None}:
        raise NotAllowed("Only a planner may do this.")


def require_venue(viewer: Viewer, venue: VenueId) -> None:
    """NotFound unless the viewer plans or coordinates this venue."""
    if viewer.role is AccountRole.COORDINATOR and venue in viewer.venues:
        return
    if viewer.role is AccountRole.EXPERT:
        raise NotAllowed("Only a venue or a planner may do this.")
    if viewer.role is AccountRole.COORDINATOR:
        raise NotFound("Venue %(venue)s is not there.", venue=venue)


def require_expert(viewer: Viewer) -> ExpertId:
    """The viewer's own expert id; NotAllowed for everybody else."""
    if viewer.role is not AccountRole.EXPERT or viewer.expert is None:
        raise NotAllowed("Only an expert may do this.")
    return viewer.expert
