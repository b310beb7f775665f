"""The command `heshu`: reads arguments, calls one verb of the Assistant, prints. Computes nothing.

Exit codes: 0 fine; 1 findings or figures at fault where --strict or --min asked for it; 2 bad use or bad input.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui import batch, console

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

GOOD = ("exact", "rounded", "derived")
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


@app.command()
def add(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="报告文件：PDF、DOCX、XLSX、XLS、HTML、TXT")],
    as_json: Json = False,
) -> None:
    """读入报告。同样的文件第二次不再重读。"""
    from assistant import HeshuError

    added, failed = [], []
    with opened(context) as assistant, console.progress(quiet=as_json) as stage:
        for path in files:
            try:
                added.append(assistant.add(path, stage))
            except HeshuError as error:
                failed.append((path, error))
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
    if as_json:
        batch.emit({"reports": listed})
    else:
        console.reports(listed)


@app.command()
def remove(
    context: typer.Context,
    report: Annotated[str, typer.Argument(help="报告编号、标题片段或文件")],
    as_json: Json = False,
) -> None:
    """删除一份报告及其全部数据。"""
    with opened(context) as assistant:
        removed = assistant.remove(report)
    if as_json:
        batch.emit({"removed": removed})
    else:
        console.say(f"已删除 {removed}")


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="问题；用 -f 时可省")] = "",
    report: Reports = None,
    file: Annotated[
        Path | None, typer.Option("--file", "-f", help="一行一问，或 JSON 行（question、id、report）")
    ] = None,
    chat: Annotated[str, typer.Option(help="接着这个名字的对话问")] = "",
    as_json: Json = False,
    strict: Strict = False,
) -> None:
    """就报告提问；答案里的每个数字都带核对结论和出处。"""
    if bool(question.strip()) == bool(file):
        raise typer.BadParameter("请给出一个问题，或用 -f 给出一个问题文件。")
    requests = batch.requests(file, "question") if file else [{"question": question}]
    with opened(context) as assistant:

        def answered(request: dict[str, Any]) -> dict[str, Any]:
            return assistant.ask_shape(request["question"], batch.named(request.get("report"), report), chat=chat)

        shapes = list(batch.each(requests, answered, console.answer, many=bool(file), as_json=as_json))
    fault = any(figure["verdict"] not in GOOD for shape in shapes for figure in shape["figures"])
    if strict and fault:
        raise typer.Exit(1)


@app.command()
def verify(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="要核对的文字；- 表示标准输入；用 -f 时可省")] = "",
    report: Reports = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="一行一段，或 JSON 行（text、id、report）")] = None,
    as_json: Json = False,
    strict: Strict = False,
) -> None:
    """核对任何一段文字里的数字与报告是否一致。"""
    if bool(text) == bool(file):
        raise typer.BadParameter("请给出要核对的文字、- 或 -f 文件。")
    requests = batch.requests(file, "text") if file else [{"text": batch.stdin() if text == "-" else text}]
    with opened(context) as assistant:

        def checked(request: dict[str, Any]) -> dict[str, Any]:
            return assistant.verify_shape(request["text"], batch.named(request.get("report"), report))

        shapes = list(batch.each(requests, checked, console.check, many=bool(file), as_json=as_json))
    if strict and any(sentence["verdict"] == "false" for shape in shapes for sentence in shape["sentences"]):
        raise typer.Exit(1)


@app.command()
def review(
    context: typer.Context,
    report: Annotated[str, typer.Argument(help="报告编号、标题片段或文件")],
    form: Annotated[
        str, typer.Option("--format", help="md、json、docx、xlsx 或 annotated（批注在 DOCX 原件上）")
    ] = "md",
    output: Output = None,
    as_json: Json = False,
    strict: Strict = False,
) -> None:
    """复核一份报告：发现、通过的核对、指标卡和复核意见。"""
    from assistant import BadInput

    form = "json" if as_json else form
    if form not in ("md", "json") and output is None:
        raise BadInput(f"{form} 要写入文件，请用 -o 指明。")
    with opened(context) as assistant:
        outcome = assistant.review_shape(report)
        shaped = {"md": outcome["memo"], "json": json.dumps(outcome, ensure_ascii=False)}.get(form)
        data = shaped.encode("utf-8", "replace") + b"\n" if shaped is not None else assistant.export(report, form)
    if output:
        output.write_bytes(data)
        console.say(f"已写入 {output}")
    else:
        sys.stdout.buffer.write(data)
    if strict and any(finding["severity"] != "提示" for finding in outcome["findings"]):
        raise typer.Exit(1)


@app.command()
def tables(path: Annotated[Path, typer.Argument(help="报告文件")], as_json: Json = False) -> None:
    """列出文件里的表格，逐格如读到的样子（不入库）。"""
    from assistant import read_tables

    shape = read_tables(path)
    if as_json:
        batch.emit(shape)
    else:
        console.tables(shape)


@app.command()
def facts(path: Annotated[Path, typer.Argument(help="报告文件")], as_json: Json = False) -> None:
    """列出文件里的数字事实（不入库）。"""
    from assistant import read_facts

    shape = read_facts(path)
    if as_json:
        batch.emit(shape)
    else:
        console.facts(shape)


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


@app.command(name="eval")
def evaluate(
    context: typer.Context,
    gold: Annotated[Path, typer.Argument(help="金标问题（JSON 行）")],
    report: Reports = None,
    least: Annotated[float | None, typer.Option("--min", help="正确率（0–1）低于此值时以退出码 1 结束")] = None,
    mutate: Annotated[bool, typer.Option("--mutate", help="改为在真句里植错，量核对的查出率和误报率")] = False,
    as_json: Json = False,
) -> None:
    """用金标问答评分：按题型的正确率和错题清单；或用 --mutate 量数字核对。"""
    if mutate:
        _mutate(context, gold, report or [], as_json)
        return
    with opened(context) as assistant, console.progress(quiet=as_json) as stage:
        outcome = assistant.evaluate(gold, report or [], stage)
    if as_json:
        batch.emit(outcome)
    else:
        console.evaluation(outcome)
    if least is not None and outcome["score"] < least:
        raise typer.Exit(1)


def _mutate(context: typer.Context, gold: Path, reports: list[str], as_json: bool) -> None:
    from dataclasses import asdict

    from assistant import mutation_table

    with opened(context) as assistant:
        score = assistant.mutate(gold, reports)
    if as_json:
        batch.emit(asdict(score))
    else:
        console.say(mutation_table(score))


@app.command()
def reindex(context: typer.Context, as_json: Json = False) -> None:
    """由库中的报告重建检索索引。"""
    with opened(context) as assistant, console.progress(quiet=as_json) as stage:
        count = assistant.reindex(stage)
    if as_json:
        batch.emit({"chunks": count})
    else:
        console.say(f"已重建索引：{count} 个片段")


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
    if as_json:
        batch.emit({"steps": steps, "ok": all(step["ok"] for step in steps)})
    else:
        console.steps(steps)
    if not all(step["ok"] for step in steps):
        raise typer.Exit(1)


@app.command()
def demo(output: Output = Path("build/demo-memo.md")) -> None:
    """演示：读样例报告，问几个问题，核对一段有错的话，写一份复核意见。"""
    from ui import demo as show

    show.run(output or Path("build/demo-memo.md"))


@app.command(name="ui")
def page(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口")] = 7860,
) -> None:
    """打开网页：选报告、提问、看每个数字的核对结论和出处。"""
    from ui import web

    web.serve(door(context), host=host, port=port)


def _mend(settings: Settings, as_json: bool) -> None:
    from assistant import mend

    outcome = mend(settings)
    if as_json:
        batch.emit(outcome)
    else:
        console.say(f"留下 {outcome['saved']} 份报告，由原始文件重新读入 {len(outcome['added'])} 份。")
        for name in outcome["lost"]:
            console.say(f"未能恢复：{name}")
    if not outcome["ok"]:
        raise typer.Exit(1)


def main() -> None:
    """Entry point: our own errors become one Chinese sentence and exit code 2."""
    try:
        app()
    except KeyboardInterrupt:
        console.error("已停止。已完成的部分都在库里。")
        sys.exit(130)
    except Exception as error:
        from assistant import HeshuError  # not before: --help needs nothing of it

        if not isinstance(error, HeshuError):
            raise
        console.error(str(error))
        sys.exit(2)


if __name__ == "__main__":
    main()
