"""哪些…，各多少: the things of a kind with the figure of each, from a list in a sentence or a column of a table.

Tells figures as they stand; a kind that neither bears is left to others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.builtin.amounts import breakdown
from assistant.builtin.facts.finding import share
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import name_of
from assistant.builtin.question.lexicon import content, pairs, reduced
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, shown
from assistant.builtin.tables.rows import Line, lines, table_at, told_apart, words_beside
from ingest.fact import Fact
from ingest.terms import basis_of, is_total

ASKED = re.compile(
    r"^(.*(?:哪|什么).*?)(?:[，,]([^，,。？哪]{2,10}))?[，,、]?(?:各(?!项|类|个)|分别)([^，。？]*?)(?:多少|几)[^，。？]*[？?]?$"
)
"""The kind that is asked for, and what of each (各有在岗多少人; 实际支付各多少)."""
QUOTED = re.compile('[“"][^”"]{1,6}[”"]的')
"""等级为“中”的项目: not all of the kind."""
SURE = 0.9
"""The share of the words asked of each that the head of a column must hold."""
PLAIN = re.compile("^(?:自|有|是|为|占|了|的)+")
KINDS = re.compile("[类种](?!型)|类型")
SUBTOTAL = re.compile("小计$")
WHOLE = re.compile("全年|年末|年底")
Row = tuple[Line, Fact]


def each(plan: Plan, seen: Lens) -> Reply | None:
    """局属单位有哪些，各有在编人员多少: from the sentence that lists them, else from a table of them."""
    match = ASKED.match(plan.question) if plan.kind in ("list", "narrative", "") else None
    if match is None or QUOTED.search(match[1]):
        return None
    asked = (match[2] or "") + PLAIN.sub("", match[3]).removesuffix("了")
    return _of_sentence(plan, seen) or _of_column(seen, match[1], asked + "分" if asked == "得" else asked)


def _of_sentence(plan: Plan, seen: Lens) -> Reply | None:
    """The figures that a sentence lists behind their whole (就业347人，其中按比例就业128人、…)."""
    found = breakdown.asked(plan, seen)
    if found is None:
        return None
    said = "、".join(
        f"{part.subject.rpartition('/')[2] or part.measure[-1]}{shown(part.quantity)}" for part in found.parts
    )
    whole = found.whole
    return Reply(f"{name_of(whole)}{shown(whole.quantity)}，其中{said}。", (whole, *found.parts))


def _of_column(seen: Lens, kind: str, asked: str) -> Reply | None:
    """The rows of a table that are of the kind, with the figure under the head that is asked for."""
    named = pairs(content(reduced(kind)))
    best: tuple[float, list[Row]] | None = None
    for group in lines(seen):
        if bool(KINDS.search(kind)) != _sums_up(group):
            continue
        mine = told_apart(seen, group, kind)
        rows = _of_kind(seen, _under(seen, mine, reduced(asked), kind), kind)
        fit = seen.weight(named & _words(seen, group)) if len(rows) + (len(mine) < len(group)) > 1 else 0.0
        if fit and (best is None or fit > best[0]):
            best = (fit, rows)
    if best is None:
        return None
    rows = best[1]
    said = "；".join(f"{line.name.rpartition('/')[2]}{shown(fact.quantity)}" for line, fact in rows)
    return Reply(f"{'·'.join(rows[0][1].measure)}：{said}。", tuple(fact for _, fact in rows))


def _sums_up(group: Sequence[Line]) -> bool:
    """Whether the rows are kinds, each summed up by a row of its own (小计)."""
    return any(SUBTOTAL.search(fact.subject) for line in group for fact in line.facts)


def _words(seen: Lens, group: Sequence[Line]) -> frozenset[str]:
    table = table_at(seen, group[0].report, group[0].table) if group else None
    return seen.words_of(seen.reports[group[0].report], table) if table else frozenset()


def _under(seen: Lens, group: Sequence[Line], asked: str, kind: str) -> list[Row]:
    """Each row with its figure under the head that holds the words; of several the one of the kind, or their total."""
    columns: dict[tuple[str, ...], list[Row]] = {}
    for line in group:
        for fact in line.facts:
            columns.setdefault(fact.measure, []).append((line, fact))
    wanted, meant = pairs(content(asked)) or pairs(asked), basis_of(asked)
    fits = [
        path
        for path, rows in columns.items()
        if wanted and share(seen, wanted, pairs(reduced("/".join(path)))) >= SURE and rows[0][1].basis in (meant, "")
    ]
    sure = [path for path in fits if path[-1] in kind or is_total(path[-1]) or WHOLE.search(path[-1])]
    best = (sure or fits)[0] if sure or len(fits) == 1 else None
    return columns[best] if best else []


def _of_kind(seen: Lens, rows: Sequence[Row], kind: str) -> list[Row]:
    """The rows that stand under a label which the question names (局属单位), else those with a figure under such a
    head (事业); all where it names neither."""
    labelled = [row for row in rows if any(label in kind for label in words_beside(seen, row[0]))]
    if labelled:
        return labelled
    head = rows[0][1].measure if rows else ()
    return [row for row in rows if row[1].quantity.value] if head and head[-1] in kind else list(rows)
