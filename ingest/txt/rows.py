"""Rows of figures in a flattened text (抽平的表行), and which lines around them are of the same table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.layout.captions import is_caption, is_numbered, is_period_line, is_unit_line
from ingest.layout.headers import NOTHING, is_value
from ingest.layout.headings import LEADERS, numbering, reads_as_heading
from ingest.layout.words import ends, squeeze
from ingest.quantity import unit
from ingest.txt.lines import Visual, width

SENTENCE = re.compile(r"[，。；！？：]|,(?!\d)")
OF_WHICH = re.compile(r"(?:其中|包括)[：:]")
YEAR_GAP = re.compile(r"(?<!\d)((?:19|20)\d\d)\s+(?=年)")
DATE_GAP = re.compile(r"((?:19|20)\d\d年)\s*(\d{1,2})\s*月\s*(?:(\d{1,2})\s*(日)?)?")
ATTACHMENT = re.compile(r"附件\s*\d{0,2}")
TOTAL = re.compile(r"(?:合计|总计|共计|小计|总分)")
MOST_FRAGMENTS = 40
"""Lines without figures that may stand between two rows of one table."""
MOST_REMARKS = 12
"""Lines that a remark beside the figures may take."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line that holds figures: the names before them, the figures (with names between), and the text after them."""

    at: int
    labels: tuple[str, ...]
    values: tuple[str, ...]
    after: tuple[str, ...] = ()
    ordinal: str = ""
    """The row's number (序号) where it stands on a line of its own above."""
    ordinal_at: int | None = None
    opening: tuple[str, ...] = ()
    """The beginning of the row's name, where it stands beside the ordinal."""


def tokens(text: str) -> tuple[str, ...]:
    """The pieces of a line between white space or the bars of a drawn table; dates and units stay whole."""
    whole = DATE_GAP.sub(lambda match: "".join(match.group()).replace(" ", ""), YEAR_GAP.sub(r"\1", text))
    pieces: list[str] = []
    for piece in re.split(r"[\s|│┃]+", whole):
        if pieces and piece and is_value(pieces[-1]) and pieces[-1][-1].isdigit() and unit(piece) is not None:
            pieces[-1] += piece
        elif piece:
            pieces.append(piece)
    return tuple(pieces)


def is_figure(token: str) -> bool:
    """Whether a token fills a cell of figures: a number, a percentage, a dash."""
    if re.fullmatch(r"[（(].*[\u4e00-\u9fff].*[）)]", token):
        return False
    return is_value(token) or (token in NOTHING and token != "")


def is_sentence(token: str) -> bool:
    """Whether a token is cut from a sentence; 其中： opens the name of a row."""
    return SENTENCE.search(OF_WHICH.sub("", token)) is not None


def as_row(text: str, at: int) -> Row | None:
    """The row that a line is, or None for text: names, then figures, then perhaps a remark."""
    pieces = tokens(text)
    figures = [index for index, piece in enumerate(pieces) if is_figure(piece)]
    if (
        not figures
        or any(map(is_sentence, told_apart(pieces, figures)))
        or LEADERS.search(text)
        or ATTACHMENT.fullmatch(squeeze(text))
    ):
        return None
    if len(pieces) == 2 and figures == [0] and re.fullmatch(r"\d{1,3}", pieces[0]):
        return Row(at, (), pieces[:1], pieces[1:])
    first = figures[0]
    if first == 0 and len(figures) > 1 and figures[1] > 1 and pieces[0].isdecimal():
        first = figures[1]
    last = figures[-1] + 1
    labels, values, after = pieces[:first], pieces[first:last], pieces[last:]
    names_between = sum(not is_figure(piece) for piece in values)
    if len(labels) > 4 or names_between > 2 or (after and len(values) - names_between < 2):
        return None
    if re.fullmatch(r"(?:19|20)\d\d", values[-1]) and len(values) == 1:
        return None
    return Row(at, labels, values, after)


def told_apart(pieces: Sequence[str], figures: Sequence[int]) -> Sequence[str]:
    """The pieces of a line that must not read as a sentence: of a numbered row all but the remark after its figures."""
    numbered = re.fullmatch(r"\d{1,3}", pieces[0]) is not None and len(figures) > 2 and 1 not in figures
    return pieces[: figures[-1] + 1] if numbered else pieces


def is_fragment(lines: Sequence[Visual], rows: dict[int, Row], at: int, measure: float) -> bool:
    """Whether a line without figures may belong to a table: short, no sentence, no heading, no caption."""
    text = lines[at].text
    if is_unit_line(text) or is_period_line(text) or is_sentence(text.rstrip("，、")) or ATTACHMENT.fullmatch(text):
        return False
    pieces = tokens(text)
    if len(pieces) >= 3 and any(map(is_figure, pieces)):
        return False
    if measure and width(text) > measure * 0.8 and (len(pieces) < 3 or any(len(piece) > 12 for piece in pieces)):
        return False
    return not (reads_as_heading(text, numbering(text)) and at + 1 not in rows)


def region(lines: Sequence[Visual], rows: dict[int, Row], start: int, measure: float) -> list[Row]:
    """The rows that follow each other from `start`; ordinals on lines of their own are joined to their rows."""
    group = [rows[start]]
    at, gap = start + 1, 0
    while at < len(lines) and gap <= MOST_FRAGMENTS:
        if at in rows:
            group.append(rows[at])
            gap = 0
        elif is_fragment(lines, rows, at, measure) and not opens_caption(lines, at):
            gap += 1
        elif (after := after_remark(lines, rows, group, at)) is not None:
            at = after - 1
        else:
            break
        at += 1
    return with_ordinals(group)


def after_remark(lines: Sequence[Visual], rows: dict[int, Row], group: Sequence[Row], at: int) -> int | None:
    """Where the table goes on behind a remark that reads as prose: at the next ordinal, or at its total."""
    numbers = [number for row in group if (number := ordinal_of(row)) is not None]
    if not numbers or max(len(row.values) for row in group) < 2:
        return None
    for later in range(at, at + MOST_REMARKS):
        row = rows.get(later)
        if later >= len(lines) or (row is None and ends_table(lines, later)):
            return None
        if row is None:
            continue
        if ordinal_of(row) == numbers[-1] + 1 or (row.labels and TOTAL.match(row.labels[0])):
            return later
    return None


def ends_table(lines: Sequence[Visual], at: int) -> bool:
    """Whether a line cannot stand inside a table: a heading, another table's caption or unit."""
    text = lines[at].text
    return is_unit_line(text) or opens_caption(lines, at) or reads_as_heading(text, numbering(text))


def is_lone_ordinal(row: Row) -> bool:
    """Whether a row is nothing but a small whole number."""
    return (
        not row.labels
        and not row.after
        and len(row.values) == 1
        and re.fullmatch(r"\d{1,3}", row.values[0]) is not None
    )


def ordinal_of(row: Row) -> int | None:
    """The number that a row is, or that stands before its name."""
    if is_lone_ordinal(row):
        return int(row.values[0])
    return int(row.labels[0]) if len(row.labels) > 1 and re.fullmatch(r"\d{1,3}", row.labels[0]) else None


def is_counted(group: Sequence[Row]) -> bool:
    """Whether most rows have a number before their name, and these count on by one."""
    numbers = [number for row in group if not is_lone_ordinal(row) and (number := ordinal_of(row)) is not None]
    return len(numbers) * 3 >= len(group) * 2 > 2 and all(later == earlier + 1 for earlier, later in pairwise(numbers))


def with_ordinals(group: Sequence[Row]) -> list[Row]:
    """Numbers that count 1, 2, 3 …, alone above the rows or before their names, become the ordinals of the rows."""
    if is_counted(group):
        return [
            row if ordinal_of(row) is None else replace(row, ordinal=row.labels[0], labels=row.labels[1:])
            for row in group
        ]
    lone = [row for row in group if is_lone_ordinal(row)]
    numbers = [int(row.values[0]) for row in lone]
    rising = all(later > earlier for earlier, later in pairwise(numbers))
    wide = sum(len(row.values) >= 2 for row in group)
    if len(lone) < 2 or not rising or numbers[0] > 3 or wide < len(lone) / 2:
        return [row for row in group if row.labels or not row.after or len(row.values) > 1]
    joined: list[Row] = []
    pending: Row | None = None
    for row in group:
        if is_lone_ordinal(row):
            pending = row
            continue
        if pending is not None:
            row = replace(row, ordinal=pending.values[0], ordinal_at=pending.at, opening=pending.after)
        elif row.labels and row.labels[0].isdecimal() and len(row.labels) > 1:
            row = replace(row, labels=row.labels[1:], ordinal=row.labels[0])
        pending = None
        joined.append(row)
    return joined


def heads_columns(text: str) -> bool:
    """Whether a line is worded as the header of a table: three or more headings, no figure."""
    pieces = tokens(text)
    if len(pieces) < 3 or any(map(is_figure, pieces)):
        return False
    return sum(ends(piece, "header_endings") for piece in pieces) * 5 >= len(pieces) * 3


def opens_caption(lines: Sequence[Visual], at: int) -> bool:
    """Whether a line is the caption of another table: worded as one and numbered, or at the head of a page."""
    text = lines[at].text
    return is_caption(text) and (is_numbered(text) or (lines[at].opens_page and squeeze(text).endswith("表")))


def is_table(group: Sequence[Row], lines: Sequence[Visual]) -> bool:
    """Whether the rows are enough to be a table: two with as many figures each, one with three, or label and value."""
    widths = Counter(len(row.values) for row in group)
    if any(count >= 2 and number >= 2 for number, count in widths.items()) or any(number >= 3 for number in widths):
        return True
    if not group:
        return False
    first = group[0].at
    headed = first > 0 and len(tokens(lines[first - 1].text)) == 2 and widths[1] >= 2
    return (headed and not is_sentence(lines[first - 1].text)) or alternates(group, lines)


def alternates(group: Sequence[Row], lines: Sequence[Visual]) -> bool:
    """Whether a label on one line and its figure on the next take turns (标签—值逐行交替); no contents table."""
    if len(group) < 3 or any(row.labels or row.after or len(row.values) != 1 for row in group):
        return False
    if any(not 2 <= later.at - earlier.at <= 4 for earlier, later in pairwise(group)) or group[0].at == 0:
        return False
    labels = [lines[row.at - 1].text for row in group]
    return sum(numbering(label) is not None for label in labels) * 2 < len(labels)


def goes_on_over_page(lines: Sequence[Visual], row: int) -> bool:
    """Whether the line after a row opens a page with the rest of that row's name (分页切断的表行)."""
    if row + 1 >= len(lines):
        return False
    after, before = lines[row + 1], lines[row - 1].text if row else ""
    return after.opens_page and before.endswith(("、", "，", "（", "及", "和", "与")) and not is_sentence(after.text)
