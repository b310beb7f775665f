"""Questions in other words about figures of running prose: each is answered from its sentence, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant, Settings

TEXT = """丰安县民政局2023年度部门整体支出绩效自评报告

一、基本情况

核定编制60名，2023年末实有52人，离退休17人。年初在册帮扶对象310人，年末在册298人。全年道路客运量128.4万人次。

二、预算执行

评价涉及资金900.00万元，全年预算900.00万元，全年实际支出846.00万元。基本支出300.00万元，占35.46%；项目支出546.00万元，占64.54%。发放问卷200份，收回有效问卷186份。全年发放补助118.00万元。
"""
"""Made up for this test."""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Assistant, str]:
    home: Path = tmp_path_factory.mktemp("told")
    path = home / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    assistant = Assistant(Settings(home=home / "home"))
    return assistant, str(assistant.add(path)["id"])


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("核定编制和实有人数各多少？", ("60名", "52人")),
        ("离退休人数是多少？", ("17人",)),
        ("有效问卷份数是多少？", ("186份",)),
        ("年末在册帮扶对象有多少人？", ("298人",)),
        ("发放了多少万元补助？", ("118.00万元",)),
        ("基本支出和项目支出各多少，分别占多大比重？", ("300.00万元", "546.00万元", "35.46%", "64.54%")),
    ],
)
def test_a_figure_is_found_in_other_words(
    asked: tuple[Assistant, str], question: str, figures: tuple[str, ...]
) -> None:
    """The number of a thing (离退休人数) is what the sentence counts; shares told beside figures are told with them."""
    answer = asked[0].ask(question, [asked[1]])
    assert not answer.refused
    assert all(figure in answer.text for figure in figures)


@pytest.mark.parametrize(
    "question",
    ["水路客运量是多少？", "殡葬有效问卷有多少份？", "年末在册帮扶干部家庭有多少户？", "航空基本支出是多少？"],
)
def test_another_thing_of_the_kind_is_refused(asked: tuple[Assistant, str], question: str) -> None:
    """道路客运量 says nothing of 水路客运量, though most of the words are the same."""
    assert asked[0].ask(question, [asked[1]]).refused
