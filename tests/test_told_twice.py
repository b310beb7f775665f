"""One thing told with two values in words that differ: both are shown, none is chosen."""

from __future__ import annotations

import pytest

from assistant.builtin.ask import answer
from assistant.review import findings
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

GRANTS = table(
    "| 项目名称 | 预算 | 实际支出 |\n| 城市公交运营补贴 | 3,800.00 | 3,800.00 |\n| 危桥改造 | 2,450.00 | 2,283.40 |",
    caption="附表1 项目支出情况（单位：万元）",
)


def test_a_row_told_with_words_between_is_still_its_row() -> None:
    """城市公交运营补贴 of the table is what was paid 向市公交公司; 元 and 万元 are both shown."""
    made = report("# 一、履职情况", "按政策向市公交公司拨付运营补贴3,800.00元，按季结算。", GRANTS)
    told = answer("市公交公司拨付了多少运营补贴？", [reading := Reading(made, facts(made))], findings=findings(reading))
    assert "3,800.00元" in told.text
    assert "3,800.00万元" in told.text
    assert "单位疑误" in told.text


def test_a_row_that_shares_only_its_kind_is_another() -> None:
    """农村公交票价补贴 is not 城市公交运营补贴, though both are 3,800.00."""
    made = report("# 一、履职情况", "向学生发放农村客运票价补贴3,800.00元。", GRANTS)
    assert not [one for one in findings(Reading(made, facts(made))) if one.rule == "单位与量级"]


@pytest.mark.parametrize(("other", "beside"), [("125件", True), ("148件", False)])
def test_a_step_and_its_full_name_with_digits_changed_round(other: str, beside: bool) -> None:
    """收到复议申请168件，受理152件 and 受理行政复议案件125件; other digits are no slip."""
    made = report(
        "# 一、履职情况",
        "全年收到复议申请168件，受理152件，审结146件。",
        "# 二、存在问题",
        f"全年受理行政复议案件{other}，人案矛盾突出。",
    )
    told = answer("受理行政复议案件多少件？", [Reading(made, facts(made))])
    assert other in told.text
    assert ("152件" in told.text) is beside
