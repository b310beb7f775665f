"""How fast PDFs are read, and in how much memory: beside pdfplumber, over 100 pages, over 2,000 pages.

Times are processor time, the best of eight in ABBA order, so that a busy machine slows both readers alike.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pdfplumber
import pypdfium2

from ingest.pdf import read as read_pdf
from ingest.pdf.cells import DrawnTable
from ingest.pdf.page import read_page

Reader = Callable[[bytes, Sequence[int]], None]
PEAKS = """
import sys, threading, time
from pathlib import Path
from ingest import isolation
from ingest.codec import dumped_lines, pieces
from ingest.read import read

def peak(pid):
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return next((int(line.split()[1]) >> 10 for line in lines if line.startswith("VmHWM")), 0)
    except OSError:
        return 0

def watch():
    global most
    server = isolation._servers[0].process.pid
    while True:
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        most = max(most, *map(peak, children), 0)
        time.sleep(0.02)

read(Path(sys.argv[1]))
before, most = peak("self"), 0
threading.Thread(target=watch, daemon=True).start()
report = read(Path(sys.argv[2]))
own = peak("self") - before
text = sum(len(block.text) for block in report.blocks) + sum(len(cell.text) for t in report.tables for cell in t.cells)
print(len(report.pages), text, sum(len(line.encode()) for line in dumped_lines(pieces(report))), most, own)
"""
"""Reads two files, one short, and says what the second took: pages, characters, bytes of JSON, MB of child and self."""


def speed(folder: Path) -> None:
    """Print the pages with tables that each reader reads in a second, then the long reports."""
    spent = [0.0, 0.0]
    count = 0
    paths = sorted(folder.glob("*.pdf"))
    for path in paths:
        data = path.read_bytes()
        numbers = _with_tables(data)
        ours, theirs = _best(_ours, _theirs, data, numbers)
        rates = len(numbers) / ours, len(numbers) / theirs
        print(f"  {path.name}: {rates[0]:.0f} and {rates[1]:.0f} pages/s, {theirs / ours:.1f}×")
        spent = [spent[0] + ours, spent[1] + theirs]
        count += len(numbers)
    print(f"speed: {count / spent[0]:.0f} table pages/s, pdfplumber {count / spent[1]:.0f}: {spent[1] / spent[0]:.1f}×")
    _hundred(max((path.read_bytes() for path in paths), key=len))


def _with_tables(data: bytes) -> list[int]:
    document = pypdfium2.PdfDocument(data)
    held = [read_page(document[i], i + 1).items for i in range(len(document))]
    document.close()
    return [i for i, items in enumerate(held) if any(isinstance(item, DrawnTable) for item in items)]


def _ours(data: bytes, numbers: Sequence[int]) -> None:
    document = pypdfium2.PdfDocument(data)
    for number in numbers:
        page = document[number]
        read_page(page, number + 1)
        page.close()
    document.close()


def _theirs(data: bytes, numbers: Sequence[int]) -> None:
    with pdfplumber.open(io.BytesIO(data)) as document:
        for number in numbers:
            document.pages[number].extract_tables()
            document.pages[number].close()


def _best(one: Reader, two: Reader, data: bytes, numbers: Sequence[int]) -> tuple[float, float]:
    times: dict[Reader, list[float]] = {one: [], two: []}
    for run in (one, two, two, one) * 2:
        begun = time.process_time()
        run(data, numbers)
        times[run].append(time.process_time() - begun)
    return min(times[one]), min(times[two])


def _repeated(data: bytes, count: int) -> bytes:
    """A file of `count` pages from the pages of another, over and over."""
    source, target = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument.new()
    while len(target) < count:
        target.import_pages(source, range(min(len(source), count - len(target))))
    buffer = io.BytesIO()
    target.save(buffer)
    return buffer.getvalue()


def _hundred(data: bytes) -> None:
    """A report of 100 pages, without and with the second opinion."""
    whole = _repeated(data, 100)
    for second in (False, True):
        begun = time.process_time()
        report = read_pdf(whole, "long.pdf", second=second)
        used, asked = time.process_time() - begun, "with" if second else "without"
        print(f"speed: {len(report.pages)} pages in {used:.1f} s {asked} a second opinion")


def memory(folder: Path) -> None:
    """Memory while 2,000 pages are read one after the other, and the peaks of both sides of the public `read`."""
    data = min((path.read_bytes() for path in folder.glob("*.pdf")), key=len)
    whole = _repeated(data, 100)
    document = pypdfium2.PdfDocument(whole)
    for number in range(2000):
        page = document[number % 100]
        read_page(page, number + 1)
        page.close()
        if number % 500 == 499:
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
            print(f"memory: {pages * resource.getpagesize() // 2**20} MB after {number + 1} pages")
    document.close()
    with tempfile.TemporaryDirectory() as folder:
        short, long = Path(folder) / "short.pdf", Path(folder) / "long.pdf"
        short.write_bytes(_repeated(data, 1))
        for count in (100, 500, 1000, 2000):
            long.write_bytes(_repeated(data, count))
            size = long.stat().st_size / 2**20
            command = [sys.executable, "-c", PEAKS, str(short), str(long)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                print(f"memory: {count} pages: {done.stderr.strip().rpartition(chr(10))[2]}")
                continue
            pages, text, written, child, own = map(int, done.stdout.split())
            told = f"{text / 1e6:.2f} million characters, {written / 2**20:.1f} MB as JSON"
            print(f"memory: read() of {pages} pages ({size:.0f} MB; {told}): child {child} MB, caller +{own} MB")
