"""What does an expert see and do? The pages of the expert face."""

from web.expert import availability, calendar, limits, shifts, wishes
from web.expert.face import pages

__all__ = ["availability", "calendar", "limits", "pages", "shifts", "wishes"]
