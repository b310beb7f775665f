"""The command `heshu`: the application that every command joins, the options they share, the way to an assistant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui import console

if TYPE_CHECKING:
    from assistant import Assistant, Settings

app = typer.Typer(
    name="heshu",
    help="核数：读部门绩效报告，回答问题，核对每一个数字，起草复核意见。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Json = Annotated[bool, typer.Option("--json", help="输出 JSON（UTF-8，一个对象，键名固定）")]
Strict = Annotated[bool, typer.Option("--strict", help="有问题时以退出码 1 结束")]
Reports = Annotated[list[str] | None, typer.Option("--report", "-r", help="报告编号、标题片段或文件；可重复；默认全部")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="写入文件")]


@app.callback()
def settings_at_the_door(
    context: typer.Context,
    home: Annotated[Path | None, typer.Option(help="数据目录；默认 HESHU_HOME 或系统的用户数据目录")] = None,
    lang: Annotated[str, typer.Option(help="标签语言：zh 或 en")] = "zh",
) -> None:
    """Keeps --home and --lang for the command that follows."""
    if lang not in ("zh", "en"):
        raise typer.BadParameter("只支持 zh 和 en。")
    console.speak(lang)
    context.obj = home


@contextmanager
def opened(context: typer.Context) -> Iterator[Assistant]:
    """The assistant over the data folder of this run."""
    from assistant import Assistant

    with Assistant(door(context)) as assistant:
        yield assistant


def door(context: typer.Context) -> Settings:
    """Settings read once, from the environment, heshu.toml and --home."""
    from assistant import read_settings

    return read_settings(home=context.obj)
