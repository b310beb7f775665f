"""Sections that reports of one kind all have (主要职责、机构设置): found by their usual titles, told to their end.

Of a long list each item is told by its first sentence; a title without text is never an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answer import Citation
from assistant.builtin.lens import Lens
from assistant.builtin.lexicon import lexicon, pairs, reduced
from assistant.builtin.passages import ITEM, LIMIT
from assistant.builtin.plan import Plan
from assistant.builtin.reply import Reply
from assistant.wording import describe
from ingest.quantity import quantities
from ingest.report import Block, Place, Report, grid

TITLE = re.compile(r"[^，。；：:！？…\d]{2,30}(?:职责|职能|设置|说明|解释|情况|概况|构成|介绍)")
"""A line that is a title though the reader took it for a paragraph."""
HOW_MANY = re.compile(r"多少|几[个家所名]")
MOST = 24
"""Items of a list that are told."""
BRIEF = 120
"""A section of so few characters is told in full where its title is asked for."""


def told(plan: Plan, seen: Lens) -> Reply | None:
    """主要职责是什么, 有哪些下属单位: the section that such reports keep for it."""
    return None if HOW_MANY.search(plan.question) else _known(plan, seen)


def counted(plan: Plan, seen: Lens) -> Reply | None:
    """有几个下属单位, where no figure says so: the section that lists them; 年度预算安排, where it stands alone."""
    return (_known(plan, seen) if HOW_MANY.search(plan.question) else None) or _titled(plan, seen)


def _known(plan: Plan, seen: Lens) -> Reply | None:
    if re.search("原因|为什么|万元|金额|预算是|经费|支出", plan.question):
        return None
    for row in lexicon()["section"]:
        asked = re.search(row["asked"], plan.question)
        if not asked:
            continue
        for report, title, body in sections(seen):
            text = "".join(block.text for block in body if block.kind == "paragraph")
            titled = text and re.search(row["heading"], title) and re.search(row["says"], text)
            if titled and _speaks(asked[0], title, text):
                return _reply(report, body)
    return None


def _speaks(asked: str, title: str, text: str) -> bool:
    """Whether the section speaks of what is asked at all: 内设机构 are no 下属单位."""
    wanted = pairs(re.sub("哪些|[一-龥]个", " ", reduced(asked)))
    said = pairs(reduced(title)) | pairs(reduced(text))
    return len(wanted) < 2 or len(wanted & said) * 2 >= len(wanted)


def sections(seen: Lens) -> Iterator[tuple[Report, str, list[Block]]]:
    """(report, title, prose under it) of every titled section, in reading order."""
    for reading in seen.readings:
        blocks = reading.report.blocks
        for block in blocks:
            if block.kind == "heading" or is_title(block):
                yield reading.report, block.text, list(_under(blocks, block))


def is_title(block: Block) -> bool:
    """A short line without a sentence that names a section."""
    return block.kind == "paragraph" and bool(TITLE.fullmatch(re.sub(r"^\d{4}年", "", block.text.strip())))


def _under(blocks: tuple[Block, ...], title: Block) -> Iterator[Block]:
    for block in blocks[title.index + 1 :]:
        ends = block.level <= title.level if title.kind == "heading" else True
        if is_title(block) or (block.kind == "heading" and ends) or block.kind in ("caption", "title"):
            return
        if block.kind in ("paragraph", "table") and not block.hidden:
            yield block


def _reply(report: Report, body: list[Block]) -> Reply | None:
    """The prose of a section; of a list longer than a few items each item's first sentence."""
    listed = [block for block in body if ITEM.match(block.text)]
    rows = [name for block in body if block.kind == "table" for name in row_names(report, block)]
    body = [block for block in body if block.kind != "table"]
    brief = len(listed) > LIMIT or sum(len(block.text) for block in body) > 700
    said: list[str] = []
    quotes: list[Citation] = []
    for block in body:
        text = _first(block.text) if brief and block in listed else block.text.strip()
        if brief and block not in listed and listed and block.index > listed[0].index:
            continue  # a broken line of an item
        if text and text not in said and len(said) < MOST:
            said.append(text)
            quotes.append(_cited(report, block, text))
    return Reply(_joined([*said, "、".join(rows)] if rows else said), citations=tuple(quotes)) if said else None


def row_names(report: Report, block: Block) -> list[str]:
    """What the rows of a table without figures are about: its first column of words."""
    table = next((one for one in report.tables if one.number == block.table), None)
    texts = grid(table)[table.header_rows :] if table else []
    named = [next((text.strip() for text in row if re.search("[一-龥]{3,}", text)), "") for row in texts]
    return list(dict.fromkeys(name for name in named if name))[:MOST]


def _joined(parts: list[str]) -> str:
    """Parts one after the other, an item that ends without a mark parted from the next."""
    said = "".join(part if part[-1:] in "。；：:，" else part + "；" for part in parts)
    return said.rstrip("；") + ("" if said.endswith("。") else "。")


def _first(text: str) -> str:
    return re.split(r"(?<=[。；])", text.strip())[0]


def _cited(report: Report, block: Block, text: str) -> Citation:
    start = max(0, block.text.find(text[:12]))
    place = Place(report.id, block.page, block.index, span=(start, start + len(text)))
    return Citation(place, text, describe(place, report))


def _titled(plan: Plan, seen: Lens) -> Reply | None:
    """The short section whose title, with the title above it, says all that is asked (人民调解项目—年度预算安排)."""
    wanted = pairs(re.sub("的|是?多少|有|几", " ", reduced(plan.question)))
    weight = seen.weight(wanted)
    above = ""
    best: tuple[float, Report, str, list[Block]] | None = None
    for report, title, body in sections(seen):
        if TITLE.fullmatch(title):
            above = title
        own = pairs(reduced(title))
        held = seen.weight(wanted & (own | pairs(reduced(above)))) / weight if weight else 0
        mine = seen.weight(wanted & own) / weight if weight else 0
        text = "".join(block.text for block in body)
        if held >= 0.8 and mine and text and len(text) <= BRIEF and (best is None or held + mine > best[0]):
            best = (held + mine, report, f"{above}—{title}" if above and above != title else title, body)
    if best is None:
        return None
    _, report, title, body = best
    body = [block for block in body if block.kind == "paragraph"]
    text = "".join(block.text.strip() for block in body)
    return Reply(
        f"“{title}”：{text}",
        citations=tuple(_cited(report, block, block.text.strip()) for block in body),
        counted=tuple((one.text, f"照录“{title}”原文") for one in quantities(text)),
    )
