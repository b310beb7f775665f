"""What a store must survive: killed writers, a full disk, a truncated file. benchmarks/faults.py does it 200 times."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.chunking import chunks
from ingest.embedding import embedding
from ingest.errors import HeshuError, StoreDamaged
from ingest.search import Search
from ingest.store import Store
from ingest.store.journal import Decision
from ingest.store.mend import mend
from tests.test_search import put, sample

ROOT = Path(__file__).parents[1]
WRITER = """
import sys
from itertools import count
from pathlib import Path
from ingest.embedding import embedding
from ingest.search import Search
from ingest.store import Store
from tests.test_search import put, sample
store = Store(Path(sys.argv[1]))
search = Search(store, embedding())
for number in count():
    put(store, search, sample(number % 7))
    print(number, flush=True)
    if number % 3 == 2:
        store.remove(sample((number - 1) % 7).id)
"""


def sound(home: Path) -> int:
    """Every report in the manifest is wholly there and its passages find themselves; returns how many there are."""
    with Store(home) as store:
        search = Search(store, embedding())
        for entry in store.list():
            reading = store.get(entry.id)
            made = store.chunks(entry.id)
            assert (len(reading.facts), len(made)) == (entry.facts, entry.chunks)
            assert made == chunks(reading.report) and store.original(entry.id)
            assert search.query(made[-1].text, [entry.id], 1)[0].chunk.text == made[-1].text
        named = {entry.id for entry in store.list()}
        assert set(store.derived(f"vectors-{embedding().digest}")) == named
        store.journal.say("probe", "{}")
        assert len(list((home / "originals").glob("?" * 64))) == len(named)
        return len(named)


@pytest.mark.slow
def test_a_killed_writer_leaves_whole_reports(tmp_path: Path) -> None:
    """kill -9 while reports come and go: afterwards each is wholly there or not there, and the next one writes."""
    dice = random.Random(7)
    for _ in range(3):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(dice.uniform(0, 0.3))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        sound(tmp_path)


@pytest.mark.slow
def test_a_full_disk_loses_nothing_that_was_there(tmp_path: Path) -> None:
    """No file may grow past a limit: adding fails with a sentence, and what was there before is still whole."""
    with Store(tmp_path) as store:
        put(store, Search(store, embedding()), sample(1))
    code = (
        WRITER.replace("for number in count():", "for number in count(10):")
        .replace("import sys", "import resource, signal, sys\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)")
        .replace(
            "search = Search",
            "limit = int(sys.argv[2])\nresource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))\nsearch = Search",
        )
    )
    for limit in (4_000, 150_000):
        command = [sys.executable, "-c", code, str(tmp_path), str(limit)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        assert "Unavailable" in done.stderr and "没有存入" in done.stderr
        assert sound(tmp_path) >= 1


def _filled(home: Path, count: int = 12) -> None:
    with Store(home) as store:
        search = Search(store, embedding())
        for number in range(count):
            put(store, search, sample(number))
        store.journal.say("chat", '{"question":"花了多少钱"}')


@pytest.mark.parametrize("part", [0, 0.1, 0.5, 0.9])
def test_a_truncated_store_is_told_and_mended(tmp_path: Path, part: float) -> None:
    """Cut anywhere, the store says what command to run; after it every report is saved or handed back as its file."""
    _filled(tmp_path)
    path = tmp_path / "heshu.sqlite"
    os.truncate(path, int(path.stat().st_size * part))
    if part:
        with pytest.raises(StoreDamaged, match="heshu doctor --mend"), Store(tmp_path) as store:
            for entry in store.list():
                store.get(entry.id)
    saved, lost = mend(tmp_path)
    assert saved + len(lost) == 12 and all(one.data for one in lost)
    with Store(tmp_path) as store:
        search = Search(store, embedding())
        for number in range(12):
            if store.entry(sample(number).id) is None:
                put(store, search, sample(number))
    assert sound(tmp_path) == 12


def test_one_damaged_report_does_not_take_the_others(tmp_path: Path) -> None:
    """Bytes flipped inside a stored report: it alone is refused, and mending hands its file back."""
    import sqlite3

    _filled(tmp_path, 3)
    base = sqlite3.connect(tmp_path / "heshu.sqlite")
    base.execute(
        "UPDATE bodies SET body = CAST(x'00' || body AS BLOB) WHERE report = ? AND name = 'facts'", (sample(1).id,)
    )
    base.commit()
    base.close()
    with Store(tmp_path) as store:
        assert store.get(sample(0).id).report == sample(0)
        with pytest.raises(HeshuError, match="heshu doctor --mend"):
            store.get(sample(1).id)
    saved, lost = mend(tmp_path)
    assert saved == 2 and [one.name for one in lost] == [sample(1).source]
    with Store(tmp_path) as store:
        assert len(store.journal.chat("chat")) == 1


def test_a_sound_store_is_not_harmed_by_mending(tmp_path: Path) -> None:
    """Run for nothing, the command puts the old file aside; chats, decisions and changed memos are all still there."""
    _filled(tmp_path, 3)
    with Store(tmp_path) as store:
        store.journal.revise(sample(0).id, "改过的意见", "原来的意见", "王芳")
        store.journal.decide(Decision(sample(0).id, "f1", "采纳"))
    assert mend(tmp_path) == (3, ())
    with Store(tmp_path) as store:
        revised = store.journal.revision(sample(0).id, "王芳")
        assert revised is not None and revised.text == "改过的意见"
        assert [one.decision for one in store.journal.decisions(sample(0).id)] == ["采纳"]
        assert len(store.journal.chat("chat")) == 1
    assert sound(tmp_path) == 3 and len(list(tmp_path.glob("heshu.sqlite.damaged-*"))) >= 1


def test_a_lost_original_is_told(tmp_path: Path) -> None:
    """The file's bytes are checked against their digest when asked for; everything else goes on working."""
    _filled(tmp_path, 1)
    next((tmp_path / "originals").glob("?" * 64)).write_bytes(b"other")
    with Store(tmp_path) as store:
        assert store.get(sample(0).id).report == sample(0)
        with pytest.raises(StoreDamaged, match="重新加入"):
            store.original(sample(0).id)


def test_the_printed_command_brings_back_what_was_lost(tmp_path: Path) -> None:
    """`heshu doctor --mend` after the database is gone altogether: the report is read again from its kept file."""
    from assistant import Assistant, Settings
    from assistant import mend as mend_all

    with Assistant(Settings(home=tmp_path)) as assistant:
        added = assistant.add_bytes("某县林业局2023年度绩效自评报告\n\n全年执行数120.50万元。\n".encode(), "林业.txt")
    (tmp_path / "heshu.sqlite").write_bytes(b"\xff" * 4096)
    outcome = mend_all(Settings(home=tmp_path))
    assert (outcome["saved"], len(outcome["added"]), outcome["lost"]) == (0, 1, [])
    with Assistant(Settings(home=tmp_path)) as assistant:
        assert [(entry["id"], entry["source"]) for entry in assistant.reports()] == [(added["id"], "林业.txt")]
