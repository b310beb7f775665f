"""The journal: what people did with the reports. Chats, reviewers' decisions about findings, memos they changed.

Part of the store, in the same database and under the same owner; it outlives the reports it speaks of. Turns are kept
as opaque JSON: the journal judges nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields
from datetime import UTC, datetime

import sqlalchemy as sql

from ingest.store.schema import CHATS, DECISIONS, REVISIONS

Connect = Callable[[], AbstractContextManager[sql.Connection]]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer decided about a finding (复核决定)."""

    report: str
    finding: str
    decision: str
    note: str = ""
    reviewer: str = ""
    added: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """A memo as a person changed it (修改稿), the text it was made from, and when it was last changed."""

    text: str
    original: str
    added: str


class Journal:
    """Chats, decisions and changed memos, over the connections of the store that it belongs to."""

    def __init__(self, reading: Connect, writing: Connect) -> None:
        self._reading = reading
        self._writing = writing

    def say(self, chat: str, body: str, owner: str = "") -> None:
        """Append one turn, as JSON, to a chat of `owner` (用户; empty: whoever sits at this machine)."""
        with self._writing() as connection:
            connection.execute(sql.insert(CHATS).values(chat=chat, body=body, added=now(), owner=owner))

    def chat(self, chat: str, owner: str = "", last: int | None = None) -> tuple[str, ...]:
        """The (last) turns of a chat, oldest first; another owner's chat of the same name is another chat."""
        with self._reading() as connection:
            query = sql.select(CHATS.c.body).where(_of(chat, owner)).order_by(CHATS.c.number.desc()).limit(last)
            return tuple(connection.scalars(query))[::-1]

    def chats(self, owner: str = "") -> dict[str, str]:
        """All chats of an owner by name, each with its first turn, the latest first."""
        ends = (
            sql.select(sql.func.min(CHATS.c.number).label("first"), sql.func.max(CHATS.c.number).label("last"))
            .where(CHATS.c.owner == owner)
            .group_by(CHATS.c.chat)
            .subquery()
        )
        query = sql.select(CHATS.c.chat, CHATS.c.body).join(ends, CHATS.c.number == ends.c.first)
        with self._reading() as connection:
            return {row.chat: row.body for row in connection.execute(query.order_by(ends.c.last.desc()))}

    def forget(self, chat: str, owner: str = "") -> None:
        """Remove a chat."""
        with self._writing() as connection:
            connection.execute(sql.delete(CHATS).where(_of(chat, owner)))

    def decide(self, decision: Decision) -> None:
        """Keep a reviewer's decision; earlier ones about the same finding stay as history."""
        with self._writing() as connection:
            values = {field.name: getattr(decision, field.name) for field in fields(Decision)}
            connection.execute(sql.insert(DECISIONS).values(**{**values, "added": decision.added or now()}))

    def decisions(self, report: str) -> tuple[Decision, ...]:
        """All decisions about a report, oldest first; the last one about a finding holds."""
        columns = [DECISIONS.c[field.name] for field in fields(Decision)]
        with self._reading() as connection:
            query = sql.select(*columns).where(DECISIONS.c.report == report).order_by(DECISIONS.c.number)
            return tuple(Decision(*row) for row in connection.execute(query))

    def revise(self, report: str, text: str, original: str, owner: str = "") -> None:
        """Keep the memo of a report as its owner changed it; an empty text, or the original, forgets the change."""
        with self._writing() as connection:
            connection.execute(sql.delete(REVISIONS).where(_changed(report, owner)))
            if text.strip() and text != original:
                values = {"report": report, "owner": owner, "text": text, "original": original, "added": now()}
                connection.execute(sql.insert(REVISIONS).values(**values))

    def revision(self, report: str, owner: str = "") -> Revision | None:
        """The memo of a report as its owner last changed it."""
        columns = [REVISIONS.c[field.name] for field in fields(Revision)]
        with self._reading() as connection:
            row = connection.execute(sql.select(*columns).where(_changed(report, owner))).first()
            return Revision(*row) if row else None


def _changed(report: str, owner: str) -> sql.ColumnElement[bool]:
    return sql.and_(REVISIONS.c.report == report, REVISIONS.c.owner == owner)


def _of(chat: str, owner: str) -> sql.ColumnElement[bool]:
    return sql.and_(CHATS.c.chat == chat, CHATS.c.owner == owner)


def now() -> str:
    """The time in UTC, ISO 8601: the order of two entries is the order of their times."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
