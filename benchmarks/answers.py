"""Answers without a model over gold questions: score by type, wrong figures shown as verified, and warm latency.

`python benchmarks/answers.py GOLD.jsonl FILE… [--list] [--rounds N]`. Reads the files into an empty data folder, asks
every question through the Assistant as users do, and then asks them again for the times.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

from assistant import Assistant, Settings


def main() -> None:
    """Score, then time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("reports", nargs="+", type=Path)
    parser.add_argument("--list", action="store_true", help="print every wrong answer")
    parser.add_argument("--rounds", type=int, default=1, help="how often each question is timed")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, Assistant(Settings(home=Path(home))) as assistant:
        names = [str(assistant.add(path)["id"]) for path in given.reports]
        outcome = assistant.evaluate(given.gold, names)
        print(json.dumps({key: outcome[key] for key in ("score", "right", "asked", "types")}, ensure_ascii=False))
        print(
            f"答对而无引文 {len(list_of(outcome['uncited']))}；错数示为已核 {len(list_of(outcome['wrong_verified']))}"
        )
        if given.list:
            for wrong in list_of(outcome["failures"]):
                print(json.dumps(wrong, ensure_ascii=False))
        print(latency(assistant, questions(given.gold), names, given.rounds))


def list_of(value: object) -> list[object]:
    """A list in the outcome."""
    return list(value) if isinstance(value, list) else []


def questions(gold: Path) -> list[str]:
    """The questions of a gold file."""
    return [json.loads(line)["question"] for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]


def latency(assistant: Assistant, asked: list[str], names: list[str], rounds: int) -> str:
    """p50 and p95 of a warm answer, in milliseconds."""
    seconds = []
    for _ in range(rounds):
        for question in asked:
            began = time.perf_counter()
            assistant.ask(question, names)
            seconds.append(time.perf_counter() - began)
    seconds.sort()
    return f"p50 {1000 * seconds[len(seconds) // 2]:.0f} ms，p95 {1000 * seconds[len(seconds) * 95 // 100]:.0f} ms"


if __name__ == "__main__":
    main()
