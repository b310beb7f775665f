"""How quick the web page is: start to first page, a question's first stage, twenty chats at once over gradio_client.

Run: `python -m benchmarks.web [--chats 20] [--starts 3] [--json FILE]`. The page and its askers share this machine.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from assistant import Assistant, Settings, samples

QUESTIONS = ("支出决算数是多少？", "项目支出预算执行率是多少？", "哪个项目执行率最低？")
PATIENCE = 300
"""Seconds a client waits: a busy page is slow, which is measured, not an error."""
TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def server(home: Path) -> Iterator[tuple[str, float, float]]:
    """A page over a data folder: its address, and the seconds (wall, processor) until its first page was there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    began = time.monotonic()
    command = [sys.executable, "-m", "ui.cli", "ui", "--port", str(port)]
    process = subprocess.Popen(command, env={**os.environ, "HESHU_HOME": str(home)})
    try:
        while True:
            try:
                urllib.request.urlopen(address, timeout=30).read()
                break
            except OSError:
                if process.poll() is not None:
                    raise RuntimeError("网页没有启动") from None
                time.sleep(0.02)
        yield address, time.monotonic() - began, _processor(process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _processor(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def chat(address: str, number: int) -> list[tuple[float, float, str]]:
    """One chat of three questions: seconds to the first stage of its turn and to the answer, and what went wrong."""
    from gradio_client import Client

    client = Client(address, verbose=False, httpx_kwargs={"timeout": PATIENCE})
    told: list[tuple[float, float, str]] = []
    talk: list[object] = []
    chat = f"bench-{number}"
    for question in QUESTIONS:
        began = time.monotonic()
        first = 0.0
        try:
            talk, _, chat = client.predict(question, talk, chat, api_name="/begun")
            for given in client.submit([], [], [], talk, chat, api_name="/asked"):
                first = first or time.monotonic() - began
                talk = given
            wrong = (
                "" if 'class="answer' in json.dumps(talk[-1:], ensure_ascii=False).replace('\\"', '"') else "没有答案"
            )
        except Exception as error:  # noqa: BLE001  # whatever goes wrong in one chat is what is measured
            wrong = f"{type(error).__name__}: {error}"
        told.append((first, time.monotonic() - began, wrong))
    return told


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chats", type=int, default=20)
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with Assistant(Settings(home=home)) as assistant:
            for path in samples():
                assistant.add(path)
        starts = []
        for _ in range(given.starts):
            with server(home) as (_, wall, processor):
                starts.append((wall, processor))
        with server(home) as (address, _, _):
            time.sleep(5)
            alone = chat(address, 0)
            with ThreadPoolExecutor(given.chats) as pool:
                crowd = [
                    one for told in pool.map(lambda n: chat(address, n), range(1, given.chats + 1)) for one in told
                ]
    outcome = shape(starts, alone, crowd)
    for name, value in outcome.items():
        print(f"{name:<36}{value}")
    if given.json:
        given.json.write_text(json.dumps(outcome, ensure_ascii=False, indent=1), encoding="utf-8")


def shape(
    starts: list[tuple[float, float]], alone: list[tuple[float, float, str]], crowd: list[tuple[float, float, str]]
) -> dict[str, object]:
    """What was measured, under the names of the report."""
    firsts, totals = sorted(one[0] for one in crowd), sorted(one[1] for one in crowd)
    return {
        "首页（墙钟秒，各次）": [round(wall, 2) for wall, _ in starts],
        "首页（处理器秒，中位）": round(statistics.median(processor for _, processor in starts), 2),
        "独自问：首个阶段（秒，各问）": [round(one[0], 2) for one in alone],
        "独自问：答案（秒，各问）": [round(one[1], 2) for one in alone],
        "同时问：问题数": len(crowd),
        "同时问：首个阶段 p50/p95（秒）": [round(_at(firsts, q), 2) for q in (0.5, 0.95)],
        "同时问：答案 p50/p95（秒）": [round(_at(totals, q), 2) for q in (0.5, 0.95)],
        "出错": [one[2] for one in (*alone, *crowd) if one[2]],
    }


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    main()
