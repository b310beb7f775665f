"""The lines that name a table (表题、期间、单位): those right above it, and those in full-width rows at its top."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.layout.captions import closing_unit, is_caption, is_form_line, is_period_line, is_unit_line, unit_of
from ingest.layout.headers import Headers
from ingest.layout.headings import numbering
from ingest.layout.raw import Raw, RawTable, RawText
from ingest.layout.words import squeeze

REACH = 6
"""How many parts above a table its lines may stand."""


LEAD = re.compile(r"(?:金额|计量|货币)?单\s*位\s*[：:]\s*[^\s，。；：:]{1,6}[）)]?[。；：:]?\s*$")


@dataclass(frozen=True, slots=True)
class Head:
    """The lines that belong to a table: where they stand among the parts, its caption, the text of its unit line."""

    captions: tuple[int, ...] = ()
    unit: int | None = None
    caption: str = ""
    unit_text: str = ""
    below: str = ""
    """The note right under it (注：金额单位：万元)."""


_NOTE = re.compile(r"\s*[（(]?(?:备?注|说明)\s*[：:]?")


def table_heads(parts: Iterable[Raw]) -> dict[int, Head]:
    """For each table its caption and unit lines: the lines directly above it, nearest first, and a note below it."""
    found: dict[int, Head] = {}
    above: deque[Raw] = deque(maxlen=REACH)
    for at, part in enumerate(parts):
        if isinstance(part, RawTable):
            found[at] = head_of(part, above, at)
        elif at - 1 in found and _NOTE.match(part.text):
            found[at - 1] = replace(found[at - 1], below=part.text)
        above.append(part)
    return found


def head_of(part: RawTable, above: Sequence[Raw], at: int) -> Head:
    """The head of the table at `at`; `above`: the parts before it."""
    captions, unit = lines_above(above)
    said = " ".join(line.text.strip() for line in (above[-back] for back in captions) if isinstance(line, RawText))
    line = above[-unit] if unit else None
    return Head(
        tuple(at - back for back in captions),
        at - unit if unit else None,
        part.caption or said or head_inside(part)[0] or named_sheet(part.sheet),
        line.text if isinstance(line, RawText) else lead_in(above),
    )


def lead_in(above: Sequence[Raw]) -> str:
    """The paragraph right above a table where its words end in a unit (…如下，单位：元。), or ""."""
    last = above[-1] if above else None
    return last.text if isinstance(last, RawText) and not last.hidden and LEAD.search(last.text) else ""


def lines_above(above: Sequence[Raw]) -> tuple[list[int], int]:
    """How far back the caption and period lines stand, and the unit line (0: nowhere).

    Furniture and hidden text are stepped over.
    """
    captions: list[int] = []
    unit = 0
    for back, part in enumerate(reversed(above), 1):
        if not isinstance(part, RawText):
            break
        if part.role == "furniture" or part.hidden or (is_form_line(part.text) and not is_unit_line(part.text)):
            continue
        if not unit and is_unit_line(part.text) and not captions:
            unit = back
        elif not captions and is_period_line(part.text):
            captions.insert(0, back)
        elif is_caption(part.text, part.centered and not part.style):
            return [back, *captions], unit
        else:
            break
    return [], unit


def named_sheet(sheet: str) -> str:
    """The name of a sheet where somebody gave it one: Sheet1 and 工作表2 say nothing."""
    return "" if re.fullmatch(r"(?:sheet|工作表|表)\s*\d*", sheet.strip(), re.IGNORECASE) else sheet


def head_inside(part: RawTable) -> tuple[str, str]:
    """Caption and unit that stand inside the grid, in full-width rows at its top (as spreadsheets have them)."""
    caption = unit = ""
    for row in range(min(4, part.rows)):
        said = [cell for cell in part.cells if cell.row == row and squeeze(cell.text)]
        form = all("：" in cell.text or ":" in cell.text for cell in said)  # 填报单位：x｜填报日期：x｜单位：万元
        if (len(said) > 2 and not form) or any(cell.rowspan > 1 for cell in said):
            break
        for cell in said:
            if cell.colspan == part.cols or len(said) == 1 or is_unit_line(cell.text):
                if is_unit_line(cell.text):
                    unit = unit or unit_of(cell.text)
                else:
                    caption = caption or titled(cell.text)
    return caption, unit


def titled(text: str) -> str:
    """The title that a row of the grid gives the rows under it, without its number among the parts: 二、资产情况."""
    mark = numbering(squeeze(text))
    bare = squeeze(text)[mark.length :] if mark is not None and not is_caption(text) else text.strip()
    return bare if is_caption(bare) else ""


def unit_of_table(part: RawTable, head: Head, header: Headers) -> str:
    """The unit of a table: as its reader knows it, above it, at its top, in its caption or corner, below it; or ""."""
    return (
        part.unit
        or unit_of(head.unit_text)
        or head_inside(part)[1]
        or unit_of(head.caption)
        or closing_unit(head.caption)
        or unit_in_corner(part, header)
        or unit_of(head.below)
    )


def unit_in_corner(part: RawTable, header: Headers) -> str:
    """The unit that stands where the header rows and the row names meet (单位：万元, 支出构成（万元）), or ""."""
    corner = [cell for cell in part.cells if cell.row < header.rows and cell.col < header.cols]
    lines = (unit_of(cell.text) for cell in corner if is_unit_line(cell.text))
    return next(lines, "") or next((found for cell in corner if (found := unit_of(cell.text))), "")
