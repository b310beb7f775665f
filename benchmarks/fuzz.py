"""Byte mutations of real files through the one door: no crash of the parent, no hang, no half-read report.

    python benchmarks/fuzz.py FOLDER [--seconds 600] [--seed 1]

Every outcome must be a whole report or a typed error in Chinese; anything else is printed with the bytes that made it.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from ingest.errors import BadInput
from ingest.layout.grids import is_exact
from ingest.read import read_bytes

FORMS = (".pdf", ".docx", ".xlsx", ".xls", ".html", ".txt")
WALL = 60.0


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few changes: flipped, cut, doubled, overwritten by an extreme value, or swapped about."""
    broken = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16, 64))):
        at = chance.randrange(len(broken) or 1)
        kind = chance.randrange(6)
        if kind == 0:
            broken[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            broken = broken[: max(at, 1)]
        elif kind == 2:
            piece = broken[at : at + chance.randrange(1, 200)]
            broken[at:at] = piece
        elif kind == 3:
            broken[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\x7f\xff\xff\xff"))
        elif kind == 4:
            del broken[at : at + chance.randrange(1, 100)]
        else:
            other = chance.randrange(len(broken) or 1)
            broken[at : at + 32], broken[other : other + 32] = broken[other : other + 32], broken[at : at + 32]
    return bytes(broken)


def outcome(data: bytes, name: str) -> tuple[str, float]:
    """What became of one file, and how long it took."""
    start = time.perf_counter()
    try:
        report = read_bytes(data, name, wall=WALL)
    except BadInput as error:
        kind = type(error).__name__ if re.search("[\u4e00-\u9fff]", str(error)) else "无中文说明"
    except Exception as error:  # noqa: BLE001  # the very thing this program looks for
        kind = f"崩溃 {type(error).__name__}: {error}"
    else:
        exact = all(is_exact(one.cells, one.rows, one.cols) for one in report.tables)
        kind = "读出" if exact else "格不精确"
    return kind, time.perf_counter() - start


def main() -> None:
    """Mutate and read until the time is up; exit 1 where anything but a report or a typed error came out."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--seconds", type=float, default=600)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    chance = random.Random(given.seed)
    seeds = [path for path in sorted(given.folder.iterdir()) if path.suffix in FORMS]
    counted: Counter[tuple[str, str]] = Counter()
    longest = 0.0
    end = time.monotonic() + given.seconds
    while time.monotonic() < end:
        path = chance.choice(seeds)
        data = mutated(path.read_bytes(), chance)
        kind, seconds = outcome(data, path.name)
        counted[path.suffix, kind] += 1
        longest = max(longest, seconds)
        if kind not in ("读出", "UnreadableFile", "TooLarge"):
            with tempfile.NamedTemporaryFile(delete=False, suffix=path.suffix) as kept:
                kept.write(data)
            print(f"{path.name}: {kind} → {kept.name}", file=sys.stderr)
    for (suffix, kind), count in sorted(counted.items()):
        print(f"{suffix:6} {kind:16} {count}")
    print(f"合计 {sum(counted.values())}，最长 {longest:.1f} 秒")
    sys.exit(any(kind not in ("读出", "UnreadableFile", "TooLarge") for _, kind in counted))


if __name__ == "__main__":
    main()
