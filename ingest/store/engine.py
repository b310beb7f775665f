"""How the store reaches its database and what its values look like there; turns foreign errors into ours."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sql

from ingest.codec import Undecodable, loads
from ingest.errors import StoreBusy, StoreDamaged, Unavailable

MEND = "heshu doctor --mend"
"""The one command that mends a damaged data folder."""


def engine_of(url: str) -> sql.Engine:
    """An engine; SQLite gets a write-ahead log, forced to disk at each commit, and foreign keys."""
    engine = sql.create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        sql.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: object) -> None:
    for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def as_one(connection: sql.Connection) -> None:
    """Make changes of the schema one transaction too: left alone, SQLite's driver commits each for itself."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def explained() -> Iterator[None]:
    """Turn a database's errors into ours, each with what to do."""
    try:
        yield
    except sql.exc.DBAPIError as error:
        said = str(error.orig)
        if "locked" in said:
            raise StoreBusy("数据库正忙：另一个进程正在写入，请稍后再试。") from error
        if "disk is full" in said or "disk I/O" in said:
            raise Unavailable("磁盘已满或写不进去，本次没有存入任何内容；请腾出空间后重试。") from error
        if "malformed" in said or "not a database" in said:
            raise StoreDamaged(f"数据目录损坏（{said}）。请运行：{MEND}") from error
        raise Unavailable(
            f"数据库不可用（{said.strip().splitlines()[0]}）。请检查数据库服务或数据目录权限。"
        ) from error
    except OSError as error:
        raise Unavailable(
            f"写不进数据目录（{error.strerror}），本次没有存入任何内容；请检查磁盘空间和权限。"
        ) from error


def encode(text: str) -> bytes:
    """UTF-8 that also carries lone surrogates, which damaged files contain."""
    return text.encode("utf-8", "surrogatepass")


def pack(text: str) -> bytes:
    """A long text, compressed; the checksum inside tells damage."""
    return zlib.compress(encode(text), 1)


def unpack(body: bytes) -> str:
    """The inverse of `pack`."""
    return zlib.decompress(body).decode("utf-8", "surrogatepass")


def decode(body: bytes, kind: Any, opened: Callable[[bytes], bytes] = bytes) -> Any:
    """The value stored as JSON, `opened` first where it was packed; raises StoreDamaged."""
    try:
        return loads(opened(body).decode("utf-8", "surrogatepass"), kind)
    except (zlib.error, Undecodable, UnicodeDecodeError) as error:
        raise StoreDamaged(f"库中有一条记录无法还原（{error}）。请运行：{MEND}") from error
