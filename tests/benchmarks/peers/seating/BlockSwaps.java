package seating;

import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.selector.move.factory.MoveIteratorFactory;
import java.util.Iterator;
import java.util.Random;

/** Draws block swaps without end: half of them between two experts on the same days, half within one. */
public final class BlockSwaps implements MoveIteratorFactory<Plan, BlockSwap> {
    private static final int LONGEST = 7;

    @Override
    public long getSize(ScoreDirector<Plan> director) {
        Facts facts = director.getWorkingSolution().facts;
        return (long) facts.experts * (facts.experts + facts.days) / 2 * facts.days * LONGEST;
    }

    @Override
    public Iterator<BlockSwap> createOriginalMoveIterator(ScoreDirector<Plan> director) {
        throw new UnsupportedOperationException("block swaps are drawn at random");
    }

    @Override
    public Iterator<BlockSwap> createRandomMoveIterator(ScoreDirector<Plan> director, Random random) {
        Plan plan = director.getWorkingSolution();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public BlockSwap next() {
                return drawn(plan, random);
            }
        };
    }

    private static BlockSwap drawn(Plan plan, Random random) {
        Facts facts = plan.facts;
        int length = 1 + random.nextInt(Math.min(LONGEST, facts.days / 2));
        int expert = random.nextInt(facts.experts);
        int day = random.nextInt(facts.days - length + 1);
        if (facts.experts > 1 && random.nextBoolean()) {
            int other = (expert + 1 + random.nextInt(facts.experts - 1)) % facts.experts;
            return new BlockSwap(days(plan, expert, day, length), days(plan, other, day, length));
        }
        int elsewhere = random.nextInt(facts.days - 2 * length + 1);
        int first = Math.min(day, facts.days - 2 * length);
        int second = Math.max(first, elsewhere) + length;
        return new BlockSwap(days(plan, expert, first, length), days(plan, expert, second, length));
    }

    private static Seat[] days(Plan plan, int expert, int day, int length) {
        Seat[] found = new Seat[length];
        for (int at = 0; at < length; at++) {
            int number = plan.facts.cell[expert * plan.facts.days + day + at];
            found[at] = number < 0 ? null : plan.seats.get(number);
        }
        return found;
    }
}
