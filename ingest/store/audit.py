"""The audit log (审计日志): what was asked or checked, by whom, from which facts, with which verdicts.

Rows are only ever added. Each carries a digest over itself and the row before it, so that a row changed, taken out or
put in afterwards is found by `broken`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import sqlalchemy as sql

from ingest.store.journal import Connect, now
from ingest.store.schema import AUDIT


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the audit log; `body` is JSON, opaque here."""

    number: int
    owner: str
    kind: str
    added: str
    body: str
    digest: str


class Audit:
    """The audit log, over the connections of the store that it belongs to."""

    def __init__(self, reading: Connect, writing: Connect) -> None:
        self._reading = reading
        self._writing = writing

    def record(self, owner: str, kind: str, body: str) -> None:
        """Add a row; who, what kind of act, and what it was as JSON."""
        with self._writing() as connection:
            last = connection.scalar(sql.select(AUDIT.c.digest).order_by(AUDIT.c.number.desc()).limit(1)) or ""
            added = now()
            digest = _digest(last, owner, kind, added, body)
            values = {"owner": owner, "kind": kind, "added": added, "body": body, "digest": digest}
            connection.execute(sql.insert(AUDIT).values(**values))

    def records(self) -> tuple[Record, ...]:
        """All rows, oldest first."""
        with self._reading() as connection:
            return tuple(Record(*row) for row in connection.execute(sql.select(AUDIT).order_by(AUDIT.c.number)))


def broken(records: Sequence[Record]) -> int | None:
    """The number of the first row that does not follow from the one before it; None where the log is whole."""
    last = ""
    for one in records:
        if one.digest != _digest(last, one.owner, one.kind, one.added, one.body):
            return one.number
        last = one.digest
    return None


def _digest(last: str, *parts: str) -> str:
    return sha256("\0".join((last, *parts)).encode("utf-8", "surrogatepass")).hexdigest()
