"""Passages: cut between sentences and rows only, verbatim, each with its place."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.chunking import FULL, TABLE, chunks, sentence_ends
from ingest.quantity import quantities
from ingest.report import Place
from tests.build import report, table

FIGURES = st.builds(
    "{}{}.{}{}".format,
    st.sampled_from("约共达"),
    st.integers(0, 99999),
    st.integers(0, 99),
    st.sampled_from(("万元", "%", "人")),
)
CLAUSES = st.lists(
    st.sampled_from(("本年支出", "（含上年结转）", "“双减”工作", "比上年增长", "其中")) | FIGURES,
    min_size=1,
    max_size=30,
)
SENTENCES = st.builds(
    lambda words, end: "，".join(words) + end, CLAUSES, st.sampled_from(("。", "！", "？”", "。）", ""))
)
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=8).map("".join)


@settings(max_examples=40)
@given(st.lists(PARAGRAPHS, max_size=6))
def test_no_cut_inside_a_number_or_a_sentence(paragraphs: list[str]) -> None:
    """Every boundary of a passage is the end of a sentence, and no figure spans two passages."""
    document = report(*paragraphs)
    for chunk in chunks(document):
        for place in chunk.places:
            assert place.block is not None and place.span is not None
            text, (start, end) = document.blocks[place.block].text, place.span
            assert {start, end} <= {0, *sentence_ends(text)}
            for quantity in quantities(text):
                first, last = quantity.span
                assert not (first < start < last or first < end < last)


@settings(max_examples=40)
@given(st.lists(PARAGRAPHS, max_size=6))
def test_nothing_is_lost_and_nothing_said_twice(paragraphs: list[str]) -> None:
    """Passages of prose, one after the other, are the paragraphs, one after the other."""
    whole = "".join(paragraphs)
    assert "".join(chunk.text for chunk in chunks(report(*paragraphs))).replace("\n", "") == whole


@settings(max_examples=40)
@given(st.lists(PARAGRAPHS, min_size=1, max_size=6))
def test_a_passage_is_long_only_for_one_sentence(paragraphs: list[str]) -> None:
    """A passage above the size is a single sentence."""
    for chunk in chunks(report(*paragraphs)):
        assert len(chunk.text) <= FULL + len(chunk.places) or len(sentence_ends(chunk.text)) == 1


def test_a_heading_goes_with_what_follows_it() -> None:
    """A heading stands with its first paragraph; a new section opens a new passage."""
    made = chunks(report("# 一、概况", "全局在编人员120人。", "# 二、预算", "## （一）收入", "收入300.5万元。"))
    assert [chunk.text for chunk in made] == ["一、概况\n全局在编人员120人。", "二、预算\n（一）收入\n收入300.5万元。"]
    assert made[1].section == ("二、预算", "（一）收入")
    assert made[1].embed_text.startswith("二、预算｜（一）收入｜")


def test_a_table_by_rows_and_as_a_whole() -> None:
    """One passage for the table with its head, one for each row, each row at its place."""
    shown = table(
        "单位：万元\n|项目|预算数|执行数|\n|助学金|120.00|118.50|\n|校舍维修|80.00|64.00|", caption="表1 项目支出"
    )
    made = chunks(report("# 三、项目", shown))
    whole, first, second = made[1:]
    assert (
        whole.text == "表1 项目支出\n单位：万元\n项目｜预算数｜执行数\n助学金｜120.00｜118.50\n校舍维修｜80.00｜64.00"
    )
    assert (first.text, second.text) == ("助学金｜120.00｜118.50", "校舍维修｜80.00｜64.00")
    assert first.places == (Place("0123456789ab", table=1, row=1),)


def test_a_long_table_is_cut_between_rows() -> None:
    """Passages of many rows stay below the size, repeat the head, and no row is cut."""
    rows = [f"|第{number}号项目{'名' * 30}|{number}.25|" for number in range(90)]
    made = chunks(report(table("\n".join(["|项目|金额|", *rows]))))
    groups = [chunk for chunk in made if len(chunk.places) > 1]
    assert len(groups) > 2 and all(chunk.text.startswith("项目｜金额\n") for chunk in groups)
    assert all(len(chunk.text) <= TABLE + 100 for chunk in groups)
    lines = [line for chunk in groups for line in chunk.text.splitlines()[1:]]
    assert lines == [row.strip("|").replace("|", "｜") for row in rows]


def test_no_row_of_a_long_table_is_left_alone_with_its_head() -> None:
    """A total that no longer fits makes no passage of little but the head, found before its rows."""
    rows = [f"|第{number}号项目{'名' * 90}|{number}.25|" for number in range(10)]
    made = chunks(report(table("\n".join(["|项目|金额|", *rows, "|合计|45.50|"]))))
    assert [len(chunk.places) for chunk in made if chunk.text.startswith("项目")] == [5, 6]


def test_a_merged_cell_stands_once() -> None:
    """A cell over two rows is text of its first row alone."""
    made = chunks(report(table("|类别|项目|金额|\n|助学|甲|1|\n|^|乙|2|")))
    assert [chunk.text for chunk in made[1:]] == ["助学｜甲｜1", "乙｜2"]


def test_hidden_text_makes_no_passage() -> None:
    """White text, running headers and hidden sheets are not found by any search."""
    document = report("可见的一句。", "白色的一句。", "页眉", table("|隐藏|1|", header_rows=0))
    seen, white, header, grid = document.blocks
    document = replace(
        document,
        blocks=(seen, replace(white, hidden="white"), replace(header, kind="furniture"), grid),
        tables=(replace(document.tables[0], hidden="sheet"),),
    )
    assert [chunk.text for chunk in chunks(document)] == ["可见的一句。"]


def test_ids_follow_the_order_of_reading() -> None:
    """The same report gives the same ids, every time."""
    document = report("甲。", table("|a|b|\n|1|2|"), "乙。")
    assert [chunk.id for chunk in chunks(document)] == [f"0123456789ab:{number}" for number in range(4)]
    assert chunks(document) == chunks(document)
