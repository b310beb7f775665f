"""Packages that only measuring needs, to have others' roads beside ours: the extra `bench`."""

from __future__ import annotations

import sys
from importlib.util import find_spec

INSTALL = ".venv/bin/python -m pip install -c constraints.txt -e '.[bench]'"


def needed(*modules: str) -> None:
    """End with what to do where one of these top-level modules is missing, before anything is measured."""
    if missing := [module for module in modules if find_spec(module) is None]:
        sys.exit(f"这项量测要用的软件包还没有装（{'、'.join(missing)}），请先：{INSTALL}")
