"""Chinese table questions (IM-TQA), asked as users ask: each table becomes a small web page that is read like a report.

`python -m benchmarks.imtqa TABLES.json QUESTIONS.json [--half A|B] [--sample N] [--seed S] [--list N]`. The header
labels of the data are not used: heshu finds headers itself. An answer is right when the set of cells that it states is
exactly the set of the data. Files may be .xz. Wrong answers are to be looked at in half A of the training tables only;
half B is never looked into, it shows what that is worth on other tables.
"""

from __future__ import annotations

import argparse
import html
import json
import lzma
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant import Answer, Assistant, Settings

HALVED = 7
"""Which tables are half A and which half B."""


def main() -> None:
    """Ask every question of its own table; right by kind of question and kind of table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--half", choices=("A", "B"), help="ask of this half of the tables only")
    parser.add_argument("--sample", type=int, default=0, help="ask of this many tables only, drawn by chance")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", type=int, default=0, help="print this many wrong answers")
    given = parser.parse_args()
    tables = {one["table_id"]: one for one in load(given.tables)}
    asked: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in load(given.questions):
        if one["table_id"] in tables:
            asked[one["table_id"]].append(one)
    names = sorted(asked)
    if given.half:
        names = random.Random(HALVED).sample(names, len(names))[given.half == "B" :: 2]
    if given.sample:
        names = random.Random(given.seed).sample(names, min(given.sample, len(names)))
    total: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong = []
    for table, one, answer in answers([(tables[name], asked[name]) for name in sorted(names)]):
        good = stated(answer, table) == set(one["answer_cell_list"])
        for key in ("全部", one["question_type"], table["table_type"]):
            total[key] += 1
            right[key] += good
        if not good:
            wrong.append((table["table_id"], one["chinese_question"], one["answer_cell_list"], answer.text))
    for key in total:
        print(f"{key}\t{right[key]}/{total[key]}\t{right[key] / total[key]:.1%}")
    for line in wrong[: given.list]:
        print(*line, sep="\n    ")


def answers(
    pages: Sequence[tuple[dict[str, Any], list[dict[str, Any]]]],
) -> Iterator[tuple[dict[str, Any], dict[str, Any], Answer]]:
    """Table, question and answer, each question asked of its own table alone."""
    with tempfile.TemporaryDirectory() as home, Assistant(Settings(home=Path(home))) as assistant:
        for table, asked in pages:
            report = str(assistant.add_bytes(page(table).encode(), f"{table['table_id']}.html")["id"])
            for one in asked:
                yield table, one, assistant.ask(one["chinese_question"], [report])


def load(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON file, packed or plain."""
    data = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
    rows: list[dict[str, Any]] = json.loads(data)
    return rows


def page(table: dict[str, Any]) -> str:
    """A table of the data as a web page; a cell that covers several places is written once, with its spans."""
    matrix, texts = table["cell_ID_matrix"], table["chinese_cell_value_list"]
    done: set[tuple[int, int]] = set()
    lines = []
    for row, numbers in enumerate(matrix):
        cells = []
        for col, number in enumerate(numbers):
            if (row, col) in done:
                continue
            down, across = span(matrix, row, col, done)
            done |= {(row + r, col + c) for r in range(down) for c in range(across)}
            spans = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
            cells.append(f"<td{spans}>{html.escape(texts[number])}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<html><body><h1>{table['table_id']}</h1><table>{''.join(lines)}</table></body></html>"


def span(matrix: list[list[int]], row: int, col: int, done: set[tuple[int, int]]) -> tuple[int, int]:
    """How many rows and columns a cell covers from its top left corner."""
    number = matrix[row][col]
    across = 1
    while col + across < len(matrix[row]) and matrix[row][col + across] == number and (row, col + across) not in done:
        across += 1
    down = 1
    while row + down < len(matrix) and all(
        c < len(matrix[row + down]) and matrix[row + down][c] == number for c in range(col, col + across)
    ):
        down += 1
    return down, across


def stated(answer: Answer, table: dict[str, Any]) -> set[int]:
    """The cells that an answer states."""
    matrix = table["cell_ID_matrix"]
    return {matrix[place.row][place.col] for place in answer.cells if place.row is not None and place.col is not None}


if __name__ == "__main__":
    main()
