"""Tables flattened into lines (抽平的表): found by their rows of figures and rebuilt column by column.

What a flattened text no longer says (which columns a short row fills) is not invented: such tables carry a doubt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.layout.captions import is_caption, is_numbered, is_period_line, is_unit_line
from ingest.layout.raw import Raw, RawTable, RawText
from ingest.layout.words import squeeze
from ingest.report import Cell
from ingest.txt.header import GUESSED, header_of, partition
from ingest.txt.lines import Visual, join, width
from ingest.txt.rows import (
    MOST_FRAGMENTS,
    TOTAL,
    Row,
    as_row,
    goes_on_over_page,
    heads_columns,
    is_figure,
    is_fragment,
    is_table,
    opens_caption,
    region,
    tokens,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A region of lines that is one flattened table (or several stacked ones) and what it was rebuilt as."""

    start: int
    end: int
    tables: tuple[Raw, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A row of figures with the lines that name it and those of the remark beside it."""

    row: Row
    names: tuple[str, ...] = ()
    remark: tuple[str, ...] = ()


def find_tables(lines: Sequence[Visual], measure: float) -> Iterator[Found]:
    """The flattened tables among the lines, in order."""
    rows = {at: row for at, line in enumerate(lines) if (row := as_row(line.text, at)) is not None}
    at = done = 0
    while at < len(lines):
        group = region(lines, rows, at, measure) if at in rows else []
        if not group or not is_table(group, lines):
            at = max(at, *(row.at for row in group)) + 1 if group else at + 1
            continue
        start = head_start(lines, first_line(group[0]), done, measure)
        last = group[-1].at
        end = last + 2 if goes_on_over_page(lines, last) else last + 1
        yield Found(start, end, tuple(rebuild(lines, group, start, end)))
        at = done = end


def first_line(row: Row) -> int:
    """The line on which a row begins: its ordinal's, where that stands above it."""
    return row.at if row.ordinal_at is None else row.ordinal_at


def head_start(lines: Sequence[Visual], first: int, lowest: int, measure: float) -> int:
    """Where the table's head begins: the fragments above its first row, its unit, period and caption."""
    at = first
    rows: dict[int, Row] = {first: Row(first, (), ())}
    while at > lowest and first - at < MOST_FRAGMENTS and is_fragment(lines, rows, at - 1, measure):
        at -= 1
        if opens_caption(lines, at):
            return at
    while at > lowest and (is_unit_line(lines[at - 1].text) or is_period_line(lines[at - 1].text)):
        at -= 1
    if at > lowest and is_caption(lines[at - 1].text):
        at -= 1
    return at


def rebuild(lines: Sequence[Visual], group: Sequence[Row], start: int, end: int) -> Iterator[Raw]:
    """The head lines that name the table, then one table for each run of rows with as many figures."""
    at = start
    caption = ""
    while at < group[0].at and names_table(lines, at, start):
        yield RawText(lines[at].text, page=lines[at].page, centered=True)
        if not is_unit_line(lines[at].text):
            caption = f"{caption} {lines[at].text}".strip()
        at += 1
    for number, run in enumerate(runs(lines, group)):
        stop = run[-1].at + (2 if goes_on_over_page(lines, run[-1].at) else 1)
        found = table(lines, run, at, min(stop, end))
        yield replace(found, caption=f"{caption} {found.caption}".strip() if number or found.caption else "")
        at = stop


def names_table(lines: Sequence[Visual], at: int, start: int) -> bool:
    """Whether a line at the head is the caption, the unit or the period rather than a piece of the header."""
    text = lines[at].text
    if is_unit_line(text) or is_period_line(text):
        return True
    named = is_numbered(text) or squeeze(text).endswith("表")
    return at == start and is_caption(text) and (named or opens_caption(lines, at))


def runs(lines: Sequence[Visual], group: Sequence[Row]) -> list[list[Row]]:
    """Rows split where a new header line comes or the number of figures changes for good; a lone odd row stays."""
    parts: list[list[Row]] = [[group[0]]]
    for at in range(1, len(group)):
        count = len(group[at].values)
        usual = Counter(len(row.values) for row in parts[-1]).most_common(1)[0][0]
        following = len(group[at + 1].values) if at + 1 < len(group) else usual
        stays = count == usual or (usual > 1 and following != count and (len(parts[-1]) > 1 or following == usual))
        headed = any(heads_columns(lines[one].text) for one in range(group[at - 1].at + 1, group[at].at))
        if stays and not headed:
            parts[-1].append(group[at])
        else:
            parts.append([group[at]])
    return parts


def table(lines: Sequence[Visual], run: Sequence[Row], start: int, end: int) -> RawTable:
    """One rebuilt table: its header from the lines above the first row, its row names from those between rows."""
    count = Counter(len(row.values) for row in run).most_common(1)[0][0]
    first = first_line(run[0])
    if count == 1 and not (first > start and len(tokens(lines[first - 1].text)) == 2 and len(run[0].labels) == 1):
        return pairs(lines, run, start)
    ordinal = any(row.ordinal for row in run)
    names = label_columns(lines, run, start, count, ordinal)
    remarks = ordinal or any(row.after for row in run)
    head = header_of(lines, run[0], first, start, names + ordinal, count, remarks)
    named = gather(lines, run, head.end, end)
    body: list[list[str]] = []
    widest = max((width(text) for one in named for text in (*one.names, *one.row.labels)), default=0.0)
    doubt = head.doubt
    for one in named:
        alone, labels = row_names(one, names, widest)
        body.extend([*([""] * ordinal), text] for text in alone)
        if head.first_name and one is named[0] and not any(labels):
            labels = [head.first_name, *labels[1:]]
        values, exact = fitted(one.row.values, count)
        if not exact or alone or not fits(one, labels, names, len(named)):
            doubt = doubt or GUESSED
        remark = join([*one.row.after, *one.remark])
        if remark and not one.row.after and head.rows and len(head.rows[-1]) == names + ordinal + count:
            labels, remark = [*labels[:-1], join([labels[-1], remark])], ""
        body.append([*([one.row.ordinal] * ordinal), *labels, *values, *([remark] if remark else [])])
    cols = max(names + ordinal + count, *(len(row) for row in (*head.rows, *body)))
    return as_table(head.rows, body, cols, (lines[run[0].at].page, lines[run[-1].at].page), doubt, head.side)


def fits(one: Named, labels: Sequence[str], names: int, rows: int) -> bool:
    """Whether a row has a name for each column of names (a total needs one), and names between figures recur."""
    if len(one.row.labels) > names or (rows == 1 and not all(map(is_figure, one.row.values))):
        return False
    return all(labels) or TOTAL.match(squeeze("".join(labels))) is not None


def fitted(values: Sequence[str], count: int) -> tuple[list[str], bool]:
    """Figures for `count` columns. A short row's figures cannot be told apart by column: they stay in one cell."""
    if len(values) == count:
        return list(values), True
    if len(values) > count:
        return [*values[: count - 1], join(values[count - 1 :])], False
    return [" ".join(values), *[""] * (count - 1)] if len(values) > 1 else [f"（列未明）{values[0]}"], False


def gather(lines: Sequence[Visual], run: Sequence[Row], start: int, end: int) -> list[Named]:
    """For each row the lines that name it, and the remark beside it where ordinals tell the two apart."""
    found: list[Named] = []
    at = start
    for row in run:
        between = range(at, row.at)
        if row.ordinal and found:
            cut = row.at if row.ordinal_at is None else row.ordinal_at
            found[-1] = replace(found[-1], remark=tuple(lines[one].text for one in range(at, cut)))
            between = range(cut + 1, row.at)
        elif row.ordinal_at is not None:
            between = range(row.ordinal_at + 1, row.at)
        elif found and found[-1].row.ordinal:
            found[-1] = replace(found[-1], remark=tuple(lines[one].text for one in between))
            between = range(0)
        pieces = [lines[one].text for one in between]
        at = row.at + 1
        if at < end and goes_on_over_page(lines, row.at):
            pieces.append(lines[at].text)
            at += 1
        found.append(Named(row, (*row.opening, *pieces)))
    return found


def row_names(one: Named, names: int, widest: float) -> tuple[list[str], list[str]]:
    """Names that stand on rows of their own above, and the cells that name the row itself."""
    given, pieces = list(one.row.labels), list(one.names)
    if not given:
        if len(pieces) < names:
            return [], [*pieces, *[""] * (names - len(pieces))]
        return [], [join(group) for group in partition(pieces, names)]
    wrapped: list[str] = []
    while pieces and width(pieces[-1]) >= widest - 1.5 and len(tokens(pieces[-1])) == 1:
        wrapped.insert(0, pieces.pop())
    if wrapped:
        given = [join([*wrapped, given[0]]), *given[1:]]
    if len(given) > names:
        given = [*given[: names - 1], join(given[names - 1 :])]
    return pieces, [*given, *[""] * (names - len(given))]


def label_columns(lines: Sequence[Visual], run: Sequence[Row], start: int, count: int, ordinal: bool) -> int:
    """How many columns name a row: what a header line leaves beside the figures, else what most rows show."""
    if not ordinal and not any(row.after for row in run):
        for line in lines[start : run[0].at]:
            if 1 <= len(tokens(line.text)) - count <= 4:
                return len(tokens(line.text)) - count
    shown = Counter(len(row.labels) for row in run if row.labels)
    return shown.most_common(1)[0][0] if shown else 1


def pairs(lines: Sequence[Visual], run: Sequence[Row], start: int) -> RawTable:
    """Label and figure one after the other: a table of two columns."""
    rows = []
    at = start
    for row in run:
        rows.append([join([*(line.text for line in lines[at : row.at]), *row.labels]), row.values[0]])
        at = row.at + 1
    doubt = GUESSED if any(len(row.labels) > 1 or row.after for row in run) else ""
    return as_table((), rows, 2, (lines[run[0].at].page, lines[run[-1].at].page), doubt)


def as_table(
    header: Sequence[Sequence[str]],
    body: Sequence[Sequence[str]],
    cols: int,
    pages: tuple[int | None, int | None],
    doubt: str,
    side: str = "",
) -> RawTable:
    """A grid of the texts; short rows get empty cells, and a heading that `header` repeats is one merged cell."""
    cells = [
        Cell(row, col, texts[col] if col < len(texts) else "", page=pages[0])
        for row, texts in enumerate((*header, *body))
        for col in range(cols)
    ]
    if len(header) == 2:
        cells = [merged for cell in cells if (merged := merge_heading(cell, header)) is not None]
    whole = tuple(range(pages[0], pages[1] + 1)) if pages[0] is not None and pages[1] is not None else ()
    rows = len(header) + len(body)
    return RawTable(tuple(cells), rows, cols, pages[0], whole, caption=side, certain=not doubt, doubt=doubt)


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
    first = last = cell.col
    while first > 0 and upper[first - 1] == cell.text and upper[first - 1] != lower[first - 1]:
        first -= 1
    while last + 1 < len(upper) and upper[last + 1] == cell.text and upper[last + 1] != lower[last + 1]:
        last += 1
    return replace(cell, colspan=last - first + 1) if cell.col == first else None
