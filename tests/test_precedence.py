"""Questions asked at once are worked on one at a time, the one that was asked first before all others."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.precedence import Precedence, Turn


def waiting(line: Precedence, number: int) -> None:
    """Until so many wait in the line."""
    while len(line) < number:
        time.sleep(0.001)


def test_who_was_first_works_first_whoever_is_ready_first() -> None:
    """Three joined in order and are ready in the opposite one, while a fourth is worked for."""
    line, done = Precedence(), list[str]()
    before, first, second, third = (line.join() for _ in range(4))

    def work(name: str, turn: Turn) -> None:
        with turn():
            done.append(name)

    with ThreadPoolExecutor(3) as pool, before():
        for number, (name, turn) in enumerate((("third", third), ("second", second), ("first", first)), 1):
            pool.submit(work, name, turn)
            waiting(line, number)
        assert done == []
    assert done == ["first", "second", "third"]


def test_what_nobody_waits_for_yet_lets_the_next_ones_pass() -> None:
    """Work beside a model counts as asked for a second later: who asks in the meantime goes first, and no one else."""
    line, done = Precedence(), list[str]()
    before, first, second = (line.join() for _ in range(3))

    def work(name: str, turn: Turn, later: float) -> None:
        with turn(later):
            done.append(name)

    with ThreadPoolExecutor(3) as pool, before():
        for number, one in enumerate((("beside", first, 1.0), ("long since", second, 3600.0), ("now", second, 0.0)), 1):
            pool.submit(work, *one)
            waiting(line, number)
    assert done == ["now", "beside", "long since"]


def test_work_that_fails_passes_the_turn_on() -> None:
    """An error ends one question, not the line."""
    line = Precedence()
    with pytest.raises(ValueError), line.join()():
        raise ValueError
    with line.join()():
        pass
    assert len(line) == 0
