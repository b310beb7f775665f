"""How exactly and how fast reports are read: `python -m benchmarks.reading [PART…]`, all parts unless named.

cells    shared/gold/*.tables.json, every form: exact grid cells and numeric cells
real     shared/data/real-pdfs: every figure that pdfplumber or pypdf finds and we do not
tables   shared/data/icdar2013-us: F1 of adjacency relations, beside pdfplumber and camelot (benchmarks/icdar.py)
forms    the seed as DOCX, PDF and TXT: facts that only one form gives
planted  errors put into our own reading of the real PDFs, and how many are found (benchmarks/misreadings.py)
speed    table pages per second beside pdfplumber (ABBA), a report of 100 pages
memory   page after page over 2,000 pages, and both sides of `read` at 100, 500, 1,000 and 2,000
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.extra import needed
from benchmarks.icdar import tables
from benchmarks.misreadings import planted
from benchmarks.reading_speed import memory, speed
from ingest.fact import label
from ingest.ledger import facts
from ingest.pdf import read as read_pdf
from ingest.read import read
from ingest.report import Report, grid

SHARED = Path(os.environ.get("HESHU_SHARED", Path(__file__).parents[1].parent / "shared"))
FIGURE = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?%?")


def squeezed(text: str) -> str:
    """Text without white space, compatibility forms unified, for comparing."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def cells() -> None:
    """Exact cells of the gold tables, each compared at its row and column with the table most like it."""
    hit = found = wanted = figures = right = 0
    for path in sorted((SHARED / "gold").glob("*.tables.json")):
        name = path.name.removesuffix(".tables.json")
        for report_path in sorted((SHARED / "reports").glob(f"{name}.*")) + sorted(
            (SHARED / "reports").glob(f"{name}-*")
        ):
            if report_path.suffix not in (".pdf", ".docx", ".html", ".xlsx"):
                continue
            report = read(report_path)
            for gold in json.loads(path.read_text(encoding="utf-8")):
                if bool(gold.get("sheet")) != (report_path.suffix == ".xlsx"):
                    continue
                score = _compared(gold["grid"], report)
                same, ours, theirs, numbers, exact = score
                if same < max(ours, theirs) or exact < numbers:
                    print(f"  {report_path.name} {gold['id']}: {same}/{theirs} cells, {exact}/{numbers} figures")
                hit, found, wanted = hit + score[0], found + score[1], wanted + score[2]
                figures, right = figures + score[3], right + score[4]
    precision, recall = hit / max(found, 1), hit / max(wanted, 1)
    mean = 2 * precision * recall / max(precision + recall, 1e-9)
    print(f"cells: P {precision:.4f} R {recall:.4f} F1 {mean:.4f} of {wanted}; numeric cells {right}/{figures}")


def _compared(gold: Sequence[Sequence[str]], report: Report) -> tuple[int, int, int, int, int]:
    want = _keyed(gold)
    best = max((_keyed(grid(table)) for table in report.tables), key=lambda one: len(want & one), default=set())
    numeric = {cell for cell in want if re.fullmatch(r"[-−(（]?[\d,.]+[%)）]?", cell[2]) and re.search(r"\d", cell[2])}
    return len(want & best), len(best), len(want), len(numeric), len(numeric & best)


def _keyed(rows: Sequence[Sequence[str]]) -> set[tuple[int, int, str]]:
    return {(r, c, squeezed(text)) for r, row in enumerate(rows) for c, text in enumerate(row)}


def real() -> None:
    """Figures of each page: ours against pdfplumber's table cells and pypdf's text."""
    needed("pypdf")
    import pdfplumber
    import pypdf

    for path in sorted((SHARED / "data/real-pdfs").glob("*.pdf")):
        data = path.read_bytes()
        report = read_pdf(data, path.name)
        ours = _figures(report)
        pages = pypdf.PdfReader(io.BytesIO(data)).pages
        total = gone = 0
        with pdfplumber.open(io.BytesIO(data)) as document:
            for number, page in enumerate(document.pages, 1):
                texts = [text for table in page.extract_tables() for row in table for text in row if text]
                theirs = {"pdfplumber": texts, "pypdf": [pages[number - 1].extract_text()]}
                for name, said in theirs.items():
                    figures = sum((Counter(FIGURE.findall(text)) for text in said), Counter[str]())
                    total += sum(figures.values())
                    if lost := figures - ours.get(number, Counter()):
                        gone += sum(lost.values())
                        extra = ours.get(number, Counter()) - figures
                        print(f"  {path.name} p.{number}: {name} has {dict(lost)}, we have instead {dict(extra)}")
        doubtful = [table.number for table in report.tables if not table.certain]
        counted = f"{total} figures compared, {gone} of them not in ours"
        print(f"real: {path.name}: {counted}; tables not confirmed: {doubtful or 'none'}")


def _figures(report: Report) -> dict[int, Counter[str]]:
    """Our figures by page, line by line and cell by cell."""
    found: dict[int, Counter[str]] = {}
    for block in report.blocks:
        for line in block.lines:
            found.setdefault(line.page or 0, Counter()).update(FIGURE.findall(block.text[line.start : line.end]))
    for table in report.tables:
        for cell in table.cells:
            found.setdefault(cell.page or 0, Counter()).update(FIGURE.findall(cell.text))
    return found


def forms() -> None:
    """Facts of the three forms of the seed by label and value; a difference is printed once for each side."""
    held: dict[str, Counter[tuple[str, str]]] = {}
    for form in ("docx", "pdf", "txt"):
        found = facts(read(SHARED / f"reports/pingshan-sti-2021.{form}"))
        held[form] = Counter((squeezed(label(fact)), str(fact.quantity.base.normalize())) for fact in found)
    for form, other in (("docx", "pdf"), ("docx", "txt")):
        one, two = held[form], held[other]
        for name, only in ((form, one - two), (other, two - one)):
            for (said, value), count in sorted(only.items()):
                print(f"  only in {name}, not in {other if name == form else form}: {said} = {value} ×{count}")
        values = [Counter(value for _, value in side.elements()) for side in (one, two)]
        alone = sum(((values[0] - values[1]) + (values[1] - values[0])).values())
        share = (
            f"{sum((one & two).values())} facts alike, {sum((one - two).values())} and {sum((two - one).values())} not"
        )
        print(f"forms: {form} and {other}: {share}; {alone} of those differ in their figure, not only in the label")


def main() -> None:
    """Run the parts named on the command line, or all."""
    parts = {
        "cells": cells,
        "real": real,
        "tables": lambda: tables(SHARED / "data/icdar2013-us"),
        "forms": forms,
        "planted": lambda: planted(SHARED / "data/real-pdfs"),
        "speed": lambda: speed(SHARED / "data/real-pdfs"),
        "memory": lambda: memory(SHARED / "data/real-pdfs"),
    }
    for name in sys.argv[1:] or parts:
        parts[name]()


if __name__ == "__main__":
    main()
