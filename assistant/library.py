"""The reports of one data folder (报告库): read, kept, found again by name, and searched.

Answers and reviews nothing; the reviewer's findings are asked for once, when a report is added.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from assistant.answer import Finding
from assistant.files import Added, bytes_of, entry_shape
from assistant.intake import FileRead, read_now
from assistant.naming import meant, spoken_of
from assistant.settings import Settings
from assistant.wording import describe
from ingest.chunk import Chunk
from ingest.codec import dumps, loads
from ingest.embedding import Embedding, embedding
from ingest.errors import BadInput, HeshuError, Unavailable, UnknownReport
from ingest.index import Index
from ingest.layout.structure import report_id
from ingest.progress import Told, silent
from ingest.reading import Reading
from ingest.report import Place, Report
from ingest.search import Search
from ingest.store import Store
from ingest.store.journal import Decision
from ingest.store.manifest import Entry

AHEAD = 3
"""How many files are being read while another is stored: one more than the two processors that nearly every machine
has, so that neither waits while the last of them is read."""
GONE = "（报告已删除）"
"""Where a place of a report is that is no longer there."""
PASSAGES = 20
"""How many passages a question sees."""
T = TypeVar("T")


class Library:
    """Store and search of one data folder. Opens nothing until it is needed; several may ask at the same time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.store = Store(settings.home, settings.database or None)
        self._behind = False
        self._made: dict[str, Any] = {}
        self._revision = -1
        self._raised: dict[str, tuple[Finding, ...]] = {}
        self._making = threading.RLock()

    def close(self) -> None:
        """Bring the vector index up to what was added, and let go of the store."""
        self.follow()
        if "index" in self._made:
            self._index.close()
        self.store.close()

    def follow(self) -> None:
        """Bring Chroma up to the store. It is a cache: while it is away, search compares exactly and is as right."""
        if self._behind:
            self._behind = False
            with suppress(Unavailable):
                self.search.sync()

    def add(self, path: Path, stage: Told = silent) -> dict[str, Any]:
        """Read a file into the store. Raises BadInput when it cannot be read; then nothing of it stays."""
        return self._keep(self._taken(bytes_of(path), path.name, stage), stage)

    def add_bytes(self, data: bytes, source: str, stage: Told = silent) -> dict[str, Any]:
        """The same for bytes under a file name. The same bytes twice are known and not read again."""
        return self._keep(self._taken(data, source, stage), stage)

    def add_all(self, paths: Sequence[Path], stage: Told = silent) -> Iterator[tuple[Path, Added]]:
        """Read files into the store in turn; while one is stored, the next ones are read and Chroma takes in the last.

        Each comes with its entry, or with why it could not be read: then nothing of it stays. What is stored while
        Chroma is busy it takes in together.
        """
        following: Future[None] | None = None
        with ThreadPoolExecutor(AHEAD) as reader, ThreadPoolExecutor(1) as follower:
            coming = deque(reader.submit(self._opened, path) for path in paths[:AHEAD])
            for at, path in enumerate(paths):
                stage(f"读取 {path.name}", 0, 3)
                here = coming.popleft()
                wait([here])
                coming.extend(reader.submit(self._opened, after) for after in paths[at + AHEAD :][:1])
                try:
                    ended: Added = self._keep(here.result(), stage)
                except HeshuError as error:
                    ended = error
                if (following is None or following.done()) and not (coming and coming[0].done()):
                    following = follower.submit(self.follow)
                yield path, ended
            follower.submit(self.follow).result()

    def read_again(self, name: str, stage: Told = silent) -> dict[str, Any]:
        """Read a stored report's original file anew, as after an update of heshu; if that fails, it stays as it was."""
        entry = self.store.entry(self.only(name))
        if entry is None:
            raise UnknownReport(f"没有编号为 {name} 的报告，可能刚被删除。")
        return self._stored(self._read(self.store.original(entry.id), entry.source, stage), stage)

    def _opened(self, path: Path) -> FileRead | Entry:
        return self._taken(bytes_of(path), path.name, silent)

    def _taken(self, data: bytes, source: str, stage: Told) -> FileRead | Entry:
        """What these bytes are: a report of the store, or one read now, in a process of its own.

        What storing it needs is loaded meanwhile.
        """
        known = self.store.entry(report_id(data))
        if known is None:
            self._once("warming", self._warming)
        return known or self._read(data, source, stage)

    def _read(self, data: bytes, source: str, stage: Told) -> FileRead:
        return read_now(data, source, lambda passages: self.search.derived(passages), stage)

    def _warming(self) -> threading.Thread:
        def warm() -> None:
            with suppress(HeshuError):  # whoever needs it meets the same error, and can tell
                self.search.warm()

        thread = threading.Thread(target=warm)
        thread.start()
        return thread

    def _keep(self, taken: FileRead | Entry, stage: Told) -> dict[str, Any]:
        if isinstance(taken, Entry):
            return entry_shape(taken, known_before=True)
        twin = self.store.entry(taken.written.entry.id)
        return entry_shape(twin, known_before=True) if twin else self._stored(taken, stage)

    def _stored(self, taken: FileRead, stage: Told) -> dict[str, Any]:
        """Store what was read; beside others of its department it is reviewed first."""
        began = time.monotonic()
        new = taken.written.entry
        stage(f"复核 {new.source}", 1, 3)
        if others := self.others(new):
            taken = taken.raising(_beside(taken.reading, others))
        stage(f"入库 {new.source}", 2, 3)
        seconds = round(new.seconds + time.monotonic() - began, 3)
        entry = self.store.add(replace(taken.written, entry=replace(taken.written.entry, seconds=seconds)), taken.data)
        self._behind = True
        stage(f"完成 {new.source}", 3, 3)
        return entry_shape(entry)

    def remove(self, name: str) -> str:
        """Remove the one report that `name` stands for; returns its id."""
        found = self.only(name)
        self.store.remove(found)
        self._behind = True
        return found

    def reindex(self, stage: Told = silent) -> int:
        """Rebuild the vector index from the store; returns the number of passages. Raises StoreBusy, Unavailable."""
        self.search.rebuild(stage)
        return sum(entry.chunks for entry in self.store.list())

    # -- which reports -------------------------------------------------------------------------------------------

    def named(self, names: Sequence[str]) -> tuple[str, ...]:
        """Ids of the reports that are named by id, part of the title, or file; no name means all.

        A file stands for the report with its bytes, added first if need be. Raises UnknownReport.
        """
        entries = self.store.list()
        if not names:
            if not entries:
                raise UnknownReport("库里还没有报告。先用 heshu add 文件 读入，或用 --report 给出文件。")
            return tuple(entry.id for entry in entries)
        return tuple(dict.fromkeys(found for name in names for found in self._one(name, entries)))

    def only(self, name: str) -> str:
        """Id of the one report that a name stands for. Raises BadInput where it stands for several."""
        found = self.named([name])
        if len(found) != 1:
            raise BadInput(f"“{name}”对应 {len(found)} 份报告：{'、'.join(found)}。请用编号指明一份。")
        return found[0]

    def _one(self, name: str, entries: Sequence[Entry]) -> tuple[str, ...]:
        if not any(entry.id == name for entry in entries) and Path(name).is_file():
            return (str(self.add(Path(name))["id"]),)
        return meant(name, entries)

    def asked_of(self, question: str, names: Sequence[str]) -> tuple[str, ...]:
        """Ids of the named reports that a question speaks of."""
        return spoken_of(
            question, self.named(names), self.store.list(), lambda ids, k: self.search.query(question, ids, k=k)
        )

    # -- what is in them -----------------------------------------------------------------------------------------

    def readings(self, ids: Sequence[str]) -> tuple[Reading, ...]:
        """The reports of some ids, with their facts."""
        return tuple(self.store.get(name) for name in ids)

    def passages(self, question: str, ids: Sequence[str]) -> tuple[Chunk, ...]:
        """The passages of these reports that are nearest to a question."""
        return tuple(hit.chunk for hit in self.search.query(question, ids, k=PASSAGES))

    def findings(self, ids: Sequence[str]) -> tuple[Finding, ...]:
        """What the reviewer raised about these reports when they were added; decoded once for a state of the store."""
        revision = self.store.revision()
        with self._making:
            if revision != self._revision:
                self._revision, self._raised = revision, {}
            for name in ids:
                if name not in self._raised:
                    self._raised[name] = loads(self.store.findings(name), tuple[Finding, ...])
            return tuple(found for name in ids for found in self._raised[name])

    def describer(self) -> Callable[[Place], str]:
        """Says where places are, in words; each report is opened once."""
        reports: dict[str, Report | None] = {}

        def said(place: Place) -> str:
            if place.report not in reports:
                reports[place.report] = None
                with suppress(UnknownReport):
                    reports[place.report] = self.store.get(place.report).report
            report = reports[place.report]
            return describe(place, report) if report is not None else GONE

        return said

    def others(self, own: Report | Entry) -> tuple[Reading, ...]:
        """Stored reports of the same department for other years, and other parts of this one (its 附件).

        The same title in the same year is this report again in another form or version, and no part of it.
        """
        if not own.department:
            return ()
        same = [entry for entry in self.store.list() if entry.department == own.department and entry.id != own.id]
        others = [entry for entry in same if (entry.title, entry.year) != (own.title, own.year)]
        return tuple(self.store.get(entry.id) for entry in others)

    def decisions(self, report: str) -> tuple[Decision, ...]:
        """What was decided about a report, and before it about its earlier versions; the last about a thing holds."""
        own = self.store.entry(report)
        same = [
            entry
            for entry in self.store.list()
            if own is not None
            and entry.id != own.id
            and own.title
            and (entry.title, entry.department, entry.year) == (own.title, own.department, own.year)
        ]
        earlier = sorted(same, key=lambda entry: entry.added)
        return tuple(
            one for id in (*(entry.id for entry in earlier), report) for one in self.store.journal.decisions(id)
        )

    # -- opened when needed --------------------------------------------------------------------------------------

    @property
    def search(self) -> Search:
        """The search over this store."""
        return self._once("search", lambda: Search(self.store, self.embedding, self._index))

    @property
    def embedding(self) -> Embedding:
        """The embedding model."""
        return self._once("embedding", lambda: embedding(self._settings.embedding))

    @property
    def _index(self) -> Index:
        return self._once("index", lambda: Index(self._settings.home, self._settings.chroma))

    def _once(self, name: str, make: Callable[[], T]) -> T:
        """What is made when first needed, and once only."""
        with self._making:
            if name not in self._made:
                self._made[name] = make()
            made: T = self._made[name]
            return made


def _beside(reading: Reading, others: Sequence[Reading]) -> str:
    """What the reviewer raises about a report that others stand beside, as JSON."""
    from assistant.review import findings

    return dumps(findings(reading, others), tuple[Finding, ...])
