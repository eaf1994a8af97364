"""Small instances in the public format, invented for tests."""

import random

KINDS = ("early", "late", "night")
TINY = """# A small invented instance
SECTION_HORIZON
# The horizon length in days:
14

SECTION_SHIFTS
# ShiftID, Length in mins, Shifts which cannot follow this shift | separated
E,480,
L,600,E

SECTION_STAFF
# ID, MaxShifts, most and least minutes, longest and shortest run of work days, shortest run of days off, MaxWeekends
A,E=14|L=3,4800,1440,5,2,2,1
B,E=14|L=14,4800,1440,5,2,3,1
C,E=0|L=14,4800,0,4,1,2,2

SECTION_DAYS_OFF
# EmployeeID, DayIndexes (start at zero)
A,0
B,5,6

SECTION_SHIFT_ON_REQUESTS
# EmployeeID, Day, ShiftID, Weight
A,2,E,2
A,0,L,3

SECTION_SHIFT_OFF_REQUESTS
# EmployeeID, Day, ShiftID, Weight
C,12,L,4

SECTION_COVER
# Day, ShiftID, Requirement, Weight for under, Weight for over
""" + "".join(f"{day},E,1,100,1\n{day},L,{int(day % 7 < 5)},50,3\n" for day in range(13))  # fmt: skip


def random_text(rng: random.Random) -> str:
    """An instance of two or three weeks with a handful of people; not every one can be solved."""
    days, kinds = rng.choice([14, 21]), KINDS[: rng.randrange(1, 4)]
    staff = [f"P{n}" for n in range(rng.randrange(2, 6))]
    lines = ["SECTION_HORIZON", str(days), "SECTION_SHIFTS"]
    lines += [f"{kind},{rng.choice([240, 480, 600])},{'|'.join(kinds[:n])}" for n, kind in enumerate(kinds)]
    lines.append("SECTION_STAFF")
    for who in staff:
        caps = "|".join(f"{kind}={rng.choice([0, 2, 5, days])}" for kind in kinds)
        lines.append(f"{who},{caps},{rng.choice([2400, 4800])},{rng.choice([0, 960])},{rng.choice([3, 5])},")
        lines[-1] += f"{rng.randrange(1, 4)},{rng.randrange(1, 4)},{rng.randrange(3)}"
    lines += ["SECTION_DAYS_OFF", *(f"{who},{rng.randrange(days)},{rng.randrange(days)}" for who in staff)]
    for section in ("ON", "OFF"):
        lines.append(f"SECTION_SHIFT_{section}_REQUESTS")
        cells = {(rng.choice(staff), rng.randrange(days), rng.choice(kinds)) for _ in range(8)}
        lines += [f"{who},{day},{kind},{rng.randrange(1, 4)}" for who, day, kind in sorted(cells)]
    lines.append("SECTION_COVER")
    cover = [(day, kind) for day in range(days) for kind in kinds if rng.random() < 0.9]
    lines += [f"{day},{kind},{rng.randrange(3)},{rng.choice([10, 100])},{rng.choice([0, 1, 5])}" for day, kind in cover]
    return "\n".join(lines) + "\n"
