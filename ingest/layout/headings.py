"""Headings (标题) and the section path of everything under them.

Chinese reports number oddly: （一） may open a list inside （一）, and 1. may follow 1. Levels are therefore taken
from the run of numbers, not from the mark alone. Unnumbered text is a heading only where the file styles it so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.layout.words import squeeze

NUMERALS = ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖")
DIGITS = {char: value for written in NUMERALS for value, char in enumerate(written)} | {"两": 2}
CHINESE = "[〇零一二三四五六七八九十百]{1,5}"
FORMAL = "[壹贰叁肆伍陆柒捌玖拾]{1,3}"
MARKS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"第({CHINESE}|\d{{1,2}})(?:部分|章|篇|编)[、：:.．]?")),
    (2, re.compile(rf"({CHINESE}|{FORMAL})[、．.](?!\d)")),
    (2, re.compile(rf"第({CHINESE})节[、：:]?")),
    (3, re.compile(rf"[（(]({CHINESE})[）)][、.．]?")),
    (4, re.compile(r"(\d{1,2})[、．.](?!\d)")),
    (5, re.compile(r"[（(](\d{1,2})[）)][、.．]?")),
    (5, re.compile(r"(\d{1,2})[）)]")),
    (6, re.compile(r"([①②③④⑤⑥⑦⑧⑨⑩])")),
)
COUNTED = "个(?!人)|项(?!目)|家(?!庭)|处(?!理|置|室)|所(?!属|在|有)|场(?!所|地)|座|户|辆|亩|吨|公里|[万亿]?元"
DECIMAL = re.compile(rf"\s*\d{{1,2}}((?:[.．]\d{{1,2}}){{1,3}})\s+(?!{COUNTED})(?=[一-龥“]{{4}})")
"""1.1 部门职能, 3.2.1 …: numbers parted by points, a gap behind them; not 2.12 个断面, which is item 2 and a figure."""
GAPPED = re.compile(rf"\s*(?:({FORMAL})[\s\u3000]+|({CHINESE})(?:\u3000|\s{{2,}})\s*)(?=[一-龥“]{{3}})")
"""壹 部门概况, 一　部门概况: a number parted from its heading by nothing but a gap."""
CHAPTER = re.compile(r"\s*(\d{1,2})\s+[^\d，。；：]{3,20}")
"""1 部门概况: a chapter of a report whose sections are numbered by points."""
LONGEST = 45
MONEY = re.compile(r"\d\s*(?:亿|万)?元")
SENTENCE = re.compile(r"[；;！!]|。(?!$)")
LEADERS = re.compile(r"[.…·．]{3,}|\t\d+$")
"""Dots that lead to a page number: the line is of a table of contents (目录)."""
ATTACHMENT = re.compile(r"附\s*件\s*(?:\d{1,2}|[一二三四五六七八九十])?\s*[：:]?$")


@dataclass(frozen=True, slots=True)
class Numbering:
    """The mark that opens a heading or list item (编号): its rank, outermost 1, and its number."""

    rank: int
    number: int
    length: int
    """Characters of the squeezed text that the mark takes."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the outline needs to know of a text; `style` is the heading level of its style, 0 for none."""

    text: str
    style: int = 0
    body: bool = False
    """True where the text cannot be a heading (hidden, furniture, a caption)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a text stands: its heading level (0: no heading) and the headings above it."""

    level: int
    section: tuple[str, ...]


def chinese_number(text: str) -> int:
    """十二 → 12, 3 → 3, ③ → 3; for heading numbers below a thousand."""
    if text.isdecimal():
        return int(text)
    if text in "①②③④⑤⑥⑦⑧⑨⑩":
        return "①②③④⑤⑥⑦⑧⑨⑩".index(text) + 1
    total = current = 0
    for char in text:
        if char in "十拾百":
            total += max(current, 1) * (100 if char == "百" else 10)
            current = 0
        else:
            current = current * 10 + DIGITS[char]
    return total + current


def numbering(text: str) -> Numbering | None:
    """The mark that opens `text`, or None: 一、 （一） 1. （1） ① 第一部分 1.1 壹."""
    if match := DECIMAL.match(text):
        last = re.split("[.．]", match[1])
        return Numbering(1 + len(last), int(last[-1]), len(squeeze(match[0])))
    if match := GAPPED.match(text):
        return Numbering(2, chinese_number(match[1] or match[2]), len(squeeze(match[0])))
    text = squeeze(text[: LONGEST * 2])
    for rank, pattern in MARKS:
        if match := pattern.match(text):
            return Numbering(rank, chinese_number(match[1]), match.end())
    return None


def reads_as_heading(text: str, mark: Numbering | None) -> bool:
    """Whether the wording is a heading's: short, one clause or two, no money and no sentence after a colon."""
    bare = squeeze(text)
    if ATTACHMENT.match(bare):
        return True
    if LEADERS.search(text.strip()):
        return False
    if mark is None or len(bare) > LONGEST or len(bare) <= mark.length:
        return False
    rest = bare[mark.length :]
    if SENTENCE.search(rest) or MONEY.search(rest) or re.search(r"[：:].", rest):
        return False
    return not rest.endswith(("：", "；", "，", "、", ":", ";", ","))


def listed(candidates: Sequence[Candidate], marks: Sequence[Numbering | None], at: int) -> bool:
    """Whether a numbered sentence is an item of a list: its sibling follows or precedes it without text between."""
    mark, text = marks[at], squeeze(candidates[at].text)
    if mark is None or not text.endswith("。"):
        return False
    if at + 1 < len(marks) and (after := marks[at + 1]) and (after.rank, after.number) == (mark.rank, mark.number + 1):
        return True
    before = marks[at - 1] if at else None
    return before is not None and (before.rank, before.number + 1) == (mark.rank, mark.number)


@dataclass(frozen=True, slots=True)
class Step:
    """One open level of the outline; `heading` is "" for an item of a list, which opens no section."""

    rank: int
    number: int
    heading: str


def climb(open_: tuple[Step, ...], mark: Numbering) -> tuple[Step, ...]:
    """The levels that stay open above a new mark: its predecessor's parents, or those of a lower rank.

    Numbers that begin anew stand in the section before them; the next that do so beside these, not within (汇编).
    """
    for at in range(len(open_) - 1, -1, -1):
        if (open_[at].rank, open_[at].number) == (mark.rank, mark.number - 1):
            return open_[:at]
    same = [at for at, step in enumerate(open_) if step.rank == mark.rank]
    if same and mark.number == 1:
        return open_ if len(same) == 1 else open_[: same[1]]
    if same:
        return open_[: same[-1]]
    keep = len(open_)
    while keep and open_[keep - 1].rank > mark.rank:
        keep -= 1
    return open_[:keep]


def is_stray(open_: tuple[Step, ...], mark: Numbering) -> bool:
    """Whether a low mark such as 2. comes without its 1.: the rest of a list written into a paragraph."""
    return mark.rank >= 4 and mark.number > 1 and all(step.rank != mark.rank for step in open_)


def chapters(candidates: Sequence[Candidate], marks: Sequence[Numbering | None]) -> Sequence[Numbering | None]:
    """The marks with those of bare numbers (1 部门概况) that run on, in a report with sections 1.1, 1.2."""
    if not any(mark and not one.body and DECIMAL.match(one.text) for one, mark in zip(candidates, marks, strict=True)):
        return marks
    found, last = list(marks), 0
    for at, one in enumerate(candidates):
        bare = None if one.body or marks[at] else CHAPTER.fullmatch(one.text.strip())
        if bare and int(bare[1]) == last + 1:
            last += 1
            found[at] = Numbering(1, last, len(bare[1]))
    return found


def outline(candidates: Sequence[Candidate]) -> tuple[Standing, ...]:
    """Heading level and section path of each text, in reading order."""
    marks = chapters(candidates, tuple(None if one.body else numbering(one.text) for one in candidates))
    open_: tuple[Step, ...] = ()
    found: list[Standing] = []
    for at, (one, mark) in enumerate(zip(candidates, marks, strict=True)):
        wording = one.style > 0 or reads_as_heading(one.text, mark)
        is_heading = not one.body and wording and (one.style > 0 or not listed(candidates, marks, at))
        if is_heading and one.style == 0 and mark is not None and is_stray(open_, mark):
            is_heading = False
        if mark is None and is_heading:
            mark = Numbering(1 if one.style <= 1 else one.style, 0, 0)
            open_ = tuple(step for step in open_ if step.rank < mark.rank)
        elif mark is not None:
            open_ = climb(open_, mark)
        section = tuple(step.heading for step in open_ if step.heading)
        if found and found[-1].section == section:
            section = found[-1].section
        found.append(Standing(len(section) + 1 if is_heading else 0, section))
        if mark is not None:
            open_ = (*open_, Step(mark.rank, mark.number, one.text.strip() if is_heading else ""))
    return tuple(found)
