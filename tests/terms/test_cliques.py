"""Do cliques say exactly which pairs of an expert exclude each other, however they are sought?"""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.terms import cliques
from scheduler.terms.cliques import Cliques
from scheduler.terms.table import Table
from tests.terms.models import models, rosters


@pytest.mark.parametrize("many", [0, 2_000])
def test_cliques_cover_every_couple_among_the_members_and_no_other(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cliques, "_MANY", many)

    @settings(max_examples=60, deadline=None)
    @given(st.data())
    def compare_many(data: st.DataObject) -> None:
        model = data.draw(models(kinds=("Apart", "Conflict"), experts=2, most_shifts=9))
        found, some = Cliques(Table(model)), data.draw(rosters(model))
        for expert in range(model.pairs.experts):
            mine = model.pairs.of(expert)
            members = [pair for pair in range(mine.start, mine.stop) if some[pair]]
            couples = {(a, b) for a, b in combinations(members, 2) if b in found.clashing(a)}
            covering = found.covering(expert, members)
            assert {couple for clique in covering for couple in combinations(clique, 2)} == couples
            assert {pair for clique in covering for pair in clique} == set(members)

    compare_many()
