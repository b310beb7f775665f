"""The header of a flattened table (抽平表的表头), from the lines above its first row of figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ingest.layout.words import ends, stem
from ingest.txt.lines import Visual, join, width
from ingest.txt.rows import Row, tokens

HEADERLESS = "从抽平的文本重建，未找到表头"
STACKED = "从抽平的文本重建，表头由竖排碎片拼成，列的归属请核对原件"
GUESSED = "从抽平的文本重建，部分行的列数与表头不一致，请核对原件"
LEFTOVER = "从抽平的文本重建，表头上方另有未能归位的文字，请核对原件"
PLAIN = re.compile(r"-?[\d,]+(?:\.\d+)?")
NARROW = 4.0
"""Width up to which fragments above a header are a name set upright beside the rows."""


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


def header_of(lines: Sequence[Visual], row: Row, first: int, start: int, names: int, count: int, remarks: bool) -> Head:
    """The header of a run of rows: a line with a heading for each column, two such lines, or stacks of fragments.

    `names`: columns that name the row; `count`: columns of figures; `remarks`: a remark beside them adds one more.
    """
    wide = [at for at in range(start, first) if len(tokens(lines[at].text)) > 1]
    for at in reversed(wide):
        pieces = tokens(lines[at].text)
        if len(pieces) == names + count or (remarks and len(pieces) == names + count + 1):
            above = grouping(tokens(lines[at - 1].text), pieces) if at > start else ()
            left = [line.text for line in lines[start : at - bool(above)]]
            rows = (above, pieces) if above else (pieces,)
            return Head(rows, at + 1, doubt_over(left, pieces), join([text for text in left if len(tokens(text)) == 1]))
        if len(pieces) == count:
            return two_rows(lines, start, at, wide, names, count)
    pieces = tuple(line.text for line in lines[start:first])
    if row.labels:
        stack = stacked_header(pieces, names + count)
        return Head((tuple(stack),), first, STACKED) if stack else Head((), start, HEADERLESS)
    return stacked(lines, first, start, wide, row.values)


def doubt_over(left: Sequence[str], pieces: Sequence[str]) -> str:
    """Why a header line is not certain: text above it that has no place, or wording that is not a header's."""
    if any(len(tokens(text)) > 1 or width(text) > NARROW for text in left) or len(left) > 4:
        return LEFTOVER
    worded = sum(ends(piece, "header_endings") for piece in pieces)
    return "" if worded * 5 >= len(pieces) * 3 else GUESSED


def grouping(above: Sequence[str], pieces: Sequence[str]) -> tuple[str, ...]:
    """The headings over a two-sided table (收入｜支出), each over half of the columns; () where there are none.

    Told by the lower headings repeating themselves: 项目 预算 决算 项目 预算 决算.
    """
    half = len(pieces) // 2
    if half < 2 or tuple(pieces[:half]) != tuple(pieces[half : 2 * half]) or len(pieces) != 2 * half:
        return ()
    joined = "".join(above)
    if len(above) not in (2, 4) or len(joined) % 2:
        return ()
    middle = len(above) // 2
    left, right = "".join(above[:middle]), "".join(above[middle:])
    return (*(left,) * half, *(right,) * half)


def two_rows(lines: Sequence[Visual], start: int, at: int, wide: Sequence[int], names: int, count: int) -> Head:
    """A header whose last line heads the figures alone; the names and a common heading stand above it."""
    above = next((one for one in reversed(wide) if one < at and len(tokens(lines[one].text)) == names), None)
    between = [line.text for line in lines[(start if above is None else above + 1) : at] if len(tokens(line.text)) == 1]
    title = tokens(lines[above].text) if above is not None else ("",) * names
    if above is None and names == 1 and between:
        title, between = (between[0],), between[1:]
    group = join(between)
    lower = (*title, *tokens(lines[at].text))
    left = [line.text for line in lines[start:above]] if above is not None else []
    side = join([text for text in left if len(tokens(text)) == 1])
    plain = all(title) and (not group or ends(group, "header_endings"))
    doubt = doubt_over(left, lower) if plain else STACKED
    if group and ends(group, "header_endings"):
        return Head(((*title, *(group,) * count), lower), at + 1, doubt, side)
    return Head((lower,), at + 1, doubt, join([side, group]))


def stacked(lines: Sequence[Visual], first: int, start: int, wide: Sequence[int], values: Sequence[str]) -> Head:
    """A header set as stacks of fragments above a lone row of figures; the first stack is the row's own name."""
    count = len(values)
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
            over = divisions(tokens(lines[split].text), leaves, values[above:]) if wide else ()
            rows = (("", *rest, *over),) if over else ()
            return Head((*rows, ("", *rest, *leaves)), first, STACKED, first_name=name)
    return Head((), start, HEADERLESS)


def divisions(groups: Sequence[str], leaves: Sequence[str], values: Sequence[str]) -> tuple[str, ...]:
    """The common heading over each leaf where a total is divided twice (按收入性质划分 | 按支出性质划分), or ().

    Each later group begins with the first leaf that carries the word which tells it from the others; no leaf carries
    the word of another group, and the figures of each come to the same sum.
    """
    head, tail = shared(groups), shared([group[::-1] for group in groups])
    words = [group[head : len(group) - tail] for group in groups]
    if len(groups) < 2 or not all(words) or not all(map(PLAIN.fullmatch, values)):
        return ()
    starts = [0]
    for word in words[1:]:
        starts.append(next((at for at in range(starts[-1] + 1, len(leaves)) if word in leaves[at]), len(leaves)))
    owned = [(start, end) for start, end in pairwise((*starts, len(leaves))) if start < end]
    foreign = any(
        other in leaf
        for (start, end), word in zip(owned, words, strict=False)
        for leaf in leaves[start:end]
        for other in words
        if other != word
    )
    sums = {sum(Decimal(value.replace(",", "")) for value in values[start:end]) for start, end in owned}
    if foreign or len(owned) < len(groups) or len(sums) > 1:
        return ()
    return tuple(group for group, (start, end) in zip(groups, owned, strict=True) for _ in range(start, end))


def shared(texts: Sequence[str]) -> int:
    """How many characters all texts begin with alike."""
    differing = (at for at, chars in enumerate(zip(*texts, strict=False)) if len(set(chars)) > 1)
    return next(differing, min(map(len, texts)))


def stacked_header(lines: Sequence[str], count: int) -> list[str] | None:
    """Fragments grouped into `count` cells at the least cost, or None where there are too few.

    What stands apart on one line is of different cells (项目名称 年初批复／数／实际支出 预算完／成率), where that
    leaves no more cells than there are columns.
    """
    pieces = [piece for line in lines for piece in tokens(line)]
    firsts = {sum(len(tokens(line)) for line in lines[:at]) for at in range(len(lines))}
    apart = frozenset(range(len(pieces))) - firsts
    if not apart or len(apart) >= count:
        pieces, apart = list(lines), frozenset()
    if count <= 0 or len(pieces) < count:
        return None
    return [join(group) for group in partition(pieces, count, apart)]


def partition(pieces: Sequence[str], count: int, apart: frozenset[int] = frozenset()) -> list[list[str]]:
    """Split fragments into `count` groups, each the lines of one cell, by dynamic programming over `cell_cost`.

    `apart`: the fragments that do not go on from the one before.
    """
    total = len(pieces)
    best: list[list[tuple[float, int]]] = [[(float("inf"), 0)] * (total + 1) for _ in range(count + 1)]
    best[0][0] = (0.0, 0)
    for group in range(1, count + 1):
        for end in range(group, total + 1):
            best[group][end] = min(
                (best[group - 1][start][0] + cell_cost(pieces[start:end]), start)
                for start in range(max([group - 1, *(at for at in apart if at < end)]), end)
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
