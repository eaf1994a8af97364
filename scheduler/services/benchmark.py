"""What does the optimiser make of an instance that others publish? Through the ordinary domain, rules and solver."""

import errno
import stat
import time
from dataclasses import replace
from pathlib import Path

from scheduler.domain.availability import AvailabilityLevel
from scheduler.domain.errors import Sentence
from scheduler.domain.problem import Problem
from scheduler.domain.runs import RunSettings
from scheduler.exchange.curtois import read_instance, solution_bytes
from scheduler.exchange.faults import Fault
from scheduler.rules.activity_successions import ActivitySuccessions
from scheduler.rules.availability import Availability
from scheduler.rules.contract_hours_in_window import ContractHoursInWindow
from scheduler.rules.contract_one_shift_a_day import ContractOneShiftADay
from scheduler.rules.dated_wishes import DatedWishes
from scheduler.rules.graded_staffing import GradedStaffing
from scheduler.rules.personal_days_in_a_row import PersonalDaysInARow
from scheduler.rules.personal_days_off_together import PersonalDaysOffTogether
from scheduler.rules.personal_shifts_of_activity import PersonalShiftsOfActivity
from scheduler.rules.personal_weekends import PersonalWeekends
from scheduler.rules.personal_work_days_together import PersonalWorkDaysTogether
from scheduler.rules.rule import Rule
from scheduler.services.files import BadFiles, peak_mb
from scheduler.services.solving import JUDGING_SHARE, Asked, solve_problem
from scheduler.services.targets import require_targets, write_whole

RULES: tuple[Rule, ...] = (
    Availability(AvailabilityLevel.ASK_FIRST),
    ContractOneShiftADay(),
    ActivitySuccessions(),
    PersonalShiftsOfActivity(),
    ContractHoursInWindow(least_is_hard=True),
    PersonalDaysInARow(),
    PersonalWorkDaysTogether(),
    PersonalDaysOffTogether(),
    PersonalWeekends(),
    GradedStaffing(),
    DatedWishes(points_a_weight=1),
)
"""What the public format asks, by rules of our rulebook; all that is soft counts at one level, point for point."""

MOST_BYTES = 50_000_000


def solve_instance(
    path: Path, settings: RunSettings, output: Path, *, began: float | None = None, stop: Asked | None = None
) -> dict[str, object]:
    """Solve a public instance, write its solution, and say what the rules in words find in it.

    The time limit counts from `began` on the monotonic clock, or from now. Raises BadFiles.
    """
    began = time.monotonic() if began is None else began
    require_targets((output,), (path,))
    problem = read_problem(path)
    asked = replace(settings, seconds=settings.seconds * (1 - JUDGING_SHARE))
    solved = solve_problem(problem, RULES, asked, stop=stop, began=began)
    write_whole(output, solution_bytes(problem, solved.roster))
    return {
        "instance": path.stem,
        "objective": solved.analysis.score.preference,
        "bound": solved.outcome.bound.preference,
        "status": solved.outcome.status.value,
        "hard_violations": len(solved.analysis.hard),
        "seconds": round(time.monotonic() - began, 2),
        "peak_mb": peak_mb(),
    }


def read_problem(path: Path) -> Problem:
    """The problem of a public instance; BadFiles with every fault of the file."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise OSError(errno.EINVAL, "not an ordinary file")
        if path.stat().st_size > MOST_BYTES:
            raise OSError(errno.EFBIG, "the file is too large")
        data = path.read_bytes()
    except OSError as error:
        why = Sentence("The file cannot be read: %(why)s.", {"why": error.strerror or "?"})
        raise BadFiles((Fault(path.name, None, None, why),), 1) from error
    instance = read_instance(path.name, data)
    if instance.problem is None:
        raise BadFiles(instance.faults, instance.total)
    return instance.problem
