"""Turns: so many questions are worked on at a time; whoever waits is told how many are before them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import anyio.to_thread

LOOK = 0.2
"""Seconds between two looks at the line."""
_Step = TypeVar("_Step")


class TooMany(Exception):
    """The line is full."""


@dataclass(slots=True)
class Line:
    """A waiting line; lives on one event loop, so it needs no lock."""

    at_once: int
    longest: int
    _waiting: list[object] = field(default_factory=list)
    _running: int = 0

    @property
    def idle(self) -> bool:
        """Whether nobody is worked for or waits."""
        return not self._running and not self._waiting

    async def ahead(self) -> AsyncGenerator[int, None]:
        """How many are before this one, as often as it changes, until it is its turn; then the caller must `work`.
        Raises TooMany where the line is full."""
        if len(self._waiting) >= self.longest:
            raise TooMany
        ticket, told = object(), -1
        self._waiting.append(ticket)
        try:
            while (before := self._waiting.index(ticket)) or self._running >= self.at_once:
                if before != told:
                    told = before
                    yield before + self._running
                await asyncio.sleep(LOOK)
        finally:
            self._waiting.remove(ticket)

    @asynccontextmanager
    async def work(self) -> AsyncIterator[None]:
        """While it lasts one turn is taken."""
        self._running += 1
        try:
            yield
        finally:
            self._running -= 1


async def stepping(work: Iterator[_Step]) -> AsyncGenerator[_Step, None]:
    """The steps of work that blocks, each made in a thread."""
    ended = object()
    while (step := await anyio.to_thread.run_sync(next, work, ended)) is not ended:
        yield step  # type: ignore[misc]  # the end apart, next gives steps only
