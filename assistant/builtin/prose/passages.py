"""The prose of a report as roads tell it: sentences, titled parts, items of lists; which of them hold some words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.answer import Citation
from assistant.builtin.facts.lens import Lens
from assistant.builtin.layout.outline import Part, Sentence, Stretch, cited, parts, prose
from assistant.builtin.question.lexicon import content, pairs, reduced
from assistant.builtin.reply import Reply
from ingest.report import Block
from ingest.terms import sentences

ITEM = re.compile(
    r"(?:^|(?<=[。；：:，,\s]))(?:(?P<is>[一二三四五六七八九十]是)|(?P<nth>第[一二三四五六七八九十][，、是])|(?P<in>[（(][一二三四五六七八九十\d]+[）)])|(?P<dot>\d{1,2}[.．、](?!\d)))"
)
REASONS = re.compile(r"原因|因为|由于|所致|因(?!公|素|此|地)|受.{1,12}影响|主要是|(?<=[，,])系(?![统列数])")
ASKING = re.compile(
    r"(?:开展|进行|推进|落实|实施|组织)得|为什么|为何|原因|怎么样|怎么做的?|怎么说|(?:表现|体现|反映|集中|难)在|怎么|怎样|如何|哪(些|几[个条项]?|[一]?[个项]|[\d一二三四五六七八九十]+[个条项]?)|什么|概括|总结|请|介绍|方面|说明|提出了?|指出了?|情况|报告|存在|吗|没有?|全部|列出|列举"
)
YEAR = re.compile(r"(?:19|20)\d\d年?度?")
CONTENTS = re.compile(r"[…．.·]{6,}")
"""A line of a table of contents, which says nothing."""
PLANNED = re.compile("目标|计划")
IDLE = re.compile("情况|概况|分析|说明|方面")
"""Words of a title that say nothing of what stands under it."""
LIMIT = 6
ITEM_LONG = 300
"""An item longer than this is told by its nearest sentences alone."""


def every(seen: Lens) -> Sequence[Sentence]:
    """All visible sentences in reading order, those that stand in cells of tables among them."""
    if not seen.sentences:
        spans = (
            (reading.report, block, start, end)
            for reading in seen.readings
            for block in prose(reading.report)
            if not CONTENTS.search(block.text)
            for start, end in sentences(block.text)
        )
        seen.sentences.append(tuple(Sentence(*span, order) for order, span in enumerate(spans)))
    return seen.sentences[0]


def outline(seen: Lens) -> Sequence[Part]:
    """The titled parts of all reports, in reading order."""
    if not seen.parts:
        seen.parts.append(tuple(part for reading in seen.readings for part in parts(reading.report)))
    return seen.parts[0]


def quote(one: Stretch) -> Citation:
    """The citation of a sentence."""
    return cited(one.report, one.block, one.start, one.end)


def verbatim(*told: Stretch) -> Reply:
    """Sentences in the report's own words, each cited."""
    return Reply("".join(one.text.strip() for one in told), citations=tuple(map(quote, told)))


def in_order(one: Sentence) -> int:
    """Where a sentence stands."""
    return one.order


def topic(text: str) -> str:
    """What a question is about, without its asking words."""
    return " ".join(words for part in ASKING.sub(" ", text).split() if (words := content(part)))


def known(seen: Lens, wanted: frozenset[str], least: float = 0.66) -> frozenset[str]:
    """The pairs that the reports use, where few of those asked for are strange to them; else all, so that what no
    report speaks of is not answered."""
    used = frozenset(pair for pair in wanted if pair in seen.weights)
    return used if len(used) >= least * len(wanted) else wanted


def items(one: Part | Stretch) -> list[Stretch]:
    """The enumerated stretches (一是…二是…) of a text or of the paragraphs of a part; empty where there are none.

    Marks of the first kind cut; others stand within an item.
    """
    if isinstance(one, Part):
        blocks = (Stretch(one.report, block, 0, len(block.text)) for block in one.body if block.kind == "paragraph")
        return [item for block in blocks for item in items(block)]
    marks = list(ITEM.finditer(one.text))
    marks = [mark for mark in marks if mark.lastgroup == marks[0].lastgroup]
    if not marks or (len(marks) < 2 and marks[0].start()):
        return []
    cuts = [one.start + mark.start() for mark in marks] + [one.end]
    return [Stretch(one.report, one.block, *span) for span in pairwise(cuts)]


def lead(one: Stretch) -> str:
    """The first sentence of an item, which names it, without its number."""
    return re.split(r"[。；]", ITEM.sub("", one.text, count=1).strip())[0].strip("，。；： ")


def whole(part: Part) -> Reply:
    """The prose of a part, cited paragraph by paragraph."""
    told = [block for block in part.body if block.kind in ("paragraph", "note")]
    return Reply("".join(block.text.strip() for block in told), citations=tuple(cited(part.report, b) for b in told))


def headed(seen: Lens, words: str, floor: float = 0.3) -> Part | None:
    """The part whose title the words name best; None where no title does."""
    wanted = pairs(words)
    best, chosen = floor, None
    for part in outline(seen):
        own = pairs(IDLE.sub(" ", reduced(part.titles[-1]))) or pairs(reduced(part.titles[-1]))
        if part.short:
            continue
        fit = seen.covered(wanted, own) * (0.5 + 0.5 * seen.covered(own, wanted))
        if PLANNED.search("".join(part.titles[:-1])) and not re.search("目标|计划|打算", words):
            fit *= 0.6
        if fit > best:
            best, chosen = fit, part
    return chosen


def said(one: Stretch) -> frozenset[str]:
    """The pairs of a sentence and of the title it stands under."""
    return pairs(reduced(one.text)) | pairs(reduced("/".join(one.block.section[-1:])))


def ranked_sentences(seen: Lens, words: str) -> list[tuple[float, Sentence]]:
    """Sentences by how much of the words they hold, the nearer heading counting too; best first.

    A year alone makes no sentence one of what was asked: without it no more may be missing than with it.
    """
    asked = {known(seen, one) for one in {pairs(words), pairs(YEAR.sub(" ", words))} if one}
    scored = []
    for one in every(seen):
        own = pairs(reduced(one.text))
        near = pairs(reduced("/".join(one.block.section[-2:]))) - own
        score = min((seen.covered(wanted, own) + 0.6 * seen.covered(wanted, near) for wanted in asked), default=0.0)
        if score:
            scored.append((score, one))
    scored.sort(key=lambda pair: (-round(pair[0], 3), pair[1].order))
    return scored


def to_the_stop(seen: Lens, best: Sequence[Sentence]) -> list[Sentence]:
    """The sentences in reading order, each with what stands behind its semicolons, up to the full stop; an item that
    a sentence only opens is told whole, and so is the paragraph that a line without a stop heads."""
    taken = {one.order for one in best} | {order for one in best for order in _listed(seen, one)}
    opened = {id(one.block) for one in best if _opens(one)}
    told: list[Sentence] = []
    for one in every(seen):
        goes_on = bool(told) and told[-1].block is one.block and told[-1].order == one.order - 1
        if told and told[-1].order == one.order - 1 and _headed(told[-1].block, one.block):
            opened.add(id(one.block))
            taken.add(one.order)
        if one.order in taken or (
            goes_on and (told[-1].text.rstrip().endswith(("；", "：")) or id(one.block) in opened)
        ):
            told.append(one)
    return told


def _listed(seen: Lens, lead: Sentence) -> Iterator[int]:
    """The sentences of the numbered paragraphs that a paragraph announces with its last words (重点任务如下：)."""
    if not lead.text.rstrip().endswith("："):
        return
    mark = ""
    for one in every(seen)[lead.order + 1 :]:
        if one.block is lead.block:
            return
        own = ITEM.match(one.block.text)
        if own is None or (mark and own.lastgroup != mark):
            return
        mark = own.lastgroup or ""
        yield one.order


STOP = re.compile("[。；！？：:;…]\\s*$")
"""The end of a sentence, or of the lead of a list."""


def heads(block: Block) -> bool:
    """Whether a paragraph is a line without a stop that may head the next (做法一：“一窗通查”)."""
    return block.kind == "paragraph" and not STOP.search(block.text)


def _headed(block: Block, behind: Block) -> bool:
    own = behind is not block and heads(block) and not heads(behind)
    return own and behind.kind == "paragraph" and behind.section == block.section


def enumerating(text: str, words: str) -> str:
    """The one clause of a sentence that lists the things asked for, and says all that it says of them."""
    said = pairs(words) & pairs(reduced(text))
    clauses = [part for part in re.split("[，；]", text) if "、" in part and said <= pairs(reduced(part))]
    return clauses[0].strip("，；。 ") + "。" if said and len(clauses) == 1 else ""


def _opens(one: Sentence) -> bool:
    """Whether a sentence is the name of the item that its paragraph is."""
    return not one.start and bool(ITEM.match(one.block.text)) and len(one.block.text) <= ITEM_LONG
