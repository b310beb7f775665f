"""Chroma as a cache: it follows the store, may be lost or damaged at any time, and never changes an answer."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from ingest.chunking import chunks
from ingest.embedding import embedding
from ingest.errors import StoreBusy, Unavailable
from ingest.index import Index, _forget_clients
from ingest.search import FEW, Search
from ingest.store import Store, written
from tests.test_search import put, sample

pytestmark = pytest.mark.slow
NAME = f"vectors-{embedding().digest}"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as opened:
        for number in range(4):
            put(opened, Search(opened, embedding()), sample(number))
        yield opened


@pytest.fixture
def index(store: Store) -> Iterator[Index]:
    opened = Index(store.home)
    opened.follow(store, NAME)
    yield opened
    opened.close()


def ids(index: Index) -> set[str]:
    """Every passage the index knows, by asking for more than there are."""
    return {id for id, _ in index.near(embedding().query("项目"), 10_000) or ()}


def wanted(store: Store) -> set[str]:
    return {f"{entry.id}:{ordinal}" for entry in store.list() for ordinal in range(entry.chunks)}


def test_it_holds_what_the_store_holds(store: Store, index: Index) -> None:
    """After adding, replacing by a shorter version and removing, Chroma and the store have the same passages."""
    assert ids(index) == wanted(store)
    put(store, Search(store, embedding()), sample(9))
    store.remove(sample(0).id)
    shorter = sample(1)
    made = chunks(shorter)[:2]
    store.add(written(shorter, (), made, derived=Search(store, embedding()).derived(made)), b"1")
    index.follow(store, NAME)
    assert ids(index) == wanted(store)


def test_a_changed_report_is_embedded_anew(store: Store, index: Index) -> None:
    """The same number of passages with other words: the vectors change with them."""
    changed = chunks(sample(5))
    same = [
        type(c)(f"{sample(2).id}:{n}", sample(2).id, c.text, c.places, c.section, c.embed_text)
        for n, c in enumerate(changed)
    ]
    store.add(written(sample(2), (), same, derived=Search(store, embedding()).derived(same)), b"2")
    index.follow(store, NAME)
    near = index.near(embedding().passages([same[1].embed_text])[0], 1)
    assert near is not None and near[0][0] == same[1].id and near[0][1] == pytest.approx(1, abs=1e-2)


def test_cosines_are_those_of_exact_search(store: Store, index: Index) -> None:
    """What Chroma calls near is what NumPy calls near."""
    vector = embedding().query("校舍维修花了多少")
    rows = {chunk.id: embedding().passages([chunk.embed_text])[0] for e in store.list() for chunk in store.chunks(e.id)}
    for id, cosine in index.near(vector, 5) or ():
        assert cosine == pytest.approx(float(rows[id] @ vector), abs=1e-2)


def test_a_cut_off_filling_is_finished(store: Store, index: Index) -> None:
    """A report whose first passage is missing was cut off while being written: it is written again."""
    index._collection.delete(ids=[f"{sample(1).id}:0", f"{sample(2).id}:1"])
    index.follow(store, NAME)
    assert ids(index) == wanted(store)


def test_another_open_index_is_another_collection(store: Store, index: Index) -> None:
    """Vectors of two models never meet: each has its collection."""
    store.derive("vectors-other", {entry.id: _wide(entry.chunks) for entry in store.list()})
    other = Index(store.home)
    other.follow(store, "vectors-other")
    assert len(other.near(np.eye(1, 3, dtype=np.float32)[0], 3) or ()) == 3
    assert ids(index) == wanted(store)


def _wide(rows: int) -> bytes:
    return np.uint32(3).tobytes() + np.eye(rows, 3, dtype=np.float16).tobytes()


@pytest.mark.parametrize("damage", ["gone", "truncated"])
def test_damage_is_noticed_and_mended(store: Store, damage: str) -> None:
    """Whatever happened to the folder while the last owner died, the next start fills it again by itself."""
    first = Index(store.home)
    first.follow(store, NAME)
    folder = store.home / "chroma"
    _hurt(folder, damage)
    (store.home / "chroma.open").touch()
    _forget_clients()
    again = Index(store.home)
    again.follow(store, NAME)
    assert ids(again) == wanted(store)
    again.close()


def _hurt(folder: Path, damage: str) -> None:
    if damage == "gone":
        shutil.rmtree(folder)
        return
    for path in folder.rglob("*.*"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def test_search_is_as_right_without_it(tmp_path: Path) -> None:
    """Among very many reports, the same passages with Chroma, without it, and while it fails."""
    with Store(tmp_path) as store:
        plain = Search(store, embedding())
        for number in range(FEW + 5):
            put(store, plain, sample(number))
        index = Index(tmp_path)
        helped = Search(store, embedding(), index)
        expected = [hit.chunk.id for hit in plain.query("校车运行花了多少", None, 3)]
        helped.sync()
        assert index.ready and [hit.chunk.id for hit in helped.query("校车运行花了多少", None, 3)] == expected
        index._collection.delete(ids=[f"{sample(n).id}:0" for n in range(3)])
        index.drop()
        assert [hit.chunk.id for hit in helped.query("校车运行花了多少", None, 3)] == expected


def test_a_reader_does_not_write_it(store: Store) -> None:
    """Two writers corrupt a Chroma folder: a process that does not own the folder is refused."""
    with Store(store.home) as reader, pytest.raises(StoreBusy):
        Index(store.home).follow(reader, NAME)


def test_who_may_not_write_takes_nothing_away(store: Store, index: Index) -> None:
    """Rebuilding from another process is refused before anything is deleted: the owner's passages are all there."""
    with Store(store.home) as reader, pytest.raises(StoreBusy):
        Search(reader, embedding(), Index(store.home)).rebuild()
    assert ids(index) == wanted(store)


def test_rebuilding_tells_how_far_it_is(store: Store, index: Index) -> None:
    """`heshu reindex`: whatever stands in the collection goes, what the store has is there, and progress was told."""
    index._collection.upsert(
        ids=[f"{sample(1).id}:1"], embeddings=index._collection.get(limit=1, include=["embeddings"])["embeddings"]
    )
    told: list[tuple[str, int, int]] = []
    Search(store, embedding(), index).rebuild(lambda *step: told.append(step))
    assert ids(index) == wanted(store)
    assert told[0] == ("计算词和向量", 0, 4) and told[-1] == ("写入向量库", len(wanted(store)), len(wanted(store)))
    own = store.chunks(sample(1).id)[1]
    assert (index.near(embedding().passages([own.embed_text])[0], 1) or [("", 0)])[0][1] == pytest.approx(1, abs=1e-2)


def test_a_server_that_is_away_is_said_so(store: Store) -> None:
    """A Chroma server that does not answer: said once, and search goes on exactly."""
    index = Index(store.home, "http://127.0.0.1:9")
    with pytest.raises(Unavailable, match="精确比较"):
        index.follow(store, NAME)
    assert index.near(embedding().query("预算"), 3) is None


@contextmanager
def chroma_server(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A real `chroma run` on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    chroma = Path(sys.executable).with_name("chroma")
    command = [str(chroma), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}", server
    finally:
        server.kill()
        server.wait()


def test_a_server_serves_as_the_folder_does(store: Store, tmp_path: Path) -> None:
    """HESHU_CHROMA: the same passages from a server; it may die at any time, and a new empty one is filled again."""
    asked = embedding().query("校车运行花了多少")
    with chroma_server(tmp_path / "server") as (url, server):
        index = Index(store.home, url)
        index.follow(store, NAME)
        assert ids(index) == wanted(store)
        assert not (store.home / "chroma").exists()
        index._collection.delete(ids=[f"{sample(1).id}:1"])
        index._collection.upsert(ids=["stray:0"], embeddings=[asked], metadatas=[{"report": "stray", "added": ""}])
        Search(store, embedding(), index).rebuild()
        assert ids(index) == wanted(store)
        server.kill()
        server.wait()
        assert index.near(asked, 3) is None
        with pytest.raises(Unavailable, match="精确比较"):
            index.follow(store, NAME)
    with chroma_server(tmp_path / "another") as (url, _):
        index = Index(store.home, url)
        index.follow(store, NAME)
        assert ids(index) == wanted(store)


def test_two_stores_share_a_server(store: Store, tmp_path: Path) -> None:
    """Two data folders on one Chroma server: each finds its own passages, and neither takes the other's for stray."""
    with chroma_server(tmp_path / "server") as (url, _), Store(tmp_path / "other") as other:
        put(other, Search(other, embedding()), sample(7))
        for one in (store, other, store):
            index = Index(one.home, url)
            index.follow(one, NAME)
            assert ids(index) == wanted(one)
