"""How exactly and how fast PDFs and the other forms are read: `python benchmarks/reading.py [cells|real|tables|speed]`.

cells   shared/gold/*.tables.json, every form: exact grid cells and numeric cells
real    shared/data/real-pdfs: every figure that pdfplumber or pypdf finds and we do not, and the other way round
tables  shared/data/icdar2013-us: F1 of adjacency relations, ours and pdfplumber's
speed   table pages per second beside pdfplumber (ABBA), a report of 100 pages, memory over 2,000 pages
"""

from __future__ import annotations

import io
import json
import os
import re
import resource
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from ingest.pdf import read as read_pdf
from ingest.read import read
from ingest.report import Report, grid

SHARED = Path(os.environ.get("HESHU_SHARED", Path(__file__).parents[1].parent / "shared"))
FIGURE = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?%?")
Cells = list[tuple[int, int, int, int, str]]
"""First row and column, last row and column, text."""


def squeezed(text: str) -> str:
    """Text without white space, compatibility forms unified, for comparing."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def f1(hit: int, found: int, wanted: int) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean."""
    precision, recall = hit / max(found, 1), hit / max(wanted, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


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
    precision, recall, mean = f1(hit, found, wanted)
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
    import pdfplumber
    import pypdf

    for path in sorted((SHARED / "data/real-pdfs").glob("*.pdf")):
        data = path.read_bytes()
        report = read_pdf(data, path.name)
        ours = _figures(report)
        pages = pypdf.PdfReader(io.BytesIO(data)).pages
        total = 0
        with pdfplumber.open(io.BytesIO(data)) as document:
            for number, page in enumerate(document.pages, 1):
                texts = [text for table in page.extract_tables() for row in table for text in row if text]
                theirs = {"pdfplumber": texts, "pypdf": [pages[number - 1].extract_text()]}
                for name, said in theirs.items():
                    figures = sum((Counter(FIGURE.findall(text)) for text in said), Counter[str]())
                    total += sum(figures.values())
                    if lost := figures - ours.get(number, Counter()):
                        extra = ours.get(number, Counter()) - figures
                        print(f"  {path.name} p.{number}: {name} has {dict(lost)}, we have instead {dict(extra)}")
        doubtful = [table.number for table in report.tables if not table.certain]
        print(f"real: {path.name}: {total} figures compared, tables not confirmed: {doubtful or 'none'}")


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


def tables() -> None:
    """Adjacency relations (ICDAR 2013): each cell with its next neighbour that holds text, right and below."""
    folder = SHARED / "data/icdar2013-us"
    names = [path.stem for path in sorted(folder.glob("*.pdf")) if (folder / f"{path.stem}-str.xml").exists()]
    truth = {name: _relations_of(_gold(folder / f"{name}-str.xml")) for name in names}
    readers: dict[str, Callable[[Path], list[Cells]]] = {"heshu": _our_tables, "pdfplumber": _plumber_tables}
    for reader, run in readers.items():
        hit = found = wanted = 0
        shares = []
        for name in names:
            seen = _relations_of(run(folder / f"{name}.pdf"))
            both = sum((truth[name] & seen).values())
            hit, found, wanted = hit + both, found + sum(seen.values()), wanted + sum(truth[name].values())
            shares.append(f1(both, sum(seen.values()), sum(truth[name].values())))
        precision, recall, mean = f1(hit, found, wanted)
        each = [sum(share[i] for share in shares) / len(shares) for i in range(2)]
        of_files = 2 * each[0] * each[1] / max(sum(each), 1e-9)
        print(f"tables: {reader}: P {precision:.3f} R {recall:.3f} F1 {mean:.3f}; mean over files F1 {of_files:.3f}")


def _gold(path: Path) -> list[Cells]:
    from lxml import etree

    found = []
    for table in etree.parse(str(path), etree.XMLParser(recover=True)).getroot().iter("table"):
        held: Cells = []
        down = along = 0
        for region in table.iter("region"):
            down, along = down + int(region.get("row-increment", "0")), along + int(region.get("col-increment", "0"))
            for cell in region.iter("cell"):
                row, col = int(cell.get("start-row")) + down, int(cell.get("start-col")) + along
                last_row = int(cell.get("end-row") or cell.get("start-row")) + down
                last_col = int(cell.get("end-col") or cell.get("start-col")) + along
                held.append((row, col, last_row, last_col, cell.findtext("content") or ""))
        found.append(held)
    return found


def _our_tables(path: Path) -> list[Cells]:
    report = read_pdf(path.read_bytes(), path.name, second=False)
    return [
        [(c.row, c.col, c.row + c.rowspan - 1, c.col + c.colspan - 1, c.text) for c in table.cells]
        for table in report.tables
    ]


def _plumber_tables(path: Path) -> list[Cells]:
    import pdfplumber

    with pdfplumber.open(path) as document:
        return [
            [(r, c, r, c, text or "") for r, row in enumerate(table) for c, text in enumerate(row)]
            for page in document.pages
            for table in page.extract_tables()
        ]


def _relations_of(found: Sequence[Cells]) -> Counter[tuple[str, str, str]]:
    return sum((Counter(_relations(held)) for held in found), Counter[tuple[str, str, str]]())


def _relations(held: Cells) -> Iterator[tuple[str, str, str]]:
    texts = [re.sub(r"\s+", "", cell[4]).upper() for cell in held]
    at = {(r, c): i for i, (r0, c0, r1, c1, _) in enumerate(held) for r in range(r0, r1 + 1) for c in range(c0, c1 + 1)}
    rows, cols = max((r for r, _ in at), default=-1) + 1, max((c for _, c in at), default=-1) + 1
    for i, (r0, c0, r1, c1, _) in enumerate(held):
        if not texts[i]:
            continue
        right = {_next(at, texts, [(r, c) for c in range(c1 + 1, cols)]) for r in range(r0, r1 + 1)}
        below = {_next(at, texts, [(r, c) for r in range(r1 + 1, rows)]) for c in range(c0, c1 + 1)}
        yield from ((texts[i], texts[j], "right") for j in right if j is not None)
        yield from ((texts[i], texts[j], "below") for j in below if j is not None)


def _next(at: dict[tuple[int, int], int], texts: Sequence[str], places: Sequence[tuple[int, int]]) -> int | None:
    return next((at[place] for place in places if place in at and texts[at[place]]), None)


def speed() -> None:
    """Processor time, best of four in ABBA order, so that a busy machine slows both alike."""
    import pdfplumber
    import pypdfium2

    from ingest.pdf.cells import DrawnTable
    from ingest.pdf.page import read_page

    def ours(data: bytes, numbers: Sequence[int]) -> None:
        document = pypdfium2.PdfDocument(data)
        for number in numbers:
            read_page(document[number], number + 1)
        document.close()

    def theirs(data: bytes, numbers: Sequence[int]) -> None:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for number in numbers:
                document.pages[number].extract_tables()
                document.pages[number].close()

    spent = [0.0, 0.0]
    count = 0
    largest = b""
    for path in sorted((SHARED / "data/real-pdfs").glob("*.pdf")):
        data = path.read_bytes()
        document = pypdfium2.PdfDocument(data)
        held = [read_page(document[i], i + 1).items for i in range(len(document))]
        numbers = [i for i, items in enumerate(held) if any(isinstance(item, DrawnTable) for item in items)]
        document.close()
        times: dict[Callable[[bytes, Sequence[int]], None], list[float]] = {ours: [], theirs: []}
        for run in (ours, theirs, theirs, ours) * 2:
            begun = time.process_time()
            run(data, numbers)
            times[run].append(time.process_time() - begun)
        best = min(times[ours]), min(times[theirs])
        rates = [len(numbers) / one for one in best]
        print(f"  {path.name}: {rates[0]:.0f} and {rates[1]:.0f} pages/s, {best[1] / best[0]:.1f}×")
        spent = [spent[0] + best[0], spent[1] + best[1]]
        count += len(numbers)
        largest = max(largest, data, key=len)
    print(f"speed: {count / spent[0]:.0f} table pages/s, pdfplumber {count / spent[1]:.0f}: {spent[1] / spent[0]:.1f}×")
    _long(largest)


def _long(data: bytes) -> None:
    """A report of 100 pages, and memory while 2,000 pages are read one after the other."""
    import pypdfium2

    from ingest.pdf.page import read_page

    source, target = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument.new()
    while len(target) < 100:
        target.import_pages(source, range(min(len(source), 100 - len(target))))
    buffer = io.BytesIO()
    target.save(buffer)
    for second in (False, True):
        begun = time.process_time()
        report = read_pdf(buffer.getvalue(), "long.pdf", second=second)
        used, asked = time.process_time() - begun, "with" if second else "without"
        print(f"speed: {len(report.pages)} pages in {used:.1f} s {asked} a second opinion")
    for number in range(2000):
        page = target[number % 100]
        read_page(page, number + 1)
        page.close()
        if number % 500 == 499:
            pages = int(Path("/proc/self/statm").read_text().split()[1])
            print(f"memory: {pages * resource.getpagesize() // 2**20} MB after {number + 1} pages")


def main() -> None:
    """Run the parts named on the command line, or all."""
    parts = {"cells": cells, "real": real, "tables": tables, "speed": speed}
    for name in sys.argv[1:] or parts:
        parts[name]()


if __name__ == "__main__":
    main()
