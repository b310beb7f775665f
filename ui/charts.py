"""Charts of a review, drawn by plotly from shapes that the assistant gives. No figure is computed here but counts."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from typing import Any

from ui.phrases import Words

COLOURS = {"P0": "#b42318", "P1": "#9a6700", "P2": "#0550ae", "提示": "#57606a"}
LOW, FULL, OVER = "#9a6700", "#1a7f37", "#b42318"
LEAST = 80
"""Execution rates below this are drawn in another colour; the rule book judges, the chart only shows."""
FONT = {"family": "system-ui, sans-serif", "size": 13}


def by_kind(findings: Sequence[dict[str, Any]], words: Words) -> Any | None:
    """Findings by category, stacked by severity; None where there are none."""
    if not findings:
        return None
    import plotly.graph_objects as go

    kinds = [kind for kind, _ in Counter(one["category"] for one in findings).most_common()][::-1]
    counts = Counter((one["category"], one["severity"]) for one in findings)
    bars = [
        go.Bar(
            name=severity, y=[_folded(kind) for kind in kinds], x=[counts[kind, severity] for kind in kinds],
            orientation="h", marker_color=colour, text=[counts[kind, severity] or "" for kind in kinds],
        )
        for severity, colour in COLOURS.items()
        if any(counts[kind, severity] for kind in kinds)
    ]  # fmt: skip
    return _laid_out(go.Figure(bars), words("chart_kinds"), 120 + 34 * len(kinds), stacked=True)


def waterfall(shape: dict[str, Any] | None, words: Words) -> Any | None:
    """预算—调整—决算 of the whole spending."""
    if shape is None:
        return None
    import plotly.graph_objects as go

    steps = shape["steps"]
    bars = go.Waterfall(
        x=[step["name"] for step in steps],
        y=[float(step["value"]) for step in steps],
        measure=["absolute" if step["whole"] else "relative" for step in steps],
        text=[step["value"] for step in steps],
        textposition="outside",
        increasing={"marker": {"color": LOW}},
        decreasing={"marker": {"color": "#57606a"}},
        totals={"marker": {"color": "#0550ae"}},
    )
    figure = _laid_out(go.Figure(bars), f"{words('chart_waterfall')}：{shape['name']}（{shape['unit']}）", 340)
    values = [abs(float(step["value"])) for step in steps if step["whole"]]
    figure.update_yaxes(range=[min(values) * 0.9, max(values) * 1.03], tickformat=",", title=None)
    return figure


def execution(shape: dict[str, Any] | None, words: Words) -> Any | None:
    """The execution rate of each item."""
    if shape is None:
        return None
    import plotly.graph_objects as go

    items = shape["items"][::-1]
    rates = [float(one["rate"]) for one in items]
    bars = go.Bar(
        y=[_folded(one["name"]) for one in items], x=rates, orientation="h", text=[f"{one['rate']}%" for one in items],
        marker_color=[OVER if rate > 100 else LOW if rate < LEAST else FULL for rate in rates],
        customdata=[f"{one['spent']}÷{one['budget']}（{one['basis']}）" for one in items],
        hovertemplate="%{y}<br>%{text}　%{customdata}<extra></extra>",
    )  # fmt: skip
    figure = _laid_out(go.Figure(bars), f"{words('chart_execution')}　{shape['caption']}", 110 + 36 * len(items))
    figure.add_vline(x=100, line_dash="dot", line_color="#57606a")
    figure.update_xaxes(range=[0, max(110, *rates) + 8], ticksuffix="%")
    return figure


def _laid_out(figure: Any, title: str, height: int, stacked: bool = False) -> Any:
    figure.update_layout(
        title={"text": "<br>".join(textwrap.wrap(title, 26)), "font": {"size": 14}}, height=height, font=FONT,
        barmode="stack" if stacked else "group", margin={"l": 8, "r": 16, "t": 56, "b": 32}, showlegend=stacked,
        legend={"orientation": "h", "y": -0.12}, template="plotly_white", autosize=True, dragmode=False,
    )  # fmt: skip
    figure.update_yaxes(automargin=True)
    return figure


def _folded(name: str) -> str:
    """A long name on two lines, so that a narrow screen keeps room for the bars."""
    short = name if len(name) <= 20 else name[:19] + "…"
    return "<br>".join(textwrap.wrap(short, 10))
