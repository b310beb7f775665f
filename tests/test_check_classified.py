"""Tables by classes of the budget (类、款、项): rows of one name are told apart; the total is no row of its class."""

from __future__ import annotations

import pytest

from assistant.answer import BAD
from assistant.check import verify
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report, table

CLASSES = report(
    table(
        """单位：元
        | 项目 | < | < | < | 支出预算 | < |
        | 功能分类科目编码 | < | < | 功能分类科目名称 | 合计 | 项目支出 |
        | 类 | 款 | 项 | ^ | ^ | ^ |
        | 206 | | | 科学技术支出 | 3,410,000 | 3,410,000 |
        | 206 | 01 | | 科学技术管理事务 | 1,260,000 | 1,260,000 |
        | 206 | 01 | 02 | 一般行政管理事务 | 1,260,000 | 1,260,000 |
        | 206 | 05 | | 科技条件与服务 | 2,150,000 | 2,150,000 |
        | 206 | 05 | 02 | 一般行政管理事务 | 2,150,000 | 2,150,000 |
        | 212 | | | 城乡社区支出 | 5,720,300 | 5,720,300 |
        | 部门支出合计 | < | < | < | 9,130,300 | 9,130,300 |""",
        header_rows=3,
        header_cols=4,
    ),
    department="某街道办事处",
)
READING = Reading(CLASSES, facts(CLASSES))


def test_rows_of_one_name_stand_under_their_class() -> None:
    """一般行政管理事务 of two classes is one thing under each, not one thing with two values."""
    named = {fact.subject for fact in READING.facts if "一般行政管理事务" in fact.subject}
    assert named == {"科学技术管理事务/一般行政管理事务", "科技条件与服务/一般行政管理事务"}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("2023年度科技条件与服务的一般行政管理事务的支出预算合计为2,150,000元。", True),
        ("2023年度科技条件与服务的一般行政管理事务的支出预算合计为1,260,000元。", False),
        ("2023年度城乡社区支出的支出预算合计为5,720,300元。", True),
        ("2023年度城乡社区支出的支出预算合计为9,130,300元。", False),
        ("2023年度部门支出合计的支出预算合计为9,130,300元。", True),
    ],
)
def test_an_item_has_its_own_figure_and_not_the_total(text: str, holds: bool) -> None:
    """The clause gives the figure to an item: that everything together comes to it does not make it right."""
    verdicts = {figure.verdict for figure in verify(text, [READING]).figures}
    assert bool(verdicts & BAD) != holds


def test_an_item_told_in_prose_first_is_an_item_of_its_column() -> None:
    """A cell that repeats a sentence is one fact with it; the items of the column are counted with it all the same."""
    told = report(
        "文化惠民年初预算120.50万元。",
        table(
            """单位：万元
            | 项目 | 年初预算 | 决算 |
            | 文化惠民 | 120.50 | 118.20 |
            | 图书更新 | 60.30 | 58.00 |
            | 场馆维护 | 75.00 | 70.10 |""",
            caption="表1 项目支出情况表",
        ),
    )
    check = verify("3个项目年初预算合计255.80万元。", [Reading(told, facts(told))])
    assert [figure.verdict for figure in check.figures] == ["derived", "derived"]
