"""The store: what goes in comes out, a report is wholly there or not there, one process owns the folder."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sql

from ingest.chunking import chunks
from ingest.errors import StoreBusy, StoreDamaged, Unavailable, UnknownReport
from ingest.fact import Fact
from ingest.reading import Reading
from ingest.report import Report
from ingest.store import Store, written
from ingest.store.audit import broken
from ingest.store.engine import as_one, engine_of
from ingest.store.journal import Decision
from ingest.store.manifest import Entry
from ingest.store.schema import META, STEPS, migrate, version
from tests import build

ROOT = Path(__file__).parents[1]


def sample(number: int = 1) -> Report:
    return build.report("# 一、预算执行", f"全年执行数{number}00.50万元。", id=f"{number:012x}")


def put(store: Store, report: Report, facts: tuple[Fact, ...] = (), findings: str = "[]") -> Entry:
    derived = {"vectors": report.id.encode()}
    return store.add(written(report, facts, chunks(report), findings, 0.5, derived), report.id.encode())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "数据") as opened:
        yield opened


def test_what_goes_in_comes_out(store: Store) -> None:
    """Report, facts, passages, findings and the file itself are given back as they were."""
    report = sample()
    entry = put(store, report, findings='[{"id":"f1"}]')
    assert store.list() == (entry,) and (entry.findings, entry.chunks, entry.seconds) == (1, 1, 0.5)
    assert store.get(report.id) == Reading(report, ())
    assert store.chunks(report.id) == chunks(report)
    assert store.passages([f"{report.id}:0", "nowhere:7"]) == {f"{report.id}:0": chunks(report)[0]}
    assert store.findings(report.id) == '[{"id":"f1"}]'
    assert store.original(report.id) == report.id.encode()
    assert store.derived("vectors") == {report.id: report.id.encode()}


def test_a_second_look_decodes_nothing(store: Store) -> None:
    """The last readings stay in memory; a report stored anew is read anew."""
    report = sample()
    put(store, report)
    assert store.get(report.id) is store.get(report.id)
    put(store, replace(report, title="更正后的标题"))
    assert store.get(report.id).report.title == "更正后的标题"


def test_removing_takes_everything_but_the_decisions(store: Store) -> None:
    """Facts, passages, vectors and the file go; what the reviewer decided stays as history."""
    report = sample()
    put(store, report)
    store.journal.decide(Decision(report.id, "f1", "采纳", "已核", "甲"))
    store.remove(report.id)
    assert store.list() == () and store.chunks(report.id) == () and store.derived("vectors") == {}
    assert not any((store.home / "originals").iterdir())
    assert [decision.decision for decision in store.journal.decisions(report.id)] == ["采纳"]
    for ask in (store.get, store.remove, store.findings, store.original):
        with pytest.raises(UnknownReport, match="heshu reports"):
            ask(report.id)


def test_the_same_bytes_under_two_ids_are_kept_once(store: Store) -> None:
    """A file leaves only with the last report that came from it."""
    for number in (1, 2):
        store.add(written(sample(number), (), ()), b"same")
    store.remove(sample(1).id)
    assert store.original(sample(2).id) == b"same"


def test_a_failed_add_leaves_nothing(store: Store) -> None:
    """A value that is none breaks an insert: neither the report nor any part of it is there."""
    report = sample()
    broken = written(report, (), chunks(report), derived={"vectors": None})  # type: ignore[dict-item]
    with pytest.raises(Unavailable):
        store.add(broken, b"x")
    assert store.list() == () and store.chunks(report.id) == () and store.revision() == 0


def test_chats_keep_their_order(store: Store) -> None:
    """Turns come back oldest first, chats latest first, and a chat can be forgotten."""
    for chat, body in (("a", "1"), ("b", "2"), ("a", "3")):
        store.journal.say(chat, body)
    assert (store.journal.chat("a"), tuple(store.journal.chats())) == (("1", "3"), ("a", "b"))
    store.journal.forget("a")
    assert store.journal.chats() == {"b": "2"}


def test_a_second_process_may_read_and_is_told_who_writes(store: Store) -> None:
    """Another process lists the reports; when it wants to add one it is given the pid of the owner."""
    put(store, sample())
    code = """
        import sys
        from pathlib import Path
        from ingest.errors import StoreBusy
        from ingest.store import Store
        store = Store(Path(sys.argv[1]))
        print(len(store.list()))
        try:
            store.journal.say("chat", "{}")
        except StoreBusy as busy:
            print(busy)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), str(store.home)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    count, busy = done.stdout.splitlines()
    assert count == "1" and str(os.getpid()) in busy
    assert sum(1 for _ in store.journal.chats()) == 0


def test_the_folder_is_free_once_the_owner_has_closed(tmp_path: Path) -> None:
    """No stale lock: the next one just writes."""
    first, second = Store(tmp_path), Store(tmp_path)
    put(first, sample())
    with pytest.raises(StoreBusy):
        put(second, sample(2))
    first.close()
    put(second, sample(2))
    assert len(second.list()) == 2
    second.close()


def test_nothing_is_opened_before_it_is_needed(tmp_path: Path) -> None:
    """Making a Store creates no folder."""
    Store(tmp_path / "later").close()
    assert not (tmp_path / "later").exists()


def test_an_older_store_is_brought_up_step_by_step(tmp_path: Path) -> None:
    """A store of version 1 takes only the steps it lacks; its reports stay."""
    with Store(tmp_path) as store:
        entry = put(store, sample())
    engine = sql.create_engine(f"sqlite:///{tmp_path / 'heshu.sqlite'}")
    with engine.begin() as connection:
        added = lambda connection: connection.execute(sql.text("ALTER TABLE reports ADD COLUMN region TEXT"))  # noqa: E731
        assert migrate(connection, (*STEPS, added)) == version(connection) == len(STEPS) + 1
        assert connection.scalar(sql.text("SELECT id FROM reports WHERE region IS NULL")) == entry.id


def test_a_schema_is_changed_wholly_or_not_at_all(tmp_path: Path) -> None:
    """Where a step fails (a process is killed, the disk is full), none of the steps before it stays."""

    def failing(connection: sql.Connection) -> None:
        raise OSError

    engine = engine_of(f"sqlite:///{tmp_path / 'heshu.sqlite'}")
    with pytest.raises(OSError), engine.begin() as connection:
        as_one(connection)
        migrate(connection, (*STEPS, failing))
    assert sql.inspect(engine).get_table_names() == []


def test_a_store_without_owners_gets_them(tmp_path: Path) -> None:
    """Chats of a store of version 1 belong to whoever sits at the machine; an audit log is there afterwards."""
    engine = sql.create_engine(f"sqlite:///{tmp_path / 'heshu.sqlite'}")
    with engine.begin() as connection:
        for statement in (
            "CREATE TABLE meta (key VARCHAR(64) PRIMARY KEY, value TEXT)",
            "CREATE TABLE chats (number INTEGER PRIMARY KEY, chat VARCHAR(64), body TEXT, added VARCHAR(32))",
            "INSERT INTO meta VALUES ('schema', '1')",
            "INSERT INTO chats VALUES (1, 'a', '{}', '2026-01-01')",
        ):
            connection.execute(sql.text(statement))
    with Store(tmp_path) as store:
        assert (list(store.journal.chats()), list(store.journal.chats("甲"))) == (["a"], [])
        assert store.audit.records() == ()


def test_a_chat_belongs_to_its_owner(store: Store) -> None:
    """Two users may give a chat the same name; each sees and forgets only their own."""
    store.journal.say("周报", "1", "甲")
    store.journal.say("周报", "2", "乙")
    assert (store.journal.chat("周报", "甲"), store.journal.chat("周报", "乙")) == (("1",), ("2",))
    store.journal.forget("周报", "甲")
    assert (store.journal.chats("甲"), store.journal.chats("乙"), store.journal.chats()) == ({}, {"周报": "2"}, {})


def test_a_changed_memo_belongs_to_its_owner(store: Store) -> None:
    """The last text holds, with what it was made from; the original again, or nothing, forgets the change."""
    journal = store.journal
    journal.revise("r1", "改过一次", "原稿", owner="甲")
    journal.revise("r1", "改过两次", "原稿", owner="甲")
    kept = journal.revision("r1", "甲")
    assert kept and (kept.text, kept.original) == ("改过两次", "原稿")
    assert journal.revision("r1", "乙") is None and journal.revision("r2", "甲") is None
    journal.revise("r1", "原稿", "原稿", owner="甲")
    assert journal.revision("r1", "甲") is None


def test_a_change_in_the_audit_log_shows(store: Store) -> None:
    """Each row follows from the one before: a row changed or taken out is named by number."""
    for question in ("一", "二", "三"):
        store.audit.record("甲", "问答", question)
    rows = store.audit.records()
    assert [row.body for row in rows] == ["一", "二", "三"]
    assert broken(rows) is None
    assert broken((rows[0], replace(rows[1], body="改过"), rows[2])) == rows[1].number
    assert broken((rows[0], rows[2])) == rows[2].number


def test_a_store_of_a_newer_heshu_is_not_touched(tmp_path: Path) -> None:
    """A version this heshu does not know is refused with what to do."""
    with Store(tmp_path) as store:
        put(store, sample())
    engine = sql.create_engine(f"sqlite:///{tmp_path / 'heshu.sqlite'}")
    with engine.begin() as connection:
        connection.execute(sql.update(META).where(META.c.key == "schema").values(value="99"))
    with pytest.raises(StoreDamaged, match="升级"):
        Store(tmp_path).list()


def test_characters_no_database_likes_survive(store: Store) -> None:
    """NUL and lone surrogates, as damaged files have them, neither stop a report nor change its text."""
    report = build.report("一\0二\ud800三", id="f" * 12)
    put(store, replace(report, title="标\0题\ud800"))
    assert store.get(report.id).report.blocks == report.blocks
    assert "\0" not in store.list()[0].title


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[str]:
    """A PostgreSQL server of this machine's own package, in a temporary folder."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if not found:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    pytest.importorskip("psycopg", reason="psycopg is not installed (pip install heshu[postgres])")
    folder, user = tmp_path / "pg", "postgres" if os.getuid() == 0 else None
    folder.mkdir()
    if user:
        for path in (tmp_path, *tmp_path.parents[:3]):
            path.chmod(path.stat().st_mode | 0o055)
        shutil.chown(folder, user)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    tools = found[-1].parent
    command = [tools / "initdb", "-D", folder / "db", "-A", "trust", "-U", "heshu", "-E", "UTF8", "--no-sync"]
    subprocess.run(command, user=user, check=True, capture_output=True, cwd=folder)
    options = ["-p", str(port), "-k", str(folder), "-h", "127.0.0.1", "-F"]
    server = subprocess.Popen(
        [tools / "postgres", "-D", folder / "db", *options], user=user, cwd=folder, stderr=subprocess.DEVNULL
    )
    url = f"postgresql+psycopg://heshu@127.0.0.1:{port}/postgres"
    try:
        _wait_for(url)
        yield url
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(10)


def _wait_for(url: str) -> None:
    engine = sql.create_engine(url)
    for _ in range(100):
        try:
            engine.connect().close()
            engine.dispose()
            return
        except sql.exc.OperationalError:
            time.sleep(0.1)
    raise AssertionError("PostgreSQL did not start")


def test_postgresql_runs_the_same_code(tmp_path: Path, postgres: str) -> None:
    """The tests above, in short, against a real PostgreSQL server."""
    with Store(tmp_path / "home", postgres) as store:
        report = build.report("一\0二", "预算100万元。", id="e" * 12)
        entry = put(store, report, findings='[{"id":"f1"}]')
        assert store.list() == (entry,) and store.get(report.id).report == report
        assert store.passages([f"{report.id}:0"]) == {f"{report.id}:0": chunks(report)[0]}
        put(store, report)
        store.derive("vectors", {report.id: b"\0\1", "gone": b""})
        assert store.derived("vectors") == {report.id: b"\0\1"} and store.revision() == 2
        store.journal.say("a", "1")
        store.journal.decide(Decision(report.id, "f1", "采纳"))
        store.remove(report.id)
        assert (store.list(), store.chunks(report.id), store.journal.chat("a")) == ((), (), ("1",))
        assert len(store.journal.decisions(report.id)) == 1
    with Store(tmp_path / "home", postgres) as again:
        assert again.revision() == 3


def test_two_folders_on_one_database_have_one_writer(tmp_path: Path, postgres: str) -> None:
    """A second data folder reads what the first wrote, is told who writes, and may write when that one is done; a
    writer whose connection was cut off takes the database again, unless another has it by then."""
    one, other = (Store(tmp_path / name, postgres) for name in ("one", "other"))
    put(one, sample(1))
    assert [entry.id for entry in other.list()] == [sample(1).id]
    with pytest.raises(StoreBusy, match=f"进程 {os.getpid()}（.*现在可以查询，不能写入"):
        put(other, sample(2))
    cut_off(postgres)
    put(one, sample(3))
    cut_off(postgres)
    put(other, sample(2))
    with pytest.raises(StoreBusy):
        put(one, sample(4))
    other.close()
    put(one, sample(4))
    assert {entry.id for entry in one.list()} == {sample(number).id for number in (1, 2, 3, 4)}
    one.close()


def cut_off(url: str) -> None:
    """End every other connection to the server."""
    engine = sql.create_engine(url)
    with engine.connect() as connection:
        connection.execute(
            sql.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'heshu %'")
        )
    engine.dispose()


def test_a_database_that_is_away_is_said_so(tmp_path: Path) -> None:
    """No server behind the URL: a sentence for the reader, not a stack of a driver."""
    pytest.importorskip("psycopg", reason="psycopg is not installed (pip install heshu[postgres])")
    with pytest.raises(Unavailable, match="数据库"):
        Store(tmp_path, "postgresql+psycopg://heshu@127.0.0.1:1/none").list()
