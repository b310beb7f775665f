"""The tables of the store and the steps that bring an older store to this version.

A new version is one more function at the end of STEPS; a step that has been released is never changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sqlalchemy as sql

from ingest.errors import StoreDamaged

SCHEMA = sql.MetaData()

META = sql.Table("meta", SCHEMA, sql.Column("key", sql.String(64), primary_key=True), sql.Column("value", sql.Text))

REPORTS = sql.Table(
    "reports",
    SCHEMA,
    sql.Column("id", sql.String(64), primary_key=True),
    sql.Column("digest", sql.String(64), nullable=False),
    sql.Column("title", sql.Text, nullable=False),
    sql.Column("department", sql.Text, nullable=False),
    sql.Column("year", sql.Integer),
    sql.Column("source", sql.Text, nullable=False),
    sql.Column("pages", sql.Integer, nullable=False),
    sql.Column("tables", sql.Integer, nullable=False),
    sql.Column("facts", sql.Integer, nullable=False),
    sql.Column("chunks", sql.Integer, nullable=False),
    sql.Column("findings", sql.Integer, nullable=False),
    sql.Column("seconds", sql.Float, nullable=False),
    sql.Column("added", sql.String(32), nullable=False),
)
"""The manifest: a report exists exactly when its row does."""

BODIES = sql.Table(
    "bodies",
    SCHEMA,
    sql.Column("report", sql.String(64), sql.ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    sql.Column("name", sql.String(64), primary_key=True),
    sql.Column("body", sql.LargeBinary, nullable=False),
)
"""Long values of a report: `report`, `facts`, `findings`, and what was derived from them (vectors, word counts)."""

CHUNKS = sql.Table(
    "chunks",
    SCHEMA,
    sql.Column("report", sql.String(64), sql.ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    sql.Column("ordinal", sql.Integer, primary_key=True),
    sql.Column("id", sql.String(96), nullable=False, unique=True),
    sql.Column("body", sql.LargeBinary, nullable=False),
)

CHATS = sql.Table(
    "chats",
    SCHEMA,
    sql.Column("number", sql.Integer, primary_key=True, autoincrement=True),
    sql.Column("chat", sql.String(64), nullable=False, index=True),
    sql.Column("body", sql.Text, nullable=False),
    sql.Column("added", sql.String(32), nullable=False),
    sql.Column("owner", sql.String(64), nullable=False, server_default=""),
)
"""A chat is known by its name and its owner (用户); the empty owner is whoever sits at this machine."""

DECISIONS = sql.Table(
    "decisions",
    SCHEMA,
    sql.Column("number", sql.Integer, primary_key=True, autoincrement=True),
    sql.Column("report", sql.String(64), nullable=False, index=True),
    sql.Column("finding", sql.String(128), nullable=False),
    sql.Column("decision", sql.String(64), nullable=False),
    sql.Column("note", sql.Text, nullable=False),
    sql.Column("reviewer", sql.Text, nullable=False),
    sql.Column("added", sql.String(32), nullable=False),
)
"""A reviewer's words outlive the report they speak of: no foreign key."""

AUDIT = sql.Table(
    "audit",
    SCHEMA,
    sql.Column("number", sql.Integer, primary_key=True, autoincrement=True),
    sql.Column("owner", sql.String(64), nullable=False),
    sql.Column("kind", sql.String(32), nullable=False),
    sql.Column("added", sql.String(32), nullable=False),
    sql.Column("body", sql.Text, nullable=False),
    sql.Column("digest", sql.String(64), nullable=False),
)
"""Rows are only ever added; each carries a digest of itself and of the one before, so that a change shows."""

REVISIONS = sql.Table(
    "revisions",
    SCHEMA,
    sql.Column("report", sql.String(64), primary_key=True),
    sql.Column("owner", sql.String(64), primary_key=True),
    sql.Column("text", sql.Text, nullable=False),
    sql.Column("original", sql.Text, nullable=False),
    sql.Column("added", sql.String(32), nullable=False),
)
"""A memo as a person changed it, and what it was made from: one for each report and user."""


def _create(connection: sql.Connection) -> None:
    """A new store is made whole; the later steps find their work done."""
    SCHEMA.create_all(connection)


def _owners_and_audit(connection: sql.Connection) -> None:
    if "owner" not in {column["name"] for column in sql.inspect(connection).get_columns("chats")}:
        connection.execute(sql.text("ALTER TABLE chats ADD COLUMN owner VARCHAR(64) NOT NULL DEFAULT ''"))
    AUDIT.create(connection, checkfirst=True)


def _revisions(connection: sql.Connection) -> None:
    REVISIONS.create(connection, checkfirst=True)


Step = Callable[[sql.Connection], None]
STEPS: tuple[Step, ...] = (_create, _owners_and_audit, _revisions)


def version(connection: sql.Connection) -> int:
    """How many steps this store has taken; 0 for an empty one."""
    if not sql.inspect(connection).has_table("meta"):
        return 0
    found = connection.scalar(sql.select(META.c.value).where(META.c.key == "schema"))
    return int(found) if found else 0


def migrate(connection: sql.Connection, steps: Sequence[Step] = STEPS) -> int:
    """Take the steps still missing and return the version reached; refuses a store made by a newer heshu."""
    at = version(connection)
    if at > len(steps):
        raise StoreDamaged(
            f"数据目录由更新版本的 heshu 建立（结构 {at}，本版识得 {len(steps)}），请升级 heshu 后再开。"
        )
    for step in steps[at:]:
        step(connection)
    if at < len(steps):
        connection.execute(sql.delete(META).where(META.c.key == "schema"))
        connection.execute(sql.insert(META).values(key="schema", value=str(len(steps))))
    return len(steps)
