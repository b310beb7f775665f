"""The web page in a real browser: upload, ask, see each figure's verdict and source; nothing leaves the machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web_pages import (
    CHROMIUM,
    NO_BROWSER,
    SAMPLE,
    ask,
    browsers,
    browsing,
    choose,
    open_tab,
    outside,
    screen,
    serving,
    upload,
)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=NO_BROWSER)
QUESTION = "2023年支出决算数是多少？"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def url(home: Path) -> Iterator[str]:
    with serving(home) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with browsers() as opened:
        yield opened


@pytest.fixture(scope="module")
def page(browser: Any, url: str) -> Any:
    return browsing(browser, url)


def test_an_empty_page_says_what_to_do(page: Any) -> None:
    """Nothing read in yet: the library says how to begin, a question says that there is no report."""
    open_tab(page, "报告库")
    page.get_by_text("还没有报告").wait_for()
    open_tab(page, "问答")
    assert "还没有报告" in ask(page, QUESTION)


def test_upload_ask_and_see_verdict_and_source(page: Any) -> None:
    """A report goes in, a question is asked, the answer's figure wears its verdict with its source beside it."""
    upload(page, SAMPLE)
    assert "完成" in page.locator("#uploaded").inner_text()
    page.locator("#library td", has_text="澄湖县教育局2023年度").first.wait_for()
    screen(page, "library-1280")
    open_tab(page, "问答")
    page.get_by_role("button", name="新对话").click()
    page.locator("#talk .fault").wait_for(state="detached")
    said = ask(page, QUESTION)
    assert "79435.09" in said.replace(",", "")
    assert "一致" in said
    page.locator("#source img").wait_for()
    screen(page, "chat-1280")


def test_a_click_on_a_figure_opens_its_source_and_steps_through_several(page: Any) -> None:
    """An answer worked out from two figures: each has a place; the arrows and a click in the text go between them."""
    ask(page, "项目支出预算执行率是多少？")
    page.wait_for_function("document.querySelectorAll('#talk .answer').length >= 2")
    place = page.locator("#source-places input")
    page.wait_for_function("!document.querySelector('#source-forward').disabled")
    first = place.input_value()
    page.locator("#source-forward").click()
    page.wait_for_function("old => document.querySelector('#source-places input').value != old", arg=first)
    page.locator("#talk .answer mark.go").first.click()
    page.wait_for_function("() => /第4页/.test(document.querySelector('#source-places input').value)")


def test_an_offered_question_is_answered(page: Any) -> None:
    """Questions to go on with are tried before they are offered: a click on one gives an answer, not a refusal."""
    page.locator("button.chip").first.wait_for()
    before = page.locator("#talk .answer").count()
    page.locator("button.chip").first.click()
    page.locator("#talk .answer").nth(before).wait_for()
    assert page.locator("#talk .message").last.locator(".missing").count() == 0


def test_a_correction_becomes_a_gold_question(page: Any, home: Path) -> None:
    """👎, the right answer, a look at what will be kept, and only then a line in the gold file of the data folder."""
    gold = home / "feedback.questions.jsonl"
    answered = page.locator("#talk .bot-row", has=page.locator(".answer")).first
    answered.locator("button[title='踩']").click()
    panel = page.locator("#feedback").first
    panel.wait_for()
    panel.locator("textarea").first.fill("2023年支出决算数为79435.09万元。")
    panel.get_by_role("button", name="看金标题").click()
    panel.locator("pre").wait_for()
    assert not gold.exists()
    panel.get_by_role("button", name="确认加入金标").click()
    panel.get_by_text("已加入").wait_for()
    kept = json.loads(gold.read_text(encoding="utf-8"))
    assert (kept["question"], kept["figures"]) == (QUESTION, [{"value": "79435.09", "unit": "万元"}])


def test_review_decide_and_export(page: Any) -> None:
    """Findings with their source beside them, a decision that the memo respects, charts, and the memo as Word."""
    open_tab(page, "复核")
    choose(page, "#review-report")
    page.locator("button.finding").first.wait_for()
    page.locator("button.finding").nth(1).click()
    page.locator("#finding blockquote").first.wait_for()
    page.locator("#review-source img, #review-source td.here").first.wait_for()
    page.locator("#deciding").get_by_text("不采纳", exact=True).click()
    page.get_by_role("button", name="保存决定").click()
    page.locator("#kept", has_text="不采纳").wait_for()
    page.locator(".finding .decided", has_text="不采纳").wait_for()
    screen(page, "review-1280")
    open_tab(page, "图表和指标")
    page.locator(".js-plotly-plot").nth(2).wait_for()
    screen(page, "figures-1280")
    open_tab(page, "复核意见")
    page.locator("#memo-preview h2").first.wait_for()
    screen(page, "memo-1280")
    page.locator("#memo-make").click()
    with page.expect_download() as saved:
        page.locator("#review-file a[download]").first.click()
    assert Path(saved.value.path()).read_bytes()[:2] == b"PK"


def test_the_next_finding_is_a_key_away(page: Any) -> None:
    """One button keeps a decision and opens the next finding; the arrow keys walk through the list."""
    open_tab(page, "发现")
    page.locator("button.finding").first.click()
    page.locator("#finding .whole", has_text=page.locator("button.finding .title").first.inner_text()).wait_for()
    page.locator("#deciding").get_by_text("采纳", exact=True).click()
    page.get_by_role("button", name="保存，看下一条").click()
    page.locator("button.finding.chosen").and_(page.locator("button.finding").nth(2)).wait_for()
    page.locator("button.finding").nth(2).focus()
    page.keyboard.press("ArrowDown")
    page.locator("button.finding.chosen").and_(page.locator("button.finding").nth(3)).wait_for()
    page.locator("#undecided input").check()
    page.wait_for_function("document.querySelectorAll('.finding .decided').length == 0")


def test_a_changed_memo_is_kept_and_its_wrong_figure_caught(page: Any) -> None:
    """A memo edited by hand is judged again before it goes out, and is there after a refresh as it was left."""
    open_tab(page, "复核意见")
    page.locator("#memo-preview", has_text="共提出14项意见").wait_for()  # one of 15 was rejected
    open_tab(page, "修改")
    text = page.locator("#memo-text textarea")
    text.fill(text.input_value() + "\n\n2023年支出决算数为79435.90万元。\n")
    page.locator("#memo-about", has_text="您改过的稿").wait_for()
    page.reload()
    open_tab(page, "复核")
    choose(page, "#review-report")
    page.locator("button.finding").first.wait_for()
    open_tab(page, "复核意见")
    page.locator("#memo-about", has_text="您改过的稿").wait_for()
    open_tab(page, "修改")
    assert "79435.90万元" in page.locator("#memo-text textarea").input_value()
    page.get_by_role("button", name="核对改过的数字").click()
    page.locator("#memo-checked .sentence.bad").wait_for()
    assert "79435.09" in page.locator("#memo-checked").inner_text()


def test_a_pasted_text_is_judged(page: Any) -> None:
    """A wrong figure in a stranger's text is marked 不一致."""
    open_tab(page, "核对文本")
    page.get_by_label("要核对的文字").fill("2023年支出决算数为79435.90万元。")
    page.locator("#judge").click()
    page.locator("#judged .sentence.bad").wait_for()
    screen(page, "check-1280")


def test_a_wrong_file_ends_in_a_visible_reason(page: Any, tmp_path: Path) -> None:
    """Beside a good file, one that is no report says so; the library has the good one and not the other."""
    bad = tmp_path / "坏.pdf"
    bad.write_bytes(b"not a pdf at all \x00\x01")
    upload(page, bad, SAMPLE.with_name("chenghu-edu-2022.docx"))
    assert "未读入" in page.locator("#uploaded .state", has_text="坏.pdf").inner_text()
    page.locator("#library td", has_text="2022年度").first.wait_for()
    assert page.locator("#library tr").count() == 3


def test_years_stand_side_by_side(page: Any) -> None:
    """对比: the figures of two years, each with a verdict; a click shows the source."""
    open_tab(page, "对比")
    page.locator("#compare").click()
    page.locator("#comparison [data-cell]").first.wait_for()
    assert "79435.09" in page.locator("#comparison").inner_text()
    page.locator("#comparison [data-cell='0-1']").click()
    page.locator("#compare-source img").wait_for()
    screen(page, "compare-1280")


def test_settings_are_tried_and_no_key_is_shown(page: Any) -> None:
    """The embedding passes its test; a model that is not there is told in a plain sentence, without the key."""
    open_tab(page, "设置")
    page.locator("#try-embedding").click()
    page.locator("#embedding-said .sound").wait_for()
    page.get_by_label("语言模型（提供方:模型名；空着即不用）").fill("openai:none")
    page.get_by_label("OpenAI 兼容服务的地址").fill("http://127.0.0.1:9/v1")
    page.get_by_label("密钥（只写不读；空着即不改）").fill("sk-very-secret")
    page.locator("#try-model").click()
    page.locator("#model-said .fault").wait_for()
    assert "没有作答" in page.locator("#model-said").inner_text()
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("重新启动后生效").wait_for()
    screen(page, "settings-1280")
    assert "sk-very-secret" not in page.content()


def test_the_page_speaks_english_to_an_english_browser(browser: Any, url: str) -> None:
    """Labels follow the browser's language; what reports say stays Chinese."""
    english = browsing(browser, url, language="en-US", ready="Reports")
    english.get_by_role("button", name="Ask", exact=True).wait_for()
    english.get_by_text("Every figure is verified").wait_for()
    assert english.locator("html").get_attribute("lang") == "en"
    said = ask(english, QUESTION)
    assert "exact" in said


def test_a_chat_comes_back_after_a_restart(home: Path, browser: Any, page: Any) -> None:
    """A new server over the same folder lists the chats and opens them with their verdicts; readable at 390 pixels."""
    (home / "heshu.toml").unlink(missing_ok=True)
    with serving(home) as address:
        small = browsing(browser, address, width=390)
        names = small.locator("#earlier input")
        names.click()
        small.get_by_role("option", name=QUESTION).last.click()
        small.locator("#talk .badge").first.wait_for()
        assert "79435.09" in small.locator("#talk").inner_text().replace(",", "")
        screen(small, "chat-390")
        small.reload()
        small.locator("#talk .badge").first.wait_for()
        for name, file in (("报告库", "library"), ("核对文本", "check"), ("设置", "settings")):
            open_tab(small, name)
            screen(small, f"{file}-390")
        open_tab(small, "复核")
        choose(small, "#review-report")
        small.locator("button.finding").first.wait_for()
        small.locator(".finding .decided", has_text="不采纳").wait_for()
        small.locator("button.finding").first.click()
        small.locator("#finding blockquote").first.wait_for()
        screen(small, "review-390")
        open_tab(small, "图表和指标")
        small.locator(".js-plotly-plot").nth(2).wait_for()
        screen(small, "figures-390")
        open_tab(small, "复核意见")
        small.locator("#memo-about", has_text="您改过的稿").wait_for()
        screen(small, "memo-390")
        open_tab(small, "对比")
        small.locator("#compare").click()
        small.locator("#comparison [data-cell]").first.wait_for()
        screen(small, "compare-390")
        assert small.wrong == []


def test_nothing_outside_this_machine_is_asked(page: Any, url: str) -> None:
    """Every request of the whole session went to the server itself, and no script of the page failed."""
    assert outside(page, url) == []
    assert page.wrong == []
