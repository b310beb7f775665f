"""HTML of answers, checks and findings for the web page. Everything from a report or a model is escaped here."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from typing import Any

Shape = dict[str, Any]

VERDICTS = {
    "exact": ("一致", "good"),
    "rounded": ("四舍五入", "good"),
    "derived": ("推算", "good"),
    "truncated": ("截断", "doubt"),
    "ambiguous": ("有歧义", "doubt"),
    "basis": ("口径不符", "bad"),
    "unit_slip": ("量级不符", "bad"),
    "conflict": ("不一致", "bad"),
    "unfounded": ("无依据", "bad"),
}
SENTENCES = {"true": ("数字均相符", "good"), "false": ("数字有误", "bad"), "unknown": ("无法判断", "doubt")}


def badge(verdict: str) -> str:
    """A verdict as a coloured label that also reads without colour."""
    name, kind = VERDICTS[verdict]
    return f'<span class="badge {kind}">{name}</span>'


def marked(text: str, figures: Sequence[Shape]) -> str:
    """The text with each judged figure marked and its verdict behind it."""
    pieces, at = [], 0
    for one in sorted(figures, key=lambda figure: figure["span"][0]):
        start, end = one["span"]
        if start < at or text[start:end] != one["text"]:
            continue
        kind = VERDICTS[one["verdict"]][1]
        title = escape(one["working"], quote=True)
        pieces.append(escape(text[at:start]))
        pieces.append(f'<mark class="{kind}" title="{title}">{escape(one["text"])}</mark>{badge(one["verdict"])}')
        at = end
    pieces.append(escape(text[at:]))
    return "".join(pieces).replace("\n", "<br>")


def answer(given: Shape) -> str:
    """An answer with badges, notes, workings and sources."""
    parts = [f'<div class="answer">{marked(given["answer"], given["figures"])}</div>']
    if given["missing"]:
        parts.append(f'<div class="missing">缺：{escape("；".join(given["missing"]))}</div>')
    parts += [f'<div class="note">提示：{escape(note)}</div>' for note in given["notes"]]
    if given["figures"]:
        parts.append(_details("数字核对", [_working(one) for one in given["figures"]]))
    if given["citations"]:
        quotes = [f"<b>{escape(one['place'])}</b>　{escape(one['quote'])}" for one in given["citations"]]
        parts.append(_details("出处", quotes))
    parts.append(f'<div class="stamp">作答：{escape(given["writer"])}</div>')
    return "".join(parts)


def check(checked: Shape) -> str:
    """A checked text, sentence by sentence."""
    rows = []
    for sentence in checked["sentences"]:
        name, kind = SENTENCES[sentence["verdict"]]
        workings = "".join(f"<li>{_working(one)}</li>" for one in sentence["figures"])
        rows.append(
            f'<div class="sentence"><span class="badge {kind}">{name}</span> '
            f"{escape(sentence['text'])}<ul>{workings}</ul></div>"
        )
    return "".join(rows) or "<p>没有可核对的文字。</p>"


def findings(outcome: Shape) -> str:
    """The findings of a review by severity, each with its evidence."""
    rows = []
    for one in outcome["findings"]:
        quotes = "".join(f"<blockquote>{escape(quote)}</blockquote>" for quote in one["quotes"])
        where = "；".join(escape(place["label"]) for place in one["places"])
        rows.append(
            f'<details class="finding"><summary><span class="badge sev-{escape(one["severity"])}">'
            f"{escape(one['severity'])}</span> {escape(one['title'])}</summary>"
            f"<p>{escape(one['fact'])}</p><p>{escape(one['working'])}</p>{quotes}"
            f'<p class="stamp">{where}</p><p>{escape(one["request"])}</p></details>'
        )
    held = f"<p>通过的核对：{len(outcome['passed'])} 项。</p>"
    return "".join(rows) + held


def source(found: Any) -> str:
    """The source of a figure: the page with boxes, or the passage or table with the place marked."""
    head = f'<p class="stamp">{escape(found.label)}</p>'
    if found.image:
        data = b64encode(found.image).decode()
        return f'{head}<img class="page" alt="{escape(found.label, quote=True)}" src="data:image/png;base64,{data}">'
    if found.rows:
        return f"{head}<p>{escape(found.caption)}</p>{grid(found.rows, found.row, found.col)}"
    return head + "".join(_passage(one) for one in found.passages)


def grid(rows: Sequence[Sequence[str]], row: int | None = None, col: int | None = None) -> str:
    """A table as read, with a row or a cell marked."""
    lines = []
    for r, texts in enumerate(rows):
        cells = "".join(
            f"<td{' class=here' if r == row and (col is None or c == col) else ''}>{escape(text)}</td>"
            for c, text in enumerate(texts)
        )
        lines.append(f"<tr>{cells}</tr>")
    return f'<div class="scroll"><table class="grid">{"".join(lines)}</table></div>'


def tables(read: Sequence[Shape]) -> str:
    """The tables of a report as read, with unit and doubts."""
    parts = []
    for one in read:
        page = f"第{one['page']}页　" if one["page"] else ""
        unit = f"　单位：{one['unit']}" if one["unit"] else ""
        doubt = f'<span class="badge doubt">未确认</span>{escape(one["doubt"])}' if not one["certain"] else ""
        parts.append(f"<p><b>{page}{escape(one['caption'])}</b>{escape(unit)}{doubt}</p>{grid(one['grid'])}")
    return "".join(parts) or "<p>这份报告里没有读到表格。</p>"


def indicators(cards: Sequence[Shape]) -> str:
    """The indicator cards: computed, conditional or missing."""
    names = {"computed": ("已算", "good"), "conditional": ("有前提", "doubt"), "missing": ("缺数据", "bad")}
    rows = []
    for one in cards:
        name, kind = names[one["status"]]
        said = f"{one['value']}{one['unit']}" if one["value"] else "；".join(one["missing"])
        formula = escape(one["formula"])
        rows.append(
            f'<tr><td>{escape(one["name"])}</td><td><span class="badge {kind}">{name}</span></td>'
            f"<td>{escape(said)}</td><td>{formula}</td><td>{escape(one['premise'])}</td></tr>"
        )
    table = f'<div class="scroll"><table class="grid">{"".join(rows)}</table></div>'
    return f"<details><summary>指标卡（{len(cards)}）</summary>{table}</details>"


def _passage(one: Any) -> str:
    if one.mark is None:
        text = escape(one.text)
    else:
        start, end = one.mark
        text = (
            f'{escape(one.text[:start])}<mark class="good">{escape(one.text[start:end])}</mark>{escape(one.text[end:])}'
        )
    return f"<p><b>{text}</b></p>" if one.heading else f"<p>{text}</p>"


def library(reports: Sequence[Shape]) -> list[list[str]]:
    """Rows of the report list."""
    keys = ("id", "title", "department", "year", "pages", "tables", "facts", "findings")
    return [[str(one[key] if one[key] is not None else "") for key in keys] for one in reports]


def _working(one: Shape) -> str:
    places = "；".join(escape(place["label"]) for place in one["places"])
    return f"{badge(one['verdict'])} <b>{escape(one['text'])}</b>　{escape(one['working'])}　<i>{places}</i>"


def _details(title: str, rows: Sequence[str]) -> str:
    items = "".join(f"<li>{row}</li>" for row in rows)
    return f"<details><summary>{title}（{len(rows)}）</summary><ul>{items}</ul></details>"


STYLE = """
.badge{display:inline-block;border-radius:4px;padding:0 6px;margin:0 4px;font-size:12px;line-height:20px;color:#fff}
.badge.good{background:#1a7f37}.badge.doubt{background:#9a6700}.badge.bad{background:#b42318}
.badge.sev-P0{background:#b42318}.badge.sev-P1{background:#9a6700}.badge.sev-P2{background:#0550ae}
.badge.sev-提示{background:#57606a}
mark.good{background:#d7f5dd;color:#111}mark.doubt{background:#fff1c2;color:#111}mark.bad{background:#ffd9d4;color:#111}
.missing,.note{border-left:3px solid #9a6700;padding-left:8px;margin:6px 0}
img.page{width:100%;border:1px solid #d0d7de}.scroll{overflow-x:auto}
table.grid{border-collapse:collapse;font-size:13px}table.grid td{border:1px solid #d0d7de;padding:2px 6px}
td.here{background:#fff1c2;color:#111;outline:2px solid #b42318}
.stamp{color:#57606a;font-size:12px}.sentence{margin:8px 0}.answer{line-height:1.9}
"""
