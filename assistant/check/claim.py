"""What a text claims (主张): a figure with the label that its sentence gives it, and the words around it.

Data only; made in sentences.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.check.content import squeezed
from ingest.quantity import Dimension, Quantity
from ingest.record import record

REACH = 20
"""Characters before a figure that must be the same for it to be a quotation; a quarter of them behind it."""
QUOTED = 6
"""Characters beside the figure that make a quotation."""
_RATES = ("率", "比", "比例", "比值", "比重", "倍数")
_CLAUSE = re.compile("[，。；！？,;：:（()）\\n]")
_COUNTED = re.compile(r"(?:及|含)?(?:以[上下])?的(?:项目|指标|科目|单位)?(?:有|共|占|为|达|是|包括|分别|[：:，,]|\d)")
_CONTAINED = "(?:[（(]不?含[）)])?"
_GRADE = re.compile(f'分?{_CONTAINED}(?:及?以[上下])?{_CONTAINED}的?(?:评?为|属于?)[“”"]?[优良中差合不]')
"""Behind the bound of a grade (90分以上为优), which is no score."""
_ALL = re.compile("(?:均|都|全部|皆)(?:高于|低于|超过|在|大于|小于|不低于|不高于|达到?)(?:了|约)?$")

_AIM = re.compile("(?:以[上下内])?的?[^，。；\\d]{0,6}(?:目标|计划|指标|标准|任务|要求|预算|限额|定额|定员)")
_SET = ("目标", "计划", "指标值", "差额")
_THAN = re.compile("[比较][^，。；]{0,20}$")

_RECKONED = re.compile(
    "扣|加上|未(?![来达能超到])|空缺|空编|缺编|缺口|相差|差距|差|结余|剩|余下|节约|节省|超支|短收|超收|超出|加起来|相加|之和|倍|[比较][^，。；]*[高低多少]"
)
"""Words of a figure that is worked out from others."""
_SHARED = re.compile("占|相当")
_FRACTION = re.compile(r"\d[^，。；：\d]{0,4}的[^，。；：\d]{0,6}[（(]$")
"""计划12个的三分之二（x）: a share in brackets behind what it is said as."""
_POINTING = re.compile("(?:上述|这|以上|前述|该|此)$")
_TOGETHER = re.compile(
    "(?:上述|这|以上|前述|[两二三四五六七八九十][项个者家区])[^。；]*(?:[一合]?共|[合总]计)[^，。；]{0,6}$"
)
"""Of what was said before, taken together: 这两个项目由甲科负责，共支出x."""
_SELECTING = re.compile(
    "(?:超过|高于|大于|多于|低于|小于|少于|不足|不到|未达|达到|完成|以[上下])[^，。；]{0,14}的[^，。；]{0,6}?(?:[只仅]?有|共|为|是|达)*$"
)

EARLIER = "原来"
"""The period of the first of two states: some time before, the text does not say when."""


@record
class Claim:
    """A figure of a text with the label it is given there (主张). `span` of the quantity counts in the whole text."""

    quantity: Quantity
    subject: str
    measure: tuple[str, ...]
    period: str
    basis: str
    label: frozenset[str]
    """Content terms of subject and measure."""
    context: frozenset[str]
    """Content terms of the rest of the sentence and of the question it answers."""
    question: str = ""
    """The question that the text answers, "" where none is known."""
    asked: frozenset[str] = frozenset()
    """Its content terms."""
    topic: str = ""
    """The item that the question asks of."""
    asked_period: str = ""
    """The one period that the question names."""
    earlier: str = ""
    """What the text says just before the sentence."""
    before: str = ""
    """The sentence up to the figure, and what follows it."""
    after: str = ""
    denied: bool = False
    """Whether the text says that this is not the figure (不等于0、“95分”无依据)."""
    of_spent: bool = False
    """Whether it is told as a part (其中) of what was spent."""

    @property
    def kind(self) -> Dimension:
        """What the figure measures; a bare number under a rate's name (流动比率 2.5) is a ratio."""
        written = self.quantity.unit.dimension
        return "ratio" if written == "none" and self.measure[-1].endswith(_RATES) else written

    @property
    def spent(self) -> bool:
        """Whether it speaks of what was spent without naming a basis (道路养护支出x，其中甲y)."""
        return not self.basis and (self.of_spent or self.measure[-1].endswith("支出"))

    @property
    def bound(self) -> bool:
        """Whether it only bounds what is counted or compared (执行率低于95%的有…, 均高于90%)."""
        if self.quantity.relation == "=":
            return False
        return bool(_COUNTED.match(self.after)) or self.of_all

    @property
    def of_all(self) -> bool:
        """Whether it bounds all that was told before (执行率均高于90%)."""
        return self.quantity.relation != "=" and bool(_ALL.search(self.before[-8:]))

    @property
    def points_back(self) -> bool:
        """Whether it counts what was said before (这两个项目、上述三项)."""
        return self.kind == "count" and bool(_POINTING.search(self.before))

    @property
    def together(self) -> bool:
        """Whether it is of what was said before, taken together."""
        return bool(_TOGETHER.search(self.before))

    def reckoned(self, name: str) -> bool:
        """Whether its words say that it is worked out (空缺、还差、相当于), which a fact of this name is not."""
        words = f"{self.measure[-1]}，{_CLAUSE.split(self.before)[-1]}{self.quantity.unit.name}"
        if self.points_back or self.together or (self.kind == "count" and _SELECTING.search(self.before)):
            return True
        if self.kind == "ratio" and _FRACTION.search(self.before):
            return True
        found = _RECKONED.findall(words) + (_SHARED.findall(words) if self.kind == "ratio" else [])
        return any(word not in name for word in found)

    @property
    def grades(self) -> bool:
        """Whether it is the bound of a grade, which only the report's own words bear out."""
        return bool(_GRADE.match(self.after))

    @property
    def bounds(self) -> bool:
        """Whether it is a bound of the level that it speaks of (达到90%以上): of no change (比预算超出x), and no aim or
        limit that was set (超过800人的目标), which is a figure of the report's own."""
        if self.quantity.relation not in ("<", ">", "≤", "≥") or self.basis in _SET:
            return False
        return not _AIM.match(self.after) and not _THAN.search(self.before)

    @property
    def hedged(self) -> bool:
        """Whether a level that is not the very figure written can bear it out: 约, 余, and a bound of the level."""
        return self.quantity.relation in ("约", "余") or self.bounds

    @property
    def quotes(self) -> tuple[str, ...]:
        """The figure with the words before it, or with enough behind it, as quotations are compared: 调增 before it is
        told in both."""
        figure = self.quantity.text
        before = squeezed(self.before[-REACH:] + figure + self.after[: REACH // 4])
        way = self.before[-2:] if self.quantity.direction else ""
        after = squeezed(way + _CLAUSE.split((figure + self.after)[:REACH])[0])
        own, behind = len(squeezed(figure)), QUOTED - 2 + len(way)
        return tuple(quote for quote, least in ((before, QUOTED), (after, behind)) if len(quote) >= own + least)

    @property
    def name(self) -> str:
        """The label as a reader would say it."""
        return "".join((self.subject, *self.measure))


@dataclass(frozen=True, slots=True)
class Question:
    """The question that a text answers: its words, content terms, and the one period it names."""

    text: str
    terms: frozenset[str]
    period: str
    topic: str
    """The one item of the report that it names."""


@record
class Said:
    """A sentence and its claims, in order."""

    text: str
    span: tuple[int, int]
    claims: tuple[Claim, ...]
