"""A sentence that writes out row and column speaks of that cell: no other cell with the value stands for it."""

from __future__ import annotations

import pytest

from assistant.answer import Figure
from assistant.check import verify
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

REPORT = report(
    "# 一、项目预算",
    table(
        """单位：万元
        | 项目 | 年初安排数 | 调整安排数 | 其中：上级补助 |
        | 公共文化场馆免费开放 | 842.00 | 796.00 | 310.00 |
        | 城市书房新建 | 450.00 | 480.00 | 120.00 |""",
        caption="表1 项目预算",
    ),
    "# 二、资产",
    table(
        """单位：万元
        | 类别 | 本年变动（原值）增加 | 本年变动（原值）减少 |
        | 一、设备（台、套） | 86.92 | 42.15 |
        | 二、图书（册） | 0.60 | 0.00 |""",
        caption="表2 资产变动",
    ),
    "# 三、进度",
    table(
        """| 时间 | 当季支出（万元） | 累计支出（万元） |
        | 第一季度 | 612.48 | 612.48 |
        | 第二季度 | 704.15 | 1316.63 |""",
        caption="表3 支出进度",
    ),
    "# 四、健康",
    table(
        """| 指标 | 目标值 | 完成值 |
        | 65岁以上老年人健康管理率 | 70% | 72.1% |""",
        caption="表4 指标",
    ),
    "# 五、人员",
    table(
        """单位：人
        | 类别 | 编制数 | 年末实有 | 超编 |
        | 在职合计 | 106 | 106 | 0 |""",
        caption="表5 人员",
    ),
)
READING = Reading(REPORT, facts(REPORT))


def figure(text: str, written: str) -> Figure:
    """The one figure of a text that is written so."""
    return next(one for one in verify(text, [READING]).figures if one.quantity.text == written)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("公共文化场馆免费开放的调整安排数为796.00万元。", "796.00万元"),
        ("设备的本年变动（原值）减少为42.15万元。", "42.15万元"),  # number and unit of the row left out
        ("图书的本年变动（原值）减少为0.00万元。", "0.00万元"),
        ("第二季度的累计支出为1316.63万元。", "1316.63万元"),  # the row says its period itself
        ("65岁以上老年人健康管理率的完成值为72.1%。", "65岁"),  # a name, not a figure of its own
    ],
)
def test_what_is_named_in_full_is_verified(text: str, written: str) -> None:
    """Whatever the trimmings of the heads."""
    assert figure(text, written).verdict == "exact"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("公共文化场馆免费开放的调整安排数为310.00万元。", "310.00万元"),  # another column of the row
        ("公共文化场馆免费开放的调整安排数为480.00万元。", "480.00万元"),  # another row of the column
        ("设备的本年变动（原值）减少为86.92万元。", "86.92万元"),
        ("第二季度的累计支出为704.15万元。", "704.15万元"),
        ("66岁以上老年人健康管理率的完成值为72.1%。", "66岁"),
        ("2022年度在职合计的编制数为106人。", "106人"),  # 106人−0人 shows nothing of another year
    ],
)
def test_what_is_named_in_full_is_not_borne_out_by_another_cell(text: str, written: str) -> None:
    """Though the report has the digits."""
    assert figure(text, written).verdict not in ("exact", "rounded", "derived", "truncated")


def test_names_in_a_row_with_their_figures_behind_are_told_one_by_one() -> None:
    """甲和乙的x分别为…: the last name alone stands before the figures, and is not that of the first."""
    text = "公共文化场馆免费开放和城市书房新建的调整安排数分别为796.00万元和480.00万元。"
    assert figure(text, "796.00万元").verdict == "exact"
