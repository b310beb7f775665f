"""The web page in a real browser: upload, ask, see each figure's verdict and source; nothing leaves the machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "assistant" / "samples" / "chenghu-edu-2023.pdf"
SCREENS = ROOT / "build" / "screens"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="没有浏览器；apt-get install chromium 之后再测")


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """The address of a real server over a data folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "HESHU_HOME": str(home)}
    server = subprocess.Popen([sys.executable, "-m", "ui.cli", "ui", "--port", str(port)], env=environment, cwd=ROOT)
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(240):
            time.sleep(0.25)
            try:
                urllib.request.urlopen(address, timeout=5).read()
                break
            except OSError:
                assert server.poll() is None, "the server ended"
        yield address
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def url(home: Path) -> Iterator[str]:
    with serving(home) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    SCREENS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=flags)


def browsing(browser: Any, address: str, width: int = 1280) -> Any:
    """A browser page that notes every request."""
    opened = browser.new_page(viewport={"width": width, "height": 900}, locale="zh-CN")
    opened.requested = []
    opened.on("request", lambda request: opened.requested.append(request.url))
    opened.goto(address)
    opened.get_by_role("tab", name="报告库").wait_for(timeout=60_000)
    return opened


@pytest.fixture(scope="module")
def page(browser: Any, url: str) -> Any:
    return browsing(browser, url)


def choose(page: Any, dropdown: str, index: int = 0) -> None:
    """Picks an entry of a dropdown as a user does."""
    page.locator(f"{dropdown} input").click()
    page.get_by_role("option").nth(index).click()


def test_upload_ask_and_see_verdict_and_source(page: Any) -> None:
    """A report goes in, a question is asked, and the answer's figure wears its verdict beside its source."""
    page.get_by_role("tab", name="报告库").click()
    page.locator("input[type=file]").first.set_input_files(SAMPLE)
    page.get_by_text("读入", exact=False).first.wait_for(timeout=60_000)
    page.screenshot(path=SCREENS / "library-1280.png")
    page.get_by_role("tab", name="问答").click()
    page.get_by_label("问题").fill("2023年支出决算数是多少？")
    page.get_by_role("button", name="提问").click()
    page.locator(".badge").first.wait_for(timeout=60_000)
    page.screenshot(path=SCREENS / "chat-1280.png")
    said = page.locator(".answer").last.inner_text()
    assert "79435.09" in said.replace(",", "")
    assert "一致" in said
    page.locator("#source img.page").wait_for(timeout=60_000)
    page.wait_for_timeout(800)
    page.screenshot(path=SCREENS / "chat-1280.png")


def test_review_decide_and_export(page: Any) -> None:
    """Findings with their source beside them, a decision that the memo respects, and the memo as a Word file."""
    page.get_by_role("tab", name="复核").click()
    choose(page, "#review-report")
    page.get_by_role("button", name="复核", exact=True).click()
    page.locator(".finding").first.wait_for(timeout=60_000)
    choose(page, "#review-finding")
    page.locator("#review-places input").first.wait_for(timeout=60_000)
    page.get_by_label("不采纳", exact=True).check()
    page.get_by_role("button", name="保存决定").click()
    page.get_by_text("已保存：不采纳").wait_for(timeout=60_000)
    page.screenshot(path=SCREENS / "review-1280.png", full_page=True)
    page.get_by_role("button", name="生成文件").click()
    with page.expect_download(timeout=60_000) as saved:
        page.locator("#review-file a[download]").first.click()
    assert Path(saved.value.path()).read_bytes()[:2] == b"PK"


def test_a_pasted_text_is_judged(page: Any) -> None:
    """A wrong figure in a stranger's text is marked 不一致."""
    page.get_by_role("tab", name="核对文本").click()
    page.get_by_label("要核对的文字").fill("2023年支出决算数为79435.90万元。")
    page.get_by_role("button", name="核对", exact=True).click()
    page.get_by_text("数字有误").wait_for(timeout=60_000)
    page.screenshot(path=SCREENS / "check-1280.png")


def test_a_wrong_file_ends_in_a_visible_reason(page: Any, tmp_path: Path) -> None:
    """Something that is no report says so, and the library stays as it was."""
    bad = tmp_path / "坏.pdf"
    bad.write_bytes(b"not a pdf at all \x00\x01")
    page.get_by_role("tab", name="报告库").click()
    page.locator("input[type=file]").first.set_input_files(bad)
    page.get_by_text("未读入").wait_for(timeout=60_000)


def test_script_in_a_question_does_nothing(page: Any) -> None:
    """What a user or a report writes is text, never markup."""
    page.get_by_role("tab", name="问答").click()
    page.get_by_label("问题").fill("<img src=x onerror=\"document.title='owned'\"><b>支出决算数</b>是多少？")
    page.get_by_role("button", name="提问").click()
    page.locator(".answer, .missing").nth(1).wait_for(timeout=60_000)
    assert page.title() != "owned"


def test_a_chat_comes_back_after_a_restart(home: Path, page: Any, browser: Any) -> None:
    """Conversations are kept in the data folder: a new server over it lists them and opens them with their verdicts."""
    with serving(home) as address:
        small = browsing(browser, address, width=390)
        choose(small, "#earlier")
        small.locator(".badge").first.wait_for(timeout=60_000)
        assert "79435.09" in small.locator("#talk").inner_text().replace(",", "")
        small.screenshot(path=SCREENS / "chat-390.png", full_page=True)
        small.get_by_role("tab", name="复核").click()
        small.screenshot(path=SCREENS / "review-390.png", full_page=True)


def test_nothing_outside_this_machine_is_asked(page: Any, url: str) -> None:
    """Every request of the whole session went to the server itself."""
    outside = [one for one in page.requested if not one.startswith((url, "data:", "blob:"))]
    assert outside == []
