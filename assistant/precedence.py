"""First come, first served (先到先答): of the questions in hand, the one that was asked first is worked on.

Python works on one at a time anyway. Cut into slices they would all be done as late as the last of them; in turn, only
the last is. Nobody holds the turn while a model is waited for or a page takes what it is shown; what is done meanwhile,
since nobody waits for it yet, lets the questions of the next moment go before it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from heapq import heappop, heappush
from itertools import count
from threading import Lock
from typing import Protocol

BESIDE = 1.0
"""Seconds by which work done beside a model counts as asked for later: before that no model has said anything."""


class Turn(Protocol):
    """Work in a `with` of it is this question's, in its turn; not to be nested."""

    def __call__(self, later: float = 0.0, /) -> AbstractContextManager[object]:
        """`later`: so many seconds are left until anybody waits for it."""


def alone(_: float = 0.0, /) -> AbstractContextManager[object]:
    """The turn of a question that has no other beside it."""
    return nullcontext()


class Precedence:
    """The line of questions. Each piece of work waits until nobody who asked before has one."""

    def __init__(self) -> None:
        self._numbers = count()
        self._changing = Lock()
        self._working = False
        self._waiting: list[tuple[float, int, Lock]] = []

    def __len__(self) -> int:
        """How many pieces of work wait for their turn."""
        return len(self._waiting)

    def join(self) -> Turn:
        """A place in the line, behind all that were given before."""
        return partial(self._turn, time.monotonic(), next(self._numbers))

    @contextmanager
    def _turn(self, asked: float, number: int, later: float = 0.0) -> Iterator[None]:
        self._await(asked + later, number)
        try:
            yield
        finally:
            self._pass_on()

    def _await(self, wanted: float, number: int) -> None:
        called = Lock()
        with self._changing:
            if not self._working:
                self._working = True
                return
            called.acquire()
            heappush(self._waiting, (wanted, number, called))
        called.acquire()

    def _pass_on(self) -> None:
        with self._changing:
            self._working = bool(self._waiting)
            if self._waiting:
                heappop(self._waiting)[2].release()
