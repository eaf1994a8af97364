"""Where the work is kept: one transaction, and the collections that live in it."""

from scheduler.store.database import Database, Work, open_database
from scheduler.store.problems import load_problem

__all__ = ["Database", "Work", "load_problem", "open_database"]
