"""Conversations (对话): answers kept with their verdicts, opened again exactly, written to Markdown and Word.

Judges and rewords nothing: an exported figure carries the verdict that it was given when it was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any

from assistant import shapes
from assistant.answer import VERDICT_NAMES, Answer, Figure
from ingest.codec import dumps, loads
from ingest.errors import BadInput
from ingest.report import Place
from ingest.store.journal import Journal

CHAT_FORMS = {"md": "对话（Markdown）", "docx": "对话（公文版式 DOCX）"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")
Say = Callable[[str], str]
KEPT = 256
"""So many answers are kept as opened: each question of a chat looks back at the ones before it."""


class Conversations:
    """The chats of a journal, each under its owner: a user sees their own."""

    def __init__(self, journal: Journal, describer: Callable[[], Callable[[Place], str]]) -> None:
        """`describer` makes what says where a place is; it is made anew for each conversation shown."""
        self._journal = journal
        self._describer = describer
        self._open: Callable[[str], Answer] = lru_cache(KEPT)(partial(loads, kind=Answer))

    def turns(self, chat: str, user: str = "", last: int | None = None) -> tuple[Answer, ...]:
        """The (last) answers of a chat, oldest first; none where there is no such chat."""
        return tuple(self._open(turn) for turn in self._journal.chat(chat, user, last)) if chat else ()

    def keep(self, chat: str, given: Answer, user: str = "") -> None:
        """Add an answer to a chat; one without a chat is not kept."""
        if chat:
            self._journal.say(chat, dumps(given), owner=user)

    def listed(self, user: str = "") -> list[dict[str, Any]]:
        """Chats of a user, the latest first: `{"chat", "title"}`, the title being the first question."""
        opened = self._journal.chats(owner=user).items()
        return [{"chat": name, "title": loads(turn, Answer).question} for name, turn in opened]

    def shapes(self, chat: str, user: str = "") -> list[dict[str, Any]]:
        """A chat, answer by answer, exactly as it was given."""
        describe = self._describer()
        return [shapes.answer(given, describe) for given in self.turns(chat, user)]

    def export(self, chat: str, form: str, user: str = "") -> bytes:
        """A chat as a file in one of CHAT_FORMS. Raises BadInput for another form or a chat that is not there."""
        turns = self.turns(chat, user)
        if not turns:
            raise BadInput(f"没有名为“{chat}”的对话，或其中还没有回答。")
        if form == "md":
            return ("\n".join(_document(turns, self._describer(), _escaped)).rstrip() + "\n").encode("utf-8", "replace")
        if form == "docx":
            from assistant.review.export_docx import paper

            return paper("\n".join(_document(turns, self._describer(), _fullwidth)))
        raise BadInput(f"不能导出“{form}”，可用的有：{'、'.join(CHAT_FORMS)}。")


def _document(turns: Sequence[Answer], describe: Callable[[Place], str], say: Say) -> Iterator[str]:
    """Lines of Markdown: every question with its answer, verdicts, notes, citations and stamp."""
    yield f"# {say(turns[0].question)}"
    yield ""
    for number, given in enumerate(turns, 1):
        yield f"## {number}. {say(given.question)}"
        yield ""
        for line in given.text.splitlines():
            yield say(line)
            yield ""
        yield from _figures(given.figures, describe, say)
        for name, lines in (("缺", given.missing), ("提示", given.notes)):
            for line in lines:
                yield f"- **{name}**：{say(line)}"
        for at, cited in enumerate(given.citations, 1):
            yield f"- **出处{at}**：{say(cited.label or describe(cited.place))}：“{say(cited.quote)}”"
        yield ""
        yield say(_stamp(given))
        yield ""


def _figures(figures: Sequence[Figure], describe: Callable[[Place], str], say: Say) -> Iterator[str]:
    """The table of verdicts, one row a figure; nothing where an answer has none."""
    if not figures:
        return
    yield "| 判定 | 数字 | 算式或依据 | 位置 |"
    yield "|---|---|---|---|"
    for one in figures:
        right = f"应为{one.right}。" if one.right else ""
        where = "；".join(dict.fromkeys(describe(place) for place in one.places))
        cells = (VERDICT_NAMES[one.verdict], one.quantity.text, right + one.working, where)
        yield "| " + " | ".join(say(" ".join(cell.split())) or "—" for cell in cells) + " |"
    yield ""


def _stamp(given: Answer) -> str:
    stamp = given.stamp
    parts = (("作答", given.writer), ("用语", stamp.prompt), ("模型", stamp.model), ("向量", stamp.embedding))
    made = "；".join(f"{name} {value}" for name, value in (*parts, ("heshu", stamp.heshu)) if value)
    return f"（{made}）"


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is; ~~struck~~ figures stay struck."""
    return _SPECIAL.sub(r"\\\1", text)


def _fullwidth(text: str) -> str:
    """Text that the layout of a paper takes for no heading and no table."""
    return text.replace("|", "｜").replace("#", "＃")
