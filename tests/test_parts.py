"""Told in the report's own sentences: parts, reasons, ways, lists, places; forms and tables of words read as prose."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.builtin.ask import answer
from assistant.builtin.layout.outline import parts
from ingest.ledger import facts
from ingest.read import read
from ingest.reading import Reading
from tests.build import report, table

PAGE = """<html><body><h1>某市档案馆2023年度部门整体绩效自评报告</h1>
<h2>一、单位概况</h2><p>主要职责为：负责全市档案接收、保管和利用；指导机关档案工作。</p>
<h2>二、存在的问题</h2>
<h3>（一）数字化进度偏慢</h3><p>全年只完成计划的六成。原因是外包单位两次更换。</p>
<h3>（二）库房设施老化</h3><p>恒温设备使用超过十五年。原因是更新经费未列入预算。</p>
<h2>三、改进措施</h2><p>1.重新招标选定外包单位，按月验收。</p><p>2.申请专项更新恒温设备。</p>
<h2>四、主要做法</h2><p>一是推行“一窗通办”，查档当场出证；二是开展送档进社区。</p>
<table><caption>表1 整改情况表</caption>
<tr><th>存在问题</th><th>整改措施</th><th>责任科室</th><th>完成时限</th></tr>
<tr><td>消防通道堆放杂物，存在隐患</td><td>清理通道并每周巡查一次</td><td>保管科</td><td>6月底前</td></tr>
<tr><td>借阅登记不全，缺少归还日期</td><td>启用电子借阅登记系统</td><td>利用科</td><td>9月底前</td></tr></table>
</body></html>"""


@pytest.fixture
def archive(tmp_path: Path) -> Reading:
    """A report of headings and paragraphs, with a table of words."""
    path = tmp_path / "archive.html"
    path.write_text(PAGE, encoding="utf-8")
    made = read(path)
    return Reading(made, facts(made))


def ask(question: str, reading: Reading, *history: Answer) -> Answer:
    return answer(question, [reading], history=history)


def test_a_table_of_words_is_parts_under_titles(archive: Reading) -> None:
    """Each cell stands under its row and its head; a column is a list."""
    titles = [part.titles[1:] for part in parts(archive.report) if part.titles[0].startswith("表1")]
    assert ("整改措施",) in titles
    assert ("消防通道堆放杂物，存在隐患", "责任科室") in titles


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("单位的主要职责是什么？", ["档案接收、保管和利用", "指导机关档案工作"]),
        ("报告指出了哪些问题？", ["数字化进度偏慢", "库房设施老化"]),
        ("数字化进度为什么偏慢？", ["外包单位两次更换"]),
        ("针对库房设施老化有什么改进措施？", ["更新恒温设备"]),
        ("查档是怎么办理的？", ["一窗通办"]),
        ("“一窗通办”是怎么做的？", ["查档当场出证"]),
        ("借阅登记不全由哪个科室负责整改？", ["利用科"]),
        ("消防通道堆放杂物什么时候完成整改？", ["6月底前"]),
        ("改进措施写在第几部分？", ["三、改进措施"]),
    ],
)
def test_the_part_that_is_asked_for_is_told(archive: Reading, question: str, said: list[str]) -> None:
    """Whole, or as far as it speaks of the subject; always with a citation."""
    given = ask(question, archive)
    assert [part for part in said if part not in given.text] == []
    assert given.citations
    assert not given.refused


def test_what_the_report_does_not_speak_of_is_said_so(archive: Reading) -> None:
    """No part with such a subject: nothing near is put forward as the answer."""
    given = ask("报告有没有提到志愿者服务？", archive)
    assert given.text.startswith("没有")


def test_an_item_of_the_last_list_is_meant_by_its_number(archive: Reading) -> None:
    """第一个问题的原因呢, and then 第二个呢, take the item from the list that was told."""
    first = ask("报告指出了哪些问题？", archive)
    reason = ask("第一个问题的原因呢？", archive, first)
    assert "外包单位两次更换" in reason.text
    assert "更新经费未列入预算" in ask("第二个呢？", archive, first, reason).text


MOVES = """<html><body><h1>某县园林局2023年度部门整体绩效自评报告</h1>
<h2>一、预算情况</h2>
<p>年初预算900.00万元，年中追加60.00万元、追减20.00万元。追加资金主要用于两个方面：一是苗圃灌溉改造；二是古树名木保护。追减资金主要是压减会议费。</p>
<h2>二、存在的问题</h2>
<p>（一）一线养护队伍人员不稳定。全年离岗12人。</p><p>（二）资产账实核对滞后。抽查发现3台割草机未及时登记入账，缺少领用记录。</p>
<table><tr><th>对应问题</th><th>整改措施</th><th>责任部室</th></tr>
<tr><td>资产管理</td><td>每季度末盘点一次机具，账实差异当月处理</td><td>财务部</td></tr>
<tr><td>养护队伍</td><td>提高一线养护补贴标准，按片区签订三年合同</td><td>养护部</td></tr></table>
<table><caption>附件 评分表</caption><tr><th>指标</th><th>分值</th><th>得分</th><th>扣分原因</th></tr>
<tr><td>资产管理规范性</td><td>5</td><td>4</td><td>割草机未及时登记入账</td></tr>
<tr><td>制度健全性</td><td>5</td><td>5</td><td></td></tr></table>
</body></html>"""


@pytest.fixture
def garden(tmp_path: Path) -> Reading:
    """A ledger of measures names each problem in two words; a score sheet gives reasons in short."""
    path = tmp_path / "garden.html"
    path.write_text(MOVES, encoding="utf-8")
    made = read(path)
    return Reading(made, facts(made))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("养护队伍人员不稳定打算怎么解决？", ["提高一线养护补贴标准"]),
        ("一线养护队伍人员不稳定由哪个部室负责整改？", ["养护部"]),
        ("资产管理规范性为什么扣分？", ["割草机未及时登记入账", "缺少领用记录"]),
        ("年中为什么追加资金？", ["苗圃灌溉改造", "古树名木保护"]),
        ("年中追加和追减资金的原因分别是什么？", ["苗圃灌溉改造", "古树名木保护", "压减会议费"]),
    ],
)
def test_measures_and_reasons_are_found_by_what_they_are_of(garden: Reading, question: str, said: list[str]) -> None:
    """A row named in short is the problem's; a short reason is told in full; money added is not money taken back."""
    told = ask(question, garden).text
    assert all(one in told for one in said), told


def test_a_reason_of_the_other_direction_is_not_told(garden: Reading) -> None:
    """Why money was added is not answered by why money was taken back."""
    assert "会议费" not in ask("年中追加资金的原因是什么？", garden).text


def test_problems_of_the_department_are_not_those_of_a_project_that_shares_its_word() -> None:
    """水务局 is whose report it is: 智慧水务平台 is no nearer to the question for it."""
    made = report(
        "# 六、存在的主要问题",
        "（一）预算编制不够精准。12个项目年中调增预算。",
        "（二）资产盘活不及时。两处泵站闲置。",
        table(
            "| 项目 | 现场核查发现的主要问题 |\n| 智慧水务平台建设 | 超合同进度付款 |\n| 泵站改造 | 验收资料不全 |",
            caption="附件3 现场核查项目问题汇总表",
        ),
        department="甲市水务局",
    )
    read = [Reading(made, facts(made))]
    assert "预算编制不够精准" in answer("水务局有哪些问题？", read).text
    assert "超合同进度付款" in answer("智慧水务平台建设有什么问题？", read).text
