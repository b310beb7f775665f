"""Tables of the ICDAR 2013 competition: adjacency relations, ours beside pdfplumber's and, where installed, camelot's.

A relation is a cell with its next neighbour that holds text, to the right and below.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from ingest.pdf import read as read_pdf

Cells = list[tuple[int, int, int, int, str]]
"""First row and column, last row and column, text."""
FLAVOURS = ("lattice", "stream")


def f1(hit: int, found: int, wanted: int) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean."""
    precision, recall = hit / max(found, 1), hit / max(wanted, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def tables(folder: Path) -> None:
    """Print precision, recall and F1 of each reader over all tables of the folder."""
    names = [path.stem for path in sorted(folder.glob("*.pdf")) if (folder / f"{path.stem}-str.xml").exists()]
    truth = {name: _relations_of(_gold(folder / f"{name}-str.xml")) for name in names}
    readers: dict[str, Callable[[Path], list[Cells]]] = {"heshu": _our_tables, "pdfplumber": _plumber_tables}
    if find_spec("camelot"):
        readers |= {f"camelot ({flavour})": partial(_camelot_tables, flavour=flavour) for flavour in FLAVOURS}
    else:
        print("tables: camelot 未安装；要并列它的成绩：pip install camelot-py")
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
                row, col = int(cell.get("start-row", "0")) + down, int(cell.get("start-col", "0")) + along
                last_row = int(cell.get("end-row") or cell.get("start-row", "0")) + down
                last_col = int(cell.get("end-col") or cell.get("start-col", "0")) + along
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


def _camelot_tables(path: Path, flavour: str) -> list[Cells]:
    import camelot  # type: ignore[import-not-found,import-untyped,unused-ignore]

    warnings.simplefilter("ignore")  # one for every table that it does not find
    try:
        found = camelot.read_pdf(str(path), pages="all", flavor=flavour)
    except Exception as error:  # noqa: BLE001  # whatever it raises, it has read nothing of this file
        print(f"  camelot ({flavour}) {path.name}: {type(error).__name__}")
        return []
    return [[(r, c, r, c, str(text)) for r, row in enumerate(one.data) for c, text in enumerate(row)] for one in found]


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
