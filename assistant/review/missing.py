"""What a report of this kind should hold and does not (缺项): annexes, conclusion, 三公 inputs, satisfaction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.review.case import Case
from assistant.review.lexicon import any_of, listed
from assistant.review.rule import Outcome, held, issue, said_in
from assistant.review.statement import Statement
from ingest.report import Block, Place

_LISTED = re.compile(r"^\s*附件[：:]\s*(?:1[.．、])?")
_ITEM = re.compile(r"^[\s　]*(\d{1,2})[.．、]\s*(.+?)\s*$")
_INLINE = re.compile(r"附件\s*(\d{1,2}|[一二三四五六七八九十])?\s*(?:《([^》]{2,40})》)?")
_OWN_LINE = re.compile(r"^\s*附件\s*(\d{0,2}|[一二三四五六七八九十]?)\s*[：:]?\s*(\S.{0,60})?$")
_FILE = re.compile(r"\.(?:xlsx?|docx?|pdf|wps|et|zip|rar)\s*$", re.IGNORECASE)
_CHINESE = {c: i for i, c in enumerate("一二三四五六七八九十", 1)}


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex that the report names (附件)."""

    number: int
    name: str
    block: Block


def annexes(case: Case) -> Iterator[Outcome]:
    """附件缺失: annexes named in the text or in its list of annexes that are not there."""
    blocks = [block for block in case.main.report.blocks if not block.hidden and block.kind != "furniture"]
    listed_, at = _list(blocks)
    named = {annex.number: annex for annex in (*_inline(blocks), *listed_)}
    present = _present(blocks[at:], {annex.block.index for annex in listed_})
    for number, annex in sorted(named.items()):
        if number in present or _attached(case, annex) or _FILE.search(annex.name):
            yield held(f"附件{number}已附", annex.name or "正文提到，文末有对应附件", (_place(case, annex.block),))
            continue
        title = f"《{annex.name}》" if annex.name else ""
        yield issue(
            "P0",
            f"附件{number}{title}未附",
            f"报告提到附件{number}{title}，文件内没有对应的附件。",
            "附件目录与文内附件逐项对照。" if listed_ else "正文所引附件与文末附件逐项对照。",
            f"请补报附件{number}{title}。",
            (_place(case, annex.block),),
            (_around(annex),),
        )


def _around(annex: Annex) -> str:
    """The sentence that names the annex."""
    parts = re.split(r"(?<=[。；])", annex.block.text)
    return next((part for part in parts if "附件" in part), annex.block.text).strip()


def _place(case: Case, block: Block) -> Place:
    return Place(case.main.report.id, block.page, block.index)


def _list(blocks: list[Block]) -> tuple[list[Annex], int]:
    """The list of annexes (附件：1.… 2.…) and where it stands."""
    for at, block in enumerate(blocks):
        if not _LISTED.match(block.text) or len(block.text) < 4:
            continue
        first = block.text[_LISTED.match(block.text).end() :]  # type: ignore[union-attr]  # matched above
        item = _ITEM.match(first)
        found = [Annex(int(item[1]), _name(item[2]), block) if item else Annex(1, _name(first), block)]
        for later in blocks[at + 1 : at + 12]:
            item = _ITEM.match(later.text)
            if item is None or int(item[1]) != found[-1].number + 1:
                break
            found.append(Annex(int(item[1]), _name(item[2]), later))
        return found, at
    return [], 0


def _name(text: str) -> str:
    return re.sub(r"[（(](?:另附|略|附后|见附表)[）)]$", "", text.strip(" 　。；;《》")).strip("《》")


def _inline(blocks: list[Block]) -> Iterator[Annex]:
    for block in blocks:
        if block.kind != "paragraph" or _OWN_LINE.match(block.text) or _LISTED.match(block.text):
            continue
        for match in _INLINE.finditer(block.text):
            number = match[1]
            if number:
                yield Annex(_CHINESE.get(number) or int(number), match[2] or "", block)


def _present(blocks: list[Block], listing: set[int]) -> set[int]:
    """Numbers of the annexes that begin on a line of their own; a lone 附件 is the first."""
    found = set()
    for block in blocks:
        own = _OWN_LINE.match(block.text)
        if own and block.index not in listing and not block.text.rstrip().endswith(("。", "；")):
            number = own[1]
            found.add(_CHINESE.get(number) or int(number) if number else 1)
    return found


def _attached(case: Case, annex: Annex) -> bool:
    """Another file of the same department and year, or a table, carries the annex's name."""
    if not annex.name:
        return False
    names = [part.report.title for part in case.parts[1:]] + [part.report.source for part in case.parts[1:]]
    names += [table.caption for part in case.parts for table in part.report.tables]
    wanted = _bare(annex.name, case)
    return any(wanted == _bare(name, case) for name in names if name)


def _bare(name: str, case: Case) -> str:
    """An annex's name without file type, department, year and marks."""
    text = _FILE.sub("", name).replace(case.main.report.department or " ", "")
    return re.sub(r"20\d\d\s*年度?|附件\s*\d*|[\s《》（）()：:.．]", "", text)


def conclusion(case: Case) -> Iterator[Outcome]:
    """评价结论: a section of overall appraisal must give score, grade or verdict."""
    for at, block in enumerate(case.main.report.blocks):
        if (
            block.kind != "heading"
            or "…" in block.text
            or not re.search(r"总体评价|综合评价|评价结论|自评结论", block.text)
        ):
            continue
        text = "".join(other.text for other in case.main.report.blocks if block.text in other.section)
        if re.search(r"得分|等级|等次|总分|\d分|[“‘](优|良|中|差)[”’]|(结论|结果)为", text):
            yield held("总体评价有得分或等级", block.text, (Place(case.main.report.id, block.page, block.index),))
            continue
        first = next((other for other in case.main.report.blocks[at + 1 :] if other.text), None)
        yield issue(
            "P1",
            f"“{block.text.strip()}”没有评价结论",
            "该部分未给出总体得分、等级或评价结论。",
            "",
            "请补充总体评价结论（得分、等级及依据）。",
            (Place(case.main.report.id, block.page, block.index),),
            (f"{block.text.strip()}{first.text.strip() if first else ''}",),
        )


def three_expenses(case: Case) -> Iterator[Outcome]:
    """三公经费: control rate needs the budget, rate of change needs last year's figure."""
    parts = listed("three", "parts")
    said = [s for s in case.statements if (any_of(parts, s.text) or "三公" in s.text) and re.search(r"\d", s.text)]
    spent = [s for s in said if re.search(r"万元|元", s.text) and s.zone not in ("plan",)]
    tables = [
        t
        for part in case.parts
        for t in part.report.tables
        if any(len(c.text) <= 20 and any_of(parts, c.text) for c in t.cells)
    ]
    heads = " ".join(c.text for t in tables for c in t.cells if len(c.text) < 30)
    prior = str(case.year - 1) if case.year else "上年"
    figures = tables or spent
    if not figures:
        return
    named = r"(?:三公|接待费|公务用车|出国)[^。]*?"
    planned = named + r"(?:预算|控制率)[^。]{0,12}\d"
    earlier = named + rf"(?:上年|去年|比上|较上|同比|{prior})[^。]{{0,12}}\d"
    texts = {s.block.text for s in said}
    budget = "预算" in heads or any(re.search(planned, text) for text in texts)
    before = prior in heads or "上年" in heads or any(re.search(earlier, text) for text in texts)
    lacking = [] if budget or before else ["预算数", "上年数"]
    place = spent[0].place if spent else Place(case.main.report.id, table=tables[0].number)
    if not lacking:
        yield held("“三公”经费列有预算数或上年数", "控制率、变动率见指标复算", (place,))
        return
    needs = {"预算数": "控制率", "上年数": "变动率"}
    yield issue(
        "P1",
        f"“三公”经费未列{'、'.join(lacking)}",
        f"报告只列“三公”经费支出，未见{'、'.join(lacking)}。",
        f"无法计算“三公”经费{'、'.join(needs[name] for name in lacking)}。",
        f"请补充“三公”经费{'、'.join(lacking)}，并按出国、公车购置、公车运维、接待分列。",
        (place,),
        tuple(s.text for s in spent[:2]),
        tuple(f.id for s in spent[:2] for f in s.facts),
    )


def disclosure(case: Case) -> Iterator[Outcome]:
    """预决算公开: a statement that it was published should say where and when."""
    for said in case.statements:
        if (
            not re.search(r"预决算(信息)?[^。]{0,20}公开|公开[^。]{0,12}预决算", said.text)
            or said.block.kind == "heading"
        ):
            continue
        if said.zone in ("plan", "goal") or not re.search(r"进行了|已|予以|按.{0,12}规定|及时", said.text):
            continue
        near = "".join(s.text for s in case.statements if s.block is said.block)
        if re.search(r"\d{1,2}\s*月\s*\d{1,2}\s*日|https?://|www\.", near):
            yield held("预决算公开写明时间或网址", said.text, (said.place,))
        elif len(said.text) > 15:
            yield issue(
                "P1",
                "预决算公开未写明网址和时间",
                "报告称已按规定公开，未写公开日期和网址。",
                "",
                "请补充公开网址、日期或截图。",
                *said_in(said),
            )


def satisfaction(case: Case) -> Iterator[Outcome]:
    """满意度: the common frame asks for the satisfaction of those served."""
    stated = [
        f
        for f in case.facts
        if "满意度" in f"{f.subject}{'/'.join(f.measure)}{f.quote}" and f.dimension == "ratio" and f.basis != "目标"
    ]
    if stated:
        yield held("报告给出满意度", stated[0].quote, (stated[0].place,))
    elif not any("满意" in s.text and re.search(r"\d", s.text) for s in case.statements):
        yield issue(
            "P1",
            "未见社会公众或服务对象满意度",
            "全文没有满意度调查结果。",
            "共性指标“社会公众或服务对象满意度”缺输入。",
            "请补充调查方式、样本量和满意度，或说明不适用的理由。",
            (Place(case.main.report.id),),
        )


def thin_analysis(case: Case) -> Iterator[Outcome]:
    """分析空泛: a section of analysis without any figure of its own."""
    for block in case.main.report.blocks:
        if block.kind != "heading" or not re.search(
            r"(经济性|效率性|有效性|公平性|效益性|效果性|可持续性).{0,8}分析", block.text
        ):
            continue
        own: list[Statement] = [
            s for s in case.statements if block.text in s.block.section and s.block.kind == "paragraph"
        ]
        text = "".join(s.text for s in own)
        bare = re.sub(r"20\d\d\s*年度?", "", text)
        if (
            own
            and len(bare) < 150
            and not re.search(r"\d", bare)
            and not any(block.text in t.section for t in case.main.report.tables)
        ):
            yield issue(
                "P1",
                f"“{block.text.strip()}”没有数据支撑",
                "该部分只有概括性表述，没有完成率、及时率、质量、成本等数据。",
                "",
                "请按实际完成率、完成及时率、质量达标率等补充分析。",
                (own[0].place,),
                (text,),
            )


def listed_tables(case: Case) -> Iterator[Outcome]:
    """目录所列的表: a table named in the contents that the document does not hold."""
    blocks = [block for block in case.main.report.blocks if not block.hidden and block.text.strip()]
    items = [(block, name) for block in blocks[:80] if (name := _contents_item(block.text))]
    dotted = [block.index for block, _ in items]
    if len(items) < 5:
        return
    rest = [_name_only(b.text) for b in blocks if b.index not in dotted and len(b.text) < 60]
    rest += [_name_only(table.caption) for table in case.main.report.tables]
    gone = [(block, name) for block, name in items if not any(_name_only(name) == other for other in rest)]
    if not gone:
        yield held("目录所列各表均在文中", f"{len(items)}张", (_place(case, items[0][0]),))
    elif len(gone) * 4 <= len(items):
        for block, name in gone:
            yield issue(
                "P0",
                f"目录列有“{name}”，文中未见",
                f"目录所列{len(items)}张表中，“{name}”在文中没有对应的表。",
                "",
                "请补报该表。",
                (_place(case, block),),
                (name,),
            )


def _contents_item(text: str) -> str:
    """The name of a table in a line of the contents: 三、支出决算表 ……… 9."""
    match = re.match(
        r"^\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.．、])\s*([^。，…·.]{6,40}表)\s*(?:[…·.]+\s*\d*)?$",
        text.strip(),
    )
    return match[1] if match else ""


def _name_only(text: str) -> str:
    text = re.sub(r"20\d\d\s*年度?|\s|[…·.]+\d*$", "", text)
    return re.sub(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.．、]|表\d+)", "", text)
