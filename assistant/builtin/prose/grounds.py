"""Why (原因): sentences that name a thing and give a reason, what stands right behind them, cells of reasons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.builtin.facts.finding import share
from assistant.builtin.facts.lens import Lens
from assistant.builtin.layout.outline import Part, Sentence
from assistant.builtin.prose.passages import LIMIT, REASONS, every, outline, quote, ranked_sentences, topic, verbatim
from assistant.builtin.question.lexicon import anyof, lexicon, pairs, pattern, reduced
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply

GROUND = re.compile(r"^(其?主要)?原因|^(这)?主要(是|因|由于)|^由于|^因|^受.{1,20}影响")
MADE_OF = re.compile(r"其中.{0,12}?(?:追加|调增|增加|新增|调减|核减|压减|减少|收回)")
"""What a change is made of is the reason for it."""
PROBLEM = re.compile("问题|不足|原因|偏差")
HEAD = re.compile(r"^[（(][一二三四五六七八九十]+[）)]")
CELLS = re.compile("原因|偏差|扣分|说明|备注|[评得]分依据")
"""What the head of a cell of reasons says."""
ASKED = re.compile("为什么|为何|原因")
ONLY = re.compile(r"(?:只|才|仅)(?:有|[一-龥]{1,3}?了|[一-龥]{2})?\d[\d.,]*(?:万|亿)?[一-龥%％]{0,3}")
"""为什么只建了3个: an outcome that falls short, no words of the thing."""
EACH = re.compile("分别|各自|各是")
OPENS = re.compile("一是|第一，")
USED = re.compile("用于|用在")
"""What money was added for is the reason why it was added."""
LESS = 0.75
"""A reason is told only where its sentence names the thing nearly as well as the best one does."""

FULLER = 0.75
"""The share of a cell's words that a sentence must hold to tell it in full."""


def why(plan: Plan, seen: Lens) -> Reply | None:
    """The reasons that the report gives, of the row named and of the sentences; the measures too, where asked."""
    if EACH.search(plan.question) and len(plan.asks) > 1:
        return _each(plan, seen)
    if plan.kind == "narrative" and re.search("问题|不足|措施|建议|做法|成效", plan.question):
        return None  # a list of them is wanted, not one with its reason
    found = _sentences(plan, seen)
    row = _cell(plan, seen) if ASKED.search(plan.question) else None
    said = [one.text.strip() for one in found]
    quotes = [quote(one) for one in found]
    if row is not None and all(row[0].text not in text for text in said):
        cell, name = row
        found = [*_fuller(seen, cell.text, found), *found]
        said = [f"{name}的{cell.titles[-1]}：{cell.text.rstrip('。；')}。", *(one.text.strip() for one in found)]
        quotes = [quote(one) for one in (*_whole(cell), *found)]
    if not said:
        return None
    more = _measures_behind(plan, seen, found)
    return Reply(
        "".join([*said, *(one.text.strip() for one in more)]), citations=(*quotes, *(quote(one) for one in more))
    )


def _each(plan: Plan, seen: Lens) -> Reply | None:
    """追加和追减的原因分别是什么: the reasons of one thing after the other."""
    found = [why(replace(plan, question=f"{topic(one.text)}的原因", asks=(one,)), seen) for one in plan.asks]
    told = [one for one in found if one is not None]
    if len(told) < len(plan.asks):
        return None
    return Reply(
        "".join(dict.fromkeys(one.text for one in told)), citations=tuple(q for one in told for q in one.citations)
    )


def asked(plan: Plan, seen: Lens) -> Reply | None:
    """The reasons, where nothing but a reason is asked for, or where the row named has a cell of reasons."""
    if not ASKED.search(plan.question):
        return None
    plan = replace(plan, question=ONLY.sub("", plan.question)) if (short := ONLY.search(plan.question)) else plan
    alone = plan.kind == "why" and len(plan.asks) < 2 and (not plan.stated or bool(short))
    return why(plan, seen) if alone or (plan.kind in ("why", "change") and _cell(plan, seen)) else None


def _sentences(plan: Plan, seen: Lens) -> list[Sentence]:
    moves = "|".join((*lexicon()["direction"]["up"], *lexicon()["direction"]["down"]))
    words = re.sub(f"({moves})", r" \1 ", topic(plan.question))
    bare = re.sub(rf"这么[多少高低大快]?|{moves}", " ", words)
    told = every(seen)
    ranked = ranked_sentences(seen, words)
    ranked = ranked if ranked and ranked[0][0] >= 0.5 else ranked_sentences(seen, bare)
    ranked = [(score, one) for score, one in ranked if not _contrary(plan.question, one.text)]
    found: list[Sentence] = []
    for score, one in ranked[:12]:
        if score < max(0.5, LESS * ranked[0][0]) or len(found) >= LIMIT:
            continue
        behind = _ground(told, one)
        used = _added_for(plan.question, one.text)
        behind = [] if used else [each for each in behind if not _contrary(plan.question, each.text)]
        for each in (*_listed(told, one), *behind) if used or _gives(one, score) else behind:
            if all(each.text.strip() != other.text.strip() for other in found):
                found.append(each)
    return found


def _listed(told: Sequence[Sentence], one: Sentence) -> Sequence[Sentence]:
    """A sentence with the rest of the list that it opens (有两个方面：一是…；二是…)."""
    if not OPENS.search(one.text):
        return (one,)
    rest = [nxt for nxt in told[one.order + 1 : one.order + LIMIT] if nxt.block is one.block]
    ends = next((at for at, nxt in enumerate((one, *rest)) if nxt.text.rstrip().endswith("。")), len(rest))
    return (one, *rest)[: ends + 1]


def _moved(text: str) -> int:
    """+1 where the words say that money was added, -1 where they say that it was taken back, 0 for neither or both."""
    return bool(anyof("supposed", "more").search(text)) - bool(anyof("supposed", "less").search(text))


def _contrary(question: str, text: str) -> bool:
    """Whether a sentence speaks of money taken back where the question asks of money added, or the other way round."""
    return _moved(question) * _moved(text) < 0


def _added_for(question: str, text: str) -> bool:
    return bool(_moved(question) and _moved(text) == _moved(question) and USED.search(text))


def _gives(one: Sentence, score: float) -> bool:
    """Whether a sentence gives a reason: by its words, by what a change is made of, or as a problem told in full."""
    problem = score >= LESS and PROBLEM.search("/".join(one.block.section)) and len(re.split("[，；]", one.text)) > 2
    return bool(REASONS.search(one.text) or MADE_OF.search(one.text) or problem)


def _ground(told: Sequence[Sentence], one: Sentence) -> list[Sentence]:
    """The reason that stands right behind a sentence, or later in the paragraph that it opens."""
    near = [nxt for nxt in told[one.order + 1 : one.order + 2] if nxt.block.section == one.block.section]
    opened = told[one.order + 1 : one.order + 6] if not one.block.text[: one.start].strip() else []
    same = [nxt for nxt in opened if nxt.block is one.block]
    return next(([nxt] for nxt in near if GROUND.match(nxt.text.strip())), []) or next(
        ([nxt] for nxt in same if REASONS.search(nxt.text)), []
    )


def _cell(plan: Plan, seen: Lens) -> tuple[Part, str] | None:
    """The cell of reasons in the row that the question names, and that name."""
    asked = pairs(reduced(plan.question))
    best: tuple[float, Part, str] | None = None
    for part in outline(seen):
        if len(part.titles) < 3 or not CELLS.search(part.titles[-1]) or len(part.body) > 1:
            continue
        table = 0.1 * seen.weight(asked & pairs(reduced(part.titles[0])))
        for name in part.titles[1:-1]:
            row = pairs(reduced(name))
            held = seen.weight(row & asked)
            if row and share(seen, row, asked) >= 0.8 and (best is None or held + table > best[0]):
                best = (held + table, part, name)
    return best[1:] if best else None


def _fuller(seen: Lens, short: str, found: Sequence[Sentence]) -> list[Sentence]:
    """The sentence of the prose that says in full what a cell says in short."""
    wanted = pairs(reduced(short))
    told = [one for one in every(seen) if not one.block.table and one not in found and len(one.text) > len(short)]
    fits = [(seen.covered(wanted, pairs(reduced(one.text))), one) for one in told]
    best = max(fits, key=lambda pair: pair[0], default=None)
    return [best[1]] if best and best[0] >= FULLER else []


def _whole(cell: Part) -> list[Sentence]:
    return [Sentence(cell.report, block, 0, len(block.text), 0) for block in cell.body]


def _measures_behind(plan: Plan, seen: Lens, found: Sequence[Sentence]) -> list[Sentence]:
    """The 措施 that follow the reason in the same section, where the question asks for them too."""
    if "措施" not in plan.question or not found:
        return []
    last = found[-1]
    rest = [one for one in every(seen) if one.report.id == last.report.id and one.block.index >= last.block.index]
    first = next((one for one in rest if re.search("措施", one.text)), None)
    if first is None or first.block.section != rest[0].block.section:
        return []
    same = [one for one in rest if one.order >= first.order and one.block.section == first.block.section]
    return [one for one in same if not HEAD.match(one.text.strip())][:LIMIT]


def otherwise(plan: Plan, seen: Lens) -> Reply | None:
    """A reason given for a thing by a sentence that tells its outcome in other words (未达预期 for 没完成)."""
    words = topic(anyof("outcome").sub(" ", pattern("outcome").sub(" ", plan.question)))
    wanted = pairs(words)
    for score, one in ranked_sentences(seen, words)[:LIMIT]:
        if score >= 0.6 and REASONS.search(one.text) and seen.covered(wanted, pairs(reduced(one.text))) >= 0.5:
            return verbatim(one)
    return None
