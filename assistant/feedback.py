"""Feedback (反馈): an answer that a person confirmed or corrected becomes a gold question of this data folder.

The file has the shape of any gold file, so `heshu eval` measures against it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from assistant.assistant import Assistant
from assistant.shapes import number
from ingest.errors import BadInput
from ingest.quantity import quantities

GOLD_FILE = "feedback.questions.jsonl"
"""In the data folder."""
Shape = dict[str, Any]


def gold_question(assistant: Assistant, given: Shape, right: str, evidence: Sequence[str], answerable: bool) -> Shape:
    """What would be added to the gold file; nothing is written.

    `given` is the answer as shown, `right` what it should have said; the figures of `right` are what counts.
    """
    right = right.strip()
    if not right:
        raise BadInput("请写出正确答案：不能回答的问题，写明缺什么。")
    figures = [{"value": number(one.value), "unit": one.unit.name} for one in quantities(right)] if answerable else []
    reports = dict.fromkeys(cited["report"] for cited in given["citations"])
    reports.update(dict.fromkeys(place["report"] for one in given["figures"] for place in one["places"]))
    stems = [Path(entry.source).stem for id in reports if (entry := assistant.store.entry(id))]
    return {
        "id": "FB-" + sha256(f"{given['question']}\0{right}".encode()).hexdigest()[:10],
        "report": stems[0] if stems else "",
        "question": given["question"],
        "type": _kind(figures, answerable, len(stems)),
        "answer": right,
        "figures": figures,
        "formula": "",
        "evidence": [line.strip() for line in evidence if line.strip()],
        "answerable": answerable,
    }


def add_gold(assistant: Assistant, question: Shape) -> Path:
    """Add a gold question to the data folder's file. Raises BadInput where it stands there already."""
    path = assistant.settings.home / GOLD_FILE
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    if any(json.loads(line)["id"] == question["id"] for line in lines if line.strip()):
        raise BadInput("这道题已在金标里。")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(question, ensure_ascii=False) + "\n")
    return path


def _kind(figures: Sequence[Shape], answerable: bool, reports: int) -> str:
    if not answerable:
        return "unanswerable"
    if reports > 1:
        return "cross_report"
    return "lookup" if figures else "narrative"
