"""Gradio, imported and set up in a third of the time, with the doors shut that this page never goes through.

What takes the time is of no use to a page: type stubs (.pyi) rewritten for editors, a documentation text made for
every event of every component, pandas for tables that we draw ourselves, and the ways to Hugging Face, to tunnels and
to other people's pages, which must not be used here anyway.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, NoReturn, cast

SHUT = (
    "gradio.cli",
    "gradio.external",
    "gradio.tunneling",
    "gradio.workflow",
    "huggingface_hub",
    "pandas",
    "pydantic.v1",
)
"""Modules that Gradio asks for and this page does not: to Gradio they are there, and nothing is in them."""


class _Nothing(type):
    """The class of a name that is not there: no object is one of it, and it cannot be called."""

    def __call__(cls, *_: object, **__: object) -> NoReturn:
        raise RuntimeError("this part of Gradio is shut (ui/swift.py)")

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return cls

    def __or__(cls, other: object) -> Any:
        return other

    __ror__ = __or__


class _Absent(metaclass=_Nothing):
    pass


class _Empty(ModuleType):
    def __getattr__(self, name: str) -> type[_Absent]:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Absent


class _Doorkeeper(MetaPathFinder, Loader):
    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        shut = any(fullname == name or fullname.startswith(f"{name}.") for name in SHUT)
        return ModuleSpec(fullname, self, is_package=True) if shut else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Empty(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing is in it."""


@contextmanager
def shut() -> Iterator[None]:
    """While it lasts SHUT is empty to whoever imports it; afterwards it can be imported as it is."""
    keeper = _Doorkeeper()
    sys.meta_path.insert(0, keeper)
    try:
        yield
    finally:
        sys.meta_path.remove(keeper)
        for name in [name for name, module in sys.modules.items() if isinstance(module, _Empty)]:
            del sys.modules[name]


@contextmanager
def _instead(owner: Any, name: str, other: object) -> Iterator[None]:
    """While it lasts a name stands for something else."""
    found = getattr(owner, name)
    setattr(owner, name, other)
    try:
        yield
    finally:
        setattr(owner, name, found)


@contextmanager
def _undocumented() -> Iterator[None]:
    """Gradio passes over a class whose source it cannot find, and an event's text stays as it is written."""
    import jinja2

    with _instead(inspect, "getfile", _nowhere), _instead(jinja2, "Template", _Plain):
        yield


def _nowhere(_: object) -> NoReturn:
    raise OSError("no type stubs are needed here")


class _Plain(str):
    """A template that is its own text."""

    def render(self, **_: object) -> str:
        return str(self)


with shut(), _undocumented():
    import gradio as gr

cast(Any, import_module("gradio.utils")).MatplotlibBackendMananger = nullcontext
"""Before and after every event Gradio looks on the disk for a matplotlib; there is none."""

__all__ = ["gr", "shut", "undelivered"]


@contextmanager
def undelivered() -> Iterator[None]:
    """While a page is drawn Gradio describes it and makes a server for it; those that count are made on mounting."""
    blocks: Any = import_module("gradio.blocks")
    with _instead(blocks, "App", _NoServer), _instead(blocks.Blocks, "get_config_file", lambda _: {}):
        yield


class _NoServer:
    @staticmethod
    def create_app(*_: object, **__: object) -> None:
        """Nothing yet."""
