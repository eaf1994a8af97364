"""Does a command that is called in the wrong folder say so, and leave nothing behind there?"""

from pathlib import Path

import pytest

from scheduler.config import read_config
from scheduler.domain.errors import Unsafe
from tests.cli.test_commands import scheduler

COMMANDS = {
    "export": ("export", "OUT"),
    "export of a roster": ("export", "OUT", "--roster", "csv"),
    "publish": ("publish",),
    "check": ("db", "check"),
    "serve": ("serve", "--port", "65123"),
    "work": ("work", "--once"),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize("named", [False, True], ids=["here", "by name"])
def test_a_folder_without_an_installation_stays_as_it_is(
    command: tuple[str, ...], named: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    place = tmp_path / ("else/where" if named else "instance")
    env = {"WIJKROOSTER_INSTANCE": str(place)} if named else {}
    done = scheduler(*(part.replace("OUT", str(tmp_path / "out")) for part in command), env=env)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"There is no Wijkrooster database at {place / 'wijkrooster.db'}.")
    assert "WIJKROOSTER_INSTANCE" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_database_that_nobody_made_ready_gets_no_tables(command: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "wijkrooster.db"
    file.touch()
    env = {"WIJKROOSTER_INSTANCE": str(tmp_path / "none"), "WIJKROOSTER_DATABASE": f"sqlite:///{file}"}
    done = scheduler(*(part.replace("OUT", str(tmp_path / "out")) for part in command), env=env)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"There is no Wijkrooster database at {file}.")
    assert file.stat().st_size == 0
    assert not (tmp_path / "none").exists()


def test_an_empty_installation_is_no_backup(tmp_path: Path) -> None:
    env = {"WIJKROOSTER_INSTANCE": str(tmp_path / "instance")}
    assert scheduler("db", "upgrade", env=env).exit_code == 0
    for command in (("export", tmp_path / "out"), ("publish",)):
        done = scheduler(*command, env=env)
        assert (done.exit_code, done.stdout) == (2, "")
        assert f"The database at {tmp_path / 'instance' / 'wijkrooster.db'} is empty." in done.stderr
    assert not (tmp_path / "out").exists()
    assert scheduler("db", "check", env=env).exit_code == 0


def test_settings_that_make_nothing_hold_a_kept_secret_to_its_promise(tmp_path: Path) -> None:
    assert read_config({}, tmp_path, make=False).secret != read_config({}, tmp_path, make=False).secret
    kept = read_config({}, tmp_path)
    assert read_config({}, tmp_path, make=False) == kept
    (tmp_path / "instance" / "secret").chmod(0o644)
    with pytest.raises(Unsafe, match="chmod 600"):
        read_config({}, tmp_path, make=False)
