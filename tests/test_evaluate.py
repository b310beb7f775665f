"""The scoring rule of the gold: strict on figures, refusals, verdict words and both sides of a conflict."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.answer import Answer, Citation
from assistant.builtin.ask import answer
from assistant.evaluate import Evaluation, Gold, evaluate, read_gold, score
from assistant.review import findings
from ingest.errors import BadInput
from ingest.ledger import facts
from ingest.read import read
from ingest.reading import Reading
from ingest.report import Place

GOLD = Gold(
    "Q1",
    "r",
    "支出决算是多少？",
    "lookup",
    "100.00万元。",
    ((Decimal("100.00"), "万元"),),
    evidence=("支出决算100.00万元",),
)


def said(text: str, **more: object) -> Answer:
    """An answer with this text."""
    return Answer(question="", text=text, **more)  # type: ignore[arg-type]  # fields of Answer


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("支出决算为100.00万元。", True),
        ("支出决算为100万元。", True),
        ("支出决算为1,000,000元。", True),
        ("支出决算为0.01亿元。", True),
        ("支出决算为100.01万元。", False),
        ("支出决算为100.00元。", False),
        ("支出决算为100.00万元或120.00万元。", False),
        ("报告没有提供。", False),
    ],
)
def test_figures_in_equivalent_units(text: str, right: bool) -> None:
    """1 亿元 = 10000 万元; another value of the same thing beside it makes the answer wrong."""
    assert score(GOLD, said(text)).right is right


def test_operands_of_a_working_are_no_contradiction() -> None:
    """A working in brackets may show its operands."""
    gold = Gold("Q", "r", "还剩多少？", "calculation", "30万元", ((Decimal(30), "万元"),))
    assert score(gold, said("还剩30万元（120万元－90万元＝30万元）。")).right


def test_refusals_must_name_what_is_missing() -> None:
    """A refusal without what is missing, and an answer in place of a refusal, are wrong."""
    gold = Gold("Q", "r", "固定资产利用率是多少？", "unanswerable", "报告没有在用固定资产。", answerable=False)
    assert score(gold, said("没有提供固定资产利用率。", refused=True, missing=("固定资产利用率",))).right
    assert not score(gold, said("没有提供。", refused=True)).right
    assert not score(gold, said("固定资产利用率为97%。")).right


def test_yes_and_no_must_agree() -> None:
    """尾差 is neither yes nor no: it must be called rounding."""
    gold = Gold("Q", "r", "相等吗？", "yes_no", "是，相等。")
    assert score(gold, said("是，相等。")).right
    assert not score(gold, said("不相等。")).right
    rounding = Gold("Q", "r", "相等吗？", "yes_no", "差0.01万元，属四舍五入尾差。", ((Decimal("0.01"), "万元"),))
    assert not score(rounding, said("不等，相差0.01万元。")).right
    assert score(rounding, said("差0.01万元，属四舍五入尾差，不算错误。")).right


def test_a_conflict_needs_both_sides_and_the_word() -> None:
    """Choosing one of two contradicting values is wrong."""
    gold = Gold("Q", "r", "多少人？", "trap", "10人和12人，须核实。", ((Decimal(10), "人"), (Decimal(12), "人")))
    assert not score(gold, said("10人。")).right
    assert not score(gold, said("10人，12人。")).right
    assert score(gold, said("一处写10人，一处写12人，不能同时成立。")).right


def test_key_points_of_a_narrative() -> None:
    """All key points, in whatever order; a missing one fails."""
    gold = Gold("Q", "r", "有哪些措施？", "narrative", "加强前期论证；完善指标体系；强化执行监控。")
    assert score(gold, said("一是强化执行监控；二是加强前期论证；三是完善指标体系。")).right
    assert not score(gold, said("加强前期论证。")).right


def test_right_without_evidence_is_marked() -> None:
    """数对而无引文: counted right, marked as uncited."""
    quoted = said("100.00万元。", citations=(Citation(Place("r"), "支出决算100.00万元"),))
    assert score(GOLD, said("100.00万元。")).right
    assert not score(GOLD, said("100.00万元。")).cited
    assert score(GOLD, quoted).cited


def test_bad_gold_says_which_line(tmp_path: Path) -> None:
    """A line that cannot be read is named."""
    path = tmp_path / "gold.jsonl"
    path.write_text('{"question": "a"}\n{"question": 1,\n', encoding="utf-8")
    with pytest.raises(BadInput, match="第 2 行"):
        read_gold(path)


SAMPLES = Path(__file__).parent.parent / "assistant" / "samples"
OURS = {
    "chenghu-edu-2023": ("chenghu-edu-2023.pdf",),
    "chenghu-edu-2022": ("chenghu-edu-2022.docx",),
    "yunling-water-2024": ("yunling-water-2024.pdf",),
    "qingtan-health-2022": ("qingtan-health-2022.html", "qingtan-health-2022.xlsx"),
}


def samples(name: str) -> tuple[Reading, ...]:
    """The readings of a sample report."""
    reports = [read(SAMPLES / file) for file in OURS[name]]
    return tuple(Reading(one, facts(one)) for one in reports)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(OURS))
def test_gold_and_fresh_questions_of_the_samples(name: str) -> None:
    """At least 93 % of the gold and of our own differently worded questions; no wrong figure shown as verified."""
    own = samples(name)
    other = samples("chenghu-edu-2022" if name.endswith("2023") else "chenghu-edu-2023") if "chenghu" in name else ()
    found = tuple(findings(own[0], (*own[1:], *other))) + tuple(findings(other[0], own) if other else ())
    here = Path(__file__).parent
    asked = [
        *read_gold(here / "gold" / f"{name}.questions.jsonl"),
        *read_gold(here / "cases" / "questions_fresh.jsonl"),
    ]
    asked = [one for one in asked if one.report == name]
    outcome: Evaluation = evaluate(
        asked, lambda one: answer(one.question, (*own, *(other if one.type == "cross_report" else ())), findings=found)
    )
    assert outcome.score >= 0.93, json.dumps([[one.gold.id, one.why] for one in outcome.failures], ensure_ascii=False)
    assert [one.gold.id for one in outcome.outcomes if one.wrong_verified] == []
