"""What does a planner see and do? The pages of the planner face."""

from web.planner import publishing, records, requests, runs, today
from web.planner.face import pages

__all__ = ["pages", "publishing", "records", "requests", "runs", "today"]
