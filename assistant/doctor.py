"""Self-examination (自检) without network: reads a sample, asks, verifies, reviews, and says what is wrong."""

from __future__ import annotations

import platform
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from assistant.answer import GOOD
from assistant.assistant import Assistant
from assistant.settings import Settings
from ingest.errors import BadInput, HeshuError

SAMPLE = "chenghu-edu-2022.docx"
QUESTION = "2022年支出决算数是多少？"


def samples() -> tuple[Path, ...]:
    """Our own fictional reports that ship with heshu, for the demo and for trying things out."""
    folder = resources.files("assistant") / "samples"
    return tuple(sorted(Path(str(entry)) for entry in folder.iterdir()))


def examine() -> list[dict[str, Any]]:
    """Each step with `name`, `ok` and `detail`. Uses a data folder of its own that is gone afterwards."""
    steps: list[dict[str, Any]] = [{"name": "Python", "ok": True, "detail": platform.python_version()}]
    with tempfile.TemporaryDirectory(prefix="heshu-doctor-") as folder, no_network() as tried:
        with Assistant(Settings(home=Path(folder))) as assistant:
            sample = next(path for path in samples() if path.name == SAMPLE)
            for name, step in (
                ("读入样例", lambda: _add(assistant, sample)),
                ("提问", lambda: _ask(assistant)),
                ("核对", lambda: _verify(assistant)),
                ("复核", lambda: _review(assistant)),
            ):
                steps.append(_run(name, step))
        steps.append({"name": "未联网", "ok": not tried, "detail": "、".join(tried) or "没有打开任何网络连接"})
    return steps


def mend(settings: Settings) -> dict[str, Any]:
    """Mend a damaged data folder: `saved` reports, `added` again from their files, `lost` by name with the reason."""
    from ingest.store.mend import mend as mend_store

    if settings.database:
        raise BadInput("数据库在服务器上，不归这条命令管；请用数据库自己的工具恢复。")
    saved, missing = mend_store(settings.home)
    added, lost = [], []
    with Assistant(settings) as assistant:
        for one in missing:
            try:
                added.append(assistant.add_bytes(one.data or b"", one.name)["title"])
            except HeshuError as error:
                lost.append(f"{one.name}：{error}")
    return {"saved": saved, "added": added, "lost": lost, "ok": not lost}


@contextmanager
def no_network() -> Iterator[list[str]]:
    """While it lasts, a connection to another machine fails, and is named in the list given."""
    tried: list[str] = []
    real = socket.socket.connect

    def refuse(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else address
        if self.family == getattr(socket, "AF_UNIX", None) or str(host).startswith("127.") or host == "::1":
            return real(self, address)
        tried.append(str(host))
        raise OSError("自检期间不联网")

    socket.socket.connect = refuse  # type: ignore[assignment, method-assign]  # put back below
    try:
        yield tried
    finally:
        socket.socket.connect = real  # type: ignore[method-assign]


def _run(name: str, step: Callable[[], str]) -> dict[str, Any]:
    try:
        return {"name": name, "ok": True, "detail": step()}
    except Exception as error:  # noqa: BLE001  # whatever is wrong is what the doctor is asked to say
        return {"name": name, "ok": False, "detail": f"{type(error).__name__}：{error}"}


def _expect(condition: bool, problem: str) -> None:
    if not condition:
        raise RuntimeError(problem)


def _add(assistant: Assistant, sample: Path) -> str:
    entry = assistant.add(sample)
    _expect(entry["facts"] > 0 and entry["tables"] > 0, "样例里没有读到表格或数字")
    return f"{entry['title']}：{entry['tables']} 张表，{entry['facts']} 个数字，{entry['seconds']} 秒"


def _ask(assistant: Assistant) -> str:
    answer = assistant.ask(QUESTION)
    _expect(bool(answer.figures) and all(one.verdict in GOOD for one in answer.figures), f"答案不可信：{answer.text}")
    return answer.text.splitlines()[0]


def _verify(assistant: Assistant) -> str:
    right = assistant.ask(QUESTION).figures[0].quantity.text
    wrong = assistant.verify(f"2022年支出决算数为{right.replace('7', '8')}。")
    _expect(any(one.verdict not in GOOD for one in wrong.figures), "没有发现故意写错的数字")
    return f"故意写错的数字被指出：{wrong.figures[0].working}"


def _review(assistant: Assistant) -> str:
    outcome = assistant.review(SAMPLE)
    _expect(bool(outcome.findings) and bool(outcome.memo), "没有得到复核意见")
    return f"{len(outcome.findings)} 条发现，{len(outcome.passed)} 项通过的核对"
