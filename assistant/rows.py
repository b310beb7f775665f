"""Questions over the rows of a table: which lie below a threshold, which is highest, do they add up, how many.

Works on rows that are items, never on their totals; blank cells are left out and said to be so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answer import Citation
from assistant.calculate import Result, ratio
from assistant.lens import Ask, Lens
from assistant.lexicon import content, pairs, reduced
from assistant.lookup import TOTAL, name_of
from assistant.plan import Plan
from assistant.reply import Reply, shown
from assistant.wording import describe
from ingest.fact import Fact
from ingest.quantity import quantities
from ingest.report import Place, Table, grid
from ingest.terms import basis_of, is_total

BELOW = re.compile(r"低于|不足|小于|少于|不到|未达到?|没有?达到?|未超过")
ABOVE = re.compile(r"高于|超过|大于|多于|以上|超出")
LOWEST = re.compile(r"最(低|小|少|慢|短|差)|倒数")
REASON = re.compile(r"原因|偏差|说明|备注")


@dataclass(frozen=True, slots=True)
class Line:
    """One item row with its facts by column heading."""

    name: str
    facts: tuple[Fact, ...]
    table: int
    row: int
    report: str

    def of(self, words: re.Pattern[str]) -> Fact | None:
        """The fact whose heading holds these words."""
        return next((fact for fact in self.facts if words.search("".join(fact.measure))), None)


def lines(seen: Lens, table: str = "") -> list[list[Line]]:
    """Item rows by table, tables in reading order; `table` is the number that the caption prints."""
    made: dict[tuple[str, int], dict[tuple[int, str], list[Fact]]] = {}
    for entry in seen.entries:
        place = entry.fact.place
        if entry.fact.kind == "table" and place.table is not None and place.row is not None and entry.fact.subject:
            rows = made.setdefault((place.report, place.table), {})
            rows.setdefault((place.row, entry.fact.subject), []).append(entry.fact)
    found = []
    for (report, number), rows in made.items():
        sheet = _table(seen, report, number)
        if table and not re.search(rf"表\s*{table}(?!\d)", sheet.caption):
            continue
        found.append(
            [
                Line(subject, tuple(facts), number, row, report)
                for (row, subject), facts in rows.items()
                if (not is_total(subject) and not TOTAL.search(subject)) or "年度资金" in subject
            ]
        )
    return found


def _table(seen: Lens, report: str, number: int) -> Table:
    return next(table for table in seen.reports[report].tables if table.number == number)


def filtered(plan: Plan, seen: Lens) -> Reply | None:
    """哪些项目执行率低于90%、哪些指标没有得满分、哪些没有达到目标值."""
    text = plan.question
    if (rest := rest_of(plan, seen)) is not None:
        return rest
    if re.search(r"满分|扣了?分", text):
        return _short_of_full(plan, seen)
    if re.search(r"得分(超过|高于|大于)", text):
        return _over_full(plan, seen)
    if re.search(r"目标|达标|完成", text) and not plan.stated:
        return _short_of_target(plan, seen)
    if not plan.stated:
        return None
    return _threshold(plan, seen)


def _threshold(plan: Plan, seen: Lens) -> Reply | None:
    limit = plan.stated[-1]
    below = bool(BELOW.search(plan.question))
    dimension = limit.unit.dimension
    wanted = _column(plan, dimension)
    best: list[tuple[Line, Fact, Result | None]] = []
    rank = (False, 0)
    for group in lines(seen, plan.table):
        cells = _measured(group, wanted, dimension, bool(re.search("执行率|完成率", plan.question)))
        here = (_captioned(plan, seen, group), len(cells))
        if here > rank and len(cells) > 1 and _about(plan, group):
            best, rank = cells, here
    if not best or not (wanted & _group_words(seen, [line for line, _, _ in best])):
        return None
    hits = [cell for cell in best if (_value(cell) < limit.base if below else _value(cell) > limit.base)]
    word = "低于" if below else "高于"
    if not hits:
        return Reply(f"没有：各项的{_column_name(best[0])}都不{word}{limit.text}。", tuple(f for _, f, _ in best[:1]))
    reasons = bool(re.search("原因|说明", plan.question))
    said = [_line_said(seen, *cell, reasons) for cell in hits]
    facts = [used for _, fact, made in hits for used in (fact, *(made.facts if made else ()))]
    return Reply(f"{_column_name(hits[0])}{word}{limit.text}：{'；'.join(said)}。", tuple(dict.fromkeys(facts)))


def _value(cell: tuple[Line, Fact, Result | None]) -> Decimal:
    """What is compared, in the base unit; of an execution rate the reported one where there is one."""
    _, fact, made = cell
    return made.value * made.unit.factor if made and fact in made.facts else fact.quantity.base


def _column_name(cell: tuple[Line, Fact, Result | None]) -> str:
    return "执行率" if cell[2] else _head(cell[1])


def _captioned(plan: Plan, seen: Lens, group: Sequence[Line]) -> bool:
    """Whether the table's caption names the kind of thing that is counted."""
    caption = _table(seen, group[0].report, group[0].table).caption if group else ""
    return any(word in plan.question and word in caption for word in ("项目", "采购", "人员", "收入", "三公", "指标"))


def _about(plan: Plan, group: Sequence[Line]) -> bool:
    """Whether a table's items are the kind that the question counts: 项目 or 指标."""
    scored = any("得分" in "".join(fact.measure) for line in group for fact in line.facts)
    return not (re.search(r"指标", plan.question) and not scored) and not ("项目" in plan.question and scored)


def _column(plan: Plan, dimension: str) -> frozenset[str]:
    words = re.sub(r"(低于|高于|超过|不足|小于|大于|不到|最).*", "", plan.question)
    return pairs(reduced(re.sub(r"哪(些|个|几个|一?项)?|项目|指标|表\d+中?的?", " ", words)))


def _head(fact: Fact) -> str:
    return "".join(fact.measure[-1].split())


def _line_said(seen: Lens, line: Line, fact: Fact, made: Result | None, reason: bool) -> str:
    if made:
        name = line.name.split("/")[0] if len(line.name) > 40 else line.name.replace("/", "·")
        reported = shown(fact.quantity) if fact not in made.facts else made.text
        said = f"{name}{reported}" + (f"（{made.working}）" if made.text == reported else "")
    else:
        said = f"{name_of(fact).removesuffix(_head(fact))}{shown(fact.quantity)}"
    if reason:
        why = reason_of(seen, line)
        said += f"，已说明：{why}" if why else "，未说明原因"
    return said


def reason_of(seen: Lens, line: Line) -> str:
    """What the row's own column of reasons or the prose says of why; "" where nothing does."""
    table = _table(seen, line.report, line.table)
    texts = grid(table)
    heads = [*range(table.header_rows), *(at for at in table.subheaders if at < line.row)]
    for col in range(table.cols):
        if any(REASON.search(texts[at][col]) for at in heads) and texts[line.row][col].strip():
            words = "".join(texts[line.row][col].split())
            if not quantities(words) or len(words) > 8:
                return words
    return prose_reason(seen, line.name)


def prose_reason(seen: Lens, name: str) -> str:
    """The sentence of the prose that names an item and gives a reason."""
    from ingest.terms import sentences

    own = pairs(reduced(name))
    for _, block in seen.blocks():
        for start, end in sentences(block.text):
            for clause in re.split("；", block.text[start:end]):
                said = pairs(reduced(clause))
                if re.search(r"原因|因为|由于|所致|因", clause) and seen.weight(own & said) >= 0.75 * seen.weight(own):
                    match = re.search(r"(?:主要)?原因(?:是|为|：)?(.+)|(?:由于|因为?)(.+)", clause)
                    if match:
                        return (match[1] or match[2] or "").strip("。；，")
    return ""


def _short_of_full(plan: Plan, seen: Lens) -> Reply | None:
    """Items whose score is below what it may be."""
    return _scores(seen, lambda full, got: got < full, "没有得满分", "所有指标都得满分")


def _over_full(plan: Plan, seen: Lens) -> Reply | None:
    return _scores(seen, lambda full, got: got > full, "得分超过分值", "没有得分超过分值的指标")


def _scores(seen: Lens, test: object, says: str, none: str) -> Reply | None:
    checked, hits = 0, []
    for group in lines(seen):
        for line in group:
            full, got = line.of(re.compile("分值|权重")), line.of(re.compile("得分"))
            if full and got:
                checked += 1
                if callable(test) and test(full.quantity.value, got.quantity.value):
                    hits.append((line, full, got))
    if not checked:
        return None
    if not hits:
        return Reply(f"没有：{none}。" if says != "没有得满分" else f"{none}。")
    said = [
        f"{name_of(got).removesuffix('得分').removesuffix('自评')}{_points(got)}（分值{_points(full)}）"
        for _, full, got in hits
    ]
    lead = "有，" if says == "得分超过分值" else ""
    return Reply(
        f"{lead}{says}的指标：{'；'.join(said)}。", tuple(fact for _, full, got in hits for fact in (got, full))
    )


def _points(fact: Fact) -> str:
    text = shown(fact.quantity)
    return text if text.endswith("分") else text + "分"


def _short_of_target(plan: Plan, seen: Lens) -> Reply | None:
    """Items whose outcome lies below their target, by their relation (≥ unless ≤ is written)."""
    hits, checked = [], 0
    for group in lines(seen):
        for line in group:
            target = next((fact for fact in line.facts if fact.basis == "目标"), None)
            done = next(
                (
                    f
                    for f in line.facts
                    if f.basis == "完成" and "分" not in f.measure[-1] and "率" not in f.measure[-1]
                ),
                None,
            )
            if not target or not done or target.quantity.unit.dimension != done.quantity.unit.dimension:
                continue
            checked += 1
            less = done.quantity.base < target.quantity.base
            if (
                (not less and done.quantity.base != target.quantity.base)
                if target.quantity.relation in ("≤", "<")
                else less
            ):
                hits.append((line, target, done))
    if not checked:
        return None
    if not hits:
        return Reply("没有：自评表中各项定量指标的完成值都达到目标值。")
    said = []
    for line, target, done in hits:
        why = reason_of(seen, line)
        said.append(
            f"{name_of(done).removesuffix(_head(done))}{shown(done.quantity)}（目标{shown(target.quantity)}{'，' + why if why else ''}）"
        )
    return Reply(f"没有达到目标值的指标：{'；'.join(said)}。", tuple(f for _, t, d in hits for f in (d, t)))


def score_beside(seen: Lens, fact: Fact, ask: Ask) -> list[tuple[str, Fact]]:
    """What a scoring row says beside an outcome or a score: the score got, or the score that could be got."""
    if ask.part not in ("得分", "完成") or fact.kind != "table":
        return []
    for group in lines(seen):
        for line in group:
            if fact in line.facts:
                other = line.of(re.compile("分值|权重" if ask.part == "得分" else "得分"))
                word = "分值" if ask.part == "得分" else "得"
                return [(f"（{word}{_points(other)}）", other)] if other and other is not fact else []
    return []


def extreme(plan: Plan, seen: Lens) -> Reply | None:
    """The highest or lowest of a column; execution rates are computed where the table prints none."""
    low = bool(LOWEST.search(plan.question))
    rate = re.search(r"执行率|完成率", plan.question)
    dimension = "ratio" if re.search(r"率|占比|比重|增速|快|慢", plan.question) else "money"
    wanted = _column(plan, dimension) or pairs("执行率")
    bare = plan.question.removeprefix(plan.hint)
    asked = pairs(
        content(re.sub(r"最.|哪.?(一?个|项|些|类)?|表\d*中?|[？?，,].*|金额|项目|预算|(?<!支)出?中", " ", bare))
    )
    best: list[tuple[Line, Fact, Result | None]] = []
    rank = (False, 0.0, 0)
    for group in lines(seen, plan.table):
        cells = _measured(group, wanted, dimension, bool(rate), basis_of(reduced(bare.partition("最")[0])))
        held = seen.weight(_group_words(seen, group) & asked)
        here = (_captioned(plan, seen, group), held, len(cells))
        if len(cells) > 1 and held >= 0.4 * seen.weight(asked) and here > rank:
            best, rank = cells, here
    if not best:
        return None
    ordered = sorted(best, key=_value, reverse=not low)
    count = _count(plan.question)
    picked = ordered[:count]
    said = "；".join(_extreme_said(plan, line, fact, made) for line, fact, made in picked)
    head = "执行率" if rate else _head(picked[0][1])
    lead = f"{head}{'最低' if low else '最高'}的是" if count == 1 else f"{head}{'最低' if low else '最高'}的依次是"
    facts = [used for _, fact, made in picked for used in (fact, *(made.facts if made else ()))]
    return Reply(f"{lead}{said}。", tuple(dict.fromkeys(facts)))


def _measured(
    group: Sequence[Line], wanted: frozenset[str], dimension: str, rate: bool, basis: str = ""
) -> list[tuple[Line, Fact, Result | None]]:
    """The figure of each row under one heading, with its calculation where it is an execution rate."""
    if rate:
        made = [(line, made) for line in group if (made := _executed(line))]
        if len(made) > 1:
            return [(line, line.of(re.compile("执行率|完成率")) or result.facts[0], result) for line, result in made]
    columns: dict[str, list[tuple[Line, Fact, Result | None]]] = {}
    for line in group:
        for fact in line.facts:
            if fact.quantity.unit.dimension == dimension and fact.basis != "差额":
                columns.setdefault("/".join(fact.measure), []).append((line, fact, None))
    return max(columns.items(), key=lambda item: _fit(item[0], item[1], wanted, basis), default=("", []))[1]


def _fit(
    heading: str, cells: Sequence[tuple[Line, Fact, Result | None]], wanted: frozenset[str], basis: str
) -> tuple[int, bool, int, bool, int]:
    """How well a column answers: its rows (a stray row with its own heading is none), words, spending first."""
    named = len(pairs(reduced(heading)) & wanted)
    spent = cells[0][1].basis == "决算"
    return (min(len(cells), 2), bool(basis) and basis in cells[0][1].basis, named, spent, len(cells))


def _executed(line: Line) -> Result | None:
    spent = next((f for f in line.facts if f.basis == "决算" and f.quantity.unit.dimension == "money"), None)
    for basis in ("调整后预算", "预算", "年初预算"):
        budget = next((f for f in line.facts if f.basis == basis and f.quantity.unit.dimension == "money"), None)
        if spent and budget:
            return ratio(spent, budget)
    return None


def _group_words(seen: Lens, group: Sequence[Line]) -> frozenset[str]:
    table = _table(seen, group[0].report, group[0].table) if group else None
    heads = {pair for line in group for fact in line.facts for pair in pairs(reduced("/".join(fact.measure)))}
    section = "/".join(table.section) if table else ""
    rate = "执行率" if any(_executed(line) for line in group) else ""
    return frozenset(heads) | pairs(reduced(f"{table.caption if table else ''}/{section}/{rate}"))


def _count(question: str) -> int:
    match = re.search(r"前([一二两三四五六七八九十\d]+)", question)
    if not match:
        return 1
    numerals = {char: at for at, char in enumerate("零一二三四五六七八九十")} | {"两": 2}
    return int(match[1]) if match[1].isdigit() else numerals.get(match[1], 1)


def _extreme_said(plan: Plan, line: Line, fact: Fact, made: Result | None) -> str:
    name = line.name.replace("/", "·") if len(line.name) < 40 else line.name.split("/")[0]
    if made:
        said = f"{name}，{made.working.replace('＝', '＝') if fact in made.facts else shown(fact.quantity) + '（' + made.working + '）'}"
    else:
        said = f"{name_of(fact).removesuffix(_head(fact))}，{shown(fact.quantity)}"
    if re.search(r"占(多少|比)", plan.question) and (share := line.of(re.compile("占|比重"))):
        said += f"，{_head(share)}{shown(share.quantity)}"
    return said


def listed(plan: Plan, seen: Lens) -> Reply | None:
    """哪8个一级项目, 列了哪些项目: the names of a table's rows."""
    if not re.search(
        r"列了?哪|哪[\d一二三四五六七八九十些几]+个?[^？]{0,4}(项目|指标|类)|有哪些(项目|一级|指标)", plan.question
    ):
        return None
    hint = pairs(reduced(plan.hint)) | pairs(reduced("项目" if "项目" in plan.question else "指标"))
    best: tuple[float, list[str], Line] | None = None
    for group in lines(seen, plan.table):
        if not group or (
            "项目" in plan.question and any("得分" in f.measure[-1] for line in group for f in line.facts)
        ):
            continue
        table = _table(seen, group[0].report, group[0].table)
        held = seen.weight(hint & pairs(reduced(table.caption)))
        names = _row_names(plan, group, table)
        if held and len(names) > 1 and (best is None or held > best[0]):
            best = (held, names, group[0])
    if best is None:
        return None
    count = re.search(r"[\d一二三四五六七八九十]+个", plan.question)
    number = f"{len(best[1])}个"
    text = (f"共{number}：" if count else "") + "、".join(best[1]) + "。"
    return Reply(text, citations=(place_of(seen, best[2]),), counted=((number, "逐行清点表中所列"),))


def _row_names(plan: Plan, group: Sequence[Line], table: Table) -> list[str]:
    """Names of the item rows, those under the heading that the question names (一级项目) where a column has it."""
    texts = grid(table)
    head = re.search(r"([一二三]级(?:项目|指标))", plan.question)
    for col in range(table.cols):
        tops = [row for row in range(table.rows) if head and head[1] in texts[row][col]]
        if tops:
            below = [texts[row][col] for row in range(tops[-1] + 1, table.rows)]
            return list(dict.fromkeys("".join(text.split()) for text in below if text.strip()))
    full = max((len(line.facts) for line in group), default=0)
    return list(dict.fromkeys(line.name.replace("/", "·") for line in group if len(line.facts) * 2 >= full))


def rest_of(plan: Plan, seen: Lens) -> Reply | None:
    """除X外还有哪些有数: rows of a table other than one, with figures that are not zero."""
    match = re.search(r"除(.+?)(?:以)?外[^？]*(有数|不为|非零|有金额)", plan.question)
    if not match:
        return None
    hint = pairs(reduced(plan.hint + plan.question))
    groups = sorted(lines(seen, plan.table), key=lambda g: -seen.weight(hint & _group_words(seen, g)) if g else 0)
    apart = pairs(reduced(match[1]))
    for group in groups:
        rest = [line for line in group if seen.weight(apart & pairs(reduced(line.name))) < 0.8 * seen.weight(apart)]
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


def place_of(seen: Lens, line: Line, col: int | None = None) -> Citation:
    """A quotation of a whole row."""
    table = _table(seen, line.report, line.table)
    place = Place(line.report, table.page, table.block, table.number, line.row, col)
    return Citation(
        place,
        "｜".join(text for text in grid(table)[line.row] if text.strip()),
        describe(place, seen.reports[line.report]),
    )


def row_text(seen: Lens, ask: Ask, words: re.Pattern[str]) -> tuple[str, Citation] | None:
    """A cell of words (主要实施内容、扣分原因) in the row that the ask names."""
    wanted = pairs(ask.phrase) | pairs(reduced(ask.text))
    best: tuple[float, Line] | None = None
    for group in lines(seen):
        for line in group:
            own = pairs(reduced(line.name))
            held = seen.weight(own & wanted) / seen.weight(own) if own else 0.0
            if held >= 0.8 and (best is None or held > best[0]):
                best = (held, line)
    if best is None:
        return None
    line = best[1]
    table = _table(seen, line.report, line.table)
    texts = grid(table)
    heads = [*range(table.header_rows), *(at for at in table.subheaders if at < line.row)]
    for col in range(table.cols):
        if any(words.search(texts[at][col]) for at in heads) and texts[line.row][col].strip():
            return "".join(texts[line.row][col].split()), place_of(seen, line, col)
    return None
