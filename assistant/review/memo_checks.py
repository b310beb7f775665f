"""The third part of the memo (数据复核情况): what was checked, rule by rule, and the indicators worked out again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import Finding, Indicator, Passed, Review
from assistant.review.case import Case
from assistant.review.memo_words import clipped, places, row, standing
from assistant.review.tracing import Line

_WORKING = re.compile(r"\d[^；]*[＋－÷×](?!0\.00)[^；]*[＝≈]")
EXAMPLE = 90
"""An example of a passed check longer than this is told by its title alone."""


def checks(review: Review, kept: Sequence[Finding], case: Case) -> Iterator[Line]:
    """Counts, the reconciliation table (勾稽核对表) with one row for each rule, the indicators (指标复算)."""
    missing = [each for each in review.indicators if each.status == "missing"]
    wrong = [one for one in kept if one.severity != "提示"]
    hints = len(kept) - len(wrong)
    counts = (len(review.passed), len(wrong), hints, len(missing))
    yield Line(
        f"已核对相符{counts[0]}项，不符、存疑或需规范{counts[1]}项，提示{counts[2]}项，"
        f"缺少输入、无法核实的指标{counts[3]}项。",
        counts=counts,
        listed=standing((*review.passed, *kept)),
    )
    yield from (Line(""), Line("### 勾稽核对表"), Line(""))
    yield Line("| 核对内容 | 通过 | 不符 | 提示 | 对应意见或举例 |")
    yield Line("|---|---|---|---|---|")
    yield from _by_rule(review.passed, kept, case)
    yield from (Line(""), Line("### 指标复算"), Line(""))
    yield Line("| 指标 | 结果 | 复算 | 输入位置 |")
    yield Line("|---|---|---|---|")
    for each in review.indicators:
        if each.status != "missing":
            yield _indicator(each, case)
    if missing:
        names = "、".join(each.name for each in missing)
        yield Line("")
        said = f"另有{len(missing)}项指标缺少输入，无法核实：{names}。所缺材料见第五部分。"
        yield Line(said, counts=(len(missing),))


def _by_rule(passed: Sequence[Passed], kept: Sequence[Finding], case: Case) -> Iterator[Line]:
    numbered = list(enumerate(kept, 1))
    for name in dict.fromkeys((*(one.rule for one in kept), *(one.rule for one in passed))):
        good = [one for one in passed if one.rule == name]
        bad = [number for number, one in numbered if one.rule == name and one.severity != "提示"]
        hints = [number for number, one in numbered if one.rule == name and one.severity == "提示"]
        shown = [f"见意见{'、'.join(map(str, (*bad, *hints)))}"] if bad or hints else []
        example = _example(good)
        if example is not None:
            where = places(case, example.places, 1)
            shown.append(f"如：{_told(example)}" + (f"（{where}）" if where else ""))
        counts = (len(good), len(bad), len(hints), *bad, *hints)
        numbers = (str(len(each)) if each else "—" for each in (good, bad, hints))
        raised = [kept[number - 1] for number in (*bad, *hints)]
        listed = standing([*good, *raised])
        yield Line(row(name, *numbers, "；".join(shown)), example, counts, listed)


def _example(passed: Sequence[Passed]) -> Passed | None:
    """The shortest check that shows a working of its own, else the first."""
    worked = sorted((one for one in passed if _WORKING.search(one.working)), key=lambda one: len(one.working))
    return worked[0] if worked else passed[0] if passed else None


def _told(one: Passed) -> str:
    first = next((part for part in one.working.split("；") if _WORKING.search(part)), "")
    if first and len(first) <= EXAMPLE:
        return first
    plain = one.working if "＝" not in one.working and len(one.working) <= EXAMPLE // 2 else ""
    return clipped(f"{one.title}：{plain}" if plain else one.title, EXAMPLE)


def _indicator(each: Indicator, case: Case) -> Line:
    result = f"{each.value}{each.unit}" + ("（附前提）" if each.premise else "")
    premise = f"。前提：{each.premise}" if each.premise else ""
    text = row(each.name, result, f"{each.formula}：{each.working}{premise}", places(case, each.places, 2))
    return Line(text, replace(each, working=f"{each.working}\n{each.value}{each.unit}"))
