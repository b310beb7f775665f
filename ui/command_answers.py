"""Commands that answer and judge: ask, verify, review, eval.

Exit codes: 0 fine; 1 findings or figures at fault where --strict or --min asked for it; 2 bad use or bad input.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from ui import batch, console
from ui.command import Json, Output, Reports, Strict, app, opened

GOOD = ("exact", "rounded", "derived")


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
            events = assistant.ask_stream(request["question"], batch.named(request.get("report"), report), chat=chat)
            return console.followed(events, quiet=bool(file) or as_json)

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
        str, typer.Option("--format", help="md、json、docx、xlsx 或 annotated（批注在 DOCX、PDF 原件上）")
    ] = "md",
    output: Output = None,
    profile: Annotated[Path | None, typer.Option("--profile", help="复核口径文件（TOML），默认全国通用")] = None,
    off: Annotated[list[str] | None, typer.Option("--off", help="停用一条规则：规则号=理由；理由留空即恢复")] = None,
    polish: Annotated[bool, typer.Option("--polish", help="由语言模型润色判定语，数字不经它的手")] = False,
    as_json: Json = False,
    strict: Strict = False,
) -> None:
    """复核一份报告：发现、通过的核对、指标卡和复核意见。"""
    from assistant import BadInput

    form = "json" if as_json else form
    if form not in ("md", "json") and output is None:
        raise BadInput(f"{form} 要写入文件，请用 -o 指明。")
    with opened(context) as assistant:
        for switch in off or ():
            rule, _, reason = switch.partition("=")
            assistant.switch(report, rule.strip(), reason)
        outcome = assistant.review_shape(report, profile, polish)
        shaped = {"md": outcome["memo"], "json": json.dumps(outcome, ensure_ascii=False)}.get(form)
        data = shaped.encode("utf-8", "replace") + b"\n" if shaped is not None else None
        if data is None:
            data = assistant.export(report, form, profile, polish)
    if output:
        output.write_bytes(data)
        console.say(f"已写入 {output}")
    else:
        sys.stdout.buffer.write(data)
    if strict and any(finding["severity"] != "提示" for finding in outcome["findings"]):
        raise typer.Exit(1)


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
    batch.give(outcome, as_json, console.evaluation)
    if least is not None and outcome["score"] < least:
        raise typer.Exit(1)


def _mutate(context: typer.Context, gold: Path, reports: list[str], as_json: bool) -> None:
    from dataclasses import asdict

    from assistant import mutation_table

    with opened(context) as assistant:
        score = assistant.mutate(gold, reports)
    batch.give(asdict(score), as_json, lambda _: console.say(mutation_table(score)))
