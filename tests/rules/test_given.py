"""Does what people were told stay in the question when a rule forbids it today, and do all count it alike?"""

import random

from scheduler.domain.problem import Problem
from scheduler.domain.roster import Assignment, Roster
from scheduler.rules import declare, eligible, load_rulebook
from scheduler.rules.analysis import analyse
from scheduler.rules.fixed import given
from scheduler.rules.index import Index, chosen_of, roster_of
from scheduler.terms import check
from scheduler.terms.kinds import Bools
from scheduler.terms.pairs import Model
from tests.rules.company import in_company
from tests.rules.crowded import crowded_world
from tests.rules.richer import richer
from tests.rules.worlds import random_roster

RULES = load_rulebook()


def worlds() -> list[Problem]:
    rng = random.Random("given")
    return [in_company(richer(crowded_world(rng))) for _ in range(60)]


def unfit(problem: Problem) -> set[Assignment]:
    """What people were told, is settled, and a rule forbids today."""
    index = Index(problem)
    possible = eligible(index, RULES)
    return {a for a in given(problem).assignments if not possible[index.expert_at[a.expert], index.shift_at[a.shift]]}


def per_rule(model: Model, chosen: Bools) -> dict[str, int]:
    """What the terms of each rule cost, all levels together."""
    found = dict.fromkeys((rule.name for rule in RULES), 0)
    for source, term in zip(model.source, model.terms, strict=True):
        score = check.score(Model(model.pairs, (term,), (source,)), chosen)
        found[RULES[source].name] += score.hard + score.coverage + score.preference
    return found


def test_whatever_was_told_and_stands_is_a_pair_and_counts_as_the_words_say() -> None:
    rng, forbidden = random.Random("rosters"), 0
    for problem in worlds():
        model, told = declare(problem, RULES), unfit(problem)
        drawn = Roster(random_roster(rng, problem, 0.3).assignments | {a for a in told if rng.random() < 0.7})
        chosen = chosen_of(problem, model.pairs, drawn)
        roster = roster_of(problem, model.pairs, chosen)
        assert told & drawn.assignments <= roster.assignments
        judged = {rule.name: rule.amount for rule in analyse(problem, roster, RULES).per_rule}
        assert per_rule(model, chosen) == judged
        forbidden += len(told & roster.assignments)
    assert forbidden > len(worlds())
