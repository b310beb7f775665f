"""Periods that do not belong (期间混用): last year's cut-off dates, past work told as this year's, wrong years."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.review.case import Case
from assistant.review.rule import Outcome, held, issue, said_in
from assistant.review.statement import Statement
from assistant.review.texts import _short
from ingest.report import Place

_CUTOFF = re.compile(r"(?:截至|截止)[^，。；]{0,4}?(20\d\d)\s*年\s*(?:12\s*月\s*31\s*日|[末底])")
_COMPARING = re.compile(r"较|比|同期|上年|去年|增长|下降|年初|结转")
_PAST_WORK = re.compile(r"完成|发放|兑现|落实|开展|举办|建成|新增|新建|累计|支付|拨付|奖励")


def stale_cutoff(case: Case) -> Iterator[Outcome]:
    """截止日: figures as of the end of another year than the one under review."""
    for said in case.statements:
        match = _CUTOFF.search(said.text)
        if match is None or case.year is None or said.zone in ("plan",):
            continue
        if int(match[1]) == case.year:
            yield held(f"数据截止日为{case.year}年末", "".join(match[0].split()), (said.place,))
        elif int(match[1]) == case.year - 1 and said.facts and not _COMPARING.search(said.text):
            yield _stale(case, said, match[0])


def _stale(case: Case, said: Statement, date: str) -> Outcome:
    same = _same_as_before(case, said)
    also = f"其中{'、'.join(same)}与上年度报告相同。" if same else ""
    return issue(
        "P1",
        f"数据截止日为上年末（{re.sub(chr(92) + 's', '', date)}）",
        f"{case.year}年度报告的该处数据截止日写作“{re.sub(chr(92) + 's', '', date)}”，疑为沿用上年模板或未更新。{also}",
        "",
        f"请更新为{case.year}年末数，或更正日期。",
        *said_in(said),
        tuple(fact.id for fact in said.facts),
    )


def _same_as_before(case: Case, said: Statement) -> list[str]:
    before = {fact.quantity.base for reading in case.prior for fact in reading.facts if fact.quantity.value > 1000}
    return [fact.quantity.text for fact in said.facts if fact.quantity.base in before]


def mixed_years(case: Case) -> Iterator[Outcome]:
    """当年绩效混入往年事项与累计数: past years' work among this year's results."""
    if case.year is None:
        return
    past = re.compile(r"(?:自|从)?(20\d\d)\s*年(度)?(以来)?")
    found = []
    for said in case.statements:
        if said.zone != "result" or said.block.kind != "paragraph":
            continue
        bare = re.sub(r"《[^》]*》|〔\d+〕|（20\d\d[^）]*号）|20\d\d\s*[-—–~～至]\s*20\d\d", "", said.text)
        for clause in re.split(r"[，；。]", bare):
            years = [match for match in past.finditer(clause) if int(match[1]) < case.year]
            if (
                years
                and str(case.year) not in clause
                and not (_COMPARING.search(clause) and not years[0][3])
                and (years[0][3] or _PAST_WORK.search(clause))
            ):
                found.append((said, clause.strip()))
                break
    if found:
        projects = _project_names(case)
        yield issue(
            "P1",
            f"{case.year}年度绩效中混入往年事项或累计数（{len(found) + len(projects)}处）",
            "；".join(f"“{_short(clause, 40)}”" for _, clause in found) + "。",
            "",
            "请区分当年新增与往年事项、历年累计。",
            (*(said.place for said, _ in found), *(place for place, _ in projects)),
            (*(said.text for said, _ in found), *(text for _, text in projects)),
            tuple(fact.id for said, _ in found for fact in said.facts),
        )


def _project_names(case: Case) -> list[tuple[Place, str]]:
    """Rows of the year's projects whose names carry last year's date."""
    found = []
    for sheet in case.sheets:
        for row in sheet.body:
            for col in range(sheet.table.cols):
                text = sheet.texts[row][col]
                if (
                    (row, col) in sheet.cells
                    and re.search(rf"{(case.year or 0) - 1}\s*年(?!末|初|度?决算|度?预算)", text)
                    and len(text) > 8
                ):
                    found.append((sheet.place(row, col), text))
    return found


def wrong_year(case: Case) -> Iterator[Outcome]:
    """标题年份: headings and captions that name another year than the one under review."""
    if case.year is None:
        return
    wrong = 0
    for part in case.parts:
        for block in part.report.blocks:
            if block.kind not in ("heading", "caption", "title") or block.hidden:
                continue
            years = {
                int(year)
                for year in re.findall(
                    r"(20\d\d)\s*年度(?:部门|单位|收支|收入|支出|项目|整体|决算|预算|财政|一般)", block.text
                )
            }
            if years and case.year not in years and not re.search(r"上年|对比|比较|与|较", block.text):
                wrong += 1
                year = min(years)
                yield issue(
                    "P1",
                    f"标题年份{year}与评价年度{case.year}不符",
                    f"标题写作“{_short(block.text)}”。",
                    "",
                    "请核实年份。",
                    (Place(part.report.id, block.page, block.index),),
                    (block.text,),
                )
    if not wrong:
        yield held("标题、表题年份与评价年度一致", f"评价年度{case.year}年", (Place(case.main.report.id),))
