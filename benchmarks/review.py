"""The reviewer against the gold: planted and natural defects found, relations that hold left alone, findings to judge.

    python -m benchmarks.review [--shared FOLDER] [--form docx|pdf|txt|html] [--list] [--real | --memo | --speed]

A defect is found when a finding of a fitting category quotes the same passage. Every finding that answers no defect
is printed, so that a reader may judge whether it is true. `--real` runs the published budgets and final accounts.
`--memo` counts what confirms the figures of each memo; `--speed` reviews a report of some 100 pages, in CPU time.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant import Finding, findings, reviewed
from ingest.ledger import facts
from ingest.read import read
from ingest.reading import Reading
from ingest.report import Block, Report, Table

DETERMINISTIC = frozenset(
    {
        *("表内勾稽", "舍入", "文表不一致", "评分", "执行偏低", "分项不合", "比率基数", "增减方向", "文内冲突"),
        *("比率错误", "预算执行颠倒", "单位错误", "附件缺失", "空白项", "他单位名称", "目标无结果", "沿用上年数据"),
    }
)
"""Categories of the made-up reports, all checkable; the seed marks its own in the field `rule`."""
BESIDE = {"qingtan-health-2022": ("qingtan-health-2022.xlsx",), "chenghu-edu-2023": ("chenghu-edu-2022.docx",)}
WRONGLY = {
    "rounding": ("表内勾稽", "分项不合", "隐含勾稽"),
    "scope": ("表内勾稽", "文表不一致", "隐含勾稽"),
    "year": ("期间混用",),
}
"""Categories under which raising a negative of this kind would be wrong."""
FORMS = {"qingtan-health-2022": ("html",), "yunling-water-2024": ("pdf",), "chenghu-edu-2022": ("docx",)}


@dataclass(frozen=True, slots=True)
class Defect:
    """A defect of the gold."""

    id: str
    severity: str
    category: str
    deterministic: bool
    title: str
    texts: tuple[str, ...]
    """Passages that show it, without white space."""


def bare(text: str) -> str:
    return re.sub(r"[\s｜|“”\"]", "", text)


def defects(path: Path) -> Iterator[Defect]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        checkable = row["rule"] == "deterministic" or (row["planted"] and row["category"] in DETERMINISTIC)
        texts = tuple(bare(text) for text in row["evidence"])
        yield Defect(row["id"], row["severity"], row["category"], checkable, row["title"], texts)


def answers(found: Finding, defect: Defect) -> bool:
    """Whether a finding points at the same passage: long enough runs of text in common."""
    if defect.severity == "提示" and found.severity != "提示":
        return False
    return any(_overlap(bare(quote), text) for quote in found.quotes for text in defect.texts)


def _overlap(quote: str, text: str) -> bool:
    if len(quote) < 4 or len(text) < 4:
        return quote == text
    if quote in text or text in quote:
        return True
    figures = [set(re.findall(r"\d[\d,]*\.\d+", each)) for each in (quote, text)]
    if figures[0] and figures[1] and not figures[0] & figures[1]:
        return False
    size = max(8, min(len(quote), len(text)) * 3 // 5)
    return any(text[at : at + size] in quote for at in range(len(text) - size + 1))


def load(path: Path) -> Reading:
    report = read(path)
    return Reading(report, facts(report))


def judge(shared: Path, name: str, form: str) -> tuple[Counter[str], float]:
    reading = load(shared / "reports" / f"{name}.{form}")
    others = [load(shared / "reports" / other) for other in BESIDE.get(name, ())]
    start = time.perf_counter()
    found = findings(reading, others)
    seconds = time.perf_counter() - start
    count: Counter[str] = Counter()
    used: set[str] = set()
    for defect in defects(shared / "gold" / f"{name}.defects.jsonl"):
        hits = [one for one in found if answers(one, defect)]
        used |= {one.id for one in hits}
        kind = "deterministic" if defect.deterministic else "other"
        count[kind] += 1
        count[f"{kind} found"] += bool(hits)
        if not hits:
            print(f"    missed  {defect.id} {defect.severity} {defect.category}: {defect.title}")
    loose = [one for one in found if one.id not in used]
    for one in loose:
        print(f"    extra   {one.severity} {one.rule}: {one.title}")
    count["extra"] = sum(one.severity != "提示" for one in loose)
    count["hints"] = sum(one.severity == "提示" for one in loose)
    return count, seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("HESHU_SHARED", "../shared")))
    parser.add_argument("--form")
    parser.add_argument("--real", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--memo", action="store_true")
    parser.add_argument("--speed", action="store_true")
    options = parser.parse_args()
    if options.memo or options.speed:
        memos(options.shared) if options.memo else speed(options.shared)
        return
    if options.real:
        real(options.shared / "data" / "real-pdfs", options.list)
        return
    whole: Counter[str] = Counter()
    for path in sorted((options.shared / "gold").glob("*.defects.jsonl")):
        name = path.name.removesuffix(".defects.jsonl")
        known = FORMS.get(name, ("docx", "pdf", "txt"))
        forms = [form for form in known if (options.shared / "reports" / f"{name}.{form}").exists()]
        for number, form in enumerate(f for f in forms if options.form in (None, f)):
            print(f"{name}.{form}")
            count, seconds = judge(options.shared, name, form)
            whole += count if number == 0 else Counter()
            print(f"  {summary(count)}; {seconds:.2f} s")
    print(f"all reports, first form of each: {summary(whole)}")


def summary(count: Counter[str]) -> str:
    parts = [f"{kind} {count[f'{kind} found']}/{count[kind]}" for kind in ("deterministic", "other")]
    return f"{', '.join(parts)}, extra {count['extra']}, extra hints {count['hints']}"


def real(folder: Path, listing: bool) -> None:
    """Published budgets: known errors found, things that look wrong and are right left alone."""
    known = [json.loads(line) for line in (folder / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
    right = [json.loads(line) for line in (folder / "negatives.jsonl").read_text(encoding="utf-8").splitlines()]
    tally: Counter[str] = Counter()
    for path in sorted(folder.glob("*.pdf")):
        reading = load(path)
        found = [one for one in findings(reading) if one.severity != "提示"]
        mine = [row for row in known if row["file"] == path.name]
        hit = {row["id"]: [one for one in found if _points(one, row)] for row in mine}
        used = {one.id for ones in hit.values() for one in ones}
        for row in mine:
            kind = f"{row['tier']} {row['confidence']}"
            tally[kind] += 1
            tally[f"{kind} found"] += bool(hit[row["id"]])
            if not hit[row["id"]]:
                print(f"    missed  {row['id']} {row['kind']}: {row['quote'][:60]}")
        raised = [
            (row, one)
            for row in right
            if row["file"] == path.name
            for one in found
            if _points(one, row) and one.id not in used and one.category in WRONGLY.get(row["kind"], (one.category,))
        ]
        for row, one in raised:
            print(f"    NEGATIVE raised  {row['id']} {row['kind']}: {one.rule} {one.title}")
        loose = [one for one in found if one.id not in used]
        tally["matched"] += len(found) - len(loose)
        tally["unmatched"] += len(loose)
        tally["negatives raised"] += len(raised)
        print(f"{path.name}: {len(found)} findings, {len(loose)} unmatched")
        if listing:
            for one in loose:
                print(f"    extra   {one.severity} {one.rule}: {one.title} | {one.fact[:120]}")
    print(dict(tally))


def memos(shared: Path) -> None:
    """What confirms each figure of the memos, and how many carry the address of a cell or a line."""
    strange = Path(__file__).parent.parent / "tests" / "strange"
    paths = [*(shared / "reports").iterdir(), *strange.iterdir()]
    whole: Counter[str] = Counter()
    for path in sorted(path for path in paths if path.suffix in (".docx", ".pdf", ".html", ".txt")):
        others = [load(shared / "reports" / other) for other in BESIDE.get(path.stem, ()) if other != path.name]
        made = reviewed(load(path), others)
        count = Counter[str](figure.kind for figure in made.figures)
        count["addressed"] = sum(bool(figure.places) for figure in made.figures)
        count["figures"] = len(made.figures)
        whole += count
        print(f"{path.name}: {dict(count)}")
    share = whole["addressed"] / whole["figures"]
    print(f"all: {dict(whole)}; not confirmed {whole['untraced']}; with an address {share:.1%}")


PAGE_CHARACTERS = 600
"""Characters of a page of an official paper (28 × 22, less headings and blank lines)."""


def speed(shared: Path) -> None:
    """CPU seconds to review a report of some 100 pages after reading: the longest sample, told many times over."""
    reading = load(shared / "reports" / "chenghu-edu-2023.docx")
    report = reading.report
    size = sum(len(block.text) for block in report.blocks)
    size += sum(len(cell.text) for table in report.tables for cell in table.cells)
    times = max(1, round(100 * PAGE_CHARACTERS / size))
    long = repeated(report, times)
    start = time.process_time()
    stated = facts(long)
    ledger = time.process_time() - start
    start = time.process_time()
    made = reviewed(Reading(long, stated))
    seconds = time.process_time() - start
    pages = size * times / PAGE_CHARACTERS
    print(f"{pages:.0f} pages, {len(long.tables)} tables, {len(stated)} facts: ledger {ledger:.2f} s, ", end="")
    print(f"review {seconds:.2f} s of CPU, {len(made.findings)} findings")


def repeated(report: Report, times: int) -> Report:
    """The report `times` over, blocks and tables numbered on, every figure with decimals another one in each copy.

    Sums then fail here and there: the rules find more to say than in any real report of that length.
    """
    blocks: list[Block] = []
    tables: list[Table] = []
    for copy in range(times):
        first, below = len(blocks), len(tables)
        for block in report.blocks:
            table = block.table + below if block.table is not None else None
            blocks.append(replace(block, index=first + block.index, table=table, text=_moved(block.text, copy)))
        for table_ in report.tables:
            place = table_.block + first if table_.block is not None else None
            cells = tuple(replace(cell, text=_moved(cell.text, copy)) for cell in table_.cells)
            tables.append(replace(table_, number=table_.number + below, block=place, cells=cells))
    return replace(report, blocks=tuple(blocks), tables=tuple(tables))


def _moved(text: str, copy: int) -> str:
    """The text with as many digits, the decimals of its figures turned on by the number of the copy."""
    return re.sub(r"(?<=\.)\d{2}", lambda found: f"{(int(found[0]) + copy) % 100:02}", text)


def _points(found: Finding, row: dict[str, Any]) -> bool:
    return any(_overlap(bare(quote), bare(row["quote"])) for quote in found.quotes)


if __name__ == "__main__":
    main()
