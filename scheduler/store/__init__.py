"""Where the work is kept: one transaction, and the collections that live in it."""

from scheduler.store.database import Database, Work, open_database
from scheduler.store.problems import load_problem
from scheduler.store.steps import Change

__all__ = ["Change", "Database", "Work", "load_problem", "open_database"]
