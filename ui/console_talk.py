"""How a conversation and a comparison look at the terminal: stages while one waits, measures side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.markup import escape
from rich.table import Table

from ui.console import COLOURS, ERR, OUT, short, word

Shape = dict[str, Any]


def followed(events: Iterator[Shape], quiet: bool = False) -> Shape:
    """The answer at the end of the stages, which are shown on the way where somebody watches (standard error)."""
    given: Shape = {}
    if quiet or not ERR.is_terminal:
        for event in events:
            given = event.get("answer") or given
        return given
    with ERR.status("") as status:
        for event in events:
            status.update(f"{event['stage']}　{escape(event['text'])}")
            given = event.get("answer") or given
    return given


def comparison(shape: Shape) -> None:
    """A table of measures, a column for each department and year; then why cells are empty, and what hinders."""
    shown = Table(header_style="bold", show_lines=True)
    shown.add_column("指标")
    for column in shape["columns"]:
        shown.add_column(escape(column["name"]), justify="right")
    reasons: dict[str, list[str]] = {}
    for row in shape["rows"]:
        shown.add_row(escape(row["measure"]), *(_cell(one) for one in row["cells"]))
        for column, one in zip(shape["columns"], row["cells"], strict=True):
            if one["reason"]:
                reasons.setdefault(f"{row['measure']}：{one['reason']}", []).append(column["name"])
    OUT.print(shown)
    for row in shape["rows"]:
        for note in row["notes"]:
            OUT.print(f"  [yellow]{escape(row['measure'])}：{escape(note)}[/yellow]")
    for note in shape["notes"]:
        OUT.print(f"  [yellow]{escape(note)}[/yellow]")
    for reason, names in reasons.items():
        OUT.print(f"  [dim]{escape(reason)}（{escape('、'.join(names))}）[/dim]")


def _cell(one: Shape) -> str:
    """Figure, verdict, working, change and place, one a line; a dash where there is none."""
    if not one["text"]:
        return "[dim]—[/dim]"
    colour = COLOURS[one["verdict"]]
    lines = [escape(one["text"]), f"[{colour}]{word('verdict_' + one['verdict'])}[/{colour}]"]
    lines += [f"[dim]较上年 {escape(one['change']['text'])}[/dim]"] if one["change"] else []
    where = one["places"][0]["label"] if one["places"] else ""
    lines += [f"[dim]{escape(short(text, 40))}[/dim]" for text in (one["working"], where) if text]
    return "\n".join(lines)
