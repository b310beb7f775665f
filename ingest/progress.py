"""How far long work is (进度): whoever does it tells, whoever asked for it may listen."""

from collections.abc import Callable

Told = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done and how much there is."""


def silent(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""
