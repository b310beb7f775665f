"""How fast the number parser reads: `python -m benchmarks.parsing FILE…` prints megabytes of UTF-8 text per second.

Files are read through the ordinary readers and their texts repeated to some megabytes; processor time, best of three.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from ingest.quantity import quantities
from ingest.read import read
from ingest.report import grid

SIZE = 2_000_000


def texts(path: Path) -> list[str]:
    """Paragraphs and table rows of a report."""
    report = read(path)
    rows = ["｜".join(row) for table in report.tables for row in grid(table)]
    return [text for text in [*(block.text for block in report.blocks), *rows] if text]


def main() -> None:
    """Measure each file and print one line for it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", type=Path, nargs="+")
    for path in options.parse_args().files:
        once = texts(path)
        size = sum(len(text.encode()) for text in once)
        times = max(1, SIZE // max(1, size))
        best, found = 0.0, 0
        for _ in range(3):
            start = time.process_time()
            found = sum(len(quantities(text)) for text in once * times)
            best = max(best, size * times / (time.process_time() - start))
        print(f"{path.name:<32}{best / 1e6:6.2f} MB/s   {found / times:.0f} figures in {size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
