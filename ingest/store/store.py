"""The store: the truth about every report added, on SQLite (WAL) or any other database SQLAlchemy speaks to.

A report is wholly there or not there. Findings are kept as opaque JSON: the store judges nothing.
Search indexes are not kept here; they are caches that follow the store (see ingest.search).
"""

from __future__ import annotations

import threading
import zlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy as sql

from ingest.chunk import Chunk
from ingest.errors import StoreDamaged, UnknownReport
from ingest.fact import Fact
from ingest.reading import Reading
from ingest.report import Report
from ingest.store import originals
from ingest.store.audit import Audit
from ingest.store.engine import as_one, decode, engine_of, explained, unpack
from ingest.store.journal import Journal, now
from ingest.store.manifest import Entry, columns
from ingest.store.owner import Owner
from ingest.store.schema import BODIES, CHUNKS, META, REPORTS, STEPS, migrate, version
from ingest.store.writer import Writer
from ingest.store.written import Written

KEPT_READINGS = 32
_LINES = sql.select(*(REPORTS.c[field.name] for field in fields(Entry)))
_LINE = _LINES.where(REPORTS.c.id == sql.bindparam("report"))
_REVISION = sql.select(META.c.value).where(META.c.key == "revision")
_NAME = sql.select(META.c.value).where(META.c.key == "name")
"""Statements asked again and again are made once: making one costs more than asking it."""


class Store:
    """Reports, facts, chunks and findings of one data folder; the work on them is in its `journal`.

    Opens nothing until it is first used. The first write makes this process the owner of the folder.
    """

    def __init__(self, home: Path, url: str | None = None) -> None:
        self.home = home
        self.owner = Owner(home)
        self._url = url
        self._mutex = threading.RLock()
        self._engine: sql.Engine | None = None
        self._writer: Writer | None = None
        self._readings: OrderedDict[tuple[str, str], Reading] = OrderedDict()
        self._listed: tuple[int, tuple[Entry, ...]] = (-1, ())
        self.journal = Journal(self._reading, self._writing)
        self.audit = Audit(self._reading, self._writing)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database and of the folder."""
        with self._mutex:
            if self._writer is not None:
                self._writer.free()
                self._writer = None
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None
            self.owner.free()

    # -- reports ---------------------------------------------------------------------------------------------------

    def add(self, written: Written, data: bytes = b"") -> Entry:
        """Store a report with all that belongs to it in one transaction; a report already there is replaced.

        `data`: the bytes of its file.
        """
        bodies, passages = written.bodies(), written.passages()
        with self._writing() as connection:
            digest = originals.keep(self._originals, data, written.entry.source)
            entry = replace(written.entry, added=now())
            connection.execute(sql.delete(REPORTS).where(REPORTS.c.id == entry.id))
            connection.execute(sql.insert(REPORTS).values(digest=digest, **columns(entry)))
            connection.execute(sql.insert(BODIES), bodies)
            if passages:
                connection.execute(sql.insert(CHUNKS), passages)
            self._advance(connection)
        return entry

    def remove(self, report: str) -> None:
        """Take a report out, with everything made from it; reviewers' decisions stay. Raises UnknownReport."""
        with self._writing() as connection:
            digest = connection.scalar(sql.select(REPORTS.c.digest).where(REPORTS.c.id == report))
            if digest is None:
                raise _unknown(report)
            connection.execute(sql.delete(REPORTS).where(REPORTS.c.id == report))
            still = connection.scalar(sql.select(REPORTS.c.id).where(REPORTS.c.digest == digest))
            self._advance(connection)
        if still is None:
            originals.drop(self._originals, [digest])

    def list(self) -> tuple[Entry, ...]:
        """Every report, in the order added; read again only when reports came or went."""
        revision, entries = self._listed
        with self._reading() as connection:
            if revision != (now := _revision(connection)):
                rows = connection.execute(_LINES.order_by(REPORTS.c.added, REPORTS.c.id)).all()
                entries = tuple(Entry(*row) for row in rows)
                self._listed = now, entries
        return entries

    def entry(self, report: str) -> Entry | None:
        """The manifest line of one report, or None."""
        with self._reading() as connection:
            row = connection.execute(_LINE, {"report": report}).first()
        return Entry(*row) if row else None

    def get(self, report: str) -> Reading:
        """The report and its facts; the last few stay decoded. Raises UnknownReport."""
        entry = self.entry(report)
        if entry is None:
            raise _unknown(report)
        key = (report, entry.added)
        with self._mutex:
            if key in self._readings:
                self._readings.move_to_end(key)
                return self._readings[key]
        reading = Reading(self._body(report, "report", Report), self._body(report, "facts", tuple[Fact, ...]))
        with self._mutex:
            self._readings[key] = reading
            while len(self._readings) > KEPT_READINGS:
                self._readings.popitem(last=False)
        return reading

    def findings(self, report: str) -> str:
        """The findings of a report, as the JSON they were given in. Raises UnknownReport."""
        return unpack(self._raw(report, "findings"))

    def original(self, report: str) -> bytes:
        """The bytes of the file as it was given. Raises UnknownReport, StoreDamaged where the file is gone."""
        with self._reading() as connection:
            digest = connection.scalar(sql.select(REPORTS.c.digest).where(REPORTS.c.id == report))
        if digest is None:
            raise _unknown(report)
        data = originals.load(self._originals, digest)
        if data is None:
            raise StoreDamaged(f"报告 {report} 的原始文件缺失或已损坏，请重新加入该文件。")
        return data

    # -- chunks and what is derived from them ------------------------------------------------------------------------

    def chunks(self, report: str) -> tuple[Chunk, ...]:
        """All passages of a report, in reading order."""
        with self._reading() as connection:
            query = sql.select(CHUNKS.c.body).where(CHUNKS.c.report == report).order_by(CHUNKS.c.ordinal)
            bodies = connection.scalars(query).all()
        return tuple(decode(body, Chunk) for body in bodies)

    def passages(self, ids: Iterable[str]) -> dict[str, Chunk]:
        """Passages by id; ids no longer there are left out."""
        wanted = tuple(ids)
        with self._reading() as connection:
            rows = connection.execute(sql.select(CHUNKS.c.id, CHUNKS.c.body).where(CHUNKS.c.id.in_(wanted))).all()
        return {row.id: decode(row.body, Chunk) for row in rows}

    def derived(self, name: str, reports: Sequence[str] | None = None) -> dict[str, bytes]:
        """A derived value by report (of all reports for None); those that have none are left out."""
        query = sql.select(BODIES.c.report, BODIES.c.body).where(BODIES.c.name == name)
        if reports is not None:
            query = query.where(BODIES.c.report.in_(tuple(reports)))
        with self._reading() as connection:
            return {row.report: row.body for row in connection.execute(query)}

    def derive(self, name: str, bodies: Mapping[str, bytes]) -> None:
        """Keep a derived value for reports that are (still) there."""
        with self._writing() as connection:
            there = set(connection.scalars(sql.select(REPORTS.c.id).where(REPORTS.c.id.in_(tuple(bodies)))))
            where = sql.and_(BODIES.c.report.in_(tuple(bodies)), BODIES.c.name == name)
            connection.execute(sql.delete(BODIES).where(where))
            rows = [
                {"report": report, "name": name, "body": body} for report, body in bodies.items() if report in there
            ]
            if rows:
                connection.execute(sql.insert(BODIES), rows)

    def revision(self) -> int:
        """A number that grows with every report added or removed, by whichever process."""
        with self._reading() as connection:
            return _revision(connection)

    def name(self) -> str:
        """What sets this store apart from all others, where several share one cache; made when first asked for."""
        with self._reading() as connection:
            known = connection.scalar(_NAME)
        if known is None:
            with self._writing() as connection:
                known = connection.scalar(_NAME)
                if known is None:
                    known = uuid4().hex[:12]
                    connection.execute(sql.insert(META).values(key="name", value=known))
        return str(known)

    # -- inside ------------------------------------------------------------------------------------------------------

    @property
    def _originals(self) -> Path:
        return self.home / "originals"

    def _body(self, report: str, name: str, kind: Any) -> Any:
        return decode(self._raw(report, name), kind, zlib.decompress)

    def _raw(self, report: str, name: str) -> bytes:
        where = sql.and_(BODIES.c.report == report, BODIES.c.name == name)
        with self._reading() as connection:
            body = connection.scalar(sql.select(BODIES.c.body).where(where))
        if body is None:
            raise _unknown(report)
        return bytes(body)

    def _advance(self, connection: sql.Connection) -> None:
        at = _revision(connection)
        connection.execute(sql.delete(META).where(META.c.key == "revision"))
        connection.execute(sql.insert(META).values(key="revision", value=str(at + 1)))

    @contextmanager
    def _reading(self) -> Iterator[sql.Connection]:
        with explained(), self._open().connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sql.Connection]:
        with self._mutex, explained():
            engine = self._open()
            self._own(engine)
            assert self._writer is not None
            with self._writer.begin() as connection:
                yield connection

    def _own(self, engine: sql.Engine) -> None:
        """Take the folder, and on taking it clear away what a killed owner left behind."""
        if self.owner.held:
            return
        self.owner.take()
        with engine.connect() as connection:
            wanted = frozenset(connection.scalars(sql.select(REPORTS.c.digest)))
        if engine.dialect.name == "sqlite":
            originals.sweep(self._originals, wanted)

    def _open(self) -> sql.Engine:
        if self._engine is None:  # whoever reads waits for no writer
            with self._mutex:
                self._engine = self._engine or self._opened()
        return self._engine

    def _opened(self) -> sql.Engine:
        self.home.mkdir(parents=True, exist_ok=True)
        engine = engine_of(self._url or f"sqlite:///{self.home / 'heshu.sqlite'}")
        with engine.connect() as connection:
            outdated = version(connection) != len(STEPS)
        self._writer = Writer(engine)
        if outdated:
            self.owner.take()
            with self._writer.begin() as connection:
                as_one(connection)
                migrate(connection)
        return engine


def _revision(connection: sql.Connection) -> int:
    return int(connection.scalar(_REVISION) or 0)


def _unknown(report: str) -> UnknownReport:
    return UnknownReport(f"没有编号为 {report} 的报告；可用 heshu reports 查看已加入的报告。")
