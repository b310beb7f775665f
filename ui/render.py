"""HTML of answers and checks for the web page. Everything from a report or a model is escaped here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from ui.phrases import Words, phrases

Shape = dict[str, Any]

KINDS = {
    "exact": "good",
    "rounded": "good",
    "derived": "good",
    "truncated": "doubt",
    "ambiguous": "doubt",
    "basis": "bad",
    "unit_slip": "bad",
    "conflict": "bad",
    "unfounded": "bad",
}
SENTENCES = {"true": "good", "false": "bad", "unknown": "doubt"}
_IMAGE_OR_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\s]*(?:\s[^)]*)?\)")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ADDRESS = re.compile(r"\b(?:https?|ftp|javascript|data):\S+", re.IGNORECASE)


def safe(text: str) -> str:
    """Text as text: no markup, no picture, no link; of a Markdown link its words are left."""
    return escape(_ADDRESS.sub("…", _IMAGE_OR_LINK.sub(r"\1", text)))


def badge(verdict: str, words: Words) -> str:
    """A verdict as a coloured label that also reads without colour."""
    return f'<span class="badge {KINDS[verdict]}">{words(f"verdict_{verdict}")}</span>'


def answer(given: Shape, words: Words, turn: int = 0) -> str:
    """An answer with badges, notes, workings and sources; `turn` tells clicks on it from clicks on another."""
    where = places(given)
    parts = [f'<div class="answer turn-{turn}">{_marked(given["answer"], given["figures"], where, words, turn)}</div>']
    if given["missing"]:
        parts.append(f'<div class="missing">{words("answer_missing")}：{safe("；".join(given["missing"]))}</div>')
    parts += [f'<div class="note">{words("answer_note")}：{safe(note)}</div>' for note in given["notes"]]
    workings = dict.fromkeys(_working(one, words, where, turn) for one in given["figures"])
    if workings:
        parts.append(_details(words("answer_figures"), list(workings)))
    if given["citations"]:
        quotes = [f"{_at(one['at'], one['place'], where, turn)}　{safe(one['quote'])}" for one in given["citations"]]
        parts.append(_details(words("answer_sources"), quotes))
    writer = words("answer_built_in") if given["writer"] == "built-in" else safe(given["writer"])
    parts.append(f'<div class="stamp">{words("answer_writer")}：{writer}</div>')
    return "".join(parts)


def places(given: Shape) -> list[Shape]:
    """Where an answer comes from: the places of its figures, then of its quotations, each once."""
    listed = [place for figure in given["figures"] for place in figure["places"]]
    listed += [cited["at"] for cited in given["citations"]]
    return list({_key(place): place for place in listed}.values())


def question(text: str) -> str:
    """What the user asked."""
    return f'<div class="asked">{safe(text)}</div>'


def said(text: str, kind: str = "note") -> str:
    """A sentence of the program: a refusal, an error, a state."""
    return f'<div class="{kind}" role="status">{safe(text)}</div>'


def fault(error: Exception, words: Words) -> str:
    """What went wrong, as the program says it; to an English reader first what kind of fault it is."""
    told = str(error)
    if words.language == "en" and _CHINESE.search(told):
        kinds = (f"fault_{kind.__name__}" for kind in type(error).__mro__)
        told = f"{words(next((kind for kind in kinds if kind in phrases()), 'fault_Exception'))} {told}"
    return said(told, "fault")


def stages(told: Sequence[tuple[str, str]], state: str) -> str:
    """How far an answer is: stages done, and the one it is at."""
    rows = "".join(f"<li><b>{safe(name)}</b>　{safe(text)}</li>" for name, text in told)
    return f'<div class="stages" role="status"><span class="spin"></span>{safe(state)}<ol>{rows}</ol></div>'


def check(checked: Shape, words: Words) -> str:
    """A checked text, sentence by sentence."""
    rows = []
    for sentence in checked["sentences"]:
        kind = SENTENCES[sentence["verdict"]]
        name = words(f"sentence_{sentence['verdict']}")
        workings = "".join(f"<li>{_working(one, words)}</li>" for one in sentence["figures"])
        rows.append(
            f'<div class="sentence {kind}"><span class="badge {kind}">{name}</span> '
            f"{safe(sentence['text'])}<ul>{workings}</ul></div>"
        )
    return "".join(rows) or said(words("check_empty"))


def _marked(text: str, figures: Sequence[Shape], where: Sequence[Shape], words: Words, turn: int) -> str:
    """The text with each judged figure marked, its verdict behind it, and a click on it leading to its source."""
    pieces, at = [], 0
    for one in sorted(figures, key=lambda figure: figure["span"][0]):
        start, end = one["span"]
        if start < at or text[start:end] != one["text"]:
            continue
        number = next((n for n, place in enumerate(where) if place in one["places"]), None)
        go = f" go at-{turn}-{number}" if number is not None else ""
        pieces.append(safe(text[at:start]))
        pieces.append(
            f'<mark class="{KINDS[one["verdict"]]}{go}" title="{escape(one["working"], quote=True)}">'
            f"{safe(one['text'])}</mark>{badge(one['verdict'], words)}"
        )
        at = end
    pieces.append(safe(text[at:]))
    return "".join(pieces).replace("\n", "<br>")


def _working(one: Shape, words: Words, where: Sequence[Shape] = (), turn: int = 0) -> str:
    labels = "；".join(_at(place, place["label"], where, turn) for place in one["places"])
    return f"{badge(one['verdict'], words)} <b>{safe(one['text'])}</b>　{safe(one['working'])}　{labels}"


def _at(place: Shape, label: str, where: Sequence[Shape], turn: int) -> str:
    """The name of a place; one that can be shown beside the answer is a click away."""
    number = next((n for n, known in enumerate(where) if _key(known) == _key(place)), None)
    go = f' class="go at-{turn}-{number}"' if number is not None else ""
    return f"<i{go}>{safe(label)}</i>"


def _key(place: Shape) -> tuple[object, ...]:
    """Two mentions of one cell or one sentence are one place."""
    names = ("report", "page", "block", "table", "row", "col")
    return (*(place[name] for name in names), tuple(place["span"] or ()))


def _details(title: str, rows: Sequence[str]) -> str:
    items = "".join(f"<li>{row}</li>" for row in rows)
    return f"<details><summary>{title}（{len(rows)}）</summary><ul>{items}</ul></details>"
