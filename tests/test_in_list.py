"""Parts of a list in running prose, called by short names: each told, added up, or the largest of them picked."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.builtin.ask import answer
from ingest.ledger import facts
from ingest.reading import Reading
from tests.build import report

TEXT = """丰安县卫生健康局2023年度部门整体支出绩效自评报告

一、基本情况

核定编制50名，年末实有在职人员48人。

二、资金使用

政府采购实际支出600.00万元，其中：货物类采购300.00万元，主要为设备；工程类采购200.00万元，主要为维修；服务类采购100.00万元，主要为运维。

年末资产总额90.00万元，其中在建工程70.00万元。

公共预算拨款90.00万元中，中央补助50.00万元、省级补助30.00万元、县级安排10.00万元。乡医补助项目到位资金9.00万元，其中中央资金5.00万元、省级资金4.00万元。

2023年公务用车运行费4.00万元，公务接待费1.20万元。上年“三公”经费中，公务用车运行费5.00万元、公务接待费1.60万元。

检测能力由改造前的126项提高到184项。新建村卫生室9个，其余1个因选址未定未能开工，村卫生室建设没有完成。
"""
"""Made up for this test."""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Assistant, str]:
    home: Path = tmp_path_factory.mktemp("in_list")
    path = home / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    assistant = Assistant(Settings(home=home / "home"))
    return assistant, str(assistant.add(path)["id"])


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("政府采购里货物、工程、服务各花了多少？", ("300.00万元", "200.00万元", "100.00万元")),
        ("公共预算拨款里中央、省、县各拿了多少钱？", ("50.00万元", "30.00万元", "10.00万元")),
        ("乡医补助项目中央和省级各多少？", ("5.00万元", "4.00万元")),
        ("政府采购中货物和服务加起来多少？", ("400.00万元",)),
        ("货物、工程、服务采购哪类最多，比最少的多多少？", ("300.00万元", "100.00万元", "200.00万元")),
        ("货物、工程、服务采购哪一类最少？", ("100.00万元",)),
        ("在编率是多少，也就是在职人员除以编制数？", ("96.00%",)),
        ("公务接待费比上年减少多少？", ("0.40万元",)),
        ("接待费和公车运行费相比上年哪个降得多？", ("公务用车运行费", "降得多", "1.00万元", "0.40万元")),
        ("公务接待费和公务用车运行费比上年哪个降幅更大？", ("公务接待费降幅更大",)),
        ("检测能力原来是多少项？", ("126项",)),
        ("村卫生室为什么只建了9个？", ("选址未定",)),
    ],
)
def test_the_parts_named_are_told(asked: tuple[Assistant, str], question: str, figures: tuple[str, ...]) -> None:
    """Short names are those of the one list that speaks of the rest of the question."""
    given = asked[0].ask(question, [asked[1]])
    assert not given.refused
    assert all(figure in given.text for figure in figures)


@pytest.mark.parametrize("question", ["货物、工程、服务采购预算各多少？", "货物、工程、服务上年各多少？"])
def test_a_short_name_is_not_that_of_anything_that_holds_it(asked: tuple[Assistant, str], question: str) -> None:
    """工程 beside 货物 is no 在建工程, and what was spent is not what was planned."""
    assert "70.00万元" not in asked[0].ask(question, [asked[1]]).text


def test_the_whole_asked_for_before_its_parts_is_told_too() -> None:
    """支出多少，其中…各多少 asks for three figures."""
    made = report("# 一、支出", "全年实际支出90.00万元。其中，基本支出60.00万元，项目支出30.00万元。")
    told = answer("全年实际支出多少，其中基本支出和项目支出各多少？", [Reading(made, facts(made))])
    assert "90.00万元" in told.text
