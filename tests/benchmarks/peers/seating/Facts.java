package seating;

/**
 * The table of a model in flat arrays; x_at says where the entries of each pair (or row, or seat) start, and has one
 * number more than there are.
 */
public final class Facts {
    public int experts, days, slots;
    public long mediumOfNothing, softOfNothing;
    public int[] expert, day, seatAt, seatValue, seatPair, seatOrder, cell;
    public long[] medium, soft;
    public int[] rowAt, row, rowLevel;
    public boolean[] rowOrZero;
    public long[] weight, rowLow, rowHigh, rowBelow, rowAbove;
    public int[] otherAt, other, otherLevel;
    public long[] otherAmount;
    public int[] slot, groupLevel, runLevel;
    public long[] groupHigh, groupAbove, runs, runPrice;
    public int[] windowOfAt, windowOf, windowLevel, spanAt, spanPair;
    public long[] windowPrice, windowStart, windowEnd, windowRest, windowPiece, spanStart, spanEnd;
}
