"""The rows of a table told by their names (列了哪些项目), with the one figure asked of each; all rows but those named.

Takes the rows as they stand; ranks nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.builtin.facts.finding import share
from assistant.builtin.facts.lens import Lens
from assistant.builtin.question.lexicon import content, pairs, reduced
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, shown
from assistant.builtin.tables.rows import Line, group_words, heading, lines, place_of, table_at, told_apart
from ingest.fact import Fact
from ingest.quantity import quantities
from ingest.report import Table, grid
from ingest.terms import is_total

ALL = 0.9
"""Share of the words of a heading asked for that a column's own heading must say."""
LISTS = re.compile(
    r"列了?哪|哪[\d一二三四五六七八九十些几]+个?[^？]{0,4}(项目|指标|类)|有哪些(项目|一级|指标)|(项目|指标)(都|分别|一共)?(有|是|包括)哪"
)
MOVED = re.compile("(?:比|较|与|和|同)(?:上年|去年|上一年|20\\d\\d年)[^，,？?]{0,6}(?:持平|增|减|降|升|多|少|变)")
"""Only those that moved in a way are asked for: their names alone do not tell which."""
KIND = re.compile(r"哪(?:[\d一二三四五六七八九十]+|些|几)[个项种类]?([一-龥]{2,10}?)(?:[，,？?。]|各|分别|$)")
"""哪些固定资产类别: the kind of thing that is to be listed."""


def listed(plan: Plan, seen: Lens) -> Reply | None:
    """哪8个一级项目, 哪些资产类别，原值各多少: the names of a table's rows, with the figure asked for."""
    if not LISTS.search(plan.question) or MOVED.search(plan.question):
        return None
    kind = KIND.search(plan.question)
    thing = "项目" if "项目" in plan.question else kind[1] if kind and "指标" not in plan.question else "指标"
    hint = pairs(reduced(plan.hint)) | pairs(reduced(thing))
    count = re.search(r"[\d一二三四五六七八九十]+个", plan.question)
    asked = next((int(said.value) for said in quantities(count[0])), 0) if count else 0
    best: tuple[tuple[bool, bool, float], list[str], list[Line]] | None = None
    for every in lines(seen, plan.table):
        group = told_apart(seen, every, plan.bare)
        if not group or (
            "项目" in plan.question and any("得分" in f.measure[-1] for line in group for f in line.facts)
        ):
            continue
        table = table_at(seen, group[0].report, group[0].table)
        held = seen.weight(hint & pairs(reduced(f"{table.caption}/{_corner(table)}")))
        names = _row_names(plan, group, table)
        some = len(group) < len(every)
        rank = (len(names) == asked, some, held)
        doubtful = bool(asked) and len(names) != asked and not table.certain
        if held and len(names) + some > 1 and not doubtful and (best is None or rank > best[0]):
            best = (rank, names, group)
    if best is None:
        return None
    _, names, group = best
    if _qualified(plan, seen, thing, group[0]):
        return None
    side = _side_asked(plan, seen, group)
    if side:
        said = "；".join(f"{line.name.replace('/', '·')}{shown(fact.quantity)}" for line, fact in side)
        return Reply(f"{heading(side[0][1])}：{said}。", tuple(fact for _, fact in side))
    number = f"{len(names)}个"
    text = (f"共{number}：" if count else "") + "、".join(names) + "。"
    return Reply(text, citations=(place_of(seen, group[0]),), counted=((number, "逐行清点表中所列"),))


def _qualified(plan: Plan, seen: Lens, thing: str, line: Line) -> bool:
    """Whether the question means only some of a table's rows (现场抽查了哪几个项目), by words of which the table says
    nothing."""
    before = re.split("哪|有什么", plan.bare)[0].replace(thing, "").replace(plan.hint, "")
    wanted = pairs(content(re.sub(r"20\d\d年?度?", "", before)))
    said = seen.words_of(seen.reports[line.report], table_at(seen, line.report, line.table))
    return bool(wanted) and seen.covered(wanted, said) < 0.3


def _corner(table: Table) -> str:
    """What the head says of the rows themselves (资产类别); 项目 over the rows of any table says nothing."""
    said = "".join(dict.fromkeys("".join(grid(table)[row][0].split()) for row in range(table.header_rows)))
    return "" if said == "项目" else said


def _side_asked(plan: Plan, seen: Lens, group: Sequence[Line]) -> list[tuple[Line, Fact]]:
    """The figure of each row under the heading that a later part of the question names (原值各多少)."""
    wanted = pairs(plan.asks[-1].phrase or reduced(plan.asks[-1].text)) if len(plan.asks) > 1 else frozenset()
    columns: dict[str, list[tuple[Line, Fact]]] = {}
    for line in group:
        for fact in line.facts:
            columns.setdefault("/".join(fact.measure), []).append((line, fact))
    fits = {head: share(seen, wanted, pairs(reduced(head))) for head in columns if wanted}
    best = max(fits, key=lambda head: (fits[head], not head.startswith("其中")), default="")
    return columns[best] if fits.get(best, 0.0) >= ALL else []


def _row_names(plan: Plan, group: Sequence[Line], table: Table) -> list[str]:
    """Names of the item rows, those under the heading that the question names (一级项目) where a column has it."""
    texts = grid(table)
    head = re.search(r"([一二三]级(?:项目|指标))", plan.question)
    for col in range(table.cols):
        tops = [row for row in range(table.rows) if head and head[1] in texts[row][col]]
        if tops:
            below = ["".join(texts[row][col].split()) for row in range(tops[-1] + 1, table.rows)]
            return [name for name in dict.fromkeys(below) if name and not is_total(name)]
    full = max((len(line.facts) for line in group), default=0)
    return list(dict.fromkeys(line.name.replace("/", "·") for line in group if len(line.facts) * 2 >= full))


def rest_of(plan: Plan, seen: Lens) -> Reply | None:
    """除X外还有哪些有数: rows of a table other than one, with figures that are not zero."""
    match = re.search(r"除(.+?)(?:以)?外[^？]*(有数|不为|非零|有金额)", plan.question)
    if not match:
        return None
    hint = pairs(reduced(plan.hint + plan.question))
    groups = sorted(lines(seen, plan.table), key=lambda g: -seen.weight(hint & group_words(seen, g)) if g else 0)
    apart = pairs(reduced(match[1]))
    for group in groups:
        rest = [line for line in group if seen.covered(apart, pairs(reduced(line.name))) < 0.8]
        if 1 < len(rest) < len(group):
            filled = [line for line in rest if any(fact.quantity.value for fact in line.facts)]
            shown_rows = filled or rest
            facts = tuple(fact for line in shown_rows for fact in line.facts)
            if filled:
                said = "；".join(
                    f"{line.name}{shown(next(f for f in line.facts if f.quantity.value).quantity)}" for line in filled
                )
                return Reply(f"有：{said}。", facts)
            return Reply(f"没有，其余{'、'.join(line.name for line in rest)}均为{shown(facts[0].quantity)}。", facts)
    return None
