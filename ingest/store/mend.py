"""Mends a damaged store: every row that can still be read moves into a new database, the old one is put aside.

Loses nothing silently: what could not be saved is named, with its original file where that is still there.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sql

from ingest.store import originals
from ingest.store.engine import engine_of
from ingest.store.owner import Owner
from ingest.store.schema import BODIES, CHUNKS, META, REPORTS, SCHEMA, migrate
from ingest.store.store import Store

LONGEST = 2**40
NEEDED = {"report", "facts", "findings"}
TALK = tuple(table for table in SCHEMA.sorted_tables if table not in (META, REPORTS, BODIES, CHUNKS))
"""What people did, whichever tables that may be: saved row by row."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A report that could not be saved: its file, if that is still there, can be added again."""

    name: str
    digest: str
    data: bytes | None


def mend(home: Path) -> tuple[int, tuple[Lost, ...]]:
    """Mend the SQLite store of `home`; returns how many reports were saved, and those that were not.

    The originals of lost reports are handed back, to be added again. Raises StoreBusy.
    """
    path = home / "heshu.sqlite"
    owner = Owner(home)
    owner.take()
    try:
        kept = frozenset(originals.kept(home / "originals"))
        aside = _put_aside(path)
        engine = engine_of(f"sqlite:///{path}")
        with engine.begin() as connection:
            migrate(connection)
        saved = _save(aside, engine) if _made_long_enough(aside) else frozenset()
        engine.dispose()
    finally:
        owner.free()
    with Store(home) as store:
        count = len(store.list())
    folder = home / "originals"
    lost = [Lost(originals.name_of(folder, d), d, originals.load(folder, d)) for d in sorted(kept - saved)]
    return count, tuple(lost)


def _put_aside(path: Path) -> Path:
    """Rename the damaged file with its log; nothing is deleted."""
    stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S%f")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    for end in ("", "-wal", "-shm"):
        part = path.with_name(path.name + end)
        if part.exists():
            part.rename(aside.with_name(aside.name + end))
    return aside


def _made_long_enough(aside: Path) -> bool:
    """Bring a cut-off file to the length its head speaks of, with zeros: SQLite then reads the pages that are left.

    Page size and page count stand at offsets 16 and 28 (SQLite file format, section 1.3). False: nothing to read.
    """
    if not aside.exists() or aside.stat().st_size < 100:
        return False
    with aside.open("r+b") as file:
        head = file.read(100)
        size = int.from_bytes(head[16:18], "big") * int.from_bytes(head[28:32], "big")
        if head.startswith(b"SQLite format 3") and aside.stat().st_size < size <= LONGEST:
            file.truncate(size)
    return True


def _save(aside: Path, engine: sql.Engine) -> frozenset[str]:
    """Copy what is readable; a report only when all its parts are. Returns the digests of the files saved."""
    old = sqlite3.connect(aside)
    old.row_factory = sqlite3.Row
    try:
        reports = {row["id"]: row for row in _rows(old, "reports", "rowid")}
        bodies: dict[str, list[dict[str, Any]]] = {}
        for row in _rows(old, "bodies", "rowid"):
            bodies.setdefault(row["report"], []).append(row)
        chunks: dict[str, list[dict[str, Any]]] = {}
        for row in _rows(old, "chunks", "rowid"):
            chunks.setdefault(row["report"], []).append(row)
        talk = {table: list(_rows(old, table.name, "rowid")) for table in TALK}
    finally:
        old.close()
    whole = {id: row for id, row in reports.items() if _whole(row, bodies.get(id, []), chunks.get(id, []))}
    with engine.begin() as connection:
        for id, row in whole.items():
            connection.execute(sql.insert(REPORTS).values(**row))
            connection.execute(sql.insert(BODIES), bodies[id])
            if id in chunks:
                connection.execute(sql.insert(CHUNKS), chunks[id])
        for table, rows in talk.items():
            if rows:
                connection.execute(sql.insert(table), rows)
        connection.execute(sql.insert(META).values(key="revision", value=str(len(whole) + 1)))
    return frozenset(row["digest"] for row in whole.values())


def _whole(row: dict[str, Any], bodies: list[dict[str, Any]], chunks: list[dict[str, Any]]) -> bool:
    """Whether nothing of a report is missing or unreadable."""
    parts = {body["name"]: body["body"] for body in bodies}
    if not parts.keys() >= NEEDED or sorted(c["ordinal"] for c in chunks) != list(range(row["chunks"])):
        return False
    try:
        for name in NEEDED:
            zlib.decompress(parts[name])
        for chunk in chunks:
            json.loads(chunk["body"])
    except (zlib.error, ValueError, TypeError):
        return False
    return True


def _rows(old: sqlite3.Connection, table: str, key: str) -> Iterator[dict[str, Any]]:
    """Rows of a table, one by one, past those that cannot be read; a damaged tree may lead backwards."""
    at, misses = -1, 0
    while misses < 1000:
        try:
            row = old.execute(
                f"SELECT {key} AS at_, * FROM {table} WHERE {key} > ? ORDER BY {key} LIMIT 1", (at,)
            ).fetchone()
        except sqlite3.DatabaseError:
            at, misses = at + 1, misses + 1
            continue
        if row is None:
            return
        if row["at_"] <= at:
            at, misses = at + 1, misses + 1
            continue
        at, misses = row["at_"], 0
        yield {name: row[name] for name in row.keys() if name != "at_"}  # noqa: SIM118  # a Row iterates values
