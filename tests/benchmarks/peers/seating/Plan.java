package seating;

import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.solution.ProblemFactProperty;
import ai.timefold.solver.core.api.score.buildin.hardmediumsoftlong.HardMediumSoftLongScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All seats with their values, and what they are worth. */
@PlanningSolution
public class Plan {
    @ProblemFactProperty
    public Facts facts;

    @PlanningEntityCollectionProperty
    public List<Seat> seats;

    @PlanningScore
    public HardMediumSoftLongScore score;

    public Plan() {
    }

    /** Every seat empty. */
    Plan(Facts facts) {
        this.facts = facts;
        seats = new ArrayList<>();
        Map<Integer, Value> values = new HashMap<>();
        for (int number = 0; number < facts.seatAt.length - 1; number++) {
            List<Value> allowed = new ArrayList<>();
            for (int value : Arrays.copyOfRange(facts.seatValue, facts.seatAt[number], facts.seatAt[number + 1])) {
                allowed.add(values.computeIfAbsent(value, Value::new));
            }
            seats.add(new Seat(number, -facts.seatOrder[number], allowed));
        }
    }
}
