"""Commands of conversation and comparison: chat, chats, compare."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from ui import batch, console, console_talk
from ui.command import Json, Output, Reports, app, opened

ENDS = ("", "退出", "再见", "exit", "quit")
"""What ends a conversation at the terminal."""


@app.command()
def chat(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="对话的名字；已有的接着问")] = "对话",
    report: Reports = None,
    export: Annotated[str, typer.Option(help="不提问，把这个对话导出为 md 或 docx")] = "",
    output: Output = None,
) -> None:
    """连着提问：一行一问，“那上年呢？”接着上一问；空行或“退出”结束。--export 导出对话。"""
    if export:
        _export(context, name, export, output)
        return
    with opened(context) as assistant:
        for question in _questions():
            events = assistant.ask_stream(question, report or [], chat=name)
            console.answer(console_talk.followed(events))


def _questions() -> Iterator[str]:
    """Questions typed at the terminal, or the lines of standard input."""
    if not sys.stdin.isatty():
        yield from (line.strip() for line in batch.stdin().splitlines() if line.strip())
        return
    while (question := typer.prompt("问", default="", show_default=False, prompt_suffix="：").strip()) not in ENDS:
        yield question


def _export(context: typer.Context, name: str, form: str, output: Path | None) -> None:
    from assistant import BadInput

    if form != "md" and output is None:
        raise BadInput(f"{form} 要写入文件，请用 -o 指明。")
    with opened(context) as assistant:
        data = assistant.export_chat(name, form)
    if output:
        output.write_bytes(data)
        console.say(f"已写入 {output}")
    else:
        sys.stdout.buffer.write(data)


@app.command()
def chats(context: typer.Context, as_json: Json = False) -> None:
    """列出已有的对话，最近的在前。"""
    with opened(context) as assistant:
        listed = assistant.chats()
    if as_json:
        batch.emit({"chats": listed})
        return
    for one in listed:
        console.say(f"{one['chat']}　{one['title']}")


@app.command()
def compare(
    context: typer.Context,
    report: Reports = None,
    measure: Annotated[
        list[str] | None, typer.Option("--measure", "-m", help="指标，如 执行率、年末结转；可重复；默认常用各项")
    ] = None,
    as_json: Json = False,
) -> None:
    """部门、年度对照：同一指标并列，注明出处和口径差异。"""
    with opened(context) as assistant:
        shape = assistant.compare_shape(report or [], measure or [])
    if as_json:
        batch.emit(shape)
    else:
        console_talk.comparison(shape)
