"""A real server over a data folder and a real browser before it, for the tests of the web page."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "assistant" / "samples" / "chenghu-edu-2023.pdf"
SCREENS = ROOT / "build" / "screens"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SHOWN = ("chat-1280", "review-1280", "compare-1280")
"""What README shows."""
NO_BROWSER = "没有浏览器；apt-get install chromium 之后再测"
WAIT = 60_000


@contextmanager
def serving(home: Path, *options: str, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """The address of a real server over a data folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "ui.cli", "ui", "--port", str(port), *options]
    given = {**os.environ, "HESHU_HOME": str(home), **(environment or {})}
    server = subprocess.Popen(command, env=given, cwd=ROOT)
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(480):
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


@contextmanager
def browsers() -> Iterator[Any]:
    """A browser that asks nothing of the network by itself."""
    from playwright.sync_api import sync_playwright

    SCREENS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=flags)


def browsing(browser: Any, address: str, width: int = 1280, language: str = "zh-CN", ready: str = "报告库") -> Any:
    """A browser page of its own (own cookies) that notes every request and every script error."""
    context = browser.new_context(viewport={"width": width, "height": 900}, locale=language)
    page = context.new_page()
    page.set_default_timeout(WAIT)
    page.requested, page.wrong = [], []
    page.on("request", lambda request: page.requested.append(request.url))
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.goto(address)
    if ready:
        page.get_by_role("tab", name=ready, exact=True).wait_for()
    return page


def outside(page: Any, address: str) -> list[str]:
    """Requests of a page that went to another host."""
    return [one for one in page.requested if not one.startswith((address, "data:", "blob:"))]


def open_tab(page: Any, name: str) -> None:
    """Opens a tab, from the menu of those that a narrow screen has no room for if need be."""
    tab, menu = page.get_by_role("tab", name=name, exact=True).first, page.locator(".overflow-menu > button").first
    tab.or_(menu).filter(visible=True).first.wait_for()  # while the page is laid out there is neither
    if not tab.is_visible():
        menu.click()
        page.locator(".overflow-dropdown button", has_text=name).click()
    else:
        tab.click()


def choose(page: Any, dropdown: str, index: int = 0) -> None:
    """Picks an entry of a dropdown as a user does."""
    page.locator(f"{dropdown} input").first.click()
    page.get_by_role("option").nth(index).click()


def ask(page: Any, question: str) -> str:
    """Asks with the Enter key; the words of the answer once they are there."""
    before = page.locator("#talk .answer, #talk .fault").count()
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    page.locator("#talk .answer, #talk .fault").nth(before).wait_for()
    return str(page.locator("#talk .answer, #talk .fault").nth(before).inner_text())


def upload(page: Any, *files: Path) -> None:
    """Uploads files in the library tab and waits until each has ended in a state."""
    open_tab(page, "报告库")
    page.locator("#upload input[type=file]").set_input_files([str(file) for file in files])
    page.wait_for_function(
        "count => document.querySelectorAll('#uploaded .badge.good, #uploaded .badge.bad').length >= count",
        arg=len(files),
    )


def screen(page: Any, name: str) -> None:
    """A screenshot of the whole page into the build's output, and that nothing on it is wider than the screen."""
    page.wait_for_timeout(500)
    page.screenshot(path=SCREENS / f"{name}.png", full_page=True)
    if os.environ.get("UPDATE_DOCS") and name in SHOWN:
        _shown(page, name)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 1, f"{name} is {wide} pixels wider than the screen"


def _shown(page: Any, name: str) -> None:
    """The first screenful, small, for README; `make docs` comes by here."""
    from io import BytesIO

    from PIL import Image

    page.evaluate("window.scrollTo(0, 0)")
    folder = ROOT / "ui" / "screens"
    folder.mkdir(exist_ok=True)
    Image.open(BytesIO(page.screenshot())).convert("RGB").save(folder / f"{name}.webp", quality=72, method=6)
