"""The one connection that writes to a PostgreSQL database (写连接): it holds the lock that says so, loses both at once.

A lock in a data folder does not know of another folder on the same database. SQLite lives in its folder and needs none.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import sqlalchemy as sql

from ingest.errors import StoreBusy

_LOCK = "hashtext('heshu'), hashtext(coalesce(current_schema(), ''))"
_TAKE = sql.text(f"SELECT pg_try_advisory_lock({_LOCK})")
_SIGN = sql.text("SELECT set_config('application_name', :name, false)")
_ALIVE = sql.text("SELECT 1")
_WHO = sql.text(
    "SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid) JOIN pg_database ON oid = database"
    " WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND pg_database.datname = current_database()"
    " AND (classid, objid) = (hashtext('heshu')::oid, hashtext(coalesce(current_schema(), ''))::oid)"
)


class Writer:
    """Transactions that write; whoever uses it holds the store's mutex."""

    def __init__(self, engine: sql.Engine) -> None:
        self._engine = engine
        self._held: sql.Connection | None = None

    @contextmanager
    def begin(self) -> Iterator[sql.Connection]:
        """A transaction. Raises StoreBusy where another process writes to this database."""
        if self._engine.dialect.name != "postgresql":
            with self._engine.begin() as connection:
                yield connection
            return
        connection = self._owned()
        with connection.begin():
            yield connection

    def free(self) -> None:
        """Let go of the connection and with it of the lock."""
        if self._held is not None:
            self._held.close()
            self._held = None

    def _owned(self) -> sql.Connection:
        """The connection that holds the lock: the one that we have, or a new one where that has been cut off."""
        if self._held is not None:
            with suppress(sql.exc.DBAPIError):
                self._held.execute(_ALIVE)
                self._held.rollback()
                return self._held
            self.free()
        connection = self._engine.connect()
        connection.detach()  # closed, not given to others, when it is let go of
        try:
            if not connection.scalar(_TAKE):
                raise StoreBusy(
                    f"数据库正由{_named(connection.scalar(_WHO))}写入：现在可以查询，不能写入；"
                    "请在那个进程里操作，或等它结束（几个数据目录共用一个数据库时，同一时间只有一个进程可以写入）。"
                )
            connection.execute(_SIGN, {"name": f"heshu {os.getpid()} {socket.gethostname()}"[:63]})
            connection.commit()
        except BaseException:
            connection.close()
            raise
        self._held = connection
        return connection


def _named(said: str | None) -> str:
    """The process that signs its connection like this."""
    match (said or "").split(" "):
        case ["heshu", pid, host]:
            return f"进程 {pid}（主机 {host}）"
    return "另一个进程"
