"""Where (在哪一节、第几页): where a topic stands, what stands on a page. Quotes only."""

from __future__ import annotations

import re

from assistant.answer import Citation
from assistant.builtin.facts.lens import Lens
from assistant.builtin.layout.outline import cited
from assistant.builtin.prose.passages import outline, quote, ranked_sentences, topic, verbatim
from assistant.builtin.question.lexicon import pairs, reduced
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply
from ingest.terms import sentences

PAGE = re.compile(r"第\s*([0-9]+|[一二三四五六七八九十]+)\s*页.{0,6}(?:讲|写|说|内容|有).{0,4}(?:什么|哪些|内容)?")
NUMERALS = {char: at for at, char in enumerate("零一二三四五六七八九十")}
ASKED = re.compile(
    r"(?:写|列|出现|放|见)?(?:在|于|是)?(?:报告)?的?(?:第几|哪一?|哪个|什么)(?:页|节|章节?|部分|张?表|段|地方)"
    r"(?:写|讲|说|提到|介绍|涉及)?[了到]?|在(?:哪里|哪儿)"
)


def page(plan: Plan, seen: Lens) -> Reply | None:
    """第5页讲了什么: the headings of that page and the first sentence under each."""
    match = PAGE.search(plan.question)
    if match is None:
        return None
    number = int(match[1]) if match[1].isdigit() else NUMERALS.get(match[1], 0)
    said: list[str] = []
    quotes: list[Citation] = []
    for reading in seen.readings:
        for block in reading.report.blocks:
            if block.page != number or block.hidden or block.kind not in ("heading", "paragraph", "caption"):
                continue
            first = block.text[slice(*next(iter(sentences(block.text)), (0, len(block.text))))].strip()
            said.append(first.rstrip("。；"))
            quotes.append(cited(reading.report, block, 0, len(first)))
    if not said:
        return None
    return Reply(f"第{number}页：{'；'.join(said)}。", citations=tuple(quotes))


def venue(plan: Plan, seen: Lens) -> Reply | None:
    """在哪里公开, 在哪儿举办: the sentence that says in which place a thing is done, not the place in the report."""
    asked = VENUE.search(plan.bare)
    if asked is None or TOLD.match(asked["done"]):
        return None
    words = topic(plan.bare[: asked.start()] + asked["done"])
    for score, one in ranked_sentences(seen, words):
        at = one.text.find(asked["done"])
        if score >= 0.5 and at > 0 and re.search("[在于到向通过]", one.text[:at]):
            return verbatim(one)
    return None


VENUE = re.compile(
    "(?:在|到|向)(?:哪里|哪儿|哪些?(?:地方|网站|平台|渠道|媒体)|什么(?:地方|网站|平台|渠道))(?P<done>[一-龥]{2,4})"
)
TOLD = re.compile("[写说讲提介列出看找查见]|可以|能|有|反映|体现|表现")
"""What is done with words of the report."""


def where(plan: Plan, seen: Lens) -> Reply | None:
    """在哪一节: the section whose title names the topic, else the sentence that speaks of it, with its headings."""
    if plan.kind != "where" or not ASKED.search(plan.question):
        return None
    words = topic(ASKED.sub(" ", plan.question))
    wanted = pairs(words)
    if not wanted:
        return None
    for part in outline(seen):
        if not part.short and seen.covered(wanted, pairs(reduced(part.titles[-1]))) >= 0.8:
            block = part.body[0]
            return Reply(_at(part.titles, block.page, plan), citations=(cited(part.report, block),))
    ranked = ranked_sentences(seen, words)
    if not ranked or ranked[0][0] < 0.5:
        return None
    one = ranked[0][1]
    return Reply(f"{_at(one.block.section, one.block.page, plan)}原文：{one.text.strip()}", citations=(quote(one),))


def _at(titles: tuple[str, ...], number: int | None, plan: Plan) -> str:
    """The page and the headings, the outermost first; that there are no pages, where one was asked for."""
    on = f"第{number}页" if number is not None else ""
    under = f"“{'”—“'.join(titles)}”一节" if titles else ""
    none = "（文件没有页码）" if "页" in plan.question and number is None else ""
    return f"在{on}{under}{none}。"
