"""The report library takes files in: several at a call, each with its own ending."""

from __future__ import annotations

from pathlib import Path

from assistant import Assistant, Settings
from ingest.errors import UnreadableFile


def test_each_of_several_files_has_its_own_ending(tmp_path: Path) -> None:
    """A good file is stored, a broken one says why and costs the others nothing, the same bytes again are known."""
    said = "2023年，澄湖县教育局支出决算数为79435.09万元。\n"
    good, broken, again = (tmp_path / name for name in ("甲.txt", "乙.pdf", "丙.txt"))
    good.write_text(said, encoding="utf-8")
    broken.write_bytes(b"%PDF-1.7 nothing follows")
    again.write_text(said, encoding="utf-8")
    told: list[str] = []
    with Assistant(Settings(home=tmp_path / "home")) as assistant:
        ended = dict(assistant.add_all([good, broken, again], lambda stage, done, total: told.append(stage)))
        stored = assistant.reports()
    one, two, three = (ended[path] for path in (good, broken, again))
    assert isinstance(one, dict) and not one["known"]
    assert isinstance(two, UnreadableFile)
    assert isinstance(three, dict) and three["known"]
    assert [report["source"] for report in stored] == ["甲.txt"]
    assert told[0] == "读取 甲.txt" and "完成 甲.txt" in told


def test_no_files_are_no_work(tmp_path: Path) -> None:
    """An empty list opens nothing."""
    with Assistant(Settings(home=tmp_path)) as assistant:
        assert list(assistant.add_all([])) == []
