"""Faults on purpose: killed writers, a disk that fills, a store cut off, Chroma killed while it is filled. Counts.

    python -m benchmarks.faults [--kills 200] [--writes 60] [--chroma 12]

After each fault everything is looked at: manifest = facts = passages = vectors, files = reports, passages find
themselves, and the next writer writes. Needs a system with fork.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ingest.embedding import embedding
from ingest.errors import HeshuError, StoreDamaged
from ingest.lexical import words
from ingest.search import Search
from ingest.store import Store
from ingest.store.mend import mend
from tests.test_faults import sound
from tests.test_search import put, sample

ROOT = Path(__file__).parents[1]
REPORTS = 7
STEP = 4
"""Every fourth write of an adder is tried, as far as well into its third report."""
FILLER = """
import sys
from pathlib import Path
from ingest.embedding import embedding
from ingest.index import Index
from ingest.search import Search
from ingest.store import Store
store = Store(Path(sys.argv[1]))
index = Index(store.home)
search = Search(store, embedding(), index)
print("ready", flush=True)
while True:
    search.sync()
    index._collection.delete(ids=[f"{entry.id}:0" for entry in store.list()])
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--writes", type=int, default=60)
    parser.add_argument("--chroma", type=int, default=12)
    given = parser.parse_args()
    embedding().query("预算")
    words("预算")
    print(f"model {embedding().digest}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        kills(home / "kills", given.kills)
        full(home / "full")
        writes(home / "writes", given.writes)
        cuts(home / "cuts")
        chroma(home / "chroma", given.chroma)


def kills(home: Path, count: int) -> None:
    """kill -9 at random moments of adding, replacing, re-embedding and removing."""
    dice, left = random.Random(1), []
    for _ in range(count):
        child = _forked(lambda: _come_and_go(home))
        time.sleep(dice.uniform(0.02, 0.6))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        left.append(sound(home))
    print(
        f"kill -9: {count} of {count} left a whole store; reports left, fewest to most: {min(left)} to {max(left)}",
        flush=True,
    )


def full(home: Path) -> None:
    """No file may grow past a limit, from nothing to well past one report."""
    _fill(home)
    told = 0
    limits = range(0, 400_000, 10_000)
    for limit in limits:
        child = _forked(lambda limit=limit: _add_within(home, limit))  # type: ignore[misc]
        told += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3
        assert sound(home) >= REPORTS
    print(f"disk full: {len(limits)} limits, {told} told in a sentence, the others had room; nothing lost", flush=True)


def writes(home: Path, count: int) -> None:
    """From the Nth write on the disk is full: the kernel's answer is put in by strace, which must be installed."""
    if shutil.which("strace") is None:
        print("full at the Nth write: not run, strace is not installed (apt-get install strace)")
        return
    _fill(home)
    told = 0
    for at in range(1, STEP * count, STEP):
        child = _forked(lambda: _add_when_continued(home))
        os.waitpid(child, os.WUNTRACED)
        calls = "write,pwrite64,writev,ftruncate,fallocate"
        inject = [f"-etrace={calls}", f"-einject={calls}:error=ENOSPC:when={at}+"]
        with tempfile.TemporaryFile() as said:
            tracer = subprocess.Popen(["strace", "-f", *inject, "-o", "/dev/null", "-p", str(child)], stderr=said)
            while tracer.poll() is None and not os.fstat(said.fileno()).st_size:  # it says that it is attached
                time.sleep(0.01)
            os.kill(child, signal.SIGCONT)
            told += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3
            tracer.wait()
        assert sound(home) >= REPORTS
    print(f"full at the Nth write: {count} places, {told} told in a sentence; nothing lost", flush=True)


def cuts(home: Path) -> None:
    """The store's file cut off at forty lengths."""
    _fill(home)
    told, saved, handed = 0, 0, 0
    size = (home / "heshu.sqlite").stat().st_size
    for part in range(40):
        copy = home.with_name("cut")
        shutil.copytree(home, copy)
        os.truncate(copy / "heshu.sqlite", size * part // 40)
        with contextlib.suppress(HeshuError), Store(copy) as store:
            try:
                for entry in store.list():
                    store.get(entry.id)
                    store.chunks(entry.id)
            except StoreDamaged:
                told += 1
        kept, lost = mend(copy)
        assert kept + len(lost) == REPORTS and all(one.data for one in lost)
        saved, handed = saved + kept, handed + len(lost)
        with Store(copy) as store:
            for number in range(REPORTS):
                put(store, Search(store, embedding()), sample(number))
        assert sound(copy) == REPORTS
        shutil.rmtree(copy)
    print(f"cut off: 40 lengths, {told} told with the command, which saved {saved} reports, handed back {handed} files")


def chroma(home: Path, count: int) -> None:
    """kill -9 while Chroma is being filled; the next start makes it whole by itself."""
    _fill(home)
    dice = random.Random(2)
    for _ in range(count):
        filler = subprocess.Popen([sys.executable, "-c", FILLER, str(home)], cwd=ROOT, stdout=subprocess.PIPE)
        assert filler.stdout is not None
        filler.stdout.readline()
        time.sleep(dice.uniform(0.5, 4))
        filler.send_signal(signal.SIGKILL)
        filler.wait()
        check = subprocess.run(
            [sys.executable, "-c", CHECK, str(home)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert check.returncode == 0, check.stderr
    print(f"Chroma: killed {count} times while filled, {count} times whole after the next start")


CHECK = """
import sys
from pathlib import Path
from ingest.embedding import embedding
from ingest.index import Index
from ingest.search import Search
from ingest.store import Store
with Store(Path(sys.argv[1])) as store:
    index = Index(store.home)
    Search(store, embedding(), index).sync()
    wanted = {f"{entry.id}:{number}" for entry in store.list() for number in range(entry.chunks)}
    assert {id for id, _ in index.near(embedding().query("项目"), 10000)} == wanted
    for entry in store.list():
        for chunk in store.chunks(entry.id):
            assert index.near(embedding().passages([chunk.embed_text])[0], 1)[0][1] > 0.99
    index.close()
"""


def _forked(work: Callable[[], None]) -> int:
    """Run in a child that never comes back; returns its pid."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(1)
    return pid


def _come_and_go(home: Path) -> None:
    store = Store(home)
    search = Search(store, embedding())
    dice = random.Random()
    while True:
        number = dice.randrange(REPORTS)
        there = store.entry(sample(number).id) is not None
        if there and dice.random() < 0.4:
            store.remove(sample(number).id)
        elif there and dice.random() < 0.5:
            name = f"vectors-{embedding().digest}"
            store.derive(name, {sample(number).id: search.derived(store.chunks(sample(number).id))[name]})
        else:
            put(store, search, sample(number))


def _add_within(home: Path, limit: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    with Store(home) as store:
        try:
            for number in range(REPORTS, REPORTS + 3):
                put(store, Search(store, embedding()), sample(number))
        except HeshuError:
            os._exit(3)
    os._exit(0)


def _add_when_continued(home: Path) -> None:
    os.kill(os.getpid(), signal.SIGSTOP)
    _add_within(home, resource.RLIM_INFINITY)


def _fill(home: Path) -> None:
    with Store(home) as store:
        for number in range(REPORTS):
            put(store, Search(store, embedding()), sample(number))


if __name__ == "__main__":
    main()
