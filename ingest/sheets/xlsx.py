"""Excel workbooks (.xlsx, .xlsm): every sheet as displayed, merged ranges, hidden rows and sheets, cached values.

Formulas are not calculated: what the file last showed is read, and a formula without a cached value is said aloud.
Macros are not run and external links not followed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from ingest.errors import TooLarge, UnreadableFile
from ingest.layout.grids import MOST_CELLS
from ingest.layout.raw import Raw
from ingest.layout.structure import assemble, report_id
from ingest.layout.words import squeeze
from ingest.report import Hidden, Note, Report
from ingest.sheets.number_format import is_hiding, shown
from ingest.sheets.sheet import Sheet, parts_of

BROKEN = ("#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!")
DAMAGED = "这个 Excel 文件不完整或已损坏，请用 Excel 打开后另存一份再试。"
CELL = re.compile(rb"<(?:\w+:)?c[ />]")
FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")


def prepare() -> Any:
    """openpyxl, loaded when it is first needed, and without numpy, which it would load for nothing here (0.3 s)."""
    without = "openpyxl" not in sys.modules and "numpy" not in sys.modules
    if without:
        sys.modules["numpy"] = None  # type: ignore[assignment]
    try:
        import openpyxl
    finally:
        if without:
            del sys.modules["numpy"]
    return openpyxl


def read(data: bytes, source: str) -> Report:
    """The report in a workbook. UnreadableFile where it is broken, TooLarge beyond two million cells."""
    openpyxl = prepare()
    from openpyxl.utils.exceptions import InvalidFileException

    linked, computed = inspect(data)
    try:
        book = openpyxl.load_workbook(BytesIO(data), data_only=True, keep_links=False)
        sources = openpyxl.load_workbook(BytesIO(data), keep_links=False) if computed else None
    except (InvalidFileException, BadZipFile, KeyError, ValueError, TypeError, EOFError, OSError, SyntaxError) as error:
        raise UnreadableFile(DAMAGED) from error
    parts: list[Raw] = []
    notes: list[Note] = []
    for page in book.worksheets:
        formulas = sources[page.title] if sources is not None else None
        sheet, sheet_notes = read_sheet(page, formulas)
        parts.extend(parts_of(sheet))
        notes.extend(sheet_notes)
    if linked:
        notes.append(Note("外部链接", "文件引用了别的工作簿；引用来的数是上次保存时的值，没有重新取数。"))
    if not parts:
        raise UnreadableFile("这个 Excel 文件的工作表里没有内容。请确认文件是否存好。")
    return assemble(parts, data_id=report_id(data), source=source, form="xlsx", notes=tuple(notes))


def inspect(data: bytes) -> tuple[bool, bool]:
    """Whether the workbook links to others and whether it holds formulas; TooLarge where it holds too many cells."""
    cells = 0
    computed = False
    try:
        with ZipFile(BytesIO(data)) as package:
            names = package.namelist()
            for name in names:
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    with package.open(name) as stream:
                        while block := stream.read(1 << 20):
                            cells += len(CELL.findall(block))
                            computed = computed or FORMULA.search(block) is not None
                            if cells > MOST_CELLS:
                                raise TooLarge("这个 Excel 文件超过 200 万个单元格，请只保留报告所用的工作表再试。")
    except (BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise UnreadableFile(DAMAGED) from error
    return any(name.startswith("xl/externalLinks/") for name in names), computed


def read_sheet(page: Any, formulas: Any) -> tuple[Sheet, list[Note]]:
    """One worksheet as displayed, and what is to be said of it."""
    texts: dict[tuple[int, int], str] = {}
    hidden: dict[tuple[int, int], Hidden] = {}
    missing: list[str] = []
    notes: list[Note] = []
    for cell in page._cells.values():  # iter_rows would make a cell for every position up to the farthest one
        text = shown(cell.value, cell.number_format) if cell.value is not None else ""
        if cell.value is None and formulas is not None and is_formula(formulas[cell.coordinate]):
            missing.append(cell.coordinate)
        if getattr(cell, "comment", None) is not None:
            notes.append(Note("批注", f"{page.title} {cell.coordinate}：{cell.comment.text.strip()}"))
        if squeeze(text):
            at = (cell.row - 1, cell.column - 1)
            texts[at] = text
            if why := hidden_format(cell):
                hidden[at] = why
    notes.extend(value_notes(page.title, texts, missing))
    sheet = Sheet(
        name=page.title,
        texts=texts,
        merged=tuple(
            (one.min_row - 1, one.min_col - 1, one.max_row - 1, one.max_col - 1) for one in page.merged_cells.ranges
        ),
        hidden_rows=frozenset(number - 1 for number, row in page.row_dimensions.items() if row.hidden),
        hidden_cols=frozenset(hidden_columns(page)),
        hidden_cells=hidden,
        hidden=page.sheet_state != "visible",
    )
    return sheet, notes


def is_formula(cell: Any) -> bool:
    """Whether a cell of the uncalculated workbook holds a formula."""
    return getattr(cell, "data_type", "") == "f"


def value_notes(title: str, texts: dict[tuple[int, int], str], missing: list[str]) -> Iterator[Note]:
    """Notes for formulas without a stored result and for cells that show an error."""
    if missing:
        some = "、".join(missing[:8]) + ("等" if len(missing) > 8 else "")
        words = f"工作表“{title}”有 {len(missing)} 个公式没有存下计算结果（{some}），这些格按空白读取。"
        yield Note("公式无值", words + "请用 Excel 打开并保存一次后重新上传。")
    wrong = sum(squeeze(text) in BROKEN for text in texts.values())
    if wrong:
        yield Note("公式出错", f"工作表“{title}”有 {wrong} 个单元格显示为错误值（如 #REF!），没有当作数字。")


def hidden_columns(page: Any) -> Iterator[int]:
    """Indices from 0 of the hidden columns; a column group is stored once for all its columns."""
    for dimension in page.column_dimensions.values():
        if dimension.hidden:
            first, last = dimension.min or 1, dimension.max or dimension.min or 1
            yield from range(first - 1, min(last, 16_384))


def hidden_format(cell: Any) -> Hidden:
    """Why a cell's own format hides it: ;;;, white on white, or a size that nobody can read."""
    if is_hiding(cell.number_format or ""):
        return "invisible"
    font, fill = cell.font, cell.fill
    if font is None or not cell.has_style:
        return ""
    if font.sz is not None and font.sz <= 1:
        return "tiny"
    colour = font.color
    filled = fill is not None and fill.fill_type is not None
    white = colour is not None and (
        colour.rgb in ("FFFFFFFF", "00FFFFFF") if colour.type == "rgb" else is_ground(colour)
    )
    return "white" if white and not filled else ""


def is_ground(colour: Any) -> bool:
    """Whether a colour is the theme's own ground (白色，背景 1) untouched."""
    return colour.type == "theme" and colour.theme == 0 and not colour.tint
