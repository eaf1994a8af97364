package seating;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import java.util.Comparator;
import java.util.List;

/** Takes one of its values, or none; the hardest to fill are filled first. */
@PlanningEntity(difficultyComparatorClass = Seat.Hardest.class)
public class Seat {
    @PlanningId
    public int number;

    /** The higher, the earlier the seat is filled. */
    public int difficulty;

    @ValueRangeProvider
    public List<Value> allowed;

    @PlanningVariable(allowsUnassigned = true)
    public Value value;

    public Seat() {
    }

    Seat(int number, int difficulty, List<Value> allowed) {
        this.number = number;
        this.difficulty = difficulty;
        this.allowed = allowed;
    }

    @Override
    public String toString() {
        return "seat " + number;
    }

    /** Timefold sorts from easy to hard and starts at the end. */
    public static final class Hardest implements Comparator<Seat> {
        @Override
        public int compare(Seat one, Seat two) {
            return Integer.compare(one.difficulty, two.difficulty);
        }
    }
}
