"""Recall of the ledger: which gold facts it holds, with the right label, unit, period and basis; and a sample to judge.

    python benchmarks/facts.py [--shared FOLDER] [--misses] [--sample N]

A gold fact is held when the ledger has its figure (value and unit) at its place: the same table cell, or the same
sentence. A label is right when the words of the gold label and of the fact's largely agree; those that do not are
printed, to be read. A period is right when it is the same, or names the same year's end as the year of a stock.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from ingest.fact import Fact, label
from ingest.ledger import facts
from ingest.quantity import quantities, unit
from ingest.read import read
from ingest.report import Report, grid
from ingest.terms import basis_of, canonical, coverage

FORMS = (".docx", ".pdf", ".txt", ".html", ".xlsx")
ASPECTS = ("held", "label", "unit", "period", "basis")
ADJUSTED = re.compile("追加|追减|调增|调减|核增|核减")
SAME_UNIT = {"名": "人", "百分点": "个百分点", "千分点": "个千分点", "工作日": "个工作日"}


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold fact in the common fields of both formats."""

    id: str
    label: str
    period: str
    value: Decimal
    unit: str
    quote: str
    figures: tuple[str, ...]
    """The figures of the quote, which tell a row that the quote gives without its label."""
    table: str
    cell: tuple[int, int] | None


def squeeze(text: str) -> str:
    """Text without any white space or row marks, brackets and width made alike, for comparing quotes."""
    return re.sub(r"[\s｜|]", "", text).translate(str.maketrans("，％（）：", ",%():"))


def gold_facts(path: Path) -> Iterator[Gold]:
    """The gold facts of a file that state one figure; serial numbers and lines of several figures are left out."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        name = row.get("label") or row["metric"]
        raw = str(row["value"]).replace(",", "")
        try:
            value = Decimal(raw)
        except InvalidOperation:
            found = quantities(raw)
            if len(found) != 1 or "号码" in row["unit"]:
                continue
            value = found[0].value
        if name.endswith("序号") or "四列" in name:
            continue
        cell = (row["row"], row["col"]) if row.get("kind") == "table" else None
        yield Gold(
            id=row["id"],
            label=name,
            period=row["period"],
            value=value,
            unit=row["unit"],
            quote=squeeze(row["quote"]),
            figures=tuple(re.findall(r"\d[\d,.]*", row["quote"])),
            table=row.get("table", ""),
            cell=cell,
        )


def same_figure(fact: Fact, gold: Gold) -> bool:
    """Whether value and unit are the same; 名 and 人 are."""
    want = unit(SAME_UNIT.get(gold.unit, gold.unit).split("（")[0])
    have = fact.quantity
    if abs(have.value) == abs(gold.value) and (want is None or alike(have.unit.name, gold.unit)):
        return True
    return (
        want is not None and have.unit.dimension == want.dimension and abs(have.base) == abs(gold.value) * want.factor
    )


def alike(one: str, other: str) -> bool:
    return SAME_UNIT.get(one, one) == SAME_UNIT.get(other, other)


def contexts(report: Report) -> tuple[dict[int, str], dict[int, list[str]]]:
    """Squeezed text of each block with the end of the one before (a reader may cut a sentence), and of each row."""
    texts = [squeeze(block.text) for block in report.blocks]
    blocks = {block.index: (texts[at - 1][-200:] if at else "") + texts[at] for at, block in enumerate(report.blocks)}
    rows = {table.number: [squeeze("".join(dict.fromkeys(row))) for row in grid(table)] for table in report.tables}
    return blocks, rows


def holds(fact: Fact, gold: Gold, blocks: dict[int, str], rows: dict[int, list[str]]) -> bool:
    """Whether a fact stands where the gold fact does."""
    for place in (fact.place, *fact.also):
        if gold.cell and place.table is not None and place.row is not None:
            text = rows[place.table][place.row]
            last = squeeze(gold.label.split("/")[1] if gold.label.count("/") else gold.label)
            if last in text or (text and text in gold.quote) or gold.quote in text:
                return True
        elif place.table is not None and place.row is not None:
            if not gold.cell and any(figure in rows[place.table][place.row] for figure in gold.figures):
                return True
        elif place.block is not None and not gold.cell:
            text = blocks[place.block]
            if gold.quote in text or overlap(gold.quote, text):
                return True
    return False


def overlap(quote: str, text: str) -> bool:
    """Whether half of the quote stands in the text in one piece."""
    size = max(4, len(quote) // 2)
    return any(quote[at : at + size] in text for at in range(0, len(quote) - size + 1, 3))


def core(gold: Gold) -> str:
    """The gold label without its table's name, remarks in brackets and the words that only gold uses."""
    name = re.sub(r"（(?:报告|第|实际|目标|部门|调整后口径|正文|隐藏)[^）]*）", "", gold.label)
    parts = re.split(r"/|-(?=\D)", name)
    if gold.cell:
        parts = parts[1:]
    return "/".join(parts)


def right_label(fact: Fact, gold: Gold) -> bool:
    """Whether the two labels largely agree in their words."""
    have, want = label(fact), core(gold)
    shared = Counter(have) & Counter(want)
    spelled = 1000 * shared.total() // max(1, min(len(have), len(want)))
    return canonical(have) == canonical(want) or max(coverage(have, want), coverage(want, have), spelled - 150) >= 500


def right_period(have: str, want: str) -> bool:
    """Same period; a day or 年末 of a year counts for that year and the other way round."""
    years = re.findall(r"20\d\d", want)
    if not years:
        return True
    return have == want or (re.findall(r"20\d\d", have) == years[:1] and not {"月", "以来"} & {have[-1:], have[-2:]})


def right_basis(fact: Fact, gold: Gold) -> bool:
    """The basis that the gold label names, where it names one; for a rate or score that of its own name only."""
    want = basis_of(core(gold).rpartition("/")[2] if gold.unit in ("%", "分") else core(gold))
    if "预算" in want and fact.basis == "调整":
        return ADJUSTED.search(gold.label) is not None  # 部门预算/年中追加
    return not want or fact.basis == want or (want == "预算" and "预算" in fact.basis) or fact.basis in ("差额", "目标")


def judged(gold: Gold, found: list[Fact]) -> tuple[dict[str, bool], Fact | None]:
    """Aspects of the best candidate."""
    best, result = None, dict.fromkeys(ASPECTS, False)
    for fact in found:
        aspects = {
            "held": True,
            "label": right_label(fact, gold),
            "unit": alike(fact.quantity.unit.name, gold.unit.split("（")[0]),
            "period": right_period(fact.period, gold.period),
            "basis": right_basis(fact, gold),
        }
        if sum(aspects.values()) > sum(result.values()):
            best, result = fact, aspects
    return result, best


def measure(path: Path, golds: list[Gold], misses: bool) -> tuple[Counter[str], list[Fact]]:
    """Counts of a report in one form; prints what it lacks."""
    report = read(path)
    began = time.perf_counter()
    ledger = facts(report)
    spent = time.perf_counter() - began
    blocks, rows = contexts(report)
    counts: Counter[str] = Counter(all=len(golds), facts=len(ledger), milliseconds=round(spent * 1000))
    for gold in golds:
        candidates = [fact for fact in ledger if same_figure(fact, gold) and holds(fact, gold, blocks, rows)]
        result, best = judged(gold, candidates)
        counts.update(aspect for aspect, right in result.items() if right)
        counts["whole"] += all(result.values())
        if misses and not all(result.values()):
            lacks = "、".join(aspect for aspect, right in result.items() if not right)
            have = f"{label(best)}｜{best.period}｜{best.basis}｜{best.quantity.text}" if best else "—"
            print(f"    {gold.id} {gold.label}｜{gold.period}｜{gold.value}{gold.unit} 缺 {lacks}；台账：{have}")
    return counts, list(ledger)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("HESHU_SHARED", "../shared")))
    parser.add_argument("--misses", action="store_true", help="print each gold fact that is not wholly right")
    parser.add_argument("--sample", type=int, default=0, help="print this many facts drawn at random, to judge")
    parser.add_argument("--only", default="", help="only reports whose file name contains this")
    arguments = parser.parse_args()
    total: Counter[str] = Counter()
    every: list[Fact] = []
    for path in sorted((arguments.shared / "reports").iterdir()):
        gold = arguments.shared / "gold" / f"{path.stem}.facts.jsonl"
        if path.suffix not in FORMS or not gold.exists() or arguments.only not in path.name:
            continue
        golds = list(gold_facts(gold))
        if path.suffix in (".html", ".xlsx"):
            golds = [fact for fact in golds if fact.table.startswith("X") == (path.suffix == ".xlsx")]
        counts, ledger = measure(path, golds, arguments.misses)
        total += counts
        every += ledger
        print(path.name, line(counts))
    print("all", line(total))
    for fact in random.Random(0).sample(every, min(arguments.sample, len(every))):
        figure = f"{fact.quantity.text}（{fact.quantity.unit.name}）"
        print(f"{label(fact)}｜{fact.period}｜{fact.basis}｜{figure} ← {fact.quote[:90]}")


def line(counts: Counter[str]) -> str:
    share = " ".join(f"{name} {counts[name] / counts['all']:.1%}" for name in (*ASPECTS, "whole"))
    return f"{counts['all']} gold, {counts['facts']} facts, {counts['milliseconds']} ms: {share}"


if __name__ == "__main__":
    main()
