"""Charts of a review, drawn by plotly; what they show stands in assistant.review.memo_charts."""

from __future__ import annotations

import textwrap
from typing import Any

from ui.phrases import Words

FONT = {"family": "system-ui, sans-serif", "size": 13}
UNSEEN = "rgba(0,0,0,0)"


def figure(chart: Any, words: Words) -> Any:
    """A chart as a figure of plotly."""
    import plotly.graph_objects as go

    names = [_folded(name, chart.across) for name in chart.names]
    drawn = go.Figure([_bars(chart, each, names) for each in chart.series])
    unit = f"（{chart.unit}）" if chart.unit not in ("", "%") else ""
    title = f"{words(f'chart_{chart.kind}')}　{chart.about}{unit}"
    drawn.update_layout(
        title={"text": "<br>".join(textwrap.wrap(title, 26)), "font": {"size": 14}}, font=FONT, barmode="stack",
        height=110 + 34 * len(names) if chart.across else 340, margin={"l": 8, "r": 16, "t": 56, "b": 32},
        legend={"orientation": "h", "y": -0.12}, showlegend=chart.kind != "waterfall", template="plotly_white",
        autosize=True, dragmode=False, bargap=0.3,
    )  # fmt: skip
    drawn.update_yaxes(automargin=True)
    if chart.across:
        drawn.update_yaxes(autorange="reversed")
    else:
        drawn.update_yaxes(tickformat=",d")
    if chart.kind == "kinds":
        drawn.update_xaxes(tickformat="d", nticks=4)
    drawn.update_xaxes(ticksuffix=chart.unit if chart.unit == "%" else "")
    return drawn


def _bars(chart: Any, each: Any, names: list[str]) -> Any:
    import plotly.graph_objects as go

    values = [float(value) if value else None for value in each.values]
    places, lengths = ("y", "x") if chart.across else ("x", "y")
    told = [f"{value}{chart.unit if chart.unit == '%' else ''}" if value else "" for value in each.values]
    return go.Bar(
        {places: names, lengths: values}, name=each.name, orientation="h" if chart.across else "v",
        marker_color=f"#{each.colour}" if each.colour else UNSEEN,
        text=None if chart.kind == "waterfall" else told,
        textposition="auto", hoverinfo="text" if each.colour else "skip", hovertext=told,
        showlegend=bool(each.colour),
    )  # fmt: skip


def _folded(name: str, across: bool) -> str:
    """A long name on two lines, so that a narrow screen keeps room for the bars."""
    if not across:
        return name.replace(" ", "<br>")
    short = name if len(name) <= 20 else name[:19] + "…"
    return "<br>".join(textwrap.wrap(short, 10))
