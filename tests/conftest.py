"""Fixtures that every test file may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared folder of reports and gold beside the checkout; tests over it are skipped where it is absent."""
    folder = Path(os.environ.get("HESHU_SHARED", Path(__file__).parents[1].parent / "shared"))
    if not (folder / "reports").is_dir():
        pytest.skip(f"没有共享数据目录 {folder}，用环境变量 HESHU_SHARED 指定")
    return folder
