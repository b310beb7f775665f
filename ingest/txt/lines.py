"""Visual lines of a plain text (可视行): pages, blank lines, how wide the prose is set, and how lines join again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

FURNITURE = re.compile(r"[-—–\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／共]\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–\s]*")
NUMBERED_PAGE = re.compile(r"[-—–]\s*\d{1,4}\s*[-—–]|第\s*\d{1,4}\s*页(?:\s*[/／，,]?\s*共\s*\d{1,4}\s*页)?")
WIDE = re.compile(
    r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6—…“”‘’]"
)


@dataclass(frozen=True, slots=True)
class Visual:
    """One line as printed: its text without the white space around it, its page, and how it was set."""

    text: str
    page: int | None
    opens_page: bool = False
    indented: bool = False
    """Set in by two characters, as paragraphs of Chinese prose begin."""
    gap: bool = False
    """A blank line stands before it although the text as a whole is not double spaced."""
    cells: tuple[str, ...] = ()
    """The cells of a line that draws them with tabs or bars."""


def width(text: str) -> float:
    """Width in Chinese characters: a Latin letter or digit takes half."""
    wide = len(WIDE.findall(text))
    return wide + (len(text) - wide) / 2


def visual_lines(text: str) -> tuple[tuple[Visual, ...], int]:
    """The lines that are not blank, and the number of pages (0 where the text shows no page ends).

    A form feed opens a page. In text flattened from a PDF with a blank line after every line, a page opens with a
    line that begins with a half-width space and has no blank line before it.
    """
    raw = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\f").split("\n")
    double = is_double_spaced(raw)
    marked = "\f" in text
    found: list[Visual] = []
    page, before_blank, fresh = 1, True, True
    for line in raw:
        if line.startswith("\f"):
            page, fresh, line = page + 1, True, line[1:]
        if not line.strip():
            before_blank = True
            continue
        flush_left = double and not before_blank and line[0] == " " and not line.startswith("  ")
        if not marked and flush_left:
            page, fresh = page + 1, True
        indented = line.startswith(("\u3000\u3000", "    ", "\t")) or (line.startswith("\u3000") and not double)
        gap, opens = before_blank and not double, fresh and bool(found)
        found.append(Visual(line.strip(" \t\u3000\xa0"), page, opens, indented, gap, drawn_cells(line)))
        before_blank, fresh = False, False
    pages = page if page > 1 else 0
    if not pages:
        found = [replace(one, page=None, opens_page=False) for one in found]
    return tuple(found), pages


def drawn_cells(line: str) -> tuple[str, ...]:
    """The cells of a line drawn with bars (wide ones too; at both ends or only between) or with tabs; () for others."""
    bare = line.strip(" \u3000").replace("｜", "|")
    if bare.startswith("|") and bare.endswith("|") and bare.count("|") >= 3:
        return tuple(cell.strip() for cell in bare[1:-1].split("|"))
    if bare.count("|") >= 2 and not bare.startswith("|"):
        return tuple(cell.strip() for cell in bare.split("|"))
    return tuple(cell.strip() for cell in line.split("\t")) if "\t" in line.strip() else ()


def is_double_spaced(raw: Sequence[str]) -> bool:
    """Whether most lines with text are followed by a blank one."""
    lines = [bool(line.strip()) for line in raw]
    said = sum(lines)
    followed = sum(here and not after for here, after in pairwise(lines))
    return said >= 10 and followed * 10 >= said * 6


def prose_width(lines: Sequence[Visual]) -> float:
    """The width to which prose is wrapped; 0.0 where every line is a paragraph of its own.

    Judged by the long lines with a comma or full stop: most are about as wide as each other, and many break off
    in the middle of a sentence. Names in tables are short for other reasons.
    """
    said = [line.text for line in lines if re.search("[，。；、]", line.text)]
    widths = sorted(map(width, said))
    if len(widths) < 8:
        return 0.0
    long = [text for text in said if width(text) >= 0.6 * widths[int(len(widths) * 0.9)]]
    measure = sorted(map(width, long))[int(len(long) * 0.75)]
    full = sum(width(text) >= measure - slack(measure) for text in long)
    broken = sum(not text.endswith(("。", "；", "：", "！", "？")) for text in long)
    wrapped = full * 10 >= len(long) * 6 and broken * 10 >= len(long) * 3
    return measure if 10 <= measure <= 80 and wrapped else 0.0


def slack(measure: float) -> float:
    """How far a full line may fall short of the measure: Latin letters and punctuation vary in width."""
    return max(2.5, 0.1 * measure)


def glue(left: str, right: str) -> str:
    """What stands between two lines when they are joined: nothing, or a space where digits or words would run on."""
    if not left or not right:
        return ""
    if re.search(r"\d[.,]$", left) and right[0].isdigit():
        return ""
    before, after = left[-1], right[0]
    latin = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
    return " " if latin or (before.isdigit() and after.isdigit()) else ""


def join(lines: Sequence[str]) -> str:
    """Wrapped lines as one text."""
    text = ""
    for line in lines:
        text += glue(text, line) + line
    return text


def is_page_number(line: Visual, after: Visual | None) -> bool:
    """Whether a line is a page's number at its head or foot: - 3 -, 第3页 共10页."""
    if NUMBERED_PAGE.fullmatch(line.text):
        return True
    at_edge = line.opens_page or after is None or after.opens_page
    return line.page is not None and at_edge and len(line.text) <= 16 and FURNITURE.fullmatch(line.text) is not None
