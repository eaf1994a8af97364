"""What does a venue read of a place where nobody comes yet? Only whether somebody can still be asked."""

from collections.abc import Iterable
from dataclasses import replace

from scheduler.domain.errors import Sentence
from scheduler.domain.shifts import ShiftId
from scheduler.rules.diagnosis import chance_of
from scheduler.rules.voices import TO_A_VENUE
from scheduler.services.context import App, agency_of
from scheduler.services.prepared import ready_bench
from scheduler.services.scene import Scene, read_scene
from scheduler.services.venue_views import Filling, VisitView
from scheduler.store import Work


def with_reasons(app: App, work: Work, visits: Iterable[VisitView]) -> tuple[VisitView, ...]:
    """The visits, those with an open place of a published roster each with a sentence; drafts are nobody's yet."""
    now, agency = app.clock(), agency_of(work)
    found, scenes = [], {}
    for visit in visits:
        start = visit.shift.start
        if visit.later or visit.filling is Filling.FILLED or start <= now:
            found.append(visit)
            continue
        first = agency.window(agency.today(start)).first
        if first not in scenes:
            scenes[first] = read_scene(app, work, first)
        found.append(replace(visit, why=_why(scenes[first], visit.shift.id)))
    return tuple(found)


def _why(scene: Scene, shift: ShiftId) -> Sentence | None:
    """None where no roster of that time has been published, or to find out would take long."""
    bench = ready_bench(scene.problem, scene.live, scene.rules) if scene.published else None
    return TO_A_VENUE[chance_of(scene.problem, scene.live, shift, bench)] if bench else None
