"""A benchmark that lacks a package of the extra `bench` ends in one sentence that says how to get it."""

from __future__ import annotations

import pytest

from benchmarks.extra import needed


def test_what_is_missing_is_told_with_the_command() -> None:
    """Only what is missing is named; where nothing is, the measuring goes on."""
    needed("json")
    with pytest.raises(SystemExit) as ended:
        needed("json", "no_such_module")
    said = str(ended.value.code)
    assert "（no_such_module）" in said and said.endswith("-e '.[bench]'") and "\n" not in said
