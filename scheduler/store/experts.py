"""Experts and their profiles, in and out of the database."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import selectinload

from scheduler.domain.contracts import Contract, ContractKind
from scheduler.domain.errors import NotFound
from scheduler.domain.people import Exclusion, ExclusionKind, Expert, ExpertId, Profile, Qualification
from scheduler.domain.places import TravelMode
from scheduler.domain.stand_by import DayPart, StandBy
from scheduler.domain.time import Days
from scheduler.store.collection import Columns, EditedCollection
from scheduler.store.shapes import (
    availability_from_json,
    availability_to_json,
    dated_wishes_from_json,
    dated_wishes_to_json,
    limits_from_json,
    limits_to_json,
    place_columns,
    place_of,
    rolling_from_json,
    rolling_to_json,
    wishes_from_json,
    wishes_to_json,
)
from scheduler.store.tables import ContractRow, ExclusionRow, ExpertRow, ProfileRow, QualificationRow

CHILDREN = (ContractRow, QualificationRow, ExclusionRow)


class Experts(EditedCollection[ExpertRow, Expert]):
    """All experts; names are in profiles, which are asked for separately."""

    row = ExpertRow
    noun = "expert"

    def add_all(self, values: Iterable[Expert]) -> None:
        """Store new experts, without profiles."""
        experts = list(values)
        super().add_all(experts)
        self._insert_children(experts)

    def profile(self, expert: ExpertId) -> Profile:
        """The profile of an expert; NotFound when there is none."""
        found = self.profiles([expert]).get(expert)
        if found is None:
            raise NotFound("There is no %(noun)s %(id)s.", noun=self.noun, id=expert)
        return found

    def profiles(self, experts: Iterable[ExpertId] | None = None) -> dict[ExpertId, Profile]:
        """Profiles by expert id, of all or of these experts."""
        asked = select(ProfileRow)
        if experts is not None:
            asked = asked.where(ProfileRow.expert_id.in_(sorted(set(experts))))
        rows = self._session.scalars(asked, execution_options={"populate_existing": True}).all()
        return {r.expert_id: Profile(r.expert_id, r.first_name, r.surname, r.email, r.phone) for r in rows}

    def put_profiles(self, profiles: Iterable[Profile]) -> int:
        """Add or replace profiles, and say how many changed."""
        wanted = {p.expert: p for p in profiles}
        known = self.profiles()
        changed = [p for id, p in wanted.items() if known.get(id) != p]
        ids = [p.expert for p in changed if p.expert in known]
        for start in range(0, len(ids), 500):
            self._run(delete(ProfileRow).where(ProfileRow.expert_id.in_(ids[start : start + 500])))
        self._insert(ProfileRow, [_profile_columns(p) for p in changed])
        return len(changed)

    def save_profile(self, profile: Profile, edition: int) -> int:
        """Replace a profile under the edition of its expert; Stale when somebody saved since."""
        new = self._claim(profile.expert, edition)
        self.put_profiles([profile])
        return new

    def _select(self, *where: Any) -> Select[Any]:
        children = (ExpertRow.contracts, ExpertRow.qualifications, ExpertRow.exclusions)
        return super()._select(*where).options(*(selectinload(child) for child in children))

    def _replace(self, value: Expert) -> None:
        super()._replace(value)
        for child in CHILDREN:
            self._run(delete(child).where(child.expert_id == value.id))
        self._insert_children([value])

    def _insert_children(self, experts: Sequence[Expert]) -> None:
        self._insert(ContractRow, [row for e in experts for row in _contract_columns(e)])
        self._insert(QualificationRow, [row for e in experts for row in _qualification_columns(e)])
        self._insert(ExclusionRow, [row for e in experts for row in _exclusion_columns(e)])

    def _columns(self, value: Expert) -> Columns:
        return {
            "id": value.id,
            "roles": sorted(value.roles),
            "languages": sorted(value.languages),
            "themes": sorted(value.themes),
            "availability": availability_to_json(value.availability),
            "limits": limits_to_json(value.limits),
            **place_columns(value.home),
            "travel_mode": value.travel_mode.value,
            "wished_minutes_a_week": value.wished_minutes_a_week,
            "venue_wishes": wishes_to_json(value.venue_wishes),
            "activity_wishes": wishes_to_json(value.activity_wishes),
            "dated_wishes": dated_wishes_to_json(value.dated_wishes),
            "wanted_colleagues": sorted(value.wanted_colleagues),
            "stand_by": [[offer.part.value, offer.neighbourhood] for offer in sorted(value.stand_by)],
            "hour_cents": value.hour_cents,
        }

    def _value(self, row: ExpertRow) -> Expert:
        return Expert(
            id=row.id,
            roles=frozenset(row.roles),
            qualifications=tuple(Qualification(q.name, Days(q.first_day, q.end_day)) for q in row.qualifications),
            languages=frozenset(row.languages),
            themes=frozenset(row.themes),
            contracts=tuple(_contract(c) for c in row.contracts),
            availability=availability_from_json(row.availability),
            limits=limits_from_json(row.limits),
            exclusions=tuple(Exclusion(ExclusionKind(x.kind), x.subject) for x in row.exclusions),
            home=place_of(row.latitude, row.longitude),
            travel_mode=TravelMode(row.travel_mode),
            wished_minutes_a_week=row.wished_minutes_a_week,
            venue_wishes=wishes_from_json(row.venue_wishes),
            activity_wishes=wishes_from_json(row.activity_wishes),
            dated_wishes=dated_wishes_from_json(row.dated_wishes),
            wanted_colleagues=frozenset(row.wanted_colleagues),
            stand_by=frozenset(StandBy(DayPart(part), neighbourhood) for part, neighbourhood in row.stand_by),
            hour_cents=row.hour_cents,
        )


def _contract(row: ContractRow) -> Contract:
    return Contract(
        kind=ContractKind(row.kind),
        days=Days(row.first_day, row.end_day),
        minimum_minutes_a_week=row.minimum_minutes_a_week,
        maximum_minutes_a_week=row.maximum_minutes_a_week,
        minimum_minutes_a_window=row.minimum_minutes_a_window,
        maximum_minutes_a_window=row.maximum_minutes_a_window,
        one_shift_a_day=row.one_shift_a_day,
        rolling=rolling_from_json(row.rolling),
    )


def _profile_columns(profile: Profile) -> Columns:
    return {
        "expert_id": profile.expert,
        "first_name": profile.first_name,
        "surname": profile.surname,
        "email": profile.email,
        "phone": profile.phone,
    }


def _contract_columns(expert: Expert) -> list[Columns]:
    return [
        {
            "expert_id": expert.id,
            "position": position,
            "kind": c.kind.value,
            "first_day": c.days.first,
            "end_day": c.days.end,
            "minimum_minutes_a_week": c.minimum_minutes_a_week,
            "maximum_minutes_a_week": c.maximum_minutes_a_week,
            "minimum_minutes_a_window": c.minimum_minutes_a_window,
            "maximum_minutes_a_window": c.maximum_minutes_a_window,
            "one_shift_a_day": c.one_shift_a_day,
            "rolling": rolling_to_json(c.rolling),
        }
        for position, c in enumerate(expert.contracts)
    ]


def _qualification_columns(expert: Expert) -> list[Columns]:
    return [
        {
            "expert_id": expert.id,
            "position": position,
            "name": q.name,
            "first_day": q.valid.first,
            "end_day": q.valid.end,
        }
        for position, q in enumerate(expert.qualifications)
    ]


def _exclusion_columns(expert: Expert) -> list[Columns]:
    return [
        {"expert_id": expert.id, "position": position, "kind": x.kind.value, "subject": x.subject}
        for position, x in enumerate(expert.exclusions)
    ]
