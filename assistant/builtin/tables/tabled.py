"""A question answered from the cells of whichever table names what it asks for, words and figures alike.

For what the ledger has no measure of: it reads rows and columns as they stand, computes nothing, and keeps silent
unless the names of one table account for (nearly) all that the question says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.builtin.facts.finding import another_side
from assistant.builtin.facts.lens import Lens, years_of
from assistant.builtin.facts.namesake import ASKING
from assistant.builtin.layout.cells import Chosen, asking, chosen
from assistant.builtin.question.families import excluded, levels
from assistant.builtin.question.lexicon import anyof, content, kinds, pairs, pattern, spelled
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, converted, say, shown
from assistant.wording import describe
from ingest.fact import Fact
from ingest.layout.headers import is_filler
from ingest.layout.words import squeeze
from ingest.quantity import quantities
from ingest.report import Place, Report, Table, cell_at, grid
from ingest.terms import is_total

SURE = 0.9
"""The share of a question's telling words that the names of one table must account for."""
ACCOUNTED = 0.8
"""The same where nothing else answers."""
NEARLY = 0.75
"""How much of each name a question must hold to be sure of it, and to go by it at all."""
LOOSE = 0.5
LIKELY_ENOUGH = 0.75
"""The share of a question accounted for by a heading and a value that it gives."""
MEASURE = re.compile(r"[一-龥](?:率|度|比|额|量|费|值)$")
"""The end of the name of a measure."""
NUMBER = re.compile("多少(?!分)|率是|度是")
WEIGHT = re.compile("(?:分值|权重|满分)$")
SELDOM = ("why", "narrative", "findings", "recompute", "identity", "sum_check", "agree", "either", "where")
"""Kinds of question that ask for more than what stands in cells."""
CHECKED = ("filter", "findings", "recompute", "identity", "sum_check", "agree", "either", "where")
"""Kinds that are never a look-up, whatever a table names."""
MOST = 60
"""More cells than this are no answer."""
LIKELY = 6
"""Tables looked at closely for a question: those whose texts hold most of its words."""


def people(plan: Plan, seen: Lens) -> Reply | None:
    """谁, where a table says who."""
    found = best(plan, seen, SURE) if pattern("ask_person").search(plan.question) else None
    return said(found, seen, plan.question) if found and sure(found) else None


def by_value(plan: Plan, seen: Lens) -> Reply | None:
    """哪些措施要在6月底前完成: the words under the heading asked for in the rows where the question says what stands
    under another."""
    found = best(plan, seen, LIKELY_ENOUGH) if "哪" in plan.question else None
    if (
        found is None
        or not found.chosen.given
        or found.chosen.ratio < 1
        or UNMET.search(rest_of(plan.question, found.chosen))
    ):
        return None
    facts, texts = seen.figures_of(found.report, found.table), grid(found.table)
    figures = any(_is_figure(facts.get(at), texts[at[0]][at[1]]) for at in found.chosen.at)
    return None if figures else said(found, seen, plan.question)


def labelled(plan: Plan, seen: Lens) -> Reply | None:
    """The cells where row and column are both named, the words of an operation included (增减比例, 合计)."""
    if not plan.kind or plan.kind in CHECKED:
        return None
    found = best(plan, seen, SURE)
    if found is None or not sure(found) or kind_of(rest_of(plan.question, found.chosen)):
        return None
    if len(found.chosen.at) < len(plan.asks):
        return None  # one column of several that are asked for
    return said(found, seen, plan.question)


def either(plan: Plan, seen: Lens, ledger: Reply | None) -> Reply | None:
    """The ledger's answer, or the cells of a table where these account for more of the question."""
    if plan.kind or (ledger and not ledger.missing and not any(fact.kind == "table" for fact in ledger.facts)):
        return ledger
    found = best(plan, seen, SURE)
    if found is None or found.chosen.ratio < NEARLY or not found.chosen.row or not fits(plan, found, seen):
        return ledger
    if ledger is None or ledger.refused or (ledger.missing and not any("未填" in one for one in ledger.missing)):
        if _beside(plan, found, seen):
            return ledger
        return said(found, seen, plan.question)
    if not sure(found) or found.chosen.ratio < 1:
        return ledger
    own = {(found.report.id, found.table.number, *at) for at in found.chosen.at}
    places = [{(one.report, one.table, one.row, one.col) for one in (fact.place, *fact.also)} for fact in ledger.facts]
    within = all(any(one[:2] == (found.report.id, found.table.number) for one in each) for each in places)
    told = set().union(*places)
    more = [fact for fact, each in zip(ledger.facts, places, strict=True) if not each & own]
    totals = bool(more) and all(is_total(fact.subject) for fact in more)
    return said(found, seen, plan.question) if within and (totals or not own & told) else ledger


def tabled(plan: Plan, seen: Lens) -> Reply | None:
    """What a table says of the question where nothing else does: also the first column where none is named."""
    if plan.kind in SELDOM or (plan.kind == "sum" and len(plan.asks) > 1):
        return None  # cells one beside the other are not added up
    found = best(plan, seen, ACCOUNTED)
    if found is None or found.chosen.ratio < LOOSE or not fits(plan, found, seen):
        return None
    each = EACH.search(plan.question)
    if not each and not found.chosen.row:
        return None
    if _beside(plan, found, seen):
        return None
    if each and not found.chosen.named and each[1] not in found.chosen.corner:
        return None
    texts, facts = grid(found.table), seen.figures_of(found.report, found.table)
    if GOODS.search(plan.question) and all(_is_figure(facts.get(at), texts[at[0]][at[1]]) for at in found.chosen.at):
        return None  # what was bought is no sum of money
    empty = sum(is_filler(texts[row][col]) for row, col in found.chosen.at)
    return said(found, seen, plan.question) if found.chosen.named or empty * 2 <= len(found.chosen.at) else None


def _beside(plan: Plan, found: Named, seen: Lens) -> bool:
    """Whether a row's first column stands in for what was asked of it: 结余, or the figure of another year."""
    if found.chosen.named:
        return False
    years = [set(years_of(label)) for label in found.chosen.labels]
    return bool(UNMET.search(rest_of(plan.question, found.chosen))) or any(own - {seen.year} for own in years)


UNMET = re.compile("结余|结转|剩余|增减|得分|分值|目标|完成值|占比|比重|执行|支出|预算|决算")
"""Words of a measure that no heading of the table has met."""
GOODS = re.compile("(?:买|购置?|采购|添置|配备|更新|储备)了?(?:有|的|是)?哪些")
"""买了哪些物资: asks for things, told in words."""
EACH = re.compile(r"(?:各|每|所有|全部)(?:个|位|类|项)?([一-龥]{2})")
"""各股东, 每个项目: the things of which all rows are asked for."""


@dataclass(frozen=True, slots=True)
class Named:
    """The cells of one table that a question names, and how much of the question they account for."""

    chosen: Chosen
    table: Table
    report: Report
    fit: float


def sure(found: Named) -> bool:
    """Whether row and column are named, each nearly in full."""
    return found.chosen.named and found.chosen.ratio >= NEARLY


def fits(plan: Plan, found: Named, seen: Lens) -> bool:
    """Whether the cells hold the kind of figure that is asked for, where the words say which."""
    measure = MEASURE.search(ASKING.sub("", plan.question))
    if measure and measure[0] not in spelled("/".join((*found.chosen.names, *found.chosen.labels))):
        return False  # 满意度 is not to be had from the row's other columns
    line = "".join(text for row, _ in found.chosen.at for text in grid(found.table)[row])
    if another_side(seen, ASKING.sub("", plan.question), (*found.chosen.names, *found.chosen.labels), line):
        return False  # nor the 中标金额 from any of them
    if "分" not in plan.question and any(WEIGHT.search(label.split("的")[-1]) for label in found.chosen.labels):
        return False  # nor from what the indicator weighs
    texts = grid(found.table)
    if NUMBER.search(plan.question) and not any(quantities(texts[row][col]) for row, col in found.chosen.at):
        return all(is_filler(texts[row][col]) for row, col in found.chosen.at)  # words are no number
    kinds_asked = {one.dimension for one in plan.asks if one.dimension}
    facts = seen.figures_of(found.report, found.table)
    told = {facts[at].basis for at in found.chosen.at if at in facts}
    if "调整" in told and any(one.basis == "调整后预算" for one in plan.asks):
        return False  # what a budget was changed by is not what it came to
    held = {facts[at].dimension for at in found.chosen.at if at in facts}
    return not held or not kinds_asked or bool(held & (kinds_asked | {"none"}))


def best(plan: Plan, seen: Lens, floor: float) -> Named | None:
    """The cells that account for most of a question, those of the first table among equals."""
    first: Named | None = None
    question = plan.question.removeprefix(plan.hint)
    for report, table in likely(plan.question, seen):
        found = chosen(question, seen.layers_of(report, table))
        if found is None or len(found.at) > MOST or _other(question, found, table, report):
            continue
        one = Named(found, table, report, accounted(question, found, table, report, seen))
        if one.fit >= floor and (first is None or one.fit > first.fit + 0.01):
            first = one
    return first


def _other(question: str, found: Chosen, table: Table, report: Report) -> bool:
    """Whether the cells are named by another word of a family than the one asked for (PM2.5 for PM10)."""
    around = "/".join((table.caption, *table.section[-1:], levels(report.department)))
    return excluded(question, "/".join((*found.names, *found.labels)), around)


def rest_of(question: str, found: Chosen) -> str:
    """What the names leave of a question."""
    return "".join(char if at not in found.said else " " for at, char in enumerate(asking(question)))


def kind_of(text: str) -> str:
    """The kind of question that some words make."""
    return next((name for name, looks in kinds() if looks.search(text)), "")


def likely(question: str, seen: Lens) -> Iterator[tuple[Report, Table]]:
    """The tables whose texts hold most of a question's words, the best first."""
    wanted = pairs(spelled(question))
    ranked = []
    for reading in seen.readings:
        for table in reading.report.tables:
            if not table.hidden:
                held = seen.weight(wanted & seen.words_of(reading.report, table))
                ranked.append((-held, reading.report.id, table.number, reading.report, table))
    ranked.sort(key=lambda one: one[:3])
    for held, _, _, report, table in ranked[:LIKELY]:
        if held:
            yield report, table


def accounted(question: str, found: Chosen, table: Table, report: Report, seen: Lens) -> float:
    """How much of what a question says the names found account for, with the table's caption and the report itself."""
    around = pairs(spelled(f"{table.caption}/{table.section[-1] if table.section else ''}/{report.department}"))
    known = pairs(spelled("/".join(found.names))) | around
    asked = asking(question)
    rest = rest_of(question, found)
    if found.named and found.ratio == 1 and len(found.names) > 1:
        rest = rest[min(found.said) :]  # what stands before only says where the row belongs
    left = pairs(telling(rest)) & pairs(asked)
    total = seen.weight(pairs(telling(asked)) - around)
    return 1 - seen.weight(left - known) / total if total else 0.0


def telling(text: str) -> str:
    """The words of a question that say which cell it asks for."""
    return content(anyof("cells", "idle").sub(" ", text))


def said(found: Named, seen: Lens, question: str) -> Reply:
    """The cells in words, each with the names of its row and column; an empty one is said to be empty."""
    table, report = found.table, found.report
    facts = seen.figures_of(found.report, found.table)
    texts = grid(table)
    parts, used, quotes, empty = [], [], [], []
    for (row, col), name in zip(found.chosen.at, found.chosen.labels, strict=True):
        place = Place(report.id, page(table, row, col), table.block, table.number, row, col)
        row_words = "｜".join(dict.fromkeys(text.strip() for text in texts[row] if text.strip()))
        quotes.append(Citation(place, row_words, describe(place, report)))
        fact = facts.get((row, col))
        if is_filler(texts[row][col]) and squeeze(texts[row][col]) != "无":
            mark = f"“{squeeze(texts[row][col])}”" if squeeze(texts[row][col]) else "空白"
            empty.append(name)
            alone = say("blank", name=name, place=describe(place, report), mark=mark).rstrip("。")
            parts.append(alone if len(found.chosen.at) == 1 else f"{name}未填（{mark}，不等于0）")
            continue
        if fact is not None:
            used.append(fact)
        in_unit = converted(fact, question) if fact is not None else ""
        parts.append(f"{name}为{figure(fact, texts[row][col], table)}{in_unit}")
    return Reply(
        "；".join(parts) + "。",
        tuple(used),
        tuple(quotes),
        missing=tuple(f"{name}（表中未填）" for name in empty),
        refused=len(empty) == len(parts),
        cells=tuple(quote.place for quote in quotes),
    )


def page(table: Table, row: int, col: int) -> int | None:
    """The page that a cell stands on."""
    cell = cell_at(table, row, col)
    return (cell.page if cell else None) or table.page


def figure(fact: Fact | None, text: str, table: Table) -> str:
    """What stands in a cell: the figure with its unit, or its words."""
    if fact is not None and _is_figure(fact, text):
        return shown(fact.quantity)
    return re.sub(r"\s+", " ", text.strip())


def _is_figure(fact: Fact | None, text: str) -> bool:
    """Whether a cell holds a figure and nothing else but its unit; a figure within a sentence is no more than said."""
    return fact is not None and len(squeeze(text)) <= len(squeeze(fact.quantity.text)) + 2
