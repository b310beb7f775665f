"""The tables of benchmarks.layouts: figures of our own, in the layouts that offices and web sites print."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

Cell = str | tuple[str, int, int]
"""Text, or text with colspan and rowspan."""
Rows = Sequence[Sequence[Cell]]

ITEMS = (
    "公园绿地养护", "行道树补植", "城市家具维护", "环卫清扫保洁", "生活垃圾分类收运", "公厕运行管理", "照明设施改造",
    "违建拆除整治", "户外广告管理", "数字城管平台运维", "渣土运输监管", "应急抢险物资储备",
)  # fmt: skip
PROSE = (
    "本年度部门围绕市容环境提升开展工作，各项目均按批复的绩效目标组织实施，资金拨付履行审批手续，"
    "未发现截留、挪用情况。下表列示有关情况，口径与部门决算一致。"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """A file to be printed, and the true grids of its tables. `html` for Chromium, else `docx` for LibreOffice.

    With a `suffix` the file is read as it is.
    """

    name: str
    tables: tuple[Rows, ...]
    html: str = ""
    docx: Callable[[], bytes] = bytes
    suffix: str = ""
    file: Callable[[], bytes] = bytes


def money(chance: random.Random, most: int = 900_000) -> str:
    return f"{chance.randrange(100, most) / 100:,.2f}"


def table(rows: Rows, head: int = 0, css: str = "") -> str:
    """The rows as HTML; `head`: rows in <thead>, which is repeated on every page."""
    lines = []
    for at, row in enumerate(rows):
        cells = "".join(
            f"<td>{cell}</td>"
            if isinstance(cell, str)
            else f'<td colspan="{cell[1]}" rowspan="{cell[2]}">{cell[0]}</td>'
            for cell in row
        )
        lines.append(f"<tr>{cells}</tr>" + ("</thead><tbody>" if at == head - 1 else ""))
    return f'<table style="{css}">{"<thead>" if head else ""}{"".join(lines)}</table>'


def page(body: str, css: str = "") -> str:
    style = (
        "@page{size:A4;margin:18mm} body{font:10.5pt 'Noto Serif CJK SC'} table{border-collapse:collapse;width:100%}"
        "td{border:0.6pt solid #000;padding:2pt 4pt}"
    )
    return f"<html><meta charset=utf-8><style>{style}{css}</style><body>{body}</body></html>"


def three_lines() -> Layout:
    """三线表: rules above, below and under the head only, part rules under grouped headings."""
    chance = random.Random(7101)
    rows: list[Sequence[Cell]] = [
        [("项目名称", 1, 2), ("年初预算", 2, 1), ("全年执行", 2, 1), ("执行率", 1, 2)],
        ["基本支出", "项目支出", "基本支出", "项目支出"],
    ]
    rows += [[item, *(money(chance) for _ in range(4)), f"{chance.randrange(700, 1000) / 10}%"] for item in ITEMS[:8]]
    css = (
        "td{border:0} table{border-top:1.5pt solid;border-bottom:1.5pt solid} tr:nth-child(1) td[colspan]"
        "{border-bottom:0.5pt solid} tr:nth-child(2) td, tr:nth-child(1) td[rowspan='2']{border-bottom:0.75pt solid}"
        "td:not(:first-child){text-align:right}"
    )
    return Layout(
        "three_lines", (rows,), page(f"<p>{PROSE}</p><p>表1 支出情况（万元）</p>{table(rows)}<p>{PROSE}</p>", css)
    )


def open_sides() -> Layout:
    """No outer border at the left and right, thin grey rules within, figures centred."""
    chance = random.Random(7102)
    rows: list[Sequence[Cell]] = [["序号", "考核指标", "目标值", "完成值", "得分"]]
    rows += [
        [
            str(n),
            f"{item}完成率",
            f"≥{chance.randrange(80, 99)}%",
            f"{chance.randrange(800, 1000) / 10}%",
            str(chance.randrange(3, 10)),
        ]
        for n, item in enumerate(ITEMS, 1)
    ]
    css = "td{border:0.4pt solid #999;text-align:center} td:first-child{border-left:0} td:last-child{border-right:0}"
    return Layout("open_sides", (rows,), page(f"<p>{PROSE}</p>{table(rows)}", css))


def side_by_side() -> Layout:
    """Two tables beside each other, of different heights."""
    chance = random.Random(7103)
    left: list[Sequence[Cell]] = [["收入来源", "金额"], *([item, money(chance)] for item in ITEMS[:9])]
    right: list[Sequence[Cell]] = [
        ["支出用途", "预算", "决算"],
        *([item, money(chance), money(chance)] for item in ITEMS[5:10]),
    ]
    body = f'<div style="display:flex;gap:8mm;align-items:flex-start">{table(left)}{table(right)}</div>'
    return Layout("side_by_side", (left, right), page(f"<p>{PROSE}</p>{body}<p>{PROSE}</p>"))


def cut_rows() -> Layout:
    """Long rows of text cut by the page break, no head repeated."""
    chance = random.Random(7104)
    rows: list[Sequence[Cell]] = [["项目", "预算数（万元）", "实施情况说明"]]
    for n, item in enumerate(ITEMS, 1):
        told = "；".join(
            f"第{k}季度组织{ITEMS[(n + k) % 12]}巡查{chance.randrange(20, 90)}次，整改问题{chance.randrange(5, 60)}个"
            for k in range(1, 5)
        )
        rows.append([item, money(chance), f"{told}。{PROSE}"])
    css = "td:nth-child(1){width:22mm} td:nth-child(2){width:24mm;text-align:right}"
    return Layout("cut_rows", (rows,), page(f"<p>{PROSE * 6}</p>{table(rows)}<p>{PROSE}</p>", css))


def tiny() -> Layout:
    """Fourteen columns at five points, figures broken by the narrow cells."""
    chance = random.Random(7105)
    months = [f"{month}月" for month in range(1, 13)]
    rows: list[Sequence[Cell]] = [["项目", *months, "合计"]]
    rows += [[item, *(money(chance, 90_000_000) for _ in months), money(chance, 900_000_000)] for item in ITEMS]
    css = "td{font-size:5pt;padding:1pt;word-break:break-all;text-align:right} table{table-layout:fixed}"
    return Layout("tiny", (rows,), page(f"<p>{PROSE}</p>{table(rows)}", css))


def shaded() -> Layout:
    """No borders at all: white words on a dark head, rows shaded in turn."""
    chance = random.Random(7106)
    rows: list[Sequence[Cell]] = [["街道", "清运量（吨）", "同比", "分类达标小区（个）", "投诉件（件）"]]
    rows += [
        [
            f"{name}街道",
            f"{chance.randrange(1000, 90000):,}",
            f"{chance.randrange(-90, 90) / 10}%",
            str(chance.randrange(10, 99)),
            str(chance.randrange(100, 999)),
        ]
        for name in ("临江", "望湖", "青枫", "白塔", "石桥", "柳营", "东渡", "北苑")
    ]
    css = (
        "td{border:0;padding:4pt 8pt;-webkit-print-color-adjust:exact} tr:first-child td{background:#1f4e79;color:#fff}"
        "tr:nth-child(odd):not(:first-child) td{background:#eef3f8} td:not(:first-child){text-align:right}"
    )
    return Layout("shaded", (rows,), page(f"<p>{PROSE}</p>{table(rows)}<p>{PROSE}</p>", css))


def upright() -> Layout:
    """An assessment form: upright words beside merged rows, labels and values in turn at its head."""
    rows: list[Sequence[Cell]] = [
        ["项目名称", ("照明设施改造", 2, 1), "主管部门", ("城市管理局", 2, 1)],
        [("项目资金（万元）", 1, 3), "", "年初预算数", "全年预算数", "全年执行数", "执行率"],
        ["年度资金总额", "860.00", "912.50", "905.37", "99.22%"],
        ["其中：财政拨款", "860.00", "912.50", "905.37", "99.22%"],
        [("绩效指标", 1, 5), "二级指标", "三级指标", "年度指标值", "实际完成值", "得分"],
        [("数量指标", 1, 2), "改造路灯（盏）", "1,240", "1,268", "10"],
        ["新建控制箱（台）", "36", "36", "10"],
        ["质量指标", "验收合格率", "100%", "100%", "15"],
        ["满意度指标", "居民满意度", "≥90%", "93.6%", "9.5"],
    ]
    css = "tr:nth-child(2) td[rowspan='3'],tr:nth-child(5) td[rowspan='5']{writing-mode:vertical-rl;text-align:center}"
    return Layout("upright", (rows,), page(f"<p>{PROSE}</p>{table(rows)}<p>{PROSE}</p>", css))


def turned() -> Layout:
    """A wide table turned by a quarter on an upright page."""
    chance = random.Random(7108)
    rows: list[Sequence[Cell]] = [
        [("单位", 1, 2), ("一般公共预算", 3, 1), ("政府性基金", 3, 1), ("合计", 1, 2)],
        ["预算", "决算", "差额", "预算", "决算", "差额"],
    ]
    rows += [
        [f"{name}管理所", *(money(chance) for _ in range(7))]
        for name in ("城东", "城西", "城南", "城北", "滨江", "开发区")
    ]
    css = (
        "@page{margin:0} body{margin:0} .t{position:absolute;left:20mm;top:0;width:250mm;"
        "transform:translateY(275mm) rotate(-90deg);transform-origin:0 0}"
    )
    return Layout(
        "turned",
        (rows,),
        page(f'<div class="t"><p style="margin:0 0 8mm">附表3 收支决算情况</p>{table(rows)}</div>', css),
    )


def docx(rows: Rows, widths: Sequence[float], size: float, landscape: bool, before: str, head: int = 0) -> bytes:
    """The rows as a Word file; widths in millimetres, the first `head` rows repeated on every page."""
    from docx import Document
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.oxml import OxmlElement
    from docx.shared import Mm, Pt

    document = Document()
    document.add_paragraph(before)
    if landscape:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.left_margin = section.right_margin = Mm(10)
    made = document.add_table(rows=len(rows), cols=len(widths))
    made.style = "Table Grid"
    made.autofit = False
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            text, wide, tall = (cell, 1, 1) if isinstance(cell, str) else cell
            while (r, c) in taken:
                c += 1
            box = made.cell(r, c)
            if wide * tall > 1:
                box = box.merge(made.cell(r + tall - 1, c + wide - 1))
            run = box.paragraphs[0].add_run(text)
            run.font.size = Pt(size)
            taken |= {(r + dr, c + dc) for dr in range(tall) for dc in range(wide)}
        if r < head:
            made.rows[r]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for column, width in zip(made.columns, widths, strict=True):
        for box in column.cells:
            box.width = Mm(width)
    if landscape:
        document.add_section(WD_SECTION.NEW_PAGE).orientation = WD_ORIENT.LANDSCAPE
    document.add_paragraph(PROSE)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def wide() -> Layout:
    """Seventeen columns on a landscape page among upright ones, quarters over their months."""
    chance = random.Random(7109)
    quarters: list[Cell] = [(f"第{name}季度", 3, 1) for name in "一二三四"]
    rows: list[Sequence[Cell]] = [
        [("序号", 1, 2), ("项目名称", 1, 2), ("年初预算", 1, 2), *quarters, ("全年支出", 1, 2), ("执行率", 1, 2)],
        [f"{month}月" for month in range(1, 13)],
    ]
    rows += [
        [
            str(n),
            item,
            money(chance),
            *(money(chance, 50_000) for _ in range(12)),
            money(chance),
            f"{chance.randrange(800, 1000) / 10}%",
        ]
        for n, item in enumerate(ITEMS, 1)
    ]
    return Layout("wide", (rows,), docx=lambda: docx(rows, [8, 26, 18, *[15] * 12, 18, 14], 6.5, True, PROSE, 2))


def narrow() -> Layout:
    """Figures wrapped by LibreOffice in columns too narrow for them."""
    chance = random.Random(7110)
    rows: list[Sequence[Cell]] = [["科目编码", "科目名称", "年初预算数", "调整预算数", "决算数", "结转结余"]]
    rows += [
        [f"21{chance.randrange(10000, 99999)}", item, *(money(chance, 9_000_000_000) for _ in range(4))]
        for item in ITEMS
    ]
    return Layout("narrow", (rows,), docx=lambda: docx(rows, [14, 22, 17, 17, 17, 17], 10.5, False, PROSE * 3))


def long_head() -> Layout:
    """Sixty rows over three pages by LibreOffice, a head of two rows repeated on each, a merged first column."""
    chance = random.Random(7111)
    rows: list[Sequence[Cell]] = [
        [("大类", 1, 2), ("项目", 1, 2), ("资金（万元）", 2, 1), ("自评得分", 1, 2)],
        ["预算", "支出"],
    ]
    for kind in ("市政", "园林", "环卫", "执法", "信息化"):
        for n, item in enumerate(ITEMS):
            first: list[Cell] = [(f"{kind}类", 1, 12)] if n == 0 else []
            rows.append([*first, f"{kind}{item}", money(chance), money(chance), f"{chance.randrange(800, 1000) / 10}"])
    return Layout("long_head", (rows,), docx=lambda: docx(rows, [20, 60, 28, 28, 22], 10.5, False, PROSE * 2, 2))


LAYOUTS = [three_lines, open_sides, side_by_side, cut_rows, tiny, shaded, upright, turned, wide, narrow, long_head]
