"""Pages as drawn, kept small until the whole file is known (压缩暂存): compressed, unpacked one at a time.

A page as Python objects takes some fifty kilobytes; packed it takes two or three.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator

from ingest.pdf.page import DrawnPage

FASTEST = 1


class Shelf:
    """The pages of a file in their order."""

    def __init__(self) -> None:
        self._packed: list[bytes] = []

    def put(self, page: DrawnPage) -> None:
        """Add the next page."""
        self._packed.append(zlib.compress(pickle.dumps(page, pickle.HIGHEST_PROTOCOL), FASTEST))

    def __len__(self) -> int:
        return len(self._packed)

    def __iter__(self) -> Iterator[DrawnPage]:
        return map(_unpacked, self._packed)

    def page(self, number: int) -> DrawnPage:
        """The page with this physical number."""
        return _unpacked(self._packed[number - 1])


def _unpacked(packed: bytes) -> DrawnPage:
    """Only this process packs: nothing of a stranger's is unpickled."""
    page: DrawnPage = pickle.loads(zlib.decompress(packed))
    return page
