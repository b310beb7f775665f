"""Wording: placeholders, other departments' names, punctuation, numbering, tense, decimals, hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.review.case import Case
from assistant.review.lexicon import any_of, listed
from assistant.review.rule import Outcome, held, issue, said_in
from assistant.review.statement import Statement
from ingest.reading import Reading
from ingest.report import Block, Place

_DOUBLED = re.compile(r"[，、；：。,;][，、；：。,;]+|。{2,}|、{2,}")
_HALF = re.compile(r"[一-鿿][,;:][一-鿿]|[一-鿿],(?=\s*[一-鿿])|(?<=元),(?=[一-鿿])")
_HEAD = re.compile(r"^\s*([一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d))")


def placeholders(case: Case) -> Iterator[Outcome]:
    """占位符: template residue such as XX局, 某某, （增加/减少）."""
    pattern = re.compile("|".join(f"(?:{each})" for each in listed("placeholders", "patterns")))
    found = [(said, match[0]) for said in case.statements if (match := pattern.search(said.text))]
    if found:
        words = "、".join(dict.fromkeys(f"“{word}”" for _, word in found))
        yield issue(
            "P1",
            f"文中留有占位符{words}（{len(found)}处）",
            "；".join(f"“{_short(said.text)}”" for said, _ in found[:5]) + "疑为模板未填。",
            "",
            "请补填或删除。",
            *said_in(*(said for said, _ in found)),
        )


def other_departments(case: Case) -> Iterator[Outcome]:
    """他单位名称: another department of the same government stands where the reporting one should act."""
    own = re.sub(r"\s", "", case.main.report.department)
    region = re.match(r".{1,12}?[省市区县旗州盟]", own)
    if not own or region is None:
        return
    level = own[: own.rfind(_level(own)) + 1][-1:]
    strong, weak = listed("agencies", "acts"), listed("agencies", "full_acts")
    name = rf"((?:{re.escape(region[0])}|{level})?[一-鿿]{{2,12}}?(?:局|委员会|办公室))({'|'.join((*strong, *weak))})"
    for said in case.statements:
        for match in re.finditer(rf"(?:^|[，。；：、])\s*{name}", said.text):
            found = match[1]
            if match[2] in weak and not found.startswith(region[0]):
                continue
            if not _foreign(found, own) and (not found.startswith((region[0], level)) or _same(found, own, region[0])):
                continue
            if any_of(listed("agencies", "neutral"), found) or re.search(r"[我本各原]|领导小组", found):
                continue
            if (
                re.match(r"[^，。]{0,8}的《?", said.text[match.end() :])
                and "了" not in said.text[match.end() : match.end() + 2]
            ):
                continue
            yield issue(
                "P1",
                f"文中出现其他单位名称“{found}”",
                f"编报单位为{own}，该处写作“{found}”，疑似套用其他单位文本。",
                "",
                "请核实后更正。",
                *said_in(said),
            )


def _foreign(found: str, own: str) -> bool:
    """The namesake of another region of the same level: another county's bureau of the same name."""
    if re.match(r"[与和同向经由受赴在全该]|会同|联合|参照|学习|借鉴", found):
        return False
    place = re.match(r"[一-鿿]{1,6}?([省市区县旗州盟])(.{2,})", found)
    mine = re.match(r"[一-鿿]{1,6}?([省市区县旗州盟])(.{2,})", own)
    return bool(
        place and mine and place[1] == mine[1] and place[2] == mine[2] and not own.startswith(found[: place.start(2)])
    )


def _level(own: str) -> str:
    return max("省市区县旗州盟", key=lambda mark: own.rfind(mark))


def _same(found: str, own: str, region: str) -> bool:
    bare = found.removeprefix(region)
    bare = bare[1:] if bare[:1] in "省市区县旗州盟" else bare
    rest = iter(own)
    return all(char in rest for char in bare)  # 住建局: an abbreviation keeps characters in their order


def punctuation(case: Case) -> Iterator[Outcome]:
    """标点: doubled marks, unpaired quotation marks, half-width commas between Chinese characters."""
    doubled = [s for s in case.statements if (m := _DOUBLED.search(s.text + _next(s))) and "……" not in m[0]]
    yield from _marks(doubled, "标点重复", "句中标点连用。")
    yield from _marks(_unpaired(case), "引号不配对", "左右引号数目不等。")
    half = [s for s in case.statements if _HALF.search(s.text)]
    yield from _marks(half, "中英文标点混用", "汉字之间使用了半角标点。")


def _next(said: Statement) -> str:
    """The character behind the sentence: a doubled mark may be cut between two sentences."""
    end = said.span[1]
    return said.block.text[end : end + 1] if said.block.text[end : end + 1] in "，、；：。" else ""


def _unpaired(case: Case) -> list[Statement]:
    found = []
    for said in case.statements:
        first = said.block.text[: said.span[0]]
        if _even(said.text) or (first and not _even(first)):
            continue
        depth = 0
        for mark in said.block.text[said.span[0] :]:
            depth += (mark == "“") - (mark == "”")
            if depth not in (0, 1):
                break
        if depth:
            found.append(said)
    return found


def _even(text: str) -> bool:
    return text.count("“") == text.count("”")


def _marks(said: list[Statement], title: str, fact: str) -> Iterator[Outcome]:
    if said:
        yield issue(
            "P2",
            f"{title}（{len(said)}处）",
            fact,
            "",
            "请更正。",
            *said_in(*said[:6]),
        )


def numbering(case: Case) -> Iterator[Outcome]:
    """标题编号: a heading that repeats the number of the heading just before it."""
    for part in case.parts:
        for one, other in _siblings(part):
            yield _repeated(part.report.id, one, other)
        headings = [b for b in part.report.blocks if b.kind == "heading" and not b.hidden]
        for one, other in pairwise(headings):
            a, b = _HEAD.match(one.text), _HEAD.match(other.text)
            if a and b and a[1] == b[1] and a[1][0] != "（":
                yield _repeated(part.report.id, one, other)


def _repeated(report: str, one: Block, other: Block) -> Outcome:
    mark = _HEAD.match(other.text)
    return issue(
        "P2",
        f"标题编号“{mark[1].strip() if mark else ''}”重复或错级",
        f"“{one.text.strip()}”之后是“{other.text.strip()}”，编号相同。",
        "",
        "请理顺标题层级和编号。",
        (Place(report, other.page, other.index),),
        (one.text, other.text),
    )


_DIGITS = {mark: number for number, mark in enumerate("一二三四五六七八九十", 1)}


def _siblings(part: Reading) -> Iterator[tuple[Block, Block]]:
    """Headings of one level under one parent whose numbers repeat and then go on as if they had not."""
    last: list[tuple[int, Block]] = []
    for block in part.report.blocks:
        match = re.match(r"\s*(?:([一二三四五六七八九十])、|[（(]([一二三四五六七八九十])[）)])", block.text)
        if match is None or block.hidden:
            continue
        if match[1]:
            last = []
            continue
        last.append((_DIGITS[match[2]], block))
        (first, one), (second, other), (third, _) = last[-3:] if len(last) > 2 else [(0, block)] * 3
        if first == second and third == first + 2 and one.kind == other.kind == "heading":
            yield one, other


def future_tense(case: Case) -> Iterator[Outcome]:
    """时态: the year under review told as a plan."""
    for said in case.statements:
        future = any_of(listed("future"), said.text)
        if (
            case.year
            and future
            and said.zone not in ("plan", "problem")
            and re.search(rf"{case.year}\s*年", said.text[:12])
        ):
            yield issue(
                "P2",
                "年度报告沿用计划语气",
                f"{case.year}年已结束，该处仍写“{future}”。",
                "",
                "请改为完成时并写明结果。",
                *said_in(said),
            )


def decimals(case: Case) -> Iterator[Outcome]:
    """小数位: amounts of one unit with and without decimals side by side."""
    found = []
    for said in case.statements:
        money = [f.quantity for f in said.facts if f.dimension == "money" and f.quantity.relation == "="]
        for unit in {q.unit.name for q in money}:
            places = {q.places for q in money if q.unit.name == unit}
            if (
                0 in places
                and 2 in places
                and any(q.places == 0 and q.value >= 100 for q in money if q.unit.name == unit)
            ):
                found.append((said, [q.text for q in money if q.places == 0]))
    if found:
        yield issue(
            "P2",
            f"金额小数位不统一（{len(found)}处）",
            f"{'、'.join(t for _, ts in found for t in ts)}没有小数位，同句其他金额为两位小数。",
            "",
            "请统一小数位。",
            *said_in(*(said for said, _ in found)),
        )


def hidden_text(case: Case) -> Iterator[Outcome]:
    """隐藏文字: text, rows or sheets that a reader would not see."""
    names = {
        "white": "白字",
        "tiny": "极小字",
        "invisible": "不可见字",
        "offpage": "页外文字",
        "covered": "被遮盖的文字",
        "vanished": "隐藏文字",
    }
    for part in case.parts:
        blocks = [b for b in part.report.blocks if b.hidden in names and b.text.strip()]
        if blocks:
            kinds = "、".join(dict.fromkeys(names[b.hidden] for b in blocks))
            yield issue(
                "提示" if part.report.form == "html" or {b.hidden for b in blocks} <= {"offpage"} else "P1",
                f"文件含隐藏文字（{kinds}，{len(blocks)}处）",
                "读者看不到的文字：" + "；".join(_short(b.text) for b in blocks[:3]),
                "",
                "请说明来源并删除。",
                tuple(Place(part.report.id, b.page, b.index) for b in blocks[:6]),
                tuple(b.text for b in blocks[:3]),
            )
        for table in part.report.tables:
            if table.hidden:
                yield issue(
                    "提示",
                    f"文件含隐藏工作表“{table.sheet or table.caption}”",
                    "隐藏工作表中有数据，报送前应清理。",
                    "",
                    "请确认是否为底稿残留，报送稿中删除。",
                    (Place(part.report.id, table=table.number),),
                    (),
                )
    if not any(b.hidden for part in case.parts for b in part.report.blocks):
        yield held("未见隐藏文字", "逐段检查白字、极小字、不可见字、页外文字")


def _short(text: str, limit: int = 60) -> str:
    text = re.sub(r"\s", "", text)
    return text if len(text) <= limit else f"{text[:limit]}……"
