"""From report files to a store that can be asked: heshu and the stock LangChain road, each in a process of its own.

    python -m benchmarks.ingest [--shared FOLDER] [--rounds N]

The two take turns, so that a busy machine slows both alike. `cold` counts everything that has to be loaded; `warm` is
the median of N rounds into new folders after that (default 7), with the fastest and the slowest. Both roads end with
passages and vectors in Chroma on disk; heshu has then also read tables cell by cell, made and stored the ledger,
reviewed the report and indexed its words. `again`: heshu given the same files once more.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.extra import needed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = os.environ.get("HESHU_SHARED") or Path(__file__).parents[2] / "shared"
    parser.add_argument("--shared", type=Path, default=Path(default))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--road", choices=("heshu", "stock"), help="one road, a round for each line of the input")
    given = parser.parse_args()
    if given.road:
        travel(given.road, sorted((given.shared / "reports").glob("*.pdf")))
    else:
        ingest(given.shared, given.rounds)


def ingest(shared: Path, rounds: int = 7) -> None:
    """Both roads in turn, round by round."""
    from benchmarks.stock import NEEDS  # loads what `cold` is to count: not in the processes that travel

    needed(*NEEDS)
    command = [sys.executable, "-m", "benchmarks.ingest", "--shared", str(shared), "--road"]
    roads = {
        road: subprocess.Popen([*command, road], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for road in ("stock", "heshu")
    }
    times: dict[str, list[float]] = {road: [] for road in roads}
    for at in range(rounds + 1):
        for road, process in roads.items():
            times[road].append(_round(process, str(at)))
    again = _round(roads["heshu"], "0")
    for process in roads.values():
        process.communicate()
    median = {road: statistics.median(spent[1:]) for road, spent in times.items()}
    for road, (cold, *warm) in times.items():
        print(f"{road:6} cold {cold:6.2f} s   warm {median[road]:6.2f} s ({min(warm):.2f} to {max(warm):.2f})")
    print(
        f"heshu  {median['stock'] / median['heshu']:.2f}× stock warm, {times['stock'][0] / times['heshu'][0]:.2f}× cold"
    )
    print(f"heshu  again {again:.3f} s = {again / median['heshu']:.1%} of the first time, warm", flush=True)


def _round(process: subprocess.Popen[str], folder: str) -> float:
    """Seconds that a road takes into a folder of this name."""
    assert process.stdin is not None and process.stdout is not None
    print(folder, file=process.stdin, flush=True)
    return float(process.stdout.readline())


def travel(road: str, files: list[Path]) -> None:
    """A round into the folder that each line of the input names; says how long each took."""
    work = {"heshu": heshu, "stock": stock}[road]
    with tempfile.TemporaryDirectory() as home:
        for line in sys.stdin:
            print(_seconds(work(files, Path(home) / line.strip())), flush=True)


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
