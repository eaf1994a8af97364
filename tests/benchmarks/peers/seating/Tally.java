package seating;

import ai.timefold.solver.core.api.score.buildin.hardmediumsoftlong.HardMediumSoftLongScore;
import ai.timefold.solver.core.api.score.calculator.IncrementalScoreCalculator;
import java.util.Arrays;

/**
 * How does the score change as seats are filled? Totals per row, couple, group, run and window, kept up to date.
 *
 * <p>Medium and soft are the amounts of scheduler.terms.check. Hard is zero when the check finds nothing broken; a
 * breach counts about BREACH, so that a missing hour, a day too many and a couple too near weigh alike.
 */
public final class Tally implements IncrementalScoreCalculator<Plan, HardMediumSoftLongScore> {
    public static final long BREACH = 1000;

    private Facts facts;
    private long[] level;
    private int[] times;
    private long[] total;
    private int[] met;
    private int[] groups;
    private int[] shiftsOn;
    private int runTerms;

    @Override
    public void resetWorkingSolution(Plan plan) {
        facts = plan.facts;
        times = new int[facts.expert.length];
        total = new long[facts.rowLevel.length];
        met = new int[facts.slots];
        groups = new int[facts.groupLevel.length * facts.experts];
        shiftsOn = new int[facts.experts * facts.days];
        runTerms = facts.runLevel.length;
        level = nothing();
        for (Seat seat : plan.seats) {
            enter(seat);
        }
    }

    /** What an empty roster counts: hard by rows, runs and windows, the rest as the check says. */
    private long[] nothing() {
        long[] found = {0, facts.mediumOfNothing, facts.softOfNothing};
        for (int row = 0; row < facts.rowLevel.length; row++) {
            found[0] += facts.rowLevel[row] == 0 ? price(row, 0) : 0;
        }
        for (int term = 0; term < runTerms; term++) {
            for (int expert = 0; expert < facts.experts; expert++) {
                found[0] += facts.runLevel[term] == 0 ? facts.runPrice[term] * daysWrong(term, expert) : 0;
            }
        }
        for (int window = 0; window < facts.windowLevel.length; window++) {
            found[0] += facts.windowLevel[window] == 0 ? missing(window) * facts.windowPrice[window] : 0;
        }
        return found;
    }

    @Override
    public void beforeVariableChanged(Object seat, String variable) {
        leave((Seat) seat);
    }

    @Override
    public void afterVariableChanged(Object seat, String variable) {
        enter((Seat) seat);
    }

    @Override
    public void beforeEntityAdded(Object seat) {
    }

    @Override
    public void afterEntityAdded(Object seat) {
        enter((Seat) seat);
    }

    @Override
    public void beforeEntityRemoved(Object seat) {
        leave((Seat) seat);
    }

    @Override
    public void afterEntityRemoved(Object seat) {
    }

    @Override
    public HardMediumSoftLongScore calculateScore() {
        return HardMediumSoftLongScore.of(-level[0], -level[1], -level[2]);
    }

    /** The pair that a value of a seat chooses. */
    static int pairOf(Facts facts, Seat seat) {
        int low = facts.seatAt[seat.number];
        int high = facts.seatAt[seat.number + 1];
        return facts.seatPair[Arrays.binarySearch(facts.seatValue, low, high, seat.value.number)];
    }

    /** A pair in two seats is one breach, and counts once otherwise. */
    private void enter(Seat seat) {
        if (seat.value != null) {
            int pair = pairOf(facts, seat);
            if (times[pair]++ > 0) {
                level[0] += BREACH;
            } else {
                change(pair, 1);
            }
        }
    }

    private void leave(Seat seat) {
        if (seat.value != null) {
            int pair = pairOf(facts, seat);
            if (--times[pair] > 0) {
                level[0] -= BREACH;
            } else {
                change(pair, -1);
            }
        }
    }

    /** The pair is chosen (sign 1) or not any more (-1); `times` says so already. */
    private void change(int pair, int sign) {
        level[1] += sign * facts.medium[pair];
        level[2] += sign * facts.soft[pair];
        for (int at = facts.rowAt[pair]; at < facts.rowAt[pair + 1]; at++) {
            int row = facts.row[at];
            long before = total[row];
            long after = before + sign * facts.weight[at];
            total[row] = after;
            level[facts.rowLevel[row]] += price(row, after) - price(row, before);
        }
        for (int at = facts.otherAt[pair]; at < facts.otherAt[pair + 1]; at++) {
            if (times[facts.other[at]] > 0) {
                level[facts.otherLevel[at]] += sign * facts.otherAmount[at];
            }
        }
        changeGroups(pair, sign);
        changeDay(pair, sign);
        int now = times[pair];
        for (int at = facts.windowOfAt[pair]; at < facts.windowOfAt[pair + 1]; at++) {
            int window = facts.windowOf[at];
            long after = missing(window);
            times[pair] = 1 - now;
            level[facts.windowLevel[window]] += (after - missing(window)) * facts.windowPrice[window];
            times[pair] = now;
        }
    }

    private long price(int row, long sum) {
        if (sum < facts.rowLow[row] && !(facts.rowOrZero[row] && sum == 0)) {
            return (facts.rowLow[row] - sum) * facts.rowBelow[row];
        }
        return sum > facts.rowHigh[row] ? (sum - facts.rowHigh[row]) * facts.rowAbove[row] : 0;
    }

    private void changeGroups(int pair, int sign) {
        for (int term = 0; term < facts.groupLevel.length; term++) {
            int slot = facts.slot[term * facts.expert.length + pair];
            if (slot < 0) {
                continue;
            }
            met[slot] += sign;
            if (met[slot] == (sign > 0 ? 1 : 0)) {
                int place = term * facts.experts + facts.expert[pair];
                long before = Math.max(0, groups[place] - facts.groupHigh[place]);
                groups[place] += sign;
                long after = Math.max(0, groups[place] - facts.groupHigh[place]);
                level[facts.groupLevel[term]] += (after - before) * facts.groupAbove[place];
            }
        }
    }

    private void changeDay(int pair, int sign) {
        int expert = facts.expert[pair];
        int place = expert * facts.days + facts.day[pair];
        int before = shiftsOn[place];
        int after = before + sign;
        shiftsOn[place] = after;
        if (before > 0 && after > 0) {
            return;
        }
        for (int term = 0; term < runTerms; term++) {
            long wrong = daysWrong(term, expert);
            shiftsOn[place] = before;
            level[facts.runLevel[term]] += facts.runPrice[term] * (wrong - daysWrong(term, expert));
            shiftsOn[place] = after;
        }
    }

    /** Days that runs of work and of days off miss or have too many; a run at the border is long enough. */
    private long daysWrong(int term, int expert) {
        int first = term * 5 * facts.experts + expert;
        long shortest = facts.runs[first];
        long longest = facts.runs[first + facts.experts];
        long shortestRest = facts.runs[first + 2 * facts.experts];
        long longestRest = facts.runs[first + 3 * facts.experts];
        long before = facts.runs[first + 4 * facts.experts];
        long wrong = 0;
        long length = Math.abs(before);
        boolean works = before > 0;
        boolean known = before != 0;
        int base = expert * facts.days;
        for (int day = 0; day < facts.days; day++) {
            boolean today = shiftsOn[base + day] > 0;
            if (today != works && (day > 0 || before != 0)) {
                if (known) {
                    wrong += Math.max(0, (works ? shortest : shortestRest) - length);
                }
                wrong += Math.max(0, length - (works ? longest : longestRest));
                known = true;
                length = 0;
            }
            works = today;
            length++;
        }
        return wrong + Math.max(0, length - (works ? longest : longestRest));
    }

    /** Minutes that the longest free stretch of a window, or all its pieces, miss; its spans are sorted by start. */
    private long missing(int window) {
        long start = facts.windowStart[window];
        long end = facts.windowEnd[window];
        long piece = facts.windowPiece[window];
        long longest = 0;
        long rested = 0;
        long free = start;
        for (int at = facts.spanAt[window]; at < facts.spanAt[window + 1]; at++) {
            int pair = facts.spanPair[at];
            if ((pair >= 0 && times[pair] == 0) || facts.spanEnd[at] <= start) {
                continue;
            }
            if (facts.spanStart[at] >= end) {
                break;
            }
            long pause = Math.max(0, facts.spanStart[at] - free);
            longest = Math.max(longest, pause);
            rested += pause >= piece ? pause : 0;
            free = Math.max(free, facts.spanEnd[at]);
        }
        long pause = Math.max(0, end - free);
        rested += pause >= piece ? pause : 0;
        return Math.max(0, facts.windowRest[window] - Math.max(rested, Math.max(longest, pause)));
    }
}
