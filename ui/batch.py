"""Many requests in one run: reads them from a file or standard input, one JSON object out for each, in order."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

Shape = dict[str, Any]


def emit(value: object) -> None:
    """One JSON object on one line of standard output, UTF-8 whatever the terminal says."""
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()


def give(shape: Shape, as_json: bool, show: Callable[[Shape], None]) -> None:
    """What a command found out: as JSON, or as a person reads it."""
    if as_json:
        emit(shape)
    else:
        show(shape)


def each(
    asked: Iterable[dict[str, Any]],
    verb: Callable[[dict[str, Any]], dict[str, Any]],
    show: Callable[[dict[str, Any]], None],
    *,
    many: bool,
    as_json: bool,
) -> Iterator[dict[str, Any]]:
    """Runs a verb over requests, one object out for each, in order; a bad one in a batch stops none of the others."""
    from assistant import BadInput

    failed = 0
    for request in asked:
        known = {"id": request["id"]} if "id" in request else {}
        try:
            if "error" in request:
                raise BadInput(request["error"])
            shape = verb(request)
        except BadInput as error:
            if not many:
                raise
            failed += 1
            emit({**known, "error": str(error)})
            continue
        if many or as_json:
            emit({**known, **shape})
        else:
            show(shape)
        yield shape
    if failed:
        raise BadInput(f"{failed} 条没有完成，原因见各行的 error。")


def requests(file: Path, key: str) -> Iterable[dict[str, Any]]:
    """Lines of a batch file: plain text, or JSON objects with `key`."""
    from assistant import BadInput

    try:
        text = stdin() if str(file) == "-" else file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"读不了 {file}：{error}。请确认路径正确、文件为 UTF-8 编码。") from error
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        if not line.lstrip().startswith("{"):
            yield {key: line.strip()}
            continue
        try:
            request = json.loads(line)
        except json.JSONDecodeError as error:
            yield {"error": f"{file} 第 {number} 行不是合法的 JSON：{error}。"}
            continue
        right = isinstance(request.get(key), str)
        yield request if right else {**request, "error": f"{file} 第 {number} 行缺少“{key}”。"}


def named(inline: object, given: list[str] | None) -> list[str]:
    """Which reports a line of a batch asks: those on the command line, else those that the line names."""
    if given:
        return given
    if isinstance(inline, str):
        return [inline]
    return [str(one) for one in inline] if isinstance(inline, list) else []


def stdin() -> str:
    return sys.stdin.buffer.read().decode("utf-8", "replace")
