"""Errors planted into our own reading of real PDFs, and how many of them the second reading finds.

    python -m benchmarks.misreadings FOLDER SEED

Glyphs are dropped, misread, moved or exchanged after pdfium gave them and before anything is made of them, so that
lines, words and cells are built from the damaged page as they would be from a faulty reading.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pypdfium2

sys.path.insert(0, str(Path(__file__).parents[1]))

from ingest.pdf import page as pages
from ingest.pdf import read, witness
from ingest.pdf.cells import DrawnCell, DrawnTable, parted
from ingest.pdf.glyphs import Glyph, Text, read_text
from ingest.pdf.page import DrawnPage, read_page
from ingest.pdf.second import asked, judged, suspicion
from ingest.report import Box

EACH = 8
"""Plants of each kind in each file."""

Damage = Callable[..., list[Glyph]]
"""(glyphs of a page, cell with a figure, other cell with another figure, chance) → the glyphs damaged."""


def dropped(glyphs: list[Glyph], cell: DrawnCell, chance: random.Random, **_: object) -> list[Glyph]:
    """One digit of the cell is lost."""
    lost = chance.choice(_digits(glyphs, cell))
    return [glyph for glyph in glyphs if glyph is not lost]


def misread(glyphs: list[Glyph], cell: DrawnCell, chance: random.Random, **_: object) -> list[Glyph]:
    """One digit is taken for another."""
    wrong = chance.choice(_digits(glyphs, cell))
    other = chance.choice([digit for digit in "0123456789" if digit != wrong.char])
    return [glyph._replace(char=other) if glyph is wrong else glyph for glyph in glyphs]


def emptied(glyphs: list[Glyph], cell: DrawnCell, **_: object) -> list[Glyph]:
    """The whole figure is lost."""
    return parted(glyphs, cell.box)[1]


def shifted(glyphs: list[Glyph], cell: DrawnCell, **_: object) -> list[Glyph]:
    """The figure slips into the column beside it."""
    held = {id(glyph) for glyph in parted(glyphs, cell.box)[0]}
    by = cell.box[2] - cell.box[0]
    return [_moved(glyph, by, 0) if id(glyph) in held else glyph for glyph in glyphs]


def swapped(glyphs: list[Glyph], cell: DrawnCell, other: DrawnCell, **_: object) -> list[Glyph]:
    """Two figures of the table change places."""
    here, there = ({id(glyph) for glyph in parted(glyphs, one.box)[0]} for one in (cell, other))
    dx, dy = other.box[0] - cell.box[0], other.box[1] - cell.box[1]
    return [
        _moved(glyph, dx, dy) if id(glyph) in here else _moved(glyph, -dx, -dy) if id(glyph) in there else glyph
        for glyph in glyphs
    ]


def _moved(glyph: Glyph, dx: float, dy: float) -> Glyph:
    char, x0, top, x1, bottom, base, style = glyph
    return Glyph(char, x0 + dx, top + dy, x1 + dx, bottom + dy, base + dy, style)


def _digits(glyphs: Sequence[Glyph], cell: DrawnCell) -> list[Glyph]:
    return [glyph for glyph in parted(glyphs, cell.box)[0] if glyph.char.isdecimal()]


KINDS: tuple[Damage, ...] = (dropped, misread, emptied, shifted, swapped)


def planted(folder: Path, seed: int = 1) -> None:
    """Plant each kind of error in each file and print how many are found."""
    chance = random.Random(seed)
    found: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    for path in sorted(folder.glob("*.pdf")):
        data = path.read_bytes()
        document = pypdfium2.PdfDocument(data)
        sound = [read_page(document[i], i + 1) for i in range(len(document))]
        places = [(page, table, cell, other) for page in sound for table, cell, other in _pairs(page, chance)]
        for damage in KINDS:
            for page, table, cell, other in chance.sample(places, min(EACH, len(places))):
                tried[damage.__name__] += 1
                hit = _is_found(document, page, table, data, partial(damage, cell=cell, other=other, chance=chance))
                found[damage.__name__] += hit
                if not hit:
                    print(f"  {path.name} p.{page.number}: {damage.__name__} {cell.text} not found")
        document.close()
        wide, all_of = _decoded(data, path.name)
        print(f"  {path.name}: every 3 of the file taken for 8: {wide} of {all_of} tables with a 3 not confirmed")
    for name, count in tried.items():
        print(f"planted: {name}: {found[name]} of {count} found")


def _pairs(page: DrawnPage, chance: random.Random) -> Iterator[tuple[DrawnTable, DrawnCell, DrawnCell]]:
    """Cells with a figure of a page, each with another figure of its table."""
    for table in page.items:
        if isinstance(table, DrawnTable):
            figures = [cell for cell in table.cells if cell.text.replace(",", "").replace(".", "").isdecimal()]
            for cell in figures:
                others = [other for other in figures if other.text != cell.text]
                if others:
                    yield table, cell, chance.choice(others)


def _is_found(
    document: Any, page: DrawnPage, table: DrawnTable, data: bytes, damage: Callable[[list[Glyph]], list[Glyph]]
) -> bool:
    """Whether the damaged page leaves a table unconfirmed that the sound page does not."""

    def damaging(*given: Any) -> Text:
        text = read_text(*given)
        glyphs = damage(text.glyphs)
        return replace(text, glyphs=glyphs, orders=[-1] * len(glyphs))

    with patch.object(pages, "read_text", damaging):
        damaged = read_page(document[page.number - 1], page.number)
    marked = asked([suspicion(damaged)], lambda _: damaged, data).marked(damaged)
    tables = [judged(item) for item in marked.items if isinstance(item, DrawnTable)]
    return any(not one.certain for one in tables if _meets(one.box, table.box))


def _meets(one: Box, two: Box) -> bool:
    return min(one[2], two[2]) > max(one[0], two[0]) and min(one[3], two[3]) > max(one[1], two[1])


def _decoded(data: bytes, source: str) -> tuple[int, int]:
    """Tables not confirmed where pdfium itself takes every 3 for 8, in both of its readings."""

    def wrong(*given: Any) -> Text:
        text = read_text(*given)
        glyphs = [glyph._replace(char="8") if glyph.char == "3" else glyph for glyph in text.glyphs]
        return replace(text, glyphs=glyphs)

    bounded = witness.bounded
    with (
        patch.object(pages, "read_text", wrong),
        patch.object(witness, "bounded", lambda *given: bounded(*given).replace("3", "8")),
    ):
        report = read(data, source)
    holding = [one for one in read(data, source, second=False).tables if any("3" in cell.text for cell in one.cells)]
    numbers = {one.number for one in holding}
    return sum(not one.certain for one in report.tables if one.number in numbers), len(holding)


if __name__ == "__main__":
    planted(Path(sys.argv[1]), int(sys.argv[2]))
