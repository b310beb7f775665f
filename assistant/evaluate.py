"""Scores answers against gold questions, strictly by the rule of the gold format (一题怎么判).

Right means: every figure asked for is there in an equivalent unit, nothing contradicts it, refusals and corrected
premises are said. Reads no report and asks nothing by itself: the caller gives the function that answers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from assistant.answer import GOOD, Answer
from ingest.errors import BadInput
from ingest.quantity import Quantity, alike, quantities, unit

PEOPLE = frozenset({"名", "人", "位"})
CORRECTS = re.compile(r"前提有误|并非|不是|没有|未|无|不对|无依据")
DOUBTS = re.compile(r"不一致|不符|不能同时|矛盾|疑|核实|冲突|有误|口径|写反|空白")
DISCLOSES = re.compile(
    r"不能同时|不正确|口径|换算|约|即|不一致|不符|核实|冲突|倒推|若|如果|前提|相差|另|尾差|正文|误|上年|目标"
)
ROUNDING = re.compile(r"尾差|舍入")
NO = re.compile(r"不一致|不正确|不对|不相等|不等|不是|不平衡|不成立|不符|没有|未|否|无(?!误)|不能|差")
ENOUGH = 0.5
"""Share of a key point's character pairs that must stand in the answer."""
RUN = 10
"""So many characters in a row show that a quotation and its evidence overlap."""
VERBOSE = 12
"""A narrative answer longer than this many times the reference drowns its points."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold question (金标题). Figures are (value, unit) pairs that the answer must say."""

    id: str
    report: str
    question: str
    type: str
    answer: str
    figures: tuple[tuple[Decimal, str], ...] = ()
    formula: str = ""
    evidence: tuple[str, ...] = ()
    answerable: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one question was answered (判分)."""

    gold: Gold
    answer: Answer
    right: bool
    why: str = ""
    """In Chinese, what is missing or wrong; empty when right."""
    cited: bool = False
    """A citation meets the evidence; a right answer without one counts, marked 无据."""
    wrong_verified: tuple[str, ...] = ()
    """Figures of a wrong answer that contradict the gold and yet carry a good verdict."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All outcomes, in the order of the gold."""

    outcomes: tuple[Outcome, ...]

    @property
    def score(self) -> float:
        """Share of right answers, 0 to 1."""
        return sum(one.right for one in self.outcomes) / len(self.outcomes) if self.outcomes else 0.0

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """The wrong ones."""
        return tuple(one for one in self.outcomes if not one.right)

    def by_type(self) -> dict[str, tuple[int, int]]:
        """Right and asked, per question type."""
        counts: dict[str, tuple[int, int]] = {}
        for one in self.outcomes:
            right, asked = counts.get(one.gold.type, (0, 0))
            counts[one.gold.type] = (right + one.right, asked + 1)
        return counts


def read_gold(path: Path) -> tuple[Gold, ...]:
    """Gold questions of a JSON-lines file. Raises BadInput with the line that is at fault."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(_gold(json.loads(line)))
        except (ValueError, KeyError, TypeError, ArithmeticError) as error:
            raise BadInput(f"金标文件 {path.name} 第 {number} 行读不懂（{error}），请按金标格式改正。") from error
    return tuple(found)


def _gold(entry: dict[str, object]) -> Gold:
    figures = entry.get("figures") or []
    evidence = entry.get("evidence") or []
    if not isinstance(figures, list) or not isinstance(evidence, list | str):
        raise ValueError("figures 和 evidence 应为数组")
    return Gold(
        id=str(entry.get("id", "")),
        report=str(entry.get("report", "")),
        question=str(entry["question"]),
        type=str(entry.get("type", "lookup")),
        answer=str(entry.get("answer", "")),
        figures=tuple((Decimal(one["value"]), str(one["unit"])) for one in figures),
        formula=str(entry.get("formula") or ""),
        evidence=(evidence,) if isinstance(evidence, str) else tuple(str(one) for one in evidence),
        answerable=bool(entry.get("answerable", True)),
    )


def evaluate(gold: Iterable[Gold], ask: Callable[[Gold], Answer]) -> Evaluation:
    """Asks every gold question and scores the answers."""
    return Evaluation(tuple(score(one, ask(one)) for one in gold))


def score(gold: Gold, answer: Answer) -> Outcome:
    """One answer against its gold."""
    why = _refusal(gold, answer) if not gold.answerable else _answered(gold, answer)
    wrong = () if not why else tuple(q.text for q in _strays(gold, answer) if _shown_good(q, answer))
    return Outcome(gold, answer, not why, why, _cited(gold, answer), wrong)


def _refusal(gold: Gold, answer: Answer) -> str:
    """Why a question that has no answer was not refused as it must be; empty when it was."""
    if not answer.refused:
        return "应拒答而未拒答"
    if not answer.missing:
        return "拒答但未指出缺什么"
    said = answer.text + "".join(answer.missing)
    return "" if covered(gold.question, said) >= 0.3 or covered(gold.answer, said) >= 0.3 else "所缺之物未说对"


def _answered(gold: Gold, answer: Answer) -> str:
    """Why an answerable question is not answered rightly; empty when it is."""
    if answer.refused and not (gold.type == "false_premise" and not gold.figures):
        return "可答而拒答"
    figures = quantities(answer.text)
    absent = [f"{value}{name}" for value, name in gold.figures if not any(same(value, name, q) for q in figures)]
    if absent:
        return "缺数：" + "、".join(absent)
    strays = _strays(gold, answer)
    if strays:
        return "矛盾的数：" + "、".join(q.text for q in strays)
    return _by_type(gold, answer)


def _by_type(gold: Gold, answer: Answer) -> str:
    text = answer.text
    if gold.type == "yes_no" and _polarity(text) != _polarity(gold.answer):
        return "结论不对"
    if gold.type == "multi_hop" and gold.formula and not re.search(r"[÷×+＋−/＝=-]", text):
        return "没有算式"
    if gold.type == "false_premise" and not CORRECTS.search(text):
        return "没有纠正前提"
    if gold.type == "trap" and not DOUBTS.search(text + "".join(answer.notes)):
        return "没有说明疑误或冲突"
    if gold.type == "cross_report" and len(set(re.findall(r"20\d\d", text))) < 2:
        return "没有说明各出自哪一年"
    if gold.type == "narrative" or (gold.type == "list" and not gold.figures) or not gold.figures:
        return _points(gold, text)
    return ""


def _points(gold: Gold, text: str) -> str:
    """Key points of the reference answer that the text does not cover."""
    if gold.type in ("false_premise", "yes_no", "trap"):
        return "" if covered(gold.answer, text) >= 0.3 else "理由与参考答案无关"
    points = [point for point in re.split(r"[；。，、：;,]", gold.answer) if len(point.strip()) >= 3]
    absent = [point for point in points if covered(point, text) < ENOUGH]
    if len(absent) > len(points) * 0.2:
        return "缺要点：" + "；".join(absent)
    if len(text) > max(400, VERBOSE * len(gold.answer)):
        return "过于冗长，要点淹没"
    return ""


def covered(point: str, text: str) -> float:
    """Share of the point's character pairs that stand in the text, 0 to 1."""
    wanted, there = _pairs(point), _pairs(text)
    return len(wanted & there) / len(wanted) if wanted else 1.0


def _pairs(text: str) -> set[str]:
    plain = re.sub(r"[\W_]", "", text)
    return {plain[at : at + 2] for at in range(len(plain) - 1)}


def same(value: Decimal, name: str, said: Quantity) -> bool:
    """The gold figure and the figure said are one: unit-equivalent, ratios at the gold's places."""
    wanted = unit(name)
    if wanted is None or wanted.dimension != said.unit.dimension:
        return (
            wanted is not None
            and {wanted.dimension, said.unit.dimension} == {"ratio", "point"}
            and (abs(said.value) == abs(value) and wanted.dimension == "point")
        )
    if wanted.dimension == "count" and not {name, said.unit.name} <= PEOPLE and not alike(wanted, said.unit):
        return False
    if wanted.dimension == "money" and wanted.factor != said.unit.factor and min(wanted.factor, said.unit.factor) == 1:
        return abs(_at(said.base / 10000, 2)) == abs(_at(value * wanted.factor / 10000, 2))  # 元 and 万元: at 0.01万元
    held = said.base / wanted.factor
    if wanted.dimension == "ratio" or (wanted.dimension == "money" and wanted.name != said.unit.name):
        places = (
            max(2, -int(value.as_tuple().exponent)) if wanted.dimension == "money" else -int(value.as_tuple().exponent)
        )
        held, value = _at(held, places), _at(value, places)
    return abs(held) == abs(value) if said.direction or value < 0 else held == value


def _at(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _strays(gold: Gold, answer: Answer) -> tuple[Quantity, ...]:
    """Figures of the direct answer, of a kind the gold asks for, that neither the gold nor its evidence knows.

    The operands of a working in brackets are no claims of their own, and （分值10分） is another thing than the score.
    """
    known = [(Decimal(one), "") for one in re.findall(r"\d+(?:\.\d+)?", gold.formula)]
    sources = quantities("；".join((gold.answer, gold.question, *gold.evidence)))
    kinds = {wanted.dimension for _, name in gold.figures if (wanted := unit(name))}
    direct = re.sub(r"（(?:[^（）]*[÷＝＋－×]|分值|满分|权重)[^（）]*）", "", re.split(r"[。；\n]", answer.text)[0])
    if DISCLOSES.search(direct):
        return ()
    return tuple(
        q
        for q in quantities(direct)
        if q.unit.dimension in kinds
        and not any(same(value, name, q) for value, name in gold.figures)
        and not any(abs(q.value) == value or same(value, "万元", q) for value, _ in known)
        and not any(abs(q.base) == abs(source.base) or abs(q.value) == abs(source.value) for source in sources)
    )


def _shown_good(stray: Quantity, answer: Answer) -> bool:
    return any(f.verdict in GOOD and f.quantity.text == stray.text for f in answer.figures)


def _polarity(text: str) -> str:
    """yes, no or rounding (差在尾差之内), from how an answer begins."""
    head = re.split(r"[。；\n]", text)[0]
    if ROUNDING.search(text):
        return "rounding"
    return "no" if NO.search(head) else "yes"


def _cited(gold: Gold, answer: Answer) -> bool:
    """One citation shares a substantial run with some evidence, or one contains the other."""
    quotes = [re.sub(r"[\s｜|]", "", one.quote) for one in answer.citations]
    for evidence in (re.sub(r"\s", "", one) for one in gold.evidence):
        for quote in quotes:
            if quote and (quote in evidence or evidence in quote or _overlap(quote, evidence)):
                return True
    return not gold.evidence and bool(quotes)


def _overlap(quote: str, evidence: str) -> bool:
    run = min(RUN, len(quote), len(evidence))
    return any(evidence[at : at + run] in quote for at in range(len(evidence) - run + 1)) if run >= 4 else False


def shape(evaluation: Evaluation) -> dict[str, object]:
    """What `heshu eval --json` prints."""
    return {
        "score": round(evaluation.score, 4),
        "right": sum(one.right for one in evaluation.outcomes),
        "asked": len(evaluation.outcomes),
        "types": {name: {"right": right, "asked": asked} for name, (right, asked) in evaluation.by_type().items()},
        "uncited": [one.gold.id for one in evaluation.outcomes if one.right and not one.cited],
        "wrong_verified": [
            {"id": one.gold.id, "figures": list(one.wrong_verified)}
            for one in evaluation.outcomes
            if one.wrong_verified
        ],
        "failures": [
            {
                "id": one.gold.id,
                "type": one.gold.type,
                "question": one.gold.question,
                "expected": one.gold.answer,
                "answer": one.answer.text,
                "why": one.why,
            }
            for one in evaluation.failures
        ],
    }
