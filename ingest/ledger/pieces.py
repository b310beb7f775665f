"""The figures of a sentence, each with the words that stand before and behind it.

Cuts and joins text only; what the words mean is said in labels and phrases.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

from ingest.ledger import labels
from ingest.quantity import Quantity
from ingest.record import record
from ingest.terms import plain
from ingest.wording import opening

BREAK = "，,；;：:。！？!?—\n①②③④⑤⑥⑦⑧⑨⑩"
_CODE = re.compile(r"\d{1,3}\s*[类款项目][）)]")
"""A code of the budget classification: （204类）."""


_OPERATOR = re.compile(r"\s*[-+×÷*/−＋－]")
"""Behind a figure that is part of a calculation in brackets, which the words before the bracket do not name."""


_IN_NAME = re.compile(r"[^，,；;。：:、\d的]{2,10}率(?:为|达到?|是)?$")
"""Behind a time that is part of a rate's name: 24小时扑灭率100%."""


@record
class Piece:
    """A figure with its surroundings in the sentence."""

    quantity: Quantity
    gap: str
    """Everything since the figure before it."""
    own: str
    """The words of its own clause before it."""
    after: str
    """Everything up to the next figure."""
    opened: bool
    """Whether a bracket opens between the figure before and this one: （人员经费x、公用经费y）."""

    @property
    def enclosed(self) -> bool:
        """Whether the figure alone stands in brackets behind its name: 智慧平台（42.75%）."""
        return not self.opened and self.gap.rstrip().endswith(("（", "("))


def pieces(text: str, quantities: Sequence[Quantity], department: str = "") -> tuple[Piece, ...]:
    """The figures of a sentence (spans relative to it) with the text around each; the department's name is no label."""
    found = []
    quantities = [one for one in quantities if one.unit.name != "年" or not text.startswith("近", one.span[0] - 1)]
    for at, quantity in enumerate(quantities):
        begin = quantities[at - 1].span[1] if at else 0
        end = quantities[at + 1].span[0] if at + 1 < len(quantities) else len(text)
        gap = text[begin : quantity.span[0]]
        own, opened = own_words(gap, at == 0)
        if not opened and gap.rstrip().endswith(("（", "(")) and _OPERATOR.match(text, quantity.span[1]):
            own, opened = "", True
        found.append(Piece(quantity, gap, own, text[quantity.span[1] : end], opened))
    return tuple(_nameless(piece, department) for piece in _bounded(_counted(_ranges(found))))


def _nameless(piece: Piece, department: str) -> Piece:
    """A piece without the department's own name in its label."""
    own = _names(department).sub("", piece.own) if department else piece.own
    return replace(piece, own=own) if own != piece.own else piece


@cache
def _names(department: str) -> re.Pattern[str]:
    """The department's name: in full, without the place it is of (市民政局, 民政局), cut short (交通局, 区残联), and
    with what belongs to it (及所属单位)."""
    at = max(department.find(place, 1) for place in "省市县区州旗")
    place, bare = (department[at], department[at + 1 :]) if 0 < at < len(department) - 3 else ("", department)
    names = tuple(dict.fromkeys((department, place + bare, bare)))
    full = "|".join(map(re.escape, names))
    rest = "".join(f"{re.escape(letter)}?" for letter in bare[1:-1])
    alone = "(?:(?<![一-龥])|(?<=[年度]))"
    brackets = "(?:（(?:部门|单位|本级|本部|汇总)）)?"
    short = f"{alone}{place}{re.escape(bare[0])}{rest}(?:{re.escape(bare[-1])}|(?<=[局委会办厅院署联]))"
    with_units = "(?:[及和](?:其)?(?:所属|下属|直属)(?:事业)?单位)?"
    return re.compile(f"{opening(map(re.escape, names))}(?:{full}|{short}){brackets}{with_units}")


_BY = re.compile("(?:调[增减]|[追增]加|追减|核[增减]|压[减缩])[了]?$")
"""年中调减90万元至210万元: what it was changed by and what it came to, no range."""


def _ranges(found: Sequence[Piece]) -> list[Piece]:
    """The first end of a range takes the unit and the noun of the second: 2-3项工作 is 2项 … 3项工作."""
    pieces = list(found)
    for at in range(len(pieces) - 1):
        first, second = pieces[at], pieces[at + 1]
        if first.quantity.relation == "从" and second.quantity.relation == "到":
            if _BY.search(plain(first.own)) and first.quantity.text.endswith(first.quantity.unit.name or "、"):
                pieces[at] = replace(first, quantity=replace(first.quantity, relation="="))
                pieces[at + 1] = replace(second, quantity=replace(second.quantity, relation="="))
                continue
            unit = second.quantity.unit if first.quantity.unit.dimension == "none" else first.quantity.unit
            pieces[at] = replace(first, quantity=replace(first.quantity, unit=unit), after=second.after)
            pieces[at + 1] = replace(second, own=first.own, opened=False)
    return pieces


def _bounded(found: Sequence[Piece]) -> list[Piece]:
    """单价100万元（含）以上设备0台: a bound is no figure of its own but part of the name of what is counted."""
    kept: list[Piece] = []
    name = ""
    for piece in found:
        if name:
            piece, name = replace(piece, own=name + piece.own), ""
        if piece.quantity.unit.name == "岁" and _OF_AGE[piece.quantity.relation == "到"].fullmatch(piece.after):
            younger = kept.pop() if kept and kept[-1].quantity.relation == "从" else None
            name = f"{younger.own}{younger.quantity.text}—" if younger else piece.own
            name += piece.quantity.text
            continue
        if piece.quantity.unit.name == "个季度" and "分别" in piece.after:
            name = piece.own + piece.quantity.text  # 四个季度支出分别为w、x、y、z
            continue
        if piece.quantity.unit.dimension == "duration" and _IN_NAME.match(piece.after):
            name = piece.own + piece.quantity.text
            continue
        bound = plain(piece.own).endswith(labels.said("bounds"))
        if bound and re.match(r"\s*[（(]?(?:含|及)?[）)]?以上[^，,。；;]", piece.after):
            name = piece.own + piece.quantity.text
        elif not (piece.opened and _CODE.match(piece.quantity.text + piece.after) and not plain(piece.own)):
            kept.append(piece)
    return kept


_OF_AGE = (re.compile("以[上下][^，,。；;：:]+"), re.compile("(?!以[上下]|[和与至])[^，,。；;：:]{2,}"))
"""Behind an age that is part of a name: 65岁以上老年人健康管理率x; behind a range of ages: 0—6岁儿童健康管理率x."""
_EACH = re.compile("(?:部分|方面)?的?(?=(?:.{0,8}?(?:分别|依次)))")
_AND = re.compile("[、和与及]")
_LEVELS = re.compile("(?:均|都)[^，、]{0,6}$")


def _counted(found: Sequence[Piece]) -> list[Piece]:
    """甲、乙两个部分分别为x、y: the count between the names of a list and its figures is not where the list begins;
    甲、乙的执行率均超过95%，分别为x、y: nor is a figure said of them all."""
    pieces = list(found)
    for at in range(len(pieces) - 1):
        first, second = pieces[at], pieces[at + 1]
        if not _AND.search(first.own) or not re.match(".{0,8}?(?:分别|依次)", second.own):
            continue
        if "、" in first.own and first.quantity.unit.dimension == "count":
            pieces[at + 1] = replace(second, own=first.own + _EACH.sub("", second.own, count=1))
        elif (said := _LEVELS.search(first.own)) and first.quantity.unit.dimension == second.quantity.unit.dimension:
            pieces[at + 1] = replace(second, own=first.own[: said.start()] + second.own)
    return pieces


@lru_cache(maxsize=16384)
def own_words(gap: str, first: bool) -> tuple[str, bool]:
    """The part of a gap that belongs to the figure behind it, and whether a bracket opens in it."""
    depth = 0
    for at in range(len(gap) - 1, -1, -1):
        char = gap[at]
        depth += (char in "）)") - (char in "（(")
        if depth < 0:
            return _enclosed(gap, at)
        if depth == 0 and char in BREAK:
            return _ranked(gap[:at], gap[at + 1 :]), False
        if depth == 1 and char in "）)" and not re.search(r"[（(]", gap[:at]):
            return gap[at + 1 :].lstrip("、 "), False
    return (gap if first else gap.rpartition("、")[2]), False


_RANKED = re.compile(
    r"(?:^|[，,；;。：:、])(?P<name>[^，,；;。：:、\d]{2,16}?)(?:次之|居次|居首|居第[一二三]|最[多少高低大小])$"
)
_IS = frozenset({"为", "达", "有", "是", "仅", "共", "达到", "仅为", "仅有"})


def _ranked(before: str, own: str) -> str:
    """The words of a figure that follows a rank are the name of what has it: 批发业次之，为18家."""
    ranked = _RANKED.search(before) if own in _IS else None
    return ranked["name"] if ranked else own


_OF_A_THING = ("价值", "金额", "单价", "造价")


def _enclosed(gap: str, at: int) -> tuple[str, bool]:
    """The words of a figure behind a bracket at `at`: those in the bracket, else the name that the bracket follows."""
    inside = gap[at + 1 :]
    name = re.split(f"[{BREAK}）)]", gap[:at])[-1]
    if plain(inside) in _OF_A_THING:  # 服务器（价值x）
        return name.rpartition("、")[2] + inside, True
    return (inside, True) if inside.strip() or not name.strip("、 ") else (name.rpartition("、")[2], False)
