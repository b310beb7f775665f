"""Several departments and years in one store: each answers for itself, and what is compared is compared in the open."""

from __future__ import annotations

import pytest

from assistant.answer import BAD, GOOD, Answer
from assistant.chain import Request, Road
from ingest.ledger import facts
from ingest.reading import Reading
from ingest.report import Table
from tests.build import report, table


def read(department: str, year: int, id: str, *parts: str | Table) -> Reading:
    document = report(*parts, department=department, year=year, id=id)
    return Reading(document, facts(document))


def money(department: str, year: int, id: str, budget: str, spent: str, *more: str) -> Reading:
    said = f"{year}年，我局调整后预算数为{budget}，支出决算数为{spent}。"
    return read(department, year, id * 12, said, *more)


SCHOOLS = money("甲县教育局", 2022, "a", "1000.00万元", "900.00万元")
SCHOOLS_LATER = money("甲县教育局", 2023, "b", "1200.00万元", "1140.00万元", "图书采购支出55.00万元。")
WATER = money("甲县水务局", 2023, "c", "500.00万元", "490.00万元")
HEALTH = money("乙县卫生健康局", 2023, "d", "800.00万元", "640.00万元")
ALL = (SCHOOLS, SCHOOLS_LATER, WATER, HEALTH)


def asked(question: str, readings: tuple[Reading, ...] = ALL) -> Answer:
    given = Road().invoke(Request(question, readings, lambda text: ()))
    assert all(figure.verdict in GOOD for figure in given.figures), given
    return given


def test_two_departments_never_contradict_each_other() -> None:
    """One question, two departments: two answers under their names, and no 不一致."""
    text = asked("2023年支出决算数是多少？", (SCHOOLS_LATER, WATER)).text
    assert "甲县教育局：" in text and "1140.00万元" in text
    assert "甲县水务局：" in text and "490.00万元" in text
    assert "不一致" not in text


@pytest.mark.parametrize("name", ["甲县水务局", "水务局"])
def test_a_named_department_answers_alone(name: str) -> None:
    """Under its full name or the one people use."""
    text = asked(f"{name}支出决算数是多少？").text
    assert "490.00万元" in text
    assert "1140" not in text and "640" not in text


def test_what_only_one_department_has_is_answered_by_it() -> None:
    """The others are not asked to say that they have none."""
    given = asked("图书采购支出是多少？")
    assert given.text.startswith("甲县教育局：") and "55.00万元" in given.text
    assert not given.refused and "水务局" not in given.text


def test_which_department_has_the_highest_rate() -> None:
    """Every department with its rate and working, and who is highest."""
    text = asked("2023年哪个部门执行率最高？").text
    assert "甲县教育局2023年" in text and "95.00%" in text and "80.00%" in text
    assert "最高的是甲县水务局2023年" in text
    assert "最低的是乙县卫生健康局2023年" in asked("2023年哪个部门执行率最低？").text


def test_different_years_are_no_fair_comparison() -> None:
    """Where the latest reports are of different years, a note says so."""
    given = asked("哪个部门执行率最高？", (SCHOOLS, WATER))
    assert any("年度不同" in note for note in given.notes)


@pytest.mark.parametrize("question", ["与2022年相比，支出决算变化多少？", "甲县教育局两年支出决算对比"])
def test_two_years_of_one_department(question: str) -> None:
    """Both figures, the difference and the growth."""
    text = asked(question, (SCHOOLS, SCHOOLS_LATER)).text
    assert all(figure in text for figure in ("900.00万元", "1140.00万元", "240.00万元", "26.67%"))


def test_in_which_year_the_rate_was_higher() -> None:
    """Years are ranked as departments are."""
    assert "最高的是甲县教育局2023年" in asked("哪一年预算执行率高？", (SCHOOLS, SCHOOLS_LATER)).text


def test_a_single_report_answers_as_ever() -> None:
    """No name before the answer where there is nothing to confuse it with."""
    assert asked("支出决算数是多少？", (WATER,)).text == "支出决算数为490.00万元。"


def test_a_share_never_mixes_years() -> None:
    """A question that names no year is asked of the latest report; a part of one year is no share of another's whole.

    Books 55 of 1,140 in 2023. Desks stand in the report of 2022 only: 90 of that year's 900, never of 1,140.
    """
    earlier = money(
        "甲县教育局", 2022, "a", "1000.00万元", "900.00万元", "课桌支出90.00万元。", "图书采购支出80.00万元。"
    )
    both = (earlier, SCHOOLS_LATER)
    assert "4.82%" in asked("图书采购支出占支出决算的比重是多少？", both).text
    desks = asked("课桌支出占支出决算的比重是多少？", both)
    assert desks.refused or "10.00%" in desks.text
    assert asked("2022年课桌支出占2023年支出决算的比重是多少？", both).refused


HEADS = "2023年末在职人员{heads}，“三公”经费支出{spent}。"
SPORTS = read("甲县体育局", 2023, "e" * 12, "我局支出决算数为90.00万元。", HEADS.format(heads="33名", spent="2.50万元"))
MARKET = read("甲县市场监督管理局", 2023, "f" * 12, "支出决算数为60.00万元。", "2023年末在职人员41名。")
EARLIER = read("甲县体育局", 2022, "1" * 12, "我局支出决算数为100.00万元。", "2022年末在职人员35名。")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("两个局的在职人员一共多少人？", ["33名", "41名", "合计74名（33名＋41名＝74名）"]),
        (
            "体育局和市场监督管理局在职人员哪个多，多多少？",
            ["最高的是甲县市场监督管理局2023年", "多8名（41名－33名＝8名）"],
        ),
        ("体育局和市监局的支出决算相差多少？", ["90.00万元", "60.00万元", "多30.00万元"]),
    ],
)
def test_any_measure_is_told_side_by_side(question: str, said: list[str]) -> None:
    """Each department's own figure, then their sum, rank or gap with its working; names cut short are understood."""
    text = asked(question, (SPORTS, MARKET)).text
    assert [part for part in said if part not in text] == []


def test_what_one_department_lacks_is_said_and_nothing_is_compared() -> None:
    """Without the figure of one side no rank is told, though the other's figure is."""
    given = asked("体育局和市场监督管理局谁的三公经费高？", (SPORTS, MARKET))
    assert given.refused and "2.50万元" in given.text
    assert "报告没有提供三公经费" in given.text and "最高" not in given.text


def test_growth_taken_for_granted_is_corrected() -> None:
    """Two reports, two years: the figures fell, whatever the question says."""
    text = asked("为什么体育局2023年支出决算比2022年增加了？", (EARLIER, SPORTS)).text
    assert text.startswith("前提有误") and "减少10.00万元" in text


def test_a_talk_goes_over_departments_and_reckons_with_what_was_told() -> None:
    """体育局呢, 差多少, 一共多少, 换成元: each follow-up takes the department, the measure or the figures along."""
    readings, talk = (SPORTS, MARKET), []
    for question in ("2023年市监局支出决算是多少？", "体育局呢？", "差多少？", "一共多少？", "换成亿元呢？"):
        talk.append(Road().invoke(Request(question, readings, lambda text: (), (), tuple(talk))))
    said = [given.text for given in talk]
    assert "90.00万元" in said[1] and "60.00" not in said[1]
    assert "30.00万元" in said[2] and "150.00万元" in said[3]
    assert "亿元" in said[4] and not talk[4].refused


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("哪家的支出决算数最低？", "最低的是甲县水务局2023年，490.00万元。"),
        (
            "把各部门2023年的支出决算数从高到低排一下。",
            "从高到低：甲县教育局2023年1140.00万元、乙县卫生健康局2023年640.00万元、",
        ),
        ("各部门2023年支出决算数从低到高排列", "从低到高：甲县水务局2023年490.00万元、"),
        (
            "哪些部门2023年的支出决算数超过600万元？",
            "超过600万元的有甲县教育局2023年1140.00万元、乙县卫生健康局2023年640.00万元。",
        ),
        ("三家2023年的支出决算数都在400万元以上吗？", "都在400万元以上。"),
        ("哪些部门2023年的支出决算数低于100万元？", "没有低于100万元的。"),
    ],
)
def test_the_answer_comes_before_the_figures_that_it_is_made_of(question: str, begins: str) -> None:
    """Rank, order and bound are told first, then what every department has."""
    text = asked_of_bound(question)
    assert text.startswith(begins)
    assert "甲县水务局2023年支出决算数为490.00万元" in text


def asked_of_bound(question: str) -> str:
    """The answer to a question that may name a bound: that is no figure of a report, and none is at fault."""
    given = Road().invoke(Request(question, ALL, lambda text: ()))
    assert not any(figure.verdict in BAD for figure in given.figures), given
    return given.text


def _aims(name: str, aim: str, done: str) -> Table:
    return table(f"""| 指标 | 年度指标值 | 实际完成值 |
        | {name} | {aim} | {done} |""")


def test_every_year_answers_for_itself_where_no_one_figure_is_asked_for() -> None:
    """连续两年都完成目标了吗: each year's own answer."""
    years = [
        read("甲县教育局", year, id * 12, _aims("培训教师人次", f"{aim}人次", f"{done}人次"))
        for year, id, aim, done in ((2022, "e", 100, 120), (2023, "f", 110, 90))
    ]
    text = asked("教育局培训教师连续两年都完成目标了吗？", tuple(years)).text
    assert "甲县教育局2022年" in text and "120人次" in text and "90人次" in text


def test_levels_are_not_ranked_where_changes_are_asked_for() -> None:
    """哪个部门支出增长最多 is asked of each department's own change; the largest spending is no answer to it."""
    given = Road().invoke(Request("哪个部门支出增长最多？", ALL, lambda text: ()))
    assert "最高的是" not in given.text
    assert "240.00万元" in given.text and "甲县教育局" in given.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("教育局2023年的支出决算数是水务局的几倍？", "2.33倍（1140.00万元÷490.00万元＝2.33倍）"),
        ("水务局的支出决算数是教育局2023年的百分之几？", "42.98%（490.00万元÷1140.00万元＝42.98%）"),
        ("教育局和水务局2023年谁的支出决算数多，多多少？", "多650.00万元（1140.00万元－490.00万元＝650.00万元）"),
    ],
)
def test_one_department_is_measured_by_another(question: str, said: str) -> None:
    """How many times, which share, who has more and by how much: worked out of both, in the order of the question."""
    assert said in asked(question, (SCHOOLS_LATER, WATER)).text


def test_a_talk_of_two_departments_is_calculated_with() -> None:
    """谁多，多多少 and 两家一共: of the last two answers, each under its department; no growth between them."""
    history: list[Answer] = []
    for question in ("教育局支出决算数是多少？", "水务局呢？", "谁多，多多少？", "两家一共多少？"):
        request = Request(question, (SCHOOLS_LATER, WATER), lambda text: (), history=tuple(history))
        history.append(Road().invoke(request))
    assert "甲县水务局" in history[2].text and "相差650.00万元" in history[2].text and "增长" not in history[2].text
    assert "合计1,630.00万元" in history[3].text
    assert all(figure.verdict in GOOD for given in history for figure in given.figures)


def test_the_share_of_the_later_count_is_of_the_earlier_one() -> None:
    """其中…有多少, 占多大比例: of what was counted before; none where the last question found nothing."""
    checks = read("甲县应急局", 2023, "e" * 12, "全年检查企业400家次，检查矿山企业50家次。")
    history: list[Answer] = []
    for question in (
        "检查企业多少家次？",
        "检查矿山企业多少家次？",
        "占多大比例？",
        "航天企业有多少家？",
        "占多大比例？",
    ):
        request = Request(question, (checks,), lambda text: (), history=tuple(history))
        history.append(Road().invoke(request))
    assert "12.50%（50家次÷400家次＝12.50%）" in history[2].text
    assert "%" not in history[4].text


def test_each_department_may_stand_with_a_year_of_its_own() -> None:
    """水务局2023年与教育局2022年: these two, and none of the other two columns."""
    text = asked("支出决算数方面，水务局2023年与教育局2022年相差多少？").text
    assert "410.00万元" in text and "1140" not in text


@pytest.mark.parametrize(
    ("question", "moved"),
    [
        ("支出决算是涨了还是跌了，变化多少？", "240.00万元"),
        ("支出决算减少了还是增加了？", "26.67%"),
        ("在职人员两年少了几个？", "减少7"),
        ("两年在职人员减少了几个？", "减少7"),
    ],
)
def test_up_or_down_is_asked_of_the_year_before(question: str, moved: str) -> None:
    """涨了还是跌了 names no year and means the one before; 少了几个 counts what is gone, it asks for no list."""
    staff = (
        read("甲县教育局", 2022, "a" * 12, "2022年支出决算数为900.00万元，在职人员298人。"),
        read("甲县教育局", 2023, "b" * 12, "2023年支出决算数为1140.00万元，在职人员291人。"),
    )
    assert moved in asked(question, staff).text
