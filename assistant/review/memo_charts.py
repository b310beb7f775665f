"""Charts that a reviewer wants (图表), as names, series and colours: the page and the Word memo draw the same ones.

Nothing is computed here but counts and the invisible foot of a floating bar.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

SEVERITIES = {"提示": "57606A", "P2": "0550AE", "P1": "9A6700", "P0": "B42318"}
WHOLE, UP, DOWN = "0550AE", "9A6700", "57606A"
RATES = (("80%以下", "9A6700"), ("80%—100%", "1A7F37"), ("100%以上", "B42318"))
LEAST, FULL = 80, 100
"""Execution rates below and above are drawn in another colour; the rule book judges, the chart only shows."""
UNSEEN = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one colour, one for each name; empty where there is none. UNSEEN carries what floats above it."""

    name: str
    colour: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars by name, stacked. `kind` tells what it shows, `about` of what; `across`: the bars lie."""

    kind: str
    title: str
    about: str
    names: tuple[str, ...]
    series: tuple[Series, ...]
    across: bool
    unit: str = ""


def charts(drawn: dict[str, Any], found: Iterable[tuple[str, str]]) -> tuple[Chart, ...]:
    """All charts of a review: `drawn` as `assistant.charted` gives it, and each finding's category and severity."""
    made = (_kinds(tuple(found)), _waterfall(drawn["waterfall"]), _execution(drawn["execution"]))
    return tuple(one for one in made if one is not None)


def _kinds(found: Sequence[tuple[str, str]]) -> Chart | None:
    """Findings by category, stacked by severity."""
    if not found:
        return None
    kinds = tuple(kind for kind, _ in Counter(kind for kind, _ in found).most_common())
    counts = Counter(found)
    series = tuple(
        Series(severity, colour, tuple(str(counts[kind, severity] or "") for kind in kinds))
        for severity, colour in reversed(SEVERITIES.items())
        if any(counts[kind, severity] for kind in kinds)
    )
    return Chart("kinds", "发现（按类别和等级）", "", kinds, series, across=True)


def _waterfall(shape: dict[str, Any] | None) -> Chart | None:
    """预算—调整—决算: whole bars, and between them what was added or not spent."""
    if shape is None:
        return None
    feet, tops, at = [], [], Decimal(0)
    for step in shape["steps"]:
        value = Decimal(step["value"])
        feet.append("" if step["whole"] else str(min(at, at + value)))
        tops.append(("整体" if step["whole"] else "调增" if value >= 0 else "减少", str(abs(value))))
        at = value if step["whole"] else at + value
    names = tuple(f"{step['name']} {step['value']}" for step in shape["steps"])
    seen = tuple(
        Series(name, colour, tuple(value if kind == name else "" for kind, value in tops))
        for name, colour in (("整体", WHOLE), ("调增", UP), ("减少", DOWN))
    )
    series = (Series("", UNSEEN, tuple(feet)), *seen)
    return Chart("waterfall", "预算—调整—决算", shape["name"], names, series, across=False, unit=shape["unit"])


def _execution(shape: dict[str, Any] | None) -> Chart | None:
    """The execution rate of each item."""
    if shape is None:
        return None
    items = shape["items"]
    rates = [(0 if Decimal(one["rate"]) < LEAST else 1 if Decimal(one["rate"]) <= FULL else 2) for one in items]
    series = tuple(
        Series(name, colour, tuple(one["rate"] if rate == at else "" for one, rate in zip(items, rates, strict=True)))
        for at, (name, colour) in enumerate(RATES)
        if at in rates
    )
    names = tuple(one["name"] for one in items)
    return Chart("execution", "各项执行率", shape["caption"], names, series, across=True, unit="%")
