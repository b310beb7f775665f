"""Users of the web page: passwords are never kept, a wrong one never opens, and guessing is slow."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.users import PATIENCE, WAIT, Door, add_user, read_users, remove_user
from ingest.errors import BadInput


def test_a_password_is_kept_as_a_hash_only(tmp_path: Path) -> None:
    """The file names the user, not the password; two users with one password have different lines; only we read it."""
    path = tmp_path / "users"
    assert add_user(path, "甲", "correct horse")
    add_user(path, "乙", "correct horse")
    assert "correct" not in path.read_text(encoding="utf-8")
    first, second = read_users(path).values()
    assert first != second
    assert path.stat().st_mode & 0o077 == 0


def test_the_door_opens_to_the_right_password_only(tmp_path: Path) -> None:
    """Wrong password, unknown name, empty password: shut. A password set anew holds at once."""
    path = tmp_path / "users"
    add_user(path, "甲", "correct horse")
    door = Door(path)
    assert door.opens("甲", "correct horse")
    assert not any(door.opens(*one) for one in (("甲", "correct Horse"), ("乙", "correct horse"), ("甲", "")))
    assert not add_user(path, "甲", "battery staple")
    assert door.opens("甲", "battery staple")
    assert not door.opens("甲", "correct horse")
    remove_user(path, "甲")
    assert not door.opens("甲", "battery staple")


def test_guessing_is_slowed_down(tmp_path: Path) -> None:
    """After some wrong tries in a row a name waits a minute, even with the right password."""
    now = [0.0]
    add_user(tmp_path / "users", "甲", "correct horse")
    door = Door(tmp_path / "users", clock=lambda: now[0])
    assert not any(door.opens("甲", f"wrong guess {n}") for n in range(PATIENCE))
    assert not door.opens("甲", "correct horse")
    now[0] += WAIT + 1
    assert door.opens("甲", "correct horse")


@pytest.mark.parametrize(
    ("name", "password"), [("", "long enough"), ("a:b", "long enough"), ("甲", "short"), ("\n", "long enough")]
)
def test_names_and_passwords_that_will_not_do(tmp_path: Path, name: str, password: str) -> None:
    """An unusable name or a short password is refused with what would do; nothing is written."""
    with pytest.raises(BadInput, match="应为"):
        add_user(tmp_path / "users", name, password)
    assert not (tmp_path / "users").exists()


def test_a_file_with_plain_passwords_is_refused(tmp_path: Path) -> None:
    """A hand-written `name:password` file would be a hole: it says so."""
    (tmp_path / "users").write_text("甲:secret\n", encoding="utf-8")
    with pytest.raises(BadInput, match="明文"):
        read_users(tmp_path / "users")
