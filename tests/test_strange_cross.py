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
    talks = _talks("fengan-talk.jsonl")
    lost = [one for talk in talks for one in _lost(talk, assistant, REPORTS)]
    turns = sum(len(talk["turns"]) for talk in talks)
    assert len(lost) <= 0.2 * turns, lost


AGAIN = {"chenghu-edu-2022": "docx", "chenghu-edu-2023": "docx", "qingtan-health-2022": "html"}


def test_another_county_is_answered_too(shared: Path, tmp_path: Path) -> None:
    """A second batch, written when the first was mended: 17 of 20 and 21 of 26 turns at first sight."""
    paths = {name: shared / "reports" / f"{name}.{form}" for name, form in AGAIN.items()}
    with Assistant(Settings(home=tmp_path)) as opened:
        for path in paths.values():
            opened.add(path)
        outcome = opened.evaluate(STRANGE / "again-cross.questions.jsonl", [path.name for path in paths.values()])
        lost = [one for line in _talks("again-talk.jsonl") for one in _lost(line, opened, paths)]
    assert outcome["score"] >= 0.9, [f"{one['id']} {one['question']}" for one in outcome["failures"]]
    assert outcome["wrong_verified"] == []
    assert len(lost) <= 3, lost


APART = ("wutong-emergency-2023.docx", "songdu-affairs-2023.html", "langchuan-hr-2024.html")


def test_three_departments_of_three_places_are_set_side_by_side(tmp_path: Path) -> None:
    """A third batch: rank, order, bound and sum over departments in three layouts; 2 of 6 at first sight."""
    with Assistant(Settings(home=tmp_path)) as opened:
        for name in APART:
            opened.add(STRANGE / name)
        outcome = opened.evaluate(STRANGE / "apart-cross.questions.jsonl", APART)
    assert outcome["score"] >= 0.8, [f"{one['id']} {one['question']}" for one in outcome["failures"]]
    assert outcome["wrong_verified"] == []


def test_a_web_page_and_a_workbook_of_two_years(tmp_path: Path) -> None:
    """A fourth pair, one department: rows that fell, what the later report carries on; 3 of 6 at first sight."""
    paths = [STRANGE / "songtai-forestry-2022.html", STRANGE / "songtai-forestry-2023.xlsx"]
    with Assistant(Settings(home=tmp_path)) as opened:
        for path in paths:
            opened.add(path)
        outcome = opened.evaluate(STRANGE / "songtai-cross.questions.jsonl", [path.name for path in paths])
    assert outcome["score"] >= 0.8, [f"{one['id']} {one['question']}" for one in outcome["failures"]]
    assert outcome["wrong_verified"] == []


def _talks(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (STRANGE / name).read_text(encoding="utf-8").splitlines()]


def _lost(talk: dict[str, Any], assistant: Assistant, paths: dict[str, Path]) -> Iterator[str]:
    """The turns of a talk that are not answered as they must be."""
    history: list[Answer] = []
    for turn in talk["turns"]:
        given = assistant.ask(turn["question"], [paths[name].name for name in talk["reports"]], history)
        history.append(given)
        assert not [one for one in given.figures if one.verdict in BAD], given
        if given.refused != turn.get("refuse", False) or not _says(turn, given.text):
            yield f"{talk['id']} {turn['question']}：{given.text}"


def _says(turn: dict[str, Any], text: str) -> bool:
    told = quantities(text)
    wanted = [(Decimal(one["value"]), one["unit"]) for one in turn.get("figures", ())]
    figures = all(any(same(value, unit, one) for one in told) for value, unit in wanted)
    return figures and all(words in text for words in turn.get("says", ()))
