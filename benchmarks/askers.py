"""Many askers at once (并发提问): errors, and how much longer an answer takes than when one asks alone.

`python -m benchmarks.askers [--askers 20] [--each 3] [--pace 100] [--piece 7] [REPORT…]`. A stub on loopback, in a
process of its own so that it keeps its pace, plays a model that writes `pace` characters a second, `piece` of them an
event; askers start together, each with a conversation of its own. Also the latency of the built-in writer, one asker
and all at once, and the processor's time for one question, which a busy machine tells the same.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from assistant import Assistant, Settings, samples
from tests.model_server import Play, serving

QUESTIONS = (
    "支出决算数是多少？",
    "部门整体支出预算执行率是多少？",
    "年末结转和结余是多少？",
    "调整后预算数是多少？",
    "项目支出预算执行率是多少？",
    "年初预算和决算分别是多少？",
)
LENGTH = 200
"""Characters of an answer of the stub."""


@dataclass
class Times:
    """What a round of askers saw, in seconds."""

    whole: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    worked: float = 0.0
    """Seconds of the processor for all of it."""
    errors: list[str] = field(default_factory=list)


def wordy(prompt: str) -> str:
    """A right answer of a fixed length, its figure from a slot."""
    known = re.search(r"^(F\d+)｜([^｜]+)｜", prompt, re.MULTILINE)
    said = f"{known[2]}为{{{{{known[1]}}}}}。" if known else "报告没有提供。"
    filler = "以上数字取自台账，口径以报告所列为准，请与单位核实后使用。"
    return json.dumps({"answer": (said + filler * LENGTH)[:LENGTH]}, ensure_ascii=False)


@contextmanager
def stub(pace: float, piece: int) -> Iterator[str]:
    """The base URL of the stub, which plays in another process until the block ends."""
    apart = get_context("spawn")
    here, there = apart.Pipe()
    process = apart.Process(target=play, args=(there, pace, piece), daemon=True)
    process.start()
    try:
        yield here.recv()
    finally:
        here.send(None)
        process.join()


def play(there: Connection, pace: float, piece: int) -> None:
    """Serve until told to end."""
    with serving(Play(say=wordy, pace=pace, piece=piece)) as url:
        there.send(url)
        there.recv()


def asked(assistant: Assistant, name: str, questions: Sequence[str], times: Times) -> None:
    """One asker's conversation."""
    for question in questions:
        began = time.perf_counter()
        try:
            first = 0.0
            for event in assistant.ask_stream(question, chat=name, user=name):
                first = first or time.perf_counter() - began
                answer = event.get("answer")
            if answer is None or any("没有作答" in note for note in answer["notes"]):
                times.errors.append(f"{name} {question} {answer and answer['notes'][:1]}")
        except Exception as error:  # noqa: BLE001  # whatever it is, it is counted and shown
            times.errors.append(f"{name} {question} {type(error).__name__}: {error}")
        times.whole.append(time.perf_counter() - began)
        times.first.append(first)


def together(assistant: Assistant, askers: int, each: int) -> Times:
    """All askers at once, each with `each` questions."""
    times = Times()
    threads = [
        threading.Thread(
            target=asked,
            args=(assistant, f"u{n}", [QUESTIONS[(n + k) % len(QUESTIONS)] for k in range(each)], times),
        )
        for n in range(askers)
    ]
    began = time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.worked = time.process_time() - began
    return times


def at(seconds: Sequence[float], share: float) -> float:
    """A percentile, in seconds."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def row(name: str, times: Times) -> str:
    """One line of the outcome."""
    whole = f"p50 {at(times.whole, 0.5):.3f} s　p95 {at(times.whole, 0.95):.3f} s"
    shown = f"{whole}　首个阶段 p95 {at(times.first, 0.95):.3f} s　每问 CPU {times.worked / len(times.whole):.3f} s"
    return f"{name:<14}{len(times.whole):>4} 问　错误 {len(times.errors)}　{shown}"


def measured(assistant: Assistant, askers: int, each: int, name: str) -> list[str]:
    """Warm up, then one asker alone, then all together."""
    together(assistant, 1, len(QUESTIONS))
    alone = together(assistant, 1, max(each, len(QUESTIONS)))
    crowd = together(assistant, askers, each)
    ratio = at(crowd.whole, 0.95) / at(alone.whole, 0.95)
    lines = [row(f"{name}，一人", alone), row(f"{name}，{askers} 人", crowd), f"p95 为一人时的 {ratio:.2f} 倍"]
    return lines + alone.errors + crowd.errors


def main() -> None:
    """The built-in writer, then a model at the pace given."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("reports", type=Path, nargs="*")
    options.add_argument("--askers", type=int, default=20)
    options.add_argument("--each", type=int, default=3)
    options.add_argument("--pace", type=float, default=100)
    options.add_argument("--piece", type=int, default=7)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as home, stub(chosen.pace, chosen.piece) as url:
        settings = Settings(home=Path(home))
        with Assistant(settings) as assistant:
            for path in chosen.reports or samples():
                assistant.add(path)
            print("\n".join(measured(assistant, chosen.askers, chosen.each, "内置")))
        with Assistant(replace(settings, model="openai:stub", model_url=url)) as assistant:
            print("\n".join(measured(assistant, chosen.askers, chosen.each, "模型")))


if __name__ == "__main__":
    main()
