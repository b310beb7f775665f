"""Plain text (.txt), often flattened from a PDF: paragraphs joined again, flattened tables rebuilt where they can be.

Numbers are taken line by line: a digit at the end of one line never runs into a digit of the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ingest.encoding import decode
from ingest.errors import TooLarge, UnreadableFile
from ingest.layout.captions import is_caption, is_unit_line
from ingest.layout.headings import numbering, reads_as_heading
from ingest.layout.raw import Raw, RawText
from ingest.layout.structure import assemble, report_id
from ingest.layout.words import squeeze
from ingest.report import Line, Note, Page, Report
from ingest.txt.delimited import comma_table, delimited
from ingest.txt.lines import Visual, glue, is_page_number, prose_width, slack, visual_lines, width
from ingest.txt.rows import heads_columns
from ingest.txt.tables import find_tables

LONGEST_LINE = 2_000_000
MOST_LINES = 1_000_000
ITEM = re.compile(r"(?:——|[●■◆★▪•]|[一二三四五六七八九十]是)")


def read(data: bytes, source: str) -> Report:
    """The report in a text file. UnreadableFile where it is not text, TooLarge for endless lines."""
    text = decode(data)
    if len(text) > LONGEST_LINE * 10 or text.count("\n") > MOST_LINES:
        raise TooLarge("文本文件太长，不像一份报告，没有读取。请只保留报告部分再试。")
    lines, pages = visual_lines(text)
    if not lines:
        raise UnreadableFile("文件里没有文字，请重新导出或下载后再试。")
    if any(len(line.text) > LONGEST_LINE for line in lines):
        raise TooLarge("文件里有超过 200 万字的单行，不像一份报告，没有读取。")
    whole = comma_table(text)
    parts = (whole,) if whole is not None else tuple(parts_of(lines))
    return assemble(
        parts,
        data_id=report_id(data),
        source=source,
        form="txt",
        pages=tuple(Page(number) for number in range(1, pages + 1)),
        notes=damage_notes(text),
    )


def damage_notes(text: str) -> tuple[Note, ...]:
    """A note where some characters could not be read."""
    broken = text.count("□")
    return (Note("乱码", f"文件里有 {broken} 处字符已损坏或本来是方框（□），涉及的数字请核对原件。"),) if broken else ()


def parts_of(lines: Sequence[Visual]) -> Iterator[Raw]:
    """Paragraphs and tables in the order of the lines; a table's own caption and unit stay before it."""
    running = running_heads(lines)
    furniture = {
        at for at, line in enumerate(lines) if is_furniture(lines, at) or (line.opens_page and line.text in running)
    }
    kept = [line for at, line in enumerate(lines) if at not in furniture]
    measure = prose_width(kept)
    at = 0
    for start, end, drawn in delimited(kept):
        yield from flattened(kept[at:start], measure)
        yield drawn
        at = end
    yield from flattened(kept[at:], measure)
    yield from (RawText(lines[one].text, page=lines[one].page, role="furniture") for one in sorted(furniture))


def flattened(lines: Sequence[Visual], measure: float) -> Iterator[Raw]:
    """Paragraphs and flattened tables of lines that draw no table themselves."""
    at = 0
    for found in find_tables(lines, measure):
        yield from paragraphs(lines[at : found.start], measure)
        yield from found.tables
        at = found.end
    yield from paragraphs(lines[at:], measure)


def running_heads(lines: Sequence[Visual]) -> frozenset[str]:
    """Texts that open three pages or more: running headers (页眉)."""
    counted = Counter(line.text for line in lines if line.opens_page)
    return frozenset(text for text, count in counted.items() if count >= 3)


def is_furniture(lines: Sequence[Visual], at: int) -> bool:
    """Whether a line is a page's number, or a table's header repeated at the head of a further page (续表头)."""
    line = lines[at]
    if is_page_number(line, lines[at + 1] if at + 1 < len(lines) else None):
        return True
    if not line.opens_page or not heads_columns(line.text):
        return False
    return any(squeeze(before.text) == squeeze(line.text) for before in lines[:at])


def paragraphs(lines: Sequence[Visual], measure: float) -> Iterator[RawText]:
    """Lines of prose joined into paragraphs."""
    run: list[Visual] = []
    for line in lines:
        if run and opens(line, run, measure):
            yield paragraph(run)
            run = []
        run.append(line)
    if run:
        yield paragraph(run)


def paragraph(run: Sequence[Visual]) -> RawText:
    """One paragraph with the span of each visual line in its text."""
    text, spans = "", []
    for line in run:
        text += glue(text, line.text)
        spans.append(Line(len(text), len(text) + len(line.text), line.page))
        text += line.text
    return RawText(text, page=run[0].page, lines=tuple(spans))


def opens(line: Visual, run: Sequence[Visual], measure: float) -> bool:
    """Whether a line begins a new paragraph after those of `run`."""
    last = run[-1]
    if not measure or line.indented or line.gap or stands_alone(line.text) or stands_alone(last.text):
        return True
    indent = 2 if len(run) == 1 else 0
    short = width(last.text) < measure - indent - slack(measure)
    ended = last.text.endswith(("。", "：", "；", "！", "？", ":", "”", "）"))
    if short:
        return not last.text.endswith(("、", "，", ",", "（", "“", "《"))
    so_far = "".join(one.text for one in run)
    marked = numbering(line.text) is not None or ITEM.match(line.text) is not None
    return marked and (ended or reads_as_heading(so_far, numbering(so_far)))


def stands_alone(text: str) -> bool:
    """Whether a line is a unit line or a numbered table caption, which never joins its neighbours."""
    return is_unit_line(text) or (text.startswith(("表", "附表")) and is_caption(text) and text[-1] == "表")
