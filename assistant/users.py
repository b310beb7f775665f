"""Users of the web page (用户): names and hashed passwords in one file, a line each, and the door that lets them in."""

from __future__ import annotations

import os
import secrets
import threading
import time
from base64 import b64decode, b64encode
from collections.abc import Callable
from hashlib import scrypt
from hmac import compare_digest
from pathlib import Path

from ingest.errors import BadInput

SHORTEST = 8
LONGEST = 128
NAME_LIMIT = 40
COST = {"n": 1 << 14, "r": 8, "p": 1}
"""scrypt's work (RFC 7914): 16 MiB and some tens of milliseconds a try. Kept in each line, so it may grow later."""
PATIENCE = 5
"""Wrong passwords in a row after which a name has to wait."""
WAIT = 60.0


def hashed(password: str) -> str:
    """A line's second half: `scrypt$n$r$p$salt$key`."""
    salt = secrets.token_bytes(16)
    key = scrypt(password.encode(), salt=salt, **COST)
    numbers = "$".join(str(COST[name]) for name in ("n", "r", "p"))
    return f"scrypt${numbers}${b64encode(salt).decode()}${b64encode(key).decode()}"


def matches(password: str, kept: str) -> bool:
    """Whether a password is the one that was hashed."""
    _, n, r, p, salt, key = kept.split("$")
    tried = scrypt(password.encode("utf-8", "replace"), salt=b64decode(salt), n=int(n), r=int(r), p=int(p))
    return compare_digest(tried, b64decode(key))


def read_users(path: Path) -> dict[str, str]:
    """Hashed passwords by name. Raises BadInput for a file that is none of ours."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise BadInput(f"没有用户文件 {path}。先用 heshu user add 名字 --file {path} 建一个用户。") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"读不了用户文件 {path}：{error}。") from error
    users = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        name, _, kept = line.partition(":")
        if kept.count("$") != 5 or not kept.startswith("scrypt$"):
            raise BadInput(f"用户文件 {path} 第 {number} 行不对：应由 heshu user add 写入，口令不能是明文。")
        users[name] = kept
    return users


def add_user(path: Path, name: str, password: str) -> bool:
    """Set a user's password; True where the user is new. Raises BadInput for a name or password that will not do."""
    if not name or len(name) > NAME_LIMIT or name != name.strip() or not name.isprintable() or ":" in name:
        raise BadInput(f"用户名应为 1 至 {NAME_LIMIT} 个可见字符，首尾无空格，不含冒号。")
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInput(f"口令应为 {SHORTEST} 至 {LONGEST} 个字符。")
    users = read_users(path) if path.exists() else {}
    new = name not in users
    _write(path, {**users, name: hashed(password)})
    return new


def remove_user(path: Path, name: str) -> None:
    """Take a user out; their chats stay. Raises BadInput where there is none of that name."""
    users = read_users(path)
    if name not in users:
        raise BadInput(f"没有用户“{name}”。现有：{'、'.join(users) or '无'}。")
    _write(path, {other: kept for other, kept in users.items() if other != name})


def _write(path: Path, users: dict[str, str]) -> None:
    """Whole or not at all, and for the owner's eyes only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    text = "".join(f"{name}:{kept}\n" for name, kept in users.items())
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    aside.replace(path)


class Door:
    """Lets users in. Reads the file at each try, so that a new password holds at once."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._clock = clock
        self._wrong: dict[str, tuple[int, float]] = {}
        self._mutex = threading.Lock()
        self._nobody = hashed(secrets.token_hex())

    def opens(self, name: str, password: str) -> bool:
        """Whether this is a user's password. A name with too many wrong tries waits, right password or not."""
        with self._mutex:
            wrong, last = self._wrong.get(name, (0, 0.0))
            if wrong >= PATIENCE and self._clock() - last < WAIT:
                return False
        known = read_users(self._path).get(name)
        right = matches(password[:LONGEST], known or self._nobody) and known is not None
        with self._mutex:
            if right:
                self._wrong.pop(name, None)
            elif known is not None:
                self._wrong[name] = (wrong + 1, self._clock())
        return right
