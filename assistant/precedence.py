"""First come, first served (先到先答): of the questions in hand, the one that was asked first is worked on.

Python works on one at a time anyway. Cut into slices they would all be done as late as the last of them; in turn, only
the last is. Nobody holds the turn while a model is waited for or a page takes what it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from heapq import heappop, heappush
from itertools import count
from threading import Lock

Turn = Callable[[], AbstractContextManager[None]]
"""Work in a `with` of it is this question's, in its turn; not to be nested."""


class Precedence:
    """The line of questions. Each piece of work waits until no older question has one."""

    def __init__(self) -> None:
        self._numbers = count()
        self._changing = Lock()
        self._working = False
        self._waiting: list[tuple[int, Lock]] = []

    def __len__(self) -> int:
        """How many pieces of work wait for their turn."""
        return len(self._waiting)

    def join(self) -> Turn:
        """A place in the line, behind all that were given before."""
        return partial(self._turn, next(self._numbers))

    @contextmanager
    def _turn(self, number: int) -> Iterator[None]:
        self._await(number)
        try:
            yield
        finally:
            self._pass_on()

    def _await(self, number: int) -> None:
        called = Lock()
        with self._changing:
            if not self._working:
                self._working = True
                return
            called.acquire()
            heappush(self._waiting, (number, called))
        called.acquire()

    def _pass_on(self) -> None:
        with self._changing:
            self._working = bool(self._waiting)
            if self._waiting:
                heappop(self._waiting)[1].release()
