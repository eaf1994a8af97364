"""Does a region come in whole or not at all, only once, and go out as it came?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from scheduler.config import Config
from scheduler.domain.accounts import AccountRole
from scheduler.domain.errors import NotAllowed, Refused
from scheduler.domain.people import Exclusion, ExclusionKind
from scheduler.domain.responses import Answer, Response
from scheduler.domain.roster import Assignment, Roster
from scheduler.exchange.generate import generate
from scheduler.exchange.layout import read_region, region_files
from scheduler.services import transfer
from scheduler.services.context import App, Viewer
from scheduler.services.cover import open_requests
from scheduler.services.exports import export_folder
from scheduler.services.sessions import sign_in
from scheduler.services.windows import open_windows
from scheduler.store import open_database
from tests.exchange.worlds import typed
from tests.services.world import Clock, exported

DISTRICT = transfer.SAMPLE
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[App]:
    """An empty installation on either engine, in the second day of the sample's window."""
    config = Config(database_url=database_url, secret="s" * 40, instance=tmp_path)
    found = App(config, open_database(database_url), Clock(NOW))
    yield found
    found.database.close()


def region_of(app: App) -> dict[str, bytes]:
    """Everything that an export would hold."""
    return exported(app)


def test_a_region_comes_in_and_goes_out_byte_for_byte(app: App, tmp_path: Path) -> None:
    report = transfer.import_folder(app, DISTRICT)
    assert (report.faults, report.changes["experts"]) == ((), 24)
    assert [report.changes[name] for name in ("roster", "history")] == [277, 246]
    transfer.export_folder(app, tmp_path / "out")
    written = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert written == {path.name: path.read_bytes() for path in DISTRICT.iterdir()}


def test_the_same_folder_twice_changes_nothing(app: App) -> None:
    transfer.import_folder(app, DISTRICT)
    before = region_of(app)
    again = transfer.import_folder(app, DISTRICT)
    assert not again.changed
    assert region_of(app) == before


def test_what_was_exported_changes_nothing_when_it_comes_back(app: App, tmp_path: Path) -> None:
    transfer.import_folder(app, DISTRICT)
    with app.database.writing() as work:
        venue = work.venues.get("roerdomp")
        work.venues.save(replace(venue, contact_name="=Ñoor"), work.venues.edition_of("roerdomp"))
    transfer.export_folder(app, tmp_path)
    assert not transfer.import_folder(app, tmp_path).changed


def test_a_later_window_takes_its_past_along_and_counts_it_once(app: App, tmp_path: Path) -> None:
    transfer.import_folder(app, DISTRICT)
    before = app.window()
    with app.database.reading() as work:
        worked = len(work.bookings.in_window(before).assignments)
        older = len(work.history.imported())
    assert isinstance(app.clock, Clock)
    app.clock.turn(days=28)
    open_windows(app)
    region = transfer.export_folder(app, tmp_path)
    assert region.window.first == before.end
    assert len(region.history) == older + worked
    assert not transfer.import_folder(app, tmp_path).changed
    with app.database.reading() as work:
        assert len(work.history.imported()) == older


def test_the_same_folder_does_not_undo_what_people_did_since(app: App) -> None:
    transfer.import_folder(app, DISTRICT)
    with app.database.writing() as work:
        venue = work.venues.get("roerdomp")
        work.venues.save(replace(venue, contact_name="Bea"), work.venues.edition_of("roerdomp"))
    transfer.import_folder(app, DISTRICT)
    with app.database.reading() as work:
        assert work.venues.get("roerdomp").contact_name == "Bea"


def test_a_dry_run_tells_what_would_change_and_stores_nothing(app: App) -> None:
    report = transfer.import_folder(app, DISTRICT, dry_run=True)
    assert report.changed
    assert report.changes["venues"] == 9
    with app.database.reading() as work:
        assert (work.venues.all(), work.audit.newest(), work.settings.value("anchor")) == ([], [], None)


def test_one_fault_leaves_nothing(app: App) -> None:
    files = region_files(generate("district", 2))
    files["availability.csv"] += b"e01,mon,09:00,13:00,ill\n"
    report = transfer.import_folder(app, files)
    assert report.total == 1
    assert not report.changed
    with app.database.reading() as work:
        assert work.experts.all() == []


def test_a_clash_in_the_database_leaves_nothing(app: App) -> None:
    transfer.import_folder(app, DISTRICT)
    before = region_of(app)
    files = typed(accounts="id,email,display_name,role\nother,ilse@lichtpunt.example,Ilse,planner\n")
    with pytest.raises(Refused):
        transfer.import_folder(app, files)
    assert region_of(app) == before


def test_a_roster_that_breaks_rules_comes_in_with_a_warning_for_each(app: App) -> None:
    region = read_region(DISTRICT).region
    assert region is not None
    taken = {a.expert for a in region.published.assignments}
    shift = min(region.published.by_shift)
    broken = replace(region, published=Roster(frozenset(Assignment(e, shift) for e in taken)))
    report = transfer.import_folder(app, region_files(broken))
    said = [str(warning) for warning in report.warnings]
    assert report.faults == ()
    assert any(
        line.startswith("roster.csv: What people were told breaks the rule 'headcount' in 1 place") for line in said
    )
    assert len({line.split("'")[1] for line in said}) == len(said) > 1
    assert read_rosters(app) == broken.published


def test_what_an_expert_changed_after_she_was_told_comes_back_and_no_reason_is_named(app: App) -> None:
    transfer.import_folder(app, DISTRICT)
    region = read_region(DISTRICT).region
    assert region is not None
    told, shifts = min(region.published.assignments), region.problem().shift
    with app.database.writing() as work:
        known = work.experts.get(told.expert)
        own = replace(known.limits, minutes_a_week=60)
        excluded = Exclusion(ExclusionKind.VENUE, shifts[told.shift].venue)
        changed = replace(known, limits=own, exclusions=(*known.exclusions, excluded))
        work.experts.save(changed, work.experts.edition_of(told.expert))
    files = region_of(app)
    said = [str(warning) for warning in transfer.import_folder(app, files).warnings]
    assert [line.split("'")[1] for line in said] == ["availability"]
    assert f"{told.expert} is not available" in said[0]
    assert read_rosters(app) == region.published


def test_somebody_in_two_places_at_once_is_no_warning_but_refused(app: App) -> None:
    region = read_region(DISTRICT).region
    assert region is not None
    told, shifts = min(region.published.assignments), region.problem().shift
    span = shifts[told.shift].span
    other = next(s for s in shifts.values() if s.id != told.shift and s.span.meets(span))
    twice = replace(region, published=region.published.with_(Assignment(told.expert, other.id)))
    with pytest.raises(Refused):
        transfer.import_folder(app, region_files(twice))
    with app.database.reading() as work:
        assert work.experts.all() == []


def test_a_decline_in_the_database_survives_an_import_of_the_roster(app: App) -> None:
    transfer.import_folder(app, DISTRICT)
    region = read_region(DISTRICT).region
    assert region is not None
    pair = min(region.published.assignments)
    declined = replace(region, declines=frozenset({pair}), published=region.published.without(pair))
    transfer.import_folder(app, region_files(declined))
    transfer.import_folder(app, DISTRICT)
    with app.database.reading() as work:
        assert pair not in work.bookings.in_window(region.window).assignments
        assert pair in work.responses.declined_in_window(region.window)


def test_who_said_yes_or_wants_to_talk_is_not_asked_again_after_a_restore(app: App) -> None:
    region = read_region(DISTRICT).region
    assert region is not None
    yes, talk, *_ = sorted(region.published.assignments)
    files = region_files(replace(region, accepted=frozenset({yes}), talks=frozenset({talk})))
    assert transfer.import_folder(app, files).changes["answers"] == 2
    with app.database.reading() as work:
        heard = {pair: r.answer for pair, r in work.responses.newest_in_window(region.window).items()}
    assert heard == {yes: Answer.YES, talk: Answer.TALK}
    assert region_of(app) == files


def test_an_older_yes_of_a_file_does_not_take_the_place_of_what_she_said_since(app: App) -> None:
    region = read_region(DISTRICT).region
    assert region is not None
    pair = min(region.published.assignments)
    said = replace(region, accepted=frozenset({pair}))
    transfer.import_folder(app, region_files(said))
    with app.database.writing() as work:
        work.responses.add(Response(pair.expert, pair.shift, Answer.UNDONE, NOW))
    assert transfer.import_folder(app, region_files(replace(said, agency="Another name"))).changes["answers"] == 0
    with app.database.reading() as work:
        assert work.responses.newest_to([pair.shift])[pair].answer is Answer.UNDONE


def test_pins_come_in_with_the_roster_and_others_make_a_draft(app: App) -> None:
    region = read_region(DISTRICT).region
    assert region is not None
    told = min(region.published.assignments)
    transfer.import_folder(app, region_files(replace(region, pins=frozenset({told}))))
    with app.database.reading() as work:
        published = work.rosters.published_of(region.window)
        assert published is not None
        assert published.pinned == {told}
        assert work.rosters.draft_of(region.window) is None
    shifts = region.problem().shift
    meeting = [s for s in region.published.by_shift if shifts[s].span.meets(shifts[told.shift].span)]
    free = min({e.id for e in region.experts} - {e for s in meeting for e in region.published.by_shift[s]})
    wish = Assignment(free, told.shift)
    transfer.import_folder(app, region_files(replace(region, pins=frozenset({wish}), published=Roster())))
    with app.database.reading() as work:
        draft = work.rosters.draft_of(region.window)
        assert draft is not None
        assert draft.pinned == {wish}
        assert draft.roster.assignments == region.published.assignments | {wish}


def test_a_roster_that_a_move_makes_illegal_loses_only_what_breaks_a_rule(app: App) -> None:
    region = read_region(DISTRICT).region
    assert region is not None
    shift = min(region.published.by_shift)
    kept = region.published.by_shift[shift]
    other = min({e.id for e in region.experts} - set(kept))
    crowded = region.published.with_(Assignment(other, shift))
    legal = transfer.legal_part(app, replace(region, published=crowded))
    assert len(legal.assignments) == len(region.published.assignments)
    assert len(legal.by_shift[shift]) == len(kept)
    assert transfer.legal_part(app, region) == region.published


def test_only_a_planner_imports_and_exports(app: App, tmp_path: Path) -> None:
    coordinator = Viewer("c", AccountRole.COORDINATOR, venues=frozenset({"zilverlinde"}))
    with pytest.raises(NotAllowed):
        transfer.import_folder(app, DISTRICT, viewer=coordinator)
    with pytest.raises(NotAllowed):
        export_folder(app, tmp_path / "out", viewer=coordinator)


@pytest.mark.parametrize("today", [datetime(2027, 3, 24, 9, tzinfo=UTC), datetime(2028, 2, 29, 23, tzinfo=UTC)])
def test_the_sample_is_moved_to_today_and_everybody_can_sign_in(app: App, today: datetime) -> None:
    assert isinstance(app.clock, Clock)
    app.clock.now = today
    shown = transfer.load_sample(app)
    assert [row.role for row in shown] == [AccountRole.PLANNER, AccountRole.COORDINATOR, AccountRole.EXPERT]
    assert shown[2].email == "fenna@lichtpunt.example"
    assert transfer.sample_sign_ins(app) == shown
    for row in shown:
        account = sign_in(app, row.email, row.password, "127.0.0.1").account
        assert account.is_sample
    window = app.window()
    with app.database.reading() as work:
        published = work.rosters.published_of(window)
        booked = work.bookings.in_window(window)
    assert published is not None
    assert published.number == 1
    assert (published.window.first, booked) == (window.first, published.roster)
    assert len(booked.assignments) > 260
    assert 0 <= (today.date() - window.first).days <= 7


@pytest.mark.parametrize("hour", [3, 9, 13, 22])
def test_nothing_that_waits_in_the_sample_is_late_when_it_has_been_loaded(app: App, hour: int) -> None:
    assert isinstance(app.clock, Clock)
    app.clock.now = NOW.replace(day=29, hour=hour)
    transfer.load_sample(app)
    waiting = open_requests(app, Viewer.system())
    assert len(waiting) == 3
    for request in waiting:
        assert app.clock.now - timedelta(hours=2) < request.submitted_at < app.clock.now < request.answer_due_at
        assert not request.late


def test_a_planner_gets_a_roster_for_a_spreadsheet_and_a_coordinator_only_her_own_venue(app: App) -> None:
    transfer.import_folder(app, DISTRICT)
    window = app.window()
    whole = transfer.export_roster_csv(app, Viewer.system(), window.first).decode("utf-8-sig")
    own = transfer.export_roster_csv(
        app, Viewer("c", AccountRole.COORDINATOR, venues=frozenset({"theelicht"})), window.first
    ).decode("utf-8-sig")
    assert whole.splitlines()[0] == '"Date";"From";"Until";"Venue";"Activity";"First name"'
    assert len(whole.splitlines()) == 1 + len(read_rosters(app).assignments)
    assert {line.split(";")[3] for line in own.splitlines()[1:]} == {'"Het Theelicht"'}


def test_a_roster_is_a_calendar_with_an_event_per_shift_and_first_names_only(app: App) -> None:
    transfer.import_folder(app, DISTRICT)
    data = transfer.export_roster_ics(app, Viewer.system(), app.window().first)
    events = Calendar.from_ical(data).walk("VEVENT")
    assert len(events) == len(read_rosters(app).by_shift)
    with app.database.reading() as work:
        surnames = {profile.surname for profile in work.experts.profiles().values()}
    assert not any(name in data.decode() for name in surnames)
    assert {str(event["SEQUENCE"]) for event in events} == {"1"}


def read_rosters(app: App) -> Roster:
    """Who comes where in the window."""
    with app.database.reading() as work:
        return work.bookings.in_window(app.window())
