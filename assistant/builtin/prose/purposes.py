"""What money is for (主要用于): the report's own sentences on the use of an item and of what stands under it."""

from __future__ import annotations

import re

from assistant.answer import Citation
from assistant.builtin.facts.lens import Lens
from assistant.builtin.prose.passages import every, quote, to_the_stop
from assistant.builtin.question.lexicon import content, pairs, reduced, without_basis
from assistant.builtin.question.plan import Plan
from assistant.builtin.reply import Reply, lacking

ASKED = re.compile(r"用于|用途|用在|花在|干什么用")
SAID = re.compile(r"(?:主要|具体)?(?:用于|用在)")
SURE = 0.8
MOST = 12


def purposes(plan: Plan, seen: Lens) -> Reply | None:
    """公共安全支出主要用于什么: every sentence of use that stands with a name of it."""
    if not ASKED.search(plan.question):
        return None
    words = re.sub(r"(?:主要|具体)?(?:用于|用途|用在|花在|干什么用).*|[？?]", "", plan.question)
    wanted = pairs(content(without_basis(words))) or pairs(reduced(words))
    told = every(seen)
    said: list[str] = []
    quotes: list[Citation] = []
    for one in told:
        at = SAID.search(one.text)
        if at is None or len(said) >= MOST:
            continue
        head = one.text[: at.start()].strip()
        opening = told[one.order - 1] if not head and one.order and told[one.order - 1].block is one.block else one
        named = pairs(reduced(head or opening.text))
        if seen.covered(wanted, named) >= SURE:
            whole = dict.fromkeys((opening, *to_the_stop(seen, [one])))
            said += [each.text.strip() for each in whole]
            quotes += [quote(each) for each in whole]
    if said:
        return Reply("".join(said), citations=tuple(quotes))
    return lacking(f"{words}的用途")
