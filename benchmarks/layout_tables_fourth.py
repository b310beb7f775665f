"""The fourth batch of benchmarks.layouts, drawn once the third was mended for, and scored before it was mended for."""

from __future__ import annotations

import random
from collections.abc import Sequence
from io import BytesIO

from docx import Document
from openpyxl import Workbook

from benchmarks.layout_tables import PROSE, Cell, Layout, Rows, docx, money, page, table
from benchmarks.layout_tables_third import put

WORKS = (
    "古城墙修缮", "非遗传习所补助", "图书馆夜间开放", "乡镇戏台维护", "文物库房恒温改造", "民俗节庆活动",
    "考古勘探服务", "广播村村响运维", "农家书屋更新", "文艺精品创作",
)  # fmt: skip


def separate() -> Layout:
    """Every cell in a box of its own, two points from the next."""
    chance = random.Random(4401)
    rows: list[Sequence[Cell]] = [["项目", "预算", "执行", "完成率"]]
    rows += [[item, money(chance), money(chance), f"{chance.randrange(300, 1000) / 10}%"] for item in WORKS]
    css = "table{border-collapse:separate;border-spacing:2pt;border:1pt solid}"
    return Layout("separate", (rows,), page(f"<p>{PROSE}</p>{table(rows)}<p>{PROSE}</p>", css))


def double_sided() -> Layout:
    """Receipts at the left, spending at the right, rows of different number, totals in one line."""
    chance = random.Random(4402)
    rows: list[Sequence[Cell]] = [[("收入", 2, 1), ("支出", 3, 1)], ["来源", "金额", "功能分类", "基本", "项目"]]
    for n, item in enumerate(WORKS[:6]):
        left = [f"{n + 1}、{item}补助", money(chance)] if n < 4 else ["", ""]
        rows.append([*left, item, money(chance), money(chance) if n % 2 else ""])
    rows.append(["收入总计", money(chance), "支出总计", money(chance), money(chance)])
    return Layout("double_sided", (rows,), page(f"<p>收支总表（万元）</p>{table(rows)}<p>{PROSE}</p>"))


def matrix() -> Layout:
    """Offices across, kinds of spending down, a slanted corner, empty cells, sums at the right and below."""
    chance = random.Random(4403)
    offices = ("文化馆", "博物馆", "图书馆", "文保所", "合计")
    rows: list[Sequence[Cell]] = [["支出类别＼单位", *offices]]
    for item in ("工资福利", "商品服务", "对个人补助", "资本性支出", "合计"):
        rows.append([item, *("" if chance.random() < 0.2 else money(chance) for _ in offices)])
    return Layout("matrix", (rows,), page(f"<p>{PROSE}</p>{table(rows)}", "td{text-align:right}"))


def cards() -> Layout:
    """A form for each project, one right under the other, all of one shape."""
    chance = random.Random(4404)
    found = []
    for item in WORKS[:4]:
        found.append(
            [
                ["项目名称", (item, 3, 1)],
                ["预算数", money(chance), "执行数", money(chance)],
                ["产出", (f"完成{item}{chance.randrange(2, 30)}处，验收合格。", 3, 1)],
            ]
        )
    body = "".join(f"<p>项目{n}</p>{table(rows)}" for n, rows in enumerate(found, 1))
    return Layout("cards", tuple(found), page(f"<p>{PROSE}</p>{body}"))


def narrow_figures() -> Layout:
    """Columns so narrow that figures break within."""
    chance = random.Random(4405)
    rows: list[Sequence[Cell]] = [["项目", *(f"{month}月" for month in range(1, 9))]]
    rows += [
        [item, *(f"{chance.randrange(10_000_000, 99_000_000) / 100:,.2f}" for _ in range(8))] for item in WORKS[:6]
    ]
    css = (
        "table{table-layout:fixed} td{word-break:break-all;font-size:8.5pt;padding:1pt 2pt} td:first-child{width:24mm}"
    )
    return Layout("narrow_figures", (rows,), page(f"<p>{PROSE}</p>{table(rows)}", css))


def remark_right() -> Layout:
    """Remarks merged over rows at the right, names merged at the left, both of different lengths."""
    chance = random.Random(4406)
    rows: list[Sequence[Cell]] = [["类别", "项目", "金额", "备注"]]
    left, right = (0, 4, 7), (0, 2, 5, 8)
    ends = {0: 4, 4: 3, 7: 3}, {0: 2, 2: 3, 5: 3, 8: 2}
    for n, item in enumerate(WORKS):
        first: list[Cell] = [(f"第{n}类", 1, ends[0][n])] if n in left else []
        last: list[Cell] = [(f"自第{n + 1}项起合并核算，资金统一下达。", 1, ends[1][n])] if n in right else []
        rows.append([*first, item, money(chance), *last])
    return Layout("remark_right", (rows,), docx=lambda: docx(rows, [20, 60, 34, 46], 10.5, False, PROSE))


def page_sums() -> Layout:
    """A long list whose pages each end in 本页小计, the head repeated."""
    chance = random.Random(4407)
    rows: list[Sequence[Cell]] = [["凭证号", "摘要", "借方", "贷方"]]
    for n in range(1, 73):
        rows.append([f"记-{n:04d}", f"支付{WORKS[n % 10]}款", money(chance), ""])
        if n % 24 == 0:
            rows.append([("本页小计", 2, 1), money(chance, 9_000_000), "0.00"])
    return Layout("page_sums", (rows,), page(f"<p>{PROSE}</p>{table(rows, head=1)}"))


def signed() -> Layout:
    """Arrows, signs and words of change before the figures, in a table without lines down."""
    chance = random.Random(4408)
    rows: list[Sequence[Cell]] = [["指标", "本年", "上年", "变动"]]
    marks = ("▲", "▼", "+", "-", "↑", "↓")
    for n, item in enumerate(WORKS):
        mark = marks[n % 6]
        rows.append([item, money(chance), money(chance), f"{mark}{chance.randrange(1, 400) / 10}%"])
    css = "td{border-left:0;border-right:0;text-align:right} td:first-child{text-align:left}"
    return Layout("signed", (rows,), page(f"<p>{PROSE}</p>{table(rows)}<p>{PROSE}</p>", css))


def side_sheet() -> Layout:
    """Two tables beside each other on a sheet, an empty column between."""
    chance = random.Random(4409)
    left: Rows = [["馆名", "人次"], *([item, str(chance.randrange(100, 9000))] for item in WORKS[:6])]
    right: Rows = [["来源", "金额", "占比"], *([item, str(chance.randrange(100, 9000)), "25%"] for item in WORKS[6:])]

    def file() -> bytes:
        book = Workbook()
        put(book.active, left, 1, 1)
        put(book.active, right, 1, 4)
        out = BytesIO()
        book.save(out)
        return out.getvalue()

    return Layout("side_sheet", (left, right), suffix="xlsx", file=file)


def word_parts() -> Layout:
    """A Word file: a table in two parts under （续）, the head again in the second."""
    chance = random.Random(4410)
    rows: list[Sequence[str]] = [["序号", "项目", "金额（万元）"]]
    rows += [[str(n), item, money(chance)] for n, item in enumerate(WORKS, 1)]

    def file() -> bytes:
        document = Document()
        for title, part in (("表4 经费明细", rows[:6]), ("表4 经费明细（续）", [rows[0], *rows[6:]])):
            document.add_paragraph(title)
            made = document.add_table(rows=0, cols=3)
            for row in part:
                for cell, text in zip(made.add_row().cells, row, strict=True):
                    cell.text = text
        document.add_paragraph(PROSE)
        out = BytesIO()
        document.save(out)
        return out.getvalue()

    return Layout("word_parts", (rows,), suffix="docx", file=file)


FOURTH = [
    separate, double_sided, matrix, cards, narrow_figures, remark_right, page_sums, signed, side_sheet, word_parts,
]  # fmt: skip
