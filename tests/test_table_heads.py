"""Where a table's unit may stand besides its unit line: at the end of the sentence above it, in its corner."""

from __future__ import annotations

import pytest

from ingest.html import read

PAGE = "<html><body><h1>某县体育局2023年度部门整体支出绩效自评报告</h1>{above}<table>{rows}</table></body></html>"
ROWS = (
    "<tr><td>{corner}</td><td>预算数</td><td>支出数</td></tr><tr><td>公务接待费</td><td>18,000.00</td>"
    "<td>12,650.00</td></tr><tr><td>合计</td><td>60,000.00</td><td>47,450.00</td></tr>"
)


@pytest.mark.parametrize(
    ("above", "corner", "unit"),
    [
        ("<p>“三公”经费情况如下，单位：元。</p>", "费用类别", "元"),
        ("<p>“三公”经费情况如下（单位：元）：</p>", "费用类别", "元"),
        ("<p>“三公”经费情况如下。</p>", "费用类别（元）", "元"),
        ("<p>全年三公经费支出47,450.00元，填报单位：体育局。</p>", "费用类别", ""),
    ],
)
def test_a_unit_is_found_where_it_is_told(above: str, corner: str, unit: str) -> None:
    """A lead-in sentence that ends in 单位：元 gives it as a unit line does; a body that fills in the form is none."""
    page = PAGE.format(above=above, rows=ROWS.format(corner=corner))
    assert read(page.encode(), "page.html").tables[0].unit == unit
