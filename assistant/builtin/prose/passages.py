"""Extractive answers: the report's own sentences, in order, for how, what and whatever has no figure.

Never rewrites a sentence and never joins two into a claim that neither makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.answer import Citation
from assistant.builtin.facts.lens import Lens
from assistant.builtin.layout.outline import Part, Sentence, Stretch, cited, parts, prose
from assistant.builtin.question.lexicon import content, pairs, reduced
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, say
from assistant.wording import describe
from ingest.chunk import Chunk
from ingest.quantity import quantities
from ingest.report import Block
from ingest.terms import sentences

ITEM = re.compile(
    r"(?:^|(?<=[。；：:，,\s]))(?:(?P<is>[一二三四五六七八九十]是)|(?P<nth>第[一二三四五六七八九十][，、是])|(?P<in>[（(][一二三四五六七八九十\d]+[）)])|(?P<dot>\d{1,2}[.．、](?!\d)))"
)
REASONS = re.compile(r"原因|因为|由于|所致|因(?!公|素|此|地)|受.{1,12}影响|主要是|(?<=[，,])系(?![统列数])")
ASKING = re.compile(
    r"为什么|为何|原因|怎么样|怎么做的?|怎么说|(?:表现|体现|反映|集中|难)在|怎么|怎样|如何|哪(些|几[个条项]?|[一]?[个项]|[\d一二三四五六七八九十]+[个条项]?)|什么|概括|总结|请|介绍|方面|说明|提出了?|指出了?|情况|报告|存在|吗|没有?|全部|列出|列举"
)
YEAR = re.compile(r"(?:19|20)\d\d年?度?")
CONTENTS = re.compile(r"[…．.·]{6,}")
"""A line of a table of contents, which says nothing."""
PLANNED = re.compile("目标|计划")
IDLE = re.compile("情况|概况|分析|说明|方面")
"""Words of a title that say nothing of what stands under it."""
HOW = re.compile(r"(?:怎么|怎样|如何)(?!样|说|[？?]|$)|什么(?:方式|办法)")
MANNER = re.compile(
    r"采取|采用|通过|实行|推行|按照|方式|机制|模式|先.{1,10}[后再]"
    r"|经.{2,12}(?:后|确认|审核)|由.{2,16}(?:确认|负责|审核)"
)
FIGURED = 0.3
"""The share of the words that a sentence must hold which holds the question's figure."""
LIMIT = 6
SECTION = 700
"""A section longer than this many characters is not quoted whole."""
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


def narrative(plan: Plan, seen: Lens) -> Reply | None:
    """What the report says of a topic: the section or item it names, else the nearest sentences, in reading order."""
    words = topic(plan.question)
    bare = YEAR.sub(" ", re.sub("做法|举措|措施|成效|亮点|经验", " ", words))
    return (
        named_item(seen, words)
        or (manner(seen, words) if HOW.search(plan.question) else None)
        or section(seen, words)
        or (section(seen, bare) if bare != words and pairs(bare) else None)
        or with_figure(plan, seen, words)
        or nearest(seen, words)
    )


def manner(seen: Lens, words: str) -> Reply | None:
    """How a thing is done: of the paragraphs that speak of it, the first with sentences that say by which way."""
    for score, one in ranked_sentences(seen, words)[:LIMIT]:
        told = [each for each in every(seen) if each.block is one.block and MANNER.search(each.text)]
        if score >= 0.6 and told:
            return Reply("".join(each.text.strip() for each in told), citations=tuple(map(quote, told)))
    return None


def named_item(seen: Lens, words: str) -> Reply | None:
    """The item whose lead names all of the words, told to its end (“山长制”: 一是推行“山长制”，…)."""
    wanted = pairs(words)
    for part in outline(seen):
        for one in items(part):
            if seen.covered(wanted, pairs(reduced(lead(one)))) >= 0.95:
                return Reply(one.text.strip(), citations=(quote(one),)) if len(one.text) <= ITEM_LONG else None
    return None


def section(seen: Lens, words: str) -> Reply | None:
    """The prose under a title that the words name, where it is short enough to be read whole."""
    part = headed(seen, words, floor=0.45)
    return whole(part) if part is not None and 0 < len(part.text) <= SECTION and whole(part).text else None


def with_figure(plan: Plan, seen: Lens, words: str) -> Reply | None:
    """The sentence that holds the figure by which a question means a thing (没整改完的5项是什么情况)."""
    told = [q.text for q in quantities(plan.bare) if q.unit.dimension == "count"]
    for score, one in ranked_sentences(seen, words) if told else ():
        if score >= FIGURED and any(q.text in told for q in quantities(one.text)):
            return Reply(one.text.strip(), citations=(quote(one),))
    return None


def nearest(seen: Lens, words: str) -> Reply | None:
    """The sentences that hold at least half of the words, and nearly as much as the best of them."""
    ranked = [pair for pair in ranked_sentences(seen, words) if pair[0] >= 0.5][:LIMIT]
    if not ranked:
        return None
    chosen = to_the_stop(seen, [one for score, one in ranked if score >= 0.75 * ranked[0][0]])
    return Reply("".join(one.text.strip() for one in chosen), citations=tuple(quote(one) for one in chosen))


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


def related(plan: Plan, seen: Lens) -> Reply | None:
    """What the report says of the words of a question that asks for no figure, in order; not an answer to it."""
    words = topic(plan.question)
    wanted = pairs(words)
    ranked = [(score, one) for score, one in ranked_sentences(seen, words)[:LIMIT] if score >= 0.5]
    held = frozenset().union(*(said(one) for _, one in ranked))
    if not ranked or seen.covered(wanted, held) < 0.7:
        return None
    chosen = sorted((one for score, one in ranked if score >= 0.7 * ranked[0][0]), key=in_order)
    return Reply(
        say("related", text="".join(one.text.strip() for one in chosen)), citations=tuple(quote(one) for one in chosen)
    )


def _opens(one: Sentence) -> bool:
    """Whether a sentence is the name of the item that its paragraph is."""
    return not one.start and bool(ITEM.match(one.block.text)) and len(one.block.text) <= ITEM_LONG


def retrieved(plan: Plan, seen: Lens, chunks: Sequence[Chunk]) -> Reply | None:
    """The best passage of the retrieval that holds at least half of what is asked about, quoted whole."""
    wanted = pairs(topic(plan.question))
    for chunk in chunks:
        if "｜" in chunk.text:
            continue  # rows of a table tell nothing: its prose is among the sentences
        held = seen.covered(wanted, pairs(reduced("/".join(chunk.section) + chunk.text)))
        if chunk.places and held >= 0.5 and len(chunk.text) <= SECTION:
            place = chunk.places[0]
            label = describe(place, seen.reports[place.report])
            return Reply(chunk.text, citations=(Citation(place, chunk.text, label),))
    return None
