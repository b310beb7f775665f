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
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "assistant" / "samples" / "chenghu-edu-2023.pdf"
SCREENS = ROOT / "build" / "screens"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="没有浏览器；apt-get install chromium 之后再测")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server over an empty data folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "HESHU_HOME": str(tmp_path_factory.mktemp("home"))}
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
def page(url: str) -> Iterator[Any]:
    """A browser page that notes every request and every script error."""
    from playwright.sync_api import sync_playwright

    SCREENS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        opened = browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        opened.requested = []
        opened.on("request", lambda request: opened.requested.append(request.url))
        opened.goto(url)
        opened.get_by_role("tab", name="报告库").wait_for(timeout=60_000)
        yield opened
        browser.close()


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


def test_nothing_outside_this_machine_is_asked(page: Any, url: str) -> None:
    """Every request of the whole session went to the server itself."""
    outside = [one for one in page.requested if not one.startswith((url, "data:", "blob:"))]
    assert outside == []
