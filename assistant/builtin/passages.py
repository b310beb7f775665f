"""Extractive answers: the report's own sentences, in order, for why, how, what and where.

Never rewrites a sentence and never joins two into a claim that neither makes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.builtin.lens import Lens
from assistant.builtin.lexicon import content, lexicon, pairs, reduced
from assistant.builtin.plan import Plan
from assistant.builtin.reply import Reply
from assistant.builtin.rows import row_text
from assistant.wording import describe
from ingest.chunk import Chunk
from ingest.quantity import quantities
from ingest.report import Block, Place, Report
from ingest.terms import sentences

ITEM = re.compile(
    r"(?:^|(?<=[。；：:，,\s]))(?:[一二三四五六七八九十]是|第[一二三四五六七八九十][，、是]|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.．、](?!\d))"
)
REASONS = re.compile(r"原因|因为|由于|所致|因(?!公|素|此|地)|受.{1,12}影响|主要是")
ASKING = re.compile(
    r"为什么|为何|原因|怎么样|怎么说|怎样|如何|哪(些|几[个条项]?|个|[\d一二三四五六七八九十]+[个条项]?)|什么|概括|总结|请|介绍|方面|说明|提出了?|指出了?|情况|报告|存在|吗|没有?|全部"
)
CONTENTS = re.compile(r"[…．.·]{6,}")
"""A line of a table of contents, which says nothing."""
LIMIT = 6


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report with its place."""

    report: Report
    block: Block
    start: int
    end: int
    order: int

    @property
    def text(self) -> str:
        return self.block.text[self.start : self.end]


def every(seen: Lens) -> Sequence[Sentence]:
    """All visible sentences in reading order."""
    if not seen.sentences:
        spans = (
            (report, block, start, end)
            for report, block in seen.blocks()
            if not CONTENTS.search(block.text)
            for start, end in sentences(block.text)
        )
        seen.sentences.append(tuple(Sentence(*span, order) for order, span in enumerate(spans)))
    return seen.sentences[0]


def quote(one: Sentence) -> Citation:
    """The citation of a sentence."""
    place = Place(one.report.id, one.block.page, one.block.index, span=(one.start, one.end))
    return Citation(place, one.text.strip(), describe(place, one.report))


def topic(text: str) -> str:
    """What a question is about, without its asking words."""
    return " ".join(content(ASKING.sub(" ", text)).split())


def items(text: str) -> list[str]:
    """The enumerated parts of a paragraph (一是…二是…), without their numbers; empty where there are none."""
    marks = list(ITEM.finditer(text))
    if len(marks) < 2:
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [text[mark.end() : end].strip().strip("；;") for mark, end in zip(marks, ends, strict=True)]


def headed(seen: Lens, words: str, floor: float = 0.3) -> list[tuple[Report, Block]]:
    """Paragraphs under the heading that the words name best, in order; empty where no heading does."""
    wanted = pairs(words)
    best, chosen = 0.0, None
    for reading in seen.readings:
        for block in reading.report.blocks:
            if block.kind == "heading" and wanted:
                own = pairs(reduced(block.text))
                held = seen.weight(wanted & own)
                fit = held / seen.weight(wanted) * (0.5 + 0.5 * held / (seen.weight(own) or 1))
                if re.search("目标|计划", "".join(block.section)) and not re.search("目标|计划|打算", words):
                    fit *= 0.6
                if fit > best:
                    best, chosen = fit, (reading.report, block)
    if chosen is None or best < floor:
        return []
    report, heading = chosen
    return [(report, block) for block in _under(report, heading)]


def _under(report: Report, heading: Block) -> list[Block]:
    found = []
    for block in report.blocks[heading.index + 1 :]:
        if block.kind == "heading" and block.level <= heading.level:
            break
        if block.kind == "paragraph" and not block.hidden:
            found.append(block)
    return found


def listed(plan: Plan, seen: Lens) -> Reply | None:
    """Enumerated things: the items under a heading that the question names, or of the sentence that names them."""
    words = topic(plan.question)
    for finder in (_quoted_term, _under_heading, _section, _in_sentence):
        reply = finder(plan, seen, words)
        if reply:
            return reply
    return None


def _quoted_term(plan: Plan, seen: Lens, words: str) -> Reply | None:
    """“三个新模式”指什么: what follows the term where the report explains it."""
    match = re.search(r"“([^”]{2,30})”|《([^》]{2,40})》", plan.question)
    if not match or not re.search(r"指|是|包括|内容|哪", plan.question):
        return None
    term = match[1] or match[2]
    counted = quantities(term)
    if counted and (told := _so_many(seen, term, int(counted[0].value))):
        return told
    best: Sentence | None = None
    for one in every(seen):
        at = one.text.find(term)
        if (
            at >= 0
            and len(re.findall(r"、|；", one.text[at:])) >= 1
            and (best is None or len(one.text) > len(best.text))
        ):
            best = one if best is None else best
    if best is None:
        return None
    clauses = [part for part in re.split(r"；", best.text) if term in part]
    after = best.text[best.text.find(term) :]
    following = every(seen)[best.order + 1] if best.order + 1 < len(every(seen)) else None
    said = clauses[0] if clauses and "、" in clauses[0].split(term)[1] else after
    if following is not None and "、" not in said.split(term)[-1]:
        said += following.text
    return Reply(said.strip("。；") + "。", citations=(quote(best),))


def _so_many(seen: Lens, term: str, count: int) -> Reply | None:
    """The clause behind a term with a number (“五个突破”) that lists just so many things."""
    told = every(seen)
    for one in told:
        at = one.text.find(term)
        if at < 0 or count < 2:
            continue
        rest = [one.text[at + len(term) :], *(nxt.text for nxt in told[one.order + 1 : one.order + 3])]
        for step, text in enumerate(rest):
            listed_here = next((part for part in re.split("[，。；：]", text) if part.count("、") == count - 1), "")
            if listed_here:
                source = told[one.order + step]
                return Reply(listed_here.strip("”“") + "。", citations=(quote(one), quote(source)))
    return None


PLANS = re.compile(r"打算|下一步|改进|今后|整改")
PLANNED = ("下一步改进措施", "改进措施", "下一步措施", "下一步打算", "下一步工作", "有关建议")
"""What reports call the section on what they are going to do."""


def _under_heading(plan: Plan, seen: Lens, words: str) -> Reply | None:
    blocks = headed(seen, words)
    if not blocks and PLANS.search(plan.question):
        blocks = next((found for name in PLANNED if (found := headed(seen, name, 0.5))), [])
    measures = _measures(plan, blocks)
    if measures is not None:
        return measures
    leads, quotes = [], []
    for report, block in blocks:
        parts = items(block.text) or ([block.text] if ITEM.match(block.text) else [])
        for part in parts:
            leads.append(_lead(part))
            quotes.append(_cut(report, block, part))
    if len(leads) < 2:
        return None
    return Reply("；".join(dict.fromkeys(leads)) + "。", citations=tuple(quotes))


NEXT = re.compile(r"下一步|改进措施|整改措施|今后|我局将|将(?=从|进一步|完善|加强)")


def _measures(plan: Plan, blocks: Sequence[tuple[Report, Block]]) -> Reply | None:
    """Of a section on problems and measures, the sentences from 下一步 on when measures are asked for."""
    if not re.search("措施|建议|打算|下一步|怎么改", plan.question) or re.search("问题", plan.question):
        return None
    for report, block in blocks:
        spans = sentences(block.text)
        start = next((at for at, _ in spans if NEXT.search(block.text[at : at + 16])), None)
        if start is not None and ITEM.search(block.text[:start] or " "):
            place = Place(report.id, block.page, block.index, span=(start, len(block.text)))
            text = block.text[start:].strip()
            return Reply(text, citations=(Citation(place, text, describe(place, report)),))
    return None


def _section(plan: Plan, seen: Lens, words: str) -> Reply | None:
    return _whole_section(seen, words)


def _lead(part: str) -> str:
    """The first sentence of an item, which names it."""
    return ITEM.sub("", re.split(r"[。；]", part)[0]).strip("，。；")


def _cut(report: Report, block: Block, part: str) -> Citation:
    at = max(0, block.text.find(part[:12]))
    stop = block.text.find("。", at)
    end = stop + 1 if stop >= 0 else len(block.text)
    place = Place(report.id, block.page, block.index, span=(at, end))
    return Citation(place, block.text[at:end], describe(place, report))


def _in_sentence(plan: Plan, seen: Lens, words: str) -> Reply | None:
    ranked = ranked_sentences(seen, words)
    if not ranked or ranked[0][0] < 0.55:
        return None
    one = ranked[0][1]
    return Reply(one.text.strip(), citations=(quote(one),))


def ranked_sentences(seen: Lens, words: str) -> list[tuple[float, Sentence]]:
    """Sentences by how much of the words they hold, the nearer heading counting too; best first."""
    wanted = pairs(words)
    weight = seen.weight(wanted)
    if not weight:
        return []
    scored = []
    for one in every(seen):
        said = pairs(reduced(one.text))
        near = pairs(reduced("/".join(one.block.section[-2:])))
        held = seen.weight(wanted & said) + 0.6 * seen.weight((wanted & near) - said)
        if held:
            scored.append((held / weight, one))
    scored.sort(key=lambda pair: (-round(pair[0], 3), pair[1].order))
    return scored


def why(plan: Plan, seen: Lens) -> Reply | None:
    """Reasons: sentences that name the thing and give a reason, or stand right behind it; the row's own reasons."""
    if plan.kind == "narrative" and re.search("问题|不足|措施|建议|做法|成效", plan.question):
        return None  # a list of them is wanted, not one with its reason
    moves = "|".join((*lexicon()["direction"]["up"], *lexicon()["direction"]["down"]))
    words = topic(plan.question)
    bare = re.sub(rf"这么[多少高低大快]?|{moves}", " ", words)
    said: list[str] = []
    quotes: list[Citation] = []
    every_one = every(seen)
    ranked = ranked_sentences(seen, words)
    ranked = ranked if ranked and ranked[0][0] >= 0.5 else ranked_sentences(seen, bare)
    for score, one in ranked[:12]:
        if score < 0.5 or len(said) >= LIMIT:
            continue
        behind = _ground(every_one, one)
        for each in (one, *behind) if REASONS.search(one.text) else behind:
            if each.text.strip() not in said:
                said.append(each.text.strip())
                quotes.append(quote(each))
    for ask in plan.asks:
        cell = row_text(seen, ask, re.compile("原因|偏差"))
        if cell and all(cell[0] not in text for text in said):
            said.append(f"表中填写的原因：{cell[0]}。")
            quotes.append(cell[1])
    if not said:
        return None
    more = _measures_behind(plan, seen, quotes)
    return Reply("".join(said + [one.text.strip() for one in more]), citations=(*quotes, *(quote(one) for one in more)))


def _ground(told: Sequence[Sentence], one: Sentence) -> list[Sentence]:
    """The reason that stands right behind a sentence, or later in the paragraph that it opens."""
    near = [nxt for nxt in told[one.order + 1 : one.order + 2] if nxt.block.section == one.block.section]
    opened = told[one.order + 1 : one.order + 6] if not one.block.text[: one.start].strip() else []
    same = [nxt for nxt in opened if nxt.block is one.block]
    return next(([nxt] for nxt in near if GROUND.match(nxt.text.strip())), []) or next(
        ([nxt] for nxt in same if REASONS.search(nxt.text)), []
    )


GROUND = re.compile(r"^(其?主要)?原因|^(这)?主要(是|因|由于)|^由于|^因|^受.{1,20}影响")


def _measures_behind(plan: Plan, seen: Lens, quotes: Sequence[Citation]) -> list[Sentence]:
    """The 措施 that follow the reason in the same section, where the question asks for them too."""
    if "措施" not in plan.question or not quotes:
        return []
    last = quotes[-1].place
    rest = [one for one in every(seen) if one.report.id == last.report and one.block.index >= (last.block or 0)]
    first = next((one for one in rest if re.search("措施", one.text)), None)
    if first is None or first.block.section != rest[0].block.section:
        return []
    same = [one for one in rest if one.order >= first.order and one.block.section == first.block.section]
    return [one for one in same if not HEAD.match(one.text.strip())][:LIMIT]


HEAD = re.compile(r"^[（(][一二三四五六七八九十]+[）)]")


def narrative(plan: Plan, seen: Lens) -> Reply | None:
    """What the report says of a topic: the section it names, else the sentences nearest to it, in reading order."""
    words = topic(plan.question)
    listing = _under_heading(plan, seen, words)
    if listing:
        return listing
    ranked = [pair for pair in ranked_sentences(seen, words) if pair[0] >= 0.5][:LIMIT]
    section = _whole_section(seen, words)
    bare = re.sub("做法|举措|措施|成效|亮点|经验", " ", words)
    section = section or (_whole_section(seen, bare) if bare != words and pairs(bare) else None)
    if section:
        return section
    if not ranked:
        return None
    best = [one for score, one in ranked if score >= 0.75 * ranked[0][0]]
    chosen = _to_the_stop(seen, best)
    return Reply("".join(one.text.strip() for one in chosen), citations=tuple(quote(one) for one in chosen))


def _to_the_stop(seen: Lens, best: Sequence[Sentence]) -> list[Sentence]:
    """The sentences in reading order, each with what stands behind its semicolons, up to the full stop."""
    taken = {one.order for one in best}
    told: list[Sentence] = []
    for one in every(seen):
        goes_on = bool(told) and told[-1].block is one.block and told[-1].order == one.order - 1
        if one.order in taken or (goes_on and told[-1].text.rstrip().endswith(("；", "："))):
            told.append(one)
    return told


SECTION = 700
"""A section longer than this many characters is not quoted whole."""


def _whole_section(seen: Lens, words: str) -> Reply | None:
    """The prose under a heading that the words name, where it is short enough to be read whole."""
    blocks = headed(seen, words, floor=0.45)
    text = "".join(block.text.strip() for _, block in blocks)
    if not 0 < len(text) <= SECTION:
        return None
    quotes = []
    for report, block in blocks:
        place = Place(report.id, block.page, block.index, span=(0, len(block.text)))
        quotes.append(Citation(place, block.text.strip(), describe(place, report)))
    return Reply(text, citations=tuple(quotes))


def retrieved(plan: Plan, seen: Lens, chunks: Sequence[Chunk]) -> Reply | None:
    """The best passage of the retrieval that holds at least half of what is asked about, quoted whole."""
    wanted = pairs(topic(plan.question))
    for chunk in chunks:
        if plan.kind == "list" and "｜" in chunk.text and "\n" not in chunk.text.strip():
            continue  # one row of a table lists nothing
        held = seen.weight(wanted & pairs(reduced("/".join(chunk.section) + chunk.text)))
        if wanted and chunk.places and held >= 0.5 * seen.weight(wanted) and len(chunk.text) <= SECTION:
            place = chunk.places[0]
            return Reply(
                chunk.text, citations=(Citation(place, chunk.text, describe(place, seen.reports[place.report])),)
            )
    return None


def where(plan: Plan, seen: Lens, facts: Sequence[Place]) -> Reply | None:
    """第几页: where the best sentence stands."""
    ranked = ranked_sentences(seen, topic(plan.question))
    if not ranked or ranked[0][0] < 0.5:
        return None
    one = quote(ranked[0][1])
    return Reply(f"在{one.label}：{one.quote}", citations=(one,))
