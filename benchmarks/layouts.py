"""Tables laid out by other programs (Chromium from HTML, LibreOffice from DOCX), read back and compared by the cell.

    python -m benchmarks.layouts [NAME…]

The tables are our own, so the true grid of each is known. Each batch was scored before anything was mended for it.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))


from benchmarks.layout_tables import LAYOUTS, Layout, Rows
from benchmarks.layout_tables_fourth import FOURTH
from benchmarks.layout_tables_second import SECOND
from benchmarks.layout_tables_third import THIRD
from ingest.child import parse
from ingest.codec import whole
from ingest.report import grid

CHROMIUM = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
OFFICE = ("soffice", "--headless", "--convert-to", "pdf")
FIGURE = re.compile(r"[-−(（]?[\d,.]+[%)）]?")


def expanded(rows: Rows) -> list[list[str]]:
    """The full grid of rows in which a cell may be (text, colspan, rowspan), merged cells repeated."""
    filled: dict[tuple[int, int], str] = {}
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            text, wide, tall = (cell, 1, 1) if isinstance(cell, str) else cell
            while (r, c) in filled:
                c += 1
            filled |= {(r + dr, c + dc): text for dr in range(tall) for dc in range(wide)}
    width = 1 + max(c for _, c in filled)
    return [[filled.get((r, c), "") for c in range(width)] for r in range(len(rows))]


def compared(
    truth: Sequence[Sequence[str]], found: Sequence[Sequence[Sequence[str]]]
) -> tuple[int, int, int, int, int]:
    """Cells alike, cells of ours, true cells, true figures, figures alike: with the table most like the true one."""
    want = keyed(truth)
    best = max((keyed(one) for one in found), key=lambda one: len(want & one), default=set())
    figures = {cell for cell in want if FIGURE.fullmatch(cell[2]) and re.search(r"\d", cell[2])}
    return len(want & best), len(best), len(want), len(figures), len(figures & best)


def keyed(rows: Sequence[Sequence[str]]) -> set[tuple[int, int, str]]:
    return {(r, c, "".join(text.split())) for r, row in enumerate(rows) for c, text in enumerate(row)}


def printed(layout: Layout, folder: Path) -> Path:
    """The file of a layout, printed to a PDF where it is not read as it is."""
    target = folder / f"{layout.name}.{layout.suffix or 'pdf'}"
    if layout.suffix:
        target.write_bytes(layout.file())
        return target
    if layout.html:
        page = folder / f"{layout.name}.html"
        page.write_text(layout.html, encoding="utf-8")
        command = [*CHROMIUM, f"--print-to-pdf={target}", page.as_uri()]
    else:
        source = folder / f"{layout.name}.docx"
        source.write_bytes(layout.docx())
        command = [*OFFICE, "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return target


def main() -> None:
    """Print the score of each layout, and what differs."""
    wanted = sys.argv[1:]
    layouts: list[Callable[[], Layout]] = [*LAYOUTS, *SECOND, *THIRD, *FOURTH]
    total = [0] * 5
    with tempfile.TemporaryDirectory() as name:
        folder = Path(sys.argv.pop()) if wanted and wanted[-1].startswith("/") else Path(name)
        for make in layouts:
            layout = make()
            if wanted and layout.name not in wanted and not wanted[-1].startswith("/"):
                continue
            path = printed(layout, folder)
            report = whole(parse(path.read_bytes(), path.name))
            grids = [grid(table) for table in report.tables]
            score = [0] * 5
            for rows in layout.tables:
                score = [a + b for a, b in zip(score, compared(expanded(rows), grids), strict=True)]
            total = [a + b for a, b in zip(total, score, strict=True)]
            print(f"{layout.name:12} {said(score)}; {len(grids)} tables read, {len(layout.tables)} drawn")
    print(f"{'all':12} {said(total)}")


def said(score: Sequence[int]) -> str:
    same, ours, true, figures, right = score
    mean = 2 * same / max(ours + true, 1)
    return f"F1 {mean:.3f} of {true} cells; figures in place {right}/{figures}"


if __name__ == "__main__":
    main()
