"""Who and when (谁、哪家机构、什么时候): the lines of a cover or a foot (评价机构：…), and sentences that give a date.

Tells what stands there; of persons whom no line names nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answer import Citation
from assistant.builtin.facts.lens import Lens
from assistant.builtin.layout.outline import cited
from assistant.builtin.prose.passages import every, known, said, topic, verbatim
from assistant.builtin.question.lexicon import lexicon, pairs, pattern
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply
from ingest.quantity import unit

LINE = re.compile(r"([一-龥]{2,8})\s*[：:]\s*([^：:，。；\s]{2,40})(?=\s|$)")
IDLE = re.compile("开展|进行|实施|组织|工作")
"""Words that do not say what was done."""
LONGEST = 80
"""A paragraph of more characters than this is no line of a cover."""
SURE = 0.4
"""The share of a question's words that a sentence with a date, or its title, must hold beside what was done."""


def signed(plan: Plan, seen: Lens) -> Reply | None:
    """评价机构是哪家，主评人是谁: the lines whose labels say what is asked for."""
    asked = _asked(plan.question)
    told = [
        (label, value, quotation) for label, value, quotation in _lines(seen) if asked and _meant(label, asked, plan)
    ]
    if not told:
        return None
    text = "；".join(dict.fromkeys(f"{label}：{value}" for label, value, _ in told))
    return Reply(f"{text}。", citations=tuple(quotation for *_, quotation in told))


def when(plan: Plan, seen: Lens) -> Reply | None:
    """评价工作什么时候开展的: the sentence that speaks of it and gives a date."""
    if not pattern("cover", "date").search(plan.question) or plan.stated:
        return None
    words = topic(pattern("cover", "date").sub(" ", plan.question))
    wanted = known(seen, pairs(words), 0.5)
    done = IDLE.sub("", words).replace(" ", "")[-2:]
    dated = [one for one in every(seen) if done in one.text and pattern("cover", "dated").search(one.text)]
    fits = [(seen.covered(wanted, said(one)), -one.order, one) for one in dated]
    held, _, best = max(fits, default=(0.0, 0, None), key=lambda fit: fit[:2])
    if best is None or len(wanted) < 2 or held < SURE:
        return None
    return verbatim(best)


def _lines(seen: Lens) -> Iterator[tuple[str, str, Citation]]:
    """Label, what stands behind it, and where; 单位：万元 is of a table and names no body."""
    for report, block in seen.blocks():
        if len(block.text) <= LONGEST:
            for line in LINE.finditer(block.text):
                if unit(line[2]) is None:
                    yield line[1], line[2], cited(report, block, *line.span())


def _asked(question: str) -> str:
    """What labels call that which the question's asking words ask for (谁: 人, 哪家: 机构、单位), "" for none."""
    kinds = lexicon()["cover"]["labels"]
    return "".join(kinds[name] for name in kinds if pattern("cover", name).search(question))


def _meant(label: str, asked: str, plan: Plan) -> bool:
    """Whether a label names what is asked for: its end is of the kind, the rest is in the question or says nothing."""
    kind = next((word for word in asked.split("、") if word and label.endswith(word)), "")
    rest = label.removesuffix(kind)
    named = all(char in plan.question for char in rest)
    of_report = bool(pattern("cover", "idle").fullmatch(rest) and pattern("cover", "idle").search(plan.question))
    return bool(kind) and (named or (of_report and kind in plan.question))
