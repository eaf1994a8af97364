package seating;

import ai.timefold.solver.core.api.domain.lookup.PlanningId;

/** A shift for a cell, or an expert for a place on a shift. */
public final class Value {
    @PlanningId
    public final int number;

    Value(int number) {
        this.number = number;
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
