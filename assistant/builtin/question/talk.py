"""Follow-up questions put in full: 那上年呢, 占比呢, 第二个项目呢 take what they leave unsaid from the talk so far.

Words only, and the items that an answer listed; figures of the talk are calculated with elsewhere (recall).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.answer import Answer
from assistant.builtin.question.bodies import mentioned
from assistant.builtin.question.lexicon import content, pattern, without_basis
from assistant.builtin.question.plan import NUMERAL_OF_YEAR

Items = Callable[[Answer], Sequence[str]]
"""The things whose figures an answer told, in its order."""
_FOLLOWS = re.compile(r"^(那么?|还有|另外|再问|接着|其中)|呢[？?]?$|^(它|其(?!他|它|余|中)|该项目|这个项目|上述)")
_LEANS = re.compile(r"^(那么?|还有|另外|再问|接着)[，,]?|呢?[？?]*$|^(它|其(?!他|它|余|中)|该项目|这个项目|上述)的?")
_YEAR = re.compile(rf"{NUMERAL_OF_YEAR}年?度?|上年度?|去年|[上前]一年度?|本年|今年")
_RATE = re.compile(
    r"(占比|执行率|控制率|比重|增幅|增速|得分|原因|年初预算|调整后预算|调整预算|决算|预算|目标值?|完成值?)"
)
_NTH = re.compile(
    r"^(?:那么?)?第([一二三四五六七八九\d])[个条项点]?(?:(?:问题|措施|建议|做法|任务|目标|经验|内容|项目|指标)|(?![高低大小多少快慢]))"
)
_RANK = re.compile(r"^(?:那么?)?第?([二三四五])([高低大小多少])的?呢?[？?]?$|^(?:那么?)?最([高低大小多少])的?呢[？?]?$")
_MARK = re.compile(r"[（(][一二三四五六七八九十\d]+[）)]|(?<![\d.])\d{1,2}[.、](?!\d)|[一二三四五六七八九十]是")
_DIGITS = {char: at for at, char in enumerate("一二三四五六七八九", 1)}
_WHY = re.compile(r"^(?:(?:是|有|因为)?(?:什么|啥)原因|为什么|为何|怎么回事|原因是?(?:什么)?)(?:呢|吗)?(.*)$")
_WITH = re.compile(r"^(?:那么?)?(?:和|与|跟|同|比)(.+?)(?:相?比|对比|比较)?(?:呢|怎么样|如何)?[？?]?$")
_THE = re.compile(r"^(?P<rank>最[高低大小多少])的?(?:那[一个项]*|这[一个项]*|项目|指标)+的?(?P<asked>.+)$")
_WHO = re.compile(
    r"^(?:哪一?[个家](?:部门|单位|局)?|谁)的?(?:[更最增减升降花用]|增加|减少|提高|下降|比?较)*得?[更最]?[高低大小多少快慢](?:一?些)?[？?]?$"
)
_YEARS = re.compile("[两二三几]年|各年")
_OTHER_END = {"年初": "年末", "年末": "年初", "期初": "期末", "期末": "期初", "年底": "年初"}
_VAGUE = re.compile("这么|那么|偏|较|没有?完成|没有?达|未完成|未达")
_STATE = re.compile(r"^((?:实有|在职|在编|现有)(?:人数|人员)?)(?:是|有)?(?:多少|几)?[个名]?人?呢?[？?]?$")
_POSTS = re.compile(r"(?:核定)?编制(?:人?数)?|核定人?数")
"""实有多少, after what posts there are was asked for: how many of them are filled."""
_RANKED = re.compile(r"^(哪一?[个项家](?:项目|指标|部门|单位)?)的?(最[高低大小多少])的?[？?]?$")
"""哪个项目最低, after a rate was asked for: by that rate."""
_PUT_TO = re.compile(r"(?:实有|现有|实际|目前|目标)?(?:是|有|为)?(?:多少|几)[一-龥]?[？?]?")
"""What a question put to another department may leave unsaid but for this: 应急管理局实有多少."""
OPERATION = re.compile(
    r"^(?:那么?)?(?:[这那]?[两二][者个家项](?:之间)?)?(?:换算?成|换成|折合|相?差了?[多几]|差距|(?:增加|减少|增长|下降|[多少高低超]|超出)了?多少|一共|合计|总共|加起来|为什么|为何|什么原因|(?:完成|达到)(?:目标|指标|任务)(?:了吗|没有))"
)
"""A question that only does something with what was answered; the talk goes on about what came before it."""
_WHICH = re.compile(r"哪一?[个项]|最[高低大小多少快慢]|第[二三四五][高低大小多少]")
FAR = 4
"""Turns of the talk that a follow-up may reach back."""


def continued(
    question: str, history: Sequence[Answer], departments: Sequence[str] = (), items: Items = lambda answer: ()
) -> str:
    """The question in full; itself where it says enough or nothing was said before."""
    text = question.strip()
    if not history or len(text) > 24:
        return text
    earlier = list(history[-FAR:])
    text = re.sub("^((?:完成|达到)(?:目标|指标|任务))没有(?=[？?]?$)", r"\1了吗", text)
    if (named := _of_list(text, earlier, items)) is not None:
        return named
    if found := _ranked_then(text, earlier, items):
        return found
    if not (_FOLLOWS.search(text) or _bare(text) or _WHO.match(text) or _turns(text, departments)):
        return text
    while len(earlier) > 1 and OPERATION.match(earlier[-1].question):
        earlier.pop()
    before = continued(earlier[-1].question, earlier[:-1], departments, items)
    if turned := _turned(text, before, departments):
        return turned
    asked = _LEANS.sub("", text).strip()
    if made := _of_department(asked, text, before, departments) or _of_year(asked, before):
        return made
    if ranked := _RANK.match(text):
        return re.sub(r"(?:最|第[二三四五])[高低大小多少]", _rank(ranked), before, count=1)
    if other := _OTHER_END.get(asked.rstrip("的"), ""):
        return before.replace(other, asked.rstrip("的"), 1) if other in before else f"{before.rstrip('？?')}，{asked}"
    if widest := _of_all(asked, before, earlier, departments):
        return widest
    subject = _subject(before, earlier[-1], items, departments)
    if _YEARS.search(asked):
        subject = _YEAR.sub("", subject)
    if reason := _WHY.match(asked):
        side = reason[1] if reason[1] and not _VAGUE.match(reason[1]) else _aspect(before) or reason[1]
        return f"{subject}{side}的原因是什么？"
    if _bare(asked) or _RATE.fullmatch(asked) or not content(without_basis(asked)).strip():
        return _about(subject, asked)
    own = subject_of(_without(before, departments))
    bare = re.sub(rf"(?:的?(?:{_RATE.pattern}|支出|金额))+$", "", own)
    own = bare if bare and not asked.endswith(own[len(bare) :]) else own
    if own and own in before:
        return before.replace(own, asked.removesuffix("的"), 1)
    return f"{before.rstrip('？?')}，{asked}"


def _bare(text: str) -> bool:
    """Whether a question names no thing of its own: 目标值是多少, 为什么, 占基本支出的比例."""
    return bool(pattern("aspect").fullmatch(re.sub(r"[？?\s]", "", text)))


def _about(subject: str, asked: str) -> str:
    """An aspect of a thing as a question."""
    if re.fullmatch("占了?多少", asked):
        return f"{subject}占总支出的比例是多少？"
    if re.fullmatch("(?:还?(?:剩(?:下|余)?|余(?:下)?)了?|没[花用支]?[完掉]的?(?:还?有|是)?)多少钱?", asked):
        return f"{subject}预算还剩多少没有支出？"
    if re.fullmatch("(?:具体|实际)?的?(?:金额|数额)(?:是|为|有)?多少", asked):
        return f"{subject}是多少？"
    if asked.endswith("吗"):
        return f"{subject}{asked}？"
    if re.search(r"多少|几|什么|怎么|哪", asked):
        return (
            f"{subject}{asked}？"
            if re.match(r"占|比|较|做|主要|用|花|为|得|增|减|下降|上升|提高|没|未|还|剩|超|离|距|两年|都|均", asked)
            else f"{subject}的{asked}？"
        )
    return f"{subject}{asked}是多少？" if asked.startswith("占") else f"{subject}的{asked}是多少？"


def _turns(text: str, departments: Sequence[str]) -> bool:
    return bool(_RANKED.match(text) or _put_to(text, departments)[0])


def _turned(text: str, before: str, departments: Sequence[str]) -> str:
    """The question before with one thing in it turned: what is ranked, who is asked, how posts are filled."""
    if ranked := _RANKED.match(text):
        rate = _RATE.search(before)
        return f"{ranked[1]}{rate[1] if rate else ''}{ranked[2]}？"
    other, rest = _put_to(text, departments)
    if other:
        own = next((said for name in departments if (said := mentioned(name, before))), "")
        before = before.replace(own, other, 1) if own else other + before
    state = _STATE.match(rest if other else _LEANS.sub("", text).strip())
    if state and (state[1] in before or _POSTS.search(before)):
        return before if state[1] in before else _POSTS.sub(state[1], before, count=1)
    return _about(other + subject_of(_without(before, departments)), rest) if other else ""


def _put_to(text: str, departments: Sequence[str]) -> tuple[str, str]:
    """应急管理局实有多少: the department that is asked now and the little that is said; "" where it is more."""
    for name in departments:
        said = mentioned(name, text)
        if said and text.startswith(said) and _PUT_TO.fullmatch(rest := text[len(said) :].removeprefix("的")):
            return said, rest
    return "", ""


def _of_department(asked: str, text: str, before: str, departments: Sequence[str]) -> str:
    """体育局呢, 和体育局比呢: the question put to another department, or to both; "" where none is named so."""
    against = _WITH.match(text)
    words = against[1] if against else asked
    other = next((name for name in departments if (said := mentioned(name, words)) and said == words), "")
    if not other:
        return ""
    own = next((said for name in departments if name != other and (said := mentioned(name, before))), "")
    if against:
        base = before if own or len(departments) < 2 else next(n for n in departments if n != other) + before
        own = own or next((name for name in departments if name != other), "")
        return f"{base.replace(own, f'{own}和{words}', 1).rstrip('？?')}，相差多少？"
    if mentioned(other, before):
        return before
    return before.replace(own, words, 1) if own else f"{words}{before}"


def _of_year(asked: str, before: str) -> str:
    """那2022年呢, 上年呢: the question of another year; "" where none is named."""
    year = _YEAR.fullmatch(asked.removesuffix("的"))
    if year is None:
        return ""
    said, known = year[0], re.search(r"20\d\d", before)
    if not year[1] and known and re.match("[上去前]", said):
        said = f"{int(known[0]) - 1}年"
    return _YEAR.sub(said, before, count=1) if _YEAR.search(before) else said + before


def _ranked_then(asked: str, history: Sequence[Answer], items: Items) -> str:
    """最低的那个花了多少: of the item that an answer of the talk found to be the lowest; "" where none did."""
    match = _THE.match(asked)
    for one in reversed(history) if match else ():
        if match and match["rank"][-1] in one.question and (found := items(one)):
            return _about(found[0], match["asked"].rstrip("？?"))
    return ""


def _of_all(asked: str, before: str, history: Sequence[Answer], departments: Sequence[str]) -> str:
    """哪家减得多: what was asked of each department in turn, of all of them; "" where one alone was spoken of."""
    if not _WHO.match(asked):
        return ""
    own = next((said for name in departments if (said := mentioned(name, before))), "")
    talked = [name for name in departments if any(mentioned(name, one.question) for one in history)]
    if not own or len(talked) < 2:
        return ""
    return f"{before.replace(own, '和'.join(talked), 1).rstrip('？?')}，{asked}？"


def _rank(ranked: re.Match[str]) -> str:
    return f"第{ranked[1]}{ranked[2]}" if ranked[1] else f"最{ranked[3]}"


def _aspect(before: str) -> str:
    """What is to be explained, by the side that was asked about: 执行率偏低, 未完成."""
    side = next((word for word in ("执行率", "完成率", "达标率", "满意度", "得分") if word in before), "")
    return f"{side}低" if side else ""


def _subject(before: str, answer: Answer, items: Items, departments: Sequence[str]) -> str:
    """What the talk is about: the item that was found where one was asked for, else what the question names."""
    found = list(items(answer)) if _WHICH.search(before) else []
    if found:
        return found[0]
    year = re.search(r"20\d\d年", before)
    own = next((said for name in departments if (said := mentioned(name, before))), "")
    return own + (year[0] if year else "") + subject_of(_without(before, departments))


def _without(question: str, departments: Sequence[str]) -> str:
    """The question without the department that it names."""
    for name in departments:
        question = question.replace(mentioned(name, question) or "\0", "")
    return question


def _of_list(text: str, history: Sequence[Answer], items: Items) -> str | None:
    """第二个问题的原因呢: the question with that item of the last list told in its place; None without such a list.

    第三个呢 asks what was asked of the item before.
    """
    match = _NTH.search(text)
    number = int(_DIGITS.get(match[1], match[1])) if match else 0
    for one in reversed(history) if match else ():
        lead = _marked(one.text, number) or _listed(items(one), number)
        if lead:
            asked = re.sub(r"^的|呢?[？?]*$", "", text[match.end() if match else 0 :]).strip()
            before = _RATE.search(history[-1].question)
            asked = asked or (before[1] if before and one is not history[-1] else "情况")
            return f"{lead}的{asked}？" if re.search("多少|几|什么|哪", asked) else f"{lead}的{asked}是什么？"
    return None


def _marked(text: str, number: int) -> str:
    """The head of an item of a list with marks (一是, （1）)."""
    marks = list(_MARK.finditer(text))
    if not 2 <= len(marks) >= number > 0:
        return ""
    return re.split("[：。；，]", text[marks[number - 1].end() :])[0].strip()


def _listed(found: Sequence[str], number: int) -> str:
    return found[number - 1] if len(found) > 1 and 0 < number <= len(found) else ""


def subject_of(question: str) -> str:
    """What the earlier question was about, as it was written."""
    question = re.sub(r"^(有|与|和)?多少(家|个|名|所|件|人|座|户|项|辆|场|次|批)?", "", question)
    question = re.sub(r"(?<=[一-龥”])[花用]了?(?=多少)", "", question)
    ends = r"占(?=.*[比多])|的(?=[^的]*$)|[，,]|由(?=谁|哪)|是多少|多少"
    head = re.split(ends, _YEAR.sub("", question))[0].strip("？? ")
    head = re.sub(r"(?:得了?|完成了?|达到了?|(?<![国所])有|各?是|各)$", "", head)
    plain = content(without_basis(head)).split()
    return plain[0] if plain and plain[0] in question else head
