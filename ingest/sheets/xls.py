"""Old Excel workbooks (.xls, 97–2003): every sheet as displayed, merged ranges, hidden rows and sheets."""

from __future__ import annotations

import struct
from typing import Any

from ingest.errors import UnreadableFile
from ingest.layout.structure import assemble, report_id
from ingest.layout.words import squeeze
from ingest.report import Hidden, Note, Report
from ingest.sheets.number_format import is_hiding, shown
from ingest.sheets.sheet import Sheet, parts_of

EMPTY, TEXT, NUMBER, DATE, BOOLEAN, ERROR, BLANK = range(7)


def read(data: bytes, source: str) -> Report:
    """The report in an old workbook. UnreadableFile where it is broken or protected by a password."""
    import xlrd  # here, so that importing this module stays cheap
    from xlrd.compdoc import CompDocError

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=None)
        sheets = [read_sheet(book, book.sheet_by_index(at)) for at in range(book.nsheets)]
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise UnreadableFile("这个 Excel 文件有密码，请去掉密码后再试。") from error
        raise UnreadableFile("这个 Excel 文件打不开，请用 Excel 打开后另存为 .xlsx 再试。") from error
    except (
        CompDocError,
        AssertionError,
        IndexError,
        KeyError,
        ValueError,
        TypeError,
        struct.error,
        AttributeError,
    ) as error:
        raise UnreadableFile("这个 Excel 文件不完整或已损坏，请用 Excel 打开后另存为 .xlsx 再试。") from error
    parts = [part for sheet in sheets for part in parts_of(sheet)]
    if not parts:
        raise UnreadableFile("这个 Excel 文件的工作表里没有内容。请确认文件是否存好。")
    wrong = sum(text.startswith("#") for sheet in sheets for text in sheet.texts.values())
    notes = (Note("公式出错", f"有 {wrong} 个单元格显示为错误值，没有当作数字。"),) if wrong else ()
    return assemble(parts, data_id=report_id(data), source=source, form="xls", notes=notes)


def read_sheet(book: Any, page: Any) -> Sheet:
    """One sheet as displayed."""
    texts: dict[tuple[int, int], str] = {}
    hidden: dict[tuple[int, int], Hidden] = {}
    for row in range(page.nrows):
        for col in range(page.row_len(row)):
            cell = page.cell(row, col)
            code = format_of(book, cell)
            text = cell_text(book, cell, code)
            if squeeze(text):
                texts[row, col] = text
                if is_hiding(code):
                    hidden[row, col] = "invisible"
    return Sheet(
        name=page.name,
        texts=texts,
        merged=tuple((top, left, bottom - 1, right - 1) for top, bottom, left, right in page.merged_cells),
        hidden_rows=frozenset(row for row, info in page.rowinfo_map.items() if info.hidden),
        hidden_cols=frozenset(col for col, info in page.colinfo_map.items() if info.hidden),
        hidden_cells=hidden,
        hidden=page.visibility != 0,
    )


def format_of(book: Any, cell: Any) -> str:
    """The number format of a cell; General where none is given."""
    if cell.xf_index is None or cell.xf_index >= len(book.xf_list):
        return "General"
    found = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    return found.format_str if found is not None else "General"


def cell_text(book: Any, cell: Any, code: str) -> str:
    """What a cell displays."""
    import xlrd

    if cell.ctype == DATE:
        try:
            return shown(xlrd.xldate.xldate_as_datetime(cell.value, book.datemode), code)
        except (xlrd.xldate.XLDateError, OverflowError, ValueError):
            return shown(cell.value, "General")
    if cell.ctype == BOOLEAN:
        return shown(bool(cell.value), code)
    if cell.ctype == ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    if cell.ctype == NUMBER and float(cell.value).is_integer():
        return shown(int(cell.value), code)
    return "" if cell.ctype in (EMPTY, BLANK) else shown(cell.value, code)
