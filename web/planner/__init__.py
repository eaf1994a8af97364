"""What does a planner see and do? The pages of the planner face."""

from web.planner import board, calling_off, publishing, records, requests, runs, today, what_if
from web.planner.face import pages

__all__ = ["board", "calling_off", "pages", "publishing", "records", "requests", "runs", "today", "what_if"]
