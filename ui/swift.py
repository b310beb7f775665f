"""Gradio, imported and set up in half the time.

As it is imported Gradio rewrites the type stubs (.pyi) that editors read of its components: half of its start. It
passes over a class whose source it cannot find; while it is imported, it finds none.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, NoReturn, cast


@contextmanager
def _sources_hidden() -> Iterator[None]:
    found = inspect.getfile

    def nowhere(_: object) -> NoReturn:
        raise OSError("no type stubs are needed here")

    inspect.getfile = cast(Any, nowhere)
    try:
        yield
    finally:
        inspect.getfile = found


with _sources_hidden():
    import gradio as gr

__all__ = ["gr", "undelivered"]


@contextmanager
def undelivered() -> Iterator[None]:
    """While a page is drawn Gradio makes a server for it three times over; the one that counts is made on mounting."""
    blocks: Any = import_module("gradio.blocks")
    found = blocks.App
    blocks.App = _NoServer
    try:
        yield
    finally:
        blocks.App = found


class _NoServer:
    @staticmethod
    def create_app(*_: object, **__: object) -> None:
        """Nothing yet."""
