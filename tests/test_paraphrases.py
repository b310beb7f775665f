"""Paraphrases: true and false sentences about strange reports in the shapes that language models write.

cases/paraphrases.jsonl holds pairs: bullets, tables in bars, 约x亿元, x（占y%）, 由x增至y, short answers. They were
written before the gate was taught any of these shapes; at first sight 29 of 66 true ones were blamed, 62 of 66
false ones caught and 3 false ones shown as verified.
Pairs of `set` 2 were written when the first were mended: at first sight 15 of 33 true ones were blamed (five of them
against a table whose own caption names another year), all 33 false ones caught, none shown as verified.
Pairs of `set` 3 (reviewers' sentences on a report of civil affairs): at first sight 17 of 32 true ones were blamed and
two false ones shown as verified; one of these still is and is left out here (what is left, from the wrong budget).
Pairs of `set` 4 (a model's answers, a reviewer's memo; 81 with those on a report left out here): 36 of the 81 true ones
were blamed at first sight, 76 false ones caught, 2 shown as verified. Pairs of `set` 5 were written when these
were mended: 10 of 44 blamed, 38 caught, 6 shown as verified. Every second pair of both is `held`: nobody who mends the
gate looks at which of them fail, so they say what new wording meets. Pairs of `set` 6 are everyday words (花掉、还差、
占到、账上还剩、进度慢了…) on eight reports, three of them shared: 33 of 57 true ones were blamed at first sight, all
false ones caught, none shown as verified.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import pytest

from assistant.answer import BAD, GOOD
from assistant.check import gate
from ingest.ledger import facts
from ingest.read import read
from ingest.reading import Reading

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("HESHU_SHARED", HERE.parents[1] / "shared")) / "reports"
TOLD = [json.loads(line) for line in (HERE / "cases" / "paraphrases.jsonl").read_text("utf-8").splitlines()]
ALL = [pair for pair in TOLD if (HERE / "strange" / pair["report"]).exists() or (SHARED / pair["report"]).exists()]
PAIRS = [pair for pair in ALL if not pair.get("held")]
HELD = [pair for pair in ALL if pair.get("held")]


@cache
def reading(name: str) -> Reading:
    own = HERE / "strange" / name
    report = read(own if own.exists() else SHARED / name)
    return Reading(report, facts(report))


def judged(pairs: list[dict[str, str]]) -> list[tuple[bool, bool, bool]]:
    """Of each pair: is the true one blamed, the false one caught, the false one shown as verified throughout."""
    found = []
    for pair in pairs:
        known, question = [reading(pair["report"])], pair.get("question", "")
        true, false = (
            [figure.verdict for figure in gate(pair[which], known, context=question).figures]
            for which in ("true", "false")
        )
        found.append((not BAD.isdisjoint(true), not BAD.isdisjoint(false), set(false) <= GOOD))
    return found


@pytest.fixture(scope="module")
def verdicts() -> list[tuple[bool, bool, bool]]:
    """The verdicts on the pairs that are worked on."""
    return judged(PAIRS)


def test_a_false_paraphrase_is_never_shown_as_verified(verdicts: list[tuple[bool, bool, bool]]) -> None:
    """Whatever the shape, no wrong figure passes."""
    assert [pair["false"] for pair, (_, _, passed) in zip(PAIRS, verdicts, strict=True) if passed] == []


def test_false_paraphrases_are_caught_and_true_ones_left_alone(verdicts: list[tuple[bool, bool, bool]]) -> None:
    """Floors: what is reached today, less one."""
    assert sum(caught for _, caught, _ in verdicts) >= len(PAIRS) - 3
    assert sum(blamed for blamed, _, _ in verdicts) <= 41


def test_the_held_half_does_not_get_worse() -> None:
    """Counts only: which pairs fail is not to be read."""
    blamed, caught, passed = (sum(column) for column in zip(*judged(HELD), strict=True))
    assert (blamed <= 31, caught >= len(HELD) - 5, passed <= 3) == (True, True, True)
