"""Which limits can an expert set beyond the common ones, and what did she choose?"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from scheduler.domain.errors import Sentence
from scheduler.domain.limits import GradedLimit, OnHolidays, Period
from scheduler.domain.people import PersonalLimits
from web import forms

HOUR: Final = 60
EURO: Final = 100
MOST_EUROS: Final = {Period.WEEK: 5_000, Period.MONTH: 10_000, Period.YEAR: 100_000}
MOST_SHIFTS: Final = 31
YES: Final = "1"
CHOICES: Final[dict[str, tuple[int, ...]]] = {
    "least_days_in_a_row": (2, 3, 4, 5),
    "least_days_off_in_a_row": (2, 3, 4, 5),
    "weekends_a_window": (0, 1, 2, 3, 4),
    "start_difference_minutes": (30, 60, 90, 120, 180),
    "days_between_heavy": (1, 2, 3, 4, 5, 6, 7),
    "stand_bys_a_month": (0, 1, 2, 3, 4, 6, 8),
}
SCALES: Final[dict[str, tuple[str, int, int]]] = {
    "hours_a_year": ("minutes_a_year", HOUR, 3_000),
    "euros_a_week": ("cents_a_week", EURO, MOST_EUROS[Period.WEEK]),
    "euros_a_month": ("cents_a_month", EURO, MOST_EUROS[Period.MONTH]),
    "euros_a_year": ("cents_a_year", EURO, MOST_EUROS[Period.YEAR]),
    "load_points_a_week": ("load_points_a_week", 1, 1_000),
    "load_points_in_four_weeks": ("load_points_in_four_weeks", 1, 4_000),
}
"""Whole numbers that are typed: the limit, what one stands for, and the most."""
ANSWERS: Final[dict[str, dict[str, Any]]] = {
    "nights": {"": False, YES: True},
    "opens_alone": {"": False, YES: True},
    "closes_alone": {"": False, YES: True},
    "holidays": {"": None} | {answer.value: answer for answer in OnHolidays},
}
SIDES: Final = ("least", "most")
GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "days": ("least_days_in_a_row", "least_days_off_in_a_row", "weekends_a_window", "start_difference_minutes"),
    "money": (
        *("hours_a_year", "euros_a_week", "euros_a_year"),
        *(f"{side}_euros_a_{period}" for period in Period for side in SIDES),
    ),
    "heavy": ("load_points_a_week", "load_points_in_four_weeks", "days_between_heavy"),
    "times": ("nights", "holidays", "opens_alone", "closes_alone"),
    "stand_by": ("stand_bys_a_month",),
}
CONTRADICTION: Final = Sentence("This is more than the most that you chose.")


def values_of(limits: PersonalLimits) -> dict[str, str]:
    """These limits as the fields show them; no limit is the empty value."""
    values = {name: _shown(getattr(limits, name), 1) for name in CHOICES}
    values |= {field: _shown(getattr(limits, name), unit) for field, (name, unit, _) in SCALES.items()}
    for name, answers in ANSWERS.items():
        values[name] = next(shown for shown, answer in answers.items() if answer is getattr(limits, name))
    for period in Period:
        graded = _graded(limits, period)
        values |= {f"{side}_euros_a_{period}": _shown(getattr(graded, f"{side}_cents"), EURO) for side in SIDES}
    return values | {f"shifts_of-{activity}": str(number) for activity, number in limits.shifts_of_activity}


def read(form: forms.Form, stored: PersonalLimits, activities: Iterable[str]) -> dict[str, Any]:
    """The limits that the form changes, checked one by one; a field that was not sent leaves its limit as it is."""
    offered = {name: _options(name, stored) for name in CHOICES} | ANSWERS
    chosen: dict[str, Any] = {name: form.choice(name, offered[name]) for name in offered if name in form.values}
    for field, (name, unit, most) in SCALES.items():
        chosen[name] = _number(form, field, getattr(stored, name), unit, most)
    chosen["graded"] = _read_graded(form, stored)
    chosen["shifts_of_activity"] = _read_shifts(form, stored, activities)
    return chosen


def check(form: forms.Form, chosen: Mapping[str, Any]) -> None:
    """Note at its field each limit that contradicts another one."""
    least, most = chosen["least_days_in_a_row"], chosen["days_in_a_row"]
    if least is not None and most is not None and least > most:
        values = {"least": least, "most": most}
        text = "At least %(least)s and at most %(most)s days in a row cannot be."
        form.fault("least_days_in_a_row", Sentence(text, values))
    ceilings = {period: chosen[f"cents_a_{period}"] for period in Period}
    for graded in chosen["graded"]:
        ceiling = ceilings[graded.period]
        if graded.least_cents is not None and ceiling is not None and graded.least_cents > ceiling:
            form.fault(f"least_euros_a_{graded.period}", CONTRADICTION)


def open_groups(values: Mapping[str, str], faults: Mapping[str, object]) -> set[str]:
    """The groups in which something was filled in, or is wrong."""
    found = {group for group, names in GROUPS.items() if any(values.get(n) or n in faults for n in names)}
    kinds = {name for name in (*values, *faults) if name.startswith("shifts_of-")}
    return found | ({"kinds"} if any(values.get(name) or name in faults for name in kinds) else set())


def _shown(value: int | None, unit: int) -> str:
    return "" if value is None else str(value // unit)


def _options(name: str, stored: PersonalLimits) -> dict[str, Any]:
    current = getattr(stored, name)
    offered = {*CHOICES[name], *(() if current is None else (current,))}
    return {"": None} | {str(value): value for value in sorted(offered)}


def _number(form: forms.Form, field: str, stored: int | None, unit: int, most: int) -> int | None:
    """What was typed; an amount that was left as shown keeps its parts of a unit."""
    typed = form.values.get(field, _shown(stored, unit)).strip()
    if typed == _shown(stored, unit):
        return stored
    found = form.whole(field, 0, most) if typed else None
    return None if found is None else found * unit


def _graded(limits: PersonalLimits, period: Period) -> GradedLimit:
    return next((graded for graded in limits.graded if graded.period is period), GradedLimit(period))


def _read_graded(form: forms.Form, stored: PersonalLimits) -> tuple[GradedLimit, ...]:
    found = []
    for period in Period:
        known = _graded(stored, period)
        names = [f"{side}_euros_a_{period}" for side in SIDES]
        known_cents = (known.least_cents, known.most_cents)
        least, most = (_number(form, n, c, EURO, MOST_EUROS[period]) for n, c in zip(names, known_cents, strict=True))
        if least is not None and most is not None and least > most:
            form.fault(names[0], CONTRADICTION)
            continue
        new = replace(known, least_cents=least, most_cents=most)
        if new != GradedLimit(period):
            found.append(new)
    return tuple(found)


def _read_shifts(form: forms.Form, stored: PersonalLimits, activities: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """The number per activity type in the order they had, new ones behind them."""
    known = dict(stored.shifts_of_activity)
    names = dict.fromkeys((*known, *activities))
    found = {name: _number(form, f"shifts_of-{name}", known.get(name), 1, MOST_SHIFTS) for name in names}
    return tuple((name, number) for name, number in found.items() if number is not None)
