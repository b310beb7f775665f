"""The real report in a real browser: read in, asked, its cell boxed on the page, reviewed, exported, there tomorrow."""

from __future__ import annotations

import io
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.web_pages import CHROMIUM, NO_BROWSER, ask, browsers, browsing, choose, open_tab, outside, serving, upload

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=NO_BROWSER)
QUESTION = "部门整体支出预算执行率是多少？"


def test_a_days_work_on_the_real_report(shared: Path, tmp_path: Path) -> None:
    """Upload, ask, badge, a click on the source and the box on the page image; decide, export; all there after a
    restart, nothing asked of another host."""
    report = shared / "reports" / "pingshan-sti-2021.pdf"
    if not report.exists():
        pytest.skip("没有 pingshan-sti-2021.pdf")
    with browsers() as browser:
        with serving(tmp_path) as url:
            page = browsing(browser, url)
            _asked(page, report)
            _decided(page)
            assert outside(page, url) == [] and page.wrong == []
        with serving(tmp_path) as url:
            _found_again(browsing(browser, url))


def _asked(page: Any, report: Path) -> None:
    upload(page, report)
    assert "完成" in page.locator("#uploaded").inner_text()
    open_tab(page, "问答")
    said = ask(page, QUESTION)
    assert "99.24%" in said and "一致" in said
    page.locator("#talk details summary", has_text="出处").click()
    page.locator("#talk details[open] i.go").last.click()
    page.wait_for_function("/^[2-9]/.test(document.querySelector('#source-places input').value)")
    page.locator("#source img").wait_for()
    page.wait_for_timeout(300)
    assert _boxed(page.locator("#source img").get_attribute("src")) > 100


def _boxed(source: str) -> int:
    """How many pixels of a page image are as yellow as a box."""
    picture = Image.open(io.BytesIO(b64decode(source.partition(",")[2]))).convert("RGB")
    return sum(count for count, (red, green, blue) in picture.getcolors(1 << 24) if red > 200 and green - blue > 60)


def _decided(page: Any) -> None:
    open_tab(page, "复核")
    choose(page, "#review-report")
    page.locator("button.finding").first.click()
    page.locator("#deciding:not(.waiting)").get_by_text("采纳", exact=True).click()
    page.get_by_role("button", name="保存，看下一条").click()
    page.locator("button.finding").first.locator(".decided", has_text="采纳").wait_for()
    open_tab(page, "复核意见")
    page.locator("#memo-make").click()
    with page.expect_download() as saved:
        page.locator("#review-file a[download]").first.click()
    assert Path(saved.value.path()).read_bytes()[:2] == b"PK"


def _found_again(page: Any) -> None:
    page.locator("#earlier input").click()
    page.get_by_role("option", name=QUESTION).click()
    page.locator("#talk .badge").first.wait_for()
    assert "99.24%" in page.locator("#talk .answer").inner_text()
    open_tab(page, "复核")
    choose(page, "#review-report")
    page.locator("button.finding").first.locator(".decided", has_text="采纳").wait_for()
