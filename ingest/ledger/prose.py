"""Facts of prose: the claims of every sentence with their place, period and basis.

Goals are told from results by the headings and words that announce them. Nothing is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.fact import Basis, Fact
from ingest.ledger.labels import bare_end, said
from ingest.ledger.sentence import Claim, Thread, claims
from ingest.quantity import Quantity, quantities
from ingest.report import Block, Place, Report
from ingest.terms import basis_of, basis_words, canonical, is_alias, plain, sentences
from ingest.wording import words

_CONTENTS = re.compile(r"…{4,}|\.{8,}|·{8,}|(?:…|\.{3,}|·{3,})\s*[\divxIVX]+\s*$")
"""Lines of a table of contents (目录)."""
_RESULTS = re.compile("决算|绩效|评价|自评|执行|总结")
"""Titles and headings of reports on what was done; others that say 预算 are budgets."""
_ENDS = "。！？!?\n"


def prose_facts(report: Report, items: tuple[str, ...]) -> Iterator[Fact]:
    """The facts of paragraphs, notes and headings in reading order; ids are given later."""
    goal, announced, lead, item = False, False, "", 0
    for block in report.blocks:
        if block.kind == "heading" or _TITLED.fullmatch(block.text.strip()):
            goal, announced = _goals(block.text, goal, announced)
            goal = goal and not any(_TOLD.search(above) for above in block.section)
        if block.kind in ("paragraph", "note", "heading") and not _CONTENTS.search(block.text):
            numbered = _ITEM.match(block.text) if block.kind == "paragraph" else None
            counted = numbered is not None and 0 < item == int(numbered[1]) - 1
            yield from block_facts(report, block, items, goal, lead, counted)
            if numbered or block.kind == "heading":  # 2.1 after 1.3 is no item of a list
                item = int(numbered[1]) if numbered and (counted or not numbered[2]) else 0
            lead = _unfinished(block)
            if _ANNOUNCED.search(block.text):
                goal = announced = True


_ITEM = re.compile(r"\s*(\d{1,2})[.．、](\d?)")
"""The number of an item of a list, and the digit that may follow it."""
_POINTED = re.compile(r"^(\s*\d{1,2})[.．]")
"""The point behind the number of an item, never that of a figure (3、甲135.90万元)."""
_TOLD = re.compile("^(?!.*(?:目标|计划|任务)).*(?:成效|完成|结果|产出|成果|业绩|实绩|履职)")
"""Headings of chapters on what was done: 重点任务 under 履职与成效 are no goals."""
_ANNOUNCED = re.compile(
    r"(?:目标|任务|计划|(?:确定|明确|安排|提出|制定|部署)[^。；]{0,12}(?:工作|事项))(?:如下)?[：:]\s*$"
)
"""年初确定了以下八项重点工作：, the end of a paragraph that announces goals."""
_TITLED = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*[^，。；：:\d]{2,16}[。.]?")
"""（三）本年度绩效目标。: a paragraph that is nothing but a title."""


def _unfinished(block: Block) -> str:
    """The last sentence of a paragraph that stops short, because a page or a reader cut it: the next block goes on."""
    text = block.text.rstrip()
    if block.kind != "paragraph" or len(text) < 20 or text.endswith(tuple("。！？；：”）.!?;:)")):
        return ""
    return text[slice(*sentences(text)[-1])]


def _goals(heading: str, goal: bool, announced: bool) -> tuple[bool, bool]:
    """Whether goals are being told under a heading; an announcement (…目标如下：) reaches over the next headings."""
    if any(word in heading for word in said("goals")) and not _ended(heading):
        return True, False
    if _ended(heading):
        return False, False
    return goal and announced, announced


def _ended(heading: str) -> bool:
    return any(word in heading for word in said("not_goals"))


def block_facts(
    report: Report, block: Block, items: tuple[str, ...], goal: bool, lead: str = "", counted: bool = False
) -> Iterator[Fact]:
    """The facts of one block; `lead` is the unfinished sentence before it: its words count, its figures do not.

    `counted`: it goes on a list by its number, so that 3.110接处警 is item 3, about 110.
    """
    place = Place(report=report.id, page=block.page, block=block.index)
    text = _POINTED.sub(r"\1、", block.text) if counted else block.text
    for claim, span, aims in text_claims(report, lead + text, items, goal):
        if claim.quantity.span[0] < len(lead):
            continue
        if lead or block.hidden:
            moved = _moved(claim.quantity, -len(lead))
            claim = replace(claim, quantity=moved, certain=claim.certain and not block.hidden)
        if not claim.subject and (topic := _topic(block, items)) and bare(claim):
            claim = replace(claim, subject=topic)
        start = claim.quantity.span[0]
        page = next((line.page for line in block.lines if line.start <= start < line.end), None) or block.page
        quote = block.text[max(0, span[0] - len(lead)) : span[1] - len(lead)]
        here = place if page == block.page else replace(place, page=page)
        yield as_fact(report, claim, aims, here, quote, block.section)


_TITLE = re.compile(r"\s*[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*([^，。；：]{2,14})[。：]")
"""（二）“三公”经费。全年支出……: the title that a paragraph begins with."""


def _topic(block: Block, items: tuple[str, ...]) -> str:
    """The thing that the nearest heading names and its sentences leave unsaid (“三公”经费: 预算45.60万元，支出…)."""
    if block.kind == "heading" or not block.section:
        return ""
    title = _TITLE.match(block.text)
    for name in (plain(title[1]) if title else "", plain(_NUMBERED.sub("", block.section[-1])).rstrip("。")):
        known = [word for word in words("topics") if word in name]
        if name in items or known:
            return name if name in items or not _SEVERAL.search(name) else max(known, key=len)
    return ""


_SEVERAL = re.compile("[、与和及]|情况|(?:支出|使用)$")
"""A heading that says more than the thing it is about (项目支出及进度、“三公”经费支出情况)."""


def bare(claim: Claim) -> bool:
    """Whether a claim says no more than budget, spending, rate or change: it does not say of what."""
    said_of = "".join(claim.measure)
    for word in words("bare"):
        said_of = said_of.replace(word, "")
    return not said_of


def as_fact(report: Report, claim: Claim, aims: bool, place: Place, quote: str, section: tuple[str, ...]) -> Fact:
    """The fact of a claim; `place` is that of the text it stands in, `aims` whether goals are being told."""
    return Fact(
        id="",
        subject=claim.subject,
        measure=claim.measure,
        period=_period(report, claim),
        basis=basis(claim, aims, _usual(report, section)),
        quantity=claim.quantity,
        place=replace(place, span=claim.quantity.span),
        quote=quote,
        section=section,
        kind="prose",
        certain=claim.certain,
    )


def _usual(report: Report, section: tuple[str, ...]) -> Basis:
    """What plain amounts of expenses and income are: planned in a budget (预算), done in any other report (决算)."""
    for text in (report.title, report.source, "".join(section)):
        if _RESULTS.search(text):
            return "决算"
        if "预算" in text:
            return "预算"
    return "决算"


_NUMBERED = re.compile(
    r"\s*\d{1,2}(?:\.\d{1,2})+(?:\s+(?=[一-龥“（])|(?=[一-龥“]{2,16}$))|\s*\d{1,2}\s+(?=[一-龥“”（）]{2,16}$)"
)
"""2.4 “三公”经费, 4 管理情况: the number of a heading."""


def text_claims(
    report: Report, text: str, items: tuple[str, ...], goal: bool, subject: str = ""
) -> Iterator[tuple[Claim, tuple[int, int], bool]]:
    """The claims of a text with the span of their sentence and whether they are goals; spans are those of `text`.

    `subject` is whose measures the text speaks of until it names another.
    """
    numbered = _NUMBERED.match(text)
    figures = [q for q in quantities(text) if not numbered or q.span[0] >= numbered.end()]
    if not figures and "无" not in text:
        return
    thread = Thread(report.year, items, topic=subject, department=report.department)
    aims = goal
    since: int | None
    for start, end in sentences(text):
        sentence = text[start:end]
        inside = [_moved(q, -start) for q in figures if start <= q.span[0] < end]
        since = (
            -1 if aims else min((at for word in said("goal_words") if (at := sentence.find(word)) >= 0), default=None)
        )
        for claim in _of_one_fund(claims(sentence, inside, thread)):
            if not claim.measure[-1]:
                continue
            aimed = since is not None and claim.quantity.span[0] > since
            moved = replace(claim, quantity=_moved(claim.quantity, start)) if start else claim
            yield moved, (start, end), aimed
        aims = goal if sentence[-1:] in _ENDS else since is not None


_INCOME = re.compile("^(?P<of>.+)收入(?P<sum>[合总][计额])$")
_OF_ALL = re.compile(r"(?:20\d\d年)?(?:度|全年|本年度?|当年|年度|部门|单位|[我本][局委办]|决算)*")


def _of_one_fund(found: Iterable[Claim]) -> Iterator[Claim]:
    """医保基金收入合计x，支出合计y: the spending is that of the fund too."""
    fund, summed = "", ""
    for claim in found:
        if fund and claim.measure == (f"支出{summed}",) and not claim.subject:
            claim = replace(claim, measure=(f"{fund}支出{summed}",))
        told = _INCOME.match(claim.measure[-1])
        if told is not None and not _OF_ALL.fullmatch(told["of"]):
            fund, summed = told["of"], told["sum"]
        yield claim


def _moved(quantity: Quantity, by: int) -> Quantity:
    return replace(quantity, span=(quantity.span[0] + by, quantity.span[1] + by)) if by else quantity


def _period(report: Report, claim: Claim) -> str:
    """The claim's period; the year under review where the text names none."""
    if claim.period == "上年":
        return f"{report.year - 1}年度" if report.year else ""
    return claim.period or (f"{report.year}年度" if report.year else "")


_ASIDE = re.compile(r"（[^（）]*）")
_DIFFERS = re.compile(
    r"^(?:.{0,4}(?:增|减|节约|节省|比|较|同比))|(?:增[加减长幅]|减少|下降|提高|降低|上升|降幅|差[额异]|差异率|节约|节省|增减|变动)[额数率值量]?$"
)
_TREND = re.compile("(?:连续|逐年|持续|稳步|连年)(?:递?增长?|增加|上升|递?减|减少|下降)$")
"""项目支出三年连续增长：2021年x，2022年y: what the figures show together, none of them is a difference."""
_KEPT = re.compile("(?:全部|均|已)?(?:结转|结余)")
"""结转下年使用: not spent yet."""
_CLASSED = re.compile(r"[（(]\d*[类款项][）)]$")
"""行政单位医疗（项）: an expense by the budget's classification, whatever it is called."""
_SUMMED = re.compile("[合总]计$")
_ADJUSTS = re.compile("预算(?:追加|追减|调增|调减|核增|核减)$")
"""年初预算调减x: what the budget was changed by."""


def basis(claim: Claim, goal: bool = False, usual: Basis = "决算") -> Basis:
    """The basis its words name; a goal; what its whole has; the report's usual one for plain expenses and income."""
    if claim.changes:
        return "差额"
    if claim.measure[-1] == "完成":
        return "完成"
    if claim.measure[-1].startswith(("占", "完成", "未完成", "未达")):
        done = claim.measure[-1].startswith("完成") and claim.quantity.unit.dimension != "ratio"
        return "目标" if goal and done else ""  # 目标为：完成数字化加工1,400万页
    if claim.measure[-1] == "任务" and not goal:
        return "计划"
    label = _ASIDE.sub("", "".join(claim.measure))
    money = claim.quantity.unit.dimension == "money"
    if money and _ADJUSTS.search(claim.measure[-1]):
        return "调整"
    named = basis_of(bare_end(claim.measure[-1])) or basis_of(label)
    if is_alias(claim.measure[-1]) and (not named or (named == "完成" and claim.quantity.unit.dimension == "money")):
        named = basis_of(canonical(claim.measure[-1]))  # 执行x, 实际完成采购x
    if named == "差额" and (not _DIFFERS.search(claim.measure[-1]) or _TREND.search(claim.measure[-1])):
        named = ""  # 外贸稳增长奖励惠及企业
    named = basis_of(claim.subject + label) if named == "预算" else named  # 年初批复收入/预算
    if goal and named in ("", "完成", "决算"):
        return "目标"
    if named == "决算" and set(basis_words(label)) == {"支出"}:
        named = ""
    if named and (named != "决算" or money):
        return named
    if not money:
        return ""
    if bare_end(claim.measure[-1]).endswith("安排"):
        return "预算"  # 一般公共预算安排
    part_of = claim.part_of if claim.measure[-1] != "支出" else None  # 预算…，支出…: no part of the budget
    if part_of and (whole := basis(part_of, goal, usual)):
        return whole
    spent = words("parts_spent" if claim.part_of else "spent")
    name = _SUMMED.sub("", bare_end(claim.measure[-1]))
    expense = name.endswith(spent) or _CLASSED.search(claim.measure[-1])
    return usual if expense and not _KEPT.match(name) else ""
