"""Facts of tables: every cell that states a figure, with its row's labels, column's header, unit, period and basis.

Blanks and dashes state nothing. Serial numbers and codes are no facts. Values are taken as printed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.fact import Basis, Fact
from ingest.ledger.grid import NOTHING, Grid, figure, owners, segments, tidy
from ingest.ledger.units import cell_unit, implied_unit, named_unit
from ingest.periods import mentions
from ingest.quantity import Quantity, Unit, parse_cell, unit
from ingest.report import Cell, Place, Report, Table
from ingest.terms import basis_of, basis_words, is_alias, is_serial, is_total, plain
from ingest.wording import wording, words

_PARENTHESIS = re.compile(r"[（(][^（）()]*[)）]$")
_OPENS = re.compile("年初(?:数|余额|值)?")
_CLOSES = re.compile("(?:本?年末|年底|期末)(?:数|余额|值|实有数)?")
_AGAINST = ("比", "较", "与", "同")
_AMOUNTS = ("年初预算", "调整后预算", "预算", "决算")


@dataclass(frozen=True, slots=True)
class Spot:
    """One figure of a table with the paths it stands under."""

    row: int
    col: int
    cell: Cell
    labels: tuple[str, ...]
    columns: tuple[str, ...]
    stated: str = ""
    """Text of the row's unit column (计量单位)."""
    inherited: Unit | None = None
    """Unit of the row head or of the row that this one is a part of."""


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


def spots(table: Table) -> Iterator[Spot]:
    """Every position that states a figure, with its labels."""
    filled = owners(table)
    times = Counter(plain(cell.text) for cell in table.cells)
    for segment in segments(table):
        grid, before = Grid(table, segment, filled), ""
        for row in segment.body:
            if table.layout == "pairs" or alternates(grid, row):
                for spot in _pairs(grid, row):
                    label = spot.columns[0]
                    if times[plain(label)] > 1 and before:
                        spot = replace(spot, labels=(before,))
                    else:
                        before = _PARENTHESIS.sub("", label)
                    yield spot
            else:
                yield from _row(grid, row)


def alternates(grid: Grid, row: int) -> bool:
    """Whether a row of a grid reads label, figure, label, figure: a form line inside the table."""
    cells = [cell for cell in dict.fromkeys(grid.at[row]) if cell.row == row and cell.text.strip()]
    if len(cells) < 4 or len(cells) % 2:
        return False
    labels, values = cells[0::2], cells[1::2]
    if any(figure(cell) or tidy(cell.text) in NOTHING for cell in labels):
        return False
    told = all(figure(cell) or tidy(cell.text) in NOTHING for cell in values)
    return told and any(_of_form(grid, *pair) for pair in zip(labels, values, strict=True))


def _of_form(grid: Grid, label: Cell, value: Cell) -> bool:
    """Whether a label is one of a form and not of a side-by-side table (收入｜支出), which has headers of its own."""
    over = grid.heads[label.col][-1:]
    one = bool(over) and over == grid.heads[value.col][-1:] if grid.segment.header else label.colspan > 1
    heads = grid.heads[value.col][-1:]
    answered = bool(grid.segment.header) and bool(heads) and not _OVER_FIGURES.search(heads[0])
    return one or answered or not grid.label_columns[label.col]


_OVER_FIGURES = re.compile(
    r"[数额率量值费元金比分计度年月级]|预算|决算|实际|收入|支出|编制|人员|在职|面积|标准|完成|目标|%|％"
)
"""What may stand over a column of figures; a name there (单位名称｜某某镇政府) is the answer of a form."""


def _pairs(grid: Grid, row: int) -> Iterator[Spot]:
    """Figures of a row in which each stands right of its label."""
    label: str = ""
    for cell in dict.fromkeys(grid.at[row]):
        text = tidy(cell.text)
        if cell.row != row and cell.rowspan > 1:
            continue
        if figure(cell) and label and not is_serial(label):
            yield Spot(row, cell.col, cell, (), (label,), inherited=_unit_above(grid, row, cell.col))
        elif text not in NOTHING:
            label = text


def _unit_above(grid: Grid, row: int, col: int) -> Unit | None:
    """The unit named by the label of the nearest figure above that names one (编制总数（名） over 其中：行政编制)."""
    for above in reversed([r for r in grid.segment.body if r < row]):
        cell = grid.at[above][col]
        label = tidy(grid.at[above][cell.col - 1].text) if cell.col else ""
        if found := named_unit(label):
            return found
    return None


def _row(grid: Grid, row: int) -> Iterator[Spot]:
    """Figures of an ordinary row."""
    for cell in dict.fromkeys(grid.at[row]):
        columns = grid.heads[cell.col]
        if cell.row != row or any(map(is_serial, columns)) or figure(cell) is None:
            continue
        if grid.label_columns[cell.col]:
            continue
        block = grid.block(cell.col)
        labels = grid.labels(row, block)
        if not labels and not columns:
            continue
        yield Spot(row, cell.col, cell, labels, columns, _stated(grid, row), _part_unit(grid, row, block))


def _stated(grid: Grid, row: int) -> str:
    """The text of the row's unit column, "" where the table has none."""
    return "" if grid.unit_column is None else tidy(grid.at[row][grid.unit_column].text)


def _part_unit(grid: Grid, row: int, block: tuple[int, ...]) -> Unit | None:
    """The unit that a row head over it names (年度预算（万元）), else the label of the rows it is a part of."""
    if not block:
        return None
    for cell in reversed(dict.fromkeys(grid.at[row][: max(block) + 1])):
        if found := named_unit(tidy(cell.text)):
            return found
    above = grid.parent(row, block)
    while above is not None and grid.names(above, block):
        if found := named_unit(tidy(grid.names(above, block)[-1].text)):
            return found
        above = grid.parent(above, block)
    return None


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
