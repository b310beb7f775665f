"""A part of a report told: whole where it is short, by its sub-titles or items where it is long.

Of a long list each item is told by its first sentence; a title without text is never an answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.builtin.facts.lens import Lens
from assistant.builtin.layout.outline import TITLE, Part, Stretch, cited
from assistant.builtin.prose.passages import items, lead, outline, quote
from assistant.builtin.question.lexicon import pairs, reduced
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply
from ingest.quantity import quantities
from ingest.report import Block, Report, grid
from ingest.terms import sentences

LONG = 700
"""A part of more characters than this is told by the first sentence of each of its items."""
MOST = 24
"""Items of a list that are told."""
LISTS = re.compile("、.*[，；]")
"""Clauses that list things."""
BRIEF = 120
"""A section of so few characters is told in full where its title is asked for."""


def told(part: Part, only: str = "", but: str = "") -> Reply | None:
    """A part in the report's words; `only`: those sentences that hold such words, where there are some, up to the
    clause that lists what is called `but`."""
    if part.short:
        block = part.body[0]
        name = "的".join(part.titles[-2:]) if len(part.titles) > 2 else part.titles[-1]
        return Reply(f"{name}：{block.text.strip().rstrip('。；')}。", citations=(cited(part.report, block),))
    chosen = _holding(_sentences(part), re.compile(only), but) if only else []
    tables = [] if chosen else [block for block in part.body if block.kind == "table"]
    rows = [name for block in tables for name in row_names(part.report, block)]
    chosen = chosen or _subtitled(part) or _brief(part)
    said = _joined(chosen[:MOST], "、".join(rows))
    return Reply(said, citations=tuple(map(quote, chosen[:MOST]))) if said else None


def _holding(told: Sequence[Stretch], words: re.Pattern[str], but: str) -> list[Stretch]:
    """The sentences that hold some words, each with what stands behind its semicolon."""
    chosen: list[Stretch] = []
    for one in told:
        goes_on = chosen and chosen[-1].block is one.block and chosen[-1].end == one.start
        if (goes_on and chosen[-1].text.endswith("；")) or (words.search(one.text) and not one.text.endswith("：")):
            chosen.append(one)
    return [_clauses(one, words, but) for one in chosen]


def _clauses(one: Stretch, words: re.Pattern[str], but: str) -> Stretch:
    """A sentence without the clauses before the first that holds some words, where these open a list of their own, and
    without those from the one on that lists what is called `but`."""
    held = words.search(one.text)
    cut = max(one.text.rfind(mark, 0, held.start()) for mark in "，；") + 1 if held else 0
    rest = re.compile(f"[，；][^，；]{{0,4}}(?:{but})").search(one.text, held.end()) if held and but else None
    start = cut if held and LISTS.search(one.text[:cut]) else 0
    return Stretch(one.report, one.block, one.start + start, one.start + rest.start() if rest else one.end)


def _sentences(part: Part) -> list[Stretch]:
    return [
        Stretch(part.report, block, *span)
        for block in part.body
        if block.kind != "table"
        for span in sentences(block.text)
    ]


def _subtitled(part: Part) -> list[Stretch]:
    """The sub-titles of a part, each with the first sentence under it; none where it has fewer than two."""
    heads = [block for block in part.body if block.kind == "heading"]
    top = min((block.level for block in heads), default=0)
    if sum(block.level == top for block in heads) < 2:
        return []
    found = []
    for at, block in enumerate(part.body):
        first = at and part.body[at - 1].kind == "heading" and part.body[at - 1].level == top
        if block.kind == "heading" and block.level == top:
            found.append(Stretch(part.report, block, 0, len(block.text)))
        elif first and block.kind == "paragraph":
            text = Stretch(part.report, block, 0, len(block.text))
            found += [_first(one) for one in items(text) or [text]]
    return found


def _brief(part: Part) -> list[Stretch]:
    """Its paragraphs, or where they are long the first sentence of each item or paragraph."""
    blocks = [block for block in part.body if block.kind in ("paragraph", "note")]
    listed = items(part)
    if sum(len(block.text) for block in blocks) <= LONG:
        return [Stretch(part.report, block, 0, len(block.text)) for block in blocks]
    return [_first(one) for one in listed or [Stretch(part.report, block, 0, len(block.text)) for block in blocks]]


def _first(one: Stretch) -> Stretch:
    """An item without what follows its first sentence."""
    stop = re.search("[。；]", one.text)
    return Stretch(one.report, one.block, one.start, one.start + stop.end()) if stop else one


def leads(part: Part) -> list[str]:
    """What a part lists: its sub-titles, the leads of its items, or the cells of a column."""
    heads = [block.text for block in part.body if block.kind == "heading"]
    return heads or [lead(one) for one in items(part)] or [block.text for block in part.body if block.table]


def row_names(report: Report, block: Block) -> list[str]:
    """What the rows of a table without figures are about: its first column of words."""
    table = next((one for one in report.tables if one.number == block.table), None)
    texts = grid(table)[table.header_rows :] if table else []
    named = [next((text.strip() for text in row if re.search("[一-龥]{3,}", text)), "") for row in texts]
    return list(dict.fromkeys(name for name in named if name))[:MOST]


def _joined(told: Sequence[Stretch], rows: str) -> str:
    """Stretches one after the other, one that ends without a mark parted from the next."""
    said = ""
    for one in told:
        text = re.sub(r"\s*\n\s*", "", one.text).strip()
        said += text if text[-1:] in "。；：:，" else text + ("：" if one.block.kind == "heading" else "；")
    said = (said + rows).rstrip("；：")
    return said + "。" if said and not said.endswith("。") else said


def counted(plan: Plan, seen: Lens) -> Reply | None:
    """The short section whose title, with the title above it, says all that is asked (人民调解项目—年度预算安排)."""
    wanted = pairs(re.sub("的|是?多少|有|几", " ", reduced(plan.question)))
    above = ""
    best: tuple[float, Part, str] | None = None
    for part in outline(seen):
        title = part.titles[-1]
        if TITLE.fullmatch(title):
            above = title
        own = pairs(reduced(title))
        held = seen.covered(wanted, own | pairs(reduced(above)))
        mine = seen.covered(wanted, own)
        named = held >= 0.8 and mine and not title.endswith("。")
        if named and 0 < len(part.text) <= BRIEF and (best is None or held + mine > best[0]):
            best = (held + mine, part, f"{above}—{title}" if above and above != title else title)
    if best is None:
        return None
    _, part, title = best
    body = [block for block in part.body if block.kind == "paragraph"]
    text = "".join(block.text.strip() for block in body)
    return Reply(
        f"“{title}”：{text}",
        citations=tuple(cited(part.report, block) for block in body),
        counted=tuple((one.text, f"照录“{title}”原文") for one in quantities(text)),
    )
