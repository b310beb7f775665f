"""Columns that are computed from other columns: rates, shares, differences (比率复算、增减额).

A column's formula is what most of its rows show, the wording of its header deciding between equals;
the row that departs from it is the finding. Rates are compared within the digits of all figures involved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from assistant.review.addition import total
from assistant.review.case import Case
from assistant.review.rule import Outcome, held, issue
from assistant.review.sheet import Half, Sheet
from assistant.review.show import amount, margin, percent
from ingest.quantity import Quantity
from ingest.terms import basis_of

RATE_WORDS = ("率", "占比", "比重", "比例", "增减%", "增减（%）")
DIFFERENCE_WORDS = ("差额", "增减", "差异", "变动", "变化")
PREFERENCE = {"调整后预算": 0, "预算": 1, "年初预算": 2, "": 3, "目标": 4}


@dataclass(frozen=True, slots=True)
class Ratio:
    """A reported rate with the two figures it is made of. `kind`: quotient, growth or share of a total row."""

    reported: Quantity
    over: Quantity
    under: Quantity
    growth: bool = False

    @property
    def exact(self) -> Decimal:
        top = self.over.base - self.under.base if self.growth else self.over.base
        return top / self.under.base

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """The least and greatest rate that the written digits of both figures allow."""
        shift = Decimal(1) if self.growth else Decimal(0)
        low = (self.over.base - margin(self.over)) / (self.under.base + margin(self.under))
        least = self.under.base - margin(self.under)
        high = (self.over.base + margin(self.over)) / least if least > 0 else low
        return min(low, high) - shift, max(low, high) - shift

    @property
    def fits(self) -> bool:
        low, high = self.bounds
        return low - self.reported.half <= signed(self.reported) <= high + self.reported.half

    @property
    def truncated(self) -> bool:
        """The reported rate is the exact one cut off instead of rounded (截断)."""
        step = self.reported.half * 2
        return (self.exact / step).to_integral_value(ROUND_DOWN) * step == signed(self.reported)


def signed(rate: Quantity) -> Decimal:
    """A rate with the sign of the direction word bound to it: 下降3% is -0.03."""
    value = rate.base if rate.unit.dimension in ("ratio", "point") else rate.value / 100
    return -abs(value) if rate.direction < 0 else value


def column_rates(case: Case) -> Iterator[Outcome]:
    """表内比率复算: 执行率、完成率、占比、增减率 columns, row by row."""
    for sheet, half in case.halves:
        for col in half.numbers:
            if _is_rate(sheet, col) and not _is_score(sheet, col):
                yield from _judge(sheet, half, col)


def column_differences(case: Case) -> Iterator[Outcome]:
    """增减额: columns of differences between two other columns."""
    for sheet, half in case.halves:
        for col in half.numbers:
            head = sheet.head(col)
            if any(word in head for word in DIFFERENCE_WORDS) and not _is_rate(sheet, col):
                yield from _judge_difference(sheet, half, col)


def _is_rate(sheet: Sheet, col: int) -> bool:
    head = sheet.heads[col]
    written = [sheet.values[row, col] for row in sheet.body if (row, col) in sheet.values]
    ratios = sum(value.unit.dimension == "ratio" for value in written)
    named = any(word in head.split("/")[-1] for word in RATE_WORDS)
    return bool(written) and (named or ratios * 2 > len(written)) and not any(abs(v.value) > 10000 for v in written)


def _is_score(sheet: Sheet, col: int) -> bool:
    """Targets and results of indicators are rates of their own, not quotients of the row."""
    return any(word in sheet.heads[col] for word in ("指标值", "目标值", "完成值", "得分", "分值", "权重"))


def _pairs(sheet: Sheet, half: Half, col: int) -> list[tuple[int, int, bool]]:
    """Candidate (over, under, growth) columns; what the headers say first."""
    amounts = [c for c in half.numbers if c != col and not _is_rate(sheet, c)]
    pairs = []
    for over in amounts:
        for under in amounts:
            if over != under:
                pairs += [(over, under, False), (over, under, True)]
    return sorted(pairs, key=lambda pair: _prior(sheet, col, pair))


def _prior(sheet: Sheet, col: int, pair: tuple[int, int, bool]) -> tuple[int, int, int]:
    over, under, growth = pair
    head = sheet.heads[col]
    grows = any(word in head for word in ("增减", "差异", "变动", "增长"))
    bases = basis_of(sheet.heads[over]), basis_of(sheet.heads[under])
    spent = bases[0] in ("决算", "完成")
    return (int(growth != grows), int(not spent), PREFERENCE.get(bases[1], 5))


def _ratios(sheet: Sheet, half: Half, col: int, pair: tuple[int, int, bool]) -> dict[int, Ratio]:
    over, under, growth = pair
    found = {}
    for row in sheet.body:
        figures = [sheet.values.get((row, c)) for c in (col, over, under)]
        if None in figures or figures[0].unit.dimension == "point":  # type: ignore[union-attr]  # checked
            continue
        if figures[2].base > 0 and figures[1].unit.dimension == figures[2].unit.dimension:  # type: ignore[union-attr]  # checked
            found[row] = Ratio(figures[0], figures[1], figures[2], growth)  # type: ignore[arg-type]  # checked
    return found


def _shares(sheet: Sheet, half: Half, col: int) -> Iterator[tuple[str, dict[int, Ratio]]]:
    """A share column against each amount column and each total row."""
    totals = [row for row in sheet.body if total(sheet.name(row, half))]
    for over in (c for c in half.numbers if c != col and not _is_rate(sheet, c)):
        for whole in totals:
            under = sheet.values.get((whole, over))
            if under is None or under.base <= 0:
                continue
            found = {}
            for row in sheet.body:
                rate, part = sheet.values.get((row, col)), sheet.values.get((row, over))
                if rate is not None and part is not None:
                    found[row] = Ratio(rate, part, under)
            yield f"{sheet.headed(over)}÷{sheet.name(whole, half)}", found


def _judge(sheet: Sheet, half: Half, col: int) -> Iterator[Outcome]:
    candidates = [
        (f"{sheet.headed(over)}÷{sheet.headed(under)}" + ("－1" if growth else ""), _ratios(sheet, half, col, pair))
        for pair in _pairs(sheet, half, col)
        for over, under, growth in [pair]
    ]
    if any(word in sheet.heads[col] for word in ("占", "比重", "构成")):
        candidates = [*_shares(sheet, half, col)]
    candidates = [(name, made) for name, made in candidates if made]
    if not candidates:
        return
    name, best = max(
        candidates, key=lambda item: sum(ratio.fits and ratio.reported.base != 0 for ratio in item[1].values())
    )
    fitting = {row: ratio for row, ratio in best.items() if ratio.fits}
    failing = {row: ratio for row, ratio in best.items() if not ratio.fits}
    telling = sum(ratio.reported.base != 0 for ratio in fitting.values())
    if telling < 2 or telling < 2 * len(failing):
        return
    rows = list(fitting)
    yield held(
        f"{sheet.title}“{sheet.headed(col)}”列{len(rows)}行复算相符",
        f"口径：{name}；如“{sheet.name(rows[0], half)}”{_quotient(fitting[rows[0]])}",
        tuple(sheet.place(row, col) for row in rows),
    )
    for row, ratio in failing.items():
        if not _closes_with_sum(sheet, half, row, ratio, best):
            yield _off(sheet, half, row, col, name, ratio, candidates)


def _closes_with_sum(sheet: Sheet, half: Half, row: int, ratio: Ratio, rows: dict[int, Ratio]) -> bool:
    """The rate of a total row agrees with the sum of the rows instead of the printed total: 表内合计 says the rest."""
    if not total(sheet.name(row, half)) or ratio.growth:
        return False
    parts = [other for at, other in rows.items() if at < row and not total(sheet.name(at, half))]
    over = sum((part.over.base for part in parts), Decimal(0))
    under = sum((part.under.base for part in parts), Decimal(0))
    tries = [(over, ratio.under.base), (ratio.over.base, under), (over, under)]
    return any(b > 0 and abs(a / b - ratio.reported.base) <= ratio.reported.half for a, b in tries)


def _quotient(ratio: Ratio) -> str:
    top = f"（{amount(ratio.over)}－{amount(ratio.under)}）" if ratio.growth else amount(ratio.over)
    return f"{top}÷{amount(ratio.under)}＝{percent(ratio.exact, max(ratio.reported.places, 2))}"


def _off(
    sheet: Sheet, half: Half, row: int, col: int, name: str, ratio: Ratio, others: list[tuple[str, dict[int, Ratio]]]
) -> Outcome:
    place, quote = (sheet.place(row, col),), (sheet.quote(row),)
    label, head = sheet.name(row, half), sheet.headed(col)
    if ratio.truncated:
        return issue(
            "提示",
            f"{sheet.title}“{label}”{head}为截断而非四舍五入",
            f"报告为{ratio.reported.text}。",
            _quotient(ratio),
            "请按四舍五入填列。",
            place,
            quote,
        )
    other = next((n for n, made in others if n != name and row in made and made[row].fits), "")
    also = f"按“{other}”计算则与报告相符，口径与其他行不同。" if other else "两处不能同时成立，无法判定哪一个数有误。"
    return issue(
        "P0",
        f"{sheet.title}“{label}”{head}{ratio.reported.text}复算不符",
        f"“{label}”{head}填{ratio.reported.text}，按其他各行的口径（{name}）复算为{percent(ratio.exact)}。",
        f"{_quotient(ratio)}；报告{ratio.reported.text}。{also}",
        "请核对分子、分母和比率，更正有误的一项。",
        place,
        quote,
    )


def _judge_difference(sheet: Sheet, half: Half, col: int) -> Iterator[Outcome]:
    amounts = [c for c in half.numbers if c != col and not _is_rate(sheet, c)]
    best: tuple[int, int] | None = None
    best_rows: dict[int, tuple[Quantity, Quantity, Quantity]] = {}
    for one in amounts:
        for other in amounts:
            rows = {}
            for row in sheet.body:
                stated, a, b = (sheet.values.get((row, c)) for c in (col, one, other))
                if stated is not None and a is not None and b is not None and one != other:
                    rows[row] = (stated, a, b)
            if _good(rows) > _good(best_rows):
                best, best_rows = (one, other), rows
    if best is None or _good(best_rows) < 2 or _good(best_rows) < 2 * _bad(best_rows):
        return
    name = f"{sheet.headed(best[0])}－{sheet.headed(best[1])}"
    yield held(
        f"{sheet.title}“{sheet.headed(col)}”列复算相符", f"口径：{name}", (sheet.place(next(iter(best_rows)), col),)
    )
    for row, (stated, a, b) in best_rows.items():
        if not _closes(stated, a, b):
            label = sheet.name(row, half)
            yield issue(
                "P0",
                f"{sheet.title}“{label}”{sheet.headed(col)}{stated.text}复算不符",
                f"“{label}”{sheet.headed(col)}填{stated.text}，按{name}复算为{amount(stated, a.base - b.base)}。",
                f"{amount(a)}－{amount(b)}＝{amount(stated, a.base - b.base)}；报告{stated.text}。",
                "请核对并更正。",
                (sheet.place(row, col),),
                (sheet.quote(row),),
            )


def _closes(stated: Quantity, a: Quantity, b: Quantity) -> bool:
    return abs(stated.base - (a.base - b.base)) <= margin(stated) + margin(a) + margin(b)


def _good(rows: dict[int, tuple[Quantity, Quantity, Quantity]]) -> int:
    return sum(_closes(*figures) and figures[0].base != 0 for figures in rows.values())


def _bad(rows: dict[int, tuple[Quantity, Quantity, Quantity]]) -> int:
    return sum(not _closes(*figures) for figures in rows.values())
