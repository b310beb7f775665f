"""How fast the number parser reads: `python -m benchmarks.parsing FILE…` prints megabytes of UTF-8 text per second.

Prose and rows of tables apart, over all files, read through the ordinary readers and repeated to some megabytes;
processor time, best of five.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from ingest.quantity import quantities
from ingest.read import read
from ingest.report import Report, grid

SIZE = 2_000_000


def prose(report: Report) -> list[str]:
    """The paragraphs of a report."""
    return [block.text for block in report.blocks if block.text]


def rows(report: Report) -> list[str]:
    """The rows of its tables, cells set apart by bars."""
    return ["｜".join(row) for table in report.tables for row in grid(table)]


def main() -> None:
    """Measure both kinds of text and print one line for each."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", type=Path, nargs="+")
    reports = [read(path) for path in options.parse_args().files]
    for kind in (prose, rows):
        texts = [text for report in reports for text in kind(report)]
        size = sum(len(text.encode()) for text in texts)
        if not size:
            continue
        times = max(1, SIZE // size)
        best, found = 0.0, 0
        for _ in range(5):
            start = time.process_time()
            found = sum(len(quantities(text)) for text in texts * times)
            best = max(best, size * times / (time.process_time() - start))
        print(f"{kind.__name__:<8}{best / 1e6:6.2f} MB/s   {found / times:.0f} figures in {size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
