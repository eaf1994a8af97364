"""The database schema, one file per subject; rows never leave the store."""

from scheduler.store.tables.accounts import AccountRow, AttemptRow, FeedRow, KeyRow, SessionRow
from scheduler.store.tables.base import Row, Utc
from scheduler.store.tables.cover import RequestRow, ShiftRow
from scheduler.store.tables.people import ContractRow, ExclusionRow, ExpertRow, ProfileRow, QualificationRow, WorkedRow
from scheduler.store.tables.places import ActivityRow, NeighbourhoodRow, TravelRow, VenueRow
from scheduler.store.tables.records import AuditRow, MarkRow, MessageRow, SettingRow
from scheduler.store.tables.rosters import (
    AssignmentRow,
    BookingRow,
    ResponseRow,
    StepRow,
    VersionRow,
    WithdrawalRow,
)
from scheduler.store.tables.runs import RunRow

__all__ = [
    "AccountRow",
    "ActivityRow",
    "AssignmentRow",
    "AttemptRow",
    "AuditRow",
    "BookingRow",
    "ContractRow",
    "ExclusionRow",
    "ExpertRow",
    "FeedRow",
    "KeyRow",
    "MarkRow",
    "MessageRow",
    "NeighbourhoodRow",
    "ProfileRow",
    "QualificationRow",
    "RequestRow",
    "ResponseRow",
    "Row",
    "RunRow",
    "SessionRow",
    "SettingRow",
    "ShiftRow",
    "StepRow",
    "TravelRow",
    "Utc",
    "VenueRow",
    "VersionRow",
    "WithdrawalRow",
    "WorkedRow",
]
