"""The item rows of tables: their figures, names, reasons and words. Totals are no items.

Compares nothing and answers nothing; see ranking and listing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation
from assistant.builtin.facts.lens import Lens, years_of
from assistant.builtin.facts.wholes import TOTAL
from assistant.builtin.question.lexicon import pairs, reduced
from assistant.builtin.question.plan import Ask
from assistant.builtin.reply import shown
from assistant.calculate import Result, ratio
from assistant.wording import describe
from ingest.fact import Fact
from ingest.numerals import numeral
from ingest.quantity import quantities, unit
from ingest.report import Place, Table, grid
from ingest.terms import is_total

REASON = re.compile(r"原因|偏差|说明|备注|[评得]分依据")
PRINTED = re.compile(r"表\s*(\d{1,2}(?=20\d\d年)|\d+(?:[-－.．]\d+)*|[一二三四五六七八九十]+)")
"""The number of a table as its caption prints it, its year may stand right behind (表32024年收支情况)."""
SEVERAL = re.compile("[、，,；;/]")
"""Between the words of one cell."""
FULL = re.compile("分值|权重|标准分|满分")
GOT = re.compile("得分|评分")
"""Heads of what an indicator may score, and of what it scored."""
KIND = re.compile("类?指标$|类$")
LONG = 6
"""A kind has at most so many characters."""
AS_KIND = "(?:类|方面|维度|部分|(?:的?(?:各项?|所有|全部))?指标)"
"""How a kind of rows ends in its table, and what a question says behind it."""
MONEY = re.compile("(?:资金|支出|预算|经费)(?:总额|合计|总计)?$|总额$")


@dataclass(frozen=True, slots=True)
class Line:
    """One item row with its facts by column heading."""

    name: str
    facts: tuple[Fact, ...]
    table: int
    row: int
    report: str
    down: bool = False
    """Whether the items stand in the head of the table (项目作列): then `row` numbers a column."""

    @property
    def item(self) -> str:
        """The innermost part of its name."""
        return self.name.rpartition("/")[2]

    def of(self, words: re.Pattern[str]) -> Fact | None:
        """The fact whose heading holds these words."""
        return next((fact for fact in self.facts if words.search("".join(fact.measure))), None)


DONE = re.compile("实际(?:值|数|完成)|(?:全年|年末|年度)?(?:完成|达成|实现)(?:值|数|情况)?$")
"""The head of a column of outcomes."""


def lines(seen: Lens, table: str = "") -> list[list[Line]]:
    """Item rows by table, tables in reading order; `table` is the number that the caption prints.

    The kinds that a table sums up by themselves (类别 with a 小计 each) follow as rows of their own.
    """
    made: dict[tuple[str, int], list[Fact]] = {}
    for fact in seen.facts:
        place = fact.place
        if fact.kind == "table" and place.table is not None and place.row is not None and fact.subject:
            made.setdefault((place.report, place.table), []).append(fact)
    found = []
    for (report, number), facts in made.items():
        sheet = table_at(seen, report, number)
        if table and not numbered(sheet, table):
            continue
        every = items_of(facts)
        found.append([line for line in every if not _sums(line.name) or _is_item(line)])
        totals = (line for line in every if _sums(line.name) and not line.down)
        kinds = [replace(line, name=kind) for line in totals if (kind := kind_above(sheet, line.row))]
        found += [kinds] if len(kinds) > 1 else []
    return found


def items_of(facts: Sequence[Fact]) -> list[Line]:
    """The things of one table that figures are of, each a row, or each a column where they stand in the head."""
    where: dict[str, set[int | None]] = {}
    for fact in facts:
        where.setdefault(fact.subject, set()).add(fact.place.row)
    down = 2 * sum(len(rows) > 1 for rows in where.values()) > len(where) and all(
        len({fact.place.col for fact in facts if fact.subject == subject}) == 1 for subject in where
    )
    made: dict[tuple[int, str], list[Fact]] = {}
    for fact in facts:
        made.setdefault(((fact.place.col if down else fact.place.row) or 0, fact.subject), []).append(fact)
    place = facts[0].place
    return [Line(name, tuple(own), place.table or 0, at, place.report, down) for (at, name), own in made.items()]


def sheet_of(seen: Lens, line: Line) -> tuple[Sequence[Sequence[str]], tuple[int, ...]]:
    """The texts of a line's table with its item as a row, and which of them are heads."""
    table = table_at(seen, line.report, line.table)
    texts = grid(table)
    if line.down:
        return tuple(zip(*texts, strict=True)), tuple(range(max(table.header_cols, 1)))
    return texts, (*range(table.header_rows), *(at for at in table.subheaders if at < line.row))


def _is_item(line: Line) -> bool:
    return "年度资金" in line.name or is_scored(line.name, line.facts)


def is_scored(subject: str, facts: Sequence[Fact]) -> bool:
    """Whether a total of money (年度支出总额) is an item among scores: it is scored by its execution."""
    return bool(MONEY.search(subject)) and any(fact.dimension == "score" for fact in facts)


def _sums(subject: str) -> bool:
    return is_total(subject) or bool(TOTAL.search(subject))


def numbered(table: Table, number: str) -> bool:
    """Whether a caption prints this number (表3, 表3-1); 表3-1 is not table 3, 表五 is table 5."""
    return _in_digits(number) in map(_in_digits, PRINTED.findall(table.caption))


def _in_digits(number: str) -> str:
    read = numeral(number)
    return str(read[0]) if read else number


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
    texts, heads = sheet_of(seen, line)
    for col, text in enumerate(texts[line.row]):
        if any(REASON.search(texts[at][col]) for at in heads) and text.strip():
            words = "".join(text.split())
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
                if (
                    re.search(r"原因|因为|由于|所致|因(?![素子地])|(?<=[，,])系(?![统列数])", clause)
                    and seen.covered(own, said) >= 0.75
                ):
                    match = re.search(r"(?:主要)?原因(?:是|为|：)?(.+)|(?:由于|因为?(?![素子地]))(.+)", clause)
                    if match:
                        return (match[1] or match[2] or "").strip("。；，")
    return ""


def cell_text(seen: Lens, line: Line, head: re.Pattern[str]) -> str:
    """The words in a row under the heading that holds these words; "" where no column does."""
    texts, heads = sheet_of(seen, line)
    under = (text for col, text in enumerate(texts[line.row]) if any(head.search(texts[at][col]) for at in heads))
    return "".join(next(under, "").split())


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
                other = line.of(FULL if ask.part == "得分" else GOT)
                word = "分值" if ask.part == "得分" else "得"
                return [(f"（{word}{points(other)}）", other)] if other and other is not fact else []
    return []


def executed(line: Line) -> Result | None:
    """Spending over budget of a row; of several years the latest, never one year's over another's."""
    money = [fact for fact in line.facts if fact.dimension == "money"]
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


VERDICT = re.compile("(?:[未已]|没有?|不|基本|全部|部分)?(?:完成|达标|实现|达到|达成|通过)")
"""What a cell says became of its row; a question of that means all rows, not those that say it."""


def words_beside(seen: Lens, line: Line) -> tuple[str, ...]:
    """What else than its name and its figures a row says: its kind (类别), who answers for it (责任部门)."""
    name = reduced(line.name)
    parts = (part for text in sheet_of(seen, line)[0][line.row] for part in SEVERAL.split("".join(text.split())))
    words = (word for part in parts if len(word := reduced(part)) > 1 and word not in name)
    return tuple(word for word in words if not (unit(word) or quantities(word) or VERDICT.fullmatch(word)))


def told_beside(seen: Lens, group: Sequence[Line], question: str) -> frozenset[str]:
    """The words that stand beside all rows of a group and that a question says (城市建设科的项目中)."""
    said = reduced(question)
    beside = [{word for word in words_beside(seen, line) if word in said} for line in group]
    return pairs("/".join(set.intersection(*beside))) if beside else frozenset()


def told_apart(seen: Lens, group: Sequence[Line], words: str) -> list[Line]:
    """The rows that say beside their name what some words say (待遇保障科负责的, 产出类), all where the words say none
    of it."""
    said = reduced(words)
    named = any(reduced(line.item) in said for line in group)
    mine = [line for line in group if any(word in said for word in words_beside(seen, line))]
    return mine if mine and not named else list(group)


def of_kind(seen: Lens, group: Sequence[Line], words: str) -> list[Line]:
    """The rows that stand under a kind which some words name as such (过程类, 产出指标中); [] where they name none."""
    said = reduced(words)
    beside = [_kinds(seen, line) for line in group]
    named = {word for each in beside for word in each if re.search(re.escape(word) + AS_KIND, said)}
    kinds = {word for word in named if not any(word != other and word in other for other in named)}
    mine = [line for line, each in zip(group, beside, strict=True) if kinds & each]
    return mine if len(mine) < len(group) else []


def _kinds(seen: Lens, line: Line) -> frozenset[str]:
    """What a row may stand under: 产出 of 产出指标（50分）."""
    texts = (re.sub(r"[（(].*|\d.*", "", "".join(text.split())) for text in sheet_of(seen, line)[0][line.row])
    kinds = {KIND.sub("", reduced(text)) for text in texts}
    return frozenset(kind for kind in kinds - {reduced(line.item)} if 1 < len(kind) <= LONG)


def is_outcome(fact: Fact) -> bool:
    """Whether a figure of a scoring row is what was reached (完成值、实际值), not its share or its score."""
    head = fact.measure[-1]
    return (fact.basis == "完成" or (not fact.basis and bool(DONE.match(head)))) and not re.search("[率分]", head)


def place_of(seen: Lens, line: Line) -> Citation:
    """A quotation of a whole row."""
    table = table_at(seen, line.report, line.table)
    row, col = (None, line.row) if line.down else (line.row, None)
    place = Place(line.report, table.page, table.block, table.number, row, col)
    return Citation(
        place,
        "｜".join(text for text in sheet_of(seen, line)[0][line.row] if text.strip()),
        describe(place, seen.reports[line.report]),
    )
