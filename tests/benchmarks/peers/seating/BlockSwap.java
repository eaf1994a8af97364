package seating;

import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.move.AbstractMove;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Some days in a row of one expert change places with as many of another, or of the same expert. */
public final class BlockSwap extends AbstractMove<Plan> {
    private final Seat[] one;
    private final Seat[] two;

    /** A day on which an expert can do nothing has no seat. */
    BlockSwap(Seat[] one, Seat[] two) {
        this.one = one;
        this.two = two;
    }

    @Override
    public boolean isMoveDoable(ScoreDirector<Plan> director) {
        boolean differs = false;
        for (int day = 0; day < one.length; day++) {
            Value first = valueOf(one[day]);
            Value second = valueOf(two[day]);
            if (!fits(one[day], second) || !fits(two[day], first)) {
                return false;
            }
            differs |= first != second;
        }
        return differs;
    }

    private static Value valueOf(Seat seat) {
        return seat == null ? null : seat.value;
    }

    private static boolean fits(Seat seat, Value value) {
        return value == null || (seat != null && seat.allowed.contains(value));
    }

    @Override
    protected void doMoveOnGenuineVariables(ScoreDirector<Plan> director) {
        for (int day = 0; day < one.length; day++) {
            Value first = valueOf(one[day]);
            Value second = valueOf(two[day]);
            if (first != second) {
                put(director, one[day], second);
                put(director, two[day], first);
            }
        }
    }

    private static void put(ScoreDirector<Plan> director, Seat seat, Value value) {
        if (seat != null) {
            director.beforeVariableChanged(seat, "value");
            seat.value = value;
            director.afterVariableChanged(seat, "value");
        }
    }

    @Override
    public Collection<?> getPlanningEntities() {
        List<Seat> found = new ArrayList<>();
        for (int day = 0; day < one.length; day++) {
            if (valueOf(one[day]) != valueOf(two[day])) {
                found.add(one[day]);
                found.add(two[day]);
            }
        }
        found.removeIf(seat -> seat == null);
        return found;
    }
}
