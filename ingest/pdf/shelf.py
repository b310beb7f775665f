"""Pages as drawn, kept small until the whole file is known (压缩暂存): compressed, unpacked one at a time.

A page as Python objects takes some fifty kilobytes; packed it takes two or three. Packing and unpacking take a tenth
of the time to read it, so the pages of a short file stay as they are.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator

from ingest.pdf.page import DrawnPage

FASTEST = 1
OPEN = 60
"""Pages that are not packed."""


class Shelf:
    """The pages of a file in their order."""

    def __init__(self) -> None:
        self._open: list[DrawnPage] = []
        self._packed: list[bytes] = []

    def put(self, page: DrawnPage) -> None:
        """Add the next page."""
        if len(self._open) < OPEN:
            self._open.append(page)
        else:
            self._packed.append(zlib.compress(pickle.dumps(page, pickle.HIGHEST_PROTOCOL), FASTEST))

    @property
    def open(self) -> bool:
        """Whether all pages lie here as they are: those of a short file."""
        return not self._packed

    def __len__(self) -> int:
        return len(self._open) + len(self._packed)

    def __iter__(self) -> Iterator[DrawnPage]:
        yield from self._open
        yield from map(_unpacked, self._packed)

    def page(self, number: int) -> DrawnPage:
        """The page with this physical number."""
        return self._open[number - 1] if number <= len(self._open) else _unpacked(self._packed[number - 1 - OPEN])


def _unpacked(packed: bytes) -> DrawnPage:
    """Only this process packs: nothing of a stranger's is unpickled."""
    page: DrawnPage = pickle.loads(zlib.decompress(packed))
    return page
