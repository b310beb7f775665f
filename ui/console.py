"""What the command line shows a person: rich tables and panels over the JSON shapes. Computes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from ui.phrases import Words

Shape = dict[str, Any]
Stage = Callable[[str, int, int], None]

OUT = Console(highlight=False)
ERR = Console(stderr=True, highlight=False)

WIDE = 80
"""Characters of a quotation on one line."""
COLOURS = {
    "exact": "green",
    "rounded": "green",
    "derived": "cyan",
    "truncated": "yellow",
    "ambiguous": "yellow",
    "basis": "red",
    "unit_slip": "red",
    "conflict": "red",
    "unfounded": "red",
}
_language = {"now": "zh"}


def speak(language: str) -> None:
    """Labels in `zh` or `en`; what reports and answers say stays Chinese."""
    _language["now"] = language


def word(key: str) -> str:
    """A label in the chosen language."""
    return Words(_language["now"])(key)


def say(text: str) -> None:
    """A line for the user."""
    OUT.print(escape(text))


def error(text: str) -> None:
    """A line on standard error."""
    ERR.print(f"[red]{escape(text)}[/red]")


@contextmanager
def progress(quiet: bool = False) -> Iterator[Stage]:
    """A bar on standard error for long work; the callback takes stage name, done and total."""
    if quiet or not ERR.is_terminal:
        yield lambda name, done, total: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=ERR, transient=True) as bar:
        task = bar.add_task("准备", total=None)

        def step(name: str, done: int, total: int) -> None:
            bar.update(task, description=name, completed=done, total=total or None)

        yield step


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


def reports(listed: Sequence[Shape]) -> None:
    """The stored reports as a table."""
    if not listed:
        say("库里还没有报告。先用 heshu add 文件 读入。")
        return
    shown = Table(box=None, header_style="bold")
    for key in ("id", "department", "year", "pages", "tables", "facts", "findings", "report"):
        shown.add_column(word("report_report" if key == "report" else f"library_{key}"), overflow="fold")
    for one in listed:
        title = escape(str(one["title"] or one["source"])) + ("  [dim]（已在库中）[/dim]" if one.get("known") else "")
        numbers = [str(one[key] or "") for key in ("year", "pages", "tables", "facts", "findings")]
        shown.add_row(one["id"], escape(str(one["department"])), *numbers, title)
    OUT.print(shown)


def answer(given: Shape) -> None:
    """An answer, its figures with verdicts, its sources."""
    OUT.print()
    OUT.print(f"[bold]{escape(given['question'])}[/bold]")
    OUT.print(escape(given["answer"]))
    if given["missing"]:
        OUT.print(f"[yellow]{word('answer_missing')}：{escape('；'.join(given['missing']))}[/yellow]")
    figures(given["figures"])
    for cited in given["citations"]:
        OUT.print(f"  [dim]{word('answer_sources')} {escape(cited['place'])}：{escape(short(cited['quote']))}[/dim]")
    for note in given["notes"]:
        OUT.print(f"  [yellow]{word('answer_note')} {escape(note)}[/yellow]")
    OUT.print(f"  [dim]{word('answer_writer')} {escape(given['writer'])}[/dim]")


def figures(judged: Sequence[Shape]) -> None:
    """One line a figure: verdict, the figure, the working. A figure said twice for the same reason stands once."""
    once = {(one["verdict"], one["text"], one["working"]): one for one in judged}
    for one in once.values():
        colour = COLOURS[one["verdict"]]
        where = one["places"][0]["label"] if one["places"] else ""
        working = one["working"] or where
        verdict = f"[{colour}]{word('verdict_' + one['verdict'])}[/{colour}]"
        OUT.print(f"  {verdict} {escape(one['text'])}  [dim]{escape(working)}[/dim]")


def check(checked: Shape) -> None:
    """A checked text, sentence by sentence."""
    for sentence in checked["sentences"]:
        colour = {"true": "green", "false": "red"}.get(sentence["verdict"], "dim")
        OUT.print(f"[{colour}]{word('sentence_' + sentence['verdict'])}[/{colour}] {escape(sentence['text'])}")
        figures(sentence["figures"])


def tables(shape: Shape) -> None:
    """Each table as a grid."""
    for number, one in enumerate(shape["tables"], 1):
        page = f"第{one['page']}页 " if one["page"] else ""
        unit = f"（单位：{one['unit']}）" if one["unit"] else ""
        doubt = f" 未确认：{one['doubt']}" if not one["certain"] else ""
        shown = Table(
            title=escape(f"表{number} {page}{one['caption']}{unit}{doubt}"), show_header=False, show_lines=True
        )
        for row in one["grid"]:
            shown.add_row(*[escape(text) for text in row])
        OUT.print(shown)


def facts(shape: Shape) -> None:
    """The ledger, one line a fact."""
    for one in shape["facts"]:
        label = "/".join(part for part in (one["subject"], *one["measure"]) if part)
        where = f"第{one['page']}页 " if one["page"] else ""
        sure = "" if one["certain"] else "（未确认）"
        unit = "" if one["unit"] in one["text"] else one["unit"]
        OUT.print(escape(f"{where}{label}｜{one['period']}｜{one['basis']}｜{one['text']}{unit}{sure}"))


def evaluation(outcome: Shape) -> None:
    """Scores by question type, then what went wrong."""
    shown = Table(box=None, header_style="bold")
    for name in ("题型", "正确", "题数", "正确率"):
        shown.add_column(name)
    for kind, row in outcome["types"].items():
        shown.add_row(kind, str(row["right"]), str(row["asked"]), f"{row['right'] / row['asked']:.0%}")
    shown.add_row("合计", str(outcome["right"]), str(outcome["asked"]), f"{outcome['score']:.1%}")
    OUT.print(shown)
    for failed in outcome["failures"]:
        OUT.print(
            escape(f"✗ {failed['id']} {failed['question']}\n    答：{short(failed['answer'])}\n    因：{failed['why']}")
        )


def comparison(shape: Shape) -> None:
    """Measures by department and year, each figure with its verdict, then what hinders comparing."""
    shown = Table(header_style="bold", show_lines=True)
    for name in (word("compare_measure"), *(one["name"] for one in shape["columns"])):
        shown.add_column(escape(name), overflow="fold")
    for row in shape["rows"]:
        cells = []
        for one in row["cells"]:
            if one["text"]:
                colour = COLOURS[one["verdict"]]
                verdict = word("verdict_" + one["verdict"])
                cells.append(f"{escape(one['text'])} [{colour}]{verdict}[/{colour}] [dim]{escape(one['basis'])}[/dim]")
            else:
                cells.append(f"[dim]{escape(one['reason'])}[/dim]")
        shown.add_row(escape(row["measure"]), *cells)
    OUT.print(shown)
    for note in [note for row in shape["rows"] for note in row["notes"]] + shape["notes"]:
        OUT.print(f"  [yellow]{word('answer_note')} {escape(note)}[/yellow]")


def audit(rows: Sequence[Shape]) -> None:
    """The audit log, one line a row."""
    for one in rows:
        what = one.get("question") or one.get("text") or one.get("source") or one.get("report") or ""
        verdicts = "、".join(f"{name} {count}" for name, count in one.get("verdicts", {}).items())
        who = one["user"] or "（本机）"
        OUT.print(escape(f"{one['number']} {one['time'][:19]} {who} {one['kind']} {short(what)}  {verdicts}"))


def steps(done: Sequence[Shape]) -> None:
    """The doctor's steps."""
    for step in done:
        mark = "[green]✓[/green]" if step["ok"] else "[red]✗[/red]"
        OUT.print(f"{mark} {escape(step['name'])}  [dim]{escape(step['detail'])}[/dim]")


def short(text: str) -> str:
    """A long quotation cut for one line of the terminal."""
    flat = " ".join(text.split())
    return flat if len(flat) <= WIDE else flat[: WIDE - 1] + "…"
