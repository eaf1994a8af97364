"""Who can sign in, as what, and for whom."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scheduler.domain.errors import invalid


class AccountRole(StrEnum):
    """What a person may do; deny by default."""

    PLANNER = "planner"
    COORDINATOR = "coordinator"
    EXPERT = "expert"


@dataclass(frozen=True, slots=True)
class Account:
    """A person who signs in. Coordinators name their venues, an expert account names its expert."""

    id: str
    email: str
    display_name: str
    role: AccountRole
    venues: frozenset[str] = frozenset()
    expert: str | None = None
    active: bool = True
    language: str = "nl"
    theme: str = "system"
    calm: bool = False
    is_sample: bool = False

    def __post_init__(self) -> None:
        if "@" not in self.email:
            invalid("%(email)s is not an e-mail address.", email=self.email)
        if (self.role is AccountRole.EXPERT) != (self.expert is not None):
            invalid("Account %(email)s: exactly the role expert names an expert.", email=self.email)
        if self.venues and self.role is not AccountRole.COORDINATOR:
            invalid("Account %(email)s: only a coordinator has venues.", email=self.email)


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser; only a hash of its token is stored."""

    token_hash: str
    account: str
    csrf: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something was tried, and the instant from which its limit reckons."""

    count: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """An expert's calendar address, of which only a hash is stored; `revision` grows when anything in it may change."""

    expert: str
    token_hash: str
    revision: int
    created_at: datetime
    used_at: datetime | None = None
