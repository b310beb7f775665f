"""What the benchmarks without gold share: questions made from a report are asked of it and counted by form."""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from assistant import Answer, Assistant, Settings


class Question(Protocol):
    """A question made from a report."""

    @property
    def form(self) -> str: ...
    @property
    def question(self) -> str: ...


Made = TypeVar("Made", bound=Question)


def answers(
    reports: Sequence[Path], made: Callable[[Path], Iterable[Made]], most: int, form: str = ""
) -> Iterator[tuple[Path, Made, Answer]]:
    """The questions made from each report, at most so many of a form, with their answers; `form`: only such forms."""
    with tempfile.TemporaryDirectory() as home, Assistant(Settings(home=Path(home))) as assistant:
        for path in reports:
            name = str(assistant.add(path)["id"])
            asked: Counter[str] = Counter()
            for one in made(path):
                asked[one.form] += form in one.form
                if form in one.form and asked[one.form] <= most:
                    yield path, one, assistant.ask(one.question, [name])


def counted(
    about: str | None,
    made: Callable[[Path], Iterable[Made]],
    judged: Callable[[Made, Answer], str],
    wanted: Callable[[Made], str] = lambda one: "",
    others: Sequence[str] = (),
) -> None:
    """The command of such a benchmark: prints 对, 拒答, 错 and the `others` that `judged` says, by form."""
    parser = argparse.ArgumentParser(description=(about or "").partition("\n")[0])
    parser.add_argument("reports", nargs="+", type=Path)
    parser.add_argument("--most", type=int, default=8, help="questions of one form per report")
    parser.add_argument("--form", default="", help="only forms whose names hold this")
    parser.add_argument("--list", action="store_true", help="print what is not right")
    given = parser.parse_args()
    counts: dict[str, Counter[str]] = {}
    for path, one, told in answers(given.reports, made, given.most, given.form):
        verdict = judged(one, told)
        counts.setdefault(one.form, Counter())[verdict] += 1
        if given.list and verdict != "对":
            print("｜".join((path.name, one.form, verdict, one.question, wanted(one), told.text[:150])))
    for form, count in counts.items():
        rest = "，".join(f"{verdict} {count[verdict]}" for verdict in ("拒答", "错", *others))
        print(f"{form}：{count['对']}/{count.total()}，{rest}")
