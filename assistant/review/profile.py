"""The reviewer's settings (复核口径): thresholds, grades and rules switched off, read from a data file.

A profile holds no rule and no figure of a report.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ingest.errors import BadInput


@dataclass(frozen=True, slots=True)
class Profile:
    """复核口径. Percentages are numbers of percent."""

    name: str
    note: str
    low_execution: Decimal
    large_adjustment: Decimal
    unexplained_adjustment: Decimal
    decline: Decimal
    near_total: Decimal
    full: Decimal
    grades: tuple[tuple[str, Decimal], ...]
    off: tuple[tuple[str, str], ...] = ()
    """(rule id, reason) of the rules that are switched off."""

    def grade(self, score: Decimal) -> str:
        """The grade (等级) of a score out of 100."""
        return next((name for name, least in self.grades if score >= least), "")


def load(path: Path) -> Profile:
    """A profile from a TOML file; raises BadInput when a key is missing or unknown."""
    try:
        return _profile(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BadInput(
            f"复核口径文件 {path} 读不成（{error}），请对照 assistant/review/profiles/national.toml 改正。"
        ) from error


@cache
def national() -> Profile:
    """The default profile."""
    source = files("assistant.review").joinpath("profiles/national.toml")
    return _profile(tomllib.loads(source.read_text(encoding="utf-8")))


def _profile(row: dict[str, Any]) -> Profile:
    numbers = ("low_execution", "large_adjustment", "unexplained_adjustment", "decline", "near_total", "full")
    rest: dict[str, Any] = {key: Decimal(row.pop(key)) for key in numbers}
    grades = tuple((str(name), Decimal(least)) for name, least in row.pop("grades"))
    off = tuple(sorted(row.pop("off", {}).items()))
    return Profile(grades=grades, off=off, **rest, **row)
