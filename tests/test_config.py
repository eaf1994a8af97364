"""Tests of the settings: what is made by itself, and what is refused."""

import stat
from pathlib import Path

import pytest

from scheduler.config import read_config
from scheduler.domain.errors import Unsafe


def test_without_settings_everything_lies_in_a_private_folder_and_stays_the_same(tmp_path: Path) -> None:
    first, second = read_config({}, tmp_path), read_config({}, tmp_path)
    assert first == second
    assert len(first.secret) >= 43
    assert stat.S_IMODE((tmp_path / "instance" / "secret").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "instance").stat().st_mode) == 0o700
    assert first.database_url == f"sqlite:///{tmp_path}/instance/wijkrooster.db"
    assert first.base_url == "http://127.0.0.1:8000"
    assert [p.name for p in (tmp_path / "instance").iterdir()] == ["secret"]
    assert first.secret not in repr(first)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"WIJKROOSTER_SECRET": "short"}, "at least 32"),
        ({"HOST": "0.0.0.0"}, "secure cookies"),
        ({"PORT": "many"}, "PORT must be a number"),
        ({"PORT": "70000"}, "1 to 65535"),
        ({"PORT": "nan"}, "PORT must be a number"),
        ({"WIJKROOSTER_LEASE_SECONDS": "60"}, "3 to 10"),
        ({"WIJKROOSTER_OPENS": "late"}, "such as 08:00"),
        ({"WIJKROOSTER_OPENS": "21:00"}, "service hours"),
        ({"SMTP_HOST": "mail.example.org"}, "SMTP_SENDER"),
        ({"SMTP_HOST": "mail.example.org", "SMTP_SENDER": "a@example.org", "SMTP_SECURITY": "none"}, "unencrypted"),
        ({"SMTP_HOST": "mail.example.org", "SMTP_SENDER": "a@example.org", "SMTP_SECURITY": "x"}, "must be starttls"),
    ],
)
def test_an_unsafe_setting_is_refused_in_words(tmp_path: Path, settings: dict[str, str], words: str) -> None:
    with pytest.raises(Unsafe, match=words):
        read_config(settings, tmp_path)


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    read_config({}, tmp_path)
    (tmp_path / "instance" / "secret").chmod(0o644)
    with pytest.raises(Unsafe, match="chmod 600"):
        read_config({}, tmp_path)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unsafe, match="WIJKROOSTER_INSTANCE"):
        read_config({"WIJKROOSTER_INSTANCE": str(tmp_path / "file" / "instance")})


def test_given_settings_are_taken(tmp_path: Path) -> None:
    found = read_config(
        {
            "WIJKROOSTER_DATABASE": "postgresql+psycopg://db/wijkrooster",
            "WIJKROOSTER_SECRET": "s" * 32,
            "HOST": "::1",
            "PORT": "8080",
            "SMTP_HOST": "mail.example.org",
            "SMTP_SENDER": "rooster@example.org",
        },
        tmp_path,
    )
    assert found.base_url == "http://[::1]:8080"
    assert found.mail is not None
    assert (found.mail.port, found.mail.security) == (587, "starttls")
