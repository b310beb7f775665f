"""The third batch of benchmarks.layouts: budget openings as other provinces print them, and files read as they are."""

from __future__ import annotations

import random
from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook

from benchmarks.layout_tables import PROSE, Cell, Layout, Rows, docx, money, page, table

OFFICES = (
    "渔业资源保护", "水产种质场运行", "渔港维护", "海洋观测站点", "渔船更新补助", "养殖尾水治理", "执法船艇运维",
    "渔民转产培训", "水产品质量抽检", "海域使用监管", "增殖放流", "灾害预警平台",
)  # fmt: skip
WIDE = "@page{size:A4 landscape;margin:12mm} body{font-size:7.5pt} td{text-align:center}"


def codes() -> Layout:
    """支出决算表 across a landscape page: codes in three columns, a head of three levels, the total row on top."""
    chance = random.Random(3301)
    rows: list[Sequence[Cell]] = [
        [
            ("功能分类科目编码", 3, 2),
            ("科目名称", 1, 2),
            ("本年支出合计", 1, 2),
            ("基本支出", 3, 1),
            ("项目支出", 2, 1),
        ],
        ["小计", "人员经费", "公用经费", "小计", "其中：基本建设"],
        ["类", "款", "项", "栏次", "1", "2", "3", "4", "5", "6"],
        [("合计", 4, 1), *(money(chance) for _ in range(6))],
    ]
    for n, item in enumerate(OFFICES):
        rows.append(["213", f"{n % 4 + 1:02d}", f"{n + 1:02d}", item, *(money(chance) for _ in range(6))])
    above = "<p>公开05表</p><p>部门：某某海洋与渔业局　　　　单位：万元</p>"
    body = f"{above}{table(rows)}<p>注：本表反映部门本年度各项支出情况。</p>"
    return Layout("codes", (rows,), page(body, WIDE))


def deep_head() -> Layout:
    """Three levels of head over uneven numbers of columns."""
    chance = random.Random(3302)
    rows: list[Sequence[Cell]] = [
        [("单位名称", 1, 3), ("2023年度", 5, 1), ("2022年度", 2, 1)],
        [("财政拨款", 3, 1), ("其他", 2, 1), ("合计", 1, 2), ("其中：财政拨款", 1, 2)],
        ["一般公共预算", "政府性基金", "国有资本", "事业收入", "其他收入"],
    ]
    rows += [[f"{item}中心", *(money(chance) for _ in range(7))] for item in OFFICES[:9]]
    return Layout("deep_head", (rows,), page(f"<p>{PROSE}</p>{table(rows)}", "body{font-size:8.5pt}"))


def upright_heads() -> Layout:
    """Narrow columns whose heads are set downwards."""
    chance = random.Random(3303)
    heads = ("年初预算数", "调整预算数", "实际支出数", "年末结余数")
    rows: list[Sequence[Cell]] = [["项目", *heads]]
    rows += [[item, *(money(chance) for _ in heads)] for item in OFFICES[:8]]
    html = table(rows)
    for head in heads:
        html = html.replace(f"<td>{head}</td>", f'<td class="v">{head}</td>', 1)
    css = ".v{writing-mode:vertical-rl;text-orientation:upright;height:26mm;text-align:center}"
    return Layout("upright_heads", (rows,), page(f"<p>{PROSE}</p>{html}<p>{PROSE}</p>", css))


def half_bordered() -> Layout:
    """Dotted lines under the rows, one line beside the names, nothing else."""
    chance = random.Random(3304)
    rows: list[Sequence[Cell]] = [["预算单位", "人员", "公用", "专项"]]
    rows += [[item, *(money(chance) for _ in range(3))] for item in OFFICES[:10]]
    css = (
        "td{border:0;border-bottom:0.5pt dotted #444;text-align:right}"
        "td:first-child{border-right:1pt solid;text-align:left}"
    )
    return Layout("half_bordered", (rows,), page(f"<p>{PROSE}</p>{table(rows)}<p>{PROSE}</p>", css))


def striped() -> Layout:
    """No line at all: a dark head with white letters, every other row shaded."""
    chance = random.Random(3305)
    rows: list[Sequence[Cell]] = [["序号", "项目名称", "预算金额", "支付金额", "进度"]]
    rows += [
        [str(n), item, money(chance), money(chance), f"{chance.randrange(400, 1000) / 10}%"]
        for n, item in enumerate(OFFICES, 1)
    ]
    css = (
        "td{border:0;padding:4pt} tr:first-child td{background:#1f3864;color:#fff}"
        "tr:nth-child(odd) td{background:#e8eef8}"
        "td:nth-child(n+3){text-align:right} *{-webkit-print-color-adjust:exact}"
        "table tr:first-child td{background:#1f3864}"
    )
    return Layout("striped", (rows,), page(f"<p>{PROSE}</p>{table(rows)}<p>{PROSE}</p>", css))


def footnote_rows() -> Layout:
    """Notes as rows of the table, over all its columns, in the middle and at the end."""
    chance = random.Random(3306)
    rows: list[Sequence[Cell]] = [["科目", "上年决算", "本年预算", "增减额", "增减率"]]
    for n, item in enumerate(OFFICES[:10]):
        rows.append(
            [item, money(chance), money(chance), f"-{money(chance, 9000)}", f"{chance.randrange(1, 300) / 10}%"]
        )
        if n in (3, 9):
            rows.append([(f"注{n}：{item}含上年结转 {chance.randrange(10, 99)}.50 万元，按批复口径填列。", 5, 1)])
    return Layout("footnote_rows", (rows,), page(f"<p>表2　收支对比表（单位：万元）</p>{table(rows)}<p>{PROSE}</p>"))


def unit_cells() -> Layout:
    """The unit stands beside each figure, in its own narrow column or in the cell."""
    chance = random.Random(3307)
    rows: list[Sequence[Cell]] = [["指标", "计量单位", "计划", "完成", "折合投入"]]
    units = ("吨", "万尾", "艘", "人次", "%", "批次")
    rows += [
        [
            f"{item}数量",
            units[n % 6],
            f"{chance.randrange(10, 9000):,}",
            f"{chance.randrange(10, 9000):,}",
            f"{chance.randrange(100, 90000) / 100:.2f}万元",
        ]
        for n, item in enumerate(OFFICES)
    ]
    css = "td{border-left:0;border-right:0} td:nth-child(2){width:14mm} td:nth-child(n+2){text-align:center}"
    return Layout("unit_cells", (rows,), page(f"<p>{PROSE}</p>{table(rows)}", css))


def leaders() -> Layout:
    """Names with dots that lead to their figures, no lines."""
    chance = random.Random(3308)
    rows: list[Sequence[Cell]] = [[item, money(chance)] for item in OFFICES]
    lines = "".join(
        f'<div style="display:flex"><span>{name}</span><span style="flex:1;overflow:hidden;white-space:nowrap">'
        f'{"." * 160}</span><span style="padding-left:3pt">{value}</span></div>'
        for name, value in rows
    )
    return Layout("leaders", (rows,), page(f"<p>{PROSE}</p><p>支出明细（万元）</p><div>{lines}</div><p>{PROSE}</p>"))


def spaced() -> Layout:
    """Thousands divided by spaces."""
    chance = random.Random(3309)
    rows: list[Sequence[Cell]] = [["项目", "合同金额（元）", "已付金额（元）", "比例"]]
    rows += [
        [
            item,
            *(
                f"{chance.randrange(1_000_000, 90_000_000):,}.{chance.randrange(10, 99)}".replace(",", " ")
                for _ in "ab"
            ),
            f"{chance.randrange(300, 1000) / 10} %",
        ]
        for item in OFFICES[:9]
    ]
    return Layout("spaced", (rows,), page(f"<p>{PROSE}</p>{table(rows)}", "td:nth-child(n+2){text-align:right}"))


def top_total() -> Layout:
    """The total above its parts, 其中 rows set in, half of the lines missing, printed by LibreOffice."""
    chance = random.Random(3310)
    rows: list[Sequence[Cell]] = [[("2023年“三公”经费支出表", 4, 1)], ["项目", "预算数", "决算数", "完成预算%"]]
    for item in (
        "合计",
        "1.因公出国（境）费",
        "2.公务接待费",
        "其中：外事接待",
        "3.公务用车购置及运行费",
        "其中：购置费",
        "运行费",
    ):
        rows.append([item, money(chance, 9000), money(chance, 9000), f"{chance.randrange(100, 1000) / 10}"])
    return Layout("top_total", (rows,), docx=lambda: docx(rows, [60, 34, 34, 34], 10.5, False, PROSE))


def merged_pages() -> Layout:
    """Names merged over rows that run over page breaks, the head printed once, by LibreOffice."""
    chance = random.Random(3311)
    rows: list[Sequence[Cell]] = [["处室", "任务", "资金（万元）", "完成情况"]]
    for office in ("渔政处", "养殖处", "海域处", "财务处"):
        for n in range(14):
            first: list[Cell] = [(office, 1, 14)] if n == 0 else []
            rows.append([*first, f"{office[:2]}任务{n + 1}：{OFFICES[n % 12]}", money(chance), f"已完成{n + 3}项"])
    return Layout("merged_pages", (rows,), docx=lambda: docx(rows, [24, 70, 34, 34], 12, False, PROSE))


def inset() -> Layout:
    """A small table two points inside the cell of another, on all sides."""
    chance = random.Random(3312)
    inner: Rows = [
        ["月份", "出海次数", "渔获（吨）"],
        *([f"{m}月", str(chance.randrange(9, 99)), money(chance, 9000)] for m in range(5, 9)),
    ]
    outer: Rows = [["项目", "明细"], ["增殖放流", "@"], ["渔港维护", "全年维护渔港4座，检查36次。"]]
    html = table(outer).replace("@", table(inner))
    css = "td{padding:2.5pt} table table{margin:0} td:first-child{width:30mm} table table td:first-child{width:auto}"
    return Layout("inset", (inner,), page(f"<p>{PROSE}</p>{html}<p>{PROSE}</p>", css))


def pasted() -> Layout:
    """A web page: a table in two parts, the second under 续表 with the same head again."""
    chance = random.Random(3313)
    rows: list[Sequence[Cell]] = [["序号", "项目", "预算数", "执行数"]]
    rows += [[str(n), item, money(chance), money(chance)] for n, item in enumerate(OFFICES, 1)]
    body = f"<h2>一、资金情况</h2><p>{PROSE}</p><p>表1 项目资金表</p><p>单位：万元</p>{table(rows[:7], 1)}<p>续表</p>"
    body += f"<p>单位：万元</p>{table([rows[0], *rows[7:]], 1)}<p>{PROSE}</p>"
    return Layout("pasted", (rows,), suffix="html", file=lambda: page(body).encode())


def boxes() -> Layout:
    """A web page whose table is made of div elements with display: table."""
    chance = random.Random(3314)
    rows: list[Sequence[Cell]] = [
        ["项目", "预算", "执行"],
        *([item, money(chance), money(chance)] for item in OFFICES[:6]),
    ]
    lines = "".join(
        '<div class="r">' + "".join(f'<div class="c">{cell}</div>' for cell in row) + "</div>" for row in rows
    )
    css = ".t{display:table}.r{display:table-row}.c{display:table-cell;border:1px solid}"
    return Layout(
        "boxes", (rows,), suffix="html", file=lambda: page(f'<p>{PROSE}</p><div class="t">{lines}</div>', css).encode()
    )


def stacked_sheet() -> Layout:
    """A sheet with a title, two tables with blank rows between, a note, quarters merged over months."""
    chance = random.Random(3315)
    first: list[Sequence[Cell]] = [
        [("单位", 1, 2), ("一季度", 3, 1), ("二季度", 3, 1)],
        [f"{month}月" for month in range(1, 7)],
    ]
    first += [[item, *(str(chance.randrange(100, 9000)) for _ in range(6))] for item in OFFICES[:5]]
    second: Rows = [
        ["经费来源", "金额"],
        *([item, str(chance.randrange(100, 9000))] for item in ("财政拨款", "自有资金", "上级补助")),
    ]

    def file() -> bytes:
        book = Workbook()
        sheet = book.active
        sheet.title = "月报"
        sheet["A1"] = "渔业补助按月支出表"
        sheet.merge_cells("A1:G1")
        sheet["G2"] = "单位：万元"
        put(sheet, first, 3, 1)
        put(sheet, second, 3 + len(first) + 2, 2)
        sheet.cell(3 + len(first) + len(second) + 3, 1, "注：月度数为快报口径。")
        out = BytesIO()
        book.save(out)
        return out.getvalue()

    whole = [[("渔业补助按月支出表", 7, 1)], [*[""] * 6, "单位：万元"], *first]
    return Layout("stacked_sheet", (whole, second), suffix="xlsx", file=file)


def put(sheet: object, rows: Rows, top: int, left: int) -> None:
    """Write rows into a sheet, merged cells merged, figures as numbers."""
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(rows, top):
        c = left
        for cell in row:
            text, wide, tall = (cell, 1, 1) if isinstance(cell, str) else cell
            while (r, c) in taken:
                c += 1
            sheet.cell(r, c, int(text) if text.isdecimal() else text)  # type: ignore[attr-defined]
            taken |= {(r + dr, c + dc) for dr in range(tall) for dc in range(wide)}
            if wide * tall > 1:
                sheet.merge_cells(start_row=r, start_column=c, end_row=r + tall - 1, end_column=c + wide - 1)  # type: ignore[attr-defined]
            c += wide


def word_nested() -> Layout:
    """A Word file: a table with a head of two levels, a merged name at the side, total on top."""
    chance = random.Random(3316)
    rows: list[Sequence[Cell]] = [
        [("类别", 1, 2), ("名称", 1, 2), ("金额（万元）", 2, 1)],
        ["批复", "决算"],
        [("总计", 2, 1), money(chance), money(chance)],
    ]
    for kind in ("资源", "装备", "民生"):
        for n in range(3):
            first: list[Cell] = [(kind, 1, 3)] if n == 0 else []
            rows.append([*first, OFFICES[(n * 3 + len(kind)) % 12], money(chance), money(chance)])
    return Layout("word_nested", (rows,), suffix="docx", file=lambda: docx(rows, [24, 60, 34, 34], 10.5, False, PROSE))


THIRD = [
    codes, deep_head, upright_heads, half_bordered, striped, footnote_rows, unit_cells, leaders, spaced, top_total,
    merged_pages, inset, pasted, boxes, stacked_sheet, word_nested,
]  # fmt: skip
