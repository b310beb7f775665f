"""Parts of the web page that need no browser: the waiting line, faults in two languages, the certificate."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from assistant import BadInput
from ingest.errors import TooLarge
from ui import render, render_source
from ui.phrases import Words
from ui.turns import Line, TooMany, stepping
from ui.web import Certificate


def test_who_waits_is_told_how_many_are_before() -> None:
    """Two are worked for at a time; the third and fourth are told their places, and come on in their order."""
    line, done, told = Line(at_once=2, longest=9), [], {}

    async def ask(name: str, pause: float) -> None:
        async for before in line.ahead():
            told.setdefault(name, before)
        async with line.work():
            await asyncio.sleep(pause)
        done.append(name)

    async def crowd() -> None:
        await asyncio.gather(*(ask(name, 0.05) for name in "甲乙丙丁"))

    asyncio.run(crowd())
    assert (told, "".join(done)) == ({"丙": 2, "丁": 3}, "甲乙丙丁")
    assert line.idle


def test_a_full_line_turns_away_and_who_leaves_makes_room() -> None:
    """One more than may wait is refused; a question that is stopped while it waits leaves the line."""
    line = Line(at_once=0, longest=1)

    async def crowd() -> None:
        async def wait() -> None:
            async for _ in line.ahead():
                pass

        first = asyncio.create_task(wait())
        await asyncio.sleep(0)
        with pytest.raises(TooMany):
            await wait()
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        assert line.idle

    asyncio.run(crowd())


def test_blocking_work_comes_step_by_step() -> None:
    """Each step of an ordinary iterator arrives in order; what it raises arrives too."""

    def work() -> object:
        yield 1
        yield 2
        raise BadInput("不行")

    async def follow() -> list[int]:
        seen = []
        with pytest.raises(BadInput):
            async for step in stepping(work()):
                seen.append(step)
        return seen

    assert asyncio.run(follow()) == [1, 2]


def test_an_english_reader_is_told_the_kind_of_fault() -> None:
    """Chinese sentences of the program get a line before them; English ones and Chinese readers get none."""
    error = TooLarge("文件有 200 MB，超过 100 MB。")
    assert "beyond a limit" in render.fault(error, Words("en")) and "200 MB" in render.fault(error, Words("en"))
    assert "beyond" not in render.fault(error, Words("zh"))
    assert render.fault(BadInput("Choose a report first."), Words("en")).count("Choose") == 1
    assert "cannot be done" not in render.fault(BadInput("Choose a report first."), Words("en"))


def test_a_bad_certificate_is_told_before_anything_is_opened(tmp_path: Path) -> None:
    """Files that are no certificate and key: one sentence that says what to give."""
    chain, key = tmp_path / "c.pem", tmp_path / "k.pem"
    chain.write_text("nothing", encoding="utf-8")
    with pytest.raises(BadInput, match="PEM"):
        Certificate(chain, key).checked()


def test_merged_cells_stand_once_with_the_place_marked() -> None:
    """A head over two columns is one cell, as in the report; a mark inside a merged cell marks all of it."""
    table = {
        "grid": [["项目", "预算", "预算"], ["项目", "年初", "调整后"], ["绿化", "300.00", "320.00"]],
        "header_rows": 2,
        "spans": [
            {"row": 0, "col": 0, "rowspan": 2, "colspan": 1},
            {"row": 0, "col": 1, "rowspan": 1, "colspan": 2},
        ],
    }
    page = render_source.grid(table, 2, 1)
    assert page.count("预算") == 1 and '<th rowspan="2">项目</th><th colspan="2">预算</th>' in page
    assert '<td class="here figure">300.00</td><td class="figure">320.00</td>' in page
    assert '<th class="here" colspan="2">预算</th>' in render_source.grid(table, 0, 2)
