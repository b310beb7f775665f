"""Facts of tables: every cell that states a figure, with its row's labels, column's header, unit, period and basis.

Blanks and dashes state nothing. Serial numbers and codes are no facts. Values are taken as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ingest.fact import Basis, Fact
from ingest.ledger.cell_basis import adjusted_is_final, cell_basis, tells
from ingest.ledger.columns import YEAR, figure, tidy
from ingest.ledger.forms import form_of
from ingest.ledger.spots import Spot, spots
from ingest.ledger.units import cell_unit, implied_unit, units_in_turn
from ingest.periods import mentions, since_january
from ingest.quantity import Quantity, Unit, parse_cell, unit
from ingest.report import Cell, Place, Report, Table
from ingest.terms import basis_of, basis_words, canonical, is_alias, is_total, plain
from ingest.wording import wording, words

_STOCK = "(?:数|余额|值|结存|存量|人数|实有(?:人?数)?)?"
_OPENS, _CLOSES = re.compile(f"(?:年初|期初){_STOCK}"), re.compile(f"(?:本?年末|年底|期末){_STOCK}")
"""Heads of balances at the beginning and the end of the year (期初数, 年末实有)."""
_AGAINST = ("比", "较", "与", "同")
_OF_THE_YEAR = ("差额", "年初预算", "调整后预算", "预算", "调整")
"""What is said of a whole year, also where a head says 年末 (2023年预算：年初、年末)."""
_AMOUNTS = ("年初预算", "调整后预算", "预算", "决算")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a whole table says of each of its figures."""

    caption: str
    dated: str
    """What names its year: the caption, else the title that fills its first row."""
    amount: Unit | None
    """Stands in for a missing unit of money."""
    closes: bool
    """It has a column of closing balances, so that its 年初数 is no budget."""
    heads: frozenset[Basis]
    """The bases of its columns."""
    final: bool
    """Its 调整数 is the budget after the change."""
    units: Mapping[tuple[str, ...], str]
    """The unit of each column, where the head names as many (单位：万立方米、万元) as there are."""
    item: str
    """The one project that it is a form of."""


def table_facts(report: Report, table: Table) -> Iterator[Fact]:
    """The facts of one table in reading order; ids are given later."""
    found, quotes = tuple(spots(table)), _quotes(table)
    columns = dict.fromkeys(spot.columns for spot in found)
    caption = caption_of(table)
    setting = Setting(
        caption=caption,
        dated=caption if mentions(caption, None) else _title(table),
        amount=_usual_amount(found),
        closes=any(_CLOSES.fullmatch(plain(column)) for path in columns for column in path),
        heads=frozenset(basis_of("".join(path)) for path in columns),
        final=adjusted_is_final(found),
        units=units_in_turn(table.unit, list(columns)),
        item=form_of(report, table),
    )
    for spot in found:
        if fact := _fact(report, table, setting, spot, quotes[spot.row]):
            yield fact


def _usual_amount(found: tuple[Spot, ...]) -> Unit | None:
    """The unit that amounts without any are usually in: 万元, or 元 where one reaches ten million."""
    usual, large = wording()["guess"]["money"]
    values = [quantity.value for spot in found if (quantity := figure(spot.cell)) and quantity.unit.dimension == "none"]
    return unit(large if any(abs(value) >= 10_000_000 for value in values) else usual)


def caption_of(table: Table) -> str:
    """The printed caption, or the title that fills the first row, or the sheet's name."""
    if table.caption:
        return tidy(table.caption)
    return tidy(_title(table)) or table.sheet


def _title(table: Table) -> str:
    """The text that fills the first row."""
    return next((cell.text for cell in table.cells if cell.row == 0 and cell.colspan == table.cols > 1), "")


def _fact(report: Report, table: Table, setting: Setting, spot: Spot, quote: str) -> Fact | None:
    """The fact of one spot, or None where it is no figure after all."""
    caption = setting.caption
    printed = setting.units.get(spot.columns, table.unit)
    default, sure = cell_unit(spot.columns, spot.labels, spot.stated, spot.inherited, printed)
    if default is None and (basis_of("".join(spot.columns)) in _AMOUNTS or _like_amounts(spot, setting)):
        default = setting.amount
    quantity = parse_cell(spot.cell.text, default)
    if quantity is None:
        return None
    own = figure(spot.cell)
    sure = sure or bool(own and own.unit.dimension != "none")
    quantity = _rate(quantity, own, spot)
    subject, measure = _label("" if setting.item else caption, spot)
    if setting.item and not subject.startswith(setting.item):
        subject = "/".join(filter(None, (setting.item, subject)))
    basis = cell_basis(caption, topic(caption), spot, quantity, setting.heads, setting.final)
    period = _period(report, setting.dated, spot)
    if spot.labels and _OPENING_STOCK.match(plain(spot.labels[-1])) and not basis:
        period = f"{period[:4]}年初"
    if setting.closes and _opens(spot):
        basis, period = "", f"{period[:4]}年初"
    hidden = table.hidden or spot.cell.hidden
    return Fact(
        id="",
        subject=subject,
        measure=measure,
        period=period.replace("年末", "年度") if basis in _OF_THE_YEAR else period,
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
        quote=quote,
        section=(*table.section, *((caption,) if caption else ())),
        kind="table",
        certain=sure and table.certain and not hidden,
    )


def _like_amounts(spot: Spot, setting: Setting) -> bool:
    """Whether a bare number with cents stands beside columns of a budget (安排数｜下达数 980.00｜支付数)."""
    beside = {"年初预算", "调整后预算", "预算"} & setting.heads
    return bool(beside) and re.fullmatch(r"-?[\d,]+\.\d\d", spot.cell.text.strip()) is not None


_OPENING_STOCK = re.compile("(?:年初|期初)(?:.{0,4}资产|.{0,4}负债|账面|原值|净值|编制|在职|实有)")


def _opens(spot: Spot) -> bool:
    """Whether a figure stands under 期初数, and no other of its heads speaks of a budget (2023年预算：年初、年末)."""
    opens = [column for column in spot.columns if _OPENS.fullmatch(plain(column))]
    return bool(opens) and not basis_of("".join(column for column in spot.columns if column not in opens))


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
    if len(labels) == 1 and is_total(labels[-1]) and len(plain(labels[-1])) == 2:
        labels[-1] = topic(caption) + labels[-1]
    if spot.columns:
        return "/".join(labels), spot.columns
    return "/".join(labels[:-1]), (labels[-1],)


def _transposed(spot: Spot) -> bool:
    """Whether the items stand in the head and each row is one side of all of them (2023年预算｜0.00｜9.50)."""
    if len(spot.labels) != 1 or not spot.columns:
        return False
    side, item = spot.labels[0], plain(spot.columns[-1])
    named = not is_alias(item) or canonical(item).endswith("费")
    return _one_side(plain(side)) and named and not tells(item) and not mentions(item, None)


def _one_side(label: str) -> bool:
    """Whether a row's label says no more than on which basis its figures are (年初安排、实际支付、支付率)."""
    bases = [word for word in basis_words(label) if word != "支出"]
    return _SIDE.fullmatch(label) is not None or (bool(bases) and not _ASIDE.sub("", label.replace(bases[-1], "", 1)))


_ASIDE = re.compile(r"20\d\d年度?|[本上]年度?|年初|年中|年末|全年|累计|实际|安排|批复|情况|金额|进度|[数额率]")


_SIDE = re.compile(
    r"(?:.{0,6}?[比较]上年度?(?:增减|增加|减少|变动)(?:额|数|幅度|率)?)|(?:20\d\d年度?|本年度?|上年度?)?(?:年初|全年|调整后)?(?:预算|决算|实际|执行|支出)(?:数|额|支出|发生数)?"
)
"""A row label that says only of which year and on which basis."""


@lru_cache(maxsize=4096)
def topic(caption: str) -> str:
    """What a table is about: `表3 2023年度项目支出情况表` → 项目支出."""
    text = re.sub(r"^(?:附?表|附件)\s*[\d一二三四五六七八九十]+(?:[-－]\d+)?[：:、.．\s]*", "", caption)
    text = re.sub(r"[（(].*?[)）]|(?:金额)?单位[：:].*$", "", text).strip()
    text = re.sub(r"^.*?(?:20\d\d)\s*年[度末底初]?", "", text)
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
    year = next(
        (int(of[1]) for text in (*spot.columns, *spot.labels) if text[:2] == "20" and (of := YEAR.match(text))), year
    )
    total = _SO_FAR.search("".join((*spot.labels, *spot.columns))) is not None
    for text in reversed(spot.columns):
        found = [one for one in mentions(text, year) if text[: one.span[0]][-1:] not in _AGAINST]
        if found and found[-1].period != "累计":
            so_far = text[found[-1].span[1] :].startswith(("末", "底")) or total
            return since_january(found[-1].period) if so_far else _ended(found[-1].period, spot)
    for text in reversed(spot.labels):
        for mention in mentions(text, year):
            if text[: mention.span[0]][-1:] in _AGAINST or canonical(text) == "年初结转和结余":  # is spent this year
                continue
            rest = text[: mention.span[0]] + text[mention.span[1] :]
            if not plain(rest) or is_alias(rest) or not text[slice(*mention.span)].startswith("20"):
                return since_january(mention.period) if total else mention.period
    if total and any(one.period == "累计" for text in spot.columns for one in mentions(text, year)):
        return "累计"
    return named[0].period if len(named) == 1 else f"{year}年度" if year else ""


_SO_FAR = re.compile("累计(?!折旧|摊销|结余|结转|余额)")


def _ended(period: str, spot: Spot) -> str:
    """The end of a year where an outer head says 年末 (年末实有：2023年、2022年)."""
    whole_year = re.fullmatch(r"(20\d\d年)度", period)
    closes = any(_CLOSES.fullmatch(plain(column)) for column in spot.columns)
    return f"{whole_year[1]}末" if whole_year and closes else period


def _quotes(table: Table) -> tuple[str, ...]:
    """Each row's texts from left to right joined by ｜."""
    rows: list[list[Cell]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row].append(cell)
    ordered = (sorted(cells, key=lambda cell: cell.col) for cells in rows)
    return tuple("｜".join(text for cell in cells if (text := cell.text.strip())) for cells in ordered)
