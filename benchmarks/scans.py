"""How well scanned pages are read: `python -m benchmarks.scans [FILE.pdf…] [--pages N] [--tilt DEGREES]`.

Pages of our own reports are rendered as a scanner gives them (200 dpi, grey, a little noise and tilt), put into a PDF
without any text and read like any other file. Needs the extra: pip install 'heshu[ocr]'.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
import time
from collections import Counter
from pathlib import Path

import numpy
import pypdfium2
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1]))

from ingest.pdf import read as read_pdf
from ingest.read import read_bytes
from ingest.report import Report

SHARED = Path(os.environ.get("HESHU_SHARED", Path(__file__).parents[1].parent / "shared"))
OWN = ("chenghu-edu-2023.pdf", "yunling-water-2024.pdf")
FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?%?")
DPI = 200
NOISE = 12
"""Standard deviation of the grey of a pixel, of 255."""


def scanned(data: bytes, most: int, tilt: float) -> bytes:
    """A PDF of pictures of the first pages of another."""
    document = pypdfium2.PdfDocument(data)
    chance = numpy.random.default_rng(1)
    pictures = []
    for index in range(min(most, len(document))):
        grey = document[index].render(scale=DPI / 72, grayscale=True).to_pil()
        grey = grey.rotate(tilt, fillcolor=255, resample=Image.Resampling.BICUBIC)
        dots = numpy.asarray(grey, dtype=float) + chance.normal(0, NOISE, (grey.height, grey.width))
        pictures.append(Image.fromarray(dots.clip(0, 255).astype("uint8")))
    document.close()
    out = io.BytesIO()
    pictures[0].save(out, "PDF", resolution=DPI, save_all=True, append_images=pictures[1:], quality=80)
    return out.getvalue()


def figures(report: Report, most: int) -> dict[int, Counter[str]]:
    """The figures of each page, in cells and in lines of text."""
    found: dict[int, Counter[str]] = {number: Counter() for number in range(1, most + 1)}
    for block in report.blocks:
        for match in FIGURE.finditer(block.text) if block.kind != "furniture" else ():
            pages = [line.page for line in block.lines if line.start <= match.start() < line.end]
            if (page := pages[0] if pages and pages[0] else block.page or 1) <= most:
                found[page][match[0]] += 1
    for table in report.tables:
        for cell in table.cells:
            if (cell.page or 0) <= most:
                found[cell.page or 1].update(FIGURE.findall(cell.text))
    return found


def cells(report: Report) -> Counter[tuple[int, str]]:
    """The figures that stand in cells of their own, with their page."""
    texts = ((cell.page or 0, "".join(cell.text.split())) for table in report.tables for cell in table.cells)
    return Counter((page, text) for page, text in texts if FIGURE.fullmatch(text))


def measure(path: Path, most: int, tilt: float) -> None:
    """Print how many figures of a file are read right from its pictures, and how fast."""
    data = path.read_bytes()
    sound = read_pdf(data, path.name)
    most = min(most, len(sound.pages))
    told: list[tuple[str, int, int]] = []
    begun = time.perf_counter()
    report = read_bytes(scanned(data, most, tilt), f"扫描-{path.name}", told=lambda *said: told.append(said))
    spent = time.perf_counter() - begun
    wanted, got = figures(sound, most), figures(report, most)
    right = sum(sum((wanted[page] & got[page]).values()) for page in wanted)
    extra = sum(sum((got[page] - wanted[page]).values()) for page in wanted)
    count = sum(sum(one.values()) for one in wanted.values())
    held = Counter({key: n for key, n in cells(sound).items() if key[0] <= most})
    placed = sum((held & cells(report)).values())
    print(f"{path.name}: {most} pages in {spent:.0f} s, {most / spent:.2f} pages/s; progress told {len(told)} times")
    print(f"  figures {right}/{count} right, {extra} others; in cells {placed}/{sum(held.values())}")
    certain = sum(table.certain for table in report.tables)
    print(f"  tables {len(report.tables)} ({certain} called certain), of {len(sound.tables)} in the whole file")
    for page in wanted:
        if lost := wanted[page] - got[page]:
            print(f"  p.{page}: not read {dict(lost)}; instead {dict(got[page] - wanted[page])}")
    print(f"  {report.notes[0].kind}: {report.notes[0].text}" if report.notes else "  no note")


def main() -> None:
    """Measure the files named, or our own reports of shared/reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--pages", type=int, default=6)
    parser.add_argument("--tilt", type=float, default=0.3)
    given = parser.parse_args()
    for path in given.files or [SHARED / "reports" / name for name in OWN]:
        measure(path, given.pages, given.tilt)


if __name__ == "__main__":
    main()
