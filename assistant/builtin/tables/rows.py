"""The item rows of tables: their figures, names, reasons and words. Totals are no items.

Compares nothing; see ranking.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation
from assistant.builtin.facts.finding import share
from assistant.builtin.facts.lens import Lens, years_of
from assistant.builtin.facts.wholes import TOTAL
from assistant.builtin.question.lexicon import pairs, reduced
from assistant.builtin.question.plan import Ask, Plan
from assistant.builtin.reply import Reply, shown
from assistant.calculate import Result, ratio
from assistant.wording import describe
from ingest.fact import Fact
from ingest.quantity import quantities
from ingest.report import Place, Table, grid
from ingest.terms import is_total

ALL = 0.9
"""Share of the words of a heading asked for that a column's own heading must say."""
REASON = re.compile(r"原因|偏差|说明|备注")
MONEY = re.compile("(?:资金|支出|预算|经费)(?:总额|合计|总计)?$")


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


DONE = re.compile("实际(?:值|数|完成)|(?:全年|年末|年度)?(?:完成|达成|实现)(?:值|数|情况)?$")
"""The head of a column of outcomes."""


def lines(seen: Lens, table: str = "") -> list[list[Line]]:
    """Item rows by table, tables in reading order; `table` is the number that the caption prints.

    The kinds that a table sums up by themselves (类别 with a 小计 each) follow as rows of their own.
    """
    made: dict[tuple[str, int], dict[tuple[int, str], list[Fact]]] = {}
    for entry in seen.entries:
        place = entry.fact.place
        if entry.fact.kind == "table" and place.table is not None and place.row is not None and entry.fact.subject:
            rows = made.setdefault((place.report, place.table), {})
            rows.setdefault((place.row, entry.fact.subject), []).append(entry.fact)
    found = []
    for (report, number), rows in made.items():
        sheet = table_at(seen, report, number)
        if table and not numbered(sheet, table):
            continue
        every = [Line(subject, tuple(facts), number, row, report) for (row, subject), facts in rows.items()]
        found.append([line for line in every if not _sums(line.name) or _is_item(line)])
        totals = (line for line in every if _sums(line.name))
        kinds = [replace(line, name=kind) for line in totals if (kind := kind_above(sheet, line.row))]
        found += [kinds] if len(kinds) > 1 else []
    return found


def _is_item(line: Line) -> bool:
    return "年度资金" in line.name or is_scored(line.name, line.facts)


def is_scored(subject: str, facts: Sequence[Fact]) -> bool:
    """Whether a total of money (年度支出总额) is an item among scores: it is scored by its execution."""
    return bool(MONEY.search(subject)) and any(fact.quantity.unit.dimension == "score" for fact in facts)


def _sums(subject: str) -> bool:
    return is_total(subject) or bool(TOTAL.search(subject))


def numbered(table: Table, number: str) -> bool:
    """Whether a caption prints this number (表3, 表3-1); 表3-1 is not table 3."""
    return bool(re.search(rf"表\s*{re.escape(number)}(?!\d|[-－.．]\d)", table.caption))


def are_kinds(group: Sequence[Line]) -> bool:
    """Whether the rows of a group are the kinds that a table sums up by themselves."""
    return bool(group) and any(_sums(fact.subject) for fact in group[0].facts) and not _sums(group[0].name)


def kind_above(table: Table, row: int) -> str:
    """The kind (类别) that a row 小计 sums up: what the rows right above it stand under; "" for any other total."""
    texts = [["".join(text.split()) for text in cells[:2]] for cells in grid(table)]
    if "小计" not in texts[row] or table.cols < 2:
        return ""
    if not _sums(texts[row][0]):
        return texts[row][0]
    above = range(row - 1, table.header_rows - 1, -1)
    start = next((at + 1 for at in above if any(map(_sums, texts[at]))), table.header_rows)
    stood = {texts[at][0] for at in range(start, row)}
    named = any(texts[at][0] != texts[at][1] for at in range(start, row))
    return stood.pop() if len(stood) == 1 and named else ""


def table_at(seen: Lens, report: str, number: int) -> Table:
    return next(table for table in seen.reports[report].tables if table.number == number)


def heading(fact: Fact) -> str:
    return "".join(fact.measure[-1].split())


def reason_of(seen: Lens, line: Line) -> str:
    """What the row's own column of reasons or the prose says of why; "" where nothing does."""
    table = table_at(seen, line.report, line.table)
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
                if re.search(r"原因|因为|由于|所致|因|(?<=[，,])系(?![统列数])", clause) and seen.weight(
                    own & said
                ) >= 0.75 * seen.weight(own):
                    match = re.search(r"(?:主要)?原因(?:是|为|：)?(.+)|(?:由于|因为?)(.+)", clause)
                    if match:
                        return (match[1] or match[2] or "").strip("。；，")
    return ""


def cell_text(seen: Lens, line: Line, head: re.Pattern[str]) -> str:
    """The words in a row under the heading that holds these words; "" where no column does."""
    table = table_at(seen, line.report, line.table)
    texts = grid(table)
    for col in range(table.cols):
        if any(head.search(texts[at][col]) for at in range(table.header_rows)):
            return "".join(texts[line.row][col].split())
    return ""


def points(fact: Fact) -> str:
    text = shown(fact.quantity)
    return text if text.endswith("分") else text + "分"


def score_beside(seen: Lens, fact: Fact, ask: Ask) -> list[tuple[str, Fact]]:
    """What a scoring row says beside an outcome or a score: the score got, or the score that could be got."""
    if ask.part not in ("得分", "完成") or fact.kind != "table":
        return []
    for group in lines(seen):
        for line in group:
            if fact in line.facts:
                other = line.of(re.compile("分值|权重" if ask.part == "得分" else "得分"))
                word = "分值" if ask.part == "得分" else "得"
                return [(f"（{word}{points(other)}）", other)] if other and other is not fact else []
    return []


def executed(line: Line) -> Result | None:
    """Spending over budget of a row; of several years the latest, never one year's over another's."""
    money = [fact for fact in line.facts if fact.quantity.unit.dimension == "money"]
    for spent in sorted((fact for fact in money if fact.basis == "决算"), key=_year_of, reverse=True):
        for basis in ("调整后预算", "预算", "年初预算"):
            budget = next((f for f in money if f.basis == basis and _year_of(f) in (_year_of(spent), 0)), None)
            if budget:
                return ratio(spent, budget)
    return None


def _year_of(fact: Fact) -> int:
    return max(years_of(fact.period), default=0)


def group_words(seen: Lens, group: Sequence[Line]) -> frozenset[str]:
    table = table_at(seen, group[0].report, group[0].table) if group else None
    heads = {pair for line in group for fact in line.facts for pair in pairs(reduced("/".join(fact.measure)))}
    section = "/".join(table.section) if table else ""
    rate = "执行率" if any(executed(line) for line in group) else ""
    return frozenset(heads) | pairs(reduced(f"{table.caption if table else ''}/{section}/{rate}"))


LISTS = re.compile(
    r"列了?哪|哪[\d一二三四五六七八九十些几]+个?[^？]{0,4}(项目|指标|类)|有哪些(项目|一级|指标)|(项目|指标)(都|分别|一共)?(有|是|包括)哪"
)
KIND = re.compile(r"哪(?:[\d一二三四五六七八九十]+|些|几)[个项种类]?([一-龥]{2,10}?)(?:[，,？?。]|各|分别|$)")
"""哪些固定资产类别: the kind of thing that is to be listed."""


def listed(plan: Plan, seen: Lens) -> Reply | None:
    """哪8个一级项目, 哪些资产类别，原值各多少: the names of a table's rows, with the figure asked for."""
    if not LISTS.search(plan.question):
        return None
    kind = KIND.search(plan.question)
    thing = "项目" if "项目" in plan.question else kind[1] if kind and "指标" not in plan.question else "指标"
    hint = pairs(reduced(plan.hint)) | pairs(reduced(thing))
    count = re.search(r"[\d一二三四五六七八九十]+个", plan.question)
    asked = next((int(said.value) for said in quantities(count[0])), 0) if count else 0
    best: tuple[tuple[bool, float], list[str], list[Line]] | None = None
    for group in lines(seen, plan.table):
        if not group or (
            "项目" in plan.question and any("得分" in f.measure[-1] for line in group for f in line.facts)
        ):
            continue
        table = table_at(seen, group[0].report, group[0].table)
        held = seen.weight(hint & pairs(reduced(f"{table.caption}/{_corner(table)}")))
        names = _row_names(plan, group, table)
        rank = (len(names) == asked, held)
        doubtful = bool(asked) and len(names) != asked and not table.certain
        if held and len(names) > 1 and not doubtful and (best is None or rank > best[0]):
            best = (rank, names, group)
    if best is None:
        return None
    _, names, group = best
    side = _side_asked(plan, seen, group)
    if side:
        said = "；".join(f"{line.name.replace('/', '·')}{shown(fact.quantity)}" for line, fact in side)
        return Reply(f"{heading(side[0][1])}：{said}。", tuple(fact for _, fact in side))
    number = f"{len(names)}个"
    text = (f"共{number}：" if count else "") + "、".join(names) + "。"
    return Reply(text, citations=(place_of(seen, group[0]),), counted=((number, "逐行清点表中所列"),))


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


def words_beside(seen: Lens, line: Line) -> tuple[str, ...]:
    """What else than its name and its figures a row says: its kind (类别), who answers for it (责任部门)."""
    table = table_at(seen, line.report, line.table)
    name = reduced(line.name)
    cells = ("".join(text.split()) for text in grid(table)[line.row])
    return tuple(
        word for cell in cells if (word := reduced(cell)) not in name and len(word) > 1 and not quantities(cell)
    )


def is_outcome(fact: Fact) -> bool:
    """Whether a figure of a scoring row is what was reached (完成值、实际值), not its share or its score."""
    head = fact.measure[-1]
    return (fact.basis == "完成" or (not fact.basis and bool(DONE.match(head)))) and not re.search("[率分]", head)


def place_of(seen: Lens, line: Line, col: int | None = None) -> Citation:
    """A quotation of a whole row."""
    table = table_at(seen, line.report, line.table)
    place = Place(line.report, table.page, table.block, table.number, line.row, col)
    return Citation(
        place,
        "｜".join(text for text in grid(table)[line.row] if text.strip()),
        describe(place, seen.reports[line.report]),
    )
