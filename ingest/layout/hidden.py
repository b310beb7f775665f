"""Notes on text that a reader of the page would not see (隐藏文字): what it is, how it begins, where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ingest.layout.words import squeeze
from ingest.report import Block, Note, Place, Table

HIDDEN_WORDS = {
    "white": "白色文字",
    "tiny": "极小的文字",
    "invisible": "不可见文字",
    "offpage": "页面以外的文字",
    "covered": "被遮盖的文字",
    "vanished": "设为隐藏的文字",
    "sheet": "隐藏的工作表",
    "row": "隐藏的行或列",
}


def hidden_note(data_id: str, block: Block) -> Iterator[Note]:
    """A note for a hidden text: what it is, how it begins and where it stands."""
    if block.hidden and block.kind != "table":
        place = Place(data_id, block.page, block.index)
        yield Note("隐藏文字", f"{HIDDEN_WORDS[block.hidden]}：{block.text.strip()[:60]}", place)


def hidden_notes(data_id: str, table: Table) -> Iterator[Note]:
    """A note for a hidden table, or for each hidden cell of a visible one."""
    place = Place(data_id, table.page, table.block, table.number)
    if table.hidden:
        name = table.sheet or table.caption or f"表{table.number}"
        yield Note("隐藏文字", f"{HIDDEN_WORDS[table.hidden]}：{name}", place)
        return
    for cell in table.cells:
        if cell.hidden and squeeze(cell.text):
            at = replace(place, page=cell.page or table.page, row=cell.row, col=cell.col)
            yield Note("隐藏文字", f"{HIDDEN_WORDS[cell.hidden]}：{cell.text.strip()[:60]}", at)
