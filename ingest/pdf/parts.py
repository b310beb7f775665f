"""From the pages of a file as drawn to its parts in reading order: furniture aside, tables and paragraphs joined.

The parts are made anew each time they are asked for. Of the pages only an open table or paragraph waits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from ingest.layout.raw import Raw, RawTable, RawText
from ingest.pdf.cells import DrawnTable
from ingest.pdf.continuation import continued
from ingest.pdf.flow import Column, Margins, Paragraph, joint, paragraphs
from ingest.pdf.lines import TextLine
from ingest.pdf.page import DrawnPage
from ingest.pdf.second import Opinion, judged
from ingest.pdf.shelf import Shelf
from ingest.report import Box, Cell, Line

Item = TextLine | DrawnTable
Shape = tuple[int, int]
MEASURED = 200
"""Pages from whose lines the margins are taken."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything of a file in reading order, as structure.assembled takes it."""

    shelf: Shelf
    bare: Sequence[DrawnPage]
    """The pages without what stands on them."""
    furniture: Sequence[frozenset[int]]
    """For each page the places of its items that are furniture."""
    scans: Mapping[int, list[Raw]]
    """What was recognised on scanned pages."""
    opinion: Opinion | None
    margins: Mapping[Shape, Margins]

    def __iter__(self) -> Iterator[Raw]:
        aside: dict[int, list[Raw]] = {}
        done = 0
        for item in self._flow(continued(self._body(aside))):
            begins = item.pages[0] if isinstance(item, DrawnTable) else item.lines[0].page
            for number in range(done + 1, begins):
                yield from aside.pop(number)
            done = max(done, begins - 1)
            yield self._table(item) if isinstance(item, DrawnTable) else self._text(item)
        for number in range(done + 1, len(self.bare) + 1):
            yield from aside.pop(number)

    def _body(self, aside: dict[int, list[Raw]]) -> Iterator[Item]:
        """Running text and tables, page by page; what else stands on each page goes aside."""
        for page, chosen in zip(self.shelf, self.furniture, strict=True):
            if self.opinion:
                page = self.opinion.marked(page)
            edges = [item for i, item in enumerate(page.items) if i in chosen and isinstance(item, TextLine)]
            texts = [self._text(Paragraph((line,), furniture=True)) for line in (*edges, *page.askew)]
            texts += [self._text(Paragraph((line,), hidden=reason)) for reason, line in page.hidden]
            aside[page.number] = [*self.scans.get(page.number, ()), *texts]
            yield from (item for i, item in enumerate(page.items) if i not in chosen)

    def _flow(self, items: Iterator[Item]) -> Iterator[Paragraph | DrawnTable]:
        """Paragraphs and tables; a change of page size ends a paragraph. Grids without any text are decoration."""
        for shape, run in groupby(filter(_has_text, items), self._shape):
            yield from paragraphs(run, self.margins.get(shape, Margins(0, 0, 1)))

    def _shape(self, item: Item) -> Shape:
        return shape_of(self.bare[(item.pages[0] if isinstance(item, DrawnTable) else item.page) - 1])

    def _text(self, paragraph: Paragraph) -> RawText:
        text = ""
        lines = []
        for line in paragraph.lines:
            text += joint(text, line.text) if text else ""
            page = self.bare[line.page - 1]
            whole = len(line.edges) == len(line.text) + 1 and page.frame == page.shown
            edges = tuple([round(x, 2) for x in line.edges]) if whole else ()
            lines.append(Line(len(text), len(text) + len(line.text), line.page, _shown(line.box, page), edges))
            text += line.text
        return RawText(
            text,
            page=paragraph.lines[0].page,
            lines=tuple(lines),
            hidden=paragraph.hidden,
            role="furniture" if paragraph.furniture else "",
            centered=paragraph.centred,
        )

    def _table(self, drawn: DrawnTable) -> RawTable:
        table = judged(drawn)
        cells = tuple(
            Cell(
                cell.area.row,
                cell.area.col,
                cell.text,
                cell.area.rowspan,
                cell.area.colspan,
                cell.page,
                _shown(cell.box, self.bare[cell.page - 1]),
            )
            for cell in sorted(table.cells, key=lambda cell: (cell.area.row, cell.area.col))
        )
        return RawTable(
            cells,
            table.rows,
            table.cols,
            page=table.pages[0],
            pages=table.pages,
            certain=table.certain,
            doubt=table.doubt,
        )


def margins_of(shelf: Shelf, furniture: Sequence[frozenset[int]]) -> dict[Shape, Margins]:
    """Margins of the running text, for each size of page, as the first pages show them."""
    columns: dict[Shape, Column] = {}
    for page, chosen in islice(zip(shelf, furniture, strict=True), MEASURED):
        lines = [item for i, item in enumerate(page.items) if i not in chosen and isinstance(item, TextLine)]
        if lines:
            columns.setdefault(shape_of(page), Column()).add(lines)
    return {shape: column.margins() for shape, column in columns.items()}


def shape_of(page: DrawnPage) -> Shape:
    """The size of a page, to the point."""
    return round(page.frame.width), round(page.frame.height)


def _has_text(item: Item) -> bool:
    return isinstance(item, TextLine) or any(cell.text for cell in item.cells)


def _shown(box: Box, page: DrawnPage) -> Box:
    x0, top, x1, bottom = page.frame.back(box, page.shown)
    return round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2)
