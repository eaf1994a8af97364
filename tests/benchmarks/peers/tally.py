"""How does the score change as Timefold fills seats? Totals per row, couple, group, run and window, kept up to date.

Timefold translates this class to Java, so it is written in plain lists and whole numbers.
"""

from timefold.solver.score import HardMediumSoftScore, IncrementalScoreCalculator

from tests.benchmarks.peers.plan import Facts, Plan, Seat


def numbers(text: str) -> list[int]:
    """The whole numbers of a text; in Java an empty text splits into one empty word."""
    return [int(word) for word in text.split() if word != ""]


class Tally(IncrementalScoreCalculator):
    """The amounts of `scheduler.terms.check`, by the change of one seat at a time; a pair in two seats is hard."""

    def reset_working_solution(self, solution: Plan) -> None:
        self.read(solution.facts)
        self.level = list(self.constant)
        self.times = [0] * len(self.expert)
        self.total = [0] * len(self.row_level)
        self.met = [0] * self.slots
        self.groups = [0] * (len(self.group_level) * self.experts)
        self.shifts_on = [0] * (self.experts * self.days)
        for seat in solution.seats:
            self.enter(seat)

    def read(self, facts: Facts) -> None:
        self.experts = facts.experts
        self.days = facts.days
        self.slots = facts.slots
        self.constant = numbers(facts.constant)
        self.expert = numbers(facts.expert)
        self.day = numbers(facts.day)
        self.coverage = numbers(facts.coverage)
        self.preference = numbers(facts.preference)
        self.seat_at = numbers(facts.seat_at)
        self.seat_value = numbers(facts.seat_value)
        self.seat_pair = numbers(facts.seat_pair)
        self.row_at = numbers(facts.row_at)
        self.row = numbers(facts.row)
        self.weight = numbers(facts.weight)
        self.row_level = numbers(facts.row_level)
        self.row_low = numbers(facts.row_low)
        self.row_high = numbers(facts.row_high)
        self.row_below = numbers(facts.row_below)
        self.row_above = numbers(facts.row_above)
        self.other_at = numbers(facts.other_at)
        self.other = numbers(facts.other)
        self.other_level = numbers(facts.other_level)
        self.other_amount = numbers(facts.other_amount)
        self.slot = numbers(facts.slot)
        self.group_level = numbers(facts.group_level)
        self.group_high = numbers(facts.group_high)
        self.group_above = numbers(facts.group_above)
        self.runs = numbers(facts.runs)
        self.window_of_at = numbers(facts.window_of_at)
        self.window_of = numbers(facts.window_of)
        self.window_level = numbers(facts.window_level)
        self.window_price = numbers(facts.window_price)
        self.window_start = numbers(facts.window_start)
        self.window_end = numbers(facts.window_end)
        self.window_rest = numbers(facts.window_rest)
        self.span_at = numbers(facts.span_at)
        self.span_start = numbers(facts.span_start)
        self.span_end = numbers(facts.span_end)
        self.span_pair = numbers(facts.span_pair)

    def before_variable_changed(self, entity: Seat, variable_name: str) -> None:
        self.leave(entity)

    def after_variable_changed(self, entity: Seat, variable_name: str) -> None:
        self.enter(entity)

    def before_entity_added(self, entity: Seat) -> None:
        pass

    def after_entity_added(self, entity: Seat) -> None:
        self.enter(entity)

    def before_entity_removed(self, entity: Seat) -> None:
        self.leave(entity)

    def after_entity_removed(self, entity: Seat) -> None:
        pass

    def calculate_score(self) -> HardMediumSoftScore:
        return HardMediumSoftScore.of(-self.level[0], -self.level[1], -self.level[2])

    def pair_of(self, seat: Seat) -> int:
        """The pair that the value of a seat chooses; -1 when it has none."""
        if seat.value is None:
            return -1
        low = self.seat_at[seat.number]
        high = self.seat_at[seat.number + 1] - 1
        wanted = seat.value.number
        while low < high:
            middle = (low + high) // 2
            if self.seat_value[middle] < wanted:
                low = middle + 1
            else:
                high = middle
        return self.seat_pair[low]

    def enter(self, seat: Seat) -> None:
        pair = self.pair_of(seat)
        if pair < 0:
            return
        self.times[pair] += 1
        if self.times[pair] > 1:
            self.level[0] += 1
        else:
            self.change(pair, 1)

    def leave(self, seat: Seat) -> None:
        pair = self.pair_of(seat)
        if pair < 0:
            return
        self.times[pair] -= 1
        if self.times[pair] > 0:
            self.level[0] -= 1
        else:
            self.change(pair, -1)

    def change(self, pair: int, sign: int) -> None:
        """The pair is chosen (sign 1) or not any more (-1)."""
        level = self.level
        times = self.times
        level[1] += sign * self.coverage[pair]
        level[2] += sign * self.preference[pair]
        for at in range(self.row_at[pair], self.row_at[pair + 1]):
            row = self.row[at]
            before = self.total[row]
            after = before + sign * self.weight[at]
            self.total[row] = after
            level[self.row_level[row]] += self.price(row, after) - self.price(row, before)
        for at in range(self.other_at[pair], self.other_at[pair + 1]):
            if times[self.other[at]] > 0:
                level[self.other_level[at]] += sign * self.other_amount[at]
        self.change_groups(pair, sign)
        self.change_day(pair, sign)
        held = times[pair]
        for at in range(self.window_of_at[pair], self.window_of_at[pair + 1]):
            row = self.window_of[at]
            times[pair] = 1 if sign < 0 else 0
            before = self.missing(row)
            times[pair] = held
            level[self.window_level[row]] += (self.missing(row) - before) * self.window_price[row]

    def price(self, row: int, total: int) -> int:
        if total < self.row_low[row]:
            return (self.row_low[row] - total) * self.row_below[row]
        if total > self.row_high[row]:
            return (total - self.row_high[row]) * self.row_above[row]
        return 0

    def change_groups(self, pair: int, sign: int) -> None:
        pairs = len(self.expert)
        for term in range(len(self.group_level)):
            slot = self.slot[term * pairs + pair]
            if slot < 0:
                continue
            self.met[slot] += sign
            if (sign > 0 and self.met[slot] == 1) or (sign < 0 and self.met[slot] == 0):
                place = term * self.experts + self.expert[pair]
                high = self.group_high[place]
                count = self.groups[place]
                over = max(0, count + sign - high) - max(0, count - high)
                self.groups[place] = count + sign
                self.level[self.group_level[term]] += over * self.group_above[place]

    def change_day(self, pair: int, sign: int) -> None:
        expert = self.expert[pair]
        place = expert * self.days + self.day[pair]
        self.shifts_on[place] += sign
        if (sign > 0 and self.shifts_on[place] > 1) or (sign < 0 and self.shifts_on[place] > 0):
            return
        for term in range(len(self.runs) // (5 * self.experts)):
            after = self.run_amount(term, expert)
            self.shifts_on[place] -= sign
            before = self.run_amount(term, expert)
            self.shifts_on[place] += sign
            self.level[0] += after - before

    def run_amount(self, term: int, expert: int) -> int:
        first = term * 5 * self.experts + expert
        shortest = self.runs[first]
        longest = self.runs[first + self.experts]
        shortest_rest = self.runs[first + 2 * self.experts]
        longest_rest = self.runs[first + 3 * self.experts]
        before = self.runs[first + 4 * self.experts]
        amount = 0
        length = before if before > 0 else -before
        works = before > 0
        known = before != 0
        for day in range(self.days):
            today = self.shifts_on[expert * self.days + day] > 0
            if today != works and (day > 0 or before != 0):
                if known:
                    amount += max(0, (shortest if works else shortest_rest) - length)
                amount += max(0, length - (longest if works else longest_rest))
                known = True
                length = 0
            works = today
            length += 1
        return amount + max(0, length - (longest if works else longest_rest))

    def missing(self, row: int) -> int:
        """Minutes that the longest free stretch of a window misses; its spans are sorted by start."""
        start = self.window_start[row]
        end = self.window_end[row]
        longest = 0
        free = start
        for at in range(self.span_at[row], self.span_at[row + 1]):
            pair = self.span_pair[at]
            if (pair >= 0 and self.times[pair] == 0) or self.span_end[at] <= start:
                continue
            if self.span_start[at] >= end:
                break
            longest = max(longest, self.span_start[at] - free)
            free = max(free, self.span_end[at])
        return max(0, self.window_rest[row] - max(longest, end - free))
