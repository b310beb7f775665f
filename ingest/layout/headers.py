"""Which rows and columns of a table are its header (表头), read from spans and from what the cells look like.

Knows nothing of any report; says nothing about what the figures mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ingest.layout.words import ends, squeeze, stem, words
from ingest.report import Cell
from ingest.units import unit

VALUE = re.compile(
    r"[≥≤＞>＜<=＝±约]?[-－−+（(]?[¥￥]?\d[\d,，]*(?:[.．]\d+)?[)）]?(?:%|％|‰|[^\d年月日季第度期类级项.．、,，（(]{0,4})"
)
DATE = re.compile(r"\d{4}[年./-]\d{1,2}(?:[月./-](?:\d{1,2}日?)?)?")
YEAR = re.compile(r"(?:19|20)\d\d")
NOTHING = ("", "—", "-", "－", "–", "/", "／", "——", "--", "无", "不适用")


@dataclass(frozen=True)
class Shape:
    """A grid of cells by row and column, as the rules of this module see it; every position is covered once."""

    cells: Sequence[Cell]
    rows: int
    cols: int

    @cached_property
    def at(self) -> list[list[Cell]]:
        """The cell that covers each position."""
        filled: list[list[Cell]] = [[None] * self.cols for _ in range(self.rows)]  # type: ignore[list-item]  # all set
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rowspan):
                filled[row][cell.col : cell.col + cell.colspan] = [cell] * cell.colspan
        return filled

    def row(self, number: int) -> list[Cell]:
        """The cells that cover a row, each once, from the left."""
        seen: list[Cell] = []
        for cell in self.at[number]:
            if not seen or seen[-1] is not cell:
                seen.append(cell)
        return seen

    @cached_property
    def data(self) -> tuple[bool, ...]:
        """Whether a row holds figures other than years and column numbers (栏次)."""
        return tuple(self.holds_data(row) for row in range(self.rows))

    def holds_data(self, number: int) -> bool:
        """Whether the cells that begin or stand in this row alone show a figure."""
        cells = [cell for cell in self.row(number) if cell.rowspan == 1 or cell.row == number]
        values = [squeeze(cell.text) for cell in cells if is_value(cell.text)]
        if not values or self.full_width(number):
            return False
        if all(YEAR.fullmatch(value) for value in values) and len(values) < len(cells):
            return False
        return not counts_columns([squeeze(cell.text) for cell in cells])

    def full_width(self, number: int) -> bool:
        """Whether one cell fills the row, or its first cell alone holds text while the rest is empty."""
        cells = self.row(number)
        return len(cells) == 1 and self.cols > 1

    def alone(self, number: int) -> bool:
        """Whether a single cell of the row holds text."""
        return sum(bool(squeeze(cell.text)) for cell in self.row(number)) == 1


@dataclass(frozen=True, slots=True)
class Headers:
    """The header of a table: counts of leading rows and columns, later header rows, and its layout."""

    rows: int
    cols: int
    subheaders: tuple[int, ...] = ()
    layout: Literal["grid", "pairs"] = "grid"


def is_value(text: str) -> bool:
    """Whether a cell looks like a figure with at most a short unit: 1,234.5, ≥95%, 52386人; not 2023年决算数."""
    return VALUE.fullmatch(squeeze(text)) is not None


def is_filler(text: str) -> bool:
    """Whether a cell says that there is nothing: empty, a dash, a slash, 不适用."""
    return squeeze(text) in NOTHING


def counts_columns(texts: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: 栏次 1 2 3 4 (at least three in sequence)."""
    rest = [text for text in texts if text and text not in words("ordinals")]
    return len(rest) >= 3 and rest == [str(at + 1) for at in range(len(rest))]


def headers(cells: Sequence[Cell], rows: int, cols: int) -> Headers:
    """Header rows, header columns, later header rows and layout of a grid of cells."""
    shape = Shape(cells, rows, cols)
    if rows == 0 or cols == 0:
        return Headers(0, 0)
    if in_pairs(shape):
        return Headers(0, 0, layout="pairs")
    top = header_rows(shape)
    later = subheaders(shape, top)
    return Headers(top, header_cols(shape, top, later), later)


def in_pairs(shape: Shape) -> bool:
    """Whether label and value alternate along (nearly) every row, the first under any title included (标签—值交替)."""
    start = 0
    while start < shape.rows - 1 and shape.full_width(start):
        start += 1
    fitting = [alternates(shape.row(number)) for number in range(start, shape.rows)]
    many = sum(len(shape.row(number)) >= 4 for number in range(start, shape.rows))
    wide = shape.cols == 2 or many * 2 >= len(fitting)
    return fitting[0] and wide and sum(fitting) * 5 >= len(fitting) * 4


def alternates(cells: Sequence[Cell]) -> bool:
    """Whether a row reads label, value, label, value."""
    if len(cells) % 2:
        return False
    labels, values = [cell.text for cell in cells[0::2]], [cell.text for cell in cells[1::2]]
    if any(is_value(label) or DATE.fullmatch(squeeze(label)) for label in labels):
        return False
    if any(is_value(value) or DATE.fullmatch(squeeze(value)) for value in values):
        return all(is_value(value) or is_filler(value) or not ends(value, "header_endings") for value in values)
    if any(ends(value, "header_endings") for value in values):
        return bool(labels[0]) and all(stem_of_form(label) for label in labels if label)
    return stem_of_form(labels[0])


def stem_of_form(label: str) -> bool:
    """Whether a cell is the label of a form: 部门名称, 填报单位."""
    return all(
        part in words("form_labels") or stem(part) in words("form_labels")
        for part in re.split("[及和、]", squeeze(label))
    )


def header_rows(shape: Shape) -> int:
    """Leading rows that head the columns, full-width title rows above them included."""
    start = 0
    while start < shape.rows - 1 and (
        shape.full_width(start) or (start == 0 and shape.cols > 2 and shape.alone(0)) or fills_in(shape.row(start))
    ):
        start += 1
    if shape.data[start] or is_form_row(shape.row(start)):
        return start if start and shape.data[start] else 0
    first = next((row for row in range(start, shape.rows) if shape.data[row]), shape.rows)
    end = start + 1
    while end < first and continues_header(shape, start, end):
        end += 1
    while end < shape.rows - 1 and counts_columns([squeeze(cell.text) for cell in shape.row(end)]):
        end += 1
    return end


def fills_in(cells: Sequence[Cell]) -> bool:
    """Whether a row only fills in whose form this is: 填报单位：某局｜填报日期：2024年3月18日｜金额单位：万元."""
    said = [squeeze(cell.text) for cell in cells if squeeze(cell.text)]
    return len(said) > 1 and all(re.search("[：:]", text) and not text.startswith("其中") for text in said)


def is_form_row(cells: Sequence[Cell]) -> bool:
    """Whether a row is a line of a form above the real header: 部门名称｜某局, its value spread over columns."""
    if len(cells) % 2 or all(cell.colspan == 1 for cell in cells):
        return False
    labels, values = cells[0::2], cells[1::2]
    return all(stem_of_form(cell.text) for cell in labels) and not any(
        ends(cell.text, "header_endings") or stem_of_form(cell.text) for cell in values if cell.text
    )


def continues_header(shape: Shape, start: int, end: int) -> bool:
    """Whether row `end` still heads the columns: a cell above reaches into it, divides into it, or left it blank."""
    if shape.full_width(end) or shape.alone(end):
        return False
    above = shape.row(end - 1)
    own = [cell for cell in shape.row(end) if cell.row == end and squeeze(cell.text)]
    if not own:
        return any(cell.row + cell.rowspan > end for cell in above)
    if are_units(own):
        return True
    reaching = [cell for cell in above if cell.row + cell.rowspan > end]
    if any(cell.col > 0 for cell in reaching) and len(own) >= 1:
        return all(ends(cell.text, "header_endings") for cell in own) or divided(above, own)
    return divided(above, own) or fills_blanks(above, own)


def are_units(cells: Sequence[Cell]) -> bool:
    """Whether cells that stand beside each other name nothing but units: 台/件｜元｜%."""
    texts = [squeeze(cell.text) for cell in cells if cell.col > 0]
    return len(texts) > 1 and all(unit(part) is not None for text in texts for part in re.split("[/、]", text))


def divided(above: Sequence[Cell], own: Sequence[Cell]) -> bool:
    """Whether a wide cell above has two or more cells of this row under it."""
    return any(
        sum(cell.col <= below.col < cell.col + cell.colspan for below in own) >= 2 for cell in above if cell.colspan > 1
    )


def fills_blanks(above: Sequence[Cell], own: Sequence[Cell]) -> bool:
    """Whether a header drawn without merging leaves blanks that this row heads (收入｜空｜支出｜空)."""
    blank = {cell.col for cell in above if not squeeze(cell.text) and cell.col > 0}
    return bool(blank) and len(own) >= 2 and any(cell.col in blank for cell in own)


def subheaders(shape: Shape, top: int) -> tuple[int, ...]:
    """Rows further down whose cells are worded as headers and show no figure (表中部又起的表头)."""
    found = []
    for number in range(top, shape.rows):
        if shape.data[number] or shape.full_width(number):
            continue
        cells = [cell for cell in shape.row(number) if squeeze(cell.text) and not covers_data(shape, cell)]
        texts = {squeeze(cell.text) for cell in cells}
        worded = sum(ends(text, "header_endings") and len(text) <= 16 for text in texts)
        follows = any(shape.data[number + 1 : number + 3])
        enough = len(texts) >= min(3, shape.cols) or (len(texts) == 2 and stands_on_figures(shape, number, cells))
        if enough and worded * 5 >= len(texts) * 3 and follows:
            found.append(number)
    return tuple(found)


def stands_on_figures(shape: Shape, number: int, cells: Sequence[Cell]) -> bool:
    """Whether every one of these cells has a figure right under it."""
    return number + 1 < shape.rows and all(is_value(shape.at[number + 1][cell.col].text) for cell in cells)


def covers_data(shape: Shape, cell: Cell) -> bool:
    """Whether a tall cell reaches down into rows of figures: it labels them, it does not head columns."""
    return cell.rowspan > 1 and any(shape.data[cell.row : cell.row + cell.rowspan])


def header_cols(shape: Shape, top: int, later: tuple[int, ...]) -> int:
    """Leading columns that name the rows in every layer of the table, so that no figure stands in them."""
    starts = [top, *(row + 1 for row in later)]
    ends_ = [*later, shape.rows]
    counts = []
    for start, end in zip(starts, ends_, strict=True):
        if any(shape.data[row] for row in range(start, end)) or len(starts) == 1:
            counts.append(label_columns(shape, start - 1 if start else None, range(start, end)))
    return min(counts, default=0)


def label_columns(shape: Shape, head: int | None, rows: range) -> int:
    """Leading columns that name the rows of one layer under its header row; a column of ordinals (序号) counts."""
    body = [row for row in rows if not shape.full_width(row)]
    count = 0
    for col in range(shape.cols - 1):
        title = shape.at[head][col].text if head is not None else ""
        texts = [shape.at[row][col].text for row in body]
        if col == 0 and is_ordinal(title, texts):
            count = 1
            continue
        said = [text for text in texts if not is_filler(text)]
        if sum(map(is_value, said)) * 2 >= max(len(said), 1) or (count and ends(title, "value_endings")):
            break
        count = col + 1
    return count


def is_ordinal(title: str, texts: Sequence[str]) -> bool:
    """Whether a first column only counts the rows."""
    if stem(title) in words("ordinals"):
        return True
    numbers = [squeeze(text) for text in texts if squeeze(text).isdecimal()]
    return len(numbers) >= 3 and numbers == [str(at + 1) for at in range(len(numbers))]
