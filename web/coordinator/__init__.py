"""What does a venue see and do? The pages of the coordinator face."""

from web.coordinator import asking, days, visits
from web.coordinator.face import pages

__all__ = ["asking", "days", "pages", "visits"]
