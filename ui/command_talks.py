"""Commands over several reports or several questions: compare, a talk, and a kept conversation as a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from ui import batch, console
from ui.command import Json, Output, Reports, app, opened

ENDS = ("", "退出", "再见", "exit", "quit")
"""What ends a talk at the terminal."""


@app.command()
def compare(
    context: typer.Context,
    report: Reports = None,
    measure: Annotated[list[str] | None, typer.Option("--measure", "-m", help="指标；可重复；默认常用指标")] = None,
    as_json: Json = False,
) -> None:
    """部门×年度对照：同一指标并排，每格是核对过的数字，或没有的原因。"""
    with opened(context) as assistant:
        shape = assistant.compare_shape(report or [], measure or [])
    batch.give(shape, as_json, console.comparison)


@app.command()
def talk(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="对话的名字；已有的接着问")] = "对话",
    report: Reports = None,
) -> None:
    """连着提问：一行一问，“那上年呢？”接着上一问；空行或“退出”结束。"""
    with opened(context) as assistant:
        for question in _questions():
            console.answer(console.followed(assistant.ask_stream(question, report or [], chat=name)))


def _questions() -> Iterator[str]:
    """Questions typed at the terminal, or the lines of standard input."""
    if not sys.stdin.isatty():
        yield from (line.strip() for line in batch.stdin().splitlines() if line.strip())
        return
    while (question := typer.prompt("问", default="", show_default=False, prompt_suffix="：").strip()) not in ENDS:
        yield question


@app.command()
def chat(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="对话的名字；不写则列出全部")] = "",
    form: Annotated[str, typer.Option("--format", help="md 或 docx")] = "md",
    output: Output = None,
    user: Annotated[str, typer.Option(help="谁的对话；默认本机")] = "",
    as_json: Json = False,
) -> None:
    """列出保存的对话，或把一个对话导出为 Markdown 或 DOCX。"""
    from assistant import BadInput

    if name and form != "md" and output is None:
        raise BadInput(f"{form} 要写入文件，请用 -o 指明。")
    with opened(context) as assistant:
        if not name:
            listed = assistant.chats(user)
        elif as_json:
            batch.emit({"chat": name, "answers": assistant.chat_shapes(name, user)})
            return
        else:
            data = assistant.export_chat(name, form, user)
    if not name:
        batch.give({"chats": listed}, as_json, _list)
    elif output:
        output.write_bytes(data)
        console.say(f"已写入 {output}")
    else:
        sys.stdout.buffer.write(data)


def _list(shape: dict[str, Any]) -> None:
    for one in shape["chats"]:
        console.say(f"{one['chat']}  {console.short(one['title'])}")
