"""Who may write into a data folder: one process at a time, held by a lock that dies with it.

Refuses to wait: a second writer is told at once who the owner is.
"""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

from ingest.errors import StoreBusy


class Owner:
    """The claim of this process on a data folder (独占锁). Not held until `take`."""

    def __init__(self, home: Path) -> None:
        from filelock import FileLock

        self._card = home / "owner.json"
        self._lock = FileLock(home / "owner.lock", timeout=0, thread_local=False)

    @property
    def held(self) -> bool:
        """Whether this process owns the folder."""
        return bool(self._lock.is_locked)

    def take(self) -> None:
        """Become the owner, or raise StoreBusy with the pid of the process that is."""
        from filelock import Timeout

        if self.held:
            return
        self._card.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire()
        except Timeout:
            raise StoreBusy(
                f"数据目录 {self._card.parent} 正被{self._who()}占用：现在可以查询，不能写入；"
                "请在那个进程里操作，或等它结束。"
            ) from None
        self._card.write_text(json.dumps({"pid": os.getpid(), "host": socket.gethostname()}), encoding="utf-8")

    def free(self) -> None:
        """Give the folder back."""
        self._lock.release()

    def _who(self) -> str:
        try:
            card = json.loads(self._card.read_text(encoding="utf-8"))
            return f"进程 {card['pid']}（主机 {card['host']}）"
        except (OSError, ValueError, KeyError):
            return "另一个进程"
