"""Tables flattened into lines (抽平的表): found by their rows of figures and rebuilt column by column.

What a flattened text no longer says (which columns a heading spans) is not invented: such tables carry a doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.captions import is_caption, is_period_line, is_unit_line
from ingest.headers import NOTHING, is_value
from ingest.headings import numbering, reads_as_heading
from ingest.report import Cell
from ingest.structure import Raw, RawTable, RawText
from ingest.txt_lines import Visual, join, width
from ingest.words import ends, squeeze, stem

SENTENCE = re.compile(r"[，。；！？：]|,(?!\d)")
MOST_FRAGMENTS = 40
"""Lines without figures that may stand between two rows of one table."""
HEADERLESS = "从抽平的文本重建，未找到表头"
STACKED = "从抽平的文本重建，表头由竖排碎片拼成，列的归属请核对原件"
GUESSED = "从抽平的文本重建，部分行的列数与表头不一致，请核对原件"


@dataclass(frozen=True, slots=True)
class Found:
    """A region of lines that is one flattened table (or several stacked ones) and what it was rebuilt as."""

    start: int
    end: int
    tables: tuple[Raw, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line that ends in figures: its label tokens, its figures, and the text after them."""

    at: int
    labels: tuple[str, ...]
    values: tuple[str, ...]
    after: tuple[str, ...] = ()


def find_tables(lines: Sequence[Visual], measure: float) -> Iterator[Found]:
    """The flattened tables among the lines, in order."""
    rows = {at: row for at, line in enumerate(lines) if (row := as_row(line.text, at)) is not None}
    at = 0
    while at < len(lines):
        if at not in rows:
            at += 1
            continue
        group = region(lines, rows, at, measure)
        if not is_table(group, lines):
            at += 1
            continue
        start = head_start(lines, group[0].at, at, measure)
        end = tail_end(lines, group, measure)
        yield Found(start, end, tuple(rebuild(lines, group, start, end)))
        at = end


def tokens(text: str) -> tuple[str, ...]:
    """The pieces of a line between white space or the bars of a drawn table."""
    return tuple(piece for piece in re.split(r"[\s|│┃]+", text) if piece)


def is_figure(token: str) -> bool:
    """Whether a token fills a cell of figures: a number, a percentage, a dash."""
    return is_value(token) or (token in NOTHING and token != "")


def as_row(text: str, at: int) -> Row | None:
    """The row that a line is, or None for text: label tokens, then figures, then perhaps a remark."""
    pieces = tokens(text)
    figures = [index for index, piece in enumerate(pieces) if is_figure(piece)]
    if not figures:
        return None
    first = figures[0]
    if first == 0 and len(figures) > 1 and figures[1] > 1 and pieces[0].isdecimal():
        first = figures[1]
    last = first
    while last < len(pieces) and is_figure(pieces[last]):
        last += 1
    labels, values, after = pieces[:first], pieces[first:last], pieces[last:]
    if any(SENTENCE.search(piece) for piece in labels) or any(SENTENCE.search(piece) for piece in after):
        return None
    if any(map(is_figure, after)) or (after and len(values) < 2) or len(labels) > 4:
        return None
    if labels and len(values) == 1 and re.fullmatch(r"(?:19|20)\d\d", values[0]):
        return None
    return Row(at, labels, values, after)


def is_fragment(lines: Sequence[Visual], rows: dict[int, Row], at: int, measure: float) -> bool:
    """Whether a line without figures may belong to a table: short, no sentence, no heading, no caption."""
    text = lines[at].text
    if is_unit_line(text) or is_period_line(text) or SENTENCE.search(text.rstrip("，、")):
        return False
    pieces = tokens(text)
    if len(pieces) >= 3 and any(map(is_figure, pieces)):
        return False
    if measure and width(text) > measure * 0.8 and (len(pieces) < 3 or any(len(piece) > 12 for piece in pieces)):
        return False
    heading = reads_as_heading(text, numbering(text)) and at + 1 not in rows
    return not heading


def region(lines: Sequence[Visual], rows: dict[int, Row], start: int, measure: float) -> list[Row]:
    """The rows that follow each other from `start` with nothing but fragments between them."""
    group = [rows[start]]
    at = start + 1
    gap = 0
    while at < len(lines) and gap <= MOST_FRAGMENTS:
        if at in rows:
            group.append(rows[at])
            gap = 0
        elif is_fragment(lines, rows, at, measure) and not opens_caption(lines, at):
            gap += 1
        else:
            break
        at += 1
    return group


def opens_caption(lines: Sequence[Visual], at: int) -> bool:
    """Whether a line is the caption of another table: worded as one and numbered, or at the head of a page."""
    text = lines[at].text
    numbered = re.match(r"附?表\s*\d", text) is not None
    return is_caption(text) and ((numbered or lines[at].opens_page) and squeeze(text).endswith("表"))


def is_table(group: Sequence[Row], lines: Sequence[Visual]) -> bool:
    """Whether the rows are enough to be a table: two with as many figures each, or one with three and a head."""
    widths = Counter(len(row.values) for row in group)
    if any(count >= 2 and number >= 2 for number, count in widths.items()):
        return True
    if any(number >= 3 for number in widths):
        return True
    first = group[0].at
    headed = first > 0 and len(tokens(lines[first - 1].text)) == 2 and widths[1] >= 2
    return headed and not SENTENCE.search(lines[first - 1].text)


def head_start(lines: Sequence[Visual], first: int, lowest: int, measure: float) -> int:
    """Where the table's head begins: the fragments above its first row, its unit, period and caption."""
    at = first
    rows: dict[int, Row] = {first: Row(first, (), ())}
    while at > 0 and first - at < MOST_FRAGMENTS and is_fragment(lines, rows, at - 1, measure):
        at -= 1
        if opens_caption(lines, at):
            return at
    while at > 0 and (is_unit_line(lines[at - 1].text) or is_period_line(lines[at - 1].text)):
        at -= 1
    if at > 0 and is_caption(lines[at - 1].text):
        at -= 1
    return at


def tail_end(lines: Sequence[Visual], group: Sequence[Row], measure: float) -> int:
    """Where the table ends: after its last row, and the rest of a name that a page break cut off it."""
    last = group[-1].at
    if last + 1 < len(lines) and goes_on_over_page(lines, last):
        return last + 2
    return last + 1


def goes_on_over_page(lines: Sequence[Visual], row: int) -> bool:
    """Whether the line after a row opens a page with the rest of that row's name (分页切断的表行)."""
    after, before = lines[row + 1], lines[row - 1].text if row else ""
    return (
        after.opens_page and before.endswith(("、", "，", "（", "及", "和", "与")) and not SENTENCE.search(after.text)
    )


def rebuild(lines: Sequence[Visual], group: Sequence[Row], start: int, end: int) -> Iterator[Raw]:
    """The head lines that name the table, then one table for each run of rows with as many figures."""
    at = start
    caption = ""
    while at < group[0].at and names_table(lines, at, start):
        yield RawText(lines[at].text, page=lines[at].page, centered=True)
        if not is_unit_line(lines[at].text):
            caption = f"{caption} {lines[at].text}".strip()
        at += 1
    for number, run in enumerate(runs(group)):
        stop = run[-1].at + 1
        if stop < len(lines) and stop < end and goes_on_over_page(lines, run[-1].at):
            stop += 1
        found = table(lines, run, at, stop)
        yield replace(found, caption=f"{caption} {found.caption}".strip() if number or found.caption else "")
        at = stop


def names_table(lines: Sequence[Visual], at: int, start: int) -> bool:
    """Whether a line at the head is the caption, the unit or the period rather than a piece of the header."""
    text = lines[at].text
    if is_unit_line(text) or is_period_line(text):
        return True
    return at == start and is_caption(text) and (squeeze(text).endswith("表") or opens_caption(lines, at))


def runs(group: Sequence[Row]) -> list[list[Row]]:
    """Rows split where the number of figures changes for good (a lone odd row stays with its neighbours)."""
    parts: list[list[Row]] = [[group[0]]]
    for at, (before, row) in enumerate(pairwise(group), 1):
        count = len(row.values)
        later = [len(one.values) for one in group[at : at + 3]]
        odd_one_out = len(parts[-1]) >= 2 and count > 1 and later.count(len(before.values)) >= 1
        same = count == len(parts[-1][0].values)
        if same or odd_one_out:
            parts[-1].append(row)
        else:
            parts.append([row])
    return parts


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the first row: header rows, the line where they end, and the doubt they leave."""

    rows: tuple[tuple[str, ...], ...]
    end: int
    doubt: str = ""
    side: str = ""
    """A name set beside all rows (年度主要任务), kept with the caption."""
    first_name: str = ""
    """The first row's own name, where it stands above the header."""


def table(lines: Sequence[Visual], run: Sequence[Row], start: int, end: int) -> RawTable:
    """One rebuilt table: its header from the lines above the first row, its row names from those between rows."""
    count = Counter(len(row.values) for row in run).most_common(1)[0][0]
    if count == 1 and not has_header_line(lines, run, start):
        return pairs(lines, run, start)
    names = label_columns(lines, run, start, count)
    head = header_of(lines, run, start, names, count)
    doubt = head.doubt
    body: list[list[str]] = []
    at = head.end
    for row in run:
        pieces = [line.text for line in lines[at : row.at]]
        at = row.at + 1
        if at < end and at < len(lines) and goes_on_over_page(lines, row.at):
            pieces.append(lines[at].text)
            at += 1
        body.extend([extra] for extra in leading_rows(pieces, row))
        labels = row_names(pieces if not row.labels else [], row, names)
        if not body and head.first_name and not any(labels):
            labels = [head.first_name, *labels[1:]]
        if len(row.values) != count:
            doubt = doubt or GUESSED
        body.append([*labels, *row.values, *row.after])
    cols = max(names + count, *(len(row) for row in (*head.rows, *body)))
    return as_table(head.rows, body, cols, lines, run, doubt, head.side)


def as_table(
    header: Sequence[Sequence[str]],
    body: Sequence[Sequence[str]],
    cols: int,
    lines: Sequence[Visual],
    run: Sequence[Row],
    doubt: str,
    side: str = "",
) -> RawTable:
    """A grid of the texts; short rows get empty cells, and a heading that `header` repeats is one merged cell."""
    page, last = lines[run[0].at].page, lines[run[-1].at].page
    cells = [
        Cell(row, col, texts[col] if col < len(texts) else "", page=page)
        for row, texts in enumerate((*header, *body))
        for col in range(cols)
    ]
    if len(header) == 2:
        cells = [merged for cell in cells if (merged := merge_heading(cell, header)) is not None]
    pages = tuple(range(page, last + 1)) if page is not None and last is not None else ()
    rows = len(header) + len(body)
    return RawTable(tuple(cells), rows, cols, page, pages, caption=side, certain=not doubt, doubt=doubt)


def merge_heading(cell: Cell, header: Sequence[Sequence[str]]) -> Cell | None:
    """A cell of a two-row header with the spans that the repeated text stands for; None where another covers it."""
    upper, lower = header
    if cell.row > 1 or cell.col >= len(upper):
        return cell
    tall = upper[cell.col] == lower[cell.col]
    if cell.row == 1:
        return None if tall else cell
    if tall:
        return replace(cell, rowspan=2)
    first = cell.col
    while first > 0 and upper[first - 1] == cell.text and upper[first - 1] != lower[first - 1]:
        first -= 1
    last = cell.col
    while last + 1 < len(upper) and upper[last + 1] == cell.text and upper[last + 1] != lower[last + 1]:
        last += 1
    return replace(cell, colspan=last - first + 1) if cell.col == first else None


def has_header_line(lines: Sequence[Visual], run: Sequence[Row], start: int) -> bool:
    """Whether the line above the first row heads a name and a figure: 项目 金额."""
    first = run[0].at
    return first > start and len(tokens(lines[first - 1].text)) == 2 and len(run[0].labels) == 1


def pairs(lines: Sequence[Visual], run: Sequence[Row], start: int) -> RawTable:
    """Label and figure one after the other: a table of two columns."""
    rows = []
    at = start
    for row in run:
        rows.append([join([*(line.text for line in lines[at : row.at]), *row.labels]), row.values[0]])
        at = row.at + 1
    return as_table([], rows, 2, lines, run, "")


def label_columns(lines: Sequence[Visual], run: Sequence[Row], start: int, count: int) -> int:
    """How many columns name a row: what a header line leaves beside the figures, else what most rows show."""
    for line in lines[start : run[0].at]:
        pieces = tokens(line.text)
        if len(pieces) > count and len(pieces) - count <= 4 and not any(row.after for row in run):
            return len(pieces) - count
    shown = Counter(len(row.labels) for row in run if row.labels)
    return shown.most_common(1)[0][0] if shown else 1


def header_of(lines: Sequence[Visual], run: Sequence[Row], start: int, names: int, count: int) -> Head:
    """The header of a run of rows: a line with a heading for each column, two such lines, or stacks of fragments."""
    first = run[0].at
    wide = [at for at in range(start, first) if len(tokens(lines[at].text)) > 1]
    for at in reversed(wide):
        pieces = tokens(lines[at].text)
        if len(pieces) == names + count:
            return Head((pieces,), at + 1, side=join([line.text for line in lines[start:at]]))
        if len(pieces) == count:
            return two_rows(lines, start, at, wide, names, count)
    pieces = tuple(line.text for line in lines[start:first])
    if run[0].labels:
        stack = stacked_header(pieces, names + count)
        return Head((tuple(stack),), first, STACKED) if stack else Head((), start, HEADERLESS)
    return stacked(lines, first, start, wide, count)


def two_rows(lines: Sequence[Visual], start: int, at: int, wide: Sequence[int], names: int, count: int) -> Head:
    """A header whose last line heads the figures alone; the names and a common heading stand above it."""
    above = next((one for one in reversed(wide) if one < at and len(tokens(lines[one].text)) == names), None)
    between = [line.text for line in lines[(start if above is None else above + 1) : at] if len(tokens(line.text)) == 1]
    title = tokens(lines[above].text) if above is not None else ("",) * names
    if above is None and names == 1 and between:
        title, between = (between[0],), between[1:]
    group = join(between)
    lower = (*title, *tokens(lines[at].text))
    side = join([line.text for line in lines[start:above]]) if above is not None else ""
    doubt = "" if all(title) and (not group or ends(group, "header_endings")) else STACKED
    if group and ends(group, "header_endings"):
        return Head(((*title, *(group,) * count), lower), at + 1, doubt, side)
    return Head((lower,), at + 1, doubt, join([side, group]))


def stacked(lines: Sequence[Visual], first: int, start: int, wide: Sequence[int], count: int) -> Head:
    """A header set as stacks of fragments above a lone row of figures; the first stack is the row's own name."""
    split = wide[-1] if wide else start - 1
    lower = [line.text for line in lines[split + 1 : first]]
    upper = [line.text for line in lines[start:split]] if wide else []
    for above in range(min(3, count), -1, -1):
        heads = stacked_header(upper, above + 1) if upper else ([""] if above == 0 else None)
        leaves = stacked_header(lower, count - above)
        if heads is None or not leaves:
            continue
        name, *rest = heads
        if all(ends(one, "header_endings") for one in (*rest, *leaves)):
            return Head((("", *rest, *leaves),), first, STACKED, first_name=name)
    return Head((), start, HEADERLESS)


def stacked_header(pieces: Sequence[str], count: int) -> list[str] | None:
    """Fragments grouped into `count` cells at the least cost, or None where there are too few."""
    if count <= 0 or len(pieces) < count:
        return None
    return [join(group) for group in partition(pieces, count)]


def partition(pieces: Sequence[str], count: int) -> list[list[str]]:
    """Split fragments into `count` groups, each the lines of one cell, by dynamic programming over `cell_cost`."""
    total = len(pieces)
    best: list[list[tuple[float, int]]] = [[(float("inf"), 0)] * (total + 1) for _ in range(count + 1)]
    best[0][0] = (0.0, 0)
    for group in range(1, count + 1):
        for end in range(group, total + 1):
            best[group][end] = min(
                (best[group - 1][start][0] + cell_cost(pieces[start:end]), start) for start in range(group - 1, end)
            )
    cuts, end = [total], total
    for group in range(count, 0, -1):
        end = best[group][end][1]
        cuts.append(end)
    cuts.reverse()
    return [list(pieces[a:b]) for a, b in pairwise(cuts)]


def cell_cost(lines: Sequence[str]) -> float:
    """How unlike the lines of one narrow cell these are: every line but the last should be full, the whole a name."""
    own = [line for line in lines if stem(line)]
    widths = [width(line) for line in own]
    cost = sum(max(widths) - one for one in widths[:-1])
    if not own or not stem(lines[0]) or lines[0].startswith(("）", "、", "”")):
        cost += 8
    cost += sum(4 for line in lines[:-1] if not stem(line))
    if lines[-1].endswith(("、", "，", "（", "的", "及", "和", "与")):
        cost += 8
    return cost if ends("".join(lines), "header_endings") else cost + 0.6


def leading_rows(pieces: list[str], row: Row) -> list[str]:
    """Names that stand alone before a row which names itself: rows without figures (一、基本支出)."""
    return list(pieces) if row.labels else []


def row_names(pieces: Sequence[str], row: Row, names: int) -> list[str]:
    """The cells that name a row: its own label tokens, or the fragments above it grouped into cells."""
    if row.labels:
        given = list(row.labels)
        if len(given) > names:
            given = [*given[: names - 1], join(given[names - 1 :])]
        return [*given, *[""] * (names - len(given))]
    if not pieces:
        return [""] * names
    if len(pieces) < names:
        return [*pieces, *[""] * (names - len(pieces))]
    return [join(group) for group in partition(pieces, names)]
