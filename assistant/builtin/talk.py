"""Follow-up questions put in full: 那上年呢, 占比呢, 第二个项目呢 take what they leave unsaid from the talk so far."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Answer
from assistant.builtin.lexicon import content, without_basis

_FOLLOWS = re.compile(r"^(那么?|还有|另外|再问|接着|其中)|呢[？?]?$|^(它|其|该项目|这个项目|上述)")
_YEAR = re.compile(r"20\d\d年?|上年|去年|上一年|本年|今年")
_RATE = re.compile(
    r"(占比|执行率|控制率|比重|增幅|增速|得分|原因|年初预算|调整后预算|调整预算|决算|预算|目标值?|完成值?)"
)


def continued(question: str, history: Sequence[Answer]) -> str:
    """The question in full; itself where it says enough or nothing was said before."""
    text = question.strip()
    if not history or not _FOLLOWS.search(text) or len(text) > 24:
        return text
    before = history[-1].question.strip()
    asked = re.sub(r"^(那么?|还有|另外|再问|接着)[，,]?|呢[？?]?$|[？?]$", "", text).strip()
    if year := _YEAR.fullmatch(asked.removesuffix("的")):
        return _YEAR.sub(year[0], before, count=1) if _YEAR.search(before) else year[0] + before
    if _RATE.fullmatch(asked) or not content(without_basis(asked)).strip():
        return f"{subject_of(before)}的{asked}是多少？" if asked != "原因" else f"{subject_of(before)}的原因是什么？"
    subject = subject_of(before)
    if subject and subject in before:
        return before.replace(subject, asked, 1)
    return f"{before.rstrip('？?')}，{asked}"


def subject_of(question: str) -> str:
    """What the earlier question was about, as it was written."""
    question = re.sub(r"^(有|与|和)?多少(家|个|名|所|件|人|座|户|项|辆|场|次|批)?", "", question)
    head = re.split(r"的(?=[^的]*$)|[，,]|是多少|多少", _YEAR.sub("", question))[0].strip("？? ")
    plain = content(without_basis(head)).split()
    return plain[0] if plain and plain[0] in question else head
