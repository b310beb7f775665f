"""Asks in other words for the figures that sentences tell, and for things that the same sentences do not tell.

    python -m benchmarks.told_in_prose FILE… [--most 8] [--form 同问] [--list]

Works on the text alone, so that nothing the ledger misread hides from it: the words right before a figure of a sentence
are turned round (完成危桥改造18座 → 危桥改造完成了多少座), loosened (有多少座), asked with the subject that the
sentence opens with, with the words that the sentence left out, or two at a time (各多少). An answer is right when it
holds the figures. The twin of a question has its first word changed for one that never stands before the rest, from
another sentence or from nowhere in the report: it must be refused.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from assistant import Answer
from benchmarks.asking import counted
from benchmarks.own_words import held
from ingest.quantity import Quantity, quantities
from ingest.read import read
from ingest.terms import sentences

SEED = 7
WORDS = re.compile(
    r"(?:^|[，,；;：:。、（(）)\d%名个家件人次座辆项元里])(?P<words>[一-龥“”]{3,14}?)(?P<copula>为|是|达到?|有)?\s*$"
)
VERB = re.compile(
    "^(?:完成|办理|建成|新建|改造|新增|受理|查处|发放|开展|组织|培训|举办|支付|拨付|接待|清运|检查|救助|抽查)"
)
STRANGE = re.compile(
    "比|较|占|同期|分别|由|从|至|到|因|其中|其余|共计?$|合计|计划|目标|高于|低于|不少|不低|不超|达标|以上|每|约|近"
    "|增长|下降|增加|减少|提高|降低|多|少|上年|去年|年初|调[增减整]|追加|收回|超过|满分|扣|分值|得分|权重|截至|第|等$|的$"
)
"""Words before a figure that say it stands in relation to another, so that it needs more than its own words."""
UNITS = re.compile(
    "^(?:名|人|个|家|件|座|辆|所|户|处|场|场次|人次|批次|公里|条|套|台|万元|元|万人次|份|起|宗|批|卷|亩)$"
)
COUNTS = {
    "人": "人数",
    "名": "人数",
    "家": "家数",
    "件": "件数",
    "辆": "车辆数",
    "户": "户数",
    "处": "处数",
    "份": "份数",
}
"""A unit said as a noun behind what is counted: 实有251人, 实有人数."""
NO_THING = re.compile(
    "年末|年底|年终|核定|内设|下设|下辖|账面|全年|本年|年度|该项|固定|新|实有|现有|授予|涉及|当年|各|纳入|累计"
)
"""What begins words but says nothing of which thing."""
FOREIGN = ("水路", "航空", "殡葬", "渔业", "地铁", "护照", "气象", "足球", "宗教", "侨务")
"""First words of other departments' things."""
OPENS = re.compile("^(?:[一二三四五六七八九十]+是|[（(]?[一二三四五六七八九十\\d]+[）).、])")


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of a sentence with the words right before it."""

    words: str
    quantity: Quantity
    sentence: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the figures that it asks for; none: the report does not tell it."""

    form: str
    question: str
    wanted: tuple[Quantity, ...] = ()


def told(path: Path) -> list[Told]:
    """The figures of a report's prose that have words of their own which stand before no other figure."""
    report = read(path)
    blocks = [block.text for block in report.blocks if block.kind == "paragraph"]
    everything = "".join(blocks) + "".join(cell.text for table in report.tables for cell in table.cells)
    found: list[Told] = []
    for text in blocks:
        for start, end in sentences(text):
            found += _of_sentence(OPENS.sub("", text[start:end].strip()))
    alone = [one for one in found if sum(one.words == other.words for other in found) == 1]
    return [one for one in alone if everything.count(one.words) <= 1 + one.sentence.count(one.words)]


def _of_sentence(sentence: str) -> Iterator[Told]:
    last = 0
    for quantity in quantities(sentence):
        before = WORDS.search(sentence[last : quantity.span[0]])
        words = re.sub("[“”]", "", before["words"]) if before else ""
        words = re.sub(r"^(?:全年|当年|本年|全[市县区]|共|已|累计|并|实际|我局)+(?=.{3})", "", words)
        last = quantity.span[1]
        behind = re.match("[一-龥]", sentence[last:]) if sentence[last:] else None
        if len(words) > 2 and not STRANGE.search(words) and UNITS.match(quantity.unit.name) and not behind:
            yield Told(words, quantity, sentence)


def made(path: Path, seed: int = SEED) -> list[Asked]:
    """Questions of every form in random order, each next to its twin."""
    chance = random.Random(seed)
    known = told(path)
    text = "".join(one.sentence for one in known)
    found: list[Asked] = []
    for one in known:
        found += _singly(one)
    for one, other in pairwise(known):
        if one.sentence == other.sentence and one.quantity.unit.name == other.quantity.unit.name:
            wanted = (one.quantity, other.quantity)
            found.append(Asked("同问·各多少", f"{one.words}和{other.words}各多少？", wanted))
        elif one.sentence == other.sentence:
            said = f"{one.words}{_many(one)}，{other.words}{_many(other)}？"
            found.append(Asked("同问·两句", said, (one.quantity, other.quantity)))
        found += _filled(one, other)
    found += _twins(known, text, chance)
    chance.shuffle(found)
    return found


def _many(one: Told) -> str:
    name = one.quantity.unit.name
    return "是多少" if one.quantity.unit.dimension == "money" else f"有多少{name}"


def _singly(one: Told) -> Iterator[Asked]:
    wanted = (one.quantity,)
    yield Asked("有多少", f"{one.words}{_many(one)}？", wanted)
    verb = VERB.match(one.words)
    if verb and len(one.words) > len(verb[0]) + 1:
        rest = one.words[len(verb[0]) :]
        name = one.quantity.unit.name
        yield Asked("动词后移", f"{rest}{verb[0]}了多少{name}？", wanted)
        yield Asked("数在名前", f"{verb[0]}了多少{name}{rest}？", wanted)
    if not verb and one.quantity.unit.name in COUNTS and len(one.words) < 9:
        yield Asked("量作名", f"{one.words}{COUNTS[one.quantity.unit.name]}是多少？", wanted)
    opening = re.match("(?P<subject>[一-龥]{2,8})(?P<more>[一-龥]{0,6})[，,\\d]", one.sentence)
    if opening and one.words not in opening[0] and not STRANGE.search(opening[0]) and not VERB.match(opening[0]):
        yield Asked("带上句首", f"{opening['subject']}{opening['more']}中{one.words}{_many(one)}？", wanted)


def _filled(one: Told, other: Told) -> Iterator[Asked]:
    """年初在册矫正对象412人，年末在册397人: 年末在册矫正对象, with the thing that the sentence says but once."""
    said = other.words[-2:]
    at = one.words.find(said)
    rest = one.words[at + 2 :] if at >= 0 and one.sentence == other.sentence else ""
    if len(rest) > 2 and one.quantity.unit.name == other.quantity.unit.name:
        yield Asked("省略补全", f"{other.words}{rest}{_many(other)}？", (other.quantity,))


def _twins(known: Sequence[Told], text: str, chance: random.Random) -> Iterator[Asked]:
    """The questions with the first word changed for one that never stands before the rest."""
    for one in known:
        verb = VERB.match(one.words)
        thing = one.words[len(verb[0]) :] if verb else one.words
        if len(thing) < 4 or NO_THING.match(thing):
            continue
        heads = (other.words[:2] for other in known if other.sentence != one.sentence)
        own = [word for word in heads if not VERB.match(word) and not NO_THING.match(word) and word not in one.sentence]
        for form, words in (("孪生·换头", own), ("孪生·外来", [word for word in FOREIGN if word not in text])):
            word = chance.choice(words) if words else ""
            if word and word + thing[2:4] not in text:
                yield Asked(form, f"{verb[0] if verb else ''}{word}{thing[2:]}{_many(one)}？")


def judged(one: Asked, answer: Answer) -> str:
    """对, 错 or 拒答; a question that has no answer is right when refused."""
    if not one.wanted:
        return "对" if answer.refused or "没有提供" in answer.text else "错"
    right = all(held(answer.text, wanted.base, wanted.unit.dimension) for wanted in one.wanted)
    return "对" if right and not answer.refused else "拒答" if answer.refused else "错"


def main() -> None:
    """Print right, refused and wrong by form."""
    counted(__doc__, made, judged, lambda one: "、".join(quantity.text for quantity in one.wanted))


if __name__ == "__main__":
    main()
