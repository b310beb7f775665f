"""Two departments, two years, three layouts, written before they were run: questions across them, and whole talks.

A talk is a line of `fengan-talk.jsonl`: the reports it is about and its turns. A turn has `figures` that the answer
must say (in any equivalent unit), `says` (words that must stand in it), or `refuse` where nothing can answer it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.answer import BAD, Answer
from assistant.evaluate import same
from assistant.settings import Settings
from ingest.quantity import quantities

STRANGE = Path(__file__).parent / "strange"
REPORTS = {
    "fengan-water-2022": STRANGE / "fengan-water-2022.docx",
    "fengan-water-2023": STRANGE / "fengan-water-2023.html",
    "fengan-sports-2023": STRANGE / "fengan-sports-2023.docx",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The three reports in one store."""
    with Assistant(Settings(home=tmp_path_factory.mktemp("fengan"))) as opened:
        for path in REPORTS.values():
            opened.add(path)
        yield opened


@pytest.mark.parametrize(("gold", "floor"), [("fengan-cross.questions.jsonl", 0.8)])
def test_departments_and_years_are_told_apart(gold: str, floor: float, assistant: Assistant) -> None:
    """Sums, ranks, changes, agreement and what cannot be compared; no wrong figure is shown as verified."""
    outcome = assistant.evaluate(STRANGE / gold, [path.name for path in REPORTS.values()])
    assert outcome["score"] >= floor, [f"{one['id']} {one['question']}" for one in outcome["failures"]]
    assert outcome["wrong_verified"] == []


def test_talks_go_on(assistant: Assistant) -> None:
    """那上年呢, 和体育局比呢, 第二低的呢, 为什么, 换成元呢: most turns answered, no figure at fault."""
    lines = (STRANGE / "fengan-talk.jsonl").read_text(encoding="utf-8").splitlines()
    lost = [one for line in lines for one in _lost(json.loads(line), assistant)]
    turns = sum(len(json.loads(line)["turns"]) for line in lines)
    assert len(lost) <= 0.2 * turns, lost


def _lost(talk: dict[str, Any], assistant: Assistant) -> Iterator[str]:
    """The turns of a talk that are not answered as they must be."""
    history: list[Answer] = []
    for turn in talk["turns"]:
        given = assistant.ask(turn["question"], [REPORTS[name].name for name in talk["reports"]], history)
        history.append(given)
        assert not [one for one in given.figures if one.verdict in BAD], given
        if given.refused != turn.get("refuse", False) or not _says(turn, given.text):
            yield f"{talk['id']} {turn['question']}：{given.text}"


def _says(turn: dict[str, Any], text: str) -> bool:
    told = quantities(text)
    wanted = [(Decimal(one["value"]), one["unit"]) for one in turn.get("figures", ())]
    figures = all(any(same(value, unit, one) for one in told) for value, unit in wanted)
    return figures and all(words in text for words in turn.get("says", ()))
