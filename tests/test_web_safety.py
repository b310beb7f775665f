"""The web page under attack: strangers, other users, a lying model, paths out of the page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant, Settings, add_user, audit_rows
from tests import model_server
from tests.model_server import Play
from tests.web_pages import CHROMIUM, NO_BROWSER, ROOT, SAMPLE, ask, browsers, browsing, outside, serving

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=NO_BROWSER)
PASSWORD = "correct horse"
EVIL = (
    "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
    "![图](http://evil.example/leak?q=1) [点我](http://evil.example/) <a href='javascript:alert(1)'>链接</a> "
    "<iframe src='http://evil.example/'></iframe> 支出决算数见报告。"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    with Assistant(Settings(home=folder)) as assistant:
        assistant.add(SAMPLE)
    for name in ("甲", "乙"):
        add_user(folder / "users", name, PASSWORD)
    return folder


@pytest.fixture(scope="module")
def url(home: Path) -> Iterator[str]:
    """A server with users, and a model that writes whatever could do harm."""
    play = Play(say=lambda prompt: json.dumps({"answer": EVIL, "refused": False}, ensure_ascii=False))
    with model_server.serving(play) as model:
        environment = {"HESHU_MODEL": "openai:evil", "HESHU_MODEL_URL": model, "HESHU_MODEL_KEY": "sk-hidden"}
        with serving(home, "--auth", str(home / "users"), environment=environment) as address:
            yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with browsers() as opened:
        yield opened


def signed_in(browser: Any, url: str, name: str) -> Any:
    page = browsing(browser, url, ready="")
    page.locator("input").nth(0).fill(name)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("input[type=password]").press("Enter")
    page.get_by_role("tab", name="报告库", exact=True).wait_for()
    return page


def status(address: str, data: bytes | None = None, host: str = "") -> int:
    request = urllib.request.Request(address, data=data, headers={"Host": host} if host else {})
    if data is not None:
        request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_two_users_do_not_see_each_others_chats(browser: Any, url: str, home: Path) -> None:
    """甲 asks; 乙 sees no chat of hers. Each question stands in the audit log under its user, with its verdicts."""
    first = signed_in(browser, url, "甲")
    ask(first, "2023年支出决算数是多少？")
    first.locator("#earlier input").click()
    first.get_by_role("option", name="2023年支出决算数是多少？").wait_for()
    second = signed_in(browser, url, "乙")
    second.locator("#earlier input").click()
    second.wait_for_timeout(800)
    assert second.get_by_role("option").count() == 0
    assert "79435" not in second.locator("#talk").inner_text()
    assert "sk-hidden" not in first.content()


def test_what_a_model_writes_does_nothing(browser: Any, url: str) -> None:
    """Scripts, pictures, links and frames from a model are words on the page: nothing runs, nothing is fetched."""
    page = signed_in(browser, url, "甲")
    ask(page, "<img src=x onerror=\"document.title='owned'\"> ![](http://evil.example/q) 部门整体绩效如何？")
    page.wait_for_timeout(500)
    talk = page.locator("#talk")
    assert page.title() != "owned"
    assert talk.locator("img, iframe, script, a[href*='evil'], a[href^='javascript']").count() == 0
    assert outside(page, url) == []
    assert "evil.example" not in talk.inner_html()


def test_strangers_get_no_further_than_the_door(url: str) -> None:
    """Without signing in there is no config, no API, no file, no upload."""
    for path in ("config", "gradio_api/info", "gradio_api/file=/etc/passwd", "gradio_api/queue/data?session_hash=x"):
        assert status(url + path) in (401, 404), path
    joined = json.dumps({"data": [], "fn_index": 0, "session_hash": "x"}).encode()
    assert status(url + "gradio_api/queue/join", joined) == 401
    assert status(url + "gradio_api/upload", b"{}") in (401, 422)


@pytest.fixture(scope="module")
def open_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of this machine only, without users."""
    folder = tmp_path_factory.mktemp("open")
    (folder / "secret.txt").write_text("secret", encoding="utf-8")
    with serving(folder) as address:
        yield address


PATHS = (
    "gradio_api/file=/etc/passwd",
    "gradio_api/file=../../etc/passwd",
    "gradio_api/file=%2e%2e/%2e%2e/etc/passwd",
    "gradio_api/file=..%5c..%5cetc%5cpasswd",
    "file=/etc/passwd",
    "gradio_api/file/etc/passwd",
    f"gradio_api/file={ROOT}/pyproject.toml",
    "gradio_api/file=pyproject.toml",
    "gradio_api/file=http://127.0.0.1:9/",
    "gradio_api/proxy=http://127.0.0.1:9/",
    "static/../../../../etc/passwd",
    "assets/..%2f..%2f..%2fetc/passwd",
    "svelte/../../pyproject.toml",
    "monitoring",
    "docs",
    "openapi.json",
)


@pytest.mark.parametrize("path", PATHS)
def test_no_file_of_the_server_is_reachable(open_url: str, path: str) -> None:
    """Paths out of the page, in whatever writing, get nothing."""
    assert status(open_url + path) in (400, 403, 404, 405, 422), path


def test_every_response_carries_the_security_headers(open_url: str) -> None:
    """No script, picture, frame or connection of another host; no guessing of types; no telling where one came from."""
    for path in ("", "theme.css", "gradio_api/file=/etc/passwd"):
        try:
            headers = urllib.request.urlopen(open_url + path, timeout=20).headers
        except urllib.error.HTTPError as error:
            headers = error.headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_another_name_for_this_machine_is_refused(open_url: str) -> None:
    """A name of somebody's that points to 127.0.0.1 (DNS rebinding) gets no page."""
    assert status(open_url, host="evil.example") == 421
    assert status(open_url) == 200


def test_another_address_needs_users(tmp_path: Path) -> None:
    """Bound to all addresses without users: refused with what to do, before anything is opened."""
    command = [sys.executable, "-m", "ui.cli", "ui", "--host", "0.0.0.0"]
    ended = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "HESHU_HOME": str(tmp_path)}, timeout=60
    )
    assert ended.returncode == 2
    assert "heshu user add" in ended.stderr


def test_the_audit_log_tells_who_asked_what(browser: Any, home: Path, url: str) -> None:
    """Question, facts with places, verdicts, user and stamp; read while the server runs."""
    ask(signed_in(browser, url, "甲"), "2023年支出决算数是多少？")
    with Assistant(Settings(home=home)) as assistant:
        shape = audit_rows(assistant)
    asked = [row for row in shape["rows"] if row["kind"] == "问答"]
    assert {row["user"] for row in asked} == {"甲"}
    assert asked[0]["verdicts"] == {"一致": 1}
    assert asked[0]["facts"][0]["places"]
    assert asked[0]["stamp"]["heshu"]
    assert shape["broken"] is None
