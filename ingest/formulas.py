"""How common rates are calculated (比率的算法), from formulas.toml; names only, no figures."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, cast

from ingest.fact import Basis


@dataclass(frozen=True, slots=True)
class Term:
    """A numerator or denominator: the name of its measure and the basis it must have ("" for any)."""

    basis: Basis
    name: str


@dataclass(frozen=True, slots=True)
class Rate:
    """A named rate (比率): any of `over` divided by any of `under`, the first that are known first."""

    name: str
    over: tuple[Term, ...]
    under: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A named difference (差额): `over` less `less`."""

    name: str
    over: Term
    less: Term


@cache
def _rows() -> dict[str, list[dict[str, Any]]]:
    text = resources.files("ingest").joinpath("formulas.toml").read_text(encoding="utf-8")
    return cast(dict[str, list[dict[str, Any]]], tomllib.loads(text))


@cache
def differences() -> tuple[Difference, ...]:
    """All known differences, the longest name first."""
    found = []
    for row in _rows()["difference"]:
        over, less = (Term(cast(Basis, row[side][0]), row[side][1]) for side in ("over", "less"))
        found += [Difference(name, over, less) for name in row["names"]]
    return tuple(sorted(found, key=lambda one: -len(one.name)))


@cache
def rates() -> tuple[Rate, ...]:
    """All known rates, the longest name first."""
    found = []
    for row in _rows()["rate"]:
        over = tuple(Term(cast(Basis, basis), name) for basis, name in row["over"])
        under = tuple(Term(cast(Basis, basis), name) for basis, name in row["under"])
        found += [Rate(name, over, under) for name in row["names"]]
    return tuple(sorted(found, key=lambda rate: -len(rate.name)))
