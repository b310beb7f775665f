"""Charts of a review, drawn by plotly from shapes that the assistant gives. No figure is computed here but counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

COLOURS = {"P0": "#b42318", "P1": "#9a6700", "P2": "#0550ae", "提示": "#57606a"}


def by_kind(findings: Sequence[dict[str, Any]]) -> Any | None:
    """Findings by category, stacked by severity; None where there are none."""
    if not findings:
        return None
    import plotly.graph_objects as go

    kinds = [kind for kind, _ in Counter(one["category"] for one in findings).most_common()]
    counts = Counter((one["category"], one["severity"]) for one in findings)
    bars = [
        go.Bar(name=severity, x=kinds, y=[counts[kind, severity] for kind in kinds], marker_color=colour)
        for severity, colour in COLOURS.items()
        if any(counts[kind, severity] for kind in kinds)
    ]
    figure = go.Figure(bars)
    figure.update_layout(barmode="stack", height=320, title="发现（按类别和等级）", margin={"t": 50, "b": 80})
    return figure
