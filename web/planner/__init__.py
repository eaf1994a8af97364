"""What does a planner see and do? The pages of the planner face."""

from web.planner import board, publishing, records, requests, runs, today
from web.planner.face import pages

__all__ = ["board", "pages", "publishing", "records", "requests", "runs", "today"]
