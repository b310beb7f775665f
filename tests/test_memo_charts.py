"""Charts of a review: one description, drawn by the page and by Word."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from assistant.review.export_docx import paper
from assistant.review.memo_charts import UNSEEN, charts

STEPS = (
    ("年初预算", "100", True),
    ("调整", "20", False),
    ("调整后预算", "120", True),
    ("未执行", "-30", False),
    ("决算", "90", True),
)
RATES = (("道路", "76.30"), ("桥梁<二>", "101.00"))
DRAWN = {
    "waterfall": {
        "name": "支出合计",
        "unit": "万元",
        "steps": [{"name": name, "value": value, "whole": whole} for name, value, whole in STEPS],
    },
    "execution": {"caption": "表2", "items": [{"name": name, "rate": rate} for name, rate in RATES]},
}
FOUND = (("表内勾稽", "P0"), ("表内勾稽", "提示"), ("执行偏低", "P1"))


def test_a_floating_bar_stands_where_the_one_before_ends() -> None:
    """调整 stands on 年初预算, 未执行 hangs from 调整后预算; each bar's length is what is stated."""
    waterfall = charts(DRAWN, ())[0]
    foot, whole, up, down = waterfall.series
    assert (foot.colour, foot.values) == (UNSEEN, ("", "100", "", "90", ""))
    assert (whole.values, up.values, down.values) == (
        ("100", "", "120", "", "90"), ("", "20", "", "", ""), ("", "", "", "30", ""),
    )  # fmt: skip


def test_rates_are_coloured_apart_and_findings_counted() -> None:
    """Below 80 %, and above 100 %, a rate has a colour of its own; findings are counted by kind and severity."""
    kinds, _, execution = charts(DRAWN, FOUND)
    assert [(each.name, each.values) for each in execution.series] == [
        ("80%以下", ("76.30", "")), ("100%以上", ("", "101.00")),
    ]  # fmt: skip
    assert [(each.name, each.values) for each in kinds.series] == [
        ("P0", ("1", "")), ("P1", ("", "1")), ("提示", ("1", "")),
    ]  # fmt: skip


def test_what_is_not_there_is_not_drawn() -> None:
    """A report without such rows and without findings has no charts, and a memo without charts no 附图."""
    assert charts({"waterfall": None, "execution": None}, ()) == ()
    assert "附图" not in _document(paper("# 意见"))


def test_word_gets_charts_of_its_own() -> None:
    """Three chart parts, each whole XML with a text for who cannot see it; names from a report stay text."""
    data = paper("# 意见", charts(DRAWN, FOUND))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = [name for name in packed.namelist() if name.startswith("word/charts/")]
        drawn = [etree.fromstring(packed.read(name)) for name in parts]
    assert len(drawn) == 3
    assert "桥梁<二>" in {text for one in drawn for text in one.itertext()}
    assert "附图" in _document(data) and "道路 76.30%" in _document(data)


def _document(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return packed.read("word/document.xml").decode()
