"""A table that goes on over the page break is one table: repeated header dropped, a row cut in two joined again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.layout.captions import goes_on, is_unit_line
from ingest.layout.headers import is_value
from ingest.pdf.cells import HEAD, DrawnCell, DrawnTable, cell_text
from ingest.pdf.flow import NUMBERED, STOPS
from ingest.pdf.lines import TextLine

OPENERS = ("其中", "其他", "小计", "合计", "总计", "本年")
"""Words that begin a row of their own."""
NOTED = re.compile(r"[①-⑳]|\[\d{1,2}\]|[*＊※]")
"""What opens a footnote."""
SAME = 6.0
"""Points by which the columns of two parts of a table may differ."""

Item = TextLine | DrawnTable


def continued(items: Iterable[Item]) -> Iterator[Item]:
    """Tables joined with their continuation on the next page. Furniture is no longer among the items.

    Only the last table waits, with the heads (续表, 单位) that may stand above its next part.
    """
    table: DrawnTable | None = None
    passed: list[TextLine] = []
    for item in items:
        if isinstance(item, TextLine):
            if table is not None and (_is_repeated_head(item) or _is_footnote(table, passed, item)):
                passed.append(item)
                continue
        elif table is not None and _goes_on(table, passed, item):
            if table.cols == item.cols or any(cell.text for cell in item.cells):
                table = _joined(table, item)
            continue
        if table is not None:
            yield table
            yield from passed
        table, passed = None, []
        if isinstance(item, DrawnTable):
            table = item
        else:
            yield item
    if table is not None:
        yield table
        yield from passed


def _goes_on(table: DrawnTable, passed: Sequence[TextLine], part: DrawnTable) -> bool:
    """Whether `part` continues the table, which is the last thing on the page before but for these lines."""
    if table.pages[-1] + 1 != part.pages[0]:
        return False
    return all(_is_above_part(line, table, part, passed) for line in passed) and _fits(table, part)


def _is_above_part(line: TextLine, table: DrawnTable, part: DrawnTable, passed: Sequence[TextLine]) -> bool:
    """Whether a line stands above the part, or above one that was joined before."""
    joined = zip(table.pages, table.boxes, strict=True)
    if _is_footnote(table, passed, line):
        return True
    return line.page == part.pages[0] or any(line.page == page and line.box[3] <= box[1] for page, box in joined)


def _is_footnote(table: DrawnTable, passed: Sequence[TextLine], line: TextLine) -> bool:
    """Whether a line is of a footnote (脚注) at the foot of the table's page, set smaller than the table."""
    smallest = min((own.size for cell in table.cells for own in cell.lines), default=0.0)
    opened = NOTED.match(line.text) or any(NOTED.match(above.text) for above in passed)
    return bool(opened) and line.page == table.pages[-1] and line.size < smallest


def _is_repeated_head(line: TextLine) -> bool:
    """A unit line, or the title again with 续, above the part on the next page."""
    return is_unit_line(line.text) or goes_on(line.text)


def _fits(table: DrawnTable, part: DrawnTable) -> bool:
    """Whether the part has the table's columns, or as many under the same head (each part set to its own widths)."""
    if table.ruled != part.ruled:
        return False
    if table.cols == part.cols:
        same = all(abs(a - b) <= SAME for a, b in zip(table.xs, part.xs, strict=True)) or _same_widths(table, part)
        return same or (table.cols > 2 and _repeated_rows(table, part) > 0)
    fewer, more = sorted((table.xs, part.xs), key=len)
    ends = abs(fewer[0] - more[0]) <= SAME and abs(fewer[-1] - more[-1]) <= SAME
    return ends and all(any(abs(x - y) <= SAME for y in more) for x in fewer)


def _same_widths(table: DrawnTable, part: DrawnTable) -> bool:
    """Columns of the same widths, the part moved sideways as a whole."""
    shift = part.xs[0] - table.xs[0]
    return all(abs(b - a - shift) <= SAME / 2 for a, b in zip(table.xs, part.xs, strict=True))


def _joined(table: DrawnTable, part: DrawnTable) -> DrawnTable:
    if table.cols != part.cols:
        table, part = _on_columns(table, part), _on_columns(part, table)
    skip = _repeated_rows(table, part)
    cells = list(table.cells)
    if _is_cut_row(table, part, skip):
        cells = _mended(table, part, skip)
        skip += 1
    cells, reached = _reaching(cells, part, table.rows, skip)
    moved = [
        replace(cell, area=replace(cell.area, row=cell.area.row + table.rows - skip))
        for cell in part.cells
        if cell.area.row >= skip and cell not in reached
    ]
    return replace(
        table,
        rows=table.rows + part.rows - skip,
        cells=(*cells, *moved),
        pages=(*table.pages, *part.pages),
        boxes=(*table.boxes, *part.boxes),
        mended=table.mended or part.mended,
        uncounted=table.uncounted or part.uncounted,
    )


def _reaching(cells: list[DrawnCell], part: DrawnTable, end: int, at: int) -> tuple[list[DrawnCell], list[DrawnCell]]:
    """The table's cells, a merged one at its end carried on over the break, and the empty cells of the part it takes.

    A name beside its rows (大类) is printed once; on the next page its cell goes on without it.
    """
    first = {cell.area.col: cell for cell in part.cells if cell.area.row == at}
    taken = []
    for i, cell in enumerate(cells):
        area, below = cell.area, first.get(cell.area.col)
        ends = area.row + area.rowspan == end and cell.text and not is_value(cell.text)
        if (
            below is None
            or not ends
            or (below.text and not _closes(cell.text, below.text))
            or below.area.colspan != area.colspan
        ):
            continue
        if area.rowspan > 1 or below.area.rowspan > 1:
            lines, area = (*cell.lines, *below.lines), replace(area, rowspan=area.rowspan + below.area.rowspan)
            cells[i] = replace(cell, area=area, lines=lines, text=cell_text(lines, cell.box))
            taken.append(below)
    return cells, taken


def _closes(above: str, below: str) -> bool:
    """Whether the words of a merged cell go on over the break: the bracket that one opens, the other closes."""
    return above.count("（") > above.count("）") and below.count("）") > below.count("（")


def _on_columns(table: DrawnTable, other: DrawnTable) -> DrawnTable:
    """The table on the finer columns of the two."""
    if table.cols >= other.cols:
        return table
    at = [min(range(len(other.xs)), key=lambda i: abs(other.xs[i] - x)) for x in table.xs]
    cells = []
    for cell in table.cells:
        start, end = at[cell.area.col], at[cell.area.col + cell.area.colspan]
        cells.append(replace(cell, area=replace(cell.area, col=start, colspan=end - start)))
    return replace(table, cells=tuple(cells), cols=other.cols, xs=other.xs)


def _repeated_rows(table: DrawnTable, part: DrawnTable) -> int:
    """How many rows at the part's top repeat the table's head; a head holds no figures."""
    count = 0
    for row in range(min(part.rows, table.rows, HEAD - 1)):
        ours, theirs = (
            [
                (cell.area.col, cell.area.colspan, "".join(cell.text.split()))
                for cell in one.cells
                if cell.area.row == row
            ]
            for one in (table, part)
        )
        if ours != theirs or any(is_value(text) for _, _, text in ours if text):
            break
        count = row + 1
    if count and not any(cell.text for cell in part.cells if cell.area.row < count):
        return 0
    while count and any(c.area.row < count < c.area.row + c.area.rowspan for c in part.cells):
        count -= 1
    return count


def _is_cut_row(table: DrawnTable, part: DrawnTable, at: int) -> bool:
    """Whether row `at` of the part is the rest of the table's last row: no figures, words that read on."""
    last = [cell for cell in table.cells if cell.area.row + cell.area.rowspan == table.rows]
    first = [cell for cell in part.cells if cell.area.row == at]
    columns = [(cell.area.col, cell.area.colspan) for cell in first]
    if not first or [(cell.area.col, cell.area.colspan) for cell in last] != columns:
        return False
    pairs = [(above, below) for above, below in zip(last, first, strict=True) if below.text]
    if not pairs or any(is_value(below.text) for _, below in pairs):
        return False
    if first[0].text and not any(is_value(above.text) for above in last):
        return False
    return all(_reads_on(above, below) for above, below in pairs)


def _reads_on(above: DrawnCell, below: DrawnCell) -> bool:
    """Whether the text of a cell breaks off at its right edge and the next begins nothing new."""
    if not above.lines or above.text[-1] in STOPS or NUMBERED.match(below.text) or below.text.startswith(OPENERS):
        return False
    line = above.lines[-1]
    return (above.box[2] - above.box[0]) - (line.box[2] - line.box[0]) < 2.5 * line.size


def _mended(table: DrawnTable, part: DrawnTable, at: int) -> list[DrawnCell]:
    """The table's cells with the rest of its last row, which is row `at` of the part."""
    rest = {cell.area.col: cell for cell in part.cells if cell.area.row == at}
    cells = []
    for cell in table.cells:
        more = rest.get(cell.area.col)
        if cell.area.row + cell.area.rowspan == table.rows and more is not None:
            lines = (*cell.lines, *more.lines)
            tall = cell.area.rowspan + more.area.rowspan - 1
            area = replace(cell.area, rowspan=tall)
            cell = replace(
                cell,
                lines=lines,
                text=cell_text(lines, cell.box),
                area=area,
                seen=(cell.seen or "") + (more.seen or ""),
                doubted=cell.doubted or more.doubted,
            )
        cells.append(cell)
    return cells
