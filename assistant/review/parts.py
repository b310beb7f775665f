"""Sums told in prose (文内分项): 其中、包括、（…） lists against the figure they divide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.review.addition import Sum, addition, difference, recomputed, tolerance
from assistant.review.case import Case
from assistant.review.rule import Outcome, held, issue
from assistant.review.show import amount, percent
from assistant.review.texts import _short
from ingest.fact import Fact
from ingest.report import Block, Place

_MARK = re.compile(r"其中[：:，,]?|包括[：:]?|(?<=[元人个件家名所项亩里])（|分别(?:为|是)")
_ASSETS = re.compile(r"资产(?:合计|总额|总计|总量)")


def listed_parts(case: Case) -> Iterator[Outcome]:
    """分项之和与总数: every 其中 list of the text."""
    blocks: dict[tuple[str, int], tuple[Block, list[Fact]]] = {}
    for said in case.statements:
        if said.block.kind == "paragraph":
            blocks.setdefault((said.report, said.block.index), (said.block, []))[1].extend(said.facts)
    for (report, _), (block, facts) in blocks.items():
        for mark in _MARK.finditer(block.text):
            yield from _judge(report, block, facts, mark)


def _judge(report: str, block: Block, facts: list[Fact], mark: re.Match[str]) -> Iterator[Outcome]:
    whole = _whole(block, facts, mark.start())
    runs = [run for run in _runs(block, facts, mark) if len(run) >= 2]
    if whole is None or not runs:
        return
    sums = [(run, Sum(0, whole.quantity, tuple(f.quantity for f in run))) for run in runs if _alike(whole, run)]
    if not sums:
        return
    place = Place(report, block.page, block.index, span=whole.place.span)
    text = _sentence(block, whole, sums[0][0])
    fitting = next(((run, one) for run, one in sums if one.fits), None)
    if fitting:
        yield from _fits(fitting[1], whole, text, place, fitting[0])
        return
    larger = [
        part
        for part in sums[0][0]
        if part.quantity.base > whole.quantity.base
        and part.basis == whole.basis
        and (part.place.span or (0, 0))[0] < _reach(block, mark)
    ]
    if larger and mark[0].startswith("其中") and not _divides_earlier(block, facts, whole, larger[0]):
        yield _exceeds(larger[0], whole, text, place)
        return
    run, best = min(sums, key=lambda item: abs(item[1].gap))
    share = abs(best.gap) / abs(whole.quantity.base) if whole.quantity.base else Decimal(1)
    if share <= Decimal("0.05") and _exhaustive(block, run, mark) and not _sum_told(facts, run, mark.start()):
        yield _differs(best, whole, run, text, place)
    elif (
        _ASSETS.search(block.text[max(0, (whole.place.span or (0, 0))[0] - 12) : (whole.place.span or (0, 0))[0]])
        and best.gap > 0
    ):
        yield _undisclosed(best, whole, run, text, place)


def _reach(block: Block, mark: re.Match[str]) -> int:
    """How far a list surely goes: without a colon what follows the first ； may be of something else."""
    stop = -1 if mark[0][-1] in "：:" else block.text.find("；", mark.end())
    return stop if stop >= 0 else len(block.text)


def _whole(block: Block, facts: list[Fact], at: int) -> Fact | None:
    """The figure that a list divides: the nearest amount or count before the mark, at most one sentence back."""
    earlier = [
        f for f in facts if f.place.span and f.place.span[1] <= at and f.dimension not in ("ratio", "point", "none")
    ]
    if not earlier:
        return None
    between = block.text[(earlier[-1].place.span or (0, 0))[1] : at]
    if between.count("。") > 1 or ("。" in between and not re.search(r"。\s*$", between)):
        return None
    return earlier[-1]


def _divides_earlier(block: Block, facts: list[Fact], whole: Fact, part: Fact) -> bool:
    """Another figure of the same sentence, in front of the nearest, is large enough to be what 其中 divides."""
    at = (whole.place.span or (0, 0))[0]
    start = max(block.text.rfind(stop, 0, at) for stop in "。；") + 1
    return any(
        f.place.span
        and start <= f.place.span[0] < at
        and f.quantity.unit.kind == whole.quantity.unit.kind
        and f.quantity.base >= part.quantity.base
        for f in facts
    )


def _sum_told(facts: list[Fact], run: list[Fact], at: int) -> bool:
    """Whether another figure in front of the mark is just what the parts make (支出x，预算y。其中：… of x)."""
    made = sum((part.quantity.base for part in run), Decimal(0))
    kind = run[0].quantity.unit.kind
    earlier = (f for f in facts if f.place.span and f.place.span[1] <= at and f.quantity.unit.kind == kind)
    return any(abs(f.quantity.base - made) <= f.quantity.half for f in earlier)


def _runs(block: Block, facts: list[Fact], mark: re.Match[str]) -> list[list[Fact]]:
    """Candidate lists of parts: to the closing parenthesis, the next ；, or the end of the sentence."""
    opened = mark[0].startswith("（")
    stops = [block.text.find(stop, mark.end()) for stop in (("）",) if opened else ("；", "。"))]
    ends = sorted({end for end in stops if end >= 0})
    if not opened and stops[1] < 0:
        ends.append(len(block.text))
    lists = []
    for end in ends:
        inside = [f for f in facts if f.place.span and mark.end() <= f.place.span[0] < end]
        amounts = [f for f in inside if f.dimension not in ("ratio", "point", "none") and not _each(block, f)]
        same = [f for f in amounts if f.quantity.unit.kind == amounts[0].quantity.unit.kind]
        outer = [f for f in same if not _nested(block, mark.end(), f)]
        for run in (same, outer):
            if run and run not in lists:
                lists.append(run)
            if len(run) > 2 and not opened:
                lists += [run[:cut] for cut in range(2, len(run)) if run[:cut] not in lists]
    return lists


_EACH = re.compile(r"(?:人均|户均|亩均|每[人户亩个]|标准|单价)[^，。；、：]{0,6}$")


def _each(block: Block, fact: Fact) -> bool:
    """Whether a figure is of one person or piece (人均补助标准89元), and so no part of a total."""
    return bool(_EACH.search(block.text[: (fact.place.span or (0, 0))[0]]))


def _nested(block: Block, start: int, fact: Fact) -> bool:
    """Whether a figure stands behind a further 包括 or inside a parenthesis that opens after the mark."""
    between = block.text[start : (fact.place.span or (0, 0))[0]]
    inner = re.split(r"[；。]", between)[-1]
    return bool(re.search(r"包括|其中", inner)) or between.count("（") > between.count("）")


def _alike(whole: Fact, run: list[Fact]) -> bool:
    return all(f.quantity.unit.kind == whole.quantity.unit.kind for f in run)


def _exhaustive(block: Block, run: list[Fact], mark: re.Match[str]) -> bool:
    """The list reads as complete: at least two parts, no 等, and the run is what the sentence lists up to a stop."""
    start, end = mark.end(), (run[-1].place.span or (0, 0))[1]
    text = block.text[start:end]
    follows = block.text[end : end + 1]
    return (
        len(run) >= 2
        and not re.search(r"等(?=[，。；、共\d])", text)
        and follows in ("；", "。", "，", "）", "")
        and not re.search(r"较|比|增长|下降", text)
    )


def _sentence(block: Block, whole: Fact, run: list[Fact]) -> str:
    start = block.text.rfind("。", 0, (whole.place.span or (0, 0))[0]) + 1
    end = block.text.find("。", (run[-1].place.span or (0, 0))[1])
    return block.text[start : end + 1 if end >= 0 else len(block.text)].strip()


def _fits(one: Sum, whole: Fact, text: str, place: Place, run: list[Fact]) -> Iterator[Outcome]:
    if one.gap:
        yield issue(
            "提示",
            f"文内分项之和与{whole.quantity.text}有尾差{amount(one.stated, abs(one.gap))}",
            f"{addition(one)}，报告{whole.quantity.text}。",
            f"{difference(one)}，在{tolerance(one)}以内，属舍入尾差，不是错误。",
            "可注明四舍五入。",
            (place,),
            (text,),
            (whole.id, *(f.id for f in run)),
        )
    else:
        yield held("文内分项之和等于总数", f"{addition(one)}，报告{whole.quantity.text}", (place,))


def _differs(one: Sum, whole: Fact, run: list[Fact], text: str, place: Place) -> Outcome:
    return issue(
        "P1",
        f"分项之和{recomputed(one)}与总数{whole.quantity.text}不符",
        f"所列{len(run)}项相加为{recomputed(one)}，总数为{amount(whole.quantity)}。",
        f"{addition(one)}；{difference(one)}，超出{tolerance(one)}。总数与分项不能同时成立，无法判定哪一侧有误。",
        "请核对总数与各分项。",
        (place, *(f.place for f in run)),
        (text,),
        (whole.id, *(f.id for f in run)),
    )


def _exceeds(part: Fact, whole: Fact, text: str, place: Place) -> Outcome:
    return issue(
        "P1",
        f"其中一项{amount(part.quantity)}大于总数{amount(whole.quantity)}",
        f"“{_short(text, 80)}”其中一项为{amount(part.quantity)}，大于其总数{amount(whole.quantity)}。",
        "其中项不得大于总数，两数不能同时成立，无法判定哪一个有误。",
        "请核对总数与该项。",
        (place, part.place),
        (text,),
        (whole.id, part.id),
    )


def _undisclosed(one: Sum, whole: Fact, run: list[Fact], text: str, place: Place) -> Outcome:
    share = one.gap / whole.quantity.base
    return issue(
        "P1",
        f"资产总额{whole.quantity.text}中有{amount(one.stated, one.gap)}未说明构成",
        f"所列{len(run)}项合计小于资产总额。",
        f"{addition(one)}；{difference(one)}；{amount(one.stated, one.gap)}÷{amount(one.stated)}＝{percent(share)}。",
        "请补充资产构成，并注明原值、净值口径。",
        (place,),
        (text,),
        (whole.id, *(f.id for f in run)),
    )
