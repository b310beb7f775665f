"""Commands about reports: read in, list, remove, and what was read in them; and the health of the data folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui import batch, console
from ui.command import Json, app, door, opened

if TYPE_CHECKING:
    from assistant import Settings


@app.command()
def add(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="报告文件：PDF、DOCX、XLSX、XLS、HTML、TXT")],
    as_json: Json = False,
) -> None:
    """读入报告。同样的文件第二次不再重读。"""
    with opened(context) as assistant, console.progress(quiet=as_json) as stage:
        ended = list(assistant.add_all(files, stage))
    added = [entry for _, entry in ended if isinstance(entry, dict)]
    failed = [(path, error) for path, error in ended if not isinstance(error, dict)]
    if as_json:
        batch.emit(
            {
                "reports": added,
                **({"errors": [{"source": str(p), "error": str(e)} for p, e in failed]} if failed else {}),
            }
        )
    elif added:
        console.reports(added)
    for path, reason in failed:
        console.error(f"{path}：{reason}")
    if failed:
        raise typer.Exit(2)


@app.command()
def reports(context: typer.Context, as_json: Json = False) -> None:
    """列出已读入的报告。"""
    with opened(context) as assistant:
        listed = assistant.reports()
    batch.give({"reports": listed}, as_json, lambda shape: console.reports(shape["reports"]))


@app.command()
def remove(
    context: typer.Context,
    report: Annotated[str, typer.Argument(help="报告编号、标题片段或文件")],
    as_json: Json = False,
) -> None:
    """删除一份报告及其全部数据。"""
    with opened(context) as assistant:
        removed = assistant.remove(report)
    batch.give({"removed": removed}, as_json, lambda _: console.say(f"已删除 {removed}"))


@app.command()
def tables(path: Annotated[Path, typer.Argument(help="报告文件")], as_json: Json = False) -> None:
    """列出文件里的表格，逐格如读到的样子（不入库）。"""
    from assistant import read_tables

    batch.give(read_tables(path), as_json, console.tables)


@app.command()
def facts(path: Annotated[Path, typer.Argument(help="报告文件")], as_json: Json = False) -> None:
    """列出文件里的数字事实（不入库）。"""
    from assistant import read_facts

    batch.give(read_facts(path), as_json, console.facts)


@app.command()
def show(
    path: Annotated[Path, typer.Argument(help="PDF 报告")],
    page: Annotated[int, typer.Option(help="第几页（从 1 起）")] = 1,
    output: Annotated[Path, typer.Option("--output", "-o", help="写入的 PNG 文件")] = Path("page.png"),
) -> None:
    """画出一页读到的内容：段落、单元格、表头和数字。"""
    from assistant import draw_page

    output.write_bytes(draw_page(path, page))
    console.say(f"已写入 {output}")


@app.command()
def reindex(context: typer.Context, as_json: Json = False) -> None:
    """由库中的报告重建检索索引。"""
    with opened(context) as assistant, console.progress(quiet=as_json) as stage:
        count = assistant.reindex(stage)
    batch.give({"chunks": count}, as_json, lambda _: console.say(f"已重建索引：{count} 个片段"))


@app.command()
def doctor(
    context: typer.Context,
    mend: Annotated[
        bool, typer.Option("--mend", help="修复损坏的数据目录：能读的都留下，其余由原始文件重新读入")
    ] = False,
    as_json: Json = False,
) -> None:
    """自检：断开网络，读一份样例，提问、核对、复核，说出哪里不对。"""
    from assistant import examine

    if mend:
        _mend(door(context), as_json)
        return

    steps = examine()
    sound = all(step["ok"] for step in steps)
    batch.give({"steps": steps, "ok": sound}, as_json, lambda shape: console.steps(shape["steps"]))
    if not sound:
        raise typer.Exit(1)


def _mend(settings: Settings, as_json: bool) -> None:
    from assistant import mend

    outcome = mend(settings)
    batch.give(outcome, as_json, _mended)
    if not outcome["ok"]:
        raise typer.Exit(1)


def _mended(outcome: dict[str, Any]) -> None:
    console.say(f"留下 {outcome['saved']} 份报告，由原始文件重新读入 {len(outcome['added'])} 份。")
    for name in outcome["lost"]:
        console.say(f"未能恢复：{name}")
