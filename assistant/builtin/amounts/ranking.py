"""Rows compared: which lie below a threshold, fall short of full marks or target, which is highest or lowest.

Only rows under one heading are compared; blank cells are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.builtin.amounts import shares
from assistant.builtin.amounts.composition import parts_of
from assistant.builtin.facts.lens import Lens
from assistant.builtin.facts.lookup import name_of
from assistant.builtin.outcomes.shortfalls import over_full, short_of_full, short_of_target
from assistant.builtin.question.lexicon import content, pairs, pattern, reduced
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, lacking, shown
from assistant.builtin.tables.forms import forms, of_forms
from assistant.builtin.tables.listing import rest_of
from assistant.builtin.tables.picks import BOUNDS, COUNTED, bound_in, told_rows
from assistant.builtin.tables.rows import (
    FULL,
    Line,
    are_kinds,
    cell_text,
    executed,
    group_words,
    heading,
    lines,
    reason_of,
    table_at,
    told_apart,
    told_beside,
)
from assistant.calculate import Result
from ingest.fact import Fact
from ingest.periods import part_of_year
from ingest.quantity import quantities
from ingest.report import grid
from ingest.terms import basis_of, basis_words, is_total

Cell = tuple[Line, Fact, Result | None]
"""A row with its figure, and its calculation where that is an execution rate."""
SORTED = re.compile(r"排个?序|[从由][高大多低小少]到")
"""All rows in their order are asked for."""
SCORED = re.compile(r"得分|评分|自评分|分数|几分|多少分|总分")
PROJECTS = re.compile(r"(?:哪[个一些几]*|的|[个大])项目(?!支出)|项目.{0,8}最|最.{0,8}项目(?!支出)")
SCALE = re.compile(f"{FULL.pattern}|指标值|目标值")
AIMED = re.compile("目标|达标|完成|计划|预期|要求")
"""What a row may fall short of, where no bound is given."""
LOWEST = re.compile(r"最(低|小|少|慢|短|差)|倒数|[从由][低小少]到")
NTH = re.compile("第([一二三四五])[高低大小多少]")
NTH_LOW = re.compile("第[一二三四五][低小少]")


def filtered(plan: Plan, seen: Lens) -> Reply | None:
    """哪些项目执行率低于90%、哪些指标没有得满分、哪些没有达到目标值."""
    text = plan.question
    if (rest := rest_of(plan, seen)) is not None:
        return rest
    if re.search(r"满分|扣了?分", text):
        return short_of_full(plan, seen)
    if re.search(r"得分(超过|高于|大于)", text):
        return over_full(plan, seen)
    if AIMED.search(reduced(text)) and not plan.stated:
        return short_of_target(plan, seen)
    return _threshold(plan, seen) if plan.stated else None


def _threshold(plan: Plan, seen: Lens) -> Reply | None:
    limit = plan.stated[-1]
    dimension = "score" if limit.unit.dimension == "none" and SCORED.search(plan.question) else limit.unit.dimension
    wanted = _column(plan, dimension)
    best: list[Cell] = []
    rank = (False, False, 0)
    for group in [*lines(seen, plan.table), forms(seen) if PROJECTS.search(plan.question) else []]:
        formed = of_forms(seen, group)
        group = told_apart(seen, group, plan.bare)
        cells = _measured(group, wanted, dimension, bool(re.search("执行率|完成率", plan.question)))
        here = (formed and dimension == "score", _captioned(plan, seen, group), len(cells))
        if here > rank and len(cells) > 1 and (formed or _about(plan, group)):
            best, rank = cells, here
    if not best or not (wanted & group_words(seen, [line for line, _, _ in best])):
        return None
    bound = bound_in(plan.question) or BOUNDS[-1]
    hits = [cell for cell in best if bound.meets(value_of(cell), limit.base)]
    reasons = bool(re.search("原因|说明", plan.question))
    said = [_line_said(seen, *cell, reasons) for cell in hits]
    facts = [used for _, fact, made in hits for used in (fact, *(made.facts if made else ()))] or [best[0][1]]
    head = f"{_column_name(best[0])}{bound.word}{limit.text}"
    return told_rows(head, said, facts, bool(COUNTED.search(plan.question)), limit)


def value_of(cell: Cell) -> Decimal:
    """What is compared, in the base unit; of an execution rate the reported one where there is one."""
    _, fact, made = cell
    return made.value * made.unit.factor if made and fact in made.facts else fact.quantity.base


def _column_name(cell: Cell) -> str:
    return "执行率" if cell[2] else heading(cell[1])


def _captioned(plan: Plan, seen: Lens, group: Sequence[Line]) -> bool:
    """Whether the table's caption names the kind of thing that is counted."""
    caption = table_at(seen, group[0].report, group[0].table).caption if group else ""
    return any(word in plan.question and word in caption for word in ("项目", "采购", "人员", "收入", "三公", "指标"))


def _about(plan: Plan, group: Sequence[Line]) -> bool:
    """Whether a table's items are the kind that the question counts: 项目 or 指标."""
    scored = any(SCALE.search("".join(fact.measure)) for line in group for fact in line.facts)
    return not (re.search(r"指标", plan.question) and not scored) and not ("项目" in plan.question and scored)


def _column(plan: Plan, dimension: str) -> frozenset[str]:
    words = re.sub(r"(低于|高于|超过|不足|小于|大于|不到|最).*|平均", " ", plan.question)
    said = re.sub(r"哪(些|个|几个|一?项)?|项目|指标|表[\d一二三四五六七八九十]+[中里内]?的?", " ", words)
    said = re.sub("(?<!预算)(?:完成率|执行率)", r"\g<0> 预算执行率", said)
    return pairs(reduced(said))


def _line_said(seen: Lens, line: Line, fact: Fact, made: Result | None, reason: bool) -> str:
    if made:
        name = line.name.split("/")[0] if len(line.name) > 40 else line.name.replace("/", "·")
        reported = shown(fact.quantity) if fact not in made.facts else made.text
        said = f"{name}{reported}" + (f"（{made.working}）" if made.text == reported else "")
    else:
        said = f"{_row_name(line, fact)}{shown(fact.quantity)}"
    if reason:
        why = reason_of(seen, line)
        said += f"，已说明：{why}" if why else "，未说明原因"
    return said


def _row_name(line: Line, fact: Fact) -> str:
    """What the row of a figure is called; a row that is a whole form bears the form's name."""
    return name_of(fact).removesuffix(heading(fact)) if line.name == fact.subject else line.name


def extreme(plan: Plan, seen: Lens) -> Reply | None:
    """The highest or lowest of a column; execution rates are computed where the table prints none."""
    low = bool(LOWEST.search(plan.question) or NTH_LOW.search(plan.question))
    best = column(plan, seen)
    if not best:
        return _unlisted(plan, seen)
    rate = re.search(r"执行率|完成率", plan.question)
    ordered = sorted(best, key=value_of, reverse=not low)
    count = len(ordered) if SORTED.search(plan.question) else _count(plan.question)
    nth = NTH.search(plan.question)
    at = "一二三四五".find(nth[1]) if nth else 0
    tops = ordered[at : at + 1] if at else ordered[:count]
    if not tops:
        return None
    said = "；".join(_extreme_said(plan, line, fact, made) for line, fact, made in tops)
    said += _grade_beside(plan, seen, tops)
    head = "执行率" if rate else column_name(tops[0][1])
    place = f"第{'一二三四五'[at]}{'低' if low else '高'}" if at else "最低" if low else "最高"
    lead = f"{head}{place}的是" if len(tops) == 1 else f"{head}{place}的依次是"
    part, share = shares.behind(plan.question, [fact for _, fact, _ in tops], seen)
    results = (*(made for _, _, made in tops if made), *share)
    facts = (*(fact for _, fact, _ in tops), *(used for made in results for used in made.facts))
    return Reply(f"{lead}{said}{part}。", tuple(dict.fromkeys(facts)), worked=share)


def column_name(fact: Fact) -> str:
    """A column as it is called; one that sums others up (支出数｜小计) by the heading over it."""
    return "".join(fact.measure[-2].split()) if len(fact.measure) > 1 and is_total(fact.measure[-1]) else heading(fact)


def _unlisted(plan: Plan, seen: Lens) -> Reply | None:
    """哪个项目最大, asked of a report that has no table of projects: its tables of accounts are none."""
    if not PROJECTS.search(plan.question) or not any(lines(seen, plan.table)):
        return None
    return lacking("分项目的金额")


def _grade_beside(plan: Plan, seen: Lens, tops: Sequence[Cell]) -> str:
    """The row's grade (等级), where the question asks for it too."""
    if "等级" not in plan.question or len(tops) != 1:
        return ""
    grade = cell_text(seen, tops[0][0], re.compile("等级|等次"))
    return f"，等级为{grade}" if grade else ""


NAMELESS = re.compile(
    r"(?:[一二两三四五六七八九十\d]+|几)[个类项种家](?:项目|指标)?(?:之中|当中|[里中])?|前[一二三四五六七八九十\d]+[个名项大]?|最.|"
    r"第[一二三四五][高低大小多少]|哪[一二三四五六七八九十两几\d]?(?:个|项(?!目)|些|类)?|表[\d一二三四五六七八九十]*[中里内]?|"
    r"[？?，,].*|相?差.*|平均.*|(?:合计|一共|总共|之和|加起来)?占.*|合计|一共|总共|之和|加起来|及?其?等[级次]|金额|项目|预算|(?<!支)出?中|[从由][高大多低小少]到.|排个?序|^把|按|各"
)
"""Words of a question about the highest or lowest that say neither which table nor which column is meant."""
KINDS = re.compile(r"哪一?类|[两二三四五六七八九\d]类")
"""哪一类: not the rows but the kinds that they stand under."""


def column(plan: Plan, seen: Lens) -> list[Cell]:
    """The cells of the column that a question about the highest, lowest or average of something is about."""
    bare = plan.question.removeprefix(plan.hint)
    head = re.sub(r"(?<=[^，,])[，,][^最]*$|(?:合计|一共|之和)*占[^最]*$", "", bare)
    rate = re.search(r"执行率|完成率", head)
    dimension = "score" if SCORED.search(head) and not rate else "money"
    dimension = "ratio" if re.search(r"率|占比|比重|增速|快|慢", head) else dimension
    wanted = _column(plan, dimension) or pairs("执行率")
    asked = pairs(content(NAMELESS.sub(" ", reduced(bare))))
    before = reduced(bare.partition("最")[0])
    basis, told = basis_of(before), pairs("".join(basis_words(before)))
    best: list[Cell] = []
    rank = (False, False, False, 0.0, 0)
    for group, fits in meant(plan, seen):
        cells = _measured(group, wanted, dimension, bool(rate), basis, plan.year)
        held = seen.weight((group_words(seen, group) | told_beside(seen, group, bare)) & asked)
        # 实际支出 of a table of projects whose column is called 实支: its basis says so
        own = asked - told if fits[1] and cells and basis and cells[0][1].basis == basis else asked
        here = (dimension == "score" and of_forms(seen, group), *fits, held, len(cells))
        if len(cells) > 1 and held >= 0.4 * seen.weight(own) and here > rank:
            best, rank = cells, here
    return best


def meant(plan: Plan, seen: Lens) -> list[tuple[list[Line], tuple[bool, bool]]]:
    """The rows of each table that may be meant, with how well they fit: kinds where kinds are meant, its caption."""
    bare = plan.question.removeprefix(plan.hint)
    projects, kinds = PROJECTS.search(bare), bool(KINDS.search(bare))
    found = []
    for group in [*lines(seen, plan.table), forms(seen) if projects else []]:
        if projects and not are_kinds(group):
            group = _under_projects(seen, group) or ([] if _accounts(seen, group) else group)
        group = told_apart(seen, group, bare)
        found.append((group, (kinds and are_kinds(group), _captioned(plan, seen, group))))
    return found


def _under_projects(seen: Lens, group: Sequence[Line]) -> list[Line]:
    """The rows of a table of accounts that make up its 项目支出; none where no such row adds up."""
    for line in group:
        for fact in line.facts if line.name.endswith("项目支出") else ():
            rows = {part.place.row for part in parts_of(seen, fact)}
            if rows:
                return [one for one in group if one.row in rows]
    return []


def _accounts(seen: Lens, group: Sequence[Line]) -> bool:
    """Whether a table lists accounts (科目), sources or kinds of money, no projects."""
    if not group:
        return False
    table = table_at(seen, group[0].report, group[0].table)
    heads = "".join(text for row in grid(table)[: table.header_rows] for text in row)
    return bool(pattern("accounts").search(re.sub(r"\s", "", table.caption + heads)))


def _measured(
    group: Sequence[Line],
    wanted: frozenset[str],
    dimension: str,
    rate: bool,
    basis: str = "",
    year: int | None = None,
) -> list[Cell]:
    """The figure of each row under one heading, with its calculation where it is an execution rate."""
    if rate:
        made = [(line, made) for line in group if (made := executed(line))]
        if len(made) > 1:
            return [(line, line.of(re.compile("执行率|完成率")) or result.facts[0], result) for line, result in made]
    columns: dict[str, list[Cell]] = {}
    for line in group:
        for fact in line.facts:
            fits = fact.dimension == dimension and (fact.basis not in ("差额", "目标", "计划") or fact.basis == basis)
            if fits and (not rate or re.search("率|比例|进度", "".join(fact.measure))):
                columns.setdefault("/".join(fact.measure), []).append((line, fact, None))
    meant_year = f"{year or ''}" or max((cells[0][1].period[:4] for cells in columns.values()), default="")
    return max(columns.items(), key=lambda item: _fit(item[0], item[1], wanted, basis, meant_year), default=("", []))[1]


def _fit(
    heading: str, cells: Sequence[Cell], wanted: frozenset[str], basis: str, year: str
) -> tuple[int, bool, int, bool, bool, bool, int]:
    """How well a column answers: its rows (a stray row with its own heading is none), words, year, spending first.

    A part of the year is meant only where it is named.
    """
    fact = cells[0][1]
    part = part_of_year(fact.period)
    whole = not part or pairs(part) <= wanted
    named = len(pairs(reduced(heading)) & wanted)
    dated, spent = fact.period[:4] == year, fact.basis == "决算"
    summed = fact.measure[-1].endswith(("小计", "合计"))
    return (
        min(len(cells), 2) if whole else 0,
        bool(basis) and basis in fact.basis,
        named,
        dated,
        spent,
        summed,
        len(cells),
    )


def _count(question: str) -> int:
    match = re.search(r"前([一二两三四五六七八九十\d]+)|最.的?([二两三四五六七八九十\d]+)[个项名家]", question)
    found = quantities(f"{match[1] or match[2]}个") if match else ()
    return int(found[0].value) if found else 1


def _extreme_said(plan: Plan, line: Line, fact: Fact, made: Result | None) -> str:
    name = line.name.replace("/", "·") if len(line.name) < 40 else line.name.split("/")[0]
    if made:
        said = f"{name}，" + (made.working if fact in made.facts else f"{shown(fact.quantity)}（{made.working}）")
    else:
        said = f"{_row_name(line, fact)}，{shown(fact.quantity)}"
    if re.search(r"占(多少|比)", plan.question) and (share := line.of(re.compile("占|比重"))):
        said += f"，{heading(share)}{shown(share.quantity)}"
    return said
