"""From report files to a store that can be asked: heshu and the stock LangChain road, each in a process of its own.

    python -m benchmarks.ingest [--shared FOLDER] [--rounds N]

`cold` counts everything that has to be loaded; `warm` is the fastest of N rounds into new folders after that (default
3). Both roads end with passages and vectors in Chroma on disk; heshu has then also read tables cell by cell, made the
ledger, reviewed the report and indexed its words. `again`: heshu given the same files once more.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = os.environ.get("HESHU_SHARED") or Path(__file__).parents[2] / "shared"
    parser.add_argument("--shared", type=Path, default=Path(default))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--road", choices=("heshu", "stock"), help="one road, in this process")
    given = parser.parse_args()
    if given.road:
        time_road(given.road, sorted((given.shared / "reports").glob("*.pdf")), given.rounds)
    else:
        ingest(given.shared, given.rounds)


def ingest(shared: Path, rounds: int = 3) -> None:
    """Both roads, one after the other."""
    given = ["--shared", str(shared), "--rounds", str(rounds)]
    for road in ("stock", "heshu"):
        subprocess.run([sys.executable, "-m", "benchmarks.ingest", "--road", road, *given], check=True)


def time_road(road: str, files: list[Path], rounds: int) -> None:
    """Cold, warm and, for heshu, again."""
    work = {"heshu": heshu, "stock": stock}[road]
    with tempfile.TemporaryDirectory() as folder:
        times = [_seconds(work(files, Path(folder) / str(at))) for at in range(rounds + 1)]
        line = f"{road:6} cold {times[0]:6.2f} s   warm {min(times[1:]):6.2f} s"
        if road == "heshu":
            line += f"   again {_seconds(work(files, Path(folder) / '0')):6.3f} s"
        print(line, flush=True)


def heshu(files: list[Path], folder: Path) -> Callable[[], object]:
    """The road of `heshu add`, until the index has followed."""

    def run() -> None:
        from assistant import Assistant, Settings

        with Assistant(Settings(home=folder)) as assistant:
            list(assistant.add_all(files))
            assistant.follow()

    return run


def stock(files: list[Path], folder: Path) -> Callable[[], object]:
    """PDFPlumber, the text splitter, Chroma on disk, our vectors."""

    def run() -> None:
        from benchmarks.stock import stock as chain

        chain({file.name: _plumbed(file) for file in files}, by_text=True, folder=folder)

    return run


def _plumbed(file: Path) -> str:
    import pdfplumber

    with pdfplumber.open(file) as pdf:
        return "\n".join(page.extract_text() or "" for page in pdf.pages)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
