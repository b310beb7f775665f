"""Cells of one table asked for clause by clause (X的到位率是多少，结余多少，偏差原因是什么), figures and words alike.

Every word of the question must be a name of the table or ask; what asks for more is left to others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answer import Citation
from assistant.builtin.facts.doubts import rivals
from assistant.builtin.facts.lens import Lens
from assistant.builtin.layout.layers import At
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, conflict, stated
from assistant.builtin.tables.by_name import THING, ByName, by_names
from assistant.builtin.tables.rows import REASON, prose_reason
from assistant.builtin.tables.tabled import page
from assistant.wording import describe
from ingest.fact import Fact
from ingest.layout.headers import is_filler
from ingest.layout.words import squeeze
from ingest.report import Place, grid

ASKING = "(?:各自?|分别)?(?:[是为有达])*(?:多少|几|多大|什么|怎样)(?:万元|亿元|元|个百分点|个|人|名|家|份|分|条)?|呢"
WHY = re.compile(
    r"[，；](?:为什么|为何|其?(?:主要)?(?:偏差|扣分|偏低|差距|(?:未|没有?)(?:完成|达标|达到|得满分))*原因)[一-龥]{0,6}$"
)
"""The last clause asks why, by no name of the table."""
TURNS = re.compile(rf"^{THING}(?:{ASKING})?(?:(?:[和与及跟、，；]|以及|还有)+{THING}(?:{ASKING})?)*$")
ASKS = re.compile(ASKING)


def in_turn(question: str, plan: Plan, seen: Lens) -> Reply | None:
    """The cells named one after the other, in the one table whose names are all that the question says."""
    if "，" not in question and "？" not in question.strip("？"):
        return None
    told = [
        reply
        for one in by_names(seen, re.sub("[？?]", "，", question.rstrip("？?。 ")), plan.bare)
        if (reply := _told(one, seen)) is not None
    ]
    return told[0] if len({(reply.facts, reply.citations) for reply in told}) == 1 else None


def _told(one: ByName, seen: Lens) -> Reply | None:
    shape = one.shape
    why = WHY.search(shape)
    asked = shape[: why.start()] if why else shape
    cells = one.cells
    if not TURNS.match(asked) or not ASKS.search(shape) or any(len(over) != 1 for over in cells):
        return None
    ats = [next(iter(over)) for over in cells]
    rows = {at[0] for at in ats}
    if why:
        ats += _reasons(one, rows)
    if len(set(ats)) < 2 or len(set(ats)) < len(ats):
        return None
    made = [_cell(one, at, seen) for at in ats]
    text = "；".join(said for said, _, _ in made) + "。"
    if why and len(ats) == len(cells):
        reason = prose_reason(seen, one.subject(ats[0])) if len(rows) == 1 else ""
        if not reason:
            return None
        text += f"原因：{reason}。"
    return Reply(
        text, tuple(fact for _, facts, _ in made for fact in facts), tuple(quote for _, _, quote in made if quote)
    )


def _reasons(one: ByName, rows: set[int]) -> Iterator[At]:
    """The cells of reasons of these rows, where they say anything."""
    texts = grid(one.table)
    for row in sorted(rows):
        for col in range(one.table.cols):
            head = "".join(texts[top][col] for top in range(one.table.header_rows))
            if REASON.search(head) and (row, col) in one.layer.cells and not is_filler(texts[row][col]):
                yield row, col


def _cell(one: ByName, at: At, seen: Lens) -> tuple[str, tuple[Fact, ...], Citation | None]:
    """One cell in words, with what the report says against its figure; an empty one is said to be empty."""
    fact = one.figures.get(at)
    if fact is not None:
        side = (fact, *rivals(seen, fact))
        return (conflict(seen, side) if len(side) > 1 else stated(seen, fact)), side, None
    place = Place(one.report.id, page(one.table, *at), one.table.block, one.table.number, *at)
    row = "｜".join(dict.fromkeys(text.strip() for text in grid(one.table)[at[0]] if text.strip()))
    name, text = one.label(at), squeeze(grid(one.table)[at[0]][at[1]])
    said = f"{name}未填（{f'“{text}”' if text else '空白'}，不等于0）" if is_filler(text) else f"{name}：{text}"
    return said, (), Citation(place, row, describe(place, one.report))
