"""Each file is read by a process of its own: forked in milliseconds, killed in time, never half heard."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from time import monotonic, sleep

import pytest

from assistant.firsthand import made_of
from assistant.intake import MAKER, _gathered
from ingest import isolation
from ingest.child import Teller, answer
from ingest.chunk import Chunk
from ingest.codec import dumped_lines, dumps, loaded_lines, pieces
from ingest.errors import HeshuError, TooLarge, UnreadableFile
from ingest.progress import silent
from ingest.read import _report_lines, read_and_make, read_bytes
from ingest.report import Report
from ingest.txt import read as read_txt

forking = pytest.mark.skipif(not isolation.FORKS, reason="只有 Linux 用孵化进程")
TEXT = "一、基本情况\n全年预算100万元，支出98.5万元。\n单位：万元\n项目 预算数 决算数\n甲 1,234.50 2\n乙 3 4\n"


def heard(lines: Iterator[bytes], told: list[tuple[str, int, int]] | None = None) -> Report:
    listen = silent if told is None else lambda *said: told.append(said)
    report: Report = loaded_lines(_report_lines(lines, listen), Report)
    return report


def said() -> list[bytes]:
    """What a reading process says about TEXT."""
    report = read_txt(TEXT.encode(), "a.txt")
    return [b"report " + line.encode() + b"\n" for line in dumped_lines(pieces(report))] + [b"end\n"]


def test_both_ways_read_the_same() -> None:
    """A forked process and a new interpreter give the same report, and it is the reader's own."""
    ways = [heard(way(TEXT.encode(), "a.txt", 60)) for way in (isolation.lines, isolation._alone)]
    assert ways[0] == ways[1] == read_txt(TEXT.encode(), "a.txt")


@pytest.mark.parametrize("kept", range(3))
def test_half_a_report_is_none(kept: int) -> None:
    """A process that ends while it answers, even in the middle of a line, is an error: nothing of it is used."""
    lines = said()[: kept + 1]
    for code, kind in ((-9, TooLarge), (-11, UnreadableFile)):
        cut = [*lines[:-1], lines[-1][:20], b"exit %d\n" % code]
        with pytest.raises(kind):
            heard(iter(cut))


def test_progress_is_heard_between_the_lines() -> None:
    """What a reader tells on its way reaches the caller, and the report is whole all the same."""
    told: list[tuple[str, int, int]] = []
    lines = said()
    report = heard(iter([b'progress ["OCR", 3, 20]\n', *lines]), told)
    assert (told, report.form) == ([("OCR", 3, 20)], "txt")


def test_progress_is_told_no_faster_than_anybody_sees() -> None:
    """A reader that tells every page of a thousand sends next to nothing in its first instant."""
    out = BytesIO()
    teller = Teller(out)
    for page in range(1000):
        teller("读到第几页", page, 1000)
    assert out.getvalue().count(b"progress") <= 2


def test_a_file_that_cannot_be_read_is_one_line() -> None:
    """The process answers a bad file with one typed sentence (here without limits of its own: they would be ours)."""
    pid = os.fork()
    if pid == 0:
        out = BytesIO()
        answer(b"PK\x05\x06", "a.docx", "", out)
        os._exit(out.getvalue().count(b"\n") if out.getvalue().startswith(b"error ") else 99)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 1


def test_several_files_at_a_time() -> None:
    """Threads that read at the same time each get their own file's report."""
    found: dict[int, str] = {}

    def one(number: int) -> None:
        found[number] = read_bytes(f"一、基本情况\n预算{number}万元。".encode(), f"{number}.txt").source

    threads = [threading.Thread(target=one, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: f"{number}.txt" for number in range(6)}


@forking
def test_the_ledger_is_made_where_the_file_is_read() -> None:
    """What is to be made of a report comes with it, as it would be made here; the report is written as if decoded."""
    made = dict(read_and_make(TEXT.encode(), "a.txt", MAKER))
    report = read_txt(TEXT.encode(), "a.txt")
    assert made == {"report": dumps(report), **dict(made_of(report))} and "98.5" in made["facts"]


def test_a_maker_that_fails_costs_nothing_of_the_report() -> None:
    """The report is whole, and what could not be made of it is missing, for the caller to make."""
    made = dict(read_and_make(TEXT.encode(), "a.txt", "assistant.firsthand:nothing_of_that_name"))
    assert made == {"report": dumps(read_txt(TEXT.encode(), "a.txt"))}


def test_what_the_reading_process_did_not_come_to_is_made_here() -> None:
    """A report whose reading process was stopped over its ledger is stored with the same as one that was not."""
    report = read_txt(TEXT.encode(), "a.txt")
    made = [("report", dumps(report)), *made_of(report)]
    for came in range(1, len(made) + 1):
        assert _gathered(iter(made[:came]), _counted) == _gathered(iter(made), _counted)


def _counted(passages: Sequence[Chunk]) -> dict[str, bytes]:
    return {"count": b"%d" % len(passages)}


@forking
def test_a_reading_that_is_given_up_is_killed() -> None:
    """After the time is over no process of the server goes on reading."""
    endless = b"<html><body>" + b"<table><tr><td>1" * 200_000
    with pytest.raises(HeshuError):
        read_bytes(endless, "a.html", wall=0.01)
    assert ends(isolation._servers[0].process.pid)


@forking
def test_a_server_that_died_is_replaced() -> None:
    """The owner notices and goes on; the files after it are read."""
    read_bytes(TEXT.encode(), "a.txt")
    server = isolation._servers[0].process
    server.send_signal(signal.SIGKILL)
    server.wait()
    assert read_bytes(TEXT.encode(), "b.txt").source == "b.txt"
    assert isolation._servers[0].process.pid != server.pid


def ends(server: int) -> bool:
    """Whether the server's processes are all gone within five seconds."""
    until = monotonic() + 5
    while monotonic() < until:
        if not Path(f"/proc/{server}/task/{server}/children").read_text(encoding="ascii").split():
            return True
        sleep(0.02)
    return False
