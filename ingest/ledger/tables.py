"""Facts of tables: every cell that states a figure, with its row's labels, column's header, unit, period and basis.

Blanks and dashes state nothing. Serial numbers and codes are no facts. Values are taken as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.fact import Basis, Fact
from ingest.ledger.grid import figure, tidy
from ingest.ledger.spots import Spot, spots
from ingest.ledger.units import cell_unit, implied_unit
from ingest.periods import mentions
from ingest.quantity import Quantity, Unit, parse_cell, unit
from ingest.report import Cell, Place, Report, Table
from ingest.terms import basis_of, basis_words, is_alias, is_total, plain
from ingest.wording import wording, words

_OPENS = re.compile("年初(?:数|余额|值)?")
_CLOSES = re.compile("(?:本?年末|年底|期末)(?:数|余额|值|实有数)?")
_AGAINST = ("比", "较", "与", "同")
_AMOUNTS = ("年初预算", "调整后预算", "预算", "决算")


def table_facts(report: Report, table: Table) -> Iterator[Fact]:
    """The facts of one table in reading order; ids are given later."""
    caption = caption_of(table)
    found, quotes = tuple(spots(table)), _quotes(table)
    amount = _usual_amount(found)
    opening = any(_CLOSES.fullmatch(plain(column)) for spot in found for column in spot.columns[-1:])
    for spot in found:
        if fact := _fact(report, table, caption, spot, amount, opening):
            yield replace(fact, quote=quotes[spot.row])


def _usual_amount(found: tuple[Spot, ...]) -> Unit | None:
    """The unit that amounts without any are usually in: 万元, or 元 where one reaches ten million."""
    usual, large = wording()["guess"]["money"]
    values = [quantity.value for spot in found if (quantity := figure(spot.cell)) and quantity.unit.dimension == "none"]
    return unit(large if any(abs(value) >= 10_000_000 for value in values) else usual)


def caption_of(table: Table) -> str:
    """The printed caption, or the title that fills the first row, or the sheet's name."""
    if table.caption:
        return tidy(table.caption)
    title = next((cell.text for cell in table.cells if cell.row == 0 and cell.colspan == table.cols > 1), "")
    return tidy(title) or table.sheet


def _fact(report: Report, table: Table, caption: str, spot: Spot, amount: Unit | None, opening: bool) -> Fact | None:
    """The fact of one spot, or None where it is no figure after all; `amount` stands in for a missing money unit.

    `opening`: the table has a column of closing balances, so that its 年初数 is no budget.
    """
    default, sure = cell_unit(spot.columns, spot.labels, spot.stated, spot.inherited, table.unit)
    if default is None and basis_of("".join(spot.columns)) in _AMOUNTS:
        default = amount
    quantity = parse_cell(spot.cell.text, default)
    if quantity is None:
        return None
    own = figure(spot.cell)
    sure = sure or bool(own and own.unit.dimension != "none")
    quantity = _rate(quantity, own, spot)
    subject, measure = _label(caption, spot)
    basis = _basis(caption, spot, quantity)
    period = _period(report, caption, spot)
    if basis == "年初预算" and opening and spot.columns and _OPENS.fullmatch(plain(spot.columns[-1])):
        basis, period = "", f"{period[:4]}年初"
    hidden = table.hidden or spot.cell.hidden
    return Fact(
        id="",
        subject=subject,
        measure=measure,
        period=period.replace("年末", "年度") if basis == "差额" else period,
        basis=basis,
        quantity=quantity,
        place=Place(
            report=report.id,
            page=spot.cell.page or table.page,
            block=table.block,
            table=table.number,
            row=spot.row,
            col=spot.col,
        ),
        quote="",
        section=(*table.section, *((caption,) if caption else ())),
        kind="table",
        certain=sure and table.certain and not hidden,
    )


def _rate(quantity: Quantity, own: Quantity | None, spot: Spot) -> Quantity:
    """A bare number under 执行率 is a percentage, also where the table's unit is money."""
    if own is None or own.unit.dimension != "none" or quantity.unit.dimension == "ratio":
        return quantity
    percent = implied_unit(spot.columns[-1]) if spot.columns else None
    return parse_cell(spot.cell.text, percent) or quantity if percent else quantity


def _label(caption: str, spot: Spot) -> tuple[str, tuple[str, ...]]:
    """Subject and measure path: the row's labels and the column's header; a bare total is named after the table."""
    labels = list(spot.labels)
    if _transposed(spot):
        item = "/".join(spot.columns)
        return (topic(caption) + item if is_total(spot.columns[-1]) else item), (labels[-1],)
    if labels and is_total(labels[-1]) and len(plain(labels[-1])) == 2:
        labels[-1] = topic(caption) + labels[-1]
    if spot.columns:
        return "/".join(labels), spot.columns
    return "/".join(labels[:-1]), (labels[-1],)


def _transposed(spot: Spot) -> bool:
    """Whether the items stand in the head and each row is one side of all of them (2023年预算｜0.00｜9.50)."""
    if len(spot.labels) != 1 or not spot.columns:
        return False
    side, item = spot.labels[0], plain(spot.columns[-1])
    return (
        _SIDE.fullmatch(plain(side)) is not None
        and not is_alias(item)
        and not _tells(item)
        and not mentions(item, None)
    )


_SIDE = re.compile(
    r"(?:20\d\d年度?|本年度?|上年度?)?(?:年初|全年|调整后)?(?:预算|决算|实际|执行|支出)(?:数|额|支出|发生数)?"
)
"""A row label that says only of which year and on which basis."""


def topic(caption: str) -> str:
    """What a table is about: `表3 2023年度项目支出情况表` → 项目支出."""
    text = re.sub(r"^(?:附?表|附件)\s*[\d一二三四五六七八九十]+(?:[-－]\d+)?[：:、.．\s]*", "", caption)
    text = re.sub(r"[（(].*?[)）]", "", text)
    text = re.sub(r"^.*?(?:20\d\d)\s*年度?", "", text)
    endings = sorted(words("captions"), key=len, reverse=True)
    while ending := next((word for word in endings if text.endswith(word) and len(text) > len(word) + 1), ""):
        text = text.removesuffix(ending)
    return text


def _period(report: Report, caption: str, spot: Spot) -> str:
    """The period named by the column, else by the row, else by the caption, else the year under review."""
    named = mentions(caption, None)
    year = report.year
    if len(named) == 1 and (match := re.fullmatch(r"(20\d\d)年度", named[0].period)):
        year = int(match[1])
    for text in reversed(spot.columns):
        found = [one for one in mentions(text, year) if text[: one.span[0]][-1:] not in _AGAINST]
        if found:
            return found[-1].period
    for text in reversed(spot.labels):
        for mention in mentions(text, year):
            rest = text[: mention.span[0]] + text[mention.span[1] :]
            if not plain(rest) or is_alias(rest) or not text[slice(*mention.span)].startswith("20"):
                return mention.period
    return named[0].period if len(named) == 1 else f"{year}年度" if year else ""


def _basis(caption: str, spot: Spot, quantity: Quantity) -> Basis:
    """The basis that the header names, else the row, else (money under a 决算表 or 预算表) the table.

    支出 alone says less than the table's name: a column 一般公共预算支出 in a 预算表 is a budget. A rate has only the
    basis that its own header names (年度指标值), not that of the amounts it is of.
    """
    path = "".join(spot.columns)
    if quantity.unit.dimension == "money" and _DONE.fullmatch(plain(spot.columns[-1]) if spot.columns else ""):
        return "决算"
    if plain(path).endswith(_NEITHER):  # what is left or came in is no budget, whatever row it is in
        return basis_of(path) if _tells(path) else ""
    if quantity.unit.dimension == "ratio":
        return basis_of(path) if _tells(path) else ""
    texts = (path, *reversed(spot.columns), *reversed(spot.labels[-1:]))
    if named := next((text for text in texts if _tells(text)), ""):
        return basis_of(named)
    kinds = {basis_of(word) for word in basis_words(caption) if word != "支出"}
    if quantity.unit.dimension == "money" and len(kinds) == 1:
        return kinds.pop()
    return next((basis for text in texts if (basis := basis_of(text))), "")


_NEITHER = ("结余", "结转", "到位", "到位数", "到位金额", "到位资金")
_DONE = re.compile(r"(?:20\d\d年度?|本年度?|上年度?|去年|全年)?实际(?:数|发生数|发生额|金额|支出额?)?")
"""2024年实际: what was spent, beside 2024年预算."""


def _tells(text: str) -> bool:
    """Whether a text names a basis by more than the word 支出."""
    return any(word != "支出" for word in basis_words(text))


def _quotes(table: Table) -> tuple[str, ...]:
    """Each row's texts from left to right joined by ｜."""
    rows: list[list[Cell]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row].append(cell)
    ordered = (sorted(cells, key=lambda cell: cell.col) for cells in rows)
    return tuple("｜".join(text for cell in cells if (text := cell.text.strip())) for cells in ordered)
