"""Follow-up questions put in full: 那上年呢, 占比呢, 第二个项目呢 take what they leave unsaid from the talk so far."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Answer
from assistant.builtin.lexicon import content, without_basis

_FOLLOWS = re.compile(r"^(那么?|还有|另外|再问|接着|其中)|呢[？?]?$|^(它|其|该项目|这个项目|上述)")
_LEANS = re.compile(r"^(那么?|还有|另外|再问|接着)[，,]?|呢[？?]?$|[？?]$|^(它|其|该项目|这个项目|上述)的?")
_YEAR = re.compile(r"20\d\d年?|上年|去年|上一年|本年|今年")
_RATE = re.compile(
    r"(占比|执行率|控制率|比重|增幅|增速|得分|原因|年初预算|调整后预算|调整预算|决算|预算|目标值?|完成值?)"
)


_NTH = re.compile(r"^(?:那么?)?第([一二三四五六七八九\d])[个条项点](?:问题|措施|建议|做法|任务|目标|经验|内容)?")
_MARK = re.compile(r"[（(][一二三四五六七八九十\d]+[）)]|(?<![\d.])\d{1,2}[.、](?!\d)|[一二三四五六七八九十]是")
_DIGITS = {char: at for at, char in enumerate("一二三四五六七八九", 1)}
FAR = 4
"""Turns of the talk that a follow-up may reach back."""


def continued(question: str, history: Sequence[Answer]) -> str:
    """The question in full; itself where it says enough or nothing was said before."""
    text = question.strip()
    if not history or len(text) > 24:
        return text
    if (named := _of_list(text, history[-FAR:])) is not None:
        return named
    if not _FOLLOWS.search(text):
        return text
    before = continued(history[-1].question, history[-FAR:-1])
    asked = _LEANS.sub("", text).strip()
    if year := _YEAR.fullmatch(asked.removesuffix("的")):
        return _YEAR.sub(year[0], before, count=1) if _YEAR.search(before) else year[0] + before
    if _RATE.fullmatch(asked) or not content(without_basis(asked)).strip():
        return f"{subject_of(before)}的{asked}是多少？" if asked != "原因" else f"{subject_of(before)}的原因是什么？"
    subject = subject_of(before)
    if subject and subject in before:
        return before.replace(subject, asked, 1)
    return f"{before.rstrip('？?')}，{asked}"


def _of_list(text: str, history: Sequence[Answer]) -> str | None:
    """第二个问题的原因呢: the question with that item of the last list told in its place; None without such a list.

    第三个呢 asks what was asked of the item before.
    """
    match = _NTH.search(text)
    number = int(_DIGITS.get(match[1], match[1])) if match else 0
    for one in reversed(history) if match else ():
        marks = list(_MARK.finditer(one.text))
        if 2 <= len(marks) >= number > 0:
            lead = re.split("[：。；，]", one.text[marks[number - 1].end() :])[0].strip()
            asked = re.sub(r"^的|呢?[？?]*$", "", text[match.end() if match else 0 :]).strip()
            before = _RATE.search(history[-1].question)
            asked = asked or (before[1] if before and one is not history[-1] else "情况")
            return f"{lead}的{asked}是什么？"
    return None


def subject_of(question: str) -> str:
    """What the earlier question was about, as it was written."""
    question = re.sub(r"^(有|与|和)?多少(家|个|名|所|件|人|座|户|项|辆|场|次|批)?", "", question)
    head = re.split(r"的(?=[^的]*$)|[，,]|是多少|多少", _YEAR.sub("", question))[0].strip("？? ")
    plain = content(without_basis(head)).split()
    return plain[0] if plain and plain[0] in question else head
