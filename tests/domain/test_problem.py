"""Is what a problem works out once the same whoever asks, and in whatever order?"""

from scheduler.domain.availability import AvailabilityLevel
from tests.builders import expert, problem, roster, shift

WEEK = [shift("tue 09:00-12:00"), shift("mon 09:00-12:00"), shift("wed 09:00-12:00")]
PEOPLE = [expert("noor", available="mon 00:00-24:00"), expert("sam")]


def test_the_shifts_of_an_expert_are_those_of_the_roster_that_is_asked_about() -> None:
    made = problem(WEEK, PEOPLE)
    one, other = roster("noor: s1 s2", "sam: s3"), roster("noor: s3")
    for part in (made, made.about_expert("noor"), made.with_pins(one.assignments)):
        for _ in range(2):
            assert [s.id for s in part.shifts_of(one, "noor")] == ["s2", "s1"]
            assert [s.id for s in part.shifts_of(other, "noor")] == ["s3"]
            assert [s.id for s in part.shifts_of(other, "sam")] == []
            assert [s.id for s in part.shifts_of(one.moved_to(other.assignments), "sam")] == []


def test_how_available_somebody_is_follows_her_own_week() -> None:
    made = problem(WEEK, PEOPLE)
    for part in (made, made.about_expert("noor"), made.with_pins(roster("noor: s2").assignments)):
        for _ in range(2):
            levels = {s.id: part.level_of("noor", s.id) for s in made.shifts}
            assert levels["s1"] == levels["s3"] == AvailabilityLevel.UNAVAILABLE < levels["s2"]
            assert part.level_of("noor", "s2") == made.experts[0].availability.level_of(
                made.shift["s2"].span, made.window.zone
            )
