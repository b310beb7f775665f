"""Wording: placeholders, other departments' names, punctuation, numbering, tense, vague or contradictory claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.review.case import Case
from assistant.review.lexicon import any_of, listed
from assistant.review.rule import Outcome, held, issue
from assistant.review.statement import Statement
from ingest.report import Place

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
            tuple(said.place for said, _ in found),
            tuple(said.text for said, _ in found),
        )


def other_departments(case: Case) -> Iterator[Outcome]:
    """他单位名称: another department of the same government stands where the reporting one should act."""
    own = re.sub(r"\s", "", case.main.report.department)
    region = re.match(r".{1,12}?[省市区县旗州盟]", own)
    if not own or region is None:
        return
    level = own[: own.rfind(_level(own)) + 1][-1:]
    acts = "|".join(listed("agencies", "acts"))
    name = rf"((?:{re.escape(region[0])}|{level})?[一-鿿]{{2,10}}?(?:局|委员会|办公室))(?:{acts})"
    for said in case.statements:
        for match in re.finditer(rf"(?:^|[，。；：、])\s*{name}", said.text):
            found = match[1]
            if not found.startswith((region[0], level)) or _same(found, own, region[0]):
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
                (said.place,),
                (said.text,),
            )


def _level(own: str) -> str:
    return max("省市区县旗州盟", key=lambda mark: own.rfind(mark))


def _same(found: str, own: str, region: str) -> bool:
    bare = found.removeprefix(region)
    bare = bare[1:] if bare[:1] in "省市区县旗州盟" else bare
    return bare in own or own.endswith(bare)


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
        if first and first.count("“") != first.count("”"):
            continue
        depth = 0
        for mark in said.block.text[said.span[0] :]:
            depth += (mark == "“") - (mark == "”")
            if depth not in (0, 1):
                break
        if depth and said.text.count("“") != said.text.count("”"):
            found.append(said)
    return found


def _marks(said: list[Statement], title: str, fact: str) -> Iterator[Outcome]:
    if said:
        yield issue(
            "P2",
            f"{title}（{len(said)}处）",
            fact,
            "",
            "请更正。",
            tuple(s.place for s in said[:6]),
            tuple(s.text for s in said[:6]),
        )


def numbering(case: Case) -> Iterator[Outcome]:
    """标题编号: a heading that repeats the number of the heading just before it."""
    for part in case.parts:
        headings = [b for b in part.report.blocks if b.kind == "heading" and not b.hidden]
        for one, other in pairwise(headings):
            a, b = _HEAD.match(one.text), _HEAD.match(other.text)
            if a and b and a[1] == b[1] and a[1][0] != "（":
                yield issue(
                    "P2",
                    f"标题编号“{a[1].strip()}”重复或错级",
                    f"“{one.text.strip()}”之后紧接“{other.text.strip()}”，编号相同。",
                    "",
                    "请理顺标题层级和编号。",
                    (Place(part.report.id, other.page, other.index),),
                    (one.text, other.text),
                )


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
                (said.place,),
                (said.text,),
            )


def contradiction(case: Case) -> Iterator[Outcome]:
    """结论矛盾: full completion claimed in one place, partial in another."""
    full, partly = listed("claims", "full")[:2], listed("claims", "partly")
    one = next((s for s in case.statements if any_of(full, s.text) and s.zone != "goal"), None)
    other = next((s for s in case.statements if any_of(partly, s.text) and s.zone != "goal"), None)
    if one and other:
        a, b = any_of(full, one.text), any_of(partly, other.text)
        yield issue(
            "P1",
            f"结论表述不一致：“{a}”与“{b}”并存",
            f"一处称“{a}”，另一处称“{b}”。",
            "两种完成程度不能同时成立。",
            "请统一表述，并与目标完成情况对应。",
            (one.place, other.place),
            (_around(one.text, a), _around(other.text, b)),
        )


def _around(text: str, word: str) -> str:
    """The clause around a word."""
    at = text.find(word)
    start = max(text.rfind(mark, 0, at) for mark in "，；。") + 1
    end = min((found for mark in "，；。" if (found := text.find(mark, at)) >= 0), default=len(text))
    return text[start:end].strip()


def empty_claims(case: Case) -> Iterator[Outcome]:
    """空泛断言: 均达到、稳步推进 and the like without a figure."""
    for said in case.statements:
        if said.zone == "goal" or said.block.kind != "paragraph":
            continue
        clause = next((c for c in re.split(r"[；。]", said.text) if re.search(r"均达到|均已完成|均圆满", c)), "")
        if clause and not re.search(r"\d+(?:\.\d+)?\s*[%％个项件家人]", clause):
            yield issue(
                "P2",
                "断言没有数据支撑",
                f"“{_short(clause)}”未列目标值和完成值。",
                "",
                "请逐项列出目标值与完成值。",
                (said.place,),
                (clause.strip(),),
            )
        vague = next((c for c in re.split(r"[；。]", said.text) if re.search(r"(稳步|有序|扎实|加快)推进", c)), "")
        if (
            vague
            and said.zone == "result"
            and re.search(r"(项目|工程|研究院|研究所|中心|基地)[^，]{0,6}(稳步|有序|加快)推进", vague)
        ):
            yield issue(
                "P2",
                "项目进展表述空泛",
                f"“{_short(vague)}”未写明进度。",
                "",
                "请写明各项目的实际进度、完成时间或形象进度。",
                (said.place,),
                (vague.strip(),),
            )


def beyond_target(case: Case) -> Iterator[Outcome]:
    """超额完成而无任务数: the degree cannot be computed without the target."""
    for said in case.statements:
        if said.zone in ("goal", "plan"):
            continue
        for clause in re.split(r"[，；。]", said.text):
            if (
                re.search(r"超额(完成|实现)", clause)
                and re.search(r"任务|目标|指标|计划", clause)
                and not re.search(r"\d", clause)
            ):
                yield issue(
                    "P1",
                    "“超额完成”未列任务数",
                    f"“{_short(said.text)}”未写任务数，无法计算实际完成率。",
                    "实际完成率＝实际完成数÷计划数，缺计划数。",
                    "请补充任务数及下达文件。",
                    (said.place,),
                    (said.text,),
                    tuple(f.id for f in said.facts),
                )


def planned_as_done(case: Case) -> Iterator[Outcome]:
    """计划当产出: something merely planned listed among the results."""
    for said in case.statements:
        clause = next(
            (
                c
                for c in re.split(r"[；。]", said.text)
                if re.search(r"(?:^|[^模])(?:筹划|拟)(?:发起|发行|融资|设立|建设|成立|引进)", c)
            ),
            "",
        )
        if clause and said.zone == "result":
            yield issue(
                "P1",
                "计划事项列作履职成效",
                f"“{_short(clause)}”为计划或拟议事项，未见结果。",
                "",
                "请说明实际进展，未实施的移出成效部分。",
                (said.place,),
                (said.text,),
                tuple(f.id for f in said.facts),
            )


def lumped(case: Case) -> Iterator[Outcome]:
    """新设与累计混写: 成立A与B等共N个."""
    for said in case.statements:
        match = re.search(r"(成立|新建|新增|设立|引进)([^，。；]{2,40}?)等?共(?:计)?\s*\d+", said.text)
        if match and said.zone == "result" and "等共" in said.text:
            yield issue(
                "P1",
                f"“{match[1]}……等共”把新增与累计混写",
                f"“{_short(match[0])}”分不清当年新增与历年累计。",
                "",
                "请分列当年新增数和累计数。",
                (said.place,),
                (said.text,),
                tuple(f.id for f in said.facts),
            )


def vague_numbers(case: Case) -> Iterator[Outcome]:
    """模糊量词: 30余场、约100人 among the results cannot be checked."""
    found = [
        (
            said,
            [
                f
                for f in said.facts
                if f.quantity.relation in ("余", "约") and f.quantity.unit.dimension not in ("duration",)
            ],
        )
        for said in case.statements
        if said.zone == "result"
    ]
    found = [(said, facts) for said, facts in found if facts]
    if found:
        words = "、".join(f"“{f.quantity.text}”" for _, facts in found for f in facts)
        yield issue(
            "P2",
            "成效数据使用模糊量词",
            f"{words}没有确数，无法核验。",
            "",
            "请给出确数和统计依据。",
            tuple(said.place for said, _ in found),
            tuple(said.text for said, _ in found),
            tuple(f.id for _, fs in found for f in fs),
        )


def decimals(case: Case) -> Iterator[Outcome]:
    """小数位: amounts of one unit with and without decimals side by side."""
    found = []
    for said in case.statements:
        money = [f.quantity for f in said.facts if f.quantity.unit.dimension == "money" and f.quantity.relation == "="]
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
            tuple(said.place for said, _ in found),
            tuple(said.text for said, _ in found),
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
