"""The second batch of benchmarks.layouts, drawn once the first was mended for: statements, forms, nested tables."""

from __future__ import annotations

import random
from collections.abc import Sequence

from benchmarks.layout_tables import PROSE, Cell, Layout, Rows, docx, money, page, table

SITES = (
    "第一养老服务中心", "第二养老服务中心", "社区助餐点建设", "困境儿童保障", "残疾人两项补贴", "殡葬公共服务",
    "婚姻登记服务",
    "流浪乞讨救助", "社会组织培育", "志愿服务站点", "福利彩票公益金项目", "地名标志更新",
)  # fmt: skip


def statement() -> Layout:
    """A financial statement without any line: indented names, losses in brackets, dashes, a head of two lines."""
    chance = random.Random(9201)
    rows: list[Sequence[Cell]] = [["项目", "附注", "本年累计数（万元）", "上年同期数（万元）"]]
    for n, item in enumerate(SITES[:9]):
        second = "—" if n == 4 else f"({money(chance, 90_000)})" if n % 3 == 2 else money(chance)
        rows.append([item, str(n + 1), money(chance), second])
    rows.append(["合计", "", money(chance), money(chance)])
    css = (
        "td{border:0;padding:3pt 6pt} td:nth-child(n+3){text-align:right;width:30mm} td:nth-child(2){width:14mm}"
        "tr:nth-child(n+3):nth-child(-n+5) td:first-child{padding-left:20pt} tr:last-child{font-weight:bold}"
    )
    head = table(rows).replace("累计数（", "累计数<br>（").replace("同期数（", "同期数<br>（")
    return Layout("statement", (rows,), page(f"<p>{PROSE}</p>{head}<p>{PROSE}</p>", css))


def only_across() -> Layout:
    """An outer box and lines between the rows, no line between the columns."""
    chance = random.Random(9202)
    rows: list[Sequence[Cell]] = [["项目名称", "主管科室", "批复金额", "支付金额", "结余"]]
    rows += [
        [item, f"{'养老儿童救助'[2 * (n % 3) :][:2]}科", *(money(chance) for _ in range(3))]
        for n, item in enumerate(SITES)
    ]
    css = "td{border:0;border-bottom:0.5pt solid #000} table{border:1pt solid #000} td:nth-child(n+3){text-align:right}"
    return Layout("only_across", (rows,), page(f"<p>{PROSE}</p>{table(rows)}<p>{PROSE}</p>", css))


def nested() -> Layout:
    """A table within a cell of another."""
    chance = random.Random(9203)
    inner: Rows = [
        ["季度", "床位（张）", "入住率"],
        *([f"第{q}季度", str(chance.randrange(80, 400)), f"{chance.randrange(600, 990) / 10}%"] for q in "一二三四"),
    ]
    drawn = table(inner)
    body = table(
        [["项目名称", "实施情况"], ["机构养老服务提升", f"本年度各季度情况如下：{drawn}"], ["困境儿童保障", PROSE]]
    )
    return Layout("nested", (inner,), page(f"<p>{PROSE}</p>{body}", "td:first-child{width:30mm}"))


def doubled() -> Layout:
    """Double borders, a title row within the grid, sections as rows over all columns, bold totals."""
    chance = random.Random(9204)
    rows: list[Sequence[Cell]] = [
        [("2023年度专项资金使用情况表", 5, 1)],
        ["类别", "项目", "安排数", "使用数", "使用率"],
    ]
    for kind, items in (("一、市级资金", SITES[:4]), ("二、区级资金", SITES[4:8]), ("三、其他资金", SITES[8:])):
        rows.append([(kind, 5, 1)])
        rows += [
            [kind[2:4], item, money(chance), money(chance), f"{chance.randrange(500, 1000) / 10}%"] for item in items
        ]
        rows.append([("小计", 2, 1), money(chance), money(chance), f"{chance.randrange(500, 1000) / 10}%"])
    css = "td{border:3px double #333} tr:first-child td{text-align:center;font-weight:bold}"
    return Layout("doubled", (rows,), page(f"<p>{PROSE}</p>{table(rows)}", css))


def two_columns() -> Layout:
    """A page set in two columns of text, a small table in each."""
    chance = random.Random(9205)
    left: Rows = [
        ["区域", "户数", "人数"],
        *(
            [f"{name}片区", f"{chance.randrange(100, 9000):,}", f"{chance.randrange(100, 9000):,}"]
            for name in "东南西北"
        ),
    ]
    right: Rows = [
        ["月份", "申请件", "办结件"],
        *([f"{month}月", str(chance.randrange(10, 99)), str(chance.randrange(10, 99))] for month in range(1, 7)),
    ]
    column = f"<p>{PROSE * 3}</p>{table(left)}<p>{PROSE * 3}</p>"
    other = f"<p>{PROSE * 2}</p>{table(right)}<p>{PROSE * 4}</p>"
    whole = '<div style="break-inside:avoid">'
    body = f'<div style="columns:2;column-gap:8mm">{whole}{column}</div>{whole}{other}</div></div>'
    return Layout("two_columns", (left, right), page(body, "body{font-size:9pt}"))


def gapped() -> Layout:
    """Three lines with gaps between the part rules, centred headings over them, names wrapped over two lines."""
    chance = random.Random(9206)
    rows: list[Sequence[Cell]] = [
        [("服务对象", 1, 2), ("2022年", 3, 1), ("2023年", 3, 1)],
        ["人数", "金额", "人均", "人数", "金额", "人均"],
    ]
    names = (
        "特困供养人员",
        "低保家庭中的重度残疾人和失能老年人",
        "孤儿",
        "事实无人抚养儿童以及艾滋病病毒感染儿童",
        "临时救助对象",
    )
    for name in names:
        one = [str(chance.randrange(20, 900)), money(chance), f"{chance.randrange(10, 99) / 10}"]
        two = [str(chance.randrange(20, 900)), money(chance), f"{chance.randrange(10, 99) / 10}"]
        rows.append([name, *one, *two])
    html = table(rows).replace(
        '<td colspan="3" rowspan="1">2022年</td>', '<td colspan="3" rowspan="1"><div>2022年</div></td>'
    )
    html = html.replace('<td colspan="3" rowspan="1">2023年</td>', '<td colspan="3" rowspan="1"><div>2023年</div></td>')
    css = (
        "td{border:0;text-align:center} table{border-top:1.2pt solid;border-bottom:1.2pt solid} td div"
        "{border-bottom:0.5pt solid;margin:0 6pt;padding-bottom:3pt} "
        "tr:nth-child(2) td,td[rowspan='2']{border-bottom:0.7pt solid}"
        "td:first-child{width:36mm;text-align:left} tr:nth-child(2) td:first-child{width:auto;text-align:center}"
    )
    return Layout("gapped", (rows,), page(f"<p>{PROSE}</p>{html}<p>{PROSE}</p>", css))


def noted() -> Layout:
    """Figures with marks of footnotes, signs before them, percentages with changes in the same cell."""
    chance = random.Random(9207)
    rows: list[Sequence[Cell]] = [["指标", "目标", "完成", "较上年"]]
    for n, item in enumerate(SITES):
        mark = "①②③"[n % 3] if n % 4 == 0 else ""
        rows.append(
            [
                item,
                f"≥{chance.randrange(100, 900)}",
                f"{chance.randrange(100, 9000):,}{mark}",
                f"{'+-'[n % 2]}{chance.randrange(1, 400) / 10}%",
            ]
        )
    html = table(rows)
    for mark in "①②③":
        html = html.replace(mark, f"<sup>{mark}</sup>")
    return Layout("noted", (rows,), page(f"<p>{PROSE}</p>{html}<p>注：①含临时点位；②按批次统计；③为快报数。</p>"))


def continued() -> Layout:
    """A table over three pages, its title with （续） and its unit line repeated above each part."""
    chance = random.Random(9208)
    rows: list[Sequence[Cell]] = [["序号", "机构名称", "补助标准（元/床）", "补助床位", "补助金额（元）"]]
    rows += [
        [
            str(n),
            f"{SITES[n % 12]}{n}号点",
            f"{chance.randrange(100, 900):,}",
            str(chance.randrange(20, 200)),
            f"{chance.randrange(10_000, 900_000):,}",
        ]
        for n in range(1, 91)
    ]
    parts = []
    for at, start in enumerate(range(1, 91, 30)):
        title = "附表2 机构补助明细表" + ("（续）" if at else "")
        block = table([rows[0], *rows[start : start + 30]], head=1)
        above = f'<p style="text-align:center">{title}</p><p style="text-align:right">单位：元</p>'
        parts.append(f'<div style="break-after:page">{above}{block}</div>')
    return Layout("continued", (rows,), page("".join(parts)))


def bordered_break() -> Layout:
    """Merged names at the side cut by page breaks that Chromium chooses, the head repeated on each page."""
    chance = random.Random(9209)
    rows: list[Sequence[Cell]] = [[("类型", 1, 2), ("项目", 1, 2), ("投入", 2, 1)], ["预算", "执行"]]
    for kind in ("养老服务", "儿童福利", "社会救助", "区划地名", "社会组织", "慈善事业"):
        for n in range(11):
            first: list[Cell] = [(kind, 1, 11)] if n == 0 else []
            rows.append([*first, f"{kind}子项{n + 1}", money(chance), money(chance)])
    css = "td[rowspan='11']{vertical-align:top;width:20mm}"
    return Layout("bordered_break", (rows,), page(f"<p>{PROSE}</p>{table(rows, head=2)}<p>{PROSE}</p>", css))


def form() -> Layout:
    """A self-assessment form by LibreOffice: labels and values in turn, merged cells both ways, empty cells."""
    rows: list[Sequence[Cell]] = [
        [("项目支出绩效自评表", 6, 1)],
        ["项目名称", ("社区助餐点建设", 3, 1), "项目类别", "一般性项目"],
        ["主管部门", ("民政局", 3, 1), "实施单位", "养老服务科"],
        [("预算执行情况（万元）", 1, 3), "", "年初预算", "调整后预算", "全年执行", "执行率"],
        ["资金总额", "420.00", "436.80", "433.15", "99.16%"],
        ["上年结转", "", "16.80", "16.80", "100.00%"],
        ["年度总体目标", ("新建助餐点12个，全年供餐18.6万人次，老年人满意度不低于90%。", 5, 1)],
        [("产出指标", 1, 3), "数量", "新建助餐点", "12个", "12个", "10"],
        ["数量", "供餐人次", "18.6万人次", "19.04万人次", "10"],
        ["时效", "按期开业率", "100%", "91.67%", "8.3"],
        ["效益指标", "满意度", "老年人满意度", "≥90%", "94.2%", "10"],
    ]
    return Layout("form", (rows,), docx=lambda: docx(rows, [26, 22, 34, 30, 30, 24], 10.5, False, PROSE))


SECOND = [statement, only_across, nested, doubled, two_columns, gapped, noted, continued, bordered_break, form]
